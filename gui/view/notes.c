// How to read a cell, and the remark on a torn slot, where the buckets leave room for them.
#include "gui/view/stage.h"

#include <math.h>
#include <string.h>

static const float GAP = 16;

static bool overlaps(th_rect a, th_rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

// The line from a bucket to its overflow bucket runs below the buckets between them.
static bool on_chain(const th_view *view, const th_stage_layout *layout, th_rect place) {
    const th_scene_map *map = &view->scene->map;
    for (int i = 0; i < layout->count && i < map->bucket_count; i++) {
        const int parent = map->buckets[i].parent;
        if (map->buckets[i].chain == 0 || parent < 0 || parent >= layout->count) continue;
        const th_rect from = layout->boxes[parent].rect, to = layout->boxes[i].rect;
        const float left = fminf(from.x, to.x), right = fmaxf(from.x + from.w, to.x + to.w);
        const th_rect band = {left, from.y + from.h - 40, right - left, 100};
        if (overlaps(place, band)) return true;
    }
    return false;
}

// The first place of that size that no bucket covers, preferring the bottom; false: none. `taken`:
// another note.
static bool find_room(const th_view *view, const th_stage_layout *layout, th_rect area, float w,
                      float h, bool from_right, th_rect taken, th_rect *out) {
    const float step = 12;
    for (float y = area.y + area.h - h - GAP; y >= area.y + 60; y -= step) {
        for (float along = 0; along + w + 2 * GAP <= area.w; along += step) {
            const float x = from_right ? area.x + area.w - GAP - w - along : area.x + GAP + along;
            const th_rect place = {x, y, w, h};
            const th_rect wide = {x - GAP, y - GAP, w + 2 * GAP, h + 2 * GAP};
            bool blocked = (taken.w > 0 && overlaps(wide, taken)) || on_chain(view, layout, wide);
            for (int i = 0; i < layout->count && !blocked; i++) {
                blocked = overlaps(wide, layout->boxes[i].rect);
            }
            if (blocked) continue;
            *out = place;
            return true;
        }
    }
    return false;
}

// Higher up looks better than the very bottom, as long as it stays free.
static th_rect lift(const th_view *view, const th_stage_layout *layout, th_rect place, float top) {
    th_rect best = place;
    while (best.y - 6 > top) {
        const th_rect next = {best.x, best.y - 6, best.w, best.h};
        const th_rect wide = {next.x - 4, next.y - 26, next.w + 8, next.h + 30};
        bool blocked = on_chain(view, layout, wide);
        for (int i = 0; i < layout->count && !blocked; i++) {
            blocked = overlaps(wide, layout->boxes[i].rect);
        }
        if (blocked) return best;
        best = next;
    }
    return place;
}

static void draw_legend(const th_view *view, th_rect at, bool wide) {
    const th_theme_colors *c = &view->theme->color;
    th_view_text(view, th_type_ui(16, 700, c->faint), at.x, at.y + 12, at.w,
                 th_view_word(view, TH_WORD_HOW_TO_READ));
    const uint16_t g = view->scene->g > 0 ? view->scene->g : 1;
    const th_scene_cell cells[4] = {
        {.face = TH_FACE_VALUE,
         .text = "7",
         .reader = g,
         .reader_in = 1,
         .swapped = true,
         .collision = -1},
        {.face = TH_FACE_VALUE,
         .text = "7",
         .writer = g,
         .writer_in = 1,
         .swapped = true,
         .collision = -1},
        {.face = TH_FACE_EMPTY_REST, .swapped = true, .collision = -1},
        {.face = TH_FACE_TOP, .text = "b8", .swapped = true, .collision = -1},
    };
    static const th_word words[4] = {TH_WORD_LEGEND_READ, TH_WORD_LEGEND_WRITE, TH_WORD_LEGEND_REST,
                                     TH_WORD_LEGEND_TOP};
    th_view plain = *view;
    plain.g = g;
    plain.hits = NULL;
    for (int i = 0; i < 4; i++) {
        const float x = at.x + (wide ? (float)(i % 2) * 192 : 0);
        const float y = at.y + 34 + (wide ? (float)(i / 2) : (float)i) * 46;
        th_view_cell(&plain, (th_rect){x, y, 46, 34}, &cells[i], 18, c->cell_key);
        th_view_text(view, th_type_ui(17, 500, c->dim), x + 58, y + 17, 132,
                     th_view_word(view, words[i]));
    }
}

static const th_box *torn_box(const th_view *view, const th_stage_layout *layout) {
    const th_scene_map *map = &view->scene->map;
    for (int i = 0; i < layout->count && i < map->bucket_count; i++) {
        if (map->buckets[i].address == map->torn.bucket) return &layout->boxes[i];
    }
    return NULL;
}

static void draw_torn(const th_view *view, const th_stage_layout *layout, th_rect at) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_torn *torn = &view->scene->map.torn;
    const th_box *box = torn_box(view, layout);
    if (box == NULL) return;
    th_bucket_cells cells;
    th_bucket_arrange(box, &cells);
    const float y0 = cells.top[torn->slot].y + cells.top[torn->slot].h;
    const bool right = at.x > box->rect.x;
    const float x0 = right ? box->rect.x + box->rect.w - 16 : box->rect.x + 16;
    const float x1 = right ? at.x : at.x + at.w, y1 = at.y + at.h * 0.42f;
    const th_point line[4] = {
        th_view_point_px(view, x0, y0), th_view_point_px(view, x0, y0 + (y1 - y0) * 0.75f),
        th_view_point_px(view, x0 + (x1 - x0) * 0.3f, y1), th_view_point_px(view, x1, y1)};
    th_draw_bezier(view->list, line, th_stroke_solid(c->alert, th_view_stroke_px(view, 2.5f)));
    th_view_fill(view, at, view->theme->radius.button, c->alert_wash);
    th_view_outline(view, at, view->theme->radius.button, c->alert, 2);
    th_view_text(view, th_type_ui(21, 700, c->alert_ink), at.x + 16, at.y + 27, at.w - 28,
                 th_view_word(view, TH_WORD_TORN_SLOT));
    th_view_badge(view, torn->top_g, at.x + 28, at.y + 62, 11);
    th_view_textf(view, th_type_mono(18, 700, c->text), at.x + 48, at.y + 62, at.w - 58, "%s %s",
                  th_view_word(view, TH_WORD_TOPHASH), torn->top);
    th_view_badge(view, torn->key_g, at.x + 28, at.y + 92, 11);
    th_view_textf(view, th_type_mono(18, 700, c->text), at.x + 48, at.y + 92, at.w - 58, "%s %s",
                  th_view_word(view, TH_WORD_KEY), torn->key);
    th_view_text(view, th_type_ui(17, 500, c->dim), at.x + 16, at.y + 122, at.w - 28,
                 th_view_word(view, TH_WORD_TORN_EFFECT));
}

void th_view_notes(const th_view *view, const th_stage_layout *layout, th_rect area) {
    th_rect torn = {0}, legend;
    const th_rect nothing = {0};
    if (view->scene->map.torn.present &&
        find_room(view, layout, area, 186, 142, true, nothing, &torn)) {
        torn = lift(view, layout, torn, area.y + 60);
        draw_torn(view, layout, torn);
    }
    if (layout->growing) return;
    const bool small = view->at->compact;
    if (!small && find_room(view, layout, area, 380, 130, false, torn, &legend)) {
        draw_legend(view, lift(view, layout, legend, area.y + 60), true);
    } else if (find_room(view, layout, area, 196, 218, false, torn, &legend)) {
        draw_legend(view, lift(view, layout, legend, area.y + 60), false);
    }
}

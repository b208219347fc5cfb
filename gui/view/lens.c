// Left of a field: a few buckets through a lens, and the whole map in small.
#include "gui/view/field.h"
#include "gui/view/stage.h"

#include <math.h>
#include <stdio.h>

static const float PAD = 28, HEAD_H = 48;

static void draw_head(const th_view *view, th_rect area, th_word word, const char *right) {
    const th_theme_colors *c = &view->theme->color;
    th_view_fill(view, area, 0, c->panel);
    th_view_line(view, area.x, area.y, area.x + area.w, area.y, c->line, 1);
    const float width = th_view_text(view, th_type_ui(view->theme->font.label, 700, c->dim),
                                     area.x + PAD, area.y + 26, 0, th_view_word(view, word));
    th_view_text(view, th_type_right(th_type_ui(17, 500, c->dim)), area.x + area.w - PAD,
                 area.y + 26, area.w - 3 * PAD - width, right);
}

static void draw_column(const th_view *view, const th_scene_bucket *bucket, th_rect rect,
                        bool middle) {
    const th_theme_colors *c = &view->theme->color;
    char text[24];
    th_view_number(bucket->index, text, sizeof(text));
    const float head = fminf(38, rect.h * 0.15f);
    const th_type type =
        th_type_center(th_type_mono(17, middle ? 700 : 500, middle ? c->text : c->dim));
    th_view_text_shrunk(view, type, 10, rect.x + rect.w / 2, rect.y + head / 2, rect.w - 6, text);
    const float row = (rect.h - head - 8) / TH_BUCKET_SLOTS;
    for (int i = 0; i < TH_BUCKET_SLOTS; i++) {
        const th_rect cell = {rect.x + 5, rect.y + head + (float)i * row + 1, rect.w - 10, row - 2};
        th_view_cell(view, cell, &bucket->top[i], fminf(18, row * 0.8f), c->cell_key);
    }
    if (bucket->has_overflow) {
        th_view_fill(view, (th_rect){rect.x + rect.w * 0.3f, rect.y + rect.h - 5, rect.w * 0.4f, 3},
                     1, c->text);
    }
    th_view_outline(view, rect, view->theme->radius.button, middle ? c->accent : c->line2,
                    middle ? 3 : 1.5f);
}

void th_view_lens(const th_view *view) {
    const th_scene_map *map = &view->scene->map;
    const th_rect area = view->at->lens;
    if (area.h <= 0 || map->lens_count == 0) return;
    char first[24], last[24], text[64];
    th_view_number(map->lens[0].index, first, sizeof(first));
    th_view_number(map->lens[map->lens_count - 1].index, last, sizeof(last));
    const bool old = map->lens[0].role == TH_BUCKET_OLD;
    snprintf(text, sizeof(text), th_view_word(view, old ? TH_WORD_LENS_OLD : TH_WORD_LENS_NOW),
             first, last);
    draw_head(view, area, TH_WORD_LENS, text);
    const float gap = 8, width = area.w - 2 * PAD;
    const float each = (width - gap * (TH_SCENE_LENS_MAX - 1)) / TH_SCENE_LENS_MAX;
    for (int i = 0; i < map->lens_count; i++) {
        const th_rect rect = {area.x + PAD + (float)i * (each + gap), area.y + HEAD_H, each,
                              area.h - HEAD_H - 14};
        draw_column(view, &map->lens[i], rect, i == map->lens_middle);
    }
}

// The field's cells in small, as colours alone.
static void draw_whole(const th_view *view, const th_scene_field *field, th_rect rect) {
    const th_theme_colors *c = &view->theme->color;
    const int columns = 64, rows = (int)fmaxf(1, floorf(rect.h / 6));
    const uint32_t room = (uint32_t)(columns * rows);
    const float w = rect.w / (float)columns, h = rect.h / (float)rows;
    for (uint32_t i = 0; i < room; i++) {
        const uint32_t first = (uint32_t)((uint64_t)i * field->shown / room);
        const uint32_t end = (uint32_t)((uint64_t)(i + 1) * field->shown / room);
        float items = 0, buckets = 0;
        for (uint32_t k = first; k < end || k == first; k++) {
            items += (float)field->cells[k].items;
            buckets += (float)field->cells[k].buckets;
        }
        const int shade = buckets > 0 ? (int)lroundf(items / buckets) : 0;
        if (shade == 0) continue;
        th_view_fill(view,
                     (th_rect){rect.x + (float)(i % (uint32_t)columns) * w,
                               rect.y + (float)(i / (uint32_t)columns) * h, w, h},
                     0, c->occupancy[shade]);
    }
}

// What part of the whole the field shows, as rows of the small map.
static void draw_window(const th_view *view, const th_scene_crowd *crowd, th_rect rect) {
    const float first = (float)((double)crowd->first / (double)crowd->base);
    const float part = (float)((double)crowd->count / (double)crowd->base);
    const th_rect window = {rect.x - 2, rect.y + rect.h * first - 2, rect.w + 4,
                            fmaxf(6, rect.h * part) + 4};
    th_view_outline(view, window, 5, view->theme->color.accent, 2.5f);
}

static void draw_here(const th_view *view, const th_scene_crowd *crowd, th_rect rect) {
    if (!crowd->has_focus) return;
    const float at = (float)((double)crowd->focus / (double)crowd->base);
    const int rows = (int)fmaxf(1, floorf(rect.h / 6));
    const float row = floorf(at * (float)rows), column = at * (float)rows - row;
    const th_point p = th_view_point_px(view, rect.x + column * rect.w,
                                        rect.y + (row + 0.5f) * rect.h / (float)rows);
    const th_theme_colors *c = &view->theme->color;
    const th_color fill = view->g > 0 ? th_view_goroutine(view, view->g).fill : c->accent;
    th_draw_circle(view->list, p, 7 * view->scale, th_paint_solid(fill));
    th_draw_ring(view->list, p, 8.5f * view->scale,
                 th_stroke_solid(c->stage, th_view_stroke_px(view, 2)));
}

void th_view_minimap(const th_view *view) {
    const th_scene_crowd *crowd = &view->scene->map.crowd;
    const th_rect area = view->at->minimap;
    if (area.h <= 0) return;
    draw_head(view, area, TH_WORD_MINI_MAP, th_view_word(view, TH_WORD_MINI_MAP_HINT));
    const th_rect box = {area.x + PAD, area.y + HEAD_H - 4, area.w - 2 * PAD, area.h - HEAD_H - 10};
    int parts = 0;
    for (int part = 0; part < TH_PART_COUNT; part++) parts += crowd->whole[part].shown > 0;
    if (parts == 0) return;
    th_view_fill(view, box, 4, view->theme->color.stage);
    const float gap = 5;
    const float each = (box.h - gap * (float)(parts - 1)) / (float)parts;
    float y = box.y;
    for (int part = 0; part < TH_PART_COUNT; part++) {
        if (crowd->whole[part].shown == 0) continue;
        const th_rect rect = {box.x, y, box.w, each};
        draw_whole(view, &crowd->whole[part], rect);
        if (crowd->count < crowd->base) draw_window(view, crowd, rect);
        const bool here = part == (crowd->focus_old    ? TH_PART_OLD
                                   : crowd->focus_high ? TH_PART_Y
                                                       : TH_PART_X);
        if (here) draw_here(view, crowd, rect);
        if (view->hits != NULL) view->hits->field.minimap[part] = th_view_rect_px(view, rect);
        y += each + gap;
    }
    if (crowd->count == crowd->base) {
        th_view_outline(view, th_rect_inset(box, -4), 6, view->theme->color.accent, 2.5f);
    }
}

// Pointers as lines: from the header to the arrays, from a bucket to its overflow bucket.
#include "gui/view/stage.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static void draw_head(const th_view *view, float x, float y, th_color color) {
    th_draw_arrow_head(view->list, th_view_point_px(view, x, y), (th_point){0, 1}, 10 * view->scale,
                       color);
}

static void draw_path(const th_view *view, const float (*points)[2], int count, th_color color,
                      float width, float radius) {
    th_point px[8];
    for (int i = 0; i < count; i++) {
        px[i] = (th_point){roundf(points[i][0] * view->scale), roundf(points[i][1] * view->scale)};
    }
    th_draw_polyline(view->list, px, count, radius * view->scale,
                     th_stroke_solid(color, th_view_stroke_px(view, width)));
}

// The cross bar above the buckets of a role, with an arrow to each of the array.
static bool draw_bus(const th_view *view, const th_stage_layout *layout, uint8_t role, float y,
                     th_color color, float *left, float *right) {
    const th_scene_map *map = &view->scene->map;
    bool any = false;
    for (int i = 0; i < layout->count && i < map->bucket_count; i++) {
        const th_scene_bucket *bucket = &map->buckets[i];
        if (bucket->role != role || bucket->chain > 0) continue;
        const th_rect rect = layout->boxes[i].rect;
        const float x = rect.x + rect.w / 2;
        *left = any ? fminf(*left, x) : x;
        *right = any ? fmaxf(*right, x) : x;
        any = true;
        if (layout->boxes[i].alpha < 1) th_draw_alpha_push(view->list, layout->boxes[i].alpha);
        th_view_line(view, x, y, x, rect.y - 8, color, view->theme->stroke.pointer);
        draw_head(view, x, rect.y, color);
        if (layout->boxes[i].alpha < 1) th_draw_alpha_pop(view->list);
    }
    return any;
}

// Where the line from `buckets` can come down between the old buckets.
static float free_x(const th_view *view, const th_stage_layout *layout, float wanted) {
    const th_scene_map *map = &view->scene->map;
    const th_rect stage = view->at->stage;
    float best = stage.x + 8, best_away = 1e9f;
    for (int i = -1; i < layout->count && i < map->bucket_count; i++) {
        if (i >= 0 && map->buckets[i].role != TH_BUCKET_OLD) continue;
        const float candidates[2] = {i < 0 ? wanted
                                           : layout->boxes[i].rect.x + layout->boxes[i].rect.w + 14,
                                     i < 0 ? stage.x + stage.w - 10 : layout->boxes[i].rect.x - 14};
        for (int k = 0; k < 2; k++) {
            bool blocked = candidates[k] < stage.x + 4 || candidates[k] > stage.x + stage.w - 4;
            for (int j = 0; j < layout->count && j < map->bucket_count && !blocked; j++) {
                const th_rect rect = layout->boxes[j].rect;
                blocked = map->buckets[j].role == TH_BUCKET_OLD && candidates[k] > rect.x - 4 &&
                          candidates[k] < rect.x + rect.w + 4;
            }
            if (blocked || fabsf(candidates[k] - wanted) >= best_away) continue;
            best = candidates[k];
            best_away = fabsf(candidates[k] - wanted);
        }
    }
    return best;
}

static void draw_old(const th_view *view, const th_strip *strip, const th_stage_layout *layout) {
    const th_color color = view->theme->color.line2;
    const float x = strip->dot_x[TH_FIELD_oldbuckets];
    float left, right;
    if (!draw_bus(view, layout, TH_BUCKET_OLD, layout->old_bus_y, color, &left, &right)) return;
    if (strip->cell[TH_FIELD_oldbuckets].w <= 0) return;
    const float width = view->theme->stroke.pointer;
    th_view_line(view, x, strip->dot_y, x, layout->old_bus_y, color, width);
    th_view_line(view, fminf(left, x), layout->old_bus_y, fmaxf(right, x), layout->old_bus_y, color,
                 width);
}

static void draw_half(const th_view *view, float x, float y, th_word half, th_word rule,
                      uint64_t by) {
    const th_theme_colors *c = &view->theme->color;
    char text[64];
    snprintf(text, sizeof(text), th_view_word(view, rule), (int)by);
    const th_type strong = th_type_ui(17, 700, c->text), plain = th_type_ui(17, 600, c->text);
    const float a = th_view_text_width(view, strong, th_view_word(view, half));
    const float width = a + th_view_text_width(view, plain, text) + 46;
    const th_rect box = {x - width / 2, y - 16, width, 32};
    th_view_fill(view, box, view->theme->radius.button, c->raised);
    th_view_outline(view, box, view->theme->radius.button, c->line2, 1.5f);
    th_view_text(view, strong, box.x + 15, y, 0, th_view_word(view, half));
    th_view_text(view, plain, box.x + a + 31, y, 0, text);
}

// On a small stage an item in the air, with its hash, covers the cross bar.
static bool is_covered(const th_view *view) {
    const th_scene_map *map = &view->scene->map;
    for (int i = 0; i < map->flight_count && view->at->compact; i++) {
        if (map->flights[i].active) return true;
    }
    return false;
}

void th_view_halves(const th_view *view, const th_stage_layout *layout) {
    const th_scene_map *map = &view->scene->map;
    const uint64_t half = map->now.old_count;
    if (map->now.bucket_count != 2 * half || map->crowded || is_covered(view)) return;
    float sum[2] = {0, 0};
    int count[2] = {0, 0};
    for (int i = 0; i < layout->count && i < map->bucket_count; i++) {
        const th_scene_bucket *bucket = &map->buckets[i];
        if (bucket->role != TH_BUCKET_CURRENT || bucket->chain > 0) continue;
        const int y = bucket->index >= half;
        sum[y] += layout->boxes[i].rect.x + layout->boxes[i].rect.w / 2;
        count[y]++;
    }
    if (count[0] == 0 || count[1] == 0) return;
    // On the cross bar, between the arrows of its half; with one bucket a half, beside it.
    const float shift = half == 1 ? 90 : 0;
    draw_half(view, sum[0] / (float)count[0] + shift, layout->bus_y, TH_WORD_X_HALF, TH_WORD_X_RULE,
              0);
    draw_half(view, sum[1] / (float)count[1] - shift, layout->bus_y, TH_WORD_Y_HALF, TH_WORD_Y_RULE,
              half);
}

void th_view_pointers(const th_view *view, const th_strip *strip, const th_stage_layout *layout) {
    const th_theme_colors *c = &view->theme->color;
    const bool growing = layout->growing;
    const float width = view->theme->stroke.pointer;
    if (growing) draw_old(view, strip, layout);
    const th_color color = growing ? c->dim : c->line2;
    float left, right;
    if (!draw_bus(view, layout, TH_BUCKET_CURRENT, layout->bus_y, color, &left, &right)) return;
    const float dot = strip->dot_x[TH_FIELD_buckets];
    const float x = growing ? free_x(view, layout, dot) : dot;
    if (fabsf(x - dot) < 1) {
        th_view_line(view, dot, strip->dot_y, dot, layout->bus_y, color, width);
    } else {
        const float turn = strip->rect.y + strip->rect.h + 8;
        const float path[4][2] = {{dot, strip->dot_y}, {dot, turn}, {x, turn}, {x, layout->bus_y}};
        draw_path(view, path, 4, color, width, 6);
    }
    th_view_line(view, fminf(left, x), layout->bus_y, fmaxf(right, x), layout->bus_y, color, width);
    // The dots lie over the lines that start in them.
    const int fields[2] = {TH_FIELD_buckets, TH_FIELD_oldbuckets};
    for (int i = 0; i < 2; i++) {
        if (i == 1 && !growing) continue;
        if (strip->cell[fields[i]].w <= 0) continue;
        const th_point at = th_view_point_px(view, strip->dot_x[fields[i]], strip->dot_y - 1);
        th_draw_circle(view->list, at, 7 * view->scale, th_paint_solid(c->accent));
    }
}

static void draw_chain(const th_view *view, const th_box *from, const th_box *to, float lane) {
    const th_theme_colors *c = &view->theme->color;
    th_bucket_cells cells;
    th_bucket_arrange(from, &cells);
    const bool wide = cells.columns && from->footer >= 30;
    const float x0 =
        wide ? cells.overflow.x + cells.overflow.w - 14 : from->rect.x + from->rect.w / 2;
    const float y0 = wide ? cells.overflow.y + cells.overflow.h / 2 : from->rect.y + from->rect.h;
    const th_rect t = to->rect;
    const float target_y = t.y + t.h * 0.9f - lane * 10;
    const bool beside = t.x > from->rect.x + from->rect.w &&
                        t.x - from->rect.x - from->rect.w < 60 && target_y > y0 - 200;
    if (beside && wide) {
        const float middle = (from->rect.x + from->rect.w + t.x) / 2;
        const float y1 = fminf(fmaxf(y0, t.y + 24), t.y + t.h - 24);
        const float path[4][2] = {{x0, y0}, {middle, y0}, {middle, y1}, {t.x - 8, y1}};
        draw_path(view, path, 4, c->text, 2.5f, 8);
        th_draw_arrow_head(view->list, th_view_point_px(view, t.x - 1, y1), (th_point){1, 0},
                           12 * view->scale, c->text);
        return;
    }
    const float foot = t.y + t.h - 20;
    if (t.x > from->rect.x + from->rect.w + 30 && y0 > foot) {
        // The bucket hangs lower than its overflow bucket: along under the others, then up.
        const float path[4][2] = {{x0, y0}, {t.x - 22, y0}, {t.x - 22, foot}, {t.x - 8, foot}};
        draw_path(view, path, 4, c->text, 2.5f, 10);
        th_draw_arrow_head(view->list, th_view_point_px(view, t.x - 1, foot), (th_point){1, 0},
                           12 * view->scale, c->text);
        return;
    }
    const float under = from->rect.y + from->rect.h + 14 + lane * 10;
    if (t.x > x0) {
        const float y1 = fminf(under, t.y + t.h - 20);
        const float path[3][2] = {{x0, y0}, {x0, y1}, {t.x - 8, y1}};
        draw_path(view, path, 3, c->text, 2.5f, 12);
        th_draw_arrow_head(view->list, th_view_point_px(view, t.x - 1, y1), (th_point){1, 0},
                           12 * view->scale, c->text);
        return;
    }
    const float x1 = t.x + t.w / 2;
    const float below = fmaxf(under, t.y + t.h + 14);
    const float path[4][2] = {{x0, y0}, {x0, below}, {x1, below}, {x1, t.y + t.h + 8}};
    draw_path(view, path, 4, c->text, 2.5f, 10);
    th_draw_arrow_head(view->list, th_view_point_px(view, x1, t.y + t.h + 1), (th_point){0, -1},
                       12 * view->scale, c->text);
}

void th_view_chains(const th_view *view, const th_stage_layout *layout) {
    const th_scene_map *map = &view->scene->map;
    float lane = 0;
    for (int i = 0; i < layout->count && i < map->bucket_count; i++) {
        const int parent = map->buckets[i].parent;
        if (map->buckets[i].chain == 0 || parent < 0 || parent >= layout->count) continue;
        draw_chain(view, &layout->boxes[parent], &layout->boxes[i], lane);
        lane = lane >= 3 ? 0 : lane + 1;
    }
}

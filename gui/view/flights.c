// Items in flight from an old bucket to a new one, and the paths of those that have landed.
#include "gui/view/stage.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

// Of one part of the block.
static float cell_w(const th_view *view) { return view->at->compact ? 54 : 72; }
static float cell_h(const th_view *view) { return view->at->compact ? 32 : 40; }

static const th_box *box_at(const th_view *view, const th_stage_layout *layout, uint64_t address,
                            int *index) {
    const th_scene_map *map = &view->scene->map;
    for (int i = 0; i < layout->count && i < map->bucket_count; i++) {
        if (map->buckets[i].address != address) continue;
        *index = i;
        return &layout->boxes[i];
    }
    return NULL;
}

enum { PATH_POINTS_MAX = 6 };

// Right angles with rounded corners, from the side of the old slot to the side of the new one. X
// leaves to the left, Y to the right; a path runs beside buckets and between the rows, not over
// them.
typedef struct path {
    th_point p[PATH_POINTS_MAX];  // units
    int count;
} path;

// Does another old bucket lie between the two, so that a line at their height would cross it?
static bool is_between(const th_view *view, const th_stage_layout *layout, const th_box *from,
                       float x) {
    const th_scene_map *map = &view->scene->map;
    const float a = fminf(from->rect.x, x), b = fmaxf(from->rect.x + from->rect.w, x);
    for (int i = 0; i < layout->count && i < map->bucket_count; i++) {
        const th_rect rect = layout->boxes[i].rect;
        const bool other = &layout->boxes[i] != from && map->buckets[i].role == TH_BUCKET_OLD;
        if (other && rect.x + rect.w > a && rect.x < b) return true;
    }
    return false;
}

// Half the space to the bucket on the left of this one, at most 16.
static float gap_before(const th_view *view, const th_stage_layout *layout, const th_box *to) {
    const th_scene_map *map = &view->scene->map;
    float gap = to->rect.x - view->at->stage.x;
    for (int i = 0; i < layout->count && i < map->bucket_count; i++) {
        const th_rect rect = layout->boxes[i].rect;
        const bool beside = rect.y < to->rect.y + to->rect.h && to->rect.y < rect.y + rect.h;
        const float away = to->rect.x - rect.x - rect.w;
        if (beside && away > 0 && away < gap) gap = away;
    }
    return fminf(16, gap / 2);
}

static path path_of(const th_view *view, const th_stage_layout *layout,
                    const th_scene_flight *flight) {
    int from_index, to_index;
    const th_box *from = box_at(view, layout, flight->from, &from_index);
    const th_box *to = box_at(view, layout, flight->to, &to_index);
    path out = {.count = 0};
    if (from == NULL || to == NULL) return out;
    th_bucket_cells a, b;
    th_bucket_arrange(from, &a);
    th_bucket_arrange(to, &b);
    const float y0 = a.top[flight->from_slot].y + a.top[flight->from_slot].h / 2;
    const float y1 = b.top[flight->to_slot].y + b.top[flight->to_slot].h / 2;
    const float x0 = flight->y ? from->rect.x + from->rect.w : from->rect.x;
    const float down = to->rect.x - gap_before(view, layout, to);
    // Each slot has a lane of its own where the space allows it.
    const float side = 14 + (float)flight->from_slot * 3;
    const float out_x = flight->y ? x0 + side : x0 - side;
    const bool turns_back = flight->y ? down < out_x : down > out_x;
    out.p[out.count++] = (th_point){x0, y0};
    if (turns_back || is_between(view, layout, from, down)) {
        const float between = layout->bus_y - 20 + (float)flight->from_slot * 2;
        out.p[out.count++] = (th_point){out_x, y0};
        out.p[out.count++] = (th_point){out_x, between};
        out.p[out.count++] = (th_point){down, between};
    } else {
        out.p[out.count++] = (th_point){down, y0};
    }
    out.p[out.count++] = (th_point){down, y1};
    out.p[out.count++] = (th_point){to->rect.x - 1, y1};
    return out;
}

static float distance(th_point a, th_point b) { return fabsf(a.x - b.x) + fabsf(a.y - b.y); }

// The point that far along, 0 to 1. All parts run along an axis.
static th_point point_along(const path *along, float part) {
    float total = 0;
    for (int i = 1; i < along->count; i++) total += distance(along->p[i - 1], along->p[i]);
    float left = total * part;
    for (int i = 1; i < along->count; i++) {
        const float piece = distance(along->p[i - 1], along->p[i]);
        if (left <= piece && piece > 0) {
            const float t = left / piece;
            return (th_point){along->p[i - 1].x + (along->p[i].x - along->p[i - 1].x) * t,
                              along->p[i - 1].y + (along->p[i].y - along->p[i - 1].y) * t};
        }
        left -= piece;
    }
    return along->p[along->count - 1];
}

static void draw_path(const th_view *view, const path *along, bool y_half, th_color color,
                      float width) {
    path px = *along;
    for (int i = 0; i < px.count; i++) {
        px.p[i] = th_view_point_px(view, along->p[i].x, along->p[i].y);
    }
    const float head = fminf((width > 3 ? 15 : 11),
                             along->p[along->count - 1].x - along->p[along->count - 2].x + 2);
    const th_point tip = px.p[px.count - 1];
    px.p[px.count - 1].x -= head * 0.6f * view->scale;
    const th_stroke stroke = y_half ? th_stroke_dashed(color, th_view_stroke_px(view, width),
                                                       9 * view->scale, 6 * view->scale)
                                    : th_stroke_solid(color, th_view_stroke_px(view, width));
    th_draw_polyline(view->list, px.p, px.count, 24 * view->scale, stroke);
    if (head > 3) {
        th_draw_arrow_head(view->list, tip, (th_point){1, 0}, head * view->scale, color);
    }
}

static void draw_trail(const th_view *view, const th_stage_layout *layout,
                       const th_scene_flight *flight) {
    const path along = path_of(view, layout, flight);
    if (along.count == 0 || flight->alpha <= 0) return;
    const th_color color =
        th_color_alpha(th_view_goroutine(view, flight->g).fill, 0.25f + 0.35f * flight->alpha);
    draw_path(view, &along, flight->y, color, view->theme->stroke.flight_trail);
}

// One cell of the block: filled while it is still in hand, hollow once its bytes have landed.
static void draw_part(const th_view *view, th_rect rect, const char *text, bool landed,
                      th_goroutine_style style) {
    const th_color ink = landed ? th_color_alpha(style.on, 0.35f) : style.on;
    if (!landed) {
        th_view_fill(view, rect, view->theme->radius.cell,
                     th_color_mix(style.fill, 0xFFFFFFFF, 0.12f));
    }
    const th_type type = th_type_center(th_type_mono(fminf(24, rect.h * 0.6f), 700, ink));
    th_view_text_shrunk(view, type, 13, rect.x + rect.w / 2, rect.y + rect.h / 2, rect.w - 4, text);
}

// The hash with the bit that decides inverted, and what it decides: below the block in the middle
// of (x, y), or `beside` it.
static void draw_hash(const th_view *view, const th_scene_flight *flight, float x, float y,
                      bool beside) {
    if (flight->new_bit == 0) return;
    const th_theme_colors *c = &view->theme->color;
    const th_type type = th_type_mono(19, 600, c->dim);
    int bit = 0;
    while (UINT64_C(1) << bit != flight->new_bit && bit < 63) bit++;
    char before[8], after[40];
    int count = 0;
    for (int i = bit + 2; i > bit; i--) before[count++] = flight->hash >> i & 1 ? '1' : '0';
    before[count] = 0;
    count = 0;
    for (int i = bit - 1; i >= 0 && count < 30; i--)
        after[count++] = flight->hash >> i & 1 ? '1' : '0';
    after[count] = 0;
    const bool one = flight->hash >> bit & 1;
    char head[24], tail[16];
    snprintf(head, sizeof(head), "hash …%s", before);
    snprintf(tail, sizeof(tail), "%d → %s", one, flight->y ? "Y" : "X");
    const float head_w = th_view_text_width(view, type, head);
    const float digit = th_view_text_width(view, type, "0");
    const float after_w = th_view_text_width(view, type, after);
    const float tail_w = th_view_text_width(view, th_type_mono(19, 700, c->text), tail);
    const float width = head_w + digit + 6 + after_w + 16 + tail_w;
    const th_rect stage = view->at->stage;
    const float half = cell_w(view) * 1.5f + 30;
    float at = beside ? x + half : x - width / 2;
    if (beside && at + width + 12 > stage.x + stage.w) at = x - half - width;
    if (!beside) y += cell_h(view) / 2 + 32;
    if (at < stage.x + 12) at = stage.x + 12;
    th_view_fill(view, (th_rect){at - 10, y - 17, width + 20, 34}, view->theme->radius.chip,
                 th_color_alpha(c->stage, 0.92f));
    at += th_view_text(view, type, at, y, 0, head);
    th_view_fill(view, (th_rect){at, y - 15, digit + 6, 30}, 3, c->accent);
    th_view_text(view, th_type_mono(19, 800, c->on_accent), at + 3, y, 0, one ? "1" : "0");
    at += digit + 6;
    at += th_view_text(view, type, at, y, 0, after) + 16;
    th_view_text(view, th_type_mono(19, 700, c->text), at, y, 0, tail);
}

static void draw_target(const th_view *view, const th_stage_layout *layout,
                        const th_scene_flight *flight, th_color color) {
    int index;
    const th_box *to = box_at(view, layout, flight->to, &index);
    if (to == NULL) return;
    th_bucket_cells cells;
    th_bucket_arrange(to, &cells);
    const th_rect top = cells.top[flight->to_slot];
    th_rect row = top;
    if (cells.columns)
        row.w = cells.elem[flight->to_slot].x + cells.elem[flight->to_slot].w - top.x;
    th_view_dashed(view, th_rect_inset(row, -2), view->theme->radius.cell, color, 2.5f, 8, 5);
}

// On its path: beside the old bucket where the stage has room there, else between the rows.
static th_point block_place(const th_view *view, const th_stage_layout *layout, const path *along,
                            const th_scene_flight *flight, const th_box *box, bool *between) {
    const th_rect from = box->rect;
    const th_point p = point_along(along, flight->at);
    const float half = cell_w(view) * 1.5f + 26;
    const th_rect stage = view->at->stage;
    const float x0 = stage.x + half, x1 = stage.x + stage.w - half;
    const float x = fminf(fmaxf(p.x, x0), x1);
    const float left = from.x - half, right = from.x + from.w + half;
    const bool over_old = p.y < from.y + from.h + 10;
    *between = true;
    if (over_old && flight->y && right <= x1 && !is_between(view, layout, box, right + half)) {
        *between = false;
        return (th_point){fmaxf(x, right), p.y};
    }
    if (over_old && !flight->y && left >= x0 && !is_between(view, layout, box, left - half)) {
        *between = false;
        return (th_point){fminf(x, left), p.y};
    }
    return (th_point){x, layout->bus_y};
}

static void draw_block(const th_view *view, const th_scene_flight *flight, th_point at) {
    const th_goroutine_style style = th_view_goroutine(view, flight->g);
    const float w = cell_w(view), h = cell_h(view);
    const th_rect block = {at.x - w * 1.5f - 8, at.y - h / 2 - 5, 3 * w + 16, h + 10};
    th_view_glow(view, block, view->theme->radius.button, style.fill, view->theme->glow.write);
    th_view_fill(view, block, view->theme->radius.button,
                 th_color_mix(style.fill, 0xFF000000, 0.12f));
    th_view_outline(view, block, view->theme->radius.button, style.fill, 3);
    const char *texts[3] = {flight->top, flight->key, flight->elem};
    const bool landed[3] = {flight->top_landed, flight->key_landed, flight->elem_landed};
    for (int i = 0; i < 3; i++) {
        draw_part(view, (th_rect){block.x + 6 + (float)i * (w + 2), block.y + 5, w, h}, texts[i],
                  landed[i], style);
    }
    const th_point badge = th_view_point_px(view, block.x, block.y);
    th_icon_badge_outlined(view->list, view->theme, flight->g - 1, badge.x, badge.y,
                           15 * view->scale, view->theme->color.stage);
}

static void draw_active(const th_view *view, const th_stage_layout *layout,
                        const th_scene_flight *flight) {
    const th_goroutine_style style = th_view_goroutine(view, flight->g);
    int index;
    const th_box *from = box_at(view, layout, flight->from, &index);
    if (from == NULL) return;
    path along = {.count = 0};
    if (flight->has_target) along = path_of(view, layout, flight);
    if (along.count == 0) {
        const float x = from->rect.x + from->rect.w + cell_w(view) * 1.5f + 30;
        draw_block(view, flight, (th_point){x, from->rect.y + from->rect.h / 2});
        return;
    }
    draw_path(view, &along, flight->y, style.fill, view->theme->stroke.flight_active);
    draw_target(view, layout, flight, style.fill);
    bool between;
    const th_point at = block_place(view, layout, &along, flight, from, &between);
    draw_block(view, flight, at);
    draw_hash(view, flight, at.x, at.y, between);
}

void th_view_flights(const th_view *view, const th_stage_layout *layout, bool trails) {
    const th_scene_map *map = &view->scene->map;
    for (int i = map->flight_count; i-- > 0;) {
        const th_scene_flight *flight = &map->flights[i];
        if (trails && !flight->active) draw_trail(view, layout, flight);
        if (!trails && flight->active) draw_active(view, layout, flight);
    }
}

#include "gui/view/timeline.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const float LABEL_W = 150, RIGHT_PAD = 40, TICK_MAX = 20, OVERVIEW_H = 10;

typedef struct lanes {
    const th_view *view;
    const th_scene_lanes *of;
    float x0, step_w;  // of the window's first step; of one step
    float markers_y;   // middle of the row of marks
    float y0, lane_h;  // of the first lane
    float tick;        // side of a tick
    int count;
} lanes;

static float step_x(const lanes *at, uint64_t step) {
    const float ahead = (float)((double)step - (double)at->of->first);
    return at->x0 + (ahead + 0.5f + at->of->scroll) * at->step_w;
}

// Which lane is the goroutine's; -1: it has none.
static int lane_of(const lanes *at, uint16_t g) {
    for (int i = 0; i < at->count; i++) {
        if (at->view->scene->lane_g[i] == g) return i;
    }
    return -1;
}

static float lane_y(const lanes *at, uint16_t g) {
    return at->y0 + ((float)lane_of(at, g) + 0.5f) * at->lane_h;
}

static bool has_lane(const lanes *at, uint16_t g) { return lane_of(at, g) >= 0; }

void th_view_lane_label(const th_view *view, uint16_t g, float y, float lane_h, float width) {
    th_view_badge(view, g, 40, y, fminf(13, lane_h * (lane_h < 30 ? 0.42f : 0.32f)));
    const float size = fminf(19, fmaxf(14, lane_h * 0.5f));
    th_view_textf(view, th_type_ui(size, 700, th_view_goroutine(view, g).ink), 62, y, 0, "G%d",
                  (int)g);
    th_view_hit(view, (th_rect){16, y - lane_h / 2, width, lane_h}, TH_ACTION_FILTER_GOROUTINE, g);
}

static void draw_labels(const lanes *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const float right = view->at->timeline.w - RIGHT_PAD;
    for (int i = 0; i < at->count; i++) {
        const uint16_t g = view->scene->lane_g[i];
        const float y = lane_y(at, g);
        th_view_line(view, at->x0, y + at->lane_h / 2, right, y + at->lane_h / 2, c->line, 1);
        th_view_lane_label(view, g, y, at->lane_h, at->x0 - 40);
    }
    th_view_line(view, at->x0, at->y0, right, at->y0, c->line, 1);
    const int hidden = view->scene->goroutine_count - at->count;
    if (hidden > 0) {
        th_view_wordf(view, th_type_ui(15, 500, c->faint), 24, at->markers_y, 120, TH_WORD_MORE,
                      hidden);
    }
}

// Washes behind runs of steps of one goroutine.
static void draw_runs(const lanes *at) {
    const th_view *view = at->view;
    const th_scene_lanes *of = at->of;
    for (int i = 0; i < of->tick_count;) {
        int end = i + 1;
        const bool future = of->ticks[i].step > view->scene->step;
        while (end < of->tick_count && of->ticks[end].g == of->ticks[i].g &&
               (of->ticks[end].step > view->scene->step) == future) {
            end++;
        }
        const uint16_t g = of->ticks[i].g;
        if (has_lane(at, g)) {
            const float x = step_x(at, of->ticks[i].step) - at->step_w / 2;
            const float gap = fminf(3, at->step_w * 0.08f);
            const th_rect rect = {x + gap, lane_y(at, g) - at->lane_h / 2 + 4,
                                  (float)(end - i) * at->step_w - 2 * gap, at->lane_h - 8};
            if (future) th_draw_alpha_push(view->list, view->theme->future_alpha);
            th_view_fill(view, rect, view->theme->radius.chip, th_view_goroutine(view, g).wash);
            if (future) th_draw_alpha_pop(view->list);
        }
        i = end;
    }
}

static void draw_tick(const lanes *at, const th_scene_tick *tick, float x, float y) {
    const th_view *view = at->view;
    const th_point p = th_view_point_px(view, x, y);
    const float size = roundf(at->tick * view->scale);
    if (tick->access) {
        th_icon_tick(view->list, view->theme, tick->g - 1, tick->write, roundf(p.x), roundf(p.y),
                     size);
    } else {
        th_draw_circle(view->list, p, size * 0.3f,
                       th_paint_solid(th_view_goroutine(view, tick->g).ink));
    }
    if (tick->fetched) {
        const float w = fminf(at->tick, 14);
        th_view_fill(view, (th_rect){x - w / 2, y + at->tick / 2 + 4, w, 4}, 0,
                     view->theme->color.text);
    }
    if (tick->match) {
        const float r = at->tick / 2 + 4;
        th_view_outline(view, (th_rect){x - r, y - r, 2 * r, 2 * r}, 5, view->theme->color.text, 2);
    }
}

static void draw_ticks(const lanes *at) {
    const th_view *view = at->view;
    const th_scene_lanes *of = at->of;
    for (int i = 0; i < of->tick_count; i++) {
        const th_scene_tick *tick = &of->ticks[i];
        const bool future = tick->step > view->scene->step;
        const float x = step_x(at, tick->step);
        if (has_lane(at, tick->g)) {
            if (future) th_draw_alpha_push(view->list, view->theme->future_alpha);
            draw_tick(at, tick, x, lane_y(at, tick->g));
            if (future) th_draw_alpha_pop(view->list);
        }
    }
}

static void draw_links(const lanes *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    for (int i = 0; i < at->of->link_count; i++) {
        const th_scene_link *link = &at->of->links[i];
        if (!has_lane(at, link->first_g) || !has_lane(at, link->second_g)) continue;
        const float x0 = step_x(at, link->first_step), x1 = step_x(at, link->second_step);
        const float a = lane_y(at, link->first_g), b = lane_y(at, link->second_g);
        const float toward = b > a ? 1 : -1, edge = at->tick / 2 + 1;
        const float y0 = a + toward * edge, y1 = b - toward * edge;
        const float bend = (y1 - y0) * 0.6f;
        const th_point p[4] = {
            th_view_point_px(view, x0, y0), th_view_point_px(view, x0, y0 + bend),
            th_view_point_px(view, x1, y1 - bend), th_view_point_px(view, x1, y1)};
        th_draw_bezier(view->list, p, th_stroke_solid(c->alert, th_view_stroke_px(view, 2)));
    }
}

// Returns its right edge; a label that would lie over the one before is left out.
static float draw_label(const lanes *at, float x, float y, float taken, const char *text) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const th_type type = th_type_ui(15, 700, c->text);
    const float width = th_view_text_width(view, type, text) + 18;
    // Nor one that would look out from behind the playhead's number.
    const float away = fabsf(x - step_x(at, at->view->scene->step));
    if (x - width / 2 < taken || (away > 1 && away < width / 2 + 24)) return taken;
    th_view_fill(view, (th_rect){x - width / 2, y - 12, width, 24}, view->theme->radius.chip,
                 c->raised2);
    th_view_text(view, th_type_center(type), x, y, 0, text);
    return x + width / 2 + 4;
}

static void draw_marker(const lanes *at, const th_scene_marker *marker, float y, float *taken) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const float x = step_x(at, marker->step);
    const bool future = marker->step > view->scene->step;
    const th_point p = th_view_point_px(view, x, y);
    if (future) th_draw_alpha_push(view->list, view->theme->future_alpha * 1.5f);
    switch (marker->kind) {
    case TH_MARKER_RACE:
        if (x > *taken) th_icon_race(view->list, p.x, p.y, 13 * view->scale, c->alert, c->panel);
        break;
    case TH_MARKER_FATAL:
    case TH_MARKER_PANIC:
        th_icon_fatal(view->list, p.x, p.y, 12 * view->scale, c->alert, 0xFFFFFFFF);
        break;
    case TH_MARKER_GROW:
        *taken = draw_label(at, x, y, *taken, th_view_word(view, TH_WORD_MARK_GROW));
        break;
    case TH_MARKER_GROWN:
        *taken = draw_label(at, x, y, *taken, th_view_word(view, TH_WORD_MARK_GROWN));
        break;
    case TH_MARKER_EVACUATE: {
        char text[48];
        snprintf(text, sizeof(text), th_view_word(view, TH_WORD_MARK_EVACUATE),
                 (int)marker->bucket);
        *taken = draw_label(at, x, y, *taken, text);
        break;
    }
    default: {
        const th_point flag[3] = {th_view_point_px(view, x - 4, y + 8),
                                  th_view_point_px(view, x + 4, y + 8),
                                  th_view_point_px(view, x, y + 13)};
        th_draw_polygon(view->list, flag, 3, th_paint_solid(c->faint));
        break;
    }
    }
    if (future) th_draw_alpha_pop(view->list);
    if (marker->kind != TH_MARKER_CAPTION) {
        th_view_hit(view, (th_rect){x - 20, y - 16, 40, 32}, TH_ACTION_SEEK, marker->step);
    }
}

// Is there a mark so near that the number would lie under it?
static bool covered(const lanes *at, uint64_t step) {
    const float x = step_x(at, step);
    if (fabsf(x - step_x(at, at->view->scene->step)) < 34) return true;
    for (int i = 0; i < at->of->marker_count; i++) {
        const th_scene_marker *marker = &at->of->markers[i];
        if (marker->kind == TH_MARKER_CAPTION) continue;
        const bool word = marker->kind == TH_MARKER_GROW || marker->kind == TH_MARKER_GROWN;
        const float half = marker->kind == TH_MARKER_EVACUATE ? 90 : word ? 54 : 28;
        if (fabsf(x - step_x(at, marker->step)) < half) return true;
    }
    return false;
}

static uint64_t number_stride(const lanes *at) {
    static const uint64_t strides[] = {1, 5, 10, 20, 50, 100};
    for (int i = 0; i < 6; i++) {
        if ((float)strides[i] * at->step_w >= 64) return strides[i];
    }
    return 200;
}

static void draw_marks(const lanes *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const uint64_t stride = number_stride(at);
    const uint64_t last = at->of->last < at->of->length ? at->of->last : at->of->length;
    for (uint64_t step = at->of->first; step <= last; step++) {
        const bool numbered = step % stride == 0 || step == 1;
        if (!numbered || covered(at, step)) continue;
        th_view_textf(view, th_type_center(th_type_mono(view->theme->font.tick, 500, c->faint)),
                      step_x(at, step), at->markers_y - 2, 0, "%" PRIu64, step);
    }
    float taken = 0;
    for (int i = 0; i < at->of->marker_count; i++) {
        draw_marker(at, &at->of->markers[i], at->markers_y, &taken);
    }
}

static void draw_playhead(const lanes *at, float bottom) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const uint64_t step = view->scene->step;
    const float x = step == 0 ? at->x0 - 4 : step_x(at, step);
    char text[24];
    snprintf(text, sizeof(text), "%" PRIu64, step);
    const th_type type = th_type_mono(17, 700, c->on_accent);
    const float width = fmaxf(38, th_view_text_width(view, type, text) + 20);
    th_view_line(view, x, at->markers_y + 10, x, bottom, c->accent, view->theme->stroke.playhead);
    th_view_fill(view, (th_rect){x - width / 2, at->markers_y - 14, width, 28},
                 view->theme->radius.chip, c->accent);
    th_view_text(view, th_type_center(type), x, at->markers_y, 0, text);
}

static void draw_verdict(const lanes *at, uint8_t verdict, float x, float y) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const th_point p = th_view_point_px(view, x, y);
    const float r = 12 * view->scale;
    switch (verdict) {
    case TH_VERDICT_CLEAN: th_icon_ok(view->list, p.x, p.y, r, c->ok, c->panel); break;
    case TH_VERDICT_RACE: th_icon_race(view->list, p.x, p.y, r, c->alert, c->panel); break;
    case TH_VERDICT_LIMIT: th_icon_limit(view->list, p.x, p.y, r, c->warn, c->panel); break;
    default: th_icon_fatal(view->list, p.x, p.y, r, c->alert, 0xFFFFFFFF); break;
    }
}

static void draw_branch(const lanes *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const th_scene_branch *branch = &at->of->branch;
    if (!branch->present || branch->tick_count == 0) return;
    const float y = at->y0 + ((float)at->count + 0.5f) * at->lane_h;
    const float half = at->lane_h / 2 - 3;
    const float x0 = step_x(at, branch->ticks[0].step) - at->step_w / 2;
    const float right = view->at->timeline.w - RIGHT_PAD;
    float x1 = step_x(at, branch->ticks[branch->tick_count - 1].step) + at->step_w / 2;
    const bool ends = branch->ended &&
                      branch->ticks[branch->tick_count - 1].step == branch->length &&
                      x1 + 30 < right;
    x1 = fminf(x1, right);
    th_view_dashed(view, (th_rect){x0, y - half, x1 - x0, 2 * half}, view->theme->radius.chip,
                   c->dim, 1.5f, 6, 4);
    for (int i = 0; i < branch->tick_count; i++) {
        const float x = step_x(at, branch->ticks[i].step);
        if (x < right) draw_tick(at, &branch->ticks[i], x, y);
    }
    if (ends) draw_verdict(at, branch->verdict, x1 + 18, y);
    const th_point hook[3] = {th_view_point_px(view, x0 - 12, y - at->lane_h),
                              th_view_point_px(view, x0 - 12, y),
                              th_view_point_px(view, x0 - 2, y)};
    th_stroke stroke =
        th_stroke_dashed(c->dim, th_view_stroke_px(view, 1.5f), 6 * view->scale, 4 * view->scale);
    th_draw_polyline(view->list, hook, 3, 8 * view->scale, stroke);
    char step[24], text[96];
    snprintf(step, sizeof(step), "%" PRIu64, branch->fork + 1);
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_BRANCH_LABEL), (int)branch->first_g,
             step);
    const th_type type = th_type_ui(17, 600, c->text);
    const float width = th_view_text_width(view, type, text);
    if (x0 - 24 - width > at->x0 - 30) {  // what lies further left is clipped
        th_view_text(view, th_type_right(type), x0 - 24, y, 0, text);
    }
    th_view_hit(view, (th_rect){x0, y - half, x1 - x0, 2 * half}, TH_ACTION_SWAP, 0);
}

static void draw_overview(const lanes *at, th_rect rect) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const th_scene_lanes *of = at->of;
    if (of->overview_count == 0) return;
    th_view_fill(view, rect, 3, c->raised);
    const float each = rect.w / (float)of->overview_count;
    const double played = (double)view->scene->step / (double)of->length;
    for (int i = 0; i < of->overview_count;) {
        int end = i + 1;
        const bool past = (double)i < played * of->overview_count;
        while (end < of->overview_count && of->overview[end] == of->overview[i] &&
               ((double)end < played * of->overview_count) == past) {
            end++;
        }
        const th_color color = th_view_goroutine(view, of->overview[i]).fill;
        th_view_fill(view,
                     (th_rect){rect.x + (float)i * each, rect.y, (float)(end - i) * each, rect.h},
                     0, th_color_alpha(color, past ? 0.75f : 0.3f));
        i = end;
    }
    for (int i = 0; i < of->overview_count; i++) {
        if (of->overview_marks[i] == 0) continue;
        th_view_fill(view, (th_rect){rect.x + (float)i * each - 1, rect.y - 3, 3, rect.h + 6}, 1,
                     c->alert);
    }
    const float w0 = rect.x + rect.w * (float)((double)(of->first - 1) / (double)of->length);
    const float w1 = rect.x + rect.w * (float)((double)of->last / (double)of->length);
    th_view_outline(view, (th_rect){w0, rect.y - 3, fmaxf(8, w1 - w0), rect.h + 6}, 4, c->text, 2);
    view->hits->overview =
        th_view_rect_px(view, (th_rect){rect.x, rect.y - 8, rect.w, rect.h + 16});
}

void th_view_lanes(const th_view *view, th_rect area, float markers_height) {
    const th_scene_lanes *of = &view->scene->lanes;
    lanes at = {.view = view, .of = of, .x0 = LABEL_W, .count = view->scene->lane_count};
    const float width = area.w - LABEL_W - RIGHT_PAD;
    at.step_w = width / (float)(of->last - of->first + 1);
    at.markers_y = area.y + markers_height / 2;
    at.y0 = area.y + markers_height + 4;
    at.lane_h = view->at->lane_height;
    at.tick = fminf(TICK_MAX, fminf(at.step_w * 0.62f, at.lane_h * 0.5f));
    const float bottom = at.y0 + (float)(at.count + of->branch.present) * at.lane_h;
    view->hits->scrub = th_view_rect_px(view, (th_rect){at.x0, area.y, width, bottom - area.y});
    view->hits->scrub_first = of->first;
    view->hits->scrub_last = of->last;
    draw_labels(&at);
    th_view_clip(view, (th_rect){at.x0 - 30, area.y, area.w - at.x0 + 30, area.h});
    draw_runs(&at);
    draw_branch(&at);
    draw_links(&at);
    draw_ticks(&at);
    draw_marks(&at);
    draw_playhead(&at, bottom + 2);
    draw_overview(&at, (th_rect){at.x0, fminf(bottom + 10, area.y + area.h - OVERVIEW_H - 6), width,
                                 OVERVIEW_H});
    th_view_unclip(view);
}

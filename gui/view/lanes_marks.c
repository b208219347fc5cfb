// Step numbers and the marks of what happened, in a row above the lanes.
#include "gui/view/lanes.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

// Returns its right edge; a label that would lie over the one before is left out.
static float draw_label(const th_lanes *at, float x, float y, float taken, const char *text) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const th_type type = th_type_ui(15, 700, c->text);
    const float width = th_view_text_width(view, type, text) + 18;
    // Nor one that would look out from behind the playhead's number.
    const float away = fabsf(x - th_lanes_step_x(at, at->view->scene->step));
    if (x - width / 2 < taken || (away > 1 && away < width / 2 + 24)) return taken;
    th_view_fill(view, (th_rect){x - width / 2, y - 12, width, 24}, view->theme->radius.chip,
                 c->raised2);
    th_view_text(view, th_type_center(type), x, y, 0, text);
    return x + width / 2 + 4;
}

static void draw_marker(const th_lanes *at, const th_scene_marker *marker, float y, float *taken) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const float x = th_lanes_step_x(at, marker->step);
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
static bool covered(const th_lanes *at, uint64_t step) {
    const float x = th_lanes_step_x(at, step);
    if (fabsf(x - th_lanes_step_x(at, at->view->scene->step)) < 34) return true;
    for (int i = 0; i < at->of->marker_count; i++) {
        const th_scene_marker *marker = &at->of->markers[i];
        if (marker->kind == TH_MARKER_CAPTION) continue;
        const bool word = marker->kind == TH_MARKER_GROW || marker->kind == TH_MARKER_GROWN;
        const float half = marker->kind == TH_MARKER_EVACUATE ? 90 : word ? 54 : 28;
        if (fabsf(x - th_lanes_step_x(at, marker->step)) < half) return true;
    }
    return false;
}

// 1, 5, 10, 20, 50, 100 ...: numbers so far apart that the last one's digits have room.
static uint64_t number_stride(const th_lanes *at) {
    static const uint64_t FACTORS[] = {10, 20, 50};
    const float room = at->of->last < 10000 ? 64 : 110;
    if (at->step_w <= 0) return UINT64_MAX;  // the window is too narrow for lanes
    if (at->step_w >= room) return 1;
    if (5 * at->step_w >= room) return 5;
    for (uint64_t ten = 1;; ten *= 10) {
        for (int i = 0; i < 3; i++) {
            if ((float)(FACTORS[i] * ten) * at->step_w >= room) return FACTORS[i] * ten;
        }
    }
}

static void draw_number(const th_lanes *at, uint64_t step) {
    if (covered(at, step)) return;
    const th_view *view = at->view;
    char text[32];
    th_view_number(step, text, sizeof(text));
    th_view_text(
        view, th_type_center(th_type_mono(view->theme->font.tick, 500, view->theme->color.faint)),
        th_lanes_step_x(at, step), at->markers_y - 2, 0, text);
}

void th_lanes_draw_marks(const th_lanes *at) {
    const uint64_t stride = number_stride(at), first = at->of->first;
    const uint64_t last = at->of->last < at->of->length ? at->of->last : at->of->length;
    if (first == 1 && last >= 1 && stride > 1) draw_number(at, 1);
    for (uint64_t step = (first - 1) / stride * stride + stride; step <= last; step += stride) {
        draw_number(at, step);
    }
    float taken = 0;
    for (int i = 0; i < at->of->marker_count; i++) {
        draw_marker(at, &at->of->markers[i], at->markers_y, &taken);
    }
}

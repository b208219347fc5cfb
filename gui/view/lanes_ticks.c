// A tick for each step, washes behind runs of one goroutine, links between accesses that race.
#include "gui/view/lanes.h"

#include <math.h>

// Washes behind runs of steps of one goroutine.
static void draw_runs(const th_lanes *at) {
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
        const bool faint = future || th_lanes_is_dimmed(at, g);
        if (th_lanes_has_lane(at, g)) {
            const float x = th_lanes_step_x(at, of->ticks[i].step) - at->step_w / 2;
            const float gap = fminf(3, at->step_w * 0.08f);
            const th_rect rect = {x + gap, th_lanes_lane_y(at, g) - at->lane_h / 2 + 4,
                                  (float)(end - i) * at->step_w - 2 * gap, at->lane_h - 8};
            if (faint) th_draw_alpha_push(view->list, view->theme->future_alpha);
            th_view_fill(view, rect, view->theme->radius.chip, th_view_goroutine(view, g).wash);
            if (faint) th_draw_alpha_pop(view->list);
        }
        i = end;
    }
}

void th_lanes_draw_tick(const th_lanes *at, const th_scene_tick *tick, float x, float y) {
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

static void draw_ticks(const th_lanes *at) {
    const th_view *view = at->view;
    const th_scene_lanes *of = at->of;
    for (int i = 0; i < of->tick_count; i++) {
        const th_scene_tick *tick = &of->ticks[i];
        const bool faint = tick->step > view->scene->step || th_lanes_is_dimmed(at, tick->g);
        const float x = th_lanes_step_x(at, tick->step);
        if (th_lanes_has_lane(at, tick->g)) {
            if (faint) th_draw_alpha_push(view->list, view->theme->future_alpha);
            th_lanes_draw_tick(at, tick, x, th_lanes_lane_y(at, tick->g));
            if (faint) th_draw_alpha_pop(view->list);
        }
    }
}

static void draw_links(const th_lanes *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    for (int i = 0; i < at->of->link_count; i++) {
        const th_scene_link *link = &at->of->links[i];
        if (!th_lanes_has_lane(at, link->first_g) || !th_lanes_has_lane(at, link->second_g))
            continue;
        const float x0 = th_lanes_step_x(at, link->first_step),
                    x1 = th_lanes_step_x(at, link->second_step);
        const float a = th_lanes_lane_y(at, link->first_g), b = th_lanes_lane_y(at, link->second_g);
        const float toward = b > a ? 1 : -1, edge = at->tick / 2 + 1;
        const float y0 = a + toward * edge, y1 = b - toward * edge;
        const float bend = (y1 - y0) * 0.6f;
        const th_point p[4] = {
            th_view_point_px(view, x0, y0), th_view_point_px(view, x0, y0 + bend),
            th_view_point_px(view, x1, y1 - bend), th_view_point_px(view, x1, y1)};
        th_draw_bezier(view->list, p, th_stroke_solid(c->alert, th_view_stroke_px(view, 2)));
    }
}

void th_lanes_draw_ticks(const th_lanes *at) {
    draw_runs(at);
    draw_links(at);
    draw_ticks(at);
}

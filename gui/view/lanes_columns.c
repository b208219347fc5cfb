// The lanes of a long window: a bar where a goroutine moved, full where it wrote.
#include "gui/view/lanes.h"

#include <math.h>

typedef struct bar {
    float x0, x1;
    bool wrote, faint;
} bar;

static void draw_bar(const th_lanes *at, int lane, const bar *of) {
    const th_view *view = at->view;
    const uint16_t g = view->scene->lane_g[lane];
    const th_goroutine_style style = th_view_goroutine(view, g);
    const float y = th_lanes_lane_y(at, g), half = fminf(10, at->lane_h * 0.3f);
    if (of->faint) th_draw_alpha_push(view->list, view->theme->future_alpha);
    const th_rect rect = {of->x0, y - half, fmaxf(1, of->x1 - of->x0), 2 * half};
    th_view_fill(view, rect, 0, style.wash);
    const float inner = of->wrote ? half : 2;
    th_view_fill(view, (th_rect){rect.x, y - inner, rect.w, 2 * inner}, 0, style.fill);
    if (of->faint) th_draw_alpha_pop(view->list);
}

static float left_of(const th_lanes *at, int column) {
    if (column < at->of->column_count) {
        return th_lanes_step_x(at, at->of->columns[column].first) - at->step_w / 2;
    }
    const uint64_t last = at->of->last < at->of->length ? at->of->last : at->of->length;
    return th_lanes_step_x(at, last) + at->step_w / 2;
}

// Columns alike are one bar.
static void draw_lane(const th_lanes *at, int lane) {
    const th_scene_lanes *of = at->of;
    const uint8_t bit = (uint8_t)(1 << lane);
    const bool dimmed = th_lanes_is_dimmed(at, at->view->scene->lane_g[lane]);
    for (int i = 0; i < of->column_count;) {
        const th_scene_column *from = &of->columns[i];
        const bool future = from->first > at->view->scene->step;
        int end = i + 1;
        while (end < of->column_count && ((of->columns[end].moved ^ from->moved) & bit) == 0 &&
               ((of->columns[end].wrote ^ from->wrote) & bit) == 0 &&
               (of->columns[end].first > at->view->scene->step) == future) {
            end++;
        }
        if (from->moved & bit) {
            const bar found = {.x0 = left_of(at, i),
                               .x1 = left_of(at, end),
                               .wrote = (from->wrote & bit) != 0,
                               .faint = future || dimmed};
            draw_bar(at, lane, &found);
        }
        i = end;
    }
}

// Races, and the address that is filtered for, as lines over all lanes.
static void draw_lines(const th_lanes *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    for (int i = 0; i < at->of->column_count; i++) {
        const th_scene_column *column = &at->of->columns[i];
        const float x = (left_of(at, i) + left_of(at, i + 1)) / 2;
        for (int lane = 0; lane < at->count; lane++) {
            if ((column->raced & 1 << lane) == 0) continue;
            const float y = th_lanes_lane_y(at, view->scene->lane_g[lane]);
            th_view_line(view, x, y - at->lane_h / 2 + 2, x, y + at->lane_h / 2 - 2, c->alert, 2);
        }
        if (column->match) {
            th_view_fill(view, (th_rect){x - 2, at->y0 - 2, 4, 6}, 0, c->text);
        }
    }
}

void th_lanes_draw_columns(const th_lanes *at) {
    for (int lane = 0; lane < at->count && at->of->column_count > 0; lane++) draw_lane(at, lane);
    draw_lines(at);
}

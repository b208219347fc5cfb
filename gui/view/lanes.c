#include "gui/view/lanes.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const float LABEL_W = 150, RIGHT_PAD = 40, TICK_MAX = 20, OVERVIEW_H = 10;

float th_lanes_step_x(const th_lanes *at, uint64_t step) {
    const float ahead = (float)((double)step - (double)at->of->first);
    return at->x0 + (ahead + 0.5f + at->of->scroll) * at->step_w;
}

// Which lane is the goroutine's; -1: it has none.
int th_lanes_lane_of(const th_lanes *at, uint16_t g) {
    for (int i = 0; i < at->count; i++) {
        if (at->view->scene->lane_g[i] == g) return i;
    }
    return -1;
}

float th_lanes_lane_y(const th_lanes *at, uint16_t g) {
    return at->y0 + ((float)th_lanes_lane_of(at, g) + 0.5f) * at->lane_h;
}

bool th_lanes_has_lane(const th_lanes *at, uint16_t g) { return th_lanes_lane_of(at, g) >= 0; }

bool th_lanes_is_dimmed(const th_lanes *at, uint16_t g) {
    const uint16_t filter = at->view->scene->filter_g;
    return filter != 0 && filter != g;
}

void th_view_lane_label(const th_view *view, uint16_t g, float y, float lane_h, float width) {
    th_view_badge(view, g, 40, y, fminf(13, lane_h * (lane_h < 30 ? 0.42f : 0.32f)));
    const float size = fminf(19, fmaxf(14, lane_h * 0.5f));
    th_view_textf(view, th_type_ui(size, 700, th_view_goroutine(view, g).ink), 62, y, 0, "G%d",
                  (int)g);
    th_view_hit(view, (th_rect){16, y - lane_h / 2, width, lane_h}, TH_ACTION_FILTER_GOROUTINE, g);
}

static void draw_labels(const th_lanes *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const float right = view->at->timeline.w - RIGHT_PAD;
    for (int i = 0; i < at->count; i++) {
        const uint16_t g = view->scene->lane_g[i];
        const float y = th_lanes_lane_y(at, g);
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

static void draw_playhead(const th_lanes *at, float bottom) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const uint64_t step = view->scene->step;
    const float x = step == 0 ? at->x0 - 4 : th_lanes_step_x(at, step);
    char text[24];
    snprintf(text, sizeof(text), "%" PRIu64, step);
    const th_type type = th_type_mono(17, 700, c->on_accent);
    const float width = fmaxf(38, th_view_text_width(view, type, text) + 20);
    th_view_line(view, x, at->markers_y + 10, x, bottom, c->accent, view->theme->stroke.playhead);
    th_view_fill(view, (th_rect){x - width / 2, at->markers_y - 14, width, 28},
                 view->theme->radius.chip, c->accent);
    th_view_text(view, th_type_center(type), x, at->markers_y, 0, text);
}

static void draw_overview(const th_lanes *at, th_rect rect) {
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

// Where the mouse rests.
static void draw_glance(const th_lanes *at, float bottom) {
    const th_scene_glance *glance = &at->view->scene->glance;
    if (!glance->present) return;
    const float x = th_lanes_step_x(at, glance->step);
    th_view_line(at->view, x, at->y0, x, bottom, at->view->theme->color.dim, 1);
}

void th_view_lanes(const th_view *view, th_rect area, float markers_height) {
    const th_scene_lanes *of = &view->scene->lanes;
    th_lanes at = {.view = view, .of = of, .x0 = LABEL_W, .count = view->scene->lane_count};
    const float width = area.w - LABEL_W - RIGHT_PAD;
    at.right = area.w - RIGHT_PAD;
    at.step_w = width / (float)(of->last - of->first + 1);
    at.markers_y = area.y + markers_height / 2;
    at.y0 = area.y + markers_height + 4;
    at.lane_h = view->at->lane_height;
    at.tick = fminf(TICK_MAX, fminf(at.step_w * 0.62f, at.lane_h * 0.5f));
    const float bottom = at.y0 + (float)(at.count + of->branch_count) * at.lane_h;
    view->hits->scrub = th_view_rect_px(view, (th_rect){at.x0, area.y, width, bottom - area.y});
    view->hits->scrub_first = of->first;
    view->hits->scrub_last = of->last;
    draw_labels(&at);
    th_lanes_draw_branch_labels(&at);
    th_view_clip(view, (th_rect){at.x0 - 30, area.y, area.w - at.x0 + 30, area.h});
    th_lanes_draw_branches(&at);
    th_lanes_draw_ticks(&at);
    th_lanes_draw_columns(&at);
    th_lanes_draw_marks(&at);
    draw_glance(&at, bottom);
    draw_playhead(&at, bottom + 2);
    draw_overview(&at, (th_rect){at.x0, fminf(bottom + 10, area.y + area.h - OVERVIEW_H - 6), width,
                                 OVERVIEW_H});
    th_view_unclip(view);
}

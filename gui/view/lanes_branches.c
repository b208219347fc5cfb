// Other futures, each a dashed lane of its own below the run that is shown.
#include "gui/view/lanes.h"

#include "gui/view/dialog.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static void draw_verdict(const th_lanes *at, uint8_t verdict, float x, float y) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const th_point p = th_view_point_px(view, x, y);
    const float r = fminf(12, at->lane_h * 0.42f) * view->scale;
    switch (verdict) {
    case TH_VERDICT_CLEAN: th_icon_ok(view->list, p.x, p.y, r, c->ok, c->panel); break;
    case TH_VERDICT_RACE: th_icon_race(view->list, p.x, p.y, r, c->alert, c->panel); break;
    case TH_VERDICT_LIMIT: th_icon_limit(view->list, p.x, p.y, r, c->warn, c->panel); break;
    default: th_icon_fatal(view->list, p.x, p.y, r, c->alert, 0xFFFFFFFF); break;
    }
}

static float lane_y(const th_lanes *at, int index) {
    return at->y0 + ((float)(at->count + index) + 0.5f) * at->lane_h;
}

void th_lanes_draw_branch_labels(const th_lanes *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    for (int i = 0; i < at->of->branch_count; i++) {
        const th_scene_branch *branch = &at->of->branches[i];
        const float y = lane_y(at, i), size = fminf(16, fmaxf(13, at->lane_h * 0.5f));
        char text[96], step[24];
        snprintf(step, sizeof(step), "%" PRIu64, branch->fork + 1);
        if (branch->name[0] != '\0')
            snprintf(text, sizeof(text), "%s", branch->name);
        else if (branch->id == 0)
            snprintf(text, sizeof(text), "%s", th_view_word(view, TH_WORD_LANE_TRUNK));
        else
            snprintf(text, sizeof(text), "G%d · %s", (int)branch->first_g, step);
        const th_point icon = th_view_point_px(view, 30, y);
        th_icon_branch(view->list, icon.x, icon.y, fminf(18, at->lane_h * 0.6f) * view->scale,
                       c->dim);
        const bool named = branch->name[0] != '\0';
        th_view_text(view, th_type_ui(size, named ? 700 : 500, c->dim), 44, y, at->x0 - 70, text);
        const th_rect rect = {16, y - at->lane_h / 2, at->x0 - 40, at->lane_h};
        th_view_hit(view, rect, TH_ACTION_BRANCH_SHOW, branch->id);
        th_view_hint(view, rect, TH_WORD_LANE_HINT);
    }
}

// The question that the branch answers, where it has room before the fork.
static void draw_question(const th_lanes *at, const th_scene_branch *branch, float x, float y) {
    const th_view *view = at->view;
    if (branch->name[0] != '\0' || branch->id == 0) return;
    char step[24], text[96];
    snprintf(step, sizeof(step), "%" PRIu64, branch->fork + 1);
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_BRANCH_LABEL), (int)branch->first_g,
             step);
    const th_type type = th_type_ui(fminf(17, at->lane_h * 0.7f), 600, view->theme->color.text);
    const float width = th_view_text_width(view, type, text);
    if (x - width > at->x0 - 30) {  // what lies further left is clipped
        th_view_text(view, th_type_right(type), x, y, 0, text);
    }
}

// The hook leads down from the run that it leaves.
static void draw_hook(const th_lanes *at, float x, float y) {
    const th_view *view = at->view;
    const float from = at->y0 + ((float)at->count - 0.5f) * at->lane_h;
    const th_point hook[3] = {th_view_point_px(view, x - 12, from),
                              th_view_point_px(view, x - 12, y), th_view_point_px(view, x - 2, y)};
    const th_stroke stroke = th_stroke_dashed(view->theme->color.dim, th_view_stroke_px(view, 1.5f),
                                              6 * view->scale, 4 * view->scale);
    th_draw_polyline(view->list, hook, 3, 8 * view->scale, stroke);
}

static void draw_branch(const th_lanes *at, int index) {
    const th_view *view = at->view;
    const th_scene_branch *branch = &at->of->branches[index];
    if (branch->length <= branch->fork || branch->fork + 1 > at->of->last) return;
    if (branch->length < at->of->first) return;
    const float y = lane_y(at, index), half = at->lane_h / 2 - 3;
    const uint64_t first = branch->fork + 1 > at->of->first ? branch->fork + 1 : at->of->first;
    const float x0 = th_lanes_step_x(at, first) - at->step_w / 2;
    const float end = th_lanes_step_x(at, branch->length) + at->step_w / 2;
    const float x1 = fminf(end, at->right);
    th_view_dashed(view, (th_rect){x0, y - half, fmaxf(4, x1 - x0), 2 * half},
                   view->theme->radius.chip, view->theme->color.dim, 1.5f, 6, 4);
    for (int i = 0; i < branch->tick_count; i++) {
        const float x = th_lanes_step_x(at, branch->ticks[i].step);
        if (x < at->right) th_lanes_draw_tick(at, &branch->ticks[i], x, y);
    }
    if (branch->ended && end + 30 < at->right) draw_verdict(at, branch->verdict, end + 18, y);
    draw_hook(at, x0, y);
    draw_question(at, branch, x0 - 24, y);
    const th_rect lane = {x0, y - half, x1 - x0, 2 * half};
    th_view_hit(view, lane, TH_ACTION_BRANCH_SHOW, branch->id);
    th_view_rest(view, lane, TH_ACTION_GLANCE, branch->id);
}

void th_lanes_draw_branches(const th_lanes *at) {
    for (int i = 0; i < at->of->branch_count; i++) draw_branch(at, i);
}

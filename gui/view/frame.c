#include "gui/view/frame.h"

#include "gui/view/claim.h"
#include "gui/view/explore.h"
#include "gui/view/field.h"
#include "gui/view/help.h"

#include <math.h>

static void draw_right(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect right = view->at->right;
    th_view_fill(view, right, 0, c->panel);
    th_view_narration(view);
    if (view->at->log.h > 0) th_view_log(view);
    if (view->at->report.h > 0) th_view_report(view);
    th_view_histograms(view);
    th_view_growth(view);
    if (view->at->below) {
        th_view_line(view, right.x, right.y, right.x + right.w, right.y, c->line, 1);
        th_view_line(view, view->at->report.x, right.y, view->at->report.x, right.y + right.h,
                     c->line, 1);
    } else {
        th_view_line(view, right.x, right.y, right.x, right.y + right.h, c->line, 1);
    }
}

static void draw_sheet(const th_view *view) {
    const th_extent screen = {view->at->width, view->at->height};
    switch ((th_sheet)view->desk->sheet) {
    case TH_SHEET_HELP: th_view_help(view, screen, false); break;
    case TH_SHEET_CLAIM: th_view_claim(view, screen, view->scene->scenario); break;
    case TH_SHEET_NONE: break;
    }
}

static void draw_stage_screen(const th_view *view) {
    th_view_stage(view);
    th_view_fatal(view);
    th_view_cards(view);
    if (view->at->scheduler.h > 0) th_view_scheduler(view);
    th_view_lens(view);
    th_view_minimap(view);
    draw_right(view);
    if (view->explore != NULL && view->explore->challenge.present) th_view_challenge(view);
    th_view_question(view);
}

static void draw_screen(const th_view *view) {
    switch (view->explore == NULL ? TH_SCREEN_STAGE : (th_screen)view->explore->screen) {
    case TH_SCREEN_STAGE: draw_stage_screen(view); break;
    case TH_SCREEN_EXPLORE: th_view_explore(view); break;
    case TH_SCREEN_DIVERGE: th_view_diverge(view); break;
    }
}

static th_caption_size caption_size(const th_frame_desc *desc) {
    if (desc->desk != NULL && desc->desk->presenting.caption_large) return TH_CAPTION_LARGE;
    return desc->scene->caption_wide ? TH_CAPTION_WIDE : TH_CAPTION_SIDE;
}

void th_view_frame(const th_frame_desc *desc, th_draw_list *out, th_hits *hits) {
    static const th_desk NOTHING = {0};
    const th_scene *scene = desc->scene;
    th_arrangement at;
    th_arrange(desc->width, desc->height, desc->theme, scene->lane_count, scene->lanes.branch_count,
               caption_size(desc), &at);
    const th_scene_crowd *crowd = &scene->map.crowd;
    const bool field = scene->map.present && crowd->detail == TH_DETAIL_FIELD;
    if (field) {
        th_arrange_field(crowd->part[TH_PART_OLD].count > 0,
                         scene->report.present || scene->failure.present, &at);
    }
    const th_view view = {
        .scene = scene,
        .theme = desc->theme,
        .at = &at,
        .desk = desc->desk != NULL ? desc->desk : &NOTHING,
        .explore = desc->explore,
        .list = out,
        .fonts = desc->fonts,
        .hits = hits,
        .lang = desc->lang,
        .scale = at.scale,
        .g = scene->g,
    };
    th_draw_reset(out);
    hits->count = 0;
    hits->scrub = hits->overview = hits->speed = hits->stage = (th_rect){0};
    hits->scrub_first = hits->scrub_last = 0;
    hits->scrub_stop_count = 0;
    hits->field = (th_hits_field){0};
    draw_screen(&view);
    th_view_topbar(&view);
    th_view_timeline(&view);
    th_view_console(&view);
    th_view_tooltip(&view);
    if (desc->explore != NULL && desc->explore->branches.open) th_view_branches(&view);
    draw_sheet(&view);
    th_view_presenting(&view);
}

const th_hit *th_hits_at(const th_hits *hits, th_point point, bool hover) {
    for (int i = hits->count; i-- > 0;) {
        const th_hit *hit = &hits->items[i];
        if (hit->hover == hover && th_rect_contains(hit->rect, point)) return hit;
    }
    return NULL;
}

uint64_t th_hits_step(const th_hits *hits, th_point point, bool overview, uint64_t length) {
    const th_rect area = overview ? hits->overview : hits->scrub;
    const double first = overview ? 1 : (double)hits->scrub_first;
    const double last = overview ? (double)length : (double)hits->scrub_last;
    if (area.w <= 0) return 0;
    double part = (double)(point.x - area.x) / (double)area.w;
    if (part < 0) part = 0;
    if (!overview && hits->scrub_stop_count > 0) {
        const int stop = (int)(part * hits->scrub_stop_count);
        return hits->scrub_stop[stop < hits->scrub_stop_count ? stop : hits->scrub_stop_count - 1];
    }
    const double step = floor(first + part * (last - first + 1));
    if (step > (double)length) return length;
    return step < first ? (uint64_t)first : (uint64_t)step;
}

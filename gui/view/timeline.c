// Transport, marks and lanes.
#include "gui/view/timeline.h"

#include "gui/view/explore.h"

#include "gui/view/stage.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const float EDGE = 24, TRANSPORT_H = 58, MARKERS_H = 26;

static void draw_button(const th_view *view, th_rect rect, bool strong) {
    const th_theme_colors *c = &view->theme->color;
    th_view_fill(view, rect, strong ? 999 : view->theme->radius.button,
                 strong ? c->accent : c->raised);
}

static float draw_transport(const th_view *view, float x, float y) {
    const th_theme_colors *c = &view->theme->color;
    const bool playing = view->scene->playing;
    static const th_action actions[] = {TH_ACTION_FIRST, TH_ACTION_STEP_BACK, TH_ACTION_PLAY,
                                        TH_ACTION_STEP};
    static const float widths[] = {52, 46, 64, 46};
    for (int i = 0; i < 4; i++) {
        const th_rect rect = {x, y - 20, widths[i], 40};
        draw_button(view, rect, i == 2);
        const th_point at = th_view_point_px(view, x + widths[i] / 2, y);
        const float size = 18 * view->scale;
        if (i == 0) th_icon_start(view->list, at.x, at.y, size, c->text);
        if (i == 1) th_icon_step(view->list, at.x, at.y, size, true, c->text);
        if (i == 3) th_icon_step(view->list, at.x, at.y, size, false, c->text);
        if (i == 2 && playing) th_icon_pause(view->list, at.x, at.y, size, c->on_accent);
        if (i == 2 && !playing) th_icon_play(view->list, at.x, at.y, size, c->on_accent);
        th_view_hit(view, rect, actions[i], 0);
        x += widths[i] + 8;
    }
    return x;
}

static float draw_speed(const th_view *view, float x, float y) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene *scene = view->scene;
    x += 16;
    x +=
        th_view_text(view, th_type_ui(18, 500, c->dim), x, y, 0, th_view_word(view, TH_WORD_SPEED));
    x += 14;
    const float width = view->at->compact ? 110 : 148;
    const float part = (float)scene->speed_index / (TH_THEME_SPEED_COUNT - 1);
    th_view_fill(view, (th_rect){x, y - 2, width, 4}, 2, c->line2);
    th_view_fill(view, (th_rect){x, y - 2, width * part, 4}, 2, c->accent);
    const th_point knob = th_view_point_px(view, x + width * part, y);
    th_draw_circle(view->list, knob, 9 * view->scale, th_paint_solid(c->accent));
    view->hits->speed = th_view_rect_px(view, (th_rect){x, y - 20, width, 40});
    for (int i = 0; i < TH_THEME_SPEED_COUNT; i++) {
        const float each = width / (TH_THEME_SPEED_COUNT - 1);
        th_view_hit(view, (th_rect){x + ((float)i - 0.5f) * each, y - 20, each, 40},
                    TH_ACTION_SPEED, (uint64_t)i);
    }
    x += width + 16;
    char text[16];
    const double speed = scene->speed;
    if (speed < 1)
        snprintf(text, sizeof(text), "%.2g×", speed);
    else if (speed < 10)
        snprintf(text, sizeof(text), "%.1f×", speed);
    else
        snprintf(text, sizeof(text), "%.0f×", speed);
    th_view_text(view, th_type_mono(18, 700, c->text), x, y, 0, text);
    return x + 68;
}

// Returns its right edge.
static float draw_what_if(const th_view *view, float x, float y, float right) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene *scene = view->scene;
    const bool swap = scene->lanes.branch_count > 0;
    if (!swap && scene->what_if == 0) return x;
    char text[96];
    snprintf(text, sizeof(text), th_view_word(view, swap ? TH_WORD_SWAP_BRANCH : TH_WORD_WHAT_IF),
             (int)scene->what_if);
    const th_type type = th_type_ui(18, 600, c->text);
    const char *key = swap ? "J" : "B";
    const float cap = fmaxf(24, th_view_text_width(view, th_type_mono(15, 700, 0), key) + 12);
    const float width = th_view_text_width(view, type, text) + cap + 72;
    if (x + width > right) return x;
    const th_rect pill = {x, y - 20, width, 40};
    th_view_dashed(view, pill, 999, c->line2, 1.5f, 6, 5);
    const th_point at = th_view_point_px(view, x + 28, y);
    th_icon_branch(view->list, at.x, at.y, 20 * view->scale, c->text);
    th_view_key_cap(view, x + 46, y, key);
    th_view_text(view, type, x + 54 + cap, y, 0, text);
    th_view_hit(view, pill, swap ? TH_ACTION_SWAP : TH_ACTION_BRANCH, 0);
    return x + width + 12;
}

// Returns the left edge of the legend.
static float draw_legend(const th_view *view, float right, float y) {
    const th_theme_colors *c = &view->theme->color;
    static const th_word words[] = {TH_WORD_FATAL, TH_WORD_RACE, TH_WORD_WRITE, TH_WORD_READ};
    const th_type type = th_type_ui(16, 500, c->dim);
    float x = right;
    for (int i = 0; i < 4; i++) {
        const char *word = th_view_word(view, words[i]);
        x -= th_view_text_width(view, type, word);
        th_view_text(view, type, x, y, 0, word);
        x -= 18;
        const th_point at = th_view_point_px(view, x, y);
        const float r = 9 * view->scale;
        if (i == 0) th_icon_fatal(view->list, at.x, at.y, r, c->alert, 0xFFFFFFFF);
        if (i == 1) th_icon_race(view->list, at.x, at.y, r * 1.2f, c->alert, c->panel);
        const th_rect box = {x - 7, y - 7, 14, 14};
        if (i == 2) th_view_fill(view, box, 3, c->dim);
        if (i == 3) th_view_outline(view, box, 4, c->dim, 2.5f);
        x -= 28;
    }
    if (!view->scene->cache.asked) return x;
    const char *word = th_view_word(view, TH_WORD_CACHE_LEGEND);
    x -= th_view_text_width(view, type, word);
    th_view_text(view, type, x, y, 0, word);
    th_view_fill(view, (th_rect){x - 24, y - 2, 14, 4}, 0, c->text);
    return x - 46;
}

static void draw_timeline(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect area = view->at->timeline;
    th_view_fill(view, area, 0, c->panel);
    th_view_line(view, area.x, area.y, area.x + area.w, area.y, c->line, 1);
    const float y = area.y + TRANSPORT_H / 2 + 3;
    float x = draw_transport(view, EDGE, y);
    x = draw_speed(view, x, y);
    x = th_view_detail_switch(view, x, y);
    const bool narrow = area.w < 1300;
    // Where all orders are shown, buttons need the room.
    const bool stage = view->explore == NULL || view->explore->screen == TH_SCREEN_STAGE;
    const float legend = narrow || !stage ? area.w : draw_legend(view, area.w - EDGE - 4, y);
    x = draw_what_if(view, x + 8, y, legend - 16);
    if (view->desk->live) th_view_explore_pills(view, x, y, legend - 16);
}

void th_view_timeline(const th_view *view) {
    draw_timeline(view);
    const th_rect area = view->at->timeline;
    const float top = area.y + TRANSPORT_H + 4;
    const th_rect rest = {area.x, top, area.w, area.y + area.h - top};
    if (view->scene->lanes.bars.present && view->scene->lanes.branch_count == 0)
        th_view_bars(view, rest, MARKERS_H);
    else
        th_view_lanes(view, rest, MARKERS_H);
}

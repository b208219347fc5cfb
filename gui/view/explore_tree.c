// For more than two goroutines: the choices of the example at which most is decided, from the first
// to its end. Where another choice leads hangs beside each.
#include "gui/view/explore.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const float TITLE_H = 54, ROW_H = 46, GAP = 34, SPINE_X = 92;

typedef struct tree {
    const th_view *view;
    th_rect area;
    float y;
} tree;

static void draw_choice(tree *at, const th_explore_choice *choice, uint64_t step, float from_y) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const uint8_t kind = view->explore->kind;
    const float x = at->area.x + SPINE_X + 46, middle = at->y + ROW_H / 2;
    const th_rect row = {x, at->y + 3, at->area.w - SPINE_X - 66, ROW_H - 6};
    const th_stroke line = th_stroke_solid(choice->taken ? c->accent : c->line2,
                                           th_view_stroke_px(view, choice->taken ? 3 : 1.5F));
    const th_point bend[3] = {th_view_point_px(view, at->area.x + SPINE_X, from_y),
                              th_view_point_px(view, at->area.x + SPINE_X, middle),
                              th_view_point_px(view, x, middle)};
    th_draw_polyline(view->list, bend, 3, th_px(view, 10), line);
    th_view_fill(view, row, 10, choice->taken ? c->raised : c->panel);
    if (choice->taken) th_view_outline(view, row, 10, c->accent, 2);
    th_view_badge(view, choice->g, row.x + 26, middle, 13);
    char text[96];
    snprintf(text, sizeof(text),
             th_view_word(view, choice->drains ? TH_WORD_DRAINS_NEXT : TH_WORD_NEXT_IS),
             (int)choice->g);
    th_view_text(view, th_type_ui(18, 600, c->text), row.x + 50, middle, 0, text);
    th_view_share_text(view, kind, choice->share[kind], text, sizeof(text));
    th_view_text(view, th_type_right(th_type_ui(18, 700, th_view_goroutine(view, choice->g).ink)),
                 row.x + row.w - 16, middle, 0, text);
    if (row.w > 420) {
        th_view_share_bar(view, (th_rect){row.x + row.w - 330, middle - 7, 180, 14}, choice->share);
    }
    th_view_hit(view, row, TH_ACTION_SEEK, step - 1);
    at->y += ROW_H;
}

static void draw_decision(tree *at, const th_explore_decision *decision, bool first) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    char text[64], number[24];
    const float x = at->area.x + SPINE_X;
    if (!first) {
        th_view_line(view, x, at->y - ROW_H / 2, x, at->y + GAP, c->accent, 3);
        if (decision->other_steps > 0) {
            snprintf(text, sizeof(text), th_view_word(view, TH_WORD_TREE_BETWEEN),
                     (unsigned)decision->other_steps);
            th_view_text(view, th_type_ui(15, 500, c->faint), x + 14, at->y + GAP / 2 - 2, 0, text);
        }
        at->y += GAP;
    }
    snprintf(number, sizeof(number), "%" PRIu64, decision->step);
    th_view_wordf(view, th_type_right(th_type_ui(16, 700, c->dim)), x - 16, at->y + 6, 0,
                  TH_WORD_AT_STEP, number);
    const th_point dot = th_view_point_px(view, x, at->y + 6);
    th_draw_circle(view->list, dot, th_px(view, 6), th_paint_solid(c->accent));
    const float from_y = at->y + 6;
    at->y += 14;
    // The one that was taken comes last: the spine goes on from it.
    for (int taken = 0; taken < 2; taken++) {
        for (int i = 0; i < decision->choice_count; i++) {
            if (decision->choices[i].taken != (taken == 1)) continue;
            draw_choice(at, &decision->choices[i], decision->step, from_y);
        }
    }
}

static float height_of(const th_explore_decision *decision, bool first) {
    return (first ? 0 : GAP) + 14 + ROW_H * (float)decision->choice_count;
}

void th_view_explore_tree(const th_view *view, const th_explore_layout *layout) {
    const th_theme_colors *c = &view->theme->color;
    const th_explore_scene *explore = view->explore;
    const th_rect area = layout->picture;
    th_view_text_shrunk(view, th_type_ui(22, 700, c->text), 15, area.x + 20, area.y + 22,
                        area.w - 40, th_view_word(view, TH_WORD_TREE_TITLE));
    if (explore->decision_count == 0) {
        const bool counted = explore->shares_known;
        th_view_paragraph(view, th_type_ui(20, 500, c->dim), area.x + 20, area.y + 60, area.w - 40,
                          30, th_view_word(view, counted ? TH_WORD_TREE_NONE : TH_WORD_TOO_MANY));
        return;
    }
    // Where not all have room, the last ones decide.
    int first = explore->decision_count;
    float height = TITLE_H + 60;
    while (first > 0 && height + height_of(&explore->decisions[first - 1], false) < area.h) {
        height += height_of(&explore->decisions[--first], false);
    }
    if (first == explore->decision_count) first--;
    th_view_clip(view, area);
    tree at = {.view = view, .area = area, .y = area.y + TITLE_H};
    for (int i = first; i < explore->decision_count; i++) {
        draw_decision(&at, &explore->decisions[i], i == first);
    }
    if (explore->chosen < explore->example_count) {
        const float x = area.x + SPINE_X;
        th_view_line(view, x, at.y - ROW_H / 2, x, at.y + 18, c->accent, 3);
        th_view_run_sign(view, explore->examples[explore->chosen].kind, x, at.y + 30, 15);
    }
    th_view_unclip(view);
}

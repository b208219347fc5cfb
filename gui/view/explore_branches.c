// The list of all futures, as a tree.
#include "gui/view/explore.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const float WIDTH = 1060, ROW_H = 50, PAD = 44, INDENT = 26, FOOT_H = 76;

static void draw_verdict(const th_view *view, const th_explore_branch *row, float x, float y) {
    const th_theme_colors *c = &view->theme->color;
    const th_point at = th_view_point_px(view, x, y);
    const float r = th_px(view, 12);
    if (!row->ended) {
        th_icon_limit(view->list, at.x, at.y, r, c->dim, c->raised);
        return;
    }
    switch (row->verdict) {
    case TH_VERDICT_CLEAN: th_icon_ok(view->list, at.x, at.y, r, c->ok, c->ok_wash); break;
    case TH_VERDICT_RACE:
        th_icon_race(view->list, at.x, at.y, r * 1.15F, c->alert, c->panel);
        break;
    case TH_VERDICT_LIMIT: th_icon_limit(view->list, at.x, at.y, r, c->warn, c->raised); break;
    case TH_VERDICT_DEADLOCK:
        th_icon_lock(view->list, at.x, at.y, r * 1.7F, false, c->alert, c->panel);
        break;
    default: th_icon_fatal(view->list, at.x, at.y, r, c->alert, 0xFFFFFFFF); break;
    }
}

static void name_of(const th_view *view, const th_explore_branch *row, char *out, size_t size) {
    char step[24];
    snprintf(step, sizeof(step), "%" PRIu64, row->fork + 1);
    if (row->name[0] != '\0') {
        snprintf(out, size, "%s", row->name);
    } else if (row->id == 0) {
        snprintf(out, size, "%s", th_view_word(view, TH_WORD_BRANCH_TRUNK));
    } else {
        snprintf(out, size, th_view_word(view, TH_WORD_BRANCH_BY_HAND), (int)row->first_g, step);
    }
}

static void draw_row(const th_view *view, const th_branch_list *list, int index, th_rect rect) {
    const th_theme_colors *c = &view->theme->color;
    const th_explore_branch *row = &list->items[index];
    const bool chosen = index == list->chosen;
    if (chosen) th_view_fill(view, rect, 8, c->raised2);
    if (row->shown) th_view_fill(view, (th_rect){rect.x, rect.y + 6, 4, rect.h - 12}, 2, c->accent);
    const float y = rect.y + rect.h / 2;
    const float x = rect.x + 18 + INDENT * fminf((float)row->depth, 8);
    if (row->depth > 0) {
        const th_point hook[3] = {th_view_point_px(view, x - 12, rect.y - 6),
                                  th_view_point_px(view, x - 12, y),
                                  th_view_point_px(view, x - 2, y)};
        th_draw_polyline(view->list, hook, 3, th_px(view, 6),
                         th_stroke_solid(c->line2, th_view_stroke_px(view, 1.5F)));
    }
    draw_verdict(view, row, x + 14, y);
    char text[160];
    name_of(view, row, text, sizeof(text));
    const bool typing = chosen && list->naming;
    char typed[TH_BRANCH_NAME_MAX + 8];
    if (typing) snprintf(typed, sizeof(typed), "%s▏", row->name);
    const float right = rect.x + rect.w - 18;
    float to = right;
    char number[32];
    snprintf(number, sizeof(number), th_view_word(view, TH_WORD_FACT_STEPS), (unsigned)row->length);
    const th_type small = th_type_right(th_type_ui(16, 500, c->dim));
    th_view_text(view, small, to, y, 0, number);
    to -= 112;
    if (row->depth > 0) {
        char step[24];
        snprintf(step, sizeof(step), "%" PRIu64, row->fork + 1);
        snprintf(number, sizeof(number), th_view_word(view, TH_WORD_BRANCH_FORK), step);
        th_view_text(view, small, to, y, 0, number);
    }
    to -= 140;
    if (row->searched) {
        th_view_text(view, th_type_right(th_type_ui(16, 500, c->faint)), to, y, 0,
                     th_view_word(view, TH_WORD_BRANCH_SEARCHED));
    }
    to -= 150;
    const float name_x = x + 38;
    const bool named = row->name[0] != '\0' || typing;
    th_view_text(view, th_type_ui(20, row->shown || named ? 700 : 500, c->text), name_x, y,
                 to - name_x, typing ? typed : text);
    if (typing)
        th_view_outline(view, (th_rect){name_x - 8, rect.y + 5, to - name_x + 8, rect.h - 10}, 8,
                        c->accent, 3);
    th_view_hit(view, rect, TH_ACTION_BRANCH_ROW, list->first + (uint64_t)index);
}

static void draw_foot(const th_view *view, const th_branch_list *list, th_rect foot) {
    static const struct {
        const char *key;
        th_word word;
        th_action action;
    } HINTS[] = {{"Enter", TH_WORD_BRANCH_SHOW, TH_ACTION_CONFIRM},
                 {"N", TH_WORD_BRANCH_NAME, TH_ACTION_NAME},
                 {"S", TH_WORD_BRANCH_SAVE, TH_ACTION_SAVE},
                 {"Esc", TH_WORD_BRANCH_CLOSE, TH_ACTION_BACK}};
    const th_theme_colors *c = &view->theme->color;
    const float y = foot.y + foot.h / 2;
    float x = foot.x;
    for (size_t i = 0; i < sizeof(HINTS) / sizeof(*HINTS); i++) {
        const float from = x;
        x += th_view_key_cap(view, x, y, HINTS[i].key) + 10;
        x += th_view_text(view, th_type_ui(18, 500, c->dim), x, y, 0,
                          th_view_word(view, HINTS[i].word)) +
             28;
        th_view_hit(view, (th_rect){from, y - 20, x - from - 18, 40}, HINTS[i].action, 0);
    }
    if (list->message[0] == '\0') return;
    char text[640], percent[16];
    if (list->exporting != TH_SHARE_UNKNOWN) {
        th_view_percent(list->exporting, false, percent, sizeof(percent));
        snprintf(text, sizeof(text), th_view_word(view, TH_WORD_BRANCH_SAVING), list->message,
                 percent);
    } else if (list->failed) {
        snprintf(text, sizeof(text), "%s", list->message);
    } else {
        snprintf(text, sizeof(text), th_view_word(view, TH_WORD_BRANCH_SAVED), list->message);
    }
    th_view_text(view, th_type_right(th_type_ui(17, 600, c->text)), foot.x + foot.w, y,
                 foot.x + foot.w - x, text);
}

void th_view_branches(const th_view *view) {
    const th_branch_list *list = &view->explore->branches;
    const th_extent screen = {view->at->width, view->at->height};
    const float wanted = 104 + ROW_H * (float)list->count + FOOT_H;
    const th_rect box = th_view_dialog(view, screen, WIDTH, fmaxf(320, wanted), TH_ACTION_BACK);
    const float top =
        th_view_dialog_head(view, box, th_view_word(view, TH_WORD_BRANCHES), TH_ACTION_BACK) - 16;
    const float bottom = box.y + box.h - FOOT_H;
    const int visible = (int)fmaxf(1, floorf((bottom - top) / ROW_H));
    int first = list->chosen - visible / 2;
    if (first + visible > list->count) first = list->count - visible;
    if (first < 0) first = 0;
    for (int i = first; i < list->count && i < first + visible; i++) {
        draw_row(view, list, i,
                 (th_rect){box.x + PAD - 18, top + ROW_H * (float)(i - first), box.w - 2 * PAD + 36,
                           ROW_H});
    }
    draw_foot(view, list, (th_rect){box.x + PAD, bottom, box.w - 2 * PAD, FOOT_H});
}

// The screen of all orders: what happens in them, where it is decided, and runs that show it.
#include "gui/view/explore.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float WHAT_IF_W = 330, WHAT_IF_SMALL_W = 250, GAP = 20, SIDE_MIN = 300;

void th_explore_arrange(const th_view *view, th_explore_layout *out) {
    const th_arrangement *at = view->at;
    const float y = at->top.h, height = at->timeline.y - y;
    const float side = fmaxf(SIDE_MIN, at->compact ? at->left.w * 0.92F : at->left.w);
    out->body = (th_rect){0, y, at->width, height};
    out->left = (th_rect){0, y, side, height};
    out->right = (th_rect){at->width - side, y, side, height};
    out->middle = (th_rect){side, y, at->width - 2 * side, height};
    // A large grid needs the room more than the box beside it.
    const bool large = view->explore->grid.present && view->explore->grid.columns > 20;
    const float box = out->middle.w > 950 && !large ? WHAT_IF_W : WHAT_IF_SMALL_W;
    const float x = out->middle.x + GAP;
    out->picture = (th_rect){x, y + 8, out->middle.w - 3 * GAP - box, height - 16};
    out->what_if = (th_rect){out->picture.x + out->picture.w + GAP, y + 8, box, height - 16};
}

// --- small things that several parts draw ---

th_word th_view_run_word(const th_view *view, th_word first, uint8_t kind) {
    const bool known = view->explore->knows_right || kind != TH_RUN_RIGHT;
    if (known) return (th_word)((int)first + kind);
    return first == TH_WORD_RUN_CRASH    ? TH_WORD_RUN_FINISHED
           : first == TH_WORD_NOUN_CRASH ? TH_WORD_NOUN_FINISHED
                                         : TH_WORD_SHARE_FINISHED;
}

th_color th_view_run_color(const th_view *view, uint8_t kind) {
    const th_theme_colors *c = &view->theme->color;
    switch (kind) {
    case TH_RUN_CRASH:
    case TH_RUN_STUCK: return c->alert;
    case TH_RUN_WRONG: return c->warn;
    case TH_RUN_RIGHT: return c->ok;
    default: return c->line2;
    }
}

void th_view_run_sign(const th_view *view, uint8_t kind, float x, float y, float radius) {
    const th_theme_colors *c = &view->theme->color;
    const th_point at = th_view_point_px(view, x, y);
    const float r = th_px(view, radius);
    switch (kind) {
    case TH_RUN_CRASH: th_icon_fatal(view->list, at.x, at.y, r, c->alert, 0xFFFFFFFF); break;
    case TH_RUN_STUCK:
        th_icon_lock(view->list, at.x, at.y, r * 1.7F, false, c->alert, c->panel);
        break;
    case TH_RUN_WRONG: th_icon_warn(view->list, at.x, at.y, r, c->warn, c->panel); break;
    case TH_RUN_RIGHT: th_icon_ok(view->list, at.x, at.y, r, c->ok, c->ok_wash); break;
    default: th_icon_limit(view->list, at.x, at.y, r, c->dim, c->raised); break;
    }
}

static th_paint bar_paint(const th_view *view, uint8_t kind) {
    const th_color color = th_view_run_color(view, kind);
    // Silent corruption has a pattern, deadlock another: told apart without colour.
    const th_pattern pattern = kind == TH_RUN_WRONG   ? TH_PATTERN_DIAGONAL
                               : kind == TH_RUN_STUCK ? TH_PATTERN_VERTICAL
                                                      : TH_PATTERN_SOLID;
    return (th_paint){.color = color,
                      .pattern = pattern,
                      .pattern_color = th_color_alpha(view->theme->color.bg, 0.45F),
                      .pitch = 9};
}

void th_view_share_bar(const th_view *view, th_rect rect, const uint32_t *share) {
    const float gap = 4, least = 5;
    uint32_t known = 0;
    int parts = 0;
    for (int kind = 0; kind < TH_RUN_KIND_COUNT; kind++) {
        if (share[kind] == TH_SHARE_UNKNOWN || share[kind] == 0) continue;
        known += share[kind];
        parts++;
    }
    if (parts == 0) {
        th_view_dashed(view, rect, 5, view->theme->color.line2, 1.5F, 6, 5);
        return;
    }
    // Each part is at least a few units wide, or a rare crash would not show.
    const float room = rect.w - gap * (float)(parts - 1) - least * (float)parts;
    float x = rect.x;
    for (int kind = 0; kind < TH_RUN_KIND_COUNT; kind++) {
        if (share[kind] == TH_SHARE_UNKNOWN || share[kind] == 0) continue;
        const float w = least + room * (float)share[kind] / (float)known;
        th_view_paint(view, (th_rect){x, rect.y, w, rect.h}, 5, bar_paint(view, (uint8_t)kind));
        x += w + gap;
    }
}

void th_view_percent(uint32_t share, bool bare, char *out, size_t size) {
    enum { MILLION = 1000000, PERCENT = 10000 };
    const char *sign = bare ? "" : "%";
    const uint32_t rounded = (share + PERCENT / 2) / PERCENT;
    if (share == TH_SHARE_UNKNOWN)
        snprintf(out, size, "?");
    else if (share > 0 && rounded == 0)
        snprintf(out, size, bare ? "1" : "<1%%");
    else if (share < MILLION && rounded == 100)
        snprintf(out, size, bare ? "99" : ">99%%");
    else
        snprintf(out, size, "%u%s", (unsigned)rounded, sign);
}

void th_view_share_text(const th_view *view, uint8_t kind, uint32_t share, char *out, size_t size) {
    char percent[16];
    th_view_percent(share, false, percent, sizeof(percent));
    snprintf(out, size, th_view_word(view, th_view_run_word(view, TH_WORD_SHARE_CRASH, kind)),
             percent);
}

const char *th_view_label(const th_view *view, const th_label *words, const char *label) {
    static const struct {
        const char *label;
        th_word word;
    } OWN[] = {{TH_CONTENTS_LOST, TH_WORD_CONTENTS_LOST},
               {TH_CONTENTS_MISCOUNTED, TH_WORD_CONTENTS_MISCOUNTED},
               {TH_CONTENTS_MIXED, TH_WORD_CONTENTS_MIXED}};
    const char *given = words == NULL ? "" : th_view_pick(view, words->text);
    if (given[0] != '\0') return given;
    for (size_t i = 0; i < sizeof(OWN) / sizeof(*OWN); i++) {
        if (strcmp(OWN[i].label, label) == 0) return th_view_word(view, OWN[i].word);
    }
    return label;
}

void th_view_next_access(const th_view *view, const th_explore_choice *choice, float x, float y,
                         float width) {
    const th_explore_access *next = &choice->next;
    if (next->name[0] == '\0') return;
    if (next->access) {
        const th_point at = th_view_point_px(view, x + 12, y);
        th_icon_access(view->list, view->theme, choice->g - 1, next->write, at.x, at.y,
                       th_px(view, 22));
        x += 34;
        width -= 34;
    }
    th_view_text(view, th_type_mono(17, 600, view->theme->color.text), x, y, width, next->name);
}

// --- the screen ---

static void draw_searching(const th_view *view, const th_explore_layout *at) {
    const th_theme_colors *c = &view->theme->color;
    const th_explore_scene *explore = view->explore;
    const float x = at->middle.x + at->middle.w / 2, y = at->middle.y + at->middle.h * 0.42F;
    char number[32], text[96];
    th_view_text(view, th_type_center(th_type_ui(28, 700, c->text)), x, y, 0,
                 th_view_word(view, TH_WORD_SEARCHING));
    const bool states = explore->states > 0;
    th_view_number(states ? explore->states : explore->steps, number, sizeof(number));
    snprintf(text, sizeof(text),
             th_view_word(view, states ? TH_WORD_SEARCHED_STATES : TH_WORD_SEARCHED_STEPS), number);
    th_view_text(view, th_type_center(th_type_mono(22, 600, c->dim)), x, y + 44, 0, text);
    const th_rect bar = {x - 160, y + 76, 320, 8};
    th_view_fill(view, bar, 4, c->raised2);
    const double part = explore->state_limit > 0
                            ? fmin(1, (double)explore->states / (double)explore->state_limit)
                            : 0;
    th_view_fill(view, (th_rect){bar.x, bar.y, fmaxf(8, bar.w * (float)part), bar.h}, 4, c->accent);
    const char *stop = th_view_word(view, TH_WORD_SEARCH_STOP);
    const th_type type = th_type_ui(18, 600, c->text);
    const float width = th_view_text_width(view, type, stop) + 76;
    const th_rect pill = {x - width / 2, y + 108, width, 40};
    th_view_outline(view, pill, 999, c->line2, 1.5F);
    th_view_key_cap(view, pill.x + 14, pill.y + 20, "S");
    th_view_text(view, type, pill.x + 50, pill.y + 20, 0, stop);
    th_view_hit(view, pill, TH_ACTION_EXPLORE_STOP, 0);
}

static void draw_middle(const th_view *view, const th_explore_layout *at) {
    const th_theme_colors *c = &view->theme->color;
    const th_explore_scene *explore = view->explore;
    th_view_fill(view, at->middle, 0, c->stage);
    if (explore->error[0] != '\0') {
        th_view_paragraph(view, th_type_ui(22, 600, c->warn), at->middle.x + 60, at->middle.y + 120,
                          at->middle.w - 120, 32, explore->error);
        return;
    }
    if (!explore->ready) {
        draw_searching(view, at);
        return;
    }
    if (explore->grid.present)
        th_view_explore_grid(view, at);
    else
        th_view_explore_tree(view, at);
    th_view_what_if(view, at);
}

void th_view_explore(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    th_explore_layout at;
    th_explore_arrange(view, &at);
    draw_middle(view, &at);
    th_view_fill(view, at.left, 0, c->panel);
    th_view_fill(view, at.right, 0, c->panel);
    th_view_explore_left(view, &at);
    th_view_schedules(view, &at);
    th_view_line(view, at.left.x + at.left.w, at.body.y, at.left.x + at.left.w,
                 at.body.y + at.body.h, c->line, 1);
    th_view_line(view, at.right.x, at.body.y, at.right.x, at.body.y + at.body.h, c->line, 1);
}

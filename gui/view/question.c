// The scenario's question, in the right panel: its options, and once one was chosen, which is
// right.
#include "gui/view/dialog.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const float PAD = 24, GAP = 10, OPTION_LINE = 27, OPTION_PAD = 13;

typedef struct option_look {
    th_color line, ground;
    float width;
} option_look;

static option_look look_of(const th_view *view, const th_desk_question *question, int option) {
    const th_theme_colors *c = &view->theme->color;
    if (question->given < 0) return (option_look){c->line2, c->raised, 1.5F};
    if (option == question->right) return (option_look){c->ok, c->ok_wash, 3};
    if (option == question->given) return (option_look){c->warn, c->raised, 3};
    return (option_look){c->line, c->panel, 1};
}

// A tick for the right one, a warning for the one that was chosen and is not.
static void draw_sign(const th_view *view, const th_desk_question *question, int option, float x,
                      float y) {
    const th_theme_colors *c = &view->theme->color;
    const th_point at = th_view_point_px(view, x, y);
    const float r = th_px(view, 13);
    if (question->given < 0) return;
    if (option == question->right) {
        th_icon_ok(view->list, at.x, at.y, r, c->ok, c->ok_wash);
    } else if (option == question->given && question->right >= 0) {
        th_icon_warn(view->list, at.x, at.y, r, c->warn, c->panel);
    }
}

static float draw_option(const th_view *view, const th_desk_question *question, int option, float x,
                         float y, float width) {
    const th_theme_colors *c = &view->theme->color;
    const char *text = th_view_pick(view, question->note->options[option]);
    const bool open = question->given < 0;
    const bool faded = !open && option != question->right && option != question->given;
    const th_type type = th_type_ui(20, 600, faded ? c->dim : c->text);
    const float text_w = width - 108;
    const float lines = th_view_paragraph_height(view, type, text_w, OPTION_LINE, text);
    const th_rect row = {x, y, width, fmaxf(48, lines + 2 * OPTION_PAD)};
    const option_look look = look_of(view, question, option);
    th_view_fill(view, row, view->theme->radius.button, look.ground);
    th_view_outline(view, row, view->theme->radius.button, look.line, look.width);
    char digit[4];
    snprintf(digit, sizeof(digit), "%d", option + 1);
    th_view_key_cap(view, row.x + 12, row.y + row.h / 2, digit);
    th_view_paragraph(view, type, row.x + 54, row.y + (row.h - lines) / 2, text_w, OPTION_LINE,
                      text);
    draw_sign(view, question, option, row.x + row.w - 28, row.y + row.h / 2);
    if (open) th_view_hit(view, row, TH_ACTION_ANSWER, (uint64_t)option);
    return row.h + GAP;
}

static float draw_button(const th_view *view, float x, float y, float width, const char *key,
                         const char *text, th_action action, uint64_t argument) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect row = {x, y, width, 44};
    th_view_outline(view, row, 999, c->accent, 2);
    float at = x + 18;
    if (key[0] != '\0') at += th_view_key_cap(view, at, y + 22, key) + 10;
    th_view_text(view, th_type_ui(18, 600, c->text), at, y + 22, x + width - at - 14, text);
    th_view_hit(view, row, action, argument);
    return row.h + GAP;
}

// What came of it: right or not, why, and where the run tells.
static void draw_result(const th_view *view, const th_desk_question *question, float x, float y,
                        float width) {
    const th_theme_colors *c = &view->theme->color;
    if (question->right < 0) {
        th_view_paragraph(view, th_type_ui(18, 500, c->warn), x, y, width, 26, question->error);
        return;
    }
    const bool good = question->given == question->right;
    th_view_text(view, th_type_ui(24, 800, good ? c->ok : c->warn), x, y + 16, width,
                 th_view_word(view, good ? TH_WORD_ANSWER_RIGHT : TH_WORD_ANSWER_WRONG));
    y += 40;
    const char *why = th_view_pick(view, question->note->why);
    if (why[0] != '\0') {
        y += th_view_paragraph(view, th_type_ui(20, 500, c->text), x, y, width, 29, why) + 14;
    }
    if (!view->desk->live) return;
    char text[96], step[24];
    if (!good && question->playable > 0) {
        snprintf(text, sizeof(text), th_view_word(view, TH_WORD_ANSWER_PLAY),
                 (int)question->playable);
        y += draw_button(view, x, y, width, "Enter", text, TH_ACTION_PLAY_ANSWER, 0);
    }
    snprintf(step, sizeof(step), "%" PRIu64, question->told_step);
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_ANSWER_SEE), step);
    draw_button(view, x, y, width, "", text, TH_ACTION_SEEK, question->told_step);
}

// Where the right panel is, or what takes its place when that lies below the stage.
static th_rect panel_of(const th_view *view) {
    if (!view->at->below) return view->at->right;
    const th_rect stage = view->at->stage;
    const float width = fminf(420, stage.w * 0.6F);
    return (th_rect){stage.x + stage.w - width, stage.y, width, stage.h};
}

void th_view_question(const th_view *view) {
    const th_desk_question *question = &view->desk->question;
    if (question->note == NULL) return;
    const th_theme_colors *c = &view->theme->color;
    const th_rect panel = panel_of(view);
    th_view_fill(view, panel, 0, c->panel);
    th_view_fill(view, (th_rect){panel.x, panel.y, 5, panel.h}, 0, c->accent);
    th_view_hit(view, panel, TH_ACTION_NONE, 0);
    th_view_clip(view, panel);
    const float x = panel.x + PAD + 4, width = panel.w - 2 * PAD - 4;
    float y = panel.y + 27;
    th_view_text(view, th_type_ui(view->theme->font.label, 700, c->dim), x, y, width,
                 th_view_word(view, TH_WORD_QUESTION));
    y += 26;
    // A strip below the stage says it already, unless it says the opening caption.
    if (view->at->caption.h <= 0 || view->scene->caption != question->note) {
        y += th_view_paragraph(view, th_type_ui(26, 600, c->text), x, y, width, 37,
                               th_view_pick(view, question->note->text)) +
             18;
    }
    for (int i = 0; i < question->note->option_count; i++) {
        y += draw_option(view, question, i, x, y, width);
    }
    if (question->given >= 0) draw_result(view, question, x, y + 8, width);
    th_view_unclip(view);
}

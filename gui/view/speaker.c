#include "gui/view/speaker.h"

#include "gui/view/dialog.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const float WIDTH = 1100, HEIGHT = 780, PAD = 36, HEAD_H = 92, GAP = 22;

static float draw_label(const th_view *view, th_word word, uint64_t step, float y) {
    const th_theme_colors *c = &view->theme->color;
    const th_type type = th_type_ui(16, 700, c->faint);
    const float x = PAD + th_view_text(view, type, PAD, y + 12, 0, th_view_word(view, word)) + 14;
    if (step > 0)
        th_view_textf(view, th_type_mono(16, 600, c->dim), x, y + 12, 0, "%" PRIu64, step);
    return y + 30;
}

// Of a question also its right answer, and what is told then.
static float draw_note(const th_view *view, const th_note *note, th_type type, float line,
                       float y) {
    const float width = view->at->width - 2 * PAD;
    y += th_view_paragraph(view, type, PAD, y, width, line, th_view_pick(view, note->text));
    if (note->kind != TH_NOTE_ASK) return y;
    const th_theme_colors *c = &view->theme->color;
    char answer[256];
    if (note->option_count > 0 && note->answers == 0) {
        snprintf(answer, sizeof(answer), th_view_word(view, TH_WORD_SPEAKER_ANSWER),
                 th_view_pick(view, note->options[note->answer]));
        y += th_view_paragraph(view, th_type_ui(20, 700, c->ok), PAD, y + 4, width, 28, answer) + 4;
    }
    const char *why = th_view_pick(view, note->why);
    if (why[0] != '\0') {
        y += th_view_paragraph(view, th_type_ui(19, 500, c->dim), PAD, y + 2, width, 27, why) + 2;
    }
    return y;
}

static void draw_head(const th_view *view, const th_speaker *speaker) {
    const th_theme_colors *c = &view->theme->color;
    const float right = view->at->width - PAD;
    th_view_fill(view, (th_rect){0, 0, view->at->width, HEAD_H}, 0, c->panel);
    th_view_line(view, 0, HEAD_H, view->at->width, HEAD_H, c->line, 1);
    th_view_text(view, th_type_ui(16, 700, c->faint), PAD, 28, 0,
                 th_view_word(view, TH_WORD_SPEAKER));
    th_view_text(view, th_type_ui(26, 800, c->text), PAD, 60, right - PAD - 360,
                 th_view_pick(view, th_scenario_title(speaker->scenario)));
    char count[64];
    snprintf(count, sizeof(count), "%" PRIu64 " / %" PRIu64, speaker->step, speaker->length);
    th_view_text(view, th_type_right(th_type_mono(22, 600, c->dim)), right - 170, 48, 0, count);
    th_view_textf(view, th_type_right(th_type_mono(40, 700, c->text)), right, 48, 0, "%02u:%02u",
                  (unsigned)(speaker->seconds / 60), (unsigned)(speaker->seconds % 60));
}

static float draw_claims(const th_view *view, const th_scenario *scenario, float y) {
    const th_theme_colors *c = &view->theme->color;
    uint32_t count;
    const th_claim *claims = th_scenario_claims(scenario, &count);
    const float width = view->at->width - 2 * PAD;
    if (count > 0) y = draw_label(view, TH_WORD_SPEAKER_CLAIMS, 0, y);
    for (uint32_t i = 0; i < count; i++) {
        const bool good = strcmp(claims[i].verdict, "true") == 0;
        const th_word verdict = good                                       ? TH_WORD_CLAIM_TRUE
                                : strcmp(claims[i].verdict, "partly") == 0 ? TH_WORD_CLAIM_PARTLY
                                                                           : TH_WORD_CLAIM_FALSE;
        const float w = th_view_text(view, th_type_ui(19, 700, good ? c->ok : c->warn), PAD, y + 12,
                                     0, th_view_word(view, verdict)) +
                        14;
        y += th_view_paragraph(view, th_type_ui(19, 600, c->text), PAD + w, y, width - w, 26,
                               th_view_pick(view, claims[i].says));
        y += th_view_paragraph(view, th_type_ui(18, 500, c->dim), PAD + w, y, width - w, 25,
                               th_view_pick(view, claims[i].evidence));
        if (claims[i].source != NULL) {
            th_view_text(view, th_type_mono(16, 500, c->faint), PAD + w, y + 12, width - w,
                         claims[i].source);
            y += 24;
        }
        y += 10;
    }
    return y;
}

static void draw_body(const th_view *view, const th_speaker *speaker) {
    const th_theme_colors *c = &view->theme->color;
    float y = draw_label(view, TH_WORD_SPEAKER_NOW, speaker->now.step, HEAD_H + GAP);
    if (speaker->now.note != NULL)
        y = draw_note(view, speaker->now.note, th_type_ui(30, 600, c->text), 42, y);
    else
        y += th_view_paragraph(view, th_type_ui(24, 500, c->dim), PAD, y, 800, 34,
                               th_view_word(view, TH_WORD_SPEAKER_NOTHING));
    y = draw_label(view, TH_WORD_SPEAKER_NEXT, speaker->next.step, y + GAP);
    if (speaker->next.note != NULL)
        y = draw_note(view, speaker->next.note, th_type_ui(24, 500, c->text), 34, y);
    else
        y += th_view_paragraph(view, th_type_ui(24, 500, c->dim), PAD, y, 800, 34,
                               th_view_word(view, TH_WORD_SPEAKER_END));
    if (speaker->before_count > 0) y = draw_label(view, TH_WORD_SPEAKER_BEFORE, 0, y + GAP);
    for (int i = 0; i < speaker->before_count; i++) {
        th_view_textf(view, th_type_mono(16, 500, c->faint), PAD, y + 12, 0, "%" PRIu64,
                      speaker->before[i].step);
        y += th_view_paragraph(view, th_type_ui(18, 500, c->dim), PAD + 70, y,
                               view->at->width - 2 * PAD - 70, 26,
                               th_view_pick(view, speaker->before[i].note->text)) +
             4;
    }
    draw_claims(view, speaker->scenario, y + GAP);
}

void th_view_speaker(const th_speaker *speaker, const th_theme *theme, th_lang lang, int width,
                     int height, th_fonts *fonts, th_draw_list *list) {
    const float scale = fmaxf(0.4F, fminf((float)width / WIDTH, (float)height / HEIGHT));
    const th_arrangement at = {
        .scale = scale, .width = (float)width / scale, .height = (float)height / scale};
    const th_view view = {
        .theme = theme, .at = &at, .list = list, .fonts = fonts, .lang = lang, .scale = scale};
    th_draw_reset(list);
    draw_body(&view, speaker);
    draw_head(&view, speaker);
}

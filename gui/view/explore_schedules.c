// The simplest run of each outcome.
#include "gui/view/explore.h"

#include <math.h>
#include <stdio.h>

static const float PAD = 24, HEAD_H = 50, ENTRY_H = 172, ENTRY_SMALL_H = 134;
enum { STRIP_ROWS_MAX = 4 };

static th_word title_word(const th_explore_scene *explore, int index) {
    const th_explore_example *example = &explore->examples[index];
    switch (example->kind) {
    case TH_RUN_CRASH: {
        bool first = true;
        for (int i = 0; i < index; i++) first &= explore->examples[i].kind != TH_RUN_CRASH;
        return first ? TH_WORD_EXAMPLE_SHORTEST : TH_WORD_EXAMPLE_CRASH;
    }
    case TH_RUN_STUCK: return TH_WORD_EXAMPLE_STUCK;
    case TH_RUN_WRONG: return TH_WORD_EXAMPLE_WRONG;
    case TH_RUN_RIGHT:
        if (example->in_turn) return TH_WORD_EXAMPLE_IN_TURN;
        return explore->knows_right ? TH_WORD_EXAMPLE_RIGHT : TH_WORD_EXAMPLE_FINISHED;
    default: return TH_WORD_EXAMPLE_CUT;
    }
}

static void detail_text(const th_view *view, const th_explore_example *example, char *out,
                        size_t size) {
    const char *label = th_view_label(view, example->words, example->label);
    const bool both = example->message[0] != '\0' && label[0] != '\0';
    if (example->message[0] == '\0' && label[0] == '\0') {
        snprintf(out, size, "%s",
                 th_view_word(view, example->raced ? TH_WORD_STILL_A_RACE : TH_WORD_NEVER_A_RACE));
    } else {
        snprintf(out, size, "%s%s%s", example->message, both ? " · " : "", label);
    }
}

// Who takes each step: one row for each goroutine.
static void draw_strip(const th_view *view, const th_explore_example *example, th_rect area) {
    const int rows =
        example->goroutine_count < STRIP_ROWS_MAX ? example->goroutine_count : STRIP_ROWS_MAX;
    if (example->strip_count == 0 || rows == 0) return;
    const float step = fminf(16, area.w / (float)example->strip_count);
    const float row_h = fminf(21, area.h / (float)rows);
    const float size = fminf(step * 0.84F, row_h * 0.8F);
    const bool single = step >= 5;  // else runs of steps are drawn as one
    for (uint32_t i = 0; i < example->strip_count;) {
        const uint16_t g = example->strip[i];
        uint32_t end = i + 1;
        while (!single && end < example->strip_count && example->strip[end] == g) end++;
        const int row = g <= rows ? g - 1 : rows - 1;
        const float w = single ? size : step * (float)(end - i);
        const th_rect rect = {area.x + step * (float)i, area.y + row_h * (float)row, w,
                              single ? size : row_h * 0.7F};
        th_view_paint(view, rect, 3, th_theme_fill(th_view_goroutine(view, g), 6));
        i = end;
    }
}

static void draw_play(const th_view *view, float right, float y) {
    const th_theme_colors *c = &view->theme->color;
    const th_type type = th_type_right(th_type_ui(17, 700, c->text));
    const char *word = th_view_word(view, TH_WORD_TO_PLAY);
    th_view_text(view, type, right, y, 0, word);
    const float x = right - th_view_text_width(view, type, word) - 10;
    const float cap = th_view_text_width(view, th_type_mono(15, 700, 0), "Enter") + 12;
    th_view_key_cap(view, x - cap, y, "Enter");
}

static void draw_entry(const th_view *view, th_rect rect, int index) {
    const th_theme_colors *c = &view->theme->color;
    const th_explore_scene *explore = view->explore;
    const th_explore_example *example = &explore->examples[index];
    const bool chosen = index == explore->chosen, small = rect.h < ENTRY_H;
    if (chosen) {
        th_view_fill(view, rect, 0, c->raised);
        th_view_fill(view, (th_rect){rect.x, rect.y, 5, rect.h}, 0, c->accent);
    }
    const float x = rect.x + PAD, right = rect.x + rect.w - PAD;
    const float y = rect.y + (small ? 24 : 32);
    char text[224];
    th_view_run_sign(view, example->kind, x + 13, y, 13);
    snprintf(text, sizeof(text),
             th_view_word(view, example->step_count == 1 ? TH_WORD_FACT_STEP : TH_WORD_FACT_STEPS),
             (unsigned)example->step_count);
    const th_type steps = th_type_right(th_type_ui(17, 600, c->dim));
    const float w = th_view_text_width(view, steps, text);
    th_view_text(view, steps, right, y, 0, text);
    th_view_text_shrunk(view, th_type_ui(21, 700, c->text), 15, x + 40, y,
                        right - w - 10 - (x + 40), th_view_word(view, title_word(explore, index)));
    detail_text(view, example, text, sizeof(text));
    const float line = small ? 25 : 30;
    th_view_text_shrunk(view, th_type_ui(17, 500, c->dim), 13, x + 40, y + line, right - x - 40,
                        text);
    const float strip_y = y + line + (small ? 17 : 22);
    draw_strip(view, example, (th_rect){x, strip_y, right - x, small ? 34 : 44});
    const float foot = rect.y + rect.h - (small ? 20 : 24);
    if (example->switch_count == 1)
        snprintf(text, sizeof(text), "%s", th_view_word(view, TH_WORD_ONE_SWITCH));
    else
        snprintf(text, sizeof(text), th_view_word(view, TH_WORD_SWITCHES),
                 (unsigned)example->switch_count);
    th_view_text(view, th_type_ui(17, 500, c->dim), x, foot, 0, text);
    if (chosen) draw_play(view, right, foot);
    th_view_hit(view, rect, TH_ACTION_EXAMPLE, (uint64_t)index);
}

void th_view_schedules(const th_view *view, const th_explore_layout *at) {
    const th_theme_colors *c = &view->theme->color;
    const th_explore_scene *explore = view->explore;
    const th_rect area = at->right;
    th_view_text(view, th_type_ui(view->theme->font.label, 700, c->dim), area.x + PAD, area.y + 27,
                 0, th_view_word(view, TH_WORD_SCHEDULES));
    th_view_text(view, th_type_right(th_type_ui(17, 500, c->faint)), area.x + area.w - PAD,
                 area.y + 27, 0, th_view_word(view, TH_WORD_EXAMPLES));
    if (!explore->ready) return;
    const float room = area.h - HEAD_H;
    const float height = view->at->compact || room < ENTRY_H * 4 ? ENTRY_SMALL_H : ENTRY_H;
    const int visible = (int)fmaxf(1, floorf(room / height));
    int first = explore->chosen - visible + 1;
    if (first < 0) first = 0;
    th_view_clip(view, area);
    for (int i = first; i < explore->example_count && i < first + visible; i++) {
        const float y = area.y + HEAD_H + height * (float)(i - first);
        th_view_line(view, area.x, y, area.x + area.w, y, c->line, 1);
        draw_entry(view, (th_rect){area.x, y, area.w, height}, i);
    }
    th_view_unclip(view);
}

// The bar at the top: where we are, which engine, which step, how it stands.
#include "gui/view/dialog.h"

#include <math.h>
#include <stdio.h>

static const float EDGE = 24, GAP = 28, TITLE_MIN = 300;

typedef struct verdict_look {
    th_word word;
    th_color ink, wash, line;
    bool filled;
} verdict_look;

// While all orders are shown, what is known of them comes first.
static bool says_of_all_orders(const th_view *view) {
    const th_explore_scene *explore = view->explore;
    return explore != NULL && explore->screen == TH_SCREEN_EXPLORE && explore->ready;
}

static verdict_look look_of_orders(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    switch (view->explore->races) {
    case TH_RACES_ALWAYS:
        return (verdict_look){TH_WORD_RACE_ALWAYS, c->alert_ink, c->alert_wash, c->alert, false};
    case TH_RACES_SOME:
        return (verdict_look){TH_WORD_RACE_SOME, c->alert_ink, c->alert_wash, c->alert, false};
    case TH_RACES_NEVER: return (verdict_look){TH_WORD_RACE_NEVER, c->ok, c->ok_wash, c->ok, false};
    default: return (verdict_look){TH_WORD_RACE_UNSEEN, c->dim, c->raised, c->line2, false};
    }
}

static verdict_look look_of(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene *scene = view->scene;
    if (says_of_all_orders(view)) return look_of_orders(view);
    switch (scene->verdict) {
    case TH_VERDICT_CLEAN:
        return scene->races_known
                   ? (verdict_look){TH_WORD_VERDICT_CLEAN, c->ok, c->ok_wash, c->ok, false}
                   : (verdict_look){TH_WORD_VERDICT_UNKNOWN, c->dim, c->raised, c->line2, false};
    case TH_VERDICT_RACE:
        return (verdict_look){scene->race_count > 1 ? TH_WORD_VERDICT_RACES : TH_WORD_VERDICT_RACE,
                              c->alert_ink, c->alert_wash, c->alert, false};
    case TH_VERDICT_FATAL:
        return (verdict_look){TH_WORD_VERDICT_FATAL, 0xFFFFFFFF, c->alert, c->alert, true};
    case TH_VERDICT_PANIC:
        return (verdict_look){TH_WORD_VERDICT_PANIC, 0xFFFFFFFF, c->alert, c->alert, true};
    case TH_VERDICT_DEADLOCK:
        return (verdict_look){TH_WORD_VERDICT_DEADLOCK, 0xFFFFFFFF, c->alert, c->alert, true};
    case TH_VERDICT_FAULT:
        return (verdict_look){TH_WORD_VERDICT_FAULT, 0xFFFFFFFF, c->alert, c->alert, true};
    default: return (verdict_look){TH_WORD_VERDICT_LIMIT, c->warn, c->raised, c->warn, false};
    }
}

static void draw_sign(const th_view *view, const verdict_look *look, float x, float y) {
    const th_theme_colors *c = &view->theme->color;
    const th_point at = th_view_point_px(view, x, y);
    const float r = 12 * view->scale;
    if (says_of_all_orders(view)) {
        if (view->explore->races >= TH_RACES_SOME)
            th_icon_race(view->list, at.x, at.y, r * 1.15f, c->alert, c->alert_wash);
        else if (view->explore->races == TH_RACES_NEVER)
            th_icon_ok(view->list, at.x, at.y, r, c->ok, c->ok_wash);
        else
            th_icon_limit(view->list, at.x, at.y, r, c->dim, c->raised);
        return;
    }
    switch (view->scene->verdict) {
    case TH_VERDICT_CLEAN:
        if (view->scene->races_known)
            th_icon_ok(view->list, at.x, at.y, r, c->ok, c->ok_wash);
        else
            th_icon_limit(view->list, at.x, at.y, r, c->dim, c->raised);
        break;
    case TH_VERDICT_RACE:
        th_icon_race(view->list, at.x, at.y, r * 1.15f, c->alert, c->alert_wash);
        break;
    case TH_VERDICT_LIMIT: th_icon_limit(view->list, at.x, at.y, r, c->warn, c->raised); break;
    default: th_icon_fatal(view->list, at.x, at.y, r, 0xFFFFFFFF, look->line); break;
    }
}

// Draws the pill with its right edge at x; returns its left edge.
static float draw_verdict(const th_view *view, float x, float y) {
    const verdict_look look = look_of(view);
    const th_type type = th_type_ui(view->theme->font.verdict, 700, look.ink);
    char text[64];
    snprintf(text, sizeof(text), th_view_word(view, look.word), view->scene->race_count);
    const float width = th_view_text_width(view, type, text) + 72;
    const th_rect pill = {x - width, y - 22, width, 44};
    th_view_fill(view, pill, view->theme->radius.pill, look.wash);
    th_view_outline(view, pill, view->theme->radius.pill, look.line, 2);
    draw_sign(view, &look, pill.x + 28, y);
    th_view_text(view, type, pill.x + 50, y, 0, text);
    return pill.x;
}

static float draw_steps(const th_view *view, float x, float y) {
    const th_theme_colors *c = &view->theme->color;
    char step[32], length[32];
    th_view_number(view->scene->step, step, sizeof(step));
    th_view_number(view->scene->length, length, sizeof(length));
    const th_type big = th_type_mono(view->theme->font.step_counter, 800, c->text);
    const th_type small = th_type_mono(23, 500, c->faint);
    x -= th_view_text_width(view, small, length);
    th_view_text(view, small, x, y + 3, 0, length);
    x -= 26;
    th_view_text(view, small, x, y + 3, 0, "/");
    x -= 14 + th_view_text_width(view, big, step);
    th_view_text(view, big, x, y, 0, step);
    const th_type label = th_type_ui(view->theme->font.label, 700, c->dim);
    const char *word = th_view_word(view, TH_WORD_STEP);
    x -= 14 + th_view_text_width(view, label, word);
    th_view_text(view, label, x, y + 4, 0, word);
    return x;
}

// Real or hypothetical: the picture always shows which.
static float draw_engine(const th_view *view, float x, float y) {
    const th_theme_colors *c = &view->theme->color;
    const bool model = th_scenario_truth(view->scene->scenario) == TH_TRUTH_MODEL;
    const th_type type = th_type_ui(18, 600, model ? c->hyp : c->text);
    const char *word = th_view_word(view, model ? TH_WORD_ENGINE_MODEL : TH_WORD_ENGINE_REAL);
    const float width = th_view_text_width(view, type, word) + 44;
    const th_rect box = {x - width, y - 19, width, 38};
    if (model) {
        th_view_dashed(view, box, view->theme->radius.button, c->hyp, 2, 7, 5);
    } else {
        th_view_outline(view, box, view->theme->radius.button, c->line2, 1.5f);
    }
    const th_point dot = th_view_point_px(view, box.x + 19, y);
    th_draw_circle(view->list, dot, 5 * view->scale, th_paint_solid(model ? c->hyp : c->dim));
    th_view_text(view, type, box.x + 32, y, 0, word);
    th_view_hint(view, box, model ? TH_WORD_TRUTH_MODEL : TH_WORD_TRUTH_REAL);
    return box.x;
}

// The verdict on what the article claims, as a button that opens its sheet.
static float draw_claim_button(const th_view *view, float x, float y) {
    uint32_t count;
    th_scenario_claims(view->scene->scenario, &count);
    if (count == 0) return x;
    const th_theme_colors *c = &view->theme->color;
    const bool open = view->desk->sheet == TH_SHEET_CLAIM;
    const th_type type = th_type_ui(18, 600, open ? c->on_accent : c->text);
    const char *word = th_view_word(view, TH_WORD_CLAIM);
    const float width = th_view_text_width(view, type, word) + 68;
    const th_rect box = {x - width, y - 20, width, 40};
    if (open)
        th_view_fill(view, box, view->theme->radius.button, c->accent);
    else
        th_view_outline(view, box, view->theme->radius.button, c->line2, 1.5f);
    th_view_key_cap(view, box.x + 12, y, "I");
    th_view_text(view, type, box.x + 50, y, 0, word);
    th_view_hit(view, box, TH_ACTION_ABOUT, 0);
    return box.x - 14;
}

static float fix_width(const th_view *view, const char *name) {
    return th_view_text_width(view, th_type_mono(17, 600, 0), name) + 28;
}

// The cures that the scenario offers, the one in force filled; where they do not fit, that one
// alone. Right edge at x, not beyond `left`. Returns the left edge.
static float draw_fixes(const th_view *view, float x, float y, float left) {
    const th_theme_colors *c = &view->theme->color;
    const th_scenario *scenario = view->scene->scenario;
    const char *chosen = th_scenario_fix_chosen(scenario);
    if (chosen == NULL) return x;
    const float cap = 36;
    float width = cap;
    uint32_t count = 0;
    for (; th_scenario_fix(scenario, count) != NULL; count++) {
        width += fix_width(view, th_scenario_fix(scenario, count));
    }
    const bool all = x - width >= left;
    if (!all) width = cap + fix_width(view, chosen);
    if (x - width < left) return x;
    const th_rect pill = {x - width, y - 20, width, 40};
    th_view_outline(view, pill, view->theme->radius.button, c->line2, 1.5f);
    th_view_key_cap(view, pill.x + 8, y, "X");
    th_view_hit(view, pill, TH_ACTION_FIX, TH_NEXT);
    float at = pill.x + cap;
    for (uint32_t i = 0; i < count; i++) {
        const char *name = th_scenario_fix(scenario, i);
        if (!all && name != chosen) continue;
        const th_rect chip = {at, pill.y + 4, fix_width(view, name) - 4, 32};
        if (name == chosen) th_view_fill(view, chip, view->theme->radius.chip, c->accent);
        th_view_text(view,
                     th_type_center(th_type_mono(17, 600, name == chosen ? c->on_accent : c->dim)),
                     chip.x + chip.w / 2, y, 0, name);
        if (all) th_view_hit(view, (th_rect){chip.x, pill.y, chip.w, 40}, TH_ACTION_FIX, i);
        at += chip.w + 4;
    }
    return pill.x - 14;
}

static void draw_title(const th_view *view, float x, float width) {
    const th_theme_colors *c = &view->theme->color;
    const th_scenario *scenario = view->scene->scenario;
    const char *chapter = th_scenario_chapter(scenario);
    const th_type label = th_type_ui(view->theme->font.label, 600, c->dim);
    if (chapter != NULL && chapter[0] != 0) {
        const bool explores = view->explore != NULL && view->explore->screen != TH_SCREEN_STAGE;
        const float number =
            th_view_wordf(view, label, x, 27, width,
                          explores ? TH_WORD_EXPLORE_CHAPTER : TH_WORD_CHAPTER, chapter);
        const th_word name = th_word_chapter(chapter[0]);
        if (!explores && name != TH_WORD_CHAPTER_OTHER) {
            char text[96];
            snprintf(text, sizeof(text), "·  %s", th_view_word(view, name));
            th_view_text(view, label, x + number + 9, 27, width - number - 9, text);
        }
    } else {
        th_view_text(view, label, x, 27, width, th_view_word(view, TH_WORD_LESSON));
    }
    th_view_text_shrunk(view, th_type_ui(view->theme->font.title, 700, c->text), 19, x, 52, width,
                        th_view_pick(view, th_scenario_title(scenario)));
}

void th_view_topbar(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect bar = view->at->top;
    th_view_fill(view, bar, 0, c->panel);
    th_view_line(view, 0, bar.h, bar.w, bar.h, c->line, 1);
    th_icon_logo(view->list, view->theme, th_px(view, EDGE), th_px(view, 20), th_px(view, 33));
    const float y = bar.h / 2;
    float x = bar.w - EDGE;
    if (view->desk->live) {
        const bool helps = view->desk->sheet == TH_SHEET_HELP;
        th_view_round_button(view, x - 20, y, "?", helps, TH_ACTION_HELP);
        x -= 56;
    }
    x = draw_verdict(view, x, y);
    x = draw_steps(view, x - GAP, y);
    x = draw_engine(view, x - GAP - 14, y);
    if (view->desk->live) {
        x = draw_claim_button(view, x - 14, y);
        x = draw_fixes(view, x, y, 80 + TITLE_MIN);
    }
    draw_title(view, 80, x - 80 - GAP);
}

// A challenge's panel: what is to be done, how far one is, and what the explorer says to it.
#include "gui/view/explore.h"

#include <math.h>
#include <stdio.h>

static const float PAD = 24, CHOICE_H = 58, FIX_H = 48;
enum { CHOICES_MAX = 6 };

static th_rect panel_of(const th_view *view) {
    if (!view->at->below) return view->at->right;
    const th_rect stage = view->at->stage;
    const float width = fminf(420, stage.w * 0.6F);
    return (th_rect){stage.x + stage.w - width, stage.y, width, stage.h};
}

static float draw_score(const th_view *view, th_rect area, float y) {
    const th_theme_colors *c = &view->theme->color;
    const th_challenge_scene *of = &view->explore->challenge;
    const uint32_t used[2] = {of->steps, of->switches};
    const uint32_t par[2] = {of->par_steps, of->par_switches};
    const uint32_t best[2] = {of->best_steps, of->best_switches};
    static const th_word WORDS[2] = {TH_WORD_CHALLENGE_STEPS, TH_WORD_CHALLENGE_SWITCHES};
    static const th_word WORDS_OF_ONE[2] = {TH_WORD_CHALLENGE_STEP, TH_WORD_CHALLENGE_SWITCH};
    const float half = (area.w - 12) / 2;
    for (int i = 0; i < 2; i++) {
        const th_rect box = {area.x + (half + 12) * (float)i, y, half, 92};
        const bool over = of->known && of->possible && used[i] > par[i];
        char text[48];
        th_view_fill(view, box, 12, c->raised);
        snprintf(text, sizeof(text), "%u", (unsigned)used[i]);
        const float w = th_view_text(view, th_type_ui(40, 800, over ? c->warn : c->text),
                                     box.x + 16, box.y + 34, 0, text);
        th_view_text_shrunk(view, th_type_ui(17, 500, c->dim), 12, box.x + 26 + w, box.y + 40,
                            half - w - 36,
                            th_view_word(view, used[i] == 1 ? WORDS_OF_ONE[i] : WORDS[i]));
        if (of->known && of->possible) {
            snprintf(text, sizeof(text), th_view_word(view, TH_WORD_CHALLENGE_PAR),
                     (unsigned)par[i]);
            th_view_text(view, th_type_ui(17, 600, c->text), box.x + 16, box.y + 72, 0, text);
        }
        if (best[i] > 0 || of->best_steps > 0) {
            snprintf(text, sizeof(text), th_view_word(view, TH_WORD_CHALLENGE_BEST),
                     (unsigned)best[i]);
            th_view_text(view, th_type_right(th_type_ui(17, 500, c->faint)), box.x + half - 14,
                         box.y + 72, 0, text);
        }
    }
    return y + 92 + 18;
}

// Who may go next, as large buttons.
static float draw_choices(const th_view *view, th_rect area, float y) {
    const th_theme_colors *c = &view->theme->color;
    const th_challenge_scene *of = &view->explore->challenge;
    th_view_text(view, th_type_ui(18, 600, c->dim), area.x, y + 10, area.w,
                 th_view_word(view, TH_WORD_CHALLENGE_WHO));
    y += 30;
    const int shown = of->choice_count < CHOICES_MAX ? of->choice_count : CHOICES_MAX;
    for (int i = 0; i < shown; i++) {
        const th_explore_choice *choice = &of->choices[i];
        if (choice->drains) continue;
        const uint16_t g = choice->g;
        const th_rect row = {area.x, y, area.w, CHOICE_H - 8};
        const float middle = row.y + row.h / 2;
        th_view_fill(view, row, 12, c->raised);
        if (of->hint_shown && of->hint_g == g) th_view_outline(view, row, 12, c->accent, 3);
        char text[16];
        snprintf(text, sizeof(text), "%d", (int)g);
        const float cap = th_view_key_cap(view, row.x + 14, middle, text);
        th_view_badge(view, g, row.x + 36 + cap, middle, 14);
        th_view_next_access(view, choice, row.x + 64 + cap, middle, row.w - cap - 78);
        th_view_hit(view, row, TH_ACTION_RUN, g);
        y += CHOICE_H;
    }
    return y + 6;
}

static float draw_fixes(const th_view *view, th_rect area, float y) {
    static const uint32_t NOTHING[TH_RUN_KIND_COUNT] = {0};
    const th_theme_colors *c = &view->theme->color;
    const th_explore_scene *explore = view->explore;
    for (int i = 0; i < explore->fix_count; i++) {
        const th_explore_fix *fix = &explore->fixes[i];
        const th_rect row = {area.x, y, area.w, FIX_H - 6};
        const float middle = row.y + row.h / 2, half = area.w * 0.46F;
        th_view_fill(view, row, 12, fix->chosen ? c->raised2 : c->raised);
        if (fix->chosen) th_view_outline(view, row, 12, c->accent, 2.5F);
        th_view_text_shrunk(view, th_type_mono(18, 700, c->text), 12, row.x + 14, middle, half - 24,
                            fix->name);
        th_view_share_bar(view, (th_rect){row.x + half, middle - 8, area.w - half - 14, 16},
                          fix->known ? fix->share : NOTHING);
        th_view_hit(view, row, TH_ACTION_FIX, (uint64_t)i);
        y += FIX_H;
    }
    return y + 6;
}

// What the explorer says. False: nothing.
static bool verdict_text(const th_view *view, char *out, size_t size, th_color *ink) {
    const th_theme_colors *c = &view->theme->color;
    const th_challenge_scene *of = &view->explore->challenge;
    const bool par = of->known && of->steps <= of->par_steps && of->switches <= of->par_switches;
    *ink = c->text;
    switch (of->state) {
    case TH_CHALLENGE_LOST:
        snprintf(out, size, "%s", th_view_word(view, TH_WORD_CHALLENGE_LOST));
        break;
    case TH_CHALLENGE_MISSED:
        snprintf(out, size, "%s", th_view_word(view, TH_WORD_CHALLENGE_MISSED));
        break;
    case TH_CHALLENGE_DONE:
        *ink = c->ok;
        if (of->cure)
            snprintf(out, size, th_view_word(view, TH_WORD_CHALLENGE_CURED), of->count);
        else
            snprintf(out, size, "%s",
                     th_view_word(view, par ? TH_WORD_CHALLENGE_PAR_DONE : TH_WORD_CHALLENGE_DONE));
        break;
    case TH_CHALLENGE_PROVEN:
        *ink = c->ok;
        snprintf(out, size, th_view_word(view, TH_WORD_CHALLENGE_PROVEN), of->count);
        break;
    case TH_CHALLENGE_WRONG:
        *ink = c->warn;
        if (of->cure)
            snprintf(out, size, "%s", th_view_word(view, TH_WORD_CHALLENGE_NOT_CURED));
        else
            snprintf(out, size, th_view_word(view, TH_WORD_CHALLENGE_NOT_PROVEN),
                     (unsigned)of->par_steps);
        break;
    default: return false;
    }
    return true;
}

static float draw_verdict(const th_view *view, th_rect area, float y) {
    const th_challenge_scene *of = &view->explore->challenge;
    const th_theme_colors *c = &view->theme->color;
    char text[256];
    th_color ink;
    if (!verdict_text(view, text, sizeof(text), &ink)) return y;
    const bool good = of->state == TH_CHALLENGE_DONE || of->state == TH_CHALLENGE_PROVEN;
    const float width = area.w - 60;
    const th_type type = th_type_ui(20, 700, ink);
    const float height = th_view_paragraph_height(view, type, width, 28, text);
    th_view_run_sign(view, good ? TH_RUN_RIGHT : TH_RUN_WRONG, area.x + 20, y + 16, 16);
    th_view_paragraph(view, type, area.x + 52, y + 2, width, 28, text);
    y += fmaxf(height, 36) + 10;
    const char *praise = th_view_pick(view, of->challenge->praise);
    if (good && praise[0] != '\0') {
        y += th_view_paragraph(view, th_type_ui(19, 500, c->text), area.x, y, area.w, 28, praise) +
             12;
    }
    return y;
}

static float draw_clue(const th_view *view, th_rect area, float y) {
    const th_theme_colors *c = &view->theme->color;
    const th_challenge_scene *of = &view->explore->challenge;
    if (!of->hint_shown) return y;
    const char *own = th_view_pick(view, of->challenge->hint);
    if (own[0] != '\0') {
        y += th_view_paragraph(view, th_type_ui(19, 500, c->text), area.x, y, area.w, 28, own) + 8;
    }
    if (of->cure || of->state != TH_CHALLENGE_OPEN || !of->known || !of->possible ||
        of->hint_g == 0) {
        return y;
    }
    char text[96];
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_CHALLENGE_CLUE_NEXT), (int)of->hint_g);
    return y +
           th_view_paragraph(view, th_type_ui(19, 600, th_view_goroutine(view, of->hint_g).ink),
                             area.x, y, area.w, 28, text) +
           8;
}

static void draw_foot(const th_view *view, th_rect area) {
    const th_theme_colors *c = &view->theme->color;
    const th_challenge_scene *of = &view->explore->challenge;
    const float y = area.y + area.h - 26;
    const th_type type = th_type_ui(17, 600, c->dim);
    if (of->state == TH_CHALLENGE_DONE || of->state == TH_CHALLENGE_PROVEN) {
        float end = area.x + th_view_key_cap(view, area.x, y, "Esc") + 8;
        end += th_view_text(view, type, end, y, 0, th_view_word(view, TH_WORD_CHALLENGE_MORE));
        th_view_hit(view, (th_rect){area.x, y - 20, end - area.x + 8, 40}, TH_ACTION_BACK, 0);
        return;
    }
    float x = area.x + th_view_key_cap(view, area.x, y, "H") + 8;
    x += th_view_text(view, type, x, y, 0, th_view_word(view, TH_WORD_CHALLENGE_CLUE));
    th_view_hit(view, (th_rect){area.x, y - 20, x - area.x + 8, 40}, TH_ACTION_CLUE, 0);
    if (of->cure) return;
    x += 26;
    const float from = x;
    x += th_view_key_cap(view, x, y, "0") + 8;
    x += th_view_text(view, type, x, y, 0, th_view_word(view, TH_WORD_CHALLENGE_GIVE_UP));
    th_view_hit(view, (th_rect){from, y - 20, x - from + 8, 40}, TH_ACTION_GIVE_UP, 0);
}

void th_view_challenge(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    const th_challenge_scene *of = &view->explore->challenge;
    const th_rect panel = panel_of(view);
    th_view_fill(view, panel, 0, c->panel);
    th_view_fill(view, (th_rect){panel.x, panel.y, 5, panel.h}, 0, c->accent);
    th_view_hit(view, panel, TH_ACTION_NONE, 0);
    th_view_clip(view, panel);
    const th_rect area = {panel.x + PAD + 4, panel.y, panel.w - 2 * PAD - 4, panel.h};
    float y = panel.y + 27;
    th_view_text(view, th_type_ui(view->theme->font.label, 700, c->dim), area.x, y, area.w,
                 th_view_word(view, TH_WORD_CHALLENGE));
    const char *task = th_view_pick(view, of->challenge->task);
    if (task[0] == '\0') {
        task = th_view_word(view, of->cure ? TH_WORD_CHALLENGE_CURE : TH_WORD_CHALLENGE_TASK);
    }
    y += 24;
    const bool small = view->at->compact;
    y += th_view_paragraph(view, th_type_ui(small ? 21 : 24, 700, c->text), area.x, y, area.w,
                           small ? 28 : 33, task) +
         10;
    // The panel lies where the caption would be, unless that has a strip of its own.
    if (view->at->caption.h <= 0 && view->scene->caption != NULL) {
        y += th_view_paragraph(view, th_type_ui(20, 500, c->dim), area.x, y, area.w, 29,
                               th_view_pick(view, view->scene->caption->text)) +
             10;
    }
    y += 6;
    const bool over = of->state == TH_CHALLENGE_DONE || of->state == TH_CHALLENGE_MISSED ||
                      of->state == TH_CHALLENGE_PROVEN;
    if (of->cure) {
        y = draw_fixes(view, area, y);
    } else {
        y = draw_score(view, area, y);
        if (!over) y = draw_choices(view, area, y);
    }
    y = draw_verdict(view, area, y);
    if (!over || of->state == TH_CHALLENGE_MISSED) draw_clue(view, area, y);
    draw_foot(view, area);
    th_view_unclip(view);
}

// How many orders there are, what happens in them, and what follows from that.
#include "gui/view/explore.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float PAD = 28, ROW_H = 84, ROW_SMALL_H = 66, FACT_H = 46, FIX_H = 54, FIX_H_MIN = 38;

static uint32_t share_of(const th_explore_scene *explore, uint8_t kind) {
    for (int i = 0; i < explore->outcome_count; i++) {
        if (explore->outcomes[i].kind == kind) return explore->outcomes[i].share;
    }
    return 0;
}

static float draw_head(const th_view *view, th_rect area, float y) {
    const th_theme_colors *c = &view->theme->color;
    const th_explore_scene *explore = view->explore;
    const float x = area.x + PAD, width = area.w - 2 * PAD;
    th_view_text(view, th_type_ui(view->theme->font.label, 700, c->dim), x, y, width,
                 th_view_word(view, explore->shares_known || explore->outcome_count == 0
                                        ? TH_WORD_ORDERS_ALL
                                        : TH_WORD_ORDERS_DRAWN));
    y += view->at->compact ? 42 : 52;
    th_view_text_shrunk(
        view, th_type_ui(view->at->compact ? 50 : view->theme->font.hero_number, 800, c->text), 22,
        x - 2, y, width, explore->total);
    y += view->at->compact ? 38 : 48;
    const th_type type = th_type_ui(19, 500, c->dim);
    if (!explore->shares_known) {
        th_view_text_shrunk(view, type, 14, x, y, width, th_view_word(view, TH_WORD_ORDERS_RUNS));
    } else if (explore->grid.present) {
        char text[96];
        snprintf(text, sizeof(text), th_view_word(view, TH_WORD_ORDERS_OF_TWO),
                 (unsigned)explore->step_counts[0], (unsigned)explore->step_counts[1]);
        th_view_text_shrunk(view, type, 14, x, y, width, text);
    } else {
        th_view_text_shrunk(view, type, 14, x, y, width,
                            th_view_word(view, TH_WORD_ORDERS_OF_MORE));
    }
    return y + 28;
}

static const char *outcome_title(const th_view *view, const th_explore_outcome *outcome) {
    th_word word = th_view_run_word(view, TH_WORD_RUN_CRASH, outcome->kind);
    if (outcome->kind == TH_RUN_RIGHT && outcome->raced) {
        word = view->explore->knows_right ? TH_WORD_RUN_RIGHT_BY_LUCK : TH_WORD_RUN_NO_CRASH;
    }
    return th_view_word(view, word);
}

static const char *outcome_detail(const th_view *view, const th_explore_outcome *outcome) {
    const char *own = th_view_label(view, outcome->label, outcome->detail);
    if (own[0] != '\0' && outcome->kind != TH_RUN_RIGHT) return own;
    const th_word word = outcome->always_raced ? TH_WORD_STILL_A_RACE
                         : outcome->raced      ? TH_WORD_SOMETIMES_A_RACE
                                               : TH_WORD_NEVER_A_RACE;
    return th_view_word(view, word);
}

// 1,692,429,560,000 as 1.69 × 10¹², where the panel is narrow. Text that is no such number stays.
static void shorten_count(const char *count, char *out, size_t size) {
    static const char *const RAISED[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    char digits[48];
    int length = 0;
    for (const char *at = count; *at != '\0' && length < 47; at++) {
        if (*at >= '0' && *at <= '9') digits[length++] = *at;
    }
    if (length < 7) {
        snprintf(out, size, "%s", count);
        return;
    }
    int first = (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
    int power = length - 1;
    if (digits[3] >= '5') first++;
    if (first == 1000) {
        first = 100;
        power++;
    }
    snprintf(out, size, "%s%d.%02d × 10%s%s", count[0] == '>' ? ">" : "", first / 100, first % 100,
             power >= 10 ? RAISED[power / 10] : "", RAISED[power % 10]);
}

static float draw_outcomes(const th_view *view, th_rect area, float y) {
    const th_theme_colors *c = &view->theme->color;
    const th_explore_scene *explore = view->explore;
    const bool tight = view->at->compact || explore->outcome_count > 3 || explore->fix_count > 1;
    const float height = tight ? ROW_SMALL_H : ROW_H;
    for (int i = 0; i < explore->outcome_count; i++) {
        const th_explore_outcome *outcome = &explore->outcomes[i];
        const th_rect row = {area.x + 8, y, area.w - 16, height};
        const float middle = y + height / 2, x = area.x + PAD;
        if (outcome->kind == explore->kind) th_view_fill(view, row, 10, c->raised);
        th_view_run_sign(view, outcome->kind, x + 16, middle, 16);
        char percent[16];
        th_view_percent(outcome->share, false, percent, sizeof(percent));
        const float right = area.x + area.w - PAD + 4;
        const th_type big = th_type_right(th_type_ui(30, 800, c->text));
        const th_type small = th_type_right(th_type_mono(16, 500, c->dim));
        th_view_text(view, big, right, middle - 12, 0, percent);
        const th_type plain = th_type_ui(16, 500, c->dim), least = th_type_ui(13, 500, c->dim);
        const char *detail = outcome_detail(view, outcome);
        char count[48];
        const bool fits = th_view_text_width(view, least, detail) +
                              th_view_text_width(view, small, outcome->count) + 60 <
                          right - x;
        if (fits)
            snprintf(count, sizeof(count), "%s", outcome->count);
        else
            shorten_count(outcome->count, count, sizeof(count));
        th_view_text_shrunk(view, small, 11, right, middle + 17, area.w * 0.45F, count);
        const float room = right - 14 - (x + 46);
        th_view_text_shrunk(view, th_type_ui(22, 700, c->text), 15, x + 46, middle - 12,
                            room - th_view_text_width(view, big, percent),
                            outcome_title(view, outcome));
        const float count_w = fminf(th_view_text_width(view, small, count), area.w * 0.45F);
        th_view_text_shrunk(view, plain, 11, x + 46, middle + 16, room - count_w, detail);
        th_view_hit(view, row, TH_ACTION_OUTCOME, outcome->kind);
        y += height;
    }
    return y;
}

static float draw_fact(const th_view *view, th_rect area, float y, const char *number,
                       const char *text) {
    const th_theme_colors *c = &view->theme->color;
    const float x = area.x + PAD, indent = 118;
    th_view_text_shrunk(view, th_type_ui(21, 800, c->text), 14, x, y + FACT_H / 2, indent - 10,
                        number);
    th_view_text_shrunk(view, th_type_ui(18, 500, c->dim), 13, x + indent, y + FACT_H / 2,
                        area.w - 2 * PAD - indent, text);
    return y + (view->at->compact ? FACT_H * 0.8F : FACT_H);
}

static float draw_facts(const th_view *view, th_rect area, float y) {
    const th_explore_scene *explore = view->explore;
    char number[48], text[96];
    if (explore->shortest_steps > 0) {
        const bool one = explore->shortest_steps == 1;
        snprintf(number, sizeof(number),
                 th_view_word(view, one ? TH_WORD_FACT_STEP : TH_WORD_FACT_STEPS),
                 (unsigned)explore->shortest_steps);
        snprintf(text, sizeof(text), th_view_word(view, TH_WORD_FACT_SHORTEST),
                 th_view_word(view, th_view_run_word(view, TH_WORD_NOUN_CRASH, explore->kind)));
        y = draw_fact(view, area, y, number, text);
        snprintf(number, sizeof(number), "%u", (unsigned)explore->fewest_switches);
        y = draw_fact(view, area, y, number,
                      th_view_word(view, explore->fewest_switches == 1 ? TH_WORD_FACT_SWITCH
                                                                       : TH_WORD_FACT_SWITCHES));
    }
    if (explore->race_free[0] != '\0') {
        y = draw_fact(view, area, y, explore->race_free,
                      th_view_word(view, TH_WORD_FACT_RACE_FREE));
    }
    return y;
}

// --- fixes ---

static float draw_fix(const th_view *view, th_rect area, float y, float height,
                      const th_explore_fix *fix, int index) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect row = {area.x + 8, y, area.w - 16, height - 3};
    if (fix->chosen) th_view_fill(view, row, 10, c->raised);
    if (fix->chosen) th_view_fill(view, (th_rect){row.x, row.y, 4, row.h}, 2, c->accent);
    const float x = area.x + PAD, width = area.w - 2 * PAD;
    char text[64] = "";
    uint8_t worst = TH_RUN_RIGHT;
    for (int kind = TH_RUN_KIND_COUNT; kind-- > 0 && fix->known;) {
        if (kind != TH_RUN_CUT && fix->share[kind] > 0) worst = (uint8_t)kind;
    }
    if (fix->known)
        th_view_share_text(view, worst, fix->share[worst], text, sizeof(text));
    else if (fix->searching)
        snprintf(text, sizeof(text), "...");
    else
        snprintf(text, sizeof(text), "%s", th_view_word(view, TH_WORD_FIX_UNKNOWN));
    const th_type type = th_type_right(th_type_ui(17, 600, fix->known ? c->text : c->faint));
    const float w = th_view_text_width(view, type, text);
    th_view_text(view, type, x + width, y + 17, 0, text);
    th_view_text_shrunk(view, th_type_mono(18, 700, c->text), 13, x, y + 17, width - w - 14,
                        fix->name);
    static const uint32_t NOTHING[TH_RUN_KIND_COUNT] = {0};
    th_view_share_bar(view, (th_rect){x, y + height * 0.6F, width, height * 0.22F},
                      fix->known ? fix->share : NOTHING);
    th_view_hit(view, row, TH_ACTION_FIX, (uint64_t)index);
    return y + height;
}

static float draw_fixes(const th_view *view, th_rect area, float y, float bottom) {
    const th_theme_colors *c = &view->theme->color;
    const th_explore_scene *explore = view->explore;
    const float x = area.x + PAD;
    th_view_text(view, th_type_ui(view->theme->font.label, 700, c->dim), x, y + 14, 0,
                 th_view_word(view, TH_WORD_FIXES));
    const float cap = th_view_text_width(view, th_type_mono(15, 700, 0), "X") + 12;
    th_view_key_cap(view, area.x + area.w - PAD - fmaxf(24, cap), y + 14, "X");
    y += 32;
    const float height = fmaxf(FIX_H_MIN, fminf(FIX_H, (bottom - y) / (float)explore->fix_count));
    for (int i = 0; i < explore->fix_count && y + height <= bottom + 2; i++) {
        y = draw_fix(view, area, y, height, &explore->fixes[i], i);
    }
    return y;
}

// --- what follows ---

static void remark(const th_view *view, char *out, size_t size) {
    const th_explore_scene *explore = view->explore;
    char percent[16];
    const uint32_t crash = share_of(explore, TH_RUN_CRASH), stuck = share_of(explore, TH_RUN_STUCK);
    const uint32_t wrong = share_of(explore, TH_RUN_WRONG);
    th_word word = TH_WORD_REMARK_SAFE;
    uint32_t share = 0;
    out[0] = '\0';
    if (crash == TH_SHARE_UNKNOWN || explore->coverage < TH_COVERED_OUTCOMES) return;
    if (crash > 0 && wrong > crash)
        word = TH_WORD_REMARK_LUCKY_CRASH, share = wrong;
    else if (crash > 0)
        word = TH_WORD_REMARK_CRASH, share = crash;
    else if (stuck > 0)
        word = TH_WORD_REMARK_STUCK, share = stuck;
    else if (wrong > 0)
        word = TH_WORD_REMARK_WRONG, share = wrong;
    else if (explore->races != TH_RACES_NEVER)
        word = TH_WORD_REMARK_LUCK;
    th_view_percent(share, false, percent, sizeof(percent));
    snprintf(out, size, th_view_word(view, word), percent);
}

static void draw_coverage(const th_view *view, th_rect area, float bottom) {
    const th_theme_colors *c = &view->theme->color;
    const th_explore_scene *explore = view->explore;
    char text[160], number[32];
    th_view_number(explore->state_limit, number, sizeof(number));
    const bool some = explore->coverage <= TH_COVERED_SOME;
    const th_word word = some                                       ? TH_WORD_COVERED_SOME
                         : explore->endless                         ? TH_WORD_COVERED_ENDLESS
                         : explore->coverage == TH_COVERED_OUTCOMES ? TH_WORD_COVERED_OUTCOMES
                                                                    : TH_WORD_COVERED_ALL;
    snprintf(text, sizeof(text), th_view_word(view, word), number);
    const float x = area.x + PAD, width = area.w - 2 * PAD;
    const bool further = explore->coverage < TH_COVERED_ALL && !explore->searching;
    float y = bottom - (further ? 44 : 0) - 22;
    th_view_text_shrunk(view, th_type_ui(16, 500, some ? c->warn : c->faint), 12, x, y, width,
                        text);
    if (!further) return;
    y += 38;
    const char *more = th_view_word(view, TH_WORD_LOOK_FURTHER);
    const float from = x;
    const float to = x + th_view_key_cap(view, x, y, "M") + 10;
    const float w = th_view_text(view, th_type_ui(17, 600, c->text), to, y, 0, more);
    th_view_hit(view, (th_rect){from, y - 20, to - from + w, 40}, TH_ACTION_EXPLORE_MORE, 0);
}

void th_view_explore_left(const th_view *view, const th_explore_layout *at) {
    const th_theme_colors *c = &view->theme->color;
    const th_explore_scene *explore = view->explore;
    const th_rect area = at->left;
    const float bottom = area.y + area.h;
    if (!explore->ready) {
        if (explore->fix_count > 1) draw_fixes(view, area, area.y + 20, bottom);
        return;
    }
    th_view_clip(view, area);
    float y = draw_head(view, area, area.y + 28);
    uint32_t shares[TH_RUN_KIND_COUNT];
    for (int kind = 0; kind < TH_RUN_KIND_COUNT; kind++)
        shares[kind] = share_of(explore, (uint8_t)kind);
    th_view_share_bar(view, (th_rect){area.x + PAD, y, area.w - 2 * PAD, 28}, shares);
    y = draw_outcomes(view, area, y + 40) + 8;
    const float coverage_h = explore->coverage < TH_COVERED_ALL ? 82 : 44;
    const float room = bottom - coverage_h;
    const bool fixes = explore->fix_count > 1;
    const float fixes_h = fixes ? 40 + FIX_H * (float)explore->fix_count : 0;
    if (y + fixes_h + 3 * FACT_H * 0.8F + 16 < room) {
        th_view_line(view, area.x, y, area.x + area.w, y, c->line, 1);
        y = draw_facts(view, area, y + 6) + 6;
    }
    th_view_line(view, area.x, y, area.x + area.w, y, c->line, 1);
    y += 10;
    if (fixes) y = draw_fixes(view, area, y, room);
    char text[256];
    remark(view, text, sizeof(text));
    const th_type type = th_type_ui(21, 500, c->dim);
    const float height = th_view_paragraph_height(view, type, area.w - 2 * PAD, 31, text);
    if (text[0] != '\0' && y + height < room) {
        th_view_paragraph(view, type, area.x + PAD, y + 6, area.w - 2 * PAD, 31, text);
    }
    draw_coverage(view, area, bottom);
    th_view_unclip(view);
}

// The lesson picker: what to go on with, and every lesson by chapter.
#include "gui/view/home.h"

#include "gui/draw/utf8.h"
#include "gui/view/help.h"
#include "gui/view/home_layout.h"
#include "gui/view/stage.h"
#include "sim/base/assert.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const float PAD = 22;

static const char *pick(th_lang lang, const char text[TH_LANG_COUNT][TH_LESSON_TEXT_MAX]) {
    return text[lang][0] != '\0' ? text[lang] : text[TH_LANG_EN];
}

// A pill with several words of which one is in force; right edge at x. Returns its left edge.
static float draw_switch(const th_view *view, float x, float y, const char *const words[],
                         int count, int on, th_action action) {
    const th_theme_colors *c = &view->theme->color;
    const th_type type = th_type_ui(18, 600, c->dim);
    float width = 0;
    for (int i = 0; i < count; i++) width += th_view_text_width(view, type, words[i]) + 40;
    const th_rect pill = {x - width, y - 22, width, 44};
    th_view_fill(view, pill, view->theme->radius.pill, c->raised);
    float at = pill.x;
    for (int i = 0; i < count; i++) {
        const float part = th_view_text_width(view, type, words[i]) + 40;
        if (i == on) {
            th_view_fill(view, (th_rect){at, pill.y, part, pill.h}, view->theme->radius.pill,
                         c->accent);
        }
        const th_type word = th_type_ui(18, 600, i == on ? c->on_accent : c->dim);
        th_view_text(view, th_type_center(word), at + part / 2, y, 0, words[i]);
        at += part;
    }
    th_view_hit(view, pill, action, 0);
    return pill.x;
}

static void draw_top(const th_view *view, const th_home *home, const th_home_layout *at) {
    const th_theme_colors *c = &view->theme->color;
    const float y = at->top.h / 2;
    th_icon_logo(view->list, view->theme, th_px(view, at->top.x), th_px(view, y - 30),
                 th_px(view, 60));
    th_view_text(view, th_type_ui(44, 800, c->text), at->top.x + 82, y - 8, 0, "Tophash");
    th_view_text(view, th_type_ui(20, 500, c->dim), at->top.x + 84, y + 32, 0,
                 th_view_word(view, TH_WORD_HOME_LINE));
    const char *const themes[] = {th_view_word(view, TH_WORD_DARK),
                                  th_view_word(view, TH_WORD_PROJECTOR)};
    const char *const langs[] = {"EN", "中文"};
    th_view_round_button(view, at->top.x + at->top.w - 20, y, "?", home->help, TH_ACTION_HELP);
    float x = draw_switch(view, at->top.x + at->top.w - 60, y, themes, 2,
                          view->theme->name == TH_THEME_LIGHT, TH_ACTION_THEME);
    x = draw_switch(view, x - 20, y, langs, 2, view->lang == TH_LANG_ZH, TH_ACTION_LANGUAGE);
    const th_rect field = {x - 380, y - 22, 356, 44};
    if (field.x < at->top.x + 420) return;
    th_view_outline(view, field, 10, home->searching ? c->accent : c->line2,
                    home->searching ? 3 : 1.5F);
    const bool empty = home->search[0] == '\0';
    th_view_key_cap(view, field.x + 10, y, "/");
    char text[TH_SEARCH_MAX + 8];
    snprintf(text, sizeof(text), "%s%s", home->search, home->searching ? "▏" : "");
    th_view_text(view, th_type_ui(18, 500, empty && !home->searching ? c->faint : c->text),
                 field.x + 52, y, field.w - 64,
                 empty && !home->searching ? th_view_word(view, TH_WORD_SEARCH) : text);
    th_view_hit(view, field, TH_ACTION_SEARCH, 0);
}

static void draw_verdict(const th_view *view, const th_lesson *lesson, float x, float y, float r) {
    const th_theme_colors *c = &view->theme->color;
    const th_point at = th_view_point_px(view, x, y);
    const float radius = th_px(view, r);
    switch (lesson->verdict) {
    case TH_VERDICT_CLEAN: th_icon_ok(view->list, at.x, at.y, radius, c->ok, c->ok_wash); break;
    case TH_VERDICT_RACE:
        th_icon_race(view->list, at.x, at.y, radius * 1.15F, c->alert, c->alert_wash);
        break;
    case TH_VERDICT_LIMIT: th_icon_limit(view->list, at.x, at.y, radius, c->warn, c->raised); break;
    default: th_icon_fatal(view->list, at.x, at.y, radius, c->alert, 0xFFFFFFFF);
    }
}

// The lesson's slots at their most telling step, as its stage shows them. A click there is one on
// the card.
static void draw_thumb(const th_view *card, const th_thumb *thumb, th_rect area) {
    if (!thumb->has_cells) return;
    th_view still = *card;
    still.hits = NULL;
    const th_view *view = &still;
    const th_theme_colors *c = &view->theme->color;
    const float gap = 4, w = (area.w - 2 * gap) / 3, h = (area.h - 2 * gap) / 3;
    const float size = fminf(20, h * 0.52F);
    for (int row = 0; row < TH_THUMB_ROWS; row++) {
        for (int column = 0; column < TH_THUMB_COLUMNS; column++) {
            const th_rect rect = {area.x + (w + gap) * (float)column,
                                  area.y + (h + gap) * (float)row, w, h};
            th_view_cell(view, rect, &thumb->cells[row][column], size, c->cell);
        }
    }
    for (int row = 0; thumb->has_collision && row < TH_THUMB_ROWS; row++) {
        for (int column = 0; column < TH_THUMB_COLUMNS; column++) {
            if (thumb->cells[row][column].collision != 0) continue;
            const th_rect rect = {area.x + (w + gap) * (float)column,
                                  area.y + (h + gap) * (float)row, w, h};
            th_view_collision(view, rect, &thumb->cells[row][column], size);
        }
    }
}

static float draw_goroutines(const th_view *view, const th_lesson *lesson, float x, float y) {
    const int shown = lesson->goroutine_count < 4 ? lesson->goroutine_count : 4;
    for (int g = 1; g <= shown; g++) {
        th_view_badge(view, (uint16_t)g, x + 10, y, 10);
        x += 28;
    }
    if (lesson->goroutine_count > shown) {
        x += th_view_textf(view, th_type_ui(17, 600, view->theme->color.dim), x, y, 0, "+%d",
                           lesson->goroutine_count - shown) +
             8;
    }
    return x + 6;
}

static float draw_chapter(const th_view *view, const th_lesson *lesson, float x, float y) {
    const th_theme_colors *c = &view->theme->color;
    x += th_view_text(view, th_type_mono(18, 600, c->faint), x, y, 0, lesson->chapter) + 14;
    if (lesson->model) {
        const th_type type = th_type_ui(14, 700, c->hyp);
        const char *word = th_view_word(view, TH_WORD_ENGINE_MODEL);
        const float width = th_view_text_width(view, type, word) + 24;
        th_view_dashed(view, (th_rect){x, y - 14, width, 28}, 14, c->hyp, 1.5F, 6, 4);
        th_view_text(view, type, x + 12, y, 0, word);
        x += width + 12;
    }
    return x;
}

enum { TEXT_MAX = 1020 };

// As much of a text as fits into so many lines, the rest an ellipsis.
static void wrap_fitting(const th_view *view, th_type type, float line, float width, int lines,
                         const char *text, th_text_layout *out) {
    char cut[TEXT_MAX + 4];
    size_t length = (size_t)snprintf(cut, sizeof(cut), "%.*s", TEXT_MAX, text);
    const th_text_style style = th_type_style(view, type);
    th_text_wrap(view->fonts, style, th_px(view, line), th_px(view, width), cut, out);
    while (out->line_count > lines && length > 0) {
        length = th_utf8_before(cut, length);
        while (length > 0 && cut[length - 1] == ' ') length--;
        snprintf(cut + length, sizeof(cut) - length, "…");
        th_text_layout_free(out);
        *out = (th_text_layout){0};
        th_text_wrap(view->fonts, style, th_px(view, line), th_px(view, width), cut, out);
    }
}

static float draw_wrapped(const th_view *view, th_type type, float x, float y, float width,
                          float line, int lines, const char *text) {
    th_text_layout layout = {0};
    wrap_fitting(view, type, line, width, lines, text, &layout);
    th_draw_layout(view->list, view->theme, &layout, th_px(view, x), th_px(view, y));
    const int count = layout.line_count;
    th_text_layout_free(&layout);
    return line * (float)count;
}

static void draw_card(const th_view *view, const th_home *home, const th_rect rect, int position) {
    const th_theme_colors *c = &view->theme->color;
    const th_lesson *lesson = &home->lessons[home->shown[position]];
    const bool chosen = position == home->chosen;
    if (chosen)
        th_view_glow(view, rect, view->theme->radius.bucket, c->accent, view->theme->glow.focus);
    th_view_fill(view, rect, view->theme->radius.bucket, chosen ? c->raised : c->panel);
    th_view_outline(view, rect, view->theme->radius.bucket, chosen ? c->accent : c->line2,
                    chosen ? 3 : 1.5F);
    th_view_hit(view, rect, TH_ACTION_OPEN, (uint64_t)position);
    const float x = rect.x + PAD, thumb_width = 150;
    const bool has_thumb = lesson->thumb.has_cells;
    const float width = rect.w - 2 * PAD - (has_thumb ? thumb_width + 14 : 0);
    draw_chapter(view, lesson, x, rect.y + 28);
    float y = rect.y + 46;
    if (!lesson->known) {
        th_view_text(view, th_type_ui(20, 600, c->faint), x, y + 16, width, lesson->path);
        return;
    }
    if (lesson->broken) {
        th_view_text(view, th_type_ui(20, 600, c->warn), x, y + 16, width, lesson->path);
        return;
    }
    y += draw_wrapped(view, th_type_ui(22, 700, c->text), x, y, width, 28, 2,
                      pick(view->lang, lesson->title));
    draw_wrapped(view, th_type_ui(17, 500, c->dim), x, y + 2, width, 24, y > rect.y + 90 ? 1 : 2,
                 pick(view->lang, lesson->question));
    const float foot = rect.y + rect.h - 26;
    float at = draw_goroutines(view, lesson, x, foot);
    char number[32];
    th_view_number(lesson->step_count, number, sizeof(number));
    at += th_view_wordf(view, th_type_ui(17, 500, c->dim), at, foot, 0, TH_WORD_STEPS, number) + 22;
    draw_verdict(view, lesson, at, foot, 11);
    if (lesson->done || lesson->seen_step > 0) {
        const char *word = th_view_word(view, lesson->done ? TH_WORD_SEEN : TH_WORD_IN_PROGRESS);
        th_view_text(view, th_type_ui(15, 600, lesson->done ? c->ok : c->faint), at + 24, foot, 0,
                     word);
    }
    if (has_thumb) {
        draw_thumb(view, &lesson->thumb,
                   (th_rect){rect.x + rect.w - PAD - thumb_width, rect.y + 40, thumb_width, 104});
    }
}

static void draw_group(const th_view *view, const th_home *home, const th_home_layout *at,
                       const th_home_group *group) {
    const th_theme_colors *c = &view->theme->color;
    const float y = group->y + 26;
    const char number[2] = {group->number, '\0'};
    float x = at->list.x + 4;
    if (group->number >= '1' && group->number <= '9') {
        x += th_view_text(view, th_type_ui(26, 700, c->faint), x, y, 0, number) + 14;
    }
    th_view_text(view, th_type_ui(26, 700, c->text), x, y, 0,
                 th_view_word(view, th_word_chapter(group->number)));
    int done = 0;
    for (int i = 0; i < group->count; i++)
        done += home->lessons[home->shown[group->first + i]].done;
    th_view_textf(view,
                  th_type_right(th_type_mono(18, 600, done == group->count ? c->ok : c->faint)),
                  at->list.x + at->list.w, y, 0, "%d / %d", done, group->count);
}

static void draw_recent(const th_view *view, const th_home *home, const th_home_layout *at) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect rect = at->recent;
    th_view_fill(view, rect, view->theme->radius.dialog, c->panel);
    th_view_outline(view, rect, view->theme->radius.dialog, c->line2, 1.5F);
    const bool going_on = home->recent >= 0;
    const int index = going_on ? home->recent : home->lesson_count > 0 ? 0 : -1;
    if (index < 0) return;
    const th_lesson *lesson = &home->lessons[index];
    const float x = rect.x + 32;
    const bool has_thumb = lesson->thumb.has_cells && rect.w > 700;
    const float width = rect.w - 64 - (has_thumb ? 300 : 0);
    th_view_text(view, th_type_ui(16, 700, c->faint), x, rect.y + 32, 0,
                 th_view_word(view, going_on ? TH_WORD_CONTINUE_TITLE : TH_WORD_START_TITLE));
    const float at_x =
        x + th_view_text(view, th_type_ui(34, 800, c->text), x, rect.y + 70, 0, lesson->chapter) +
        16;
    th_view_text(view, th_type_ui(34, 800, c->text), at_x, rect.y + 70, width - (at_x - x),
                 pick(view->lang, lesson->title));
    th_view_text(view, th_type_ui(20, 500, c->dim), x, rect.y + 104, width,
                 pick(view->lang, lesson->question));
    const char *word = th_view_word(view, going_on ? TH_WORD_CONTINUE : TH_WORD_START);
    const th_type button = th_type_ui(20, 700, c->on_accent);
    const th_rect pill = {x, rect.y + 126, th_view_text_width(view, button, word) + 56, 42};
    th_view_fill(view, pill, view->theme->radius.pill, c->accent);
    th_view_text(view, th_type_center(button), pill.x + pill.w / 2, pill.y + pill.h / 2, 0, word);
    if (going_on && lesson->seen_step > 0) {
        char step[32], count[32];
        th_view_number(lesson->seen_step, step, sizeof(step));
        th_view_number(lesson->step_count, count, sizeof(count));
        th_view_wordf(view, th_type_ui(18, 600, c->dim), pill.x + pill.w + 24, pill.y + pill.h / 2,
                      0, TH_WORD_STEP_OF, step, count);
    }
    th_view_hit(view, rect, TH_ACTION_CONTINUE, 0);
    if (has_thumb) {
        draw_thumb(view, &lesson->thumb, (th_rect){rect.x + rect.w - 316, rect.y + 24, 276, 136});
    }
}

static void draw_sandbox(const th_view *view, const th_home_layout *at) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect rect = at->sandbox;
    th_view_dashed(view, rect, view->theme->radius.dialog, c->line2, 1.5F, 8, 6);
    const float x = rect.x + 32, width = rect.w - 64;
    th_view_text(view, th_type_ui(16, 700, c->faint), x, rect.y + 32, 0,
                 th_view_word(view, TH_WORD_SANDBOX));
    th_view_text(view, th_type_ui(28, 700, c->text), x, rect.y + 66, width,
                 th_view_word(view, TH_WORD_WRITE_OWN));
    th_view_text(view, th_type_mono(17, 500, c->dim), x, rect.y + 102, width,
                 "go(\"A\", function() m[5] = 10 end)");
    th_view_text(view, th_type_mono(17, 500, c->dim), x, rect.y + 128, width,
                 "go(\"B\", function() delete(m, 5) end)");
    th_view_text(view, th_type_ui(17, 500, c->faint), x, rect.y + 158, width,
                 th_view_word(view, TH_WORD_DROP_FILE));
    th_view_hit(view, rect, TH_ACTION_NEW, 0);
}

typedef struct hint {
    const char *key;
    th_word word;
    th_action action;
} hint;

static void draw_foot(const th_view *view, const th_home *home, const th_home_layout *at) {
    static const hint HINTS[] = {
        {"↑ ↓ ← →", TH_WORD_HINT_CHOOSE, TH_ACTION_NONE},
        {"Enter", TH_WORD_HINT_OPEN, TH_ACTION_CONFIRM},
        {"1-9", TH_WORD_HINT_JUMP, TH_ACTION_NONE},
        {"/", TH_WORD_HINT_SEARCH, TH_ACTION_SEARCH},
        {"⇧O", TH_WORD_HINT_FILES, TH_ACTION_FILES},
        {"L", TH_WORD_HINT_LANGUAGE, TH_ACTION_LANGUAGE},
        {"T", TH_WORD_HINT_THEME, TH_ACTION_THEME},
        {"I", TH_WORD_HINT_ABOUT, TH_ACTION_ABOUT},
        {"?", TH_WORD_HINT_KEYS, TH_ACTION_HELP},
    };
    const th_theme_colors *c = &view->theme->color;
    const float y = at->foot.y + at->foot.h / 2;
    th_view_fill(view, (th_rect){0, at->foot.y, at->width, at->foot.h}, 0, c->bg);
    th_view_line(view, 0, at->foot.y, at->width, at->foot.y, c->line, 1);
    if (home->message[0] != '\0') {
        th_view_text(view, th_type_ui(18, 600, c->warn), at->foot.x, y, at->foot.w, home->message);
        return;
    }
    float x = at->foot.x;
    for (size_t i = 0; i < sizeof(HINTS) / sizeof(*HINTS); i++) {
        const float from = x;
        x += th_view_key_cap(view, x, y, HINTS[i].key) + 10;
        x += th_view_text(view, th_type_ui(18, 500, c->dim), x, y, 0,
                          th_view_word(view, HINTS[i].word)) +
             30;
        if (HINTS[i].action != TH_ACTION_NONE) {
            th_view_hit(view, (th_rect){from, y - 20, x - from - 20, 40}, HINTS[i].action, 0);
        }
        if (x > at->foot.x + at->foot.w - 220) break;
    }
}

static void draw_about(const th_view *view, const th_home_layout *at) {
    static const th_word LINES[] = {TH_WORD_ABOUT_1, TH_WORD_ABOUT_2, TH_WORD_ABOUT_3,
                                    TH_WORD_ABOUT_4};
    const th_theme_colors *c = &view->theme->color;
    th_view_fill(view, (th_rect){0, 0, at->width, at->height}, 0, th_color_alpha(c->bg, 0.86F));
    const float width = fminf(1000, at->width - 96);
    const th_rect rect = {(at->width - width) / 2, (at->height - 560) / 2, width, 560};
    th_view_fill(view, rect, view->theme->radius.dialog, c->panel);
    th_view_outline(view, rect, view->theme->radius.dialog, c->line2, 2);
    th_view_text(view, th_type_ui(34, 800, c->text), rect.x + 48, rect.y + 60, 0,
                 th_view_word(view, TH_WORD_ABOUT));
    float y = rect.y + 110;
    for (size_t i = 0; i < sizeof(LINES) / sizeof(*LINES); i++) {
        y += draw_wrapped(view, th_type_ui(22, 500, c->text), rect.x + 48, y, width - 96, 32, 4,
                          th_view_word(view, LINES[i])) +
             18;
    }
    th_view_hit(view, (th_rect){0, 0, at->width, at->height}, TH_ACTION_ABOUT, 0);
}

void th_view_home(const th_home_desc *desc, th_draw_list *out, th_hits *hits) {
    th_home_layout at;
    th_home_arrange(desc->home, desc->width, desc->height, &at);
    th_view view = {.theme = desc->theme,
                    .list = out,
                    .fonts = desc->fonts,
                    .hits = hits,
                    .lang = desc->lang,
                    .scale = at.scale};
    th_draw_reset(out);
    hits->count = 0;
    hits->scrub = hits->overview = hits->speed = (th_rect){0};
    th_view_clip(&view, (th_rect){0, at.list.y, at.width, at.list.h});
    for (int i = 0; i < at.group_count; i++) draw_group(&view, desc->home, &at, &at.groups[i]);
    th_scene *stage = calloc(1, sizeof(*stage));  // the collisions that a card's cells refer to
    TH_ASSERT(stage != NULL);
    stage->collision_count = 1;
    view.scene = stage;
    for (int i = 0; i < at.card_count; i++) {
        const th_rect card = at.cards[i];
        if (card.y + card.h < at.list.y || card.y > at.list.y + at.list.h) continue;
        stage->collisions[0] = desc->home->lessons[desc->home->shown[i]].thumb.collision;
        draw_card(&view, desc->home, card, i);
    }
    th_view_unclip(&view);
    if (desc->home->lesson_count > 0) {
        stage->collisions[0] =
            desc->home->lessons[desc->home->recent >= 0 ? desc->home->recent : 0].thumb.collision;
        draw_recent(&view, desc->home, &at);
    }
    draw_sandbox(&view, &at);
    draw_top(&view, desc->home, &at);
    draw_foot(&view, desc->home, &at);
    if (desc->home->about) draw_about(&view, &at);
    if (desc->home->help) th_view_help(&view, (th_extent){at.width, at.height}, true);
    free(stage);
}

// A card for each goroutine: who, what it does, the line it stands on, its locals.
#include "gui/view/view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float PAD = 28, BAR_W = 8, HEAD_H = 96, FOLDED_H = 128, TINY_H = 44, CHIP_H = 30;
static const float OPEN_MIN_H = 220, SOURCE_MIN = 15;

enum { SHOWN_MAX = 12 };

static th_word status_word(uint8_t status) {
    switch (status) {
    case TH_SCENE_RUNNING: return TH_WORD_RUNNING;
    case TH_SCENE_READY: return TH_WORD_READY;
    case TH_SCENE_WAITING: return TH_WORD_WAITING;
    case TH_SCENE_OVER: return TH_WORD_OVER;
    default: return TH_WORD_FAILED;
    }
}

// Returns the left edge of the pill.
static float draw_status(const th_view *view, const th_scene_card *card, float x, float y) {
    const th_theme_colors *c = &view->theme->color;
    const th_goroutine_style style = th_view_goroutine(view, card->g);
    const bool running = card->status == TH_SCENE_RUNNING, failed = card->status == TH_SCENE_FAILED;
    const th_color ink = running ? style.on : failed ? 0xFFFFFFFF : c->dim;
    const th_type type = th_type_ui(15, 700, ink);
    char word[48];
    if (card->p == TH_SCENE_NO_P) {
        snprintf(word, sizeof(word), "%s", th_view_word(view, status_word(card->status)));
    } else {
        snprintf(word, sizeof(word), "%s · P%u", th_view_word(view, status_word(card->status)),
                 (unsigned)card->p);
    }
    const float width = th_view_text_width(view, type, word) + 28;
    const th_rect pill = {x - width, y - 14, width, 28};
    if (running || failed) {
        th_view_fill(view, pill, 999, failed ? c->alert : style.fill);
    } else {
        th_view_outline(view, pill, 999, c->line2, 1.5f);
    }
    th_view_text(view, th_type_center(type), pill.x + width / 2, y, 0, word);
    return pill.x;
}

static void draw_head(const th_view *view, const th_scene_card *card, th_rect rect, bool small) {
    const th_theme_colors *c = &view->theme->color;
    const th_goroutine_style style = th_view_goroutine(view, card->g);
    const float y = rect.y + (small ? 22 : 36);
    if (card->status == TH_SCENE_OVER) th_draw_alpha_push(view->list, 0.6f);
    th_view_badge(view, card->g, rect.x + 45, y, small ? 13 : 17);
    const float pill = draw_status(view, card, rect.x + rect.w - 20, y);
    char id[16];
    snprintf(id, sizeof(id), "G%u", (unsigned)card->g);
    const th_type type = th_type_ui(small ? 20 : view->theme->font.goroutine_id, 800, style.ink);
    const float x = rect.x + 75;
    const float width = th_view_text(view, type, x, y, 0, id);
    th_view_text(view, th_type_ui(view->theme->font.body, 500, c->dim), x + width + 12, y,
                 pill - x - width - 24, card->name);
    if (card->status == TH_SCENE_OVER) th_draw_alpha_pop(view->list);
}

static void draw_line(const th_view *view, const th_scene_card *card, int index, th_rect row) {
    const th_theme_colors *c = &view->theme->color;
    const th_goroutine_style style = th_view_goroutine(view, card->g);
    const th_scene_line *line = &card->lines[index];
    const bool active = index == card->active, failed = card->status == TH_SCENE_FAILED;
    const float y = row.y + row.h / 2;
    if (active) {
        th_view_fill(view, row, 0, failed ? c->alert_wash : style.wash);
        const th_point at = th_view_point_px(view, row.x + 10, y);
        th_icon_caret(view->list, at.x, at.y, 12 * view->scale, false,
                      failed ? c->alert : style.ink);
    }
    const th_color color = active ? c->text : index < card->active ? c->faint : c->dim;
    const th_type type = th_type_mono(view->theme->font.source, active ? 700 : 500, color);
    char text[160];
    snprintf(text, sizeof(text), "%.*s", (int)line->length, line->text);
    const float x = row.x + 24 + (float)line->indent * 20, room = row.x + row.w - x - 10;
    if (line->inner > 0) {
        const float bar = row.x + 15 + (float)line->inner * 20;
        th_view_line(view, bar, row.y, bar, row.y + row.h, style.ink, 2);
    }
    th_view_text_shrunk(view, type, SOURCE_MIN, x, y, room, text);
}

static void draw_lines(const th_view *view, const th_scene_card *card, th_rect area) {
    const float line_h = view->theme->line_height.source;
    const int fit = (int)(area.h / line_h);
    if (fit <= 0) return;
    int count = card->line_count, first = 0;
    if (count > fit) {
        // The active line stands where what comes after it can still be seen.
        first = card->active - fit * 2 / 3;
        if (first < 0) first = 0;
        if (first > count - fit) first = count - fit;
        count = fit;
    }
    for (int i = 0; i < count; i++) {
        draw_line(view, card, first + i,
                  (th_rect){area.x, area.y + (float)i * line_h, area.w, line_h});
    }
}

static const char *chip_name(const th_view *view, const char *name) {
    if (strcmp(name, "slot") == 0) return th_view_word(view, TH_WORD_SLOT);
    if (strcmp(name, "blocked on") == 0) return th_view_word(view, TH_WORD_BLOCKED_ON);
    return name;
}

static void draw_chips(const th_view *view, const th_scene_card *card, float x, float y,
                       float right) {
    const th_theme_colors *c = &view->theme->color;
    for (int i = 0; i < card->chip_count; i++) {
        const th_scene_chip *chip = &card->chips[i];
        const char *name = chip_name(view, chip->name);
        const th_type label = th_type_ui(16, 500, c->dim);
        const th_type value = th_type_mono(18, 700, c->text);
        const float label_w = th_view_text_width(view, label, name);
        const float width = label_w + th_view_text_width(view, value, chip->value) + 30;
        if (x + width > right) return;
        const bool lifted = card->status == TH_SCENE_RUNNING || card->status == TH_SCENE_FAILED;
        th_view_fill(view, (th_rect){x, y, width, CHIP_H}, view->theme->radius.chip,
                     lifted ? c->raised2 : c->raised);
        th_view_text(view, label, x + 10, y + CHIP_H / 2, 0, name);
        th_view_text(view, value, x + label_w + 20, y + CHIP_H / 2, 0, chip->value);
        x += width + 8;
    }
}

static void draw_bar(const th_view *view, const th_scene_card *card, th_rect rect) {
    const bool failed = card->status == TH_SCENE_FAILED;
    if (card->status == TH_SCENE_OVER) return;
    const th_paint paint = th_theme_fill(th_view_goroutine(view, card->g), 9);
    th_view_paint(view, (th_rect){rect.x, rect.y, BAR_W, rect.h}, 0, paint);
    if (failed)
        th_view_fill(view, (th_rect){rect.x, rect.y, BAR_W, rect.h}, 0, view->theme->color.alert);
}

static void draw_card(const th_view *view, const th_scene_card *card, th_rect rect) {
    const th_theme_colors *c = &view->theme->color;
    const bool lifted = card->status == TH_SCENE_RUNNING || card->status == TH_SCENE_FAILED;
    th_view_clip(view, rect);
    th_view_fill(view, rect, 0, lifted ? c->raised : c->panel);
    draw_bar(view, card, rect);
    const bool tiny = rect.h < FOLDED_H;
    draw_head(view, card, rect, tiny);
    const float inner = rect.x + BAR_W;
    if (!tiny) {
        const char *op = card->op[0] != 0 ? card->op : th_view_word(view, TH_WORD_NOT_STARTED);
        th_view_text(view, th_type_mono(view->theme->font.op, 600, c->text), rect.x + PAD,
                     rect.y + 76, rect.w - PAD - 16, op);
        const bool chips = card->chip_count > 0 && rect.h >= HEAD_H + 2 * 28 + CHIP_H + 14;
        const float foot = chips ? CHIP_H + 16 : 4;
        draw_lines(view, card,
                   (th_rect){inner, rect.y + HEAD_H, rect.w - BAR_W, rect.h - HEAD_H - foot});
        if (chips) {
            draw_chips(view, card, rect.x + PAD, rect.y + rect.h - CHIP_H - 10,
                       rect.x + rect.w - 8);
        }
    }
    th_view_unclip(view);
    th_view_line(view, rect.x, rect.y + rect.h, rect.x + rect.w, rect.y + rect.h, c->line, 1);
    th_view_hit(view, rect, TH_ACTION_RUN, card->g);
}

// The cards that stay open: those that move, then those that could.
static int rank(const th_scene *scene, const th_scene_card *card) {
    if (card->status == TH_SCENE_FAILED || card->status == TH_SCENE_RUNNING) return 0;
    if (card->status == TH_SCENE_OVER) return 4;
    if (card->status == TH_SCENE_WAITING) return 3;
    const bool recent = card->last_step > 0 && scene->step - card->last_step < 64;
    return recent || card->racing ? 1 : 2;
}

// Which cards are shown, in order of their numbers, and how high each is.
typedef struct fold {
    int index[SHOWN_MAX];
    float height[SHOWN_MAX];
    int count;
} fold;

// The best ranked cards, as many as there may be.
static fold choose_cards(const th_scene *scene, int max) {
    bool chosen[TH_SCENE_CARD_MAX] = {false};
    int left = max;
    for (int r = 0; r <= 4; r++) {
        for (int i = 0; i < scene->card_count && left > 0; i++) {
            if (rank(scene, &scene->cards[i]) != r) continue;
            chosen[i] = true;
            left--;
        }
    }
    fold out = {.count = 0};
    for (int i = 0; i < scene->card_count; i++) {
        if (chosen[i]) out.index[out.count++] = i;
    }
    return out;
}

// Opens as many cards as there is room for, by rank. The others fold to head, operation and
// current line, and when even that is too much, to their head.
static fold arrange_cards(const th_scene *scene, float height) {
    const float others = (float)(scene->card_count - 1);
    const float folded = OPEN_MIN_H + others * FOLDED_H <= height ? FOLDED_H : TINY_H;
    const int room = 1 + (int)fmaxf(0, (height - OPEN_MIN_H) / folded);
    fold out = choose_cards(scene, room < SHOWN_MAX ? room : SHOWN_MAX);
    float used = 0;
    int open_count = 0;
    for (int i = 0; i < out.count; i++) {
        const bool over = scene->cards[out.index[i]].status == TH_SCENE_OVER;
        out.height[i] = over ? TINY_H : folded;
        used += out.height[i];
    }
    bool open[SHOWN_MAX] = {false};
    for (int r = 0; r < 4; r++) {
        for (int i = 0; i < out.count; i++) {
            if (rank(scene, &scene->cards[out.index[i]]) != r) continue;
            if (used - out.height[i] + OPEN_MIN_H > height) continue;
            used += OPEN_MIN_H - out.height[i];
            open[i] = true;
            open_count++;
        }
    }
    const float extra = open_count > 0 ? (height - used) / (float)open_count : 0;
    for (int i = 0; i < out.count; i++) {
        if (open[i]) out.height[i] = floorf(OPEN_MIN_H + extra);
    }
    return out;
}

void th_view_cards(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect area = view->at->cards;
    th_view_fill(view, view->at->left, 0, c->panel);
    const fold folds = arrange_cards(view->scene, area.h);
    float y = area.y;
    for (int i = 0; i < folds.count; i++) {
        const float h = fminf(folds.height[i], area.y + area.h - y);
        draw_card(view, &view->scene->cards[folds.index[i]], (th_rect){area.x, y, area.w, h});
        y += h;
    }
    th_view_line(view, area.x + area.w, area.y, area.x + area.w,
                 view->at->left.y + view->at->left.h, c->line, 1);
}

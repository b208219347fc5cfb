// One bucket, at whatever size the layout gives it.
#include "gui/view/stage.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { BADGES_MAX = 6 };  // at one row

static void bits_of(uint32_t index, uint64_t count, char *out, size_t size) {
    size_t digits = 0;
    while (digits + 1 < size && (UINT64_C(1) << digits) < count) digits++;
    for (size_t i = 0; i < digits; i++) out[i] = index >> (digits - 1 - i) & 1 ? '1' : '0';
    out[digits] = 0;
}

static void title_of(const th_view *view, const th_scene_bucket *bucket, bool large, char *out,
                     size_t size) {
    if (bucket->role == TH_BUCKET_OLD && bucket->chain == 0) {
        snprintf(out, size, "old %" PRIu32, bucket->index);
    } else if (large && bucket->chain == 0) {
        snprintf(out, size, th_view_word(view, TH_WORD_BUCKET), (int)bucket->index);
    } else {
        snprintf(out, size, "%s", bucket->name);
    }
}

// What stands at the right of the title: the hash bits that lead here, or the state of the bucket.
static void remark_of(const th_view *view, const th_scene_bucket *bucket, bool large, char *out,
                      size_t size) {
    const th_scene_placement *now = &view->scene->map.now;
    if (bucket->chain > 0) {
        snprintf(out, size, "%s", th_view_word(view, TH_WORD_OVERFLOW_BUCKET));
        return;
    }
    if (bucket->done || bucket->evacuating) {
        snprintf(out, size, "%s",
                 th_view_word(view, bucket->done ? TH_WORD_EVACUATED : TH_WORD_EVACUATING));
        return;
    }
    char bits[33];
    const uint64_t count = bucket->role == TH_BUCKET_OLD ? now->old_count : now->bucket_count;
    bits_of(bucket->index, count, bits, sizeof(bits));
    if (large && count > 1)
        snprintf(out, size, "hash & %" PRIu64 " = %s", count - 1, bits);
    else
        snprintf(out, size, "%s", bits);
}

static void draw_title(const th_view *view, const th_scene_bucket *bucket, const th_box *box,
                       const th_bucket_cells *cells) {
    const th_theme_colors *c = &view->theme->color;
    const bool large = box->rect.w >= 300 && cells->row >= 30;
    char title[64], remark[64];
    title_of(view, bucket, large, title, sizeof(title));
    remark_of(view, bucket, large, remark, sizeof(remark));
    const float pad = box->rect.w < 80 ? 6 : 14;
    const float size = large ? 28 : cells->mini ? 13 : box->rect.w < 80 ? 16 : 20;
    const bool labels = cells->columns && box->header > 50;
    const float y = box->rect.y + (labels ? box->header * 0.36f : box->header * 0.55f);
    const float right = box->rect.x + box->rect.w - pad;
    if (cells->mini) {
        th_view_textf(view, th_type_center(th_type_ui(size, 700, c->text)),
                      box->rect.x + box->rect.w / 2, y, box->rect.w - 2, "%" PRIu32, bucket->index);
        return;
    }
    const float width = th_view_text(view, th_type_ui(size, 800, c->text), box->rect.x + pad, y,
                                     right - box->rect.x - pad, title);
    const float room = right - box->rect.x - pad - width - 10;
    const bool words = bucket->chain > 0 || bucket->done || bucket->evacuating;
    const th_type type = words ? th_type_ui(large ? 20 : 17, 500, c->dim)
                               : th_type_mono(large ? 21 : 17, 500, c->faint);
    if (th_view_text_width(view, type, remark) <= room) {
        th_view_text(view, th_type_right(type), right, y, 0, remark);
    }
}

static void draw_labels(const th_view *view, const th_box *box, const th_bucket_cells *cells) {
    if (!cells->columns || box->header <= 50) return;
    const th_theme_colors *c = &view->theme->color;
    const bool large = box->rect.w >= 240;
    const float y = box->rect.y + box->header - 15;
    const th_type type = th_type_center(th_type_ui(view->theme->font.label, 600, c->dim));
    const th_rect columns[3] = {cells->top[0], cells->key[0], cells->elem[0]};
    const th_word words[3] = {large ? TH_WORD_TOPHASH : TH_WORD_TOP, TH_WORD_KEY,
                              large ? TH_WORD_VALUE : TH_WORD_VAL};
    for (int i = 0; i < 3; i++) {
        th_view_text(view, type, columns[i].x + columns[i].w / 2, y, columns[i].w + 8,
                     th_view_word(view, words[i]));
    }
}

// A slot too narrow for text: its state as a bar.
static void draw_mini_slot(const th_view *view, const th_scene_cell *cell, th_rect rect) {
    const th_theme_colors *c = &view->theme->color;
    const uint8_t face = cell->swapped ? cell->face : cell->before;
    const th_color color = face == TH_FACE_TOP ? c->occupancy[4] : c->cell_empty;
    th_view_fill(view, rect, 3, color);
    const uint16_t g = cell->writer != 0 ? cell->writer : cell->reader;
    if (g != 0) {
        const th_goroutine_style style = th_view_goroutine(view, g);
        if (cell->writer != 0)
            th_view_fill(view, rect, 3, style.fill);
        else
            th_view_outline(view, rect, 3, style.fill, 3);
    }
    th_view_hit(view, rect, TH_ACTION_FILTER, cell->address);
    th_view_hover(view, rect, cell->address);
}

static void draw_slot(const th_view *view, const th_scene_bucket *bucket,
                      const th_bucket_cells *cells, const th_box *box, int i) {
    const th_theme_colors *c = &view->theme->color;
    if (cells->slots) {
        th_view_textf(view, th_type_center(th_type_mono(view->theme->font.tick, 500, c->faint)),
                      box->rect.x + (cells->row < 28 ? 18 : 24),
                      cells->top[i].y + cells->top[i].h / 2, 0, "%d", i);
    }
    if (cells->mini) {
        draw_mini_slot(view, &bucket->top[i], cells->top[i]);
        return;
    }
    th_view_cell(view, cells->top[i], &bucket->top[i], cells->text, c->cell);
    if (!cells->columns) return;
    th_view_cell(view, cells->key[i], &bucket->key[i], cells->text, c->cell_key);
    th_view_cell(view, cells->elem[i], &bucket->elem[i], cells->text, c->cell_key);
}

static void draw_overflow(const th_view *view, const th_scene_bucket *bucket, const th_box *box,
                          const th_bucket_cells *cells) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_cell *cell = &bucket->overflow;
    if (!cells->columns || box->footer < 30) return;
    const th_rect rect = cells->overflow;
    const float y = rect.y + rect.h / 2;
    th_view_fill(view, rect, view->theme->radius.cell,
                 view->theme->name == TH_THEME_LIGHT ? c->cell_empty : c->panel);
    const uint16_t g = cell->writer != 0 ? cell->writer : cell->reader;
    if (g != 0) {
        const th_goroutine_style style = th_view_goroutine(view, g);
        const bool current = g == view->g;
        th_view_fill(view, rect, view->theme->radius.cell, style.wash);
        if (cell->writer != 0 && current) {
            th_view_paint(view, rect, view->theme->radius.cell, th_theme_fill(style, 8));
        } else {
            th_view_outline(view, rect, view->theme->radius.cell, style.fill, current ? 3 : 2);
        }
    }
    const bool filled = cell->writer != 0 && cell->writer == view->g;
    const th_color dim = filled ? th_view_goroutine(view, g).on : c->dim;
    const th_color text = filled ? dim : c->text;
    const char *name = cell->swapped ? cell->text : cell->old_text;
    const bool nil = strcmp(name, "nil") == 0;
    char value[TH_SCENE_VALUE_MAX + 8];
    snprintf(value, sizeof(value), "%s%s", nil ? "" : "→ ", name);
    const float right = rect.x + rect.w - (nil ? 10 : 30);
    const float width = th_view_text_width(view, th_type_mono(16, nil ? 500 : 700, text), value);
    th_view_text(view, th_type_ui(16, 500, dim), rect.x + 10, y, rect.w - width - 40,
                 th_view_word(view, TH_WORD_OVERFLOW));
    th_view_text(view, th_type_right(th_type_mono(16, nil ? 500 : 700, nil ? dim : text)), right, y,
                 0, value);
    if (!nil) {
        const th_point dot = th_view_point_px(view, rect.x + rect.w - 14, y);
        th_draw_circle(view->list, dot, 5 * view->scale, th_paint_solid(c->accent));
    }
    th_view_hit(view, rect, TH_ACTION_FILTER, cell->address);
    th_view_hover(view, rect, cell->address);
}

void th_view_bucket(const th_view *view, const th_scene_bucket *bucket, const th_box *box,
                    bool focus) {
    const th_theme_colors *c = &view->theme->color;
    th_bucket_cells cells;
    th_bucket_arrange(box, &cells);
    if (box->alpha < 1) th_draw_alpha_push(view->list, box->alpha);
    const float radius = fminf(view->theme->radius.bucket, box->rect.w * 0.15f);
    if (focus) th_view_glow(view, box->rect, radius, c->accent, view->theme->glow.focus);
    th_view_fill(view, box->rect, radius, c->panel);
    if (focus) {
        th_view_outline(view, box->rect, radius, c->accent, view->theme->stroke.focus_bucket);
    } else {
        th_view_outline(view, box->rect, radius, c->line2, 1.5f);
    }
    if (bucket->done) th_draw_alpha_push(view->list, 0.8f);
    draw_title(view, bucket, box, &cells);
    draw_labels(view, box, &cells);
    for (int i = 0; i < TH_BUCKET_SLOTS; i++) draw_slot(view, bucket, &cells, box, i);
    draw_overflow(view, bucket, box, &cells);
    if (bucket->done) th_draw_alpha_pop(view->list);
    if (box->alpha < 1) th_draw_alpha_pop(view->list);
}

static bool touches(const th_scene_mark *mark, const th_scene_cell *cell) {
    return mark->address < cell->address + cell->size && cell->address < mark->address + mark->size;
}

// Goroutines whose last access was to this row, in the order of their numbers.
static int who_is_at(const th_view *view, const th_scene_bucket *bucket, int row, uint16_t *who) {
    const th_scene *scene = view->scene;
    int count = 0;
    for (int i = 0; i < scene->mark_count && count < BADGES_MAX; i++) {
        const th_scene_mark *mark = &scene->marks[i];
        if (mark->trail || !(touches(mark, &bucket->top[row]) || touches(mark, &bucket->key[row]) ||
                             touches(mark, &bucket->elem[row]))) {
            continue;
        }
        int at = count++;
        for (; at > 0 && who[at - 1] > mark->g; at--) who[at] = who[at - 1];
        who[at] = mark->g;
    }
    return count;
}

static void draw_badges(const th_view *view, const th_scene_bucket *bucket, const th_box *box,
                        const th_bucket_cells *cells, int row, bool focus) {
    uint16_t who[BADGES_MAX];
    const int count = who_is_at(view, bucket, row, who);
    if (count == 0) return;
    const float y = cells->top[row].y + cells->top[row].h / 2;
    const float radius = fminf(focus ? 18 : 12, fmaxf(8, cells->row * 0.44f));
    for (int i = 0; i < count; i++) {
        const bool right = i % 2 == 1;
        const float out = (float)(i / 2) * (2 * radius + 4);
        const float x = right ? box->rect.x + box->rect.w + 3 + out : box->rect.x - 3 - out;
        const th_point at = th_view_point_px(view, x, y);
        th_icon_badge_outlined(view->list, view->theme, who[i] - 1, at.x, at.y,
                               radius * view->scale, view->theme->color.stage);
    }
}

void th_view_bucket_marks(const th_view *view, const th_scene_bucket *bucket, const th_box *box,
                          bool focus) {
    th_bucket_cells cells;
    th_bucket_arrange(box, &cells);
    if (cells.mini || box->alpha < 0.5f) return;
    for (int i = 0; i < TH_BUCKET_SLOTS; i++) {
        th_view_collision(view, cells.top[i], &bucket->top[i], cells.text);
        if (cells.columns) {
            th_view_collision(view, cells.key[i], &bucket->key[i], cells.text);
            th_view_collision(view, cells.elem[i], &bucket->elem[i], cells.text);
        }
        draw_badges(view, bucket, box, &cells, i, focus);
    }
}

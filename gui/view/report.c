// The lower right panel: the race, the state that a fatal error leaves behind, how far a growth has
// come, or the hash of the key in hand. The weightiest of them that there is.
#include "gui/view/view.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const float PAD = 24;

static void draw_head(const th_view *view, th_rect area, th_word word, const char *right) {
    const th_theme_colors *c = &view->theme->color;
    const float width = th_view_text(view, th_type_ui(view->theme->font.label, 700, c->dim),
                                     area.x + PAD, area.y + 26, 0, th_view_word(view, word));
    if (right[0] == 0) return;
    th_view_text(view, th_type_right(th_type_ui(17, 600, c->text)), area.x + area.w - PAD,
                 area.y + 26, area.w - 3 * PAD - width, right);
}

static void draw_racer(const th_view *view, const th_scene_racer *racer, th_rect area, float y) {
    const th_theme_colors *c = &view->theme->color;
    const float right = area.x + area.w - PAD;
    th_view_badge(view, racer->g, area.x + PAD + 13, y, 13);
    const float x = area.x + PAD + 38;
    const float width =
        th_view_wordf(view, th_type_ui(19, 700, c->text), x, y, 0,
                      racer->write ? TH_WORD_RACER_WRITE : TH_WORD_RACER_READ, (int)racer->g);
    char step[24], value[48];
    snprintf(step, sizeof(step), "%" PRIu64, racer->step);
    const float step_w = th_view_wordf(view, th_type_right(th_type_ui(18, 500, c->dim)), right, y,
                                       0, TH_WORD_AT_STEP, step);
    snprintf(value, sizeof(value), "%s %s", racer->write ? "←" : "=", racer->value);
    const float value_x = fmaxf(x + width + 16, area.x + PAD + 146);
    th_view_text(view, th_type_mono(19, 600, c->text), value_x, y, right - step_w - 10 - value_x,
                 value);
    th_view_hit(view, (th_rect){area.x, y - 19, area.w, 38}, TH_ACTION_SEEK, racer->step);
}

static void draw_race(const th_view *view, th_rect area) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_report *report = &view->scene->report;
    th_view_fill(view, area, 0, c->alert_wash);
    th_view_fill(view, (th_rect){area.x, area.y, 6, area.h}, 0, c->alert);
    const float pitch = fminf(42, (area.h - 40) / 4.4f);
    float y = area.y + fminf(34, pitch);
    const th_point at = th_view_point_px(view, area.x + PAD + 12, y);
    th_icon_race(view->list, at.x, at.y, 16 * view->scale, c->alert, c->alert_wash);
    th_view_text(view, th_type_ui(21, 700, c->alert_ink), area.x + PAD + 36, y, 0,
                 th_view_word(view, TH_WORD_RACE_TITLE));
    th_view_wordf(view, th_type_right(th_type_ui(17, 600, c->alert_ink)), area.x + area.w - PAD, y,
                  0, TH_WORD_RACE_INDEX, report->index, report->count);
    y += pitch;
    th_view_text(view, th_type_mono(26, 700, c->text), area.x + PAD, y, area.w - 2 * PAD,
                 report->name);
    y += pitch;
    draw_racer(view, &report->later, area, y);
    y += pitch * 0.95f;
    draw_racer(view, &report->earlier, area, y);
    y += pitch * 1.05f;
    if (y + 10 > area.y + area.h) return;
    th_view_text_shrunk(view, th_type_ui(18, 500, c->dim), 15, area.x + PAD, y, area.w - 2 * PAD,
                        th_view_word(view, TH_WORD_NO_EDGE));
}

static void draw_left_value(const th_view *view, const th_scene_left *left, float x, float y,
                            float width) {
    const th_theme_colors *c = &view->theme->color;
    char text[112];
    if (left->kind == TH_LEFT_SLOT) {
        snprintf(text, sizeof(text), "%s | %s | %s", left->value[0], left->value[1],
                 left->value[2]);
    } else {
        snprintf(text, sizeof(text), "%s", left->value[0]);
    }
    th_view_text(view, th_type_mono(20, 700, left->wrong ? c->alert_ink : c->text), x, y, width,
                 text);
}

static void draw_left(const th_view *view, th_rect area) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_failure *failure = &view->scene->failure;
    th_view_line(view, area.x, area.y, area.x + area.w, area.y, c->line, 1);
    draw_head(view, area, TH_WORD_STATE_LEFT, "");
    const float pitch = fminf(60, (area.h - 50) / fmaxf(1, (float)failure->left_count));
    float y = area.y + 58;
    for (int i = 0; i < failure->left_count; i++) {
        const th_scene_left *left = &failure->left[i];
        th_view_text(view, th_type_ui(19, 600, c->dim), area.x + PAD, y, 86, left->name);
        const float x = area.x + PAD + 92, width = area.x + area.w - PAD - x;
        draw_left_value(view, left, x, y, width);
        const th_type note = th_type_ui(16, 500, c->dim);
        if (pitch >= 44) {
            switch (left->kind) {
            case TH_LEFT_COUNT:
                th_view_wordf(view, note, x, y + 23, width, TH_WORD_LEFT_LIVE, (int)left->live);
                break;
            case TH_LEFT_SLOT:
                th_view_text_shrunk(view, note, 13, x, y + 23, width,
                                    th_view_word(view, TH_WORD_LEFT_SLOT));
                break;
            default:
                th_view_text(
                    view, note, x, y + 23, width,
                    th_view_word(view, left->wrong ? TH_WORD_LEFT_FLAG_ON : TH_WORD_LEFT_FLAG_OFF));
                break;
            }
        }
        y += pitch;
    }
}

static void draw_mark(const th_view *view, uint8_t top, th_rect cell) {
    const th_theme_colors *c = &view->theme->color;
    const float x = cell.x + cell.w / 2, y = cell.y + cell.h / 2;
    const th_point at = th_view_point_px(view, x, y);
    const th_type sign = th_type_center(th_type_mono(17, 600, c->dim));
    switch (top) {
    case TH_TOP_EMPTY_REST:
        th_draw_circle(view->list, at, 2.5f * view->scale, th_paint_solid(c->faint));
        break;
    case TH_TOP_EMPTY_ONE:
        th_draw_ring(view->list, at, 5 * view->scale,
                     th_stroke_solid(c->faint, view->scale * 1.5f));
        break;
    case TH_TOP_EVACUATED_X: th_view_text(view, sign, x, y, 0, "X"); break;
    case TH_TOP_EVACUATED_Y: th_view_text(view, sign, x, y, 0, "Y"); break;
    case TH_TOP_EVACUATED_EMPTY: th_view_text(view, sign, x, y, 0, "∅"); break;
    default:
        th_view_fill(view, (th_rect){cell.x + 1, cell.y, cell.w - 2, cell.h},
                     view->theme->radius.tick, c->cell_key);
        th_view_textf(view, th_type_center(th_type_mono(17, 600, c->text)), x, y, 0, "%02x", top);
        break;
    }
}

static void draw_evacuation(const th_view *view, th_rect area) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_evacuation *evacuation = &view->scene->evacuation;
    th_view_line(view, area.x, area.y, area.x + area.w, area.y, c->line, 1);
    char text[64];
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_ITEMS_MOVED), (int)evacuation->moved,
             (int)evacuation->total);
    draw_head(view, area, TH_WORD_EVACUATION, text);
    float y = area.y + 60;
    const float label_w = 84, count_w = 46;
    const float cell_w = (area.w - 2 * PAD - label_w - count_w) / TH_BUCKET_SLOTS;
    for (int i = 0; i < evacuation->row_count; i++) {
        const bool active = evacuation->rows[i].active;
        th_view_text(view, th_type_mono(19, 700, active ? c->text : c->dim), area.x + PAD, y,
                     label_w, evacuation->rows[i].name);
        for (int k = 0; k < TH_BUCKET_SLOTS; k++) {
            draw_mark(view, evacuation->rows[i].top[k],
                      (th_rect){area.x + PAD + label_w + (float)k * cell_w, y - 14, cell_w, 28});
        }
        th_view_textf(view, th_type_right(th_type_mono(18, 600, c->text)), area.x + area.w - PAD, y,
                      0, "%d/%d", evacuation->rows[i].moved, evacuation->rows[i].total);
        y += 37;
        if (y > area.y + area.h - 50) break;
    }
    const th_type note = th_type_ui(17, 500, c->dim);
    if (y + 28 < area.y + area.h) {
        th_view_text(view, note, area.x + PAD, y + 2, area.w - 2 * PAD,
                     th_view_word(view, evacuation->same_size ? TH_WORD_LEGEND_SAME_SIZE
                                                              : TH_WORD_LEGEND_MOVED));
    }
    if (y + 48 < area.y + area.h) {
        th_view_text(view, note, area.x + PAD, y + 28, area.w - 2 * PAD,
                     th_view_word(view, TH_WORD_LEGEND_EMPTY));
    }
}

// The hash as its runtime reads it: top byte, then the rest, the bucket's bits inverted.
static void draw_hash(const th_view *view, th_rect area) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_hash *hash = &view->scene->map.hash;
    th_view_line(view, area.x, area.y, area.x + area.w, area.y, c->line, 1);
    char text[80];
    snprintf(text, sizeof(text), "%s", hash->key);
    draw_head(view, area, TH_WORD_HASH, text);
    float y = area.y + 66;
    const th_goroutine_style style = th_view_goroutine(view, hash->g);
    const th_type digits = th_type_mono(22, 500, c->faint);
    const th_type strong = th_type_mono(22, 700, c->text);
    snprintf(text, sizeof(text), "%02x", (unsigned)(hash->hash >> 56));
    float x = area.x + PAD;
    const float top_w = th_view_text_width(view, strong, text);
    th_view_fill(view, (th_rect){x, y - 16, top_w + 12, 32}, view->theme->radius.tick, style.wash);
    th_view_text(view, th_type_mono(22, 700, style.ink), x + 6, y, 0, text);
    x += top_w + 18;
    snprintf(text, sizeof(text), "%012" PRIx64 "…", hash->hash >> 8 & UINT64_C(0xffffffffffff));
    th_view_text(view, digits, x, y, area.w - (x - area.x) - 120, text);
    char bits[9];
    for (int i = 0; i < 8; i++) bits[i] = hash->hash >> (7 - i) & 1 ? '1' : '0';
    bits[8] = 0;
    const int low = hash->B < 8 ? hash->B : 8;
    snprintf(text, sizeof(text), "%.*s", 8 - low, bits);
    x = area.x + PAD;
    y += 44;
    if (y + 16 > area.y + area.h) return;
    x += th_view_text(view, digits, x, y, 0, "…");
    x += th_view_text(view, digits, x, y, 0, text);
    const float bits_w = th_view_text_width(view, strong, bits + 8 - low);
    if (low > 0) {
        th_view_fill(view, (th_rect){x, y - 16, bits_w + 6, 32}, view->theme->radius.tick,
                     c->accent);
        th_view_text(view, th_type_mono(22, 700, c->on_accent), x + 3, y, 0, bits + 8 - low);
    }
    th_view_wordf(view, th_type_ui(18, 500, c->dim), x + bits_w + 24, y,
                  area.x + area.w - PAD - x - bits_w - 24, TH_WORD_HASH_BUCKET, (int)hash->bucket);
    y += 40;
    if (y + 10 > area.y + area.h) return;
    th_view_textf(view, th_type_mono(20, 700, style.ink), area.x + PAD, y, 0, "%02x", hash->top);
    th_view_text(view, th_type_ui(18, 500, c->dim), area.x + PAD + 40, y, area.w - 2 * PAD - 40,
                 th_view_word(view, TH_WORD_HASH_TOP));
}

static void draw_number(const th_view *view, th_rect area, float y, uint64_t number,
                        const char *words) {
    const th_theme_colors *c = &view->theme->color;
    char text[24];
    th_view_number(number, text, sizeof(text));
    const float width =
        th_view_text(view, th_type_mono(40, 700, c->text), area.x + PAD, y, 0, text);
    const float x = area.x + PAD + width + 14;
    th_view_text_shrunk(view, th_type_ui(19, 500, c->dim), 13, x, y + 4, area.x + area.w - PAD - x,
                        words);
}

// What writing has cost so far, by the model of sim/memory/lines.h.
static void draw_cache(const th_view *view, th_rect area) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_cache *cache = &view->scene->cache;
    th_view_line(view, area.x, area.y, area.x + area.w, area.y, c->line, 1);
    draw_head(view, area, TH_WORD_CACHE_COST, "");
    const float pitch = fminf(58, (area.h - 70) / 2.4f);
    float y = area.y + 44 + pitch * 0.5f;
    char number[24], text[96];
    th_view_number(cache->write_count, number, sizeof(number));
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_CACHE_WRITES), number);
    draw_number(view, area, y, cache->fetch_count, text);
    y += pitch;
    draw_number(view, area, y, cache->ticks, th_view_word(view, TH_WORD_CACHE_SUM));
    y += pitch * 0.9f;
    if (y + 10 > area.y + area.h) return;
    th_view_text_shrunk(view, th_type_ui(17, 500, c->dim), 12, area.x + PAD, y, area.w - 2 * PAD,
                        th_view_word(view, TH_WORD_CACHE_MODEL));
}

// While there is nothing else to tell: what to find out.
static void draw_question(const th_view *view, th_rect area) {
    const th_theme_colors *c = &view->theme->color;
    const char *question = th_view_pick(view, th_scenario_question(view->scene->scenario));
    if (question[0] == 0) return;
    th_view_line(view, area.x, area.y, area.x + area.w, area.y, c->line, 1);
    draw_head(view, area, TH_WORD_QUESTION, "");
    th_text_layout layout = {0};
    const th_text_style style = th_type_style(view, th_type_ui(20, 500, c->dim));
    th_text_wrap(view->fonts, style, roundf(30 * view->scale), (area.w - 2 * PAD) * view->scale,
                 question, &layout);
    const th_point at = th_view_point_px(view, area.x + PAD, area.y + 48);
    th_draw_layout(view->list, view->theme, &layout, roundf(at.x), roundf(at.y));
    th_text_layout_free(&layout);
}

void th_view_report(const th_view *view) {
    const th_scene *scene = view->scene;
    const th_rect area = view->at->report;
    const bool race_now = scene->report.present && scene->report.later.step == scene->step;
    th_view_clip(view, area);
    if (scene->failure.present && scene->failure.left_count > 0)
        draw_left(view, area);
    else if (race_now || (scene->report.present && !scene->evacuation.present))
        draw_race(view, area);
    else if (scene->evacuation.present)
        draw_evacuation(view, area);
    else if (scene->map.present && scene->map.hash.present)
        draw_hash(view, area);
    else if (scene->cache.asked && scene->step > 0)
        draw_cache(view, area);
    else
        draw_question(view, area);
    th_view_unclip(view);
}

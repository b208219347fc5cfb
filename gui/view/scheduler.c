// Who may take the next step, and who waits.
#include "gui/view/view.h"

#include "sim/sched/sched.h"

#include <math.h>

static const float PAD = 28;

static void draw_row_label(const th_view *view, float x, float y, th_word word) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect box = {x, y - 16, 74, 32};
    th_view_fill(view, box, view->theme->radius.button, c->raised);
    th_view_outline(view, box, view->theme->radius.button, c->line2, 1.5f);
    th_view_text(view, th_type_center(th_type_ui(16, 600, c->text)), x + box.w / 2, y, box.w - 8,
                 th_view_word(view, word));
}

static float draw_enabled(const th_view *view, float x, float y, float right) {
    const th_scene *scene = view->scene;
    for (int i = 0; i < scene->enabled_count && x + 20 < right; i++) {
        th_view_badge(view, scene->enabled[i], x + 16, y, 13);
        th_view_hit(view, (th_rect){x - 4, y - 20, 40, 40}, TH_ACTION_RUN, scene->enabled[i]);
        x += 38;
    }
    return x;
}

static void draw_waiting(const th_view *view, float x, float y, float right) {
    const th_scene *scene = view->scene;
    const th_theme_colors *c = &view->theme->color;
    int shown = 0;
    for (int i = 0; i < scene->card_count && x + 20 < right; i++) {
        const th_scene_card *card = &scene->cards[i];
        if (card->status != TH_SCENE_WAITING) continue;
        const th_point at = th_view_point_px(view, x + 16, y);
        th_icon_badge_hollow(view->list, view->theme, card->g - 1, at.x, at.y, 13 * view->scale);
        x += 38;
        shown++;
        if (card->chip_count == 0) continue;
        x += 4 +
             th_view_text(view, th_type_ui(18, 500, c->dim), x, y, right - x,
                          card->chips[card->chip_count - 1].value) +
             10;
    }
    if (shown == 0 && !view->at->compact) {
        th_view_text(view, th_type_ui(18, 500, c->faint), x + 4, y, right - x,
                     th_view_word(view, TH_WORD_NOBODY));
    }
}

static void draw_slot(const th_view *view, uint16_t g, float x, float y, float size) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect slot = {x, y - size / 2, size, size};
    if (g == 0) {
        th_view_dashed(view, slot, view->theme->radius.chip, c->line2, 1, 3, 3);
    } else {
        th_view_badge(view, g, x + size / 2, y, size * 0.38f);
    }
}

// Its queue, runnext first in a box of its own, and how many do not fit.
static void draw_queue(const th_view *view, const th_scene_proc *proc, float right, float y,
                       float size) {
    const th_theme_colors *c = &view->theme->color;
    const float each = size + 4;
    float x = right - 4 * each - 6;
    th_view_text(view, th_type_right(th_type_ui(16, 500, c->faint)), x - 12, y, 0,
                 th_view_word(view, TH_WORD_RUNQ));
    draw_slot(view, proc->runnext, x, y, size);
    th_view_outline(view, (th_rect){x, y - size / 2, size, size}, view->theme->radius.chip,
                    c->line2, 1.5f);
    x += each + 6;
    for (int i = 0; i < 3; i++) {
        const bool rest = i == 2 && proc->queue_count > 3;
        if (rest) {
            th_view_textf(view, th_type_mono(16, 600, c->dim), x + 2, y, 0, "+%d",
                          proc->queue_count - 2);
        } else {
            draw_slot(view, i < proc->queue_count ? proc->queue[i] : 0, x, y, size);
        }
        x += each;
    }
}

th_word th_view_proc_word(const th_view *view, const th_scene_proc *proc) {
    if (proc->running == 0) return proc->state == TH_P_IDLE ? TH_WORD_P_IDLE : TH_WORD_P_LOOKING;
    return proc->running == view->g ? TH_WORD_P_RUNNING : TH_WORD_P_PAUSED;
}

static void draw_proc(const th_view *view, int p, th_rect row) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_proc *proc = &view->scene->procs[p];
    const float y = row.y + row.h / 2, h = fminf(34, row.h - 4);
    const bool active = proc->took || (proc->running != 0 && proc->running == view->g);
    const th_rect box = {row.x, y - h / 2, 50, h};
    th_view_fill(view, box, view->theme->radius.button, active ? c->raised2 : c->raised);
    th_view_outline(view, box, view->theme->radius.button, c->line2, 1.5f);
    th_view_textf(view, th_type_center(th_type_mono(17, 700, c->text)), box.x + 25, y, 0, "P%d", p);
    float x = row.x + 70;
    const float radius = fminf(13, h * 0.42f);
    if (proc->running != 0) {
        th_view_badge(view, proc->running, x + 10, y, radius);
    } else {
        th_draw_ring(view->list, th_view_point_px(view, x + 10, y), radius * view->scale,
                     th_stroke_solid(c->line2, th_view_stroke_px(view, 1.5f)));
    }
    x += 32;
    const float right = row.x + row.w, size = fminf(26, h);
    th_view_text_shrunk(view, th_type_ui(17, 500, c->dim), 13, x, y, right - 4 * size - 76 - x,
                        th_view_word(view, th_view_proc_word(view, proc)));
    draw_queue(view, proc, right, y, size);
}

// A P of many: its number, whom it runs, runnext and the head of its queue, and how many more.
static void draw_small_proc(const th_view *view, int p, th_rect rect) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_proc *proc = &view->scene->procs[p];
    const float y = rect.y + rect.h / 2, h = fminf(26, rect.h - 2), size = fminf(15, h * 0.72f);
    const bool active = proc->took || (proc->running != 0 && proc->running == view->g);
    const th_rect box = {rect.x, y - h / 2, rect.w, h};
    th_view_fill(view, box, view->theme->radius.chip, active ? c->raised2 : c->raised);
    if (active) th_view_outline(view, box, view->theme->radius.chip, c->accent, 2);
    const float right = rect.x + rect.w - 4;
    float x = rect.x + 5;
    const th_type name = th_type_mono(size, 700, proc->state == TH_P_IDLE ? c->faint : c->text);
    x += th_view_textf(view, name, x, y, 0, "P%d", p) + 5;
    const float radius = h * 0.4f;
    if (proc->running != 0) {
        th_view_badge(view, proc->running, x + radius, y, radius);
    } else {
        th_draw_ring(view->list, th_view_point_px(view, x + radius, y), radius * view->scale,
                     th_stroke_solid(c->line2, th_view_stroke_px(view, 1.5f)));
    }
    x += 2 * radius + 7;
    const float each = 1.6f * radius + 3, count_w = size * 2.2f;
    int left = proc->queue_count + (proc->runnext != 0);
    for (int i = proc->runnext != 0 ? -1 : 0; i < proc->queue_count && left > 0; i++) {
        if (x + each + (left > 1 ? count_w : 0) > right || i >= TH_SCENE_QUEUE_MAX) break;
        th_view_badge(view, i < 0 ? proc->runnext : proc->queue[i], x + each / 2, y, radius * 0.8f);
        x += each;
        left--;
    }
    if (left == 0 || x + count_w > right + 2) return;
    th_view_textf(view, th_type_right(th_type_mono(size, 600, c->dim)), right, y, 0, "+%d", left);
}

// In one column, or in as many as leave each row a height to read.
static void draw_procs(const th_view *view, th_rect area) {
    static const float ROW_MIN = 26, SMALL_ROW = 22, GAP = 5;
    const int count = view->scene->proc_count;
    const float pitch = fminf(44, area.h / (float)count);
    for (int p = 0; p < count && pitch >= ROW_MIN; p++) {
        draw_proc(view, p, (th_rect){area.x, area.y + (float)p * pitch, area.w, pitch});
    }
    if (pitch >= ROW_MIN) return;
    int columns = 2;
    while (area.h / ceilf((float)count / (float)columns) < SMALL_ROW && columns < 6) columns++;
    const int rows = (count + columns - 1) / columns;
    const float w = (area.w + GAP) / (float)columns, h = fminf(30, area.h / (float)rows);
    for (int p = 0; p < count; p++) {
        draw_small_proc(
            view, p,
            (th_rect){area.x + w * (float)(p / rows), area.y + h * (float)(p % rows), w - GAP, h});
    }
}

static void draw_order(const th_view *view, float right, float y) {
    const th_scene *scene = view->scene;
    const th_type type = th_type_right(th_type_ui(16, 500, view->theme->color.dim));
    if (scene->steal.present) {
        th_view_wordf(view, th_type_right(th_type_ui(16, 700, view->theme->color.text)), right, y,
                      0, TH_WORD_STEALS, (int)scene->steal.thief, (int)scene->steal.count,
                      (int)scene->steal.victim);
    } else if (scene->schedule == TH_SCHEDULE_ANY) {
        th_view_text(view, type, right, y, 0, th_view_word(view, TH_WORD_ANY_ORDER));
    } else if (scene->global_count > 0) {
        th_view_wordf(view, type, right, y, 0, TH_WORD_GLOBAL_QUEUE, scene->global_count);
    } else {
        th_view_text(view, type, right, y, 0, th_view_word(view, TH_WORD_GO_ORDER));
    }
}

void th_view_scheduler(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect area = view->at->scheduler;
    th_view_line(view, area.x, area.y, area.x + area.w, area.y, c->line, 1);
    const float x = area.x + PAD, right = area.x + area.w - 20;
    const bool procs = view->scene->proc_count > 0;
    if (view->at->compact) {
        const float y = area.y + area.h / 2;
        if (procs) {
            draw_procs(view, (th_rect){x, area.y + 3, right - x, area.h - 6});
            return;
        }
        draw_row_label(view, x, y, TH_WORD_NEXT);
        const float end = draw_enabled(view, x + 84, y, area.x + area.w * 0.62f);
        draw_waiting(view, fmaxf(end + 6, area.x + area.w * 0.55f), y, right);
        return;
    }
    const th_type label = th_type_ui(view->theme->font.label, 700, c->faint);
    th_view_text(view, label, x, area.y + 25, 0, th_view_word(view, TH_WORD_SCHEDULER));
    draw_order(view, right, area.y + 25);
    if (procs) {
        draw_procs(view, (th_rect){x, area.y + 40, right - x, area.h - 46});
        return;
    }
    draw_row_label(view, x, area.y + 60, TH_WORD_NEXT);
    const float end = draw_enabled(view, x + 88, area.y + 60, right);
    if (view->scene->enabled_count == 0) {
        th_view_text(view, th_type_ui(18, 500, c->faint), end + 4, area.y + 60, 0,
                     th_view_word(view, TH_WORD_NOBODY));
    }
    draw_row_label(view, x, area.y + 103, TH_WORD_WAITS);
    draw_waiting(view, x + 88, area.y + 103, right);
}

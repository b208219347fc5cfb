// The Ps of `go` scheduling, large: whom each runs, its queue, and who steals from whom.
#include "gui/view/stage.h"

#include "sim/sched/sched.h"

#include <math.h>
#include <stdio.h>

static const float GAP = 24, ARC_H = 46, GLOBAL_H = 46, BOX_MAX_W = 330, BOX_MAX_H = 190;

enum { ONE_ROW_MAX = 4, COLUMNS_MAX = 8 };

typedef struct board {
    th_rect box[TH_SCENE_PROC_MAX];
    float global_y;
} board;

static void arrange(const th_view *view, th_rect area, board *out) {
    const int count = view->scene->proc_count;
    int columns = count <= ONE_ROW_MAX ? count : (count + 1) / 2;
    if (columns > COLUMNS_MAX) columns = COLUMNS_MAX;
    const int rows = (count + columns - 1) / columns;
    const float gap = columns > ONE_ROW_MAX ? GAP / 2 : GAP;
    const float w = fminf(BOX_MAX_W, (area.w - gap * (float)(columns - 1)) / (float)columns);
    const float room = area.h - ARC_H - GLOBAL_H;
    const float h = fminf(BOX_MAX_H, (room - gap * (float)(rows - 1)) / (float)rows);
    const float all_w = w * (float)columns + gap * (float)(columns - 1);
    const float all_h = ARC_H + (h + gap) * (float)rows + GLOBAL_H;
    const float x = area.x + (area.w - all_w) / 2;
    const float y = area.y + ARC_H + fmaxf(0, area.h - all_h) / 2;
    for (int p = 0; p < count; p++) {
        out->box[p] = (th_rect){x + (w + gap) * (float)(p % columns),
                                y + (h + gap) * (float)(p / columns), w, h};
    }
    out->global_y = y + (h + gap) * (float)rows + GLOBAL_H * 0.4f;
}

// Badges from x on, as many as fit, and how many more there are.
static void draw_badges(const th_view *view, const uint16_t *gs, int known, int count, float x,
                        float y, float right, float radius) {
    const float each = radius * 2 + 8;
    int shown = 0;
    while (shown < count && shown < known) {
        const bool last = shown + 1 == count;
        if (x + each + (last ? 0 : 40) > right) break;
        th_view_badge(view, gs[shown], x + radius, y, radius);
        x += each;
        shown++;
    }
    if (shown == count) return;
    th_view_textf(view, th_type_mono(18, 600, view->theme->color.dim), x + 2, y, 0, "+%d",
                  count - shown);
}

// runnext in a box of its own, then the ring.
static void draw_queue(const th_view *view, const th_scene_proc *proc, th_rect row) {
    const th_theme_colors *c = &view->theme->color;
    const float y = row.y + row.h / 2, radius = fminf(15, row.h * 0.36f);
    const float side = radius * 2 + 10;
    const th_rect next = {row.x, y - side / 2, side, side};
    th_view_outline(view, next, view->theme->radius.chip, c->dim, 2);
    if (proc->runnext != 0) th_view_badge(view, proc->runnext, row.x + side / 2, y, radius);
    const int known =
        proc->queue_count < TH_SCENE_QUEUE_MAX ? proc->queue_count : TH_SCENE_QUEUE_MAX;
    if (proc->queue_count == 0) {
        th_view_text(view, th_type_ui(16, 500, c->faint), row.x + side + 12, y, row.w - side - 12,
                     th_view_word(view, TH_WORD_BOARD_EMPTY));
        return;
    }
    draw_badges(view, proc->queue, known, proc->queue_count, row.x + side + 10, y, row.x + row.w,
                radius);
}

static void draw_proc(const th_view *view, int p, th_rect box) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_proc *proc = &view->scene->procs[p];
    const bool active = proc->took || (proc->running != 0 && proc->running == view->g);
    th_view_fill(view, box, view->theme->radius.bucket, active ? c->raised : c->panel);
    th_view_outline(view, box, view->theme->radius.bucket, active ? c->accent : c->line2,
                    active ? 3 : 1.5f);
    const float pad = box.w > 160 ? 18 : 10, right = box.x + box.w - pad;
    const float queue_h = fminf(52, box.h * 0.36f);
    const float middle = box.y + (box.h - queue_h) / 2;
    const float name =
        th_view_textf(view, th_type_mono(26, 800, c->text), box.x + pad, middle, 0, "P%d", p);
    const float radius = fminf(26, (box.h - queue_h) * 0.36f);
    const float x = box.x + pad + name + 16 + radius;
    if (proc->running != 0) {
        th_view_badge(view, proc->running, x, middle, radius);
    } else {
        th_draw_ring(view->list, th_view_point_px(view, x, middle), radius * view->scale,
                     th_stroke_dashed(c->line2, th_view_stroke_px(view, 2), 5 * view->scale,
                                      5 * view->scale));
    }
    const float text = x + radius + 12;
    if (right - text > 50) {
        th_view_text_shrunk(view, th_type_ui(19, 600, c->dim), 13, text, middle, right - text,
                            th_view_word(view, th_view_proc_word(view, proc)));
    }
    const float line = box.y + box.h - queue_h;
    th_view_line(view, box.x, line, box.x + box.w, line, c->line, 1);
    draw_queue(view, proc, (th_rect){box.x + pad, line, box.w - 2 * pad, queue_h});
}

// An arc over the boxes, from whose queue to whose.
static void draw_steal(const th_view *view, const board *at) {
    const th_scene_steal *steal = &view->scene->steal;
    const int count = view->scene->proc_count;
    if (!steal->present || steal->thief >= count || steal->victim >= count) return;
    const th_rect from = at->box[steal->victim], to = at->box[steal->thief];
    const th_color color = view->theme->color.accent;
    const float x0 = from.x + from.w / 2, x1 = to.x + to.w / 2;
    const float top = fminf(from.y, to.y) - ARC_H * 1.1f;
    const th_point p[4] = {th_view_point_px(view, x0, from.y - 2), th_view_point_px(view, x0, top),
                           th_view_point_px(view, x1, top), th_view_point_px(view, x1, to.y - 2)};
    th_draw_bezier(view->list, p, th_stroke_solid(color, th_view_stroke_px(view, 4)));
    th_draw_arrow_head(view->list, p[3], (th_point){0, 1}, 18 * view->scale, color);
    char text[64];
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_STEALS), (int)steal->thief,
             (int)steal->count, (int)steal->victim);
    const th_type type = th_type_center(th_type_ui(19, 700, view->theme->color.on_accent));
    const float width = th_view_text_width(view, type, text) + 32;
    const float x = (x0 + x1) / 2, y = fminf(from.y, to.y) - ARC_H * 0.82f;
    th_view_fill(view, (th_rect){x - width / 2, y - 17, width, 34}, 999, color);
    th_view_text(view, type, x, y, 0, text);
}

void th_view_board(const th_view *view, th_rect area) {
    const th_scene *scene = view->scene;
    const th_theme_colors *c = &view->theme->color;
    board at = {.global_y = 0};
    arrange(view, area, &at);
    for (int p = 0; p < scene->proc_count; p++) draw_proc(view, p, at.box[p]);
    draw_steal(view, &at);
    const float x = at.box[0].x;
    const float label = th_view_text(view, th_type_ui(view->theme->font.label, 700, c->faint), x,
                                     at.global_y, 0, th_view_word(view, TH_WORD_BOARD_GLOBAL));
    if (scene->global_count == 0) {
        th_view_text(view, th_type_ui(16, 500, c->faint), x + label + 16, at.global_y, 0,
                     th_view_word(view, TH_WORD_BOARD_EMPTY));
        return;
    }
    const int known =
        scene->global_count < TH_SCENE_QUEUE_MAX ? scene->global_count : TH_SCENE_QUEUE_MAX;
    draw_badges(view, scene->global, known, scene->global_count, x + label + 16, at.global_y,
                area.x + area.w, 13);
}

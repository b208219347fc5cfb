// The lanes of a map that is seen from afar: a bar for what each operation read and wrote.
#include "gui/view/timeline.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const float LABEL_W = 150, RIGHT_PAD = 40, LANE_MAX_H = 108, NUMBER_PITCH = 110;

typedef struct bars {
    const th_view *view;
    const th_scene_bars *of;
    float x0, column_w, y0, lane_h, markers_y;
    float most;  // accesses of the highest bar
    int count;   // lanes
} bars;

static float op_x(const bars *at, uint64_t op) {
    return at->x0 + ((float)op - 0.5f) / (float)at->of->per * at->column_w;
}

// The operation that a step belongs to, as far as columns tell.
static float step_x(const bars *at, uint64_t step) {
    int column = at->of->column_count - 1;
    while (column > 0 && at->of->columns[column].first_step > step) column--;
    return at->x0 + ((float)column + 0.5f) * at->column_w;
}

static int by_size(const void *a, const void *b) {
    const float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

// Accesses that fill the height of a lane, by the operations of one goroutine. A few of them, such
// as the one that grows the map, take many times what others take: their bars are cut.
static float most_of(const th_scene_bars *of, int lane) {
    float means[TH_SCENE_BAR_MAX];
    size_t count = 0;
    for (int i = 0; i < of->column_count; i++) {
        const uint32_t ops = of->columns[i].lane[lane].ops;
        if (ops == 0) continue;
        const uint32_t sum = of->columns[i].lane[lane].reads + of->columns[i].lane[lane].writes;
        means[count++] = (float)sum / (float)ops;
    }
    if (count == 0) return 1;
    qsort(means, count, sizeof(*means), by_size);
    return fminf(means[count - 1], means[count / 2] * 2.5f);
}

static void draw_bar(const bars *at, int column, int lane, float foot) {
    const th_view *view = at->view;
    const th_scene_bar_column *of = &at->of->columns[column];
    const float ops = (float)of->lane[lane].ops, room = at->lane_h - 6;
    const float writes = fminf(1, (float)of->lane[lane].writes / ops / at->most) * room;
    const float reads = fminf(room - writes, (float)of->lane[lane].reads / ops / at->most * room);
    const float gap = at->column_w > 5 ? 1.5f : 0.5f;
    const float x = at->x0 + (float)column * at->column_w + gap / 2;
    const float w = fminf(at->column_w - gap, 28);
    const th_goroutine_style style = th_view_goroutine(view, view->scene->lane_g[lane]);
    const th_color color = at->of->together ? view->theme->color.dim : style.fill;
    const th_paint paint = at->of->together ? th_paint_solid(color) : th_theme_fill(style, 8);
    th_view_paint(view, (th_rect){x, foot - writes, w, writes}, fminf(2, w / 4), paint);
    if (reads < 3) return;
    th_view_outline(view, (th_rect){x, foot - writes - reads, w, reads - 1}, fminf(2, w / 4), color,
                    fminf(2, w / 3));
}

static void draw_columns(const bars *at) {
    const th_view *view = at->view;
    for (int i = 0; i < at->of->column_count; i++) {
        const bool future = at->of->columns[i].first_step > view->scene->step;
        if (future) th_draw_alpha_push(view->list, view->theme->future_alpha);
        for (int k = 0; k < at->count; k++) {
            const float foot = at->y0 + at->lane_h * (float)(k + 1);
            if (at->of->columns[i].lane[k].ops > 0) draw_bar(at, i, k, foot);
        }
        if (future) th_draw_alpha_pop(view->list);
    }
}

static void draw_labels(const bars *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const float right = view->at->timeline.w - RIGHT_PAD;
    const bool roomy = at->lane_h > 70;
    for (int i = 0; i < at->count; i++) {
        const float y = at->y0 + at->lane_h * ((float)i + (roomy ? 0.36f : 0.5f));
        const float foot = at->y0 + at->lane_h * (float)(i + 1);
        if (at->of->together) {
            th_view_wordf(view, th_type_ui(19, 700, c->text), 24, y, LABEL_W - 30, TH_WORD_BAR_ALL,
                          view->scene->goroutine_count);
        } else {
            th_view_lane_label(view, view->scene->lane_g[i], y, fminf(54, at->lane_h),
                               LABEL_W - 40);
        }
        th_view_line(view, at->x0, foot, right, foot, c->line, 1);
        if (!roomy) continue;
        const float x = at->of->together ? 24 : 62;
        th_view_text(
            view, th_type_ui(17, 500, c->dim), x, y + 30, LABEL_W - x - 8,
            th_view_word(view, at->of->all_write ? TH_WORD_BAR_PER_WRITE : TH_WORD_BAR_PER_OP));
    }
    th_view_line(view, at->x0, at->y0, right, at->y0, c->line, 1);
}

static void draw_numbers(const bars *at) {
    static const uint64_t bases[] = {1, 2, 5};
    const th_view *view = at->view;
    uint64_t stride = 1;
    for (uint64_t ten = 1, i = 0; op_x(at, stride + 1) - op_x(at, 1) < NUMBER_PITCH; i++) {
        if (i == 3) {
            ten *= 10;
            i = 0;
        }
        stride = ten * bases[i];
    }
    const float now = op_x(at, at->of->op);
    for (uint64_t op = stride; op <= at->of->op_count; op += stride) {
        const float x = op_x(at, op);
        if (fabsf(x - now) < 90) continue;
        char number[24];
        th_view_number(op, number, sizeof(number));
        th_view_text(
            view,
            th_type_center(th_type_mono(view->theme->font.tick, 500, view->theme->color.faint)), x,
            at->markers_y - 2, 0, number);
    }
}

static void draw_markers(const bars *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const th_scene_lanes *lanes = &view->scene->lanes;
    for (int i = 0; i < lanes->overview_count; i++) {
        if (lanes->overview_marks[i] == 0) continue;
        const uint64_t step = 1 + (uint64_t)i * lanes->length / (uint64_t)lanes->overview_count;
        const th_point p = th_view_point_px(view, step_x(at, step), at->markers_y);
        if (lanes->overview_marks[i] & 2)
            th_icon_fatal(view->list, p.x, p.y, 12 * view->scale, c->alert, 0xFFFFFFFF);
        else
            th_icon_race(view->list, p.x, p.y, 13 * view->scale, c->alert, c->panel);
    }
}

static void draw_playhead(const bars *at, float bottom) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const float x = at->of->op == 0 ? at->x0 - 4 : op_x(at, at->of->op);
    char number[24], text[64];
    th_view_number(at->of->op, number, sizeof(number));
    snprintf(text, sizeof(text),
             th_view_word(view, at->of->all_write ? TH_WORD_BAR_WRITE : TH_WORD_BAR_OP), number);
    const th_type type = th_type_mono(17, 700, c->on_accent);
    const float width = th_view_text_width(view, type, text) + 20;
    const float most = view->at->timeline.w - 6 - width;
    const float left = fmaxf(6, fminf(most, x - width / 2));
    th_view_line(view, x, at->markers_y + 10, x, bottom, c->accent, view->theme->stroke.playhead);
    th_view_fill(view, (th_rect){left, at->markers_y - 14, width, 28}, view->theme->radius.chip,
                 c->accent);
    th_view_text(view, th_type_center(type), left + width / 2, at->markers_y, 0, text);
}

static void note_scrub(const bars *at, th_rect area, float width, float bottom) {
    th_hits *hits = at->view->hits;
    hits->scrub = th_view_rect_px(at->view, (th_rect){at->x0, area.y, width, bottom - area.y});
    hits->scrub_stop_count = at->of->column_count;
    for (int i = 0; i < at->of->column_count; i++) {
        hits->scrub_stop[i] = at->of->columns[i].first_step;
    }
}

void th_view_bars(const th_view *view, th_rect area, float markers_height) {
    const th_scene_bars *of = &view->scene->lanes.bars;
    bars at = {
        .view = view, .of = of, .x0 = LABEL_W, .count = of->together ? 1 : view->scene->lane_count};
    const float width = area.w - LABEL_W - RIGHT_PAD;
    at.column_w = width / (float)of->column_count;
    at.markers_y = area.y + markers_height / 2;
    at.y0 = area.y + markers_height + 4;
    const float room = area.y + area.h - at.y0 - 14;
    at.lane_h = fminf(LANE_MAX_H, room / (float)(at.count > 0 ? at.count : 1));
    at.most = 1;
    for (int i = 0; i < at.count; i++) at.most = fmaxf(at.most, most_of(of, i));
    const float bottom = at.y0 + at.lane_h * (float)at.count;
    note_scrub(&at, area, width, bottom);
    draw_labels(&at);
    draw_columns(&at);
    draw_numbers(&at);
    draw_markers(&at);
    draw_playhead(&at, bottom + 4);
}

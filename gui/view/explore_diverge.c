// Two runs, one above the other, that go together up to one step; what each of them does from
// there.
#include "gui/view/explore.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const float PAD = 36, HEAD_H = 112, BLOCK_HEAD_H = 56, COLUMN_MAX = 46, COLUMN_MIN = 20;
static const float ROW_H = 30, LIST_PART = 0.33F, LABEL_W = 62, LANE_H_MAX = 76;
enum { LANE_MAX = 6 };

typedef struct block {
    const th_view *view;
    const th_diverge *of;
    const th_diverge_run *run;
    th_rect rect;
    float x0, column_w;  // of the first step that is shown
    uint64_t first;
    uint32_t columns;
    int lanes;
    float lane_h;
} block;

static int lanes_of(const th_diverge *of) {
    int lanes = 1;
    for (int side = 0; side < 2; side++) {
        for (uint32_t i = 0; i < of->runs[side].count; i++) {
            if (of->runs[side].steps[i].g > lanes) lanes = of->runs[side].steps[i].g;
        }
    }
    return lanes < LANE_MAX ? lanes : LANE_MAX;
}

static float step_x(const block *at, uint64_t step) {
    return at->x0 + ((float)(step - at->first) + 0.5F) * at->column_w;
}

static const char *title_of(const th_view *view, const th_diverge_run *run) {
    const bool luck = run->kind == TH_RUN_RIGHT && run->raced;
    return th_view_word(view, luck ? view->explore->knows_right ? TH_WORD_RUN_RIGHT_BY_LUCK
                                                                : TH_WORD_RUN_NO_CRASH
                                   : th_view_run_word(view, TH_WORD_RUN_CRASH, run->kind));
}

static void draw_block_head(const block *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const float y = at->rect.y + BLOCK_HEAD_H / 2, x = at->rect.x + 24;
    char text[64];
    th_view_run_sign(view, at->run->kind, x + 14, y, 15);
    float to = x + 42;
    to += th_view_text(view, th_type_ui(23, 700, c->text), to, y, 0, title_of(view, at->run)) + 18;
    const th_type small = th_type_ui(18, 500, c->dim);
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_FACT_STEPS), (unsigned)at->run->length);
    const float right = at->rect.x + at->rect.w - 24;
    th_view_text(view, th_type_right(small), right, y, 0, text);
    th_view_text(view, small, to, y, right - to - 100, at->run->message);
}

static void draw_lanes(const block *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const float top = at->rect.y + BLOCK_HEAD_H;
    const float lane_h = at->lane_h;
    const float right = at->x0 + at->column_w * (float)at->columns;
    for (int g = 1; g <= at->lanes; g++) {
        const float y = top + ((float)g - 0.5F) * lane_h;
        th_view_badge(view, (uint16_t)g, at->rect.x + 36, y, 14);
        th_view_line(view, at->x0, y + lane_h / 2, right, y + lane_h / 2, c->line, 1);
    }
    const float size = fminf(26, fminf(at->column_w * 0.72F, lane_h * 0.56F));
    for (uint32_t i = 0; i < at->run->count; i++) {
        const uint64_t step = at->of->first + i;
        if (step < at->first || step >= at->first + at->columns) continue;
        const th_diverge_step *tick = &at->run->steps[i];
        if (tick->g == 0 || tick->g > at->lanes) continue;
        const float x = step_x(at, step), y = top + ((float)tick->g - 0.5F) * lane_h;
        const bool shared = step < at->of->step;
        if (shared) th_draw_alpha_push(view->list, 0.4F);
        const th_point p = th_view_point_px(view, x, y);
        if (tick->access) {
            th_icon_access(view->list, view->theme, tick->g - 1, tick->write, p.x, p.y,
                           th_px(view, size));
        } else {
            th_draw_circle(view->list, p, th_px(view, size * 0.28F),
                           th_paint_solid(th_view_goroutine(view, tick->g).ink));
        }
        if (tick->race) {
            th_view_fill(view, (th_rect){x - size / 2, y + size / 2 + 4, size, 3}, 1,
                         view->theme->color.alert);
        }
        if (shared) th_draw_alpha_pop(view->list);
    }
    const uint64_t last = at->of->first + at->run->count - 1;
    if (at->run->count > 0 && at->run->length == last && last + 1 < at->first + at->columns) {
        const uint16_t g = at->run->steps[at->run->count - 1].g;
        const float y = top + ((float)(g <= at->lanes ? g : at->lanes) - 0.5F) * lane_h;
        th_view_run_sign(view, at->run->kind, step_x(at, last + 1), y, size * 0.55F);
    }
}

// What the run does from the deciding step on, in words.
static void draw_list(const block *at, th_rect area) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const int rows = (int)floorf((area.h - 12) / ROW_H);
    const uint32_t from = (uint32_t)(at->of->step - at->of->first);
    for (int i = 0; i < rows && from + (uint32_t)i < at->run->count; i++) {
        const th_diverge_step *step = &at->run->steps[from + (uint32_t)i];
        const float y = area.y + 10 + ROW_H * ((float)i + 0.5F);
        if (i == 0) {
            th_view_fill(view, (th_rect){area.x - 10, y - ROW_H / 2, area.w + 10, ROW_H}, 6,
                         c->raised2);
        }
        char number[24];
        snprintf(number, sizeof(number), "%" PRIu64, at->of->step + (uint64_t)i);
        th_view_text(view, th_type_right(th_type_mono(16, 600, c->faint)), area.x + 38, y, 0,
                     number);
        th_view_badge(view, step->g, area.x + 60, y, 10);
        const th_point p = th_view_point_px(view, area.x + 88, y);
        if (step->access && step->g > 0) {
            th_icon_access(view->list, view->theme, step->g - 1, step->write, p.x, p.y,
                           th_px(view, 20));
        }
        const float x = area.x + 106, right = area.x + area.w - 10;
        const th_type value =
            th_type_right(th_type_mono(17, 700, step->race ? c->alert_ink : c->text));
        const float w = fminf(th_view_text_width(view, value, step->value), area.w * 0.4F);
        th_view_text(view, value, right, y, area.w * 0.4F, step->value);
        th_view_text(view, th_type_mono(17, 500, c->text), x, y, right - w - 10 - x, step->name);
    }
}

static void draw_block(const block *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    th_view_fill(view, at->rect, view->theme->radius.bucket, c->panel);
    th_view_outline(view, at->rect, view->theme->radius.bucket, c->line2, 1.5F);
    draw_block_head(at);
    draw_lanes(at);
    const float list_w = at->rect.w * LIST_PART;
    draw_list(at, (th_rect){at->rect.x + at->rect.w - list_w, at->rect.y + BLOCK_HEAD_H - 8,
                            list_w - 12, at->rect.h - BLOCK_HEAD_H});
}

static void draw_frame(const block *at) {
    const th_view *view = at->view;
    const th_color accent = view->theme->color.accent;
    const th_rect rect = {step_x(at, at->of->step) - at->column_w / 2,
                          at->rect.y + BLOCK_HEAD_H - 4, at->column_w,
                          at->lane_h * (float)at->lanes + 8};
    th_view_fill(view, rect, 6, th_color_alpha(accent, 0.1F));
    th_view_outline(view, rect, 6, accent, 2.5F);
}

// The deciding step, in both.
static void draw_decision(const block *top, const block *bottom) {
    const th_view *view = top->view;
    const th_theme_colors *c = &view->theme->color;
    draw_frame(top);
    draw_frame(bottom);
    const float x = step_x(top, top->of->step);
    th_view_line(view, x, top->rect.y + BLOCK_HEAD_H + top->lane_h * (float)top->lanes + 4, x,
                 bottom->rect.y, c->accent, 2.5F);
    char number[24], text[48];
    snprintf(number, sizeof(number), "%" PRIu64, top->of->step);
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_DIVERGE_STEP), number);
    const th_type type = th_type_ui(16, 800, c->on_accent);
    const float w = th_view_text_width(view, type, text) + 24;
    const float y = (top->rect.y + top->rect.h + bottom->rect.y) / 2;
    const th_rect tag = {fmaxf(PAD, x - w / 2), y - 15, w, 30};
    th_view_fill(view, tag, 999, c->accent);
    th_view_text(view, th_type_center(type), tag.x + w / 2, y, 0, text);
}

static void draw_head(const th_view *view, th_rect body, const th_diverge *of) {
    const th_theme_colors *c = &view->theme->color;
    char text[160], number[24], share[64];
    const float x = body.x + PAD, width = body.w - 2 * PAD;
    th_view_text(view, th_type_ui(30, 800, c->text), x, body.y + 38, width,
                 th_view_word(view, TH_WORD_DIVERGE_TITLE));
    snprintf(number, sizeof(number), "%" PRIu64, of->step - 1);
    snprintf(text, sizeof(text),
             th_view_word(view, of->step > 1 ? TH_WORD_DIVERGE_ALIKE : TH_WORD_DIVERGE_FROM_START),
             number);
    const th_type type = th_type_ui(20, 500, c->dim);
    const float to = x + th_view_text(view, type, x, body.y + 78, width, text) + 14;
    if (of->share_before == TH_SHARE_UNKNOWN) return;
    th_view_share_text(view, of->runs[0].kind, of->share_before, share, sizeof(share));
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_DIVERGE_SHARE), share);
    th_view_text(view, type, to, body.y + 78, x + width - to, text);
}

void th_view_diverge(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    const th_diverge *of = &view->explore->diverge;
    const th_arrangement *at = view->at;
    const th_rect body = {0, at->top.h, at->width, at->timeline.y - at->top.h};
    th_view_fill(view, body, 0, c->stage);
    if (!of->present) {
        const th_word word = view->explore->searching ? TH_WORD_SEARCHING : TH_WORD_DIVERGE_NONE;
        th_view_text(view, th_type_center(th_type_ui(24, 600, c->dim)), body.w / 2,
                     body.y + body.h * 0.42F, 0, th_view_word(view, word));
        return;
    }
    draw_head(view, body, of);
    const float gap = 44, height = (body.h - HEAD_H - gap - 20) / 2;
    block blocks[2];
    const float lanes_w = (body.w - 2 * PAD) * (1 - LIST_PART) - LABEL_W - 20;
    const uint32_t longest =
        of->runs[0].count > of->runs[1].count ? of->runs[0].count : of->runs[1].count;
    for (int side = 0; side < 2; side++) {
        block *b = &blocks[side];
        *b = (block){.view = view, .of = of, .run = &of->runs[side], .lanes = lanes_of(of)};
        b->rect = (th_rect){body.x + PAD, body.y + HEAD_H + (height + gap) * (float)side,
                            body.w - 2 * PAD, height};
        b->lane_h = fminf(LANE_H_MAX, (height - BLOCK_HEAD_H - 14) / (float)b->lanes);
        b->x0 = b->rect.x + LABEL_W;
        b->column_w = fminf(COLUMN_MAX, fmaxf(COLUMN_MIN, lanes_w / (float)(longest + 1)));
        b->columns = (uint32_t)floorf(lanes_w / b->column_w);
        // As much of the common past as leaves two thirds for what differs.
        const uint64_t past = of->step - of->first, room = b->columns / 3;
        const bool fits = longest < b->columns;
        b->first = fits || past <= room ? of->first : of->step - room;
    }
    draw_block(&blocks[0]);
    draw_block(&blocks[1]);
    draw_decision(&blocks[0], &blocks[1]);
}

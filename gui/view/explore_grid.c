// One goroutine's progress against the other's: of all orders that come through a point, the share
// that ends badly. Paths of example runs lie over it, beside the numbers.
#include "gui/view/explore.h"

#include <math.h>
#include <stdio.h>

static const float TITLE_H = 50, AXIS_H = 76, AXIS_W = 146, CELL_MAX = 64, CELL_MIN = 22;
static const float PATH_AWAY = 0.34F;  // of a cell: from its middle, so that the number stays free

typedef struct grid {
    const th_view *view;
    const th_explore_grid *of;
    uint32_t stride;         // points from one cell to the next
    uint32_t columns, rows;  // cells
    float x, y, cell;        // of the lower left cell's lower left corner, y down; its side
} grid;

static uint32_t cells_of(uint32_t points, uint32_t stride) {
    return (points - 1 + stride - 1) / stride + 1;
}

static uint32_t point_of(uint32_t cell, uint32_t stride, uint32_t points) {
    const uint32_t point = cell * stride;
    return point < points ? point : points - 1;
}

static void arrange(grid *at, th_rect area) {
    const float w = area.w - AXIS_W, h = area.h - TITLE_H - AXIS_H;
    for (at->stride = 1;; at->stride++) {
        at->columns = cells_of(at->of->columns, at->stride);
        at->rows = cells_of(at->of->rows, at->stride);
        at->cell = fminf(CELL_MAX, fminf(w / (float)at->columns, h / (float)at->rows));
        if (at->cell >= CELL_MIN || (at->columns <= 8 && at->rows <= 8)) break;
    }
    at->cell = floorf(at->cell);
    const float used_w = at->cell * (float)at->columns, used_h = at->cell * (float)at->rows;
    at->x = area.x + AXIS_W + fmaxf(0, (w - used_w) / 2);
    at->y = area.y + TITLE_H + fmaxf(0, (h - used_h) / 3) + used_h;
}

// The middle of a point, which may lie between two cells.
static th_point place(const grid *at, uint32_t column, uint32_t row) {
    const float x = fminf((float)column / (float)at->stride, (float)at->columns - 1);
    const float y = fminf((float)row / (float)at->stride, (float)at->rows - 1);
    return (th_point){at->x + (x + 0.5F) * at->cell, at->y - (y + 0.5F) * at->cell};
}

static float luminance(th_color color) {
    const float r = (float)(color >> 16 & 255), g = (float)(color >> 8 & 255),
                b = (float)(color & 255);
    return (0.299F * r + 0.587F * g + 0.114F * b) / 255;
}

// Crimson is for what fails loudly; other kinds go towards their own colour.
static th_color cell_color(const th_view *view, uint32_t share) {
    const float part = (float)share / 1000000;
    const uint8_t kind = view->explore->kind;
    if (kind == TH_RUN_CRASH || kind == TH_RUN_STUCK) return th_theme_crash(view->theme, part);
    return th_color_mix(th_theme_crash(view->theme, 0), th_view_run_color(view, kind), part);
}

static void draw_cell(const grid *at, uint32_t column, uint32_t row) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const uint32_t x = point_of(column, at->stride, at->of->columns);
    const uint32_t y = point_of(row, at->stride, at->of->rows);
    const uint32_t share = at->of->share[(size_t)y * at->of->columns + x];
    const th_rect rect = {at->x + (float)column * at->cell + 1,
                          at->y - (float)(row + 1) * at->cell + 1, at->cell - 2, at->cell - 2};
    if (share == TH_SHARE_UNKNOWN) {
        th_view_fill(view, rect, 4, th_color_alpha(c->line, 0.35F));
        return;
    }
    const th_color color = cell_color(view, share);
    th_view_fill(view, rect, 4, color);
    if (view->theme->name == TH_THEME_LIGHT && luminance(color) > 0.6F) {
        th_view_outline(view, rect, 4, c->line2, 1);
    }
    char text[8];
    th_view_percent(share, true, text, sizeof(text));
    const bool is_light = luminance(color) > 0.5F;
    const th_color ink = is_light ? 0xFF0B0E13 : share == 0 ? 0xFF8A98AA : 0xFFE6EBF2;
    const float size = fminf(19, at->cell * 0.52F);
    th_view_text(view, th_type_center(th_type_mono(size, is_light ? 700 : 600, ink)),
                 rect.x + rect.w / 2, rect.y + rect.h / 2, 0, text);
}

// --- axes ---

static void draw_access(const th_view *view, const th_explore_access *step, uint16_t g, float x,
                        float y, float size) {
    const th_point at = th_view_point_px(view, x, y);
    if (step->access) {
        th_icon_access(view->list, view->theme, g - 1, step->write, at.x, at.y, th_px(view, size));
    } else {
        th_draw_circle(view->list, at, th_px(view, size * 0.25F),
                       th_paint_solid(th_view_goroutine(view, g).ink));
    }
}

static const th_explore_access *step_at(const th_explore_access *steps, uint32_t count,
                                        uint32_t point) {
    return point > 0 && point <= count ? &steps[point - 1] : NULL;
}

static void draw_column_axis(const grid *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const float size = fminf(20, at->cell * 0.62F);
    for (uint32_t i = 1; i < at->columns; i++) {
        const uint32_t point = point_of(i, at->stride, at->of->columns);
        const th_explore_access *step = step_at(at->of->a_steps, at->of->a_count, point);
        if (step == NULL) continue;
        const float x = at->x + ((float)i + 0.5F) * at->cell;
        draw_access(view, step, at->of->a, x, at->y + 16, size);
        if (at->cell >= 34) {
            th_view_text_shrunk(view, th_type_center(th_type_ui(14, 500, c->dim)), 10, x,
                                at->y + 38, at->cell - 2, step->name);
        }
    }
    const th_color ink = th_view_goroutine(view, at->of->a).ink;
    const float y = at->y + (at->cell >= 34 ? 60 : 44);
    const float right = at->x + at->cell * (float)at->columns - 34;
    th_view_line(view, at->x + at->cell, y, right, y, ink, 2.5F);
    th_draw_arrow_head(view->list, th_view_point_px(view, right + 6, y), (th_point){1, 0},
                       th_px(view, 12), ink);
    th_view_badge(view, at->of->a, right + 22, y, 13);
}

static void draw_row_axis(const grid *at) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    const float size = fminf(20, at->cell * 0.62F);
    for (uint32_t i = 1; i < at->rows; i++) {
        const uint32_t point = point_of(i, at->stride, at->of->rows);
        const th_explore_access *step = step_at(at->of->b_steps, at->of->b_count, point);
        if (step == NULL) continue;
        const float y = at->y - ((float)i + 0.5F) * at->cell;
        draw_access(view, step, at->of->b, at->x - 18, y, size);
        th_view_text_shrunk(view,
                            th_type_right(th_type_ui(fminf(15, at->cell * 0.56F), 500, c->dim)), 11,
                            at->x - 34, y, AXIS_W - 74, step->name);
    }
    const th_color ink = th_view_goroutine(view, at->of->b).ink;
    const float x = at->x - AXIS_W + 22, top = at->y - at->cell * (float)at->rows + 34;
    th_view_line(view, x, at->y - at->cell, x, top, ink, 2.5F);
    th_draw_arrow_head(view->list, th_view_point_px(view, x, top - 6), (th_point){0, -1},
                       th_px(view, 12), ink);
    th_view_badge(view, at->of->b, x, top - 22, 13);
}

// --- paths ---

typedef struct path {
    const uint16_t *strip;  // who takes each step
    uint32_t count;
    bool strong;
} path;

static void draw_piece(const grid *at, uint16_t g, th_point from, th_point to, bool strong) {
    const th_view *view = at->view;
    const th_goroutine_style style = th_view_goroutine(view, g);
    const float away = at->cell * PATH_AWAY;
    const float width = strong ? fmaxf(4, at->cell * 0.12F) : 3;
    const th_point a = th_view_point_px(view, from.x - away, from.y + away);
    const th_point b = th_view_point_px(view, to.x - away, to.y + away);
    th_stroke under = th_stroke_solid(view->theme->color.stage, th_px(view, width + 4));
    th_stroke over = th_stroke_solid(style.fill, th_px(view, width));
    under.round_caps = over.round_caps = true;
    if (strong) th_draw_line(view->list, a, b, under);
    th_draw_line(view->list, a, b, over);
    if (g != at->of->b) return;
    // A pattern of its own, so that the two are told apart without colour.
    th_draw_line(
        view->list, a, b,
        th_stroke_dashed(style.on, th_px(view, width * 0.55F), th_px(view, 3), th_px(view, 6)));
}

// Straight pieces of one goroutine's steps, drawn beside the numbers. Returns where it ends.
static th_point draw_path(const grid *at, path way) {
    uint32_t column = 0, row = 0;
    if (!way.strong) th_draw_alpha_push(at->view->list, 0.55F);
    for (uint32_t i = 0; i < way.count;) {
        const uint16_t g = way.strip[i];
        const th_point from = place(at, column, row);
        for (; i < way.count && way.strip[i] == g; i++) {
            column += g == at->of->a;
            row += g == at->of->b;
        }
        draw_piece(at, g, from, place(at, column, row), way.strong);
    }
    if (!way.strong) th_draw_alpha_pop(at->view->list);
    return place(at, column, row);
}

// The middle of the cell that a path ends in, or, where a cell stands for several steps, has set
// out for: a sign between two cells would hide the numbers of both.
static th_point end_cell(const grid *at, th_point end) {
    const float column = ceilf((end.x - at->x) / at->cell - 0.51F);
    const float row = ceilf((at->y - end.y) / at->cell - 0.51F);
    return (th_point){at->x + (column + 0.5F) * at->cell, at->y - (row + 0.5F) * at->cell};
}

// The examples' paths, and the run's own when it is none of them, strongest last.
static void draw_paths(const grid *at) {
    const th_explore_scene *explore = at->view->explore;
    const bool own = !at->of->on_example;
    for (int i = 0; i < explore->example_count; i++) {
        const th_explore_example *example = &explore->examples[i];
        if (own || i != explore->chosen)
            draw_path(at, (path){example->strip, example->strip_count, false});
    }
    if (own) {
        draw_path(at, (path){at->of->trail, at->of->trail_count, true});
    } else if (explore->chosen < explore->example_count) {
        const th_explore_example *example = &explore->examples[explore->chosen];
        const th_point end =
            end_cell(at, draw_path(at, (path){example->strip, example->strip_count, true}));
        th_view_run_sign(at->view, example->kind, end.x, end.y, fminf(17, at->cell * 0.4F));
    }
    const float away = at->cell * PATH_AWAY;
    const th_point start = place(at, 0, 0);
    th_draw_circle(at->view->list, th_view_point_px(at->view, start.x - away, start.y + away),
                   th_px(at->view, fminf(7, at->cell * 0.18F)),
                   th_paint_solid(at->view->theme->color.accent));
}

static void draw_playhead(const grid *at) {
    const th_view *view = at->view;
    if (view->explore->off_chart) return;
    const th_point p = place(at, at->of->column, at->of->row);
    const float half = at->cell / 2 + 2;
    const th_rect rect = {p.x - half, p.y - half, 2 * half, 2 * half};
    th_view_outline(view, th_rect_inset(rect, -2), 8, view->theme->color.stage, 2);
    th_view_outline(view, rect, 6, view->theme->color.accent, 3.5F);
}

static void draw_title(const grid *at, th_rect area) {
    const th_view *view = at->view;
    const th_theme_colors *c = &view->theme->color;
    char text[160];
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_GRID_TITLE),
             th_view_word(view, th_view_run_word(view, TH_WORD_NOUN_CRASH, view->explore->kind)));
    const float x = area.x + 40, width = area.w - 40;
    th_view_text_shrunk(view, th_type_ui(22, 700, c->text), 15, x, area.y + 22, width, text);
    if (at->stride < 2) return;
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_GRID_EVERY), (unsigned)at->stride);
    th_view_text(view, th_type_ui(16, 500, c->dim), x, area.y + 46, width, text);
}

void th_view_explore_grid(const th_view *view, const th_explore_layout *layout) {
    grid at = {.view = view, .of = &view->explore->grid};
    arrange(&at, layout->picture);
    draw_title(&at, layout->picture);
    for (uint32_t row = 0; row < at.rows; row++) {
        for (uint32_t column = 0; column < at.columns; column++) draw_cell(&at, column, row);
    }
    draw_column_axis(&at);
    draw_row_axis(&at);
    draw_paths(&at);
    draw_playhead(&at);
}

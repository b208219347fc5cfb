#include "gui/draw/marks.h"

#include <math.h>

#include "gui/draw/runs.h"

void th_brush_free(th_brush *brush) {
    th_cells_free(&brush->cells);
    th_path_free(&brush->path);
    th_path_free(&brush->piece);
}

static uint32_t *row_at(const th_brush *brush, int y) {
    return brush->pixels + (size_t)y * brush->stride;
}

/* The inked part of a text. */
static th_pixel_rect text_box(const th_command_text *c, const th_run *run) {
    float x = c->x, y = c->y;
    if (c->style.align == TH_ALIGN_CENTER) x -= run->advance / 2;
    if (c->style.align == TH_ALIGN_RIGHT) x -= run->advance;
    if (c->style.anchor == TH_ANCHOR_TOP) y += run->metrics.ascent;
    if (c->style.anchor == TH_ANCHOR_MIDDLE) y += run->metrics.cap_height / 2;
    int left = (int)lrintf(x) + run->left, top = (int)lrintf(y) + run->top;
    return (th_pixel_rect){left, top, left + run->width, top + run->height};
}

th_pixel_rect th_mark_bounds(const th_command *command, th_fonts *fonts) {
    if (command->kind != TH_COMMAND_TEXT) return command->bounds;
    const th_command_text *c = (const th_command_text *)(const void *)command;
    const th_run *run = th_runs_get(fonts, c->style, c->text, c->length, true);
    return th_pixel_rect_intersect(text_box(c, run), command->clip);
}

static void draw_text(th_brush *brush, const th_command_text *c, th_pixel_rect region) {
    const th_run *run = th_runs_get(brush->fonts, c->style, c->text, c->length, true);
    th_pixel_rect box = text_box(c, run);
    th_pixel_rect seen = th_pixel_rect_intersect(box, region);
    if (th_pixel_rect_empty(seen)) return;
    for (int y = seen.y0; y < seen.y1; y++) {
        const uint8_t *mask = run->mask + (size_t)(y - box.y0) * (size_t)run->width;
        th_blend_mask(row_at(brush, y) + seen.x0, mask + (seen.x0 - box.x0), seen.x1 - seen.x0,
                      c->style.color);
    }
}

/* Paints the outline that was put into the cells. */
static void paint_cells(th_brush *brush, const th_source *source) {
    th_cells *cells = &brush->cells;
    for (int y = cells->row_min; y <= cells->row_max; y++) {
        int count;
        const th_span *spans = th_cells_row(cells, y, &count);
        uint32_t *row = row_at(brush, y);
        for (int i = 0; i < count; i++) {
            th_blend_span(row, spans[i].x, y, spans[i].count, spans[i].coverage, source);
        }
    }
}

static const th_source *source_for(th_brush *brush, const th_paint *paint, th_rect box) {
    return th_source_get(&brush->sources, paint, (int)floorf(box.x), (int)floorf(box.y));
}

/* The share, of 256, of pixel `i` that lies between two fixed point positions. */
static int share_of_pixel(int i, int from, int to) {
    int start = i * TH_SUBPIXEL, end = start + TH_SUBPIXEL;
    if (from > start) start = from;
    if (to < end) end = to;
    return end > start ? end - start : 0;
}

/* Rows of a box with upright sides: at most two pixels of a row are partly covered. */
static void paint_rows(th_brush *brush, int x0, int x1, int y0, int y1, th_pixel_rect region,
                       const th_source *source) {
    int first = x0 >> 8, last = (x1 - 1) >> 8;
    for (int y = region.y0; y < region.y1; y++) {
        int high = share_of_pixel(y, y0, y1);
        if (high == 0) continue;
        uint32_t *row = row_at(brush, y);
        int from = region.x0 > first + 1 ? region.x0 : first + 1;
        int to = region.x1 < last ? region.x1 : last;
        const int sides[2] = {first, last};
        for (int i = 0; i < (first == last ? 1 : 2); i++) {
            int coverage = (share_of_pixel(sides[i], x0, x1) * high) >> 8;
            if (sides[i] < region.x0 || sides[i] >= region.x1 || coverage == 0) continue;
            th_blend_span(row, sides[i], y, 1, coverage > 255 ? 255 : coverage, source);
        }
        if (from < to) th_blend_span(row, from, y, to - from, high > 255 ? 255 : high, source);
    }
}

/* A band of a region. */
static th_pixel_rect rows_between(th_pixel_rect region, int y0, int y1) {
    return th_pixel_rect_intersect(region, (th_pixel_rect){region.x0, y0, region.x1, y1});
}

static void paint_rounded(th_brush *brush, th_rect r, float radius, th_pixel_rect region,
                          const th_source *source) {
    if (th_pixel_rect_empty(region)) return;
    th_cells_begin(&brush->cells, region);
    th_path_fill_rect(&brush->cells, r, radius, false);
    paint_cells(brush, source);
}

static void draw_rect(th_brush *brush, const th_command_rect *c, th_pixel_rect region) {
    th_rect r = c->rect;
    const th_source *source = source_for(brush, &c->paint, r);
    int x0 = (int)lrintf(r.x * TH_SUBPIXEL), x1 = (int)lrintf((r.x + r.w) * TH_SUBPIXEL);
    int y0 = (int)lrintf(r.y * TH_SUBPIXEL), y1 = (int)lrintf((r.y + r.h) * TH_SUBPIXEL);
    /* Rows between the corners need no outline. */
    int upper = (int)ceilf(r.y + c->radius), lower = (int)floorf(r.y + r.h - c->radius);
    if (c->radius <= 0) {
        paint_rows(brush, x0, x1, y0, y1, region, source);
    } else if (upper < lower) {
        paint_rounded(brush, r, c->radius, rows_between(region, region.y0, upper), source);
        paint_rows(brush, x0, x1, y0, y1, rows_between(region, upper, lower), source);
        paint_rounded(brush, r, c->radius, rows_between(region, lower, region.y1), source);
    } else {
        paint_rounded(brush, r, c->radius, region, source);
    }
}

/* The line's middle runs half a width inside the rectangle. */
static void add_dashed_rect(th_brush *brush, const th_command_stroke_rect *c) {
    float half = c->stroke.width / 2;
    th_rect middle = th_rect_inset(c->rect, half);
    if (middle.w < 0 || middle.h < 0) return;
    th_path_set_rect(&brush->path, middle, c->radius > half ? c->radius - half : 0);
    th_path_stroke(&brush->cells, &brush->path, &c->stroke, &brush->piece);
}

static void draw_stroke_rect(th_brush *brush, const th_command_stroke_rect *c,
                             th_pixel_rect region) {
    th_cells_begin(&brush->cells, region);
    if (c->stroke.dash > 0) {
        add_dashed_rect(brush, c);
    } else {
        float width = c->stroke.width;
        th_rect hole = th_rect_inset(c->rect, width);
        th_path_fill_rect(&brush->cells, c->rect, c->radius, false);
        if (hole.w > 0 && hole.h > 0) {
            th_path_fill_rect(&brush->cells, hole, c->radius > width ? c->radius - width : 0,
                              true);
        }
    }
    th_paint paint = th_paint_solid(c->stroke.color);
    paint_cells(brush, source_for(brush, &paint, c->rect));
}

static void draw_path(th_brush *brush, const th_command_stroke *stroke, th_pixel_rect region) {
    th_cells_begin(&brush->cells, region);
    th_path_stroke(&brush->cells, &brush->path, stroke, &brush->piece);
    th_paint paint = th_paint_solid(stroke->color);
    paint_cells(brush, source_for(brush, &paint, (th_rect){0}));
}

static void draw_polygon(th_brush *brush, const th_command_polygon *c, th_pixel_rect region) {
    th_cells_begin(&brush->cells, region);
    th_path_fill_polygon(&brush->cells, c->points, c->count);
    float left = c->points[0].x, top = c->points[0].y;
    for (int i = 1; i < c->count; i++) {
        left = c->points[i].x < left ? c->points[i].x : left;
        top = c->points[i].y < top ? c->points[i].y : top;
    }
    paint_cells(brush, source_for(brush, &c->paint, (th_rect){left, top, 0, 0}));
}

void th_mark_draw(th_brush *brush, const th_command *command, th_pixel_rect region) {
    const void *any = command;
    th_pixel_rect seen = th_pixel_rect_intersect(region, command->bounds);
    if (th_pixel_rect_empty(seen)) return;
    switch ((th_command_kind)command->kind) {
    case TH_COMMAND_RECT:
        draw_rect(brush, any, seen);
        break;
    case TH_COMMAND_STROKE_RECT:
        draw_stroke_rect(brush, any, seen);
        break;
    case TH_COMMAND_POLYLINE: {
        const th_command_polyline *c = any;
        th_path_set_polyline(&brush->path, c->points, c->count, c->radius);
        draw_path(brush, &c->stroke, seen);
        break;
    }
    case TH_COMMAND_BEZIER: {
        const th_command_bezier *c = any;
        th_path_set_bezier(&brush->path, c->p);
        draw_path(brush, &c->stroke, seen);
        break;
    }
    case TH_COMMAND_POLYGON:
        draw_polygon(brush, any, seen);
        break;
    case TH_COMMAND_TEXT:
        draw_text(brush, any, seen);
        break;
    }
}

bool th_mark_hides(const th_command *command, th_pixel_rect region) {
    if (command->kind != TH_COMMAND_RECT) return false;
    const th_command_rect *c = (const th_command_rect *)(const void *)command;
    bool clear = c->paint.color >> 24 != 255 ||
                 (c->paint.pattern != TH_PATTERN_SOLID && c->paint.pattern_color >> 24 != 255);
    if (clear || !th_pixel_rect_inside(region, command->clip)) return false;
    /* The corners are left out whole: what remains is a cross of two full rectangles. */
    th_rect r = c->rect;
    float x0 = (float)region.x0, y0 = (float)region.y0, x1 = (float)region.x1,
          y1 = (float)region.y1;
    bool within = x0 >= r.x && y0 >= r.y && x1 <= r.x + r.w && y1 <= r.y + r.h;
    bool upright = y0 >= r.y + c->radius && y1 <= r.y + r.h - c->radius;
    bool level = x0 >= r.x + c->radius && x1 <= r.x + r.w - c->radius;
    return within && (upright || level);
}

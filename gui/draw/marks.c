#include "gui/draw/marks.h"

#include <math.h>

void th_brush_free(th_brush *brush) {
    th_cells_free(&brush->cells);
    th_path_free(&brush->path);
    th_path_free(&brush->piece);
    th_corner_cache_free(&brush->corners);
    th_source_cache_free(&brush->sources);
}

uint32_t *th_brush_row(const th_brush *brush, int y) {
    return brush->pixels + (size_t)y * brush->stride;
}

th_point th_mark_text_pen(const th_command_text *c, const th_run *run) {
    float x = c->x, y = c->y;
    if (c->style.align == TH_ALIGN_CENTER) x -= run->advance / 2;
    if (c->style.align == TH_ALIGN_RIGHT) x -= run->advance;
    if (c->style.anchor == TH_ANCHOR_TOP) y += run->metrics.ascent;
    if (c->style.anchor == TH_ANCHOR_MIDDLE) y += run->metrics.cap_height / 2;
    return (th_point){rintf(x), rintf(y)};
}

/* The inked part of a text. */
static th_pixel_rect text_box(const th_command_text *c, const th_run *run) {
    const th_point pen = th_mark_text_pen(c, run);
    int left = (int)pen.x + run->left, top = (int)pen.y + run->top;
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
    th_paint paint = th_paint_solid(c->style.color);
    const th_source *source = th_brush_source(brush, &paint, 0, 0);
    for (int y = seen.y0; y < seen.y1; y++) {
        const uint8_t *mask = run->mask + (size_t)(y - box.y0) * (size_t)run->width;
        th_blend_mask(th_brush_row(brush, y), seen.x0, y, seen.x1 - seen.x0,
                      mask + (seen.x0 - box.x0), source);
    }
}

void th_brush_paint_cells(th_brush *brush, const th_source *source) {
    th_cells *cells = &brush->cells;
    for (int y = cells->row_min; y <= cells->row_max; y++) {
        int count;
        const th_span *spans = th_cells_row(cells, y, &count);
        uint32_t *row = th_brush_row(brush, y);
        for (int i = 0; i < count; i++) {
            th_blend_span(row, spans[i].x, y, spans[i].count, spans[i].coverage, source);
        }
    }
}

const th_source *th_brush_source(th_brush *brush, const th_paint *paint, float x, float y) {
    return th_source_get(&brush->sources, paint, (int)floorf(x), (int)floorf(y));
}

static void draw_path(th_brush *brush, const th_command_stroke *stroke, th_pixel_rect region) {
    th_cells_begin(&brush->cells, region);
    th_path_stroke(&brush->cells, &brush->path, stroke, &brush->piece);
    th_paint paint = th_paint_solid(stroke->color);
    th_brush_paint_cells(brush, th_brush_source(brush, &paint, 0, 0));
}

th_point th_mark_corner(const th_command_polygon *c) {
    th_point corner = c->points[0];
    for (int i = 1; i < c->count; i++) {
        corner.x = c->points[i].x < corner.x ? c->points[i].x : corner.x;
        corner.y = c->points[i].y < corner.y ? c->points[i].y : corner.y;
    }
    return corner;
}

static void draw_polygon(th_brush *brush, const th_command_polygon *c, th_pixel_rect region) {
    th_cells_begin(&brush->cells, region);
    th_path_fill_polygon(&brush->cells, c->points, c->count);
    const th_point corner = th_mark_corner(c);
    th_brush_paint_cells(brush, th_brush_source(brush, &c->paint, corner.x, corner.y));
}

void th_mark_draw(th_brush *brush, const th_command *command, th_pixel_rect region) {
    const void *any = command;
    th_pixel_rect seen = th_pixel_rect_intersect(region, command->bounds);
    if (th_pixel_rect_empty(seen)) return;
    switch ((th_command_kind)command->kind) {
    case TH_COMMAND_RECT: th_box_fill(brush, any, seen); break;
    case TH_COMMAND_STROKE_RECT: th_box_stroke(brush, any, seen); break;
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
    case TH_COMMAND_POLYGON: draw_polygon(brush, any, seen); break;
    case TH_COMMAND_TEXT: draw_text(brush, any, seen); break;
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

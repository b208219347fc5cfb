/* One command's pixels. Private to gui/draw. */
#ifndef TH_GUI_DRAW_MARKS_H
#define TH_GUI_DRAW_MARKS_H

#include "gui/draw/blend.h"
#include "gui/draw/command.h"
#include "gui/draw/corners.h"
#include "gui/draw/path.h"
#include "gui/draw/raster.h"
#include "gui/draw/runs.h"

/* What drawing needs besides the command; its memory is kept from mark to mark. */
typedef struct th_brush {
    uint32_t *pixels;
    size_t stride; /* pixels from row to row */
    th_fonts *fonts;
    th_cells cells;
    th_path path, piece;
    th_source_cache sources;
    th_corner_cache corners;
} th_brush;

/* The pixels that a command can touch within its clip. */
th_pixel_rect th_mark_bounds(const th_command *command, th_fonts *fonts);

/* Where a text begins on its baseline: a whole pixel. */
th_point th_mark_text_pen(const th_command_text *c, const th_run *run);

/* From where the pattern of a polygon is repeated: the top left of its outline. */
th_point th_mark_corner(const th_command_polygon *c);

/* Draws what lies inside `region`, which must lie inside the picture. */
void th_mark_draw(th_brush *brush, const th_command *command, th_pixel_rect region);

/* Whether the command hides all that was in `region` before. */
bool th_mark_hides(const th_command *command, th_pixel_rect region);

void th_brush_free(th_brush *brush);

/* For the files that draw marks: a row of pixels, a paint made ready with its pattern's origin,
 * painting the outline that is in the cells, and the rectangles (boxes.c). */
uint32_t *th_brush_row(const th_brush *brush, int y);
const th_source *th_brush_source(th_brush *brush, const th_paint *paint, float x, float y);
void th_brush_paint_cells(th_brush *brush, const th_source *source);
void th_box_fill(th_brush *brush, const th_command_rect *c, th_pixel_rect region);
void th_box_stroke(th_brush *brush, const th_command_stroke_rect *c, th_pixel_rect region);

#endif

/* Exact area coverage of closed outlines, one scan line at a time.
 *
 * Outlines are given as lines in 24.8 fixed point (1 pixel = TH_SUBPIXEL). Only the pixels that
 * an outline passes through are stored, as cells in a list for each row, so the cost follows the
 * length of the outline, not its area. What a cell holds depends on the lines alone and not on
 * the clip: a redraw of a part gives the pixels of a redraw of the whole. The method (cover and
 * area sums) is that of the smooth rasters of LibArt, FreeType and Anti-Grain Geometry.
 * Private to gui/draw.
 */
#ifndef TH_GUI_DRAW_CELLS_H
#define TH_GUI_DRAW_CELLS_H

#include "gui/draw/draw.h"

enum { TH_SUBPIXEL = 256 };

/* One pixel that an outline passes through: the height it climbs there, and twice the area
 * between it and the pixel's left edge. */
typedef struct th_cell {
    int x, cover, area;
    int next; /* index, or -1 */
} th_cell;

/* Equally covered pixels of one row. coverage: 1 to 255. */
typedef struct th_span {
    int x, count, coverage;
} th_span;

/* Invariant: the cells of a row are linked in rising x, all in [clip.x0 - 1, clip.x1). */
typedef struct th_cells {
    th_pixel_rect clip;
    int *rows; /* first cell of each row of the clip, or -1 */
    int row_capacity;
    th_cell *cells;
    int count, capacity;
    int last, last_row;   /* the cell touched last: the next one is often beside it */
    int row_min, row_max; /* touched rows */
    th_span *spans;
    int span_capacity;
} th_cells;

/* Forgets all lines; later ones count inside `clip` only. */
void th_cells_begin(th_cells *cells, th_pixel_rect clip);
void th_cells_free(th_cells *cells);

/* Adds a line of a closed outline. */
void th_cells_line(th_cells *cells, int x0, int y0, int x1, int y1);

/* The spans of row y, in rising x; they stay valid until the next call. */
const th_span *th_cells_row(th_cells *cells, int y, int *count);

#endif

/* Outlines of marks, cut into straight lines and handed to th_cells. Only + - * / and square
 * roots are used, which every IEEE machine rounds alike, so the pixels are the same everywhere.
 * Private to gui/draw. */
#ifndef TH_GUI_DRAW_PATH_H
#define TH_GUI_DRAW_PATH_H

#include "gui/draw/cells.h"
#include "gui/draw/command.h"

/* A polyline under construction; its memory is kept for the next one. */
typedef struct th_path {
    th_point *points;
    int count, capacity;
} th_path;

void th_path_free(th_path *path);

/* Adds the outline of a rounded rectangle; `reverse` makes it a hole in another one. */
void th_path_fill_rect(th_cells *cells, th_rect rect, float radius, bool reverse);

void th_path_fill_polygon(th_cells *cells, const th_point *points, int count);

/* These three replace the path. */
void th_path_set_bezier(th_path *path, const th_point p[4]);
void th_path_set_polyline(th_path *path, const th_point *points, int count, float radius);
void th_path_set_rect(th_path *path, th_rect rect, float radius);

/* Adds the outline of the path's stroke; `piece` is scratch for its dashes. */
void th_path_stroke(th_cells *cells, const th_path *path, const th_command_stroke *stroke,
                    th_path *piece);

#endif

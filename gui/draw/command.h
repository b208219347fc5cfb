/* The commands of a draw list as they lie in its arena: a th_command, then the kind's own part.
 * Private to gui/draw. Every byte is written, padding too, because the raster hashes them. */
#ifndef TH_GUI_DRAW_COMMAND_H
#define TH_GUI_DRAW_COMMAND_H

#include "gui/draw/draw.h"

typedef enum th_command_kind {
    TH_COMMAND_RECT,
    TH_COMMAND_STROKE_RECT,
    TH_COMMAND_POLYLINE,
    TH_COMMAND_BEZIER,
    TH_COMMAND_POLYGON,
    TH_COMMAND_TEXT
} th_command_kind;

/* Size counts the whole command and is a multiple of 8. Bounds are the pixels that it can touch
 * within its clip; those of a text, whose width only the fonts know, are the clip itself. */
typedef struct th_command {
    uint32_t kind, size;
    th_pixel_rect clip, bounds;
} th_command;

typedef struct th_command_stroke {
    th_color color;
    float width, dash, gap, offset;
    uint32_t round_caps;
} th_command_stroke;

typedef struct th_command_rect {
    th_command head;
    th_rect rect;
    float radius;
    th_paint paint;
} th_command_rect;

typedef struct th_command_stroke_rect {
    th_command head;
    th_rect rect;
    float radius;
    th_command_stroke stroke;
} th_command_stroke_rect;

typedef struct th_command_polyline {
    th_command head;
    float radius;
    int32_t count;
    th_command_stroke stroke;
    th_point points[];
} th_command_polyline;

typedef struct th_command_bezier {
    th_command head;
    th_command_stroke stroke;
    th_point p[4];
} th_command_bezier;

typedef struct th_command_polygon {
    th_command head;
    int32_t count;
    th_paint paint;
    th_point points[];
} th_command_polygon;

typedef struct th_command_text {
    th_command head;
    th_text_style style;
    float x, y;
    uint32_t length;
    char text[]; /* NUL ended, not counted in length */
} th_command_text;

/* The pixels that both rectangles cover. */
static inline th_pixel_rect th_pixel_rect_intersect(th_pixel_rect a, th_pixel_rect b) {
    th_pixel_rect r = a;
    r.x0 = b.x0 > a.x0 ? b.x0 : a.x0;
    r.y0 = b.y0 > a.y0 ? b.y0 : a.y0;
    r.x1 = b.x1 < a.x1 ? b.x1 : a.x1;
    r.y1 = b.y1 < a.y1 ? b.y1 : a.y1;
    return r;
}

static inline bool th_pixel_rect_empty(th_pixel_rect r) { return r.x0 >= r.x1 || r.y0 >= r.y1; }

static inline bool th_pixel_rect_inside(th_pixel_rect inner, th_pixel_rect outer) {
    return inner.x0 >= outer.x0 && inner.y0 >= outer.y0 && inner.x1 <= outer.x1 &&
           inner.y1 <= outer.y1;
}

#endif

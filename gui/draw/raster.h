/* The software raster: a draw list in, opaque 32-bit pixels out.
 *
 *     th_raster raster;
 *     th_raster_init(&raster, fonts, 1920, 1080);
 *     th_raster_draw_dirty(&raster, &list, theme->color.bg);
 *     for (int i = 0; i < raster.dirty_count; i++) upload(raster.dirty[i]);
 *     th_raster_free(&raster);
 *
 * Edges are anti-aliased by exact area coverage in integer arithmetic: each pixel depends on the
 * list alone, never on the order or size of the regions it is drawn in. So a dirty redraw gives
 * the very pixels of a full one, and the same list and fonts give the same bytes.
 */
#ifndef TH_GUI_DRAW_RASTER_H
#define TH_GUI_DRAW_RASTER_H

#include "gui/draw/draw.h"
#include "gui/draw/text.h"

enum {
    TH_RASTER_SIZE_MAX = 16384, /* px; fixed point coordinates stay far from overflow */
    TH_RASTER_DIRTY_MAX = 256   /* rectangles; more are merged */
};

struct th_raster_state;

typedef struct th_raster {
    uint32_t *pixels; /* 0xFFRRGGBB, row after row */
    int width, height;
    int pitch;                                /* bytes from one row to the next */
    th_pixel_rect dirty[TH_RASTER_DIRTY_MAX]; /* what the last draw may have changed */
    int dirty_count;
    struct th_raster_state *state; /* private */
} th_raster;

/* Makes a raster of `width` by `height` pixels that borrows `fonts`. */
void th_raster_init(th_raster *raster, th_fonts *fonts, int width, int height);
void th_raster_free(th_raster *raster);

/* Changes the size; the next draw is a full one. */
void th_raster_resize(th_raster *raster, int width, int height);

/* Draws everything upon `background`. */
void th_raster_draw(th_raster *raster, const th_draw_list *list, th_color background);

/* Draws only the cells of the screen whose commands differ from those of the last draw. */
void th_raster_draw_dirty(th_raster *raster, const th_draw_list *list, th_color background);

#endif

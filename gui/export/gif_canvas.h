/* What a GIF shows so far, as palette indices, and the image that leads to the next frame. */
#ifndef TH_GUI_EXPORT_GIF_CANVAS_H
#define TH_GUI_EXPORT_GIF_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "gui/export/bytes.h"
#include "gui/export/color_table.h"
#include "gui/export/export.h"
#include "gui/export/gif_palette.h"

typedef struct th_gif_canvas {
    const th_color_table *colors;  /* with indices set; borrowed, only read */
    const th_gif_palette *palette; /* borrowed, only read */
    int width, height;
    uint8_t *shown;        /* the index of each pixel, owned */
    uint8_t *fresh;        /* the same where it is new, elsewhere the transparent index; owned */
    th_pixel_rect changed; /* bounds of what is new; empty: x0 == x1 */
} th_gif_canvas;

/* False if there is not enough memory; th_gif_canvas_close is right in any case. */
bool th_gif_canvas_open(th_gif_canvas *canvas, int width, int height, const th_color_table *colors,
                        const th_gif_palette *palette);
void th_gif_canvas_close(th_gif_canvas *canvas);

/* Takes in a frame that differs from the last one within `change` only. `is_first` marks all of
 * it as new. */
void th_gif_canvas_update(th_gif_canvas *canvas, const uint32_t *pixels,
                          const th_frame_change *change, bool is_first);

/* Appends the data of the image of what is new, gives its rectangle, and forgets that it is new.
 * An image has at least one pixel: one that shows nothing new is a single pixel. */
void th_gif_canvas_encode(th_gif_canvas *canvas, th_bytes *out, th_pixel_rect *rect);

/* Forgets what is new, without an image of it. */
void th_gif_canvas_settle(th_gif_canvas *canvas);

#endif

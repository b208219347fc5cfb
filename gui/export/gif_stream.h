/* The file around a GIF's images: header, palette, endless loop, and delays.
 *
 * Delays are whole hundredths of a second: frame i is shown from i * 100 / fps rounded down, so
 * that the error never adds up. An image that shows nothing new is not written; the one before it
 * stays longer.
 */
#ifndef TH_GUI_EXPORT_GIF_STREAM_H
#define TH_GUI_EXPORT_GIF_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "gui/export/bytes.h"
#include "gui/export/export.h"
#include "gui/export/gif_palette.h"

/* Viewers take a delay below 2 hundredths for a mistake and show the frame much longer. */
enum { TH_GIF_FPS_MAX = 50 };

/* One image: its rectangle in the frame, and its data as th_gif_lzw makes it. */
typedef struct th_gif_image {
    int index; /* of the frame */
    th_pixel_rect rect;
    bool is_unchanged; /* shows nothing new, and may be left out */
    const uint8_t *data;
    size_t size;
} th_gif_image;

typedef struct th_gif_stream {
    const char *path; /* for messages; borrowed */
    int descriptor;
    int fps;
    int transparent;
    th_gif_image pending; /* the last image, whose delay is known only with the next one */
    th_bytes pending_data;
    bool has_pending;
    th_bytes packet; /* what is written next */
} th_gif_stream;

/* Writes the header. The stream does not own the descriptor. */
bool th_gif_stream_begin(th_gif_stream *stream, int width, int height,
                         const th_gif_palette *palette, th_export_error *error);

/* Takes the next frame's image, with a higher index than the last; the data is copied. */
bool th_gif_stream_add(th_gif_stream *stream, const th_gif_image *image, th_export_error *error);

/* Writes the last image, shown until `frame_count`, and the end. */
bool th_gif_stream_end(th_gif_stream *stream, int frame_count, th_export_error *error);

void th_gif_stream_free(th_gif_stream *stream);

#endif

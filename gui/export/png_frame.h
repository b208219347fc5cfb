/* A PNG file (ISO/IEC 15948) of a frame that keeps what did not change since the one before.
 *
 * The picture is cut into bands of a few rows. Each band is compressed on its own into a finished
 * IDAT chunk; bands put behind one another make one valid zlib stream. A band whose rows are the
 * same as last time is not touched again, so a frame costs as much as what changed in it. The bytes
 * are a function of the pixels alone: 8-bit RGB, no filters (they hurt flat areas and text), alpha
 * left out.
 */
#ifndef TH_GUI_EXPORT_PNG_FRAME_H
#define TH_GUI_EXPORT_PNG_FRAME_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/uio.h>

#include "gui/export/export.h"

typedef struct th_png_frame th_png_frame;

/* Makes an encoder for one size; NULL if there is not enough memory. */
th_png_frame *th_png_frame_open(int width, int height);
void th_png_frame_close(th_png_frame *png);

/* Takes in pixels that differ from the last ones within `change` only. The first time everything
 * must be in it. False if there is not enough memory. */
bool th_png_frame_update(th_png_frame *png, const uint32_t *pixels, const th_frame_change *change);

/* How many parts th_png_frame_parts gives, for this height. */
int th_png_frame_part_count(const th_png_frame *png);

/* The whole file of the pixels taken in last, as parts that stay valid until the next update. */
void th_png_frame_parts(th_png_frame *png, struct iovec *parts);

#endif

/* RGB to planar YUV 4:2:0, BT.709 in the limited range (16..235, 16..240), in integers.
 *
 * Colour is averaged over 2 by 2 pixels and stands in their middle, as in JPEG. An odd width or
 * height is made even by repeating the last column or row.
 */
#ifndef TH_GUI_EXPORT_YUV_H
#define TH_GUI_EXPORT_YUV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gui/export/export.h"

typedef struct th_yuv {
    int source_width, source_height;
    int width, height; /* even */
    size_t size;       /* bytes of all three planes */
    uint8_t *planes;   /* Y, then U and V of half the size each way; owned */
} th_yuv;

/* False if there is not enough memory. */
bool th_yuv_open(th_yuv *yuv, int source_width, int source_height);
void th_yuv_close(th_yuv *yuv);

/* Converts what changed; the first time that must be everything. */
void th_yuv_update(th_yuv *yuv, const uint32_t *pixels, const th_frame_change *change);

#endif

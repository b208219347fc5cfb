/* Finds what differs between frames, for sources that cannot tell. */
#ifndef TH_GUI_EXPORT_FRAME_DIFF_H
#define TH_GUI_EXPORT_FRAME_DIFF_H

#include <stdbool.h>
#include <stdint.h>

#include "gui/export/export.h"

/* The whole frame as one known rectangle. */
void th_frame_change_all(int width, int height, th_frame_change *change);

/* Replaces `change` by the exact difference between `previous` and `pixels`, as rectangles of full
 * rows' height with the columns that differ, and copies what differs into `previous`. */
void th_frame_diff(uint32_t *previous, const uint32_t *pixels, int width, int height,
                   th_frame_change *change);

#endif

/* Coverage of rounded corners, made once for each radius, width and place within a pixel: a
 * screen has hundreds of rounded rectangles, but few different corners. Private to gui/draw. */
#ifndef TH_GUI_DRAW_CORNERS_H
#define TH_GUI_DRAW_CORNERS_H

#include "gui/draw/cells.h"

enum {
    TH_CORNER_SIZE_MAX = 96, /* px; larger ones are rare and are drawn as outlines */
    TH_CORNER_COUNT_MAX = 512
};

/* The top left corner of an area (width 0) or of a frame of that width. Its rectangle begins
 * (x, y) 256ths into the mask's first pixel and is larger than the mask. A flipped mask is that
 * of another corner. */
typedef struct th_corner {
    int x, y;
    float radius, width;
    bool flip_x, flip_y;
    int size; /* of a side, px */
    uint8_t *mask;
} th_corner;

typedef struct th_corner_cache {
    th_corner corners[TH_CORNER_COUNT_MAX]; /* an open hash table; emptied when it fills up */
    int count;
} th_corner_cache;

/* The pixels that a corner needs each way. */
int th_corner_size(float radius, float width);

/* Finds or makes the corner described by `wanted` (whose size and mask are ignored), using
 * `cells`. It stays valid until the next call. */
const th_corner *th_corner_get(th_corner_cache *cache, th_cells *cells, const th_corner *wanted);

void th_corner_cache_free(th_corner_cache *cache);

#endif

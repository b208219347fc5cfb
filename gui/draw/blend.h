/* The pixel loops: what a paint looks like, and mixing it into a row. Private to gui/draw. */
#ifndef TH_GUI_DRAW_BLEND_H
#define TH_GUI_DRAW_BLEND_H

#include "gui/draw/draw.h"

enum { TH_TILE_MAX = 64 }; /* px; the largest pitch of a pattern */

/* A paint made ready: one colour, or with size > 0 a tile repeated from (x, y). */
typedef struct th_source {
    th_color color;
    int x, y, size;
    th_color tile[TH_TILE_MAX * TH_TILE_MAX];
    bool row_empty[TH_TILE_MAX]; /* rows of the tile with alpha 0 throughout */
} th_source;

/* Sources that were made before, by paint: many marks share few patterns. */
typedef struct th_source_cache {
    th_paint paints[16];
    th_source sources[16];
    int count, next;
} th_source_cache;

/* A paint made ready for a mark whose pattern begins at (x, y). It stays valid until the next
 * call. */
const th_source *th_source_get(th_source_cache *cache, const th_paint *paint, int x, int y);

/* Mixes the source into `count` pixels of `row` from x on; y is the row's number. Coverage 0 to
 * 255 multiplies the source's alpha. */
void th_blend_span(uint32_t *row, int x, int y, int count, int coverage, const th_source *source);

/* Mixes a colour into `count` pixels, each by its own coverage. */
void th_blend_mask(uint32_t *pixels, const uint8_t *mask, int count, th_color color);

#endif

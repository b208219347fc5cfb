/* The pixel loops: what a paint looks like, and mixing it into a row. Private to gui/draw. */
#ifndef TH_GUI_DRAW_BLEND_H
#define TH_GUI_DRAW_BLEND_H

#include "gui/draw/draw.h"

enum {
    TH_TILE_MAX = 64,  /* px; the largest pitch of a pattern */
    TH_SOURCE_MAX = 64 /* six patterns in a few sizes, solid and faded */
};

/* A paint made ready: one colour, or with size > 0 a tile repeated from (x, y). */
typedef struct th_source {
    th_color color;
    int x, y, size;
    th_color *tile;
    struct {
        uint8_t first, end; /* outside of these columns alpha is 0 */
    } inked[TH_TILE_MAX];   /* of each row of the tile */
} th_source;

/* Patterned sources that were made before, by paint: many marks share few patterns. */
typedef struct th_source_cache {
    th_source plain;
    th_paint paints[TH_SOURCE_MAX];
    th_source sources[TH_SOURCE_MAX];
    int count, next;
} th_source_cache;

/* How far a paint's pattern is repeated, and how wide its lines are, both in pixels. */
int th_paint_pitch(const th_paint *paint);
float th_paint_thickness(const th_paint *paint, int pitch);

/* A paint made ready for a mark whose pattern begins at (x, y). It stays valid until the next
 * call. */
const th_source *th_source_get(th_source_cache *cache, const th_paint *paint, int x, int y);

void th_source_cache_free(th_source_cache *cache);

/* Mixes the source into `count` pixels of `row` from x on; y is the row's number. Coverage 0 to
 * 255 multiplies the source's alpha. */
void th_blend_span(uint32_t *row, int x, int y, int count, int coverage, const th_source *source);

/* The same, with a coverage for each pixel. */
void th_blend_mask(uint32_t *row, int x, int y, int count, const uint8_t *mask,
                   const th_source *source);

#endif

#include "gui/draw/corners.h"

#include <math.h>
#include <stdlib.h>

#include "gui/draw/hash.h"
#include "gui/draw/path.h"
#include "sim/base/assert.h"

int th_corner_size(float radius, float width) {
    return (int)ceilf(radius > width ? radius : width) + 1;
}

void th_corner_cache_free(th_corner_cache *cache) {
    for (int i = 0; i < TH_CORNER_COUNT_MAX; i++) {
        free(cache->corners[i].mask);
        cache->corners[i].mask = NULL;
    }
    cache->count = 0;
}

static bool same(const th_corner *a, const th_corner *b) {
    return a->x == b->x && a->y == b->y && a->radius == b->radius && a->width == b->width &&
           a->flip_x == b->flip_x && a->flip_y == b->flip_y;
}

static size_t slot_of(const th_corner *corner) {
    uint32_t radius, width;
    memcpy(&radius, &corner->radius, sizeof radius);
    memcpy(&width, &corner->width, sizeof width);
    uint64_t place = (uint64_t)corner->x << 16 | (uint64_t)corner->y << 2 |
                     (uint64_t)corner->flip_x << 1 | (uint64_t)corner->flip_y;
    uint64_t form = (uint64_t)radius << 32 | width;
    return th_hash_mix64(form * 31 + place) % TH_CORNER_COUNT_MAX;
}

static void render(th_corner *corner, th_cells *cells) {
    int size = corner->size;
    /* Far enough for the other corners to stay outside. */
    float side = (float)(size * 4);
    th_rect rect = {(float)corner->x / TH_SUBPIXEL, (float)corner->y / TH_SUBPIXEL, side, side};
    th_cells_begin(cells, (th_pixel_rect){0, 0, size, size});
    th_path_fill_rect(cells, rect, corner->radius, false);
    if (corner->width > 0) {
        float inner = corner->radius > corner->width ? corner->radius - corner->width : 0;
        th_path_fill_rect(cells, th_rect_inset(rect, corner->width), inner, true);
    }
    for (int y = 0; y < size; y++) {
        int count;
        const th_span *spans = th_cells_row(cells, y, &count);
        uint8_t *row = corner->mask + (corner->flip_y ? size - 1 - y : y) * size;
        for (int i = 0; i < count; i++) {
            for (int x = spans[i].x; x < spans[i].x + spans[i].count; x++) {
                row[corner->flip_x ? size - 1 - x : x] = (uint8_t)spans[i].coverage;
            }
        }
    }
}

const th_corner *th_corner_get(th_corner_cache *cache, th_cells *cells, const th_corner *wanted) {
    size_t slot = slot_of(wanted);
    for (; cache->corners[slot].mask != NULL; slot = (slot + 1) % TH_CORNER_COUNT_MAX) {
        if (same(&cache->corners[slot], wanted)) return &cache->corners[slot];
    }
    if (cache->count >= TH_CORNER_COUNT_MAX / 2) {
        th_corner_cache_free(cache);
        slot = slot_of(wanted);
    }
    th_corner *corner = &cache->corners[slot];
    *corner = *wanted;
    corner->size = th_corner_size(wanted->radius, wanted->width);
    corner->mask = calloc((size_t)corner->size, (size_t)corner->size);
    TH_ASSERT(corner->mask != NULL);
    cache->count++;
    render(corner, cells);
    return corner;
}

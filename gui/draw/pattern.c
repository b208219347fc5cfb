#include <math.h>
#include <stdlib.h>

#include "gui/draw/blend.h"
#include "sim/base/assert.h"

/* Coverage is taken at this many points a pixel each way: tiles are small, and made rarely. */
enum { SAMPLES = 4 };

/* The distance of v from the nearest multiple of `pitch`. */
static float nearest(float v, float pitch) {
    float rest = fmodf(v, pitch);
    return rest < pitch - rest ? rest : pitch - rest;
}

/* Whether a point of the tile, from its corner, lies on a line or dot. The lines run through the
 * middle of the tile, so that small marks show whole ones. */
static bool on_pattern(th_pattern pattern, float x, float y, float pitch, float thickness) {
    const float half = thickness / 2, middle = pitch / 2, root_half = 0.70710678f;
    switch (pattern) {
    case TH_PATTERN_DIAGONAL: return nearest(x + y, pitch) * root_half < half;
    case TH_PATTERN_CROSS:
        return nearest(x + y, pitch) * root_half < half ||
               nearest(x - y + pitch, pitch) * root_half < half;
    case TH_PATTERN_DOTS:
        return (x - middle) * (x - middle) + (y - middle) * (y - middle) < half * half;
    case TH_PATTERN_VERTICAL: return nearest(x + middle, pitch) < half;
    case TH_PATTERN_HORIZONTAL: return nearest(y + middle, pitch) < half;
    case TH_PATTERN_SOLID:
    case TH_PATTERN_COUNT: break;
    }
    return false;
}

static float pattern_coverage(const th_paint *paint, int x, int y, int pitch, float thickness) {
    int hits = 0;
    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
        float dx = ((float)(i % SAMPLES) + 0.5f) / SAMPLES;
        float dy = ((float)(i / SAMPLES) + 0.5f) / SAMPLES;
        hits += on_pattern(paint->pattern, (float)x + dx, (float)y + dy, (float)pitch, thickness);
    }
    return (float)hits / (SAMPLES * SAMPLES);
}

/* `over` at `share` of its alpha upon `under`; both may be translucent. */
static th_color compose(th_color under, th_color over, float share) {
    float top = (float)(over >> 24) / 255 * share;
    float bottom = (float)(under >> 24) / 255 * (1 - top);
    float alpha = top + bottom;
    if (alpha <= 0) return 0;
    th_color color = th_color_mix(under, over, top / alpha) & 0x00FFFFFF;
    return color | (th_color)(alpha * 255 + 0.5f) << 24;
}

int th_paint_pitch(const th_paint *paint) {
    float pitch = paint->pitch > 0 ? paint->pitch : 8;
    return pitch < 2 ? 2 : pitch > TH_TILE_MAX ? TH_TILE_MAX : (int)lrintf(pitch);
}

/* Slanted lines lie closer together than their pitch along a row. */
float th_paint_thickness(const th_paint *paint, int pitch) {
    if (paint->thickness > 0) return paint->thickness;
    bool slanted = paint->pattern == TH_PATTERN_DIAGONAL || paint->pattern == TH_PATTERN_CROSS;
    return (slanted ? 0.3f : 0.42f) * (float)pitch;
}

static void make_source(th_source *source, const th_paint *paint) {
    int size = th_paint_pitch(paint);
    float thickness = th_paint_thickness(paint, size);
    th_color *tile = realloc(source->tile, (size_t)(size * size) * sizeof tile[0]);
    TH_ASSERT(tile != NULL);
    *source = (th_source){.color = paint->color, .size = size, .tile = tile};
    for (int i = 0; i < size * size; i++) {
        float share = pattern_coverage(paint, i % size, i / size, size, thickness);
        tile[i] = compose(paint->color, paint->pattern_color, share);
    }
    for (int row = 0; row < size; row++) {
        int first = 0, end = size;
        while (first < end && tile[row * size + first] >> 24 == 0) first++;
        while (end > first && tile[row * size + end - 1] >> 24 == 0) end--;
        source->inked[row].first = (uint8_t)first;
        source->inked[row].end = (uint8_t)end;
    }
}

void th_source_cache_free(th_source_cache *cache) {
    for (int i = 0; i < cache->count; i++) free(cache->sources[i].tile);
    *cache = (th_source_cache){0};
}

static bool same_paint(const th_paint *a, const th_paint *b) {
    return a->color == b->color && a->pattern == b->pattern &&
           a->pattern_color == b->pattern_color && a->pitch == b->pitch &&
           a->thickness == b->thickness;
}

const th_source *th_source_get(th_source_cache *cache, const th_paint *paint, int x, int y) {
    if (paint->pattern == TH_PATTERN_SOLID) {
        cache->plain.color = paint->color;
        return &cache->plain;
    }
    int i = 0;
    while (i < cache->count && !same_paint(&cache->paints[i], paint)) i++;
    if (i == cache->count) {
        i = cache->next;
        cache->next = (cache->next + 1) % TH_SOURCE_MAX;
        if (cache->count < TH_SOURCE_MAX) cache->count++;
        cache->paints[i] = *paint;
        make_source(&cache->sources[i], paint);
    }
    th_source *source = &cache->sources[i];
    source->x = x;
    source->y = y;
    return source;
}

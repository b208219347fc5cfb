#include "gui/draw/blend.h"

#include <string.h>
#include <wchar.h>

/* Vector types of GCC and Clang: two pixels at a time, on any processor. */
typedef uint8_t bytes8 __attribute__((vector_size(8)));
typedef uint16_t words8 __attribute__((vector_size(16)));

/* Alpha 0 to 255 as a share of 256, so that mixing divides by a shift and both ends are exact. */
static uint32_t share_of(uint32_t alpha) { return alpha + (alpha >> 7); }

static uint32_t mix(uint32_t under, uint32_t over, uint32_t share) {
    uint32_t rest = 256 - share;
    uint32_t even = (under & 0x00FF00FF) * rest + (over & 0x00FF00FF) * share + 0x00800080;
    uint32_t odd = (under >> 8 & 0x00FF00FF) * rest + (over >> 8 & 0x00FF00FF) * share + 0x00800080;
    return (even >> 8 & 0x00FF00FF) | (odd & 0xFF00FF00);
}

static uint32_t opaque(th_color color) { return color | 0xFF000000; }

/* Long runs go through the C library, which picks the processor's widest stores. */
static void fill(uint32_t *pixels, int count, uint32_t color) {
    if (sizeof(wchar_t) == sizeof color && count >= 16) {
        wmemset((wchar_t *)(void *)pixels, (wchar_t)color, (size_t)count);
        return;
    }
    for (int i = 0; i < count; i++) pixels[i] = color;
}

/* The mix of one colour at one share into many pixels; the arithmetic is that of mix(). */
static void tint(uint32_t *pixels, int count, uint32_t color, uint32_t share) {
    uint16_t c[4], rest = (uint16_t)(256 - share);
    for (int i = 0; i < 4; i++) c[i] = (uint16_t)((color >> (8 * i) & 255) * share + 128);
    const bool low_first = (union {
                               uint16_t w;
                               uint8_t b;
                           }){.w = 1}
                               .b == 1;
    words8 over = {c[0], c[1], c[2], c[3], c[0], c[1], c[2], c[3]};
    int i = 0;
    for (; low_first && i + 2 <= count; i += 2) {
        bytes8 two;
        memcpy(&two, pixels + i, sizeof two);
        words8 wide = __builtin_convertvector(two, words8);
        wide = (wide * rest + over) >> 8;
        two = __builtin_convertvector(wide, bytes8);
        memcpy(pixels + i, &two, sizeof two);
    }
    for (; i < count; i++) pixels[i] = mix(pixels[i], color, share);
}

static void span_of_tile(uint32_t *pixels, int x, int y, int count, uint32_t coverage,
                         const th_source *source) {
    const int size = source->size;
    int tile_y = (y - source->y) % size, tile_x = (x - source->x) % size;
    if (tile_y < 0) tile_y += size;
    if (tile_x < 0) tile_x += size;
    const th_color *tile = source->tile + tile_y * size;
    const int first = source->inked[tile_y].first, end = source->inked[tile_y].end;
    const uint32_t strength = share_of(coverage);
    if (first == end) return;
    for (int i = 0; i < count; i++) {
        if (tile_x < first || tile_x >= end) {
            i += tile_x < first ? first - tile_x : size - tile_x + first;
            tile_x = first;
            if (i >= count) return;
        }
        th_color color = tile[tile_x];
        uint32_t alpha = ((color >> 24) * strength) >> 8;
        if (alpha == 255) {
            pixels[i] = color;
        } else if (alpha > 0) {
            pixels[i] = mix(pixels[i], opaque(color), share_of(alpha));
        }
        tile_x = tile_x + 1 < size ? tile_x + 1 : 0;
    }
}

void th_blend_span(uint32_t *row, int x, int y, int count, int coverage, const th_source *source) {
    if (source->size > 0) {
        span_of_tile(row + x, x, y, count, (uint32_t)coverage, source);
        return;
    }
    uint32_t alpha = ((source->color >> 24) * share_of((uint32_t)coverage)) >> 8;
    if (alpha == 255) {
        fill(row + x, count, source->color);
    } else if (alpha > 0) {
        tint(row + x, count, opaque(source->color), share_of(alpha));
    }
}

/* Two pixels, each channel mixed at its own share; the arithmetic is that of mix(). */
static void mix_two(uint32_t *pixels, words8 over, words8 shares) {
    bytes8 two;
    memcpy(&two, pixels, sizeof two);
    words8 under = __builtin_convertvector(two, words8);
    words8 mixed = (under * (256 - shares) + over * shares + 128) >> 8;
    two = __builtin_convertvector(mixed, bytes8);
    memcpy(pixels, &two, sizeof two);
}

static void mask_of_color(uint32_t *pixels, int count, const uint8_t *mask, th_color color) {
    const uint32_t strength = share_of(color >> 24), over = opaque(color), overs[2] = {over, over};
    bytes8 top, eight;
    memcpy(&top, overs, sizeof top);
    const words8 wide_over = __builtin_convertvector(top, words8);
    int i = 0;
    for (; i + 8 <= count; i += 8) {
        uint64_t any;
        memcpy(&any, mask + i, sizeof any);
        if (any == 0) continue;
        memcpy(&eight, mask + i, sizeof eight);
        words8 s = (__builtin_convertvector(eight, words8) * (uint16_t)strength) >> 8;
        s += s >> 7;
        mix_two(pixels + i, wide_over, __builtin_shufflevector(s, s, 0, 0, 0, 0, 1, 1, 1, 1));
        mix_two(pixels + i + 2, wide_over, __builtin_shufflevector(s, s, 2, 2, 2, 2, 3, 3, 3, 3));
        mix_two(pixels + i + 4, wide_over, __builtin_shufflevector(s, s, 4, 4, 4, 4, 5, 5, 5, 5));
        mix_two(pixels + i + 6, wide_over, __builtin_shufflevector(s, s, 6, 6, 6, 6, 7, 7, 7, 7));
    }
    for (; i < count; i++) {
        if (mask[i] > 0) pixels[i] = mix(pixels[i], over, share_of((mask[i] * strength) >> 8));
    }
}

void th_blend_mask(uint32_t *row, int x, int y, int count, const uint8_t *mask,
                   const th_source *source) {
    if (source->size == 0) {
        mask_of_color(row + x, count, mask, source->color);
        return;
    }
    for (int i = 0; i < count; i++) {
        if (mask[i] > 0) span_of_tile(row + x + i, x + i, y, 1, mask[i], source);
    }
}

#define _POSIX_C_SOURCE 200809L

#include "gui/export/png_frame.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "gui/export/deflate_join.h"
#include "sim/base/assert.h"

enum {
    BAND_ROWS = 8,  /* half the rows: 9 % larger files; twice: up to twice the work for a change */
    LEVEL = 1,      /* level 6 makes files 8 % smaller and takes 1.7 times as long */
    CHUNK_HEAD = 8, /* length and type */
    CHUNK_CRC = 4,
    HEAD_SIZE = 8 + CHUNK_HEAD + 13 + CHUNK_CRC + CHUNK_HEAD + 2 + CHUNK_CRC,
    TAIL_SIZE = CHUNK_HEAD + 6 + CHUNK_CRC + CHUNK_HEAD + CHUNK_CRC
};

typedef struct png_band {
    uint8_t *chunk; /* an IDAT chunk, owned */
    size_t chunk_size;
    size_t chunk_capacity;
    size_t raw_size;
    uint32_t adler; /* of the rows before compression */
} png_band;

struct th_png_frame {
    int width, height;
    int band_count;
    png_band *bands;
    bool *is_stale;  /* for each band, within an update */
    uint8_t *raw;    /* one band's rows as PNG wants them */
    uint8_t *packed; /* one band compressed, at its largest */
    size_t packed_capacity;
    struct libdeflate_compressor *compressor;
    uint8_t head[HEAD_SIZE]; /* signature, IHDR, and an IDAT with the zlib header */
    uint8_t tail[TAIL_SIZE]; /* an IDAT with the end of the zlib stream, and IEND */
};

static uint8_t *put_u32(uint8_t *out, uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        *out++ = (uint8_t)(value >> shift);
    }
    return out;
}

/* Writes a chunk and returns where the next one goes. `data` may already be in its place. */
static uint8_t *put_chunk(uint8_t *out, const char type[5], const uint8_t *data, size_t size) {
    uint8_t *body = put_u32(out, (uint32_t)size);
    memcpy(body, type, 4);
    if (size > 0 && data != body + 4) {
        memcpy(body + 4, data, size);
    }
    return put_u32(body + 4 + size, libdeflate_crc32(0, body, 4 + size));
}

static void write_head(th_png_frame *png) {
    static const uint8_t SIGNATURE[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    static const uint8_t ZLIB_HEADER[2] = {0x78, 0x01}; /* window of 32 KB, fastest */
    uint8_t header[13] = {0};
    put_u32(header, (uint32_t)png->width);
    put_u32(header + 4, (uint32_t)png->height);
    header[8] = 8; /* bits a channel */
    header[9] = 2; /* RGB */
    memcpy(png->head, SIGNATURE, sizeof SIGNATURE);
    uint8_t *out = put_chunk(png->head + sizeof SIGNATURE, "IHDR", header, sizeof header);
    out = put_chunk(out, "IDAT", ZLIB_HEADER, sizeof ZLIB_HEADER);
    TH_ASSERT(out == png->head + HEAD_SIZE);
}

static void write_tail(th_png_frame *png) {
    uint8_t end[6] = {0x03, 0x00}; /* a final block with fixed codes and nothing in it */
    uint32_t adler = 1;
    for (int i = 0; i < png->band_count; i++) {
        adler = th_adler32_join(adler, png->bands[i].adler, png->bands[i].raw_size);
    }
    put_u32(end + 2, adler);
    uint8_t *out = put_chunk(png->tail, "IDAT", end, sizeof end);
    out = put_chunk(out, "IEND", NULL, 0);
    TH_ASSERT(out == png->tail + TAIL_SIZE);
}

static size_t row_size(const th_png_frame *png) { return 1 + 3 * (size_t)png->width; }

static int band_rows(const th_png_frame *png, int band) {
    const int left = png->height - band * BAND_ROWS;
    return left < BAND_ROWS ? left : BAND_ROWS;
}

th_png_frame *th_png_frame_open(int width, int height) {
    th_png_frame *png = calloc(1, sizeof *png);
    if (png == NULL) {
        return NULL;
    }
    png->width = width;
    png->height = height;
    png->band_count = (height + BAND_ROWS - 1) / BAND_ROWS;
    png->bands = calloc((size_t)png->band_count, sizeof *png->bands);
    png->is_stale = calloc((size_t)png->band_count, sizeof *png->is_stale);
    png->raw = malloc(row_size(png) * BAND_ROWS);
    png->compressor = libdeflate_alloc_compressor(LEVEL);
    if (png->compressor != NULL) {
        png->packed_capacity =
            libdeflate_deflate_compress_bound(png->compressor, row_size(png) * BAND_ROWS);
        png->packed =
            malloc(CHUNK_HEAD + png->packed_capacity + TH_DEFLATE_OPEN_END_MAX + CHUNK_CRC);
    }
    if (png->bands == NULL || png->is_stale == NULL || png->raw == NULL || png->packed == NULL) {
        th_png_frame_close(png);
        return NULL;
    }
    write_head(png);
    return png;
}

void th_png_frame_close(th_png_frame *png) {
    if (png == NULL) {
        return;
    }
    for (int i = 0; png->bands != NULL && i < png->band_count; i++) {
        free(png->bands[i].chunk);
    }
    libdeflate_free_compressor(png->compressor);
    free(png->packed);
    free(png->raw);
    free(png->is_stale);
    free(png->bands);
    free(png);
}

static size_t fill_raw(th_png_frame *png, const uint32_t *pixels, int band) {
    const int rows = band_rows(png, band);
    const uint32_t *in = pixels + (size_t)band * BAND_ROWS * (size_t)png->width;
    uint8_t *out = png->raw;
    for (int y = 0; y < rows; y++) {
        *out++ = 0; /* no filter */
        for (int x = 0; x < png->width; x++, in++, out += 3) {
            out[0] = (uint8_t)(*in >> 16);
            out[1] = (uint8_t)(*in >> 8);
            out[2] = (uint8_t)*in;
        }
    }
    return (size_t)(out - png->raw);
}

/* Keeps the finished chunk in a block of about its size: all bands at their largest would need
 * more than the frame. False if memory is short. */
static bool keep_chunk(png_band *band, const uint8_t *chunk, size_t size) {
    if (size > band->chunk_capacity) {
        const size_t capacity = size + size / 4;
        uint8_t *grown = realloc(band->chunk, capacity);
        if (grown == NULL) {
            return false;
        }
        band->chunk = grown;
        band->chunk_capacity = capacity;
    }
    memcpy(band->chunk, chunk, size);
    band->chunk_size = size;
    return true;
}

static bool compress_band(th_png_frame *png, const uint32_t *pixels, int index) {
    png_band *band = &png->bands[index];
    band->raw_size = fill_raw(png, pixels, index);
    band->adler = libdeflate_adler32(1, png->raw, band->raw_size);
    uint8_t *data = png->packed + CHUNK_HEAD;
    size_t size = libdeflate_deflate_compress(png->compressor, png->raw, band->raw_size, data,
                                              png->packed_capacity);
    TH_ASSERT(size > 0);
    const bool opened = th_deflate_open_end(data, &size);
    TH_ASSERT(opened);
    const uint8_t *end = put_chunk(png->packed, "IDAT", data, size);
    return keep_chunk(band, png->packed, (size_t)(end - png->packed));
}

bool th_png_frame_update(th_png_frame *png, const uint32_t *pixels, const th_frame_change *change) {
    memset(png->is_stale, 0, (size_t)png->band_count * sizeof *png->is_stale);
    for (int i = 0; i < change->rect_count; i++) {
        const th_pixel_rect *rect = &change->rects[i];
        if (rect->x0 >= rect->x1) {
            continue;
        }
        for (int y = rect->y0; y < rect->y1; y += BAND_ROWS - y % BAND_ROWS) {
            png->is_stale[y / BAND_ROWS] = true;
        }
    }
    for (int i = 0; i < png->band_count; i++) {
        if (png->is_stale[i] && !compress_band(png, pixels, i)) {
            return false;
        }
    }
    write_tail(png);
    return true;
}

int th_png_frame_part_count(const th_png_frame *png) { return png->band_count + 2; }

void th_png_frame_parts(th_png_frame *png, struct iovec *parts) {
    *parts++ = (struct iovec){png->head, HEAD_SIZE};
    for (int i = 0; i < png->band_count; i++) {
        *parts++ = (struct iovec){png->bands[i].chunk, png->bands[i].chunk_size};
    }
    *parts = (struct iovec){png->tail, TAIL_SIZE};
}

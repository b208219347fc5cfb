/* gui/export/deflate_join: streams compressed apart decompress as one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libdeflate.h>

#include "gui/export/deflate_join.h"

enum { PIECE_COUNT = 12, PIECE_MAX = 400000 };

/* Data of several kinds, so that stored, fixed and dynamic blocks all occur, and several in one
 * stream. */
static size_t make_piece(int kind, uint8_t *data) {
    static const size_t SIZES[] = {0, 1, 10, 300, 5000, PIECE_MAX};
    const size_t size = SIZES[kind % 6];
    uint32_t random = (uint32_t)kind + 1;
    for (size_t i = 0; i < size; i++) {
        random = random * 1664525 + 1013904223;
        const uint8_t noise = (uint8_t)(random >> 24);
        data[i] = kind % 3 == 0   ? noise
                  : kind % 3 == 1 ? (uint8_t)(noise < 20 ? noise : i / 1000)
                                  : (uint8_t) "a few words, again and again"[(i * i / 7) % 28];
    }
    return size;
}

static void assert_joined(int level) {
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(level);
    uint8_t *plain = malloc(PIECE_COUNT * PIECE_MAX);
    uint8_t *packed = malloc(2 * PIECE_COUNT * PIECE_MAX);
    size_t plain_size = 0, packed_size = 0;
    uint32_t adler = 1;
    for (int kind = 0; kind < PIECE_COUNT; kind++) {
        const size_t size = make_piece(kind, plain + plain_size);
        uint8_t *out = packed + packed_size;
        size_t out_size =
            libdeflate_deflate_compress(compressor, plain + plain_size, size, out, PIECE_MAX * 2);
        assert_true(out_size > 0);
        assert_true(th_deflate_open_end(out, &out_size));
        adler = th_adler32_join(adler, libdeflate_adler32(1, plain + plain_size, size), size);
        plain_size += size;
        packed_size += out_size;
    }
    memcpy(packed + packed_size, "\x03\x00", 2); /* an empty final block */
    packed_size += 2;

    uint8_t *unpacked = malloc(plain_size + 1);
    size_t unpacked_size;
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    assert_int_equal(libdeflate_deflate_decompress(decompressor, packed, packed_size, unpacked,
                                                   plain_size + 1, &unpacked_size),
                     LIBDEFLATE_SUCCESS);
    assert_int_equal(unpacked_size, plain_size);
    assert_memory_equal(unpacked, plain, plain_size);
    assert_int_equal(adler, libdeflate_adler32(1, plain, plain_size));
    libdeflate_free_decompressor(decompressor);
    libdeflate_free_compressor(compressor);
    free(unpacked);
    free(packed);
    free(plain);
}

static void streams_of_every_level_join(void **state) {
    (void)state;
    for (int level = 0; level <= 12; level++) {
        assert_joined(level);
    }
}

/* Random damage must be refused or walked, never read or written out of bounds (the sanitizers
 * watch). */
static void damaged_streams_do_no_harm(void **state) {
    (void)state;
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(6);
    uint8_t *plain = malloc(PIECE_MAX);
    const size_t size = make_piece(5 + 6, plain) / 40;
    uint8_t packed[20000];
    const size_t packed_size =
        libdeflate_deflate_compress(compressor, plain, size, packed, sizeof packed);
    assert_true(packed_size > 100);
    uint32_t random = 7;
    for (int i = 0; i < 3000; i++) {
        random = random * 1664525 + 1013904223;
        size_t damaged_size = 1 + (random >> 8) % packed_size;
        uint8_t *damaged = malloc(damaged_size + TH_DEFLATE_OPEN_END_MAX);
        memcpy(damaged, packed, damaged_size);
        damaged[(random >> 4) % damaged_size % 200] ^= (uint8_t)(1u << (random & 7));
        th_deflate_open_end(damaged, &damaged_size);
        free(damaged);
    }
    size_t cut = packed_size / 2;
    assert_false(th_deflate_open_end(packed, &cut));
    libdeflate_free_compressor(compressor);
    free(plain);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(streams_of_every_level_join),
        cmocka_unit_test(damaged_streams_do_no_harm),
    };
    return cmocka_run_group_tests_name("deflate_join", tests, NULL, NULL);
}

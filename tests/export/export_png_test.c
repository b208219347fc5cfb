/* gui/export: PNG sequences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <spng.h>

#include "gui/export/export.h"
#include "gui/export/png_frame.h"
#include "tests/export/scratch.h"
#include "tests/export/synthetic.h"

enum { FRAME_COUNT = 40, WIDTH = 317, HEIGHT = 243 };

static const th_synthetic_desc CLIP = {
    .width = WIDTH,
    .height = HEIGHT,
    .frame_count = FRAME_COUNT,
    .tells_changes = true,
};

/* Decodes with a checking reader (CRC, Adler-32) and compares with the frame. */
static void assert_shows(const uint8_t *file, size_t size, const uint32_t *pixels, int width,
                         int height) {
    spng_ctx *reader = spng_ctx_new(0);
    spng_set_crc_action(reader, SPNG_CRC_ERROR, SPNG_CRC_ERROR);
    assert_int_equal(spng_set_png_buffer(reader, file, size), 0);
    struct spng_ihdr header;
    assert_int_equal(spng_get_ihdr(reader, &header), 0);
    assert_int_equal(header.width, width);
    assert_int_equal(header.height, height);
    size_t decoded_size;
    assert_int_equal(spng_decoded_image_size(reader, SPNG_FMT_RGB8, &decoded_size), 0);
    uint8_t *decoded = malloc(decoded_size);
    assert_int_equal(spng_decode_image(reader, decoded, decoded_size, SPNG_FMT_RGB8, 0), 0);
    assert_int_equal(spng_decode_chunks(reader), 0);
    for (size_t i = 0; i < decoded_size / 3; i++) {
        const uint32_t color =
            (uint32_t)decoded[3 * i] << 16 | (uint32_t)decoded[3 * i + 1] << 8 | decoded[3 * i + 2];
        assert_int_equal(color, pixels[i] & 0xffffff);
    }
    free(decoded);
    spng_ctx_free(reader);
}

static void export_to(const char *out, const th_synthetic_desc *clip, int jobs) {
    th_synthetic *synthetic = th_synthetic_open(clip);
    const th_frame_source source = th_synthetic_source(synthetic);
    const th_export_desc desc = {.out = out, .jobs = jobs, .progress = TH_EXPORT_PROGRESS_QUIET};
    th_export_error error;
    if (!th_export_run(&desc, &source, &error)) {
        fail_msg("%s", error.message);
    }
    th_synthetic_close(synthetic);
}

static void assert_sequence_shows(const char *pattern, const th_synthetic_desc *clip) {
    th_synthetic *synthetic = th_synthetic_open(clip);
    uint32_t *pixels = malloc((size_t)clip->width * (size_t)clip->height * sizeof *pixels);
    for (int i = 0; i < clip->frame_count; i++) {
        char path[TH_SCRATCH_PATH_MAX];
        snprintf(path, sizeof path, "%s/%03d.png", pattern, i + 1);
        size_t size;
        uint8_t *file = th_scratch_read(path, &size);
        th_synthetic_draw(synthetic, i, pixels);
        assert_shows(file, size, pixels, clip->width, clip->height);
        free(file);
    }
    free(pixels);
    th_synthetic_close(synthetic);
}

static void every_frame_decodes_to_its_exact_pixels(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    export_to(th_scratch_path(&scratch, "%03d.png"), &CLIP, 1);
    assert_sequence_shows(scratch.folder, &CLIP);
    assert_int_equal(th_scratch_entry_count(scratch.folder), FRAME_COUNT);
    th_scratch_close(&scratch);
}

static void a_source_that_cannot_tell_changes_is_compared(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    th_synthetic_desc clip = CLIP;
    clip.tells_changes = false;
    export_to(th_scratch_path(&scratch, "%03d.png"), &clip, 2);
    assert_sequence_shows(scratch.folder, &clip);
    th_scratch_close(&scratch);
}

static void the_number_of_jobs_does_not_change_a_byte(void **state) {
    (void)state;
    const th_scratch one = th_scratch_open(), more = th_scratch_open();
    export_to(th_scratch_path(&one, "%03d.png"), &CLIP, 1);
    export_to(th_scratch_path(&more, "%03d.png"), &CLIP, 3);
    for (int i = 1; i <= FRAME_COUNT; i++) {
        char name[16];
        snprintf(name, sizeof name, "%03d.png", i);
        th_scratch_assert_same(th_scratch_path(&one, name), th_scratch_path(&more, name));
    }
    th_scratch_close(&one);
    th_scratch_close(&more);
}

static void a_folder_name_makes_the_folder_and_numbers_of_five_digits(void **state) {
    (void)state;
    const th_scratch scratch = th_scratch_open();
    th_synthetic_desc clip = CLIP;
    clip.frame_count = 3;
    export_to(th_scratch_path(&scratch, "new/"), &clip, 0);
    size_t size;
    free(th_scratch_read(th_scratch_path(&scratch, "new/00001.png"), &size));
    free(th_scratch_read(th_scratch_path(&scratch, "new/00003.png"), &size));
    assert_int_equal(th_scratch_entry_count(th_scratch_path(&scratch, "new")), 3);
    th_scratch_close(&scratch);
}

static void assert_pixels_survive(const uint32_t *pixels, int width, int height) {
    th_png_frame *png = th_png_frame_open(width, height);
    const th_frame_change all = {.known = true, .rect_count = 1, .rects = {{0, 0, width, height}}};
    assert_true(th_png_frame_update(png, pixels, &all));
    const int count = th_png_frame_part_count(png);
    struct iovec *parts = calloc((size_t)count, sizeof *parts);
    th_png_frame_parts(png, parts);
    size_t size = 0;
    for (int i = 0; i < count; i++) {
        size += parts[i].iov_len;
    }
    uint8_t *file = malloc(size + 1), *end = file;
    for (int i = 0; i < count; i++) {
        memcpy(end, parts[i].iov_base, parts[i].iov_len);
        end += parts[i].iov_len;
    }
    assert_shows(file, size, pixels, width, height);
    free(file);
    free(parts);
    th_png_frame_close(png);
}

/* Noise makes stored blocks, one colour makes the shortest codes, and both make the odd sizes. */
static void noise_flat_colour_and_odd_sizes_survive(void **state) {
    (void)state;
    static const int SIZES[][2] = {{1, 1}, {1, 40}, {700, 1}, {13, 9}, {1920, 17}};
    uint32_t random = 1;
    for (size_t s = 0; s < sizeof SIZES / sizeof SIZES[0]; s++) {
        const int width = SIZES[s][0], height = SIZES[s][1];
        uint32_t *pixels = calloc((size_t)width * (size_t)height, sizeof *pixels);
        for (uint32_t mask = 0; mask < 4; mask++) {
            static const uint32_t MASKS[] = {0, 0x010101, 0x0f000f, 0xffffff};
            for (int i = 0; i < width * height; i++) {
                random = random * 1664525 + 1013904223;
                pixels[i] = (random >> 8 & MASKS[mask]) | 0xff000000u;
            }
            assert_pixels_survive(pixels, width, height);
        }
        free(pixels);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_frame_decodes_to_its_exact_pixels),
        cmocka_unit_test(a_source_that_cannot_tell_changes_is_compared),
        cmocka_unit_test(the_number_of_jobs_does_not_change_a_byte),
        cmocka_unit_test(a_folder_name_makes_the_folder_and_numbers_of_five_digits),
        cmocka_unit_test(noise_flat_colour_and_odd_sizes_survive),
    };
    return cmocka_run_group_tests_name("export_png", tests, NULL, NULL);
}

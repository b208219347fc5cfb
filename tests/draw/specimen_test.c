/* The sheet of all marks. With TH_SPECIMEN=DIR its pictures are written there as PNG, for eyes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <spng.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gui/draw/command.h"
#include "tests/draw/specimen.h"
#include "tests/draw/support.h"

static void write_png(const th_raster *raster, const char *path) {
    size_t size = (size_t)raster->width * (size_t)raster->height * 3;
    unsigned char *bytes = malloc(size);
    assert_non_null(bytes);
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (unsigned char)(raster->pixels[i / 3] >> (16 - 8 * (i % 3)));
    }
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    spng_ctx *png = spng_ctx_new(SPNG_CTX_ENCODER);
    struct spng_ihdr header = {.width = (uint32_t)raster->width,
                               .height = (uint32_t)raster->height,
                               .bit_depth = 8,
                               .color_type = SPNG_COLOR_TYPE_TRUECOLOR};
    spng_set_png_file(png, file);
    spng_set_ihdr(png, &header);
    assert_int_equal(spng_encode_image(png, bytes, size, SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE), 0);
    spng_ctx_free(png);
    fclose(file);
    free(bytes);
}

static void a_sheet_of_all_marks_for_eyes(void **state) {
    (void)state;
    const char *folder = getenv("TH_SPECIMEN");
    if (folder == NULL) skip();
    th_raster raster;
    th_draw_list list = {0};
    th_raster_init(&raster, th_test_fonts(), TH_SPECIMEN_WIDTH, TH_SPECIMEN_HEIGHT);
    for (int i = 0; i < TH_THEME_COUNT; i++) {
        const th_theme *theme = th_theme_get((th_theme_name)i);
        char path[1024];
        snprintf(path, sizeof path, "%s/specimen-%s.png", folder, th_theme_string(theme->name));
        th_draw_reset(&list);
        th_specimen_build(&list, theme, th_test_fonts(), 0);
        th_raster_draw(&raster, &list, theme->color.bg);
        write_png(&raster, path);
    }
    th_raster_free(&raster);
    th_draw_free(&list);
}

/* Copies all commands but texts, whose pixels depend on the versions of fonts. */
static void copy_marks(th_draw_list *to, const th_draw_list *from) {
    to->arena = malloc(from->used);
    assert_non_null(to->arena);
    to->capacity = from->used;
    for (size_t at = 0; at < from->used;) {
        const th_command *command = (const th_command *)(const void *)(from->arena + at);
        at += command->size;
        if (command->kind == TH_COMMAND_TEXT) continue;
        memcpy(to->arena + to->used, command, command->size);
        to->used += command->size;
        to->command_count++;
    }
}

static void the_sheets_marks_have_their_golden_pixels(void **state) {
    (void)state;
    static const uint64_t golden[TH_THEME_COUNT] = {0x2b4c55d26966ead4, 0x35f97ca4fc6898ce};
    th_raster raster;
    bool same = true;
    th_raster_init(&raster, th_test_fonts(), TH_SPECIMEN_WIDTH, TH_SPECIMEN_HEIGHT);
    for (int i = 0; i < TH_THEME_COUNT; i++) {
        const th_theme *theme = th_theme_get((th_theme_name)i);
        th_draw_list list = {0}, marks = {0};
        th_specimen_build(&list, theme, th_test_fonts(), 0);
        copy_marks(&marks, &list);
        th_raster_draw(&raster, &marks, theme->color.bg);
        uint64_t hash = th_test_picture_hash(&raster);
        if (hash != golden[i]) {
            same = false;
            print_error("%s: 0x%016llx; look at the pictures before you change this\n",
                        th_theme_string(theme->name), (unsigned long long)hash);
        }
        th_draw_free(&list);
        th_draw_free(&marks);
    }
    th_raster_free(&raster);
    assert_true(same);
}

static void a_step_redraws_a_small_part_of_the_sheet(void **state) {
    (void)state;
    const th_theme *theme = th_theme_get(TH_THEME_DARK);
    th_raster dirty, full;
    th_draw_list list = {0};
    th_raster_init(&dirty, th_test_fonts(), TH_SPECIMEN_WIDTH, TH_SPECIMEN_HEIGHT);
    th_raster_init(&full, th_test_fonts(), TH_SPECIMEN_WIDTH, TH_SPECIMEN_HEIGHT);
    for (int step = 0; step < 4; step++) {
        th_draw_reset(&list);
        th_specimen_build(&list, theme, th_test_fonts(), step);
        th_raster_draw_dirty(&dirty, &list, theme->color.bg);
        th_raster_draw(&full, &list, theme->color.bg);
        assert_true(th_test_same_picture(&dirty, &full));
        long area = 0;
        for (int i = 0; i < dirty.dirty_count; i++) {
            th_pixel_rect r = dirty.dirty[i];
            area += (long)(r.x1 - r.x0) * (r.y1 - r.y0);
        }
        if (step > 0) assert_true(area * 20 < (long)TH_SPECIMEN_WIDTH * TH_SPECIMEN_HEIGHT);
    }
    th_raster_free(&dirty);
    th_raster_free(&full);
    th_draw_free(&list);
}

/* Draws the sheet with fonts of its own; returns the picture's hash through `result`. */
static void *draw_alone(void *result) {
    char error[256];
    th_raster raster;
    th_draw_list list = {0};
    const th_theme *theme = th_theme_get(TH_THEME_LIGHT);
    th_fonts *fonts = th_fonts_open(error, sizeof error);
    th_raster_init(&raster, fonts, TH_SPECIMEN_WIDTH, TH_SPECIMEN_HEIGHT);
    th_specimen_build(&list, theme, fonts, 3);
    th_raster_draw(&raster, &list, theme->color.bg);
    *(uint64_t *)result = th_test_picture_hash(&raster);
    th_raster_free(&raster);
    th_draw_free(&list);
    th_fonts_close(fonts);
    return NULL;
}

static void threads_with_their_own_fonts_draw_the_same_sheet(void **state) {
    (void)state;
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    uint64_t hashes[THREADS];
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, draw_alone, &hashes[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (int i = 1; i < THREADS; i++) assert_int_equal(hashes[i], hashes[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_of_all_marks_for_eyes),
        cmocka_unit_test(the_sheets_marks_have_their_golden_pixels),
        cmocka_unit_test(a_step_redraws_a_small_part_of_the_sheet),
        cmocka_unit_test(threads_with_their_own_fonts_draw_the_same_sheet),
    };
    return cmocka_run_group_tests(tests, NULL, th_test_fonts_close);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gui/draw/runs.h"
#include "tests/draw/support.h"

static const th_text_style ui = {.role = TH_FONT_UI, .weight = 500, .size_px = 20};
static const th_text_style mono = {.role = TH_FONT_MONO, .weight = 500, .size_px = 18};

static float width(th_text_style style, const char *text) {
    return th_text_width(th_test_fonts(), style, text, SIZE_MAX);
}

static void a_longer_text_is_wider(void **state) {
    (void)state;
    assert_true(width(ui, "") == 0);
    assert_true(width(ui, "bucket") > 0);
    assert_true(width(ui, "bucket 2") > width(ui, "bucket"));
    assert_true(th_text_width(th_test_fonts(), ui, "bucket 2", 6) == width(ui, "bucket"));
}

static void every_mono_cell_is_equally_wide(void **state) {
    (void)state;
    float cell = th_text_mono_advance(th_test_fonts(), 500, 18);
    assert_true(cell > 0 && cell == (float)(int)cell);
    assert_true(width(mono, "iiii") == 4 * cell);
    assert_true(width(mono, "-> != := <-") == 11 * cell); /* no ligature */
    assert_true(width(mono, "∅") == cell);
    assert_true(width(mono, "槽位") == 4 * cell);
}

static void missing_characters_come_from_another_face(void **state) {
    (void)state;
    const th_run *run = th_runs_get(th_test_fonts(), ui, "中", 3, true);
    assert_non_null(run->mask);
    const uint8_t *mask = run->mask;
    size_t ink = 0;
    for (int i = 0; i < run->width * run->height; i++) ink += mask[i] > 128;
    assert_true(ink > 20);
}

static void bad_bytes_are_shown_and_never_crash(void **state) {
    (void)state;
    assert_true(width(ui, "a\xFF") > width(ui, "a"));
    assert_true(th_text_width(th_test_fonts(), ui, "a\0b", 3) > width(ui, "ab"));
    char every[256];
    for (int i = 0; i < 255; i++) every[i] = (char)(255 - i);
    every[255] = '\0';
    const th_run *run = th_runs_get(th_test_fonts(), mono, every, 255, true);
    assert_non_null(run->mask);
}

static void a_text_without_ink_has_no_mask(void **state) {
    (void)state;
    const th_run *run = th_runs_get(th_test_fonts(), ui, "   ", 3, true);
    assert_null(run->mask);
    assert_true(run->advance > 0);
}

static void the_cache_stays_within_its_bounds(void **state) {
    (void)state;
    th_fonts *fonts = th_test_fonts();
    char text[32];
    for (int i = 0; i < TH_RUN_COUNT_MAX + 500; i++) {
        int length = snprintf(text, sizeof text, "%d", i);
        th_text_width(fonts, mono, text, (size_t)length);
    }
    assert_int_equal(fonts->run_count, TH_RUN_COUNT_MAX);
    th_text_style huge = {.role = TH_FONT_UI, .weight = 800, .size_px = 400};
    for (int i = 0; i < 100; i++) {
        int length = snprintf(text, sizeof text, "MMMMMMMM%d", i);
        const th_run *run = th_runs_get(fonts, huge, text, (size_t)length, true);
        assert_non_null(run->mask);
        assert_true(fonts->mask_bytes <= TH_RUN_BYTES_MAX);
    }
    assert_true(width(ui, "bucket") > 0);
}

static void a_text_that_fits_stays_whole(void **state) {
    (void)state;
    char out[64];
    size_t length = th_text_fit(th_test_fonts(), ui, "bucket 2", 500, out, sizeof out);
    assert_int_equal(length, 8);
    assert_string_equal(out, "bucket 2");
}

static void a_text_too_wide_ends_in_an_ellipsis(void **state) {
    (void)state;
    const char *text = "concurrent map read and map write 并发读写映射";
    char out[128];
    size_t before = 0;
    for (int step = 0; step < 86; step++) {
        const float room = (float)step * 7;
        size_t length = th_text_fit(th_test_fonts(), ui, text, room, out, sizeof out);
        assert_true(length == 0 || width(ui, out) <= room);
        assert_true(length >= before || length == strlen(text));
        if (length > 0 && length < strlen(text)) {
            assert_string_equal(out + length - 3, "…");
            assert_memory_equal(out, text, length - 3);
        }
        before = length;
    }
}

static void fitting_keeps_to_the_buffer(void **state) {
    (void)state;
    for (size_t size = 1; size < 12; size++) {
        char out[16];
        memset(out, '#', sizeof out);
        size_t length = th_text_fit(th_test_fonts(), ui, "中文文字很长", 1000, out, size);
        assert_true(length < size);
        assert_int_equal(strlen(out), length);
        assert_int_equal(out[size], '#');
    }
}

static void a_system_without_fonts_is_told_in_one_line(void **state) {
    (void)state;
    char path[] = "/tmp/tophash-fonts-XXXXXX", error[256] = "";
    const char *config = "<?xml version=\"1.0\"?><fontconfig></fontconfig>";
    int file = mkstemp(path);
    assert_int_equal(write(file, config, strlen(config)), strlen(config));
    close(file);
    setenv("FONTCONFIG_FILE", path, 1);
    assert_null(th_fonts_open(error, sizeof error));
    unsetenv("FONTCONFIG_FILE");
    unlink(path);
    assert_non_null(strstr(error, "font"));
    assert_null(strchr(error, '\n'));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_longer_text_is_wider),
        cmocka_unit_test(every_mono_cell_is_equally_wide),
        cmocka_unit_test(missing_characters_come_from_another_face),
        cmocka_unit_test(bad_bytes_are_shown_and_never_crash),
        cmocka_unit_test(a_text_without_ink_has_no_mask),
        cmocka_unit_test(the_cache_stays_within_its_bounds),
        cmocka_unit_test(a_text_that_fits_stays_whole),
        cmocka_unit_test(a_text_too_wide_ends_in_an_ellipsis),
        cmocka_unit_test(fitting_keeps_to_the_buffer),
        cmocka_unit_test(a_system_without_fonts_is_told_in_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, th_test_fonts_close);
}

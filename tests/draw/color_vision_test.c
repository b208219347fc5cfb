// gui/draw: nothing is told apart by colour alone. Pictures are looked at as people without red,
// green or blue cones see them, and in grey.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gui/draw/icons.h"
#include "gui/draw/raster.h"

#include <math.h>
#include <stdlib.h>

enum { SIGHTS = 5, SIZE = 48 };

// Of linear light. Machado, Oliveira and Fernandes 2009, severity 1; grey by ITU-R BT.709.
static const double SIGHT[SIGHTS][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868},
     {0.114503, 0.786281, 0.099216},
     {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968},
     {0.280085, 0.672501, 0.047413},
     {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779},
     {-0.078411, 0.930809, 0.147602},
     {0.004733, 0.691367, 0.303900}},
    {{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}},
};

static double linear(uint32_t byte) {
    const double v = (double)byte / 255;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

// Relative luminance of a colour as it is seen.
static double luminance(th_color color, int sight) {
    const double in[3] = {linear(color >> 16 & 255), linear(color >> 8 & 255), linear(color & 255)};
    static const double weight[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double v = 0;
        for (int k = 0; k < 3; k++) v += SIGHT[sight][i][k] * in[k];
        sum += weight[i] * fmin(1, fmax(0, v));
    }
    return sum;
}

static double contrast(th_color a, th_color b, int sight) {
    const double x = luminance(a, sight), y = luminance(b, sight);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

// Marks stand out from the stage, and text upon them is read, whoever looks.
static void marks_stand_out_for_everybody(void **state) {
    (void)state;
    for (int name = 0; name < 2; name++) {
        const th_theme *theme = th_theme_get((th_theme_name)name);
        const th_theme_colors *c = &theme->color;
        for (int sight = 0; sight < SIGHTS; sight++) {
            for (int g = 0; g < TH_THEME_GOROUTINE_COUNT; g++) {
                const th_goroutine_style style = th_theme_goroutine(theme, g);
                assert_true(contrast(style.ink, c->panel, sight) >= 3);
                assert_true(contrast(style.on, style.fill, sight) >= 3);
            }
            assert_true(contrast(c->alert_ink, c->panel, sight) >= 3);
            assert_true(contrast(c->ok, c->panel, sight) >= 3);
            assert_true(contrast(c->text, c->panel, sight) >= 7);
        }
    }
}

// The field's shades keep their order.
static void fuller_buckets_are_lighter_for_everybody(void **state) {
    (void)state;
    for (int name = 0; name < 2; name++) {
        const th_theme_colors *c = &th_theme_get((th_theme_name)name)->color;
        const bool rises = name == TH_THEME_DARK;
        for (int sight = 0; sight < SIGHTS; sight++) {
            for (int i = 1; i < TH_THEME_OCCUPANCY_COUNT; i++) {
                const double a = luminance(c->occupancy[i - 1], sight);
                const double b = luminance(c->occupancy[i], sight);
                assert_true(rises ? b > a : b < a);
            }
        }
    }
}

static void goroutines_differ_in_shape_and_pattern(void **state) {
    (void)state;
    const th_theme *theme = th_theme_get(TH_THEME_DARK);
    for (int a = 0; a < TH_SHAPE_COUNT; a++) {
        for (int b = a + 1; b < TH_SHAPE_COUNT; b++) {
            assert_int_not_equal(th_theme_goroutine(theme, a).shape,
                                 th_theme_goroutine(theme, b).shape);
            assert_int_not_equal(th_theme_goroutine(theme, a).pattern,
                                 th_theme_goroutine(theme, b).pattern);
        }
    }
}

enum { RACE, FATAL, WARN, READ, WRITE, MARKS };

static void draw_mark(th_draw_list *list, int mark) {
    const th_theme *theme = th_theme_get(TH_THEME_DARK);
    const float at = SIZE / 2.0f, radius = SIZE * 0.4f;
    const th_color one = 0xFFFFFFFF, two = 0xFF000000;
    switch (mark) {
    case RACE: th_icon_race(list, at, at, radius, one, two); break;
    case FATAL: th_icon_fatal(list, at, at, radius, one, two); break;
    case WARN: th_icon_warn(list, at, at, radius, one, two); break;
    case READ: th_icon_tick(list, theme, 0, false, at, at, SIZE * 0.8f); break;
    default: th_icon_tick(list, theme, 0, true, at, at, SIZE * 0.8f); break;
    }
}

// A mark's pixels in grey, 0 to 255.
static void draw_grey(th_fonts *fonts, int mark, int *grey) {
    th_draw_list list = {0};
    th_raster raster;
    th_raster_init(&raster, fonts, SIZE, SIZE);
    draw_mark(&list, mark);
    th_raster_draw(&raster, &list, 0xFF000000);
    for (int y = 0; y < SIZE; y++) {
        const uint32_t *row =
            (const uint32_t *)(const void *)((const unsigned char *)raster.pixels +
                                             (size_t)y * (size_t)raster.pitch);
        for (int x = 0; x < SIZE; x++) {
            grey[y * SIZE + x] = (int)(255 * sqrt(luminance(row[x], SIGHTS - 1)));
        }
    }
    th_raster_free(&raster);
    th_draw_free(&list);
}

// Race, fatal, silent corruption, a read and a write: other shapes, not other colours.
static void marks_differ_in_grey(void **state) {
    (void)state;
    static int grey[MARKS][SIZE * SIZE];
    char error[256];
    th_fonts *fonts = th_fonts_open(error, sizeof(error));
    if (fonts == NULL) fail_msg("%s", error);
    for (int mark = 0; mark < MARKS; mark++) draw_grey(fonts, mark, grey[mark]);
    th_fonts_close(fonts);
    for (int a = 0; a < MARKS; a++) {
        for (int b = a + 1; b < MARKS; b++) {
            int differ = 0;
            for (int i = 0; i < SIZE * SIZE; i++) differ += abs(grey[a][i] - grey[b][i]) > 64;
            assert_true(differ > SIZE * SIZE / 20);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_stand_out_for_everybody),
        cmocka_unit_test(fuller_buckets_are_lighter_for_everybody),
        cmocka_unit_test(goroutines_differ_in_shape_and_pattern),
        cmocka_unit_test(marks_differ_in_grey),
    };
    return cmocka_run_group_tests_name("color_vision", tests, NULL, NULL);
}

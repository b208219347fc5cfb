#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <SDL2/SDL.h>
#include <stdlib.h>

#include "gui/draw/present.h"
#include "tests/draw/support.h"

static void a_window_shows_the_rasters_pixels(void **state) {
    (void)state;
    th_window window;
    char error[256];
    const th_window_desc desc = {.title = "Tophash", .width = 320, .height = 200};
    assert_true(th_window_open(&window, &desc, error, sizeof error));
    int width, height;
    th_window_size(&window, &width, &height);
    assert_int_equal(width, 320);
    assert_int_equal(height, 200);
    assert_true(th_window_scale(&window) == 1.0f);
    th_raster raster;
    th_draw_list list = {0};
    th_raster_init(&raster, th_test_fonts(), width, height);
    for (int step = 0; step < 2; step++) {
        th_draw_reset(&list);
        th_draw_rect(&list, (th_rect){40 + 8 * (float)step, 40, 50, 50}, 0,
                     th_paint_solid(0xFF56B4E9));
        th_raster_draw_dirty(&raster, &list, 0xFF0B0E13);
        assert_true(th_window_present(&window, &raster, step == 0));
        const SDL_Surface *surface = SDL_GetWindowSurface(window.sdl);
        for (int i = 0; i < 320 * 200; i++) {
            const uint32_t *row = (const uint32_t *)(const void *)((const char *)surface->pixels +
                                                                   i / 320 * surface->pitch);
            assert_int_equal(row[i % 320] & 0xFFFFFF, raster.pixels[i] & 0xFFFFFF);
        }
    }
    th_raster_free(&raster);
    th_draw_free(&list);
    th_window_close(&window);
}

static void a_window_smaller_than_the_raster_is_no_error(void **state) {
    (void)state;
    th_window window;
    char error[256];
    const th_window_desc desc = {.title = "Tophash", .width = 100, .height = 80};
    assert_true(th_window_open(&window, &desc, error, sizeof error));
    th_raster raster;
    th_draw_list list = {0};
    th_raster_init(&raster, th_test_fonts(), 320, 200);
    th_raster_draw(&raster, &list, 0xFF0B0E13);
    assert_true(th_window_present(&window, &raster, true));
    th_raster_free(&raster);
    th_window_close(&window);
}

static void no_display_is_told_in_one_line(void **state) {
    (void)state;
    th_window window;
    char error[256] = "";
    const th_window_desc desc = {.title = "Tophash"};
    setenv("SDL_VIDEODRIVER", "nosuchdriver", 1);
    assert_false(th_window_open(&window, &desc, error, sizeof error));
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    assert_true(error[0] != '\0');
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_window_shows_the_rasters_pixels),
        cmocka_unit_test(a_window_smaller_than_the_raster_is_no_error),
        cmocka_unit_test(no_display_is_told_in_one_line),
    };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    return cmocka_run_group_tests(tests, NULL, th_test_fonts_close);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "tests/draw/random_list.h"
#include "tests/draw/support.h"

enum { WIDTH = 203, HEIGHT = 141, MARKS = 24 };

static const th_color black = 0xFF000000, white = 0xFFFFFFFF;

static uint32_t pixel(const th_raster *raster, int x, int y) {
    return raster->pixels[y * raster->width + x];
}

/* A picture of WIDTH by HEIGHT of one list. */
static th_raster picture(const th_draw_list *list) {
    th_raster raster;
    th_raster_init(&raster, th_test_fonts(), WIDTH, HEIGHT);
    th_raster_draw(&raster, list, black);
    return raster;
}

/* A list whose every mark has a seed of its own; an eighth may be left out. */
static void build(th_draw_list *list, const uint64_t seeds[MARKS], bool all) {
    th_draw_reset(list);
    for (int i = 0; i < MARKS; i++) {
        if (!all && seeds[i] % 8 == 1) continue;
        th_rng rng = {seeds[i]};
        th_random_mark(list, &rng, WIDTH, HEIGHT);
    }
}

static void a_dirty_redraw_gives_the_pixels_of_a_full_one(void **state) {
    (void)state;
    th_rng rng = {5};
    th_draw_list list = {0};
    th_raster dirty, full;
    uint64_t seeds[MARKS] = {0};
    th_raster_init(&dirty, th_test_fonts(), WIDTH, HEIGHT);
    th_raster_init(&full, th_test_fonts(), WIDTH, HEIGHT);
    for (int round = 0; round < 400; round++) {
        bool fresh = round % 20 == 0;
        for (int i = 0; i < MARKS; i++) {
            if (fresh || th_rng_below(&rng, MARKS) < 2) seeds[i] = th_rng_next(&rng);
        }
        const th_color ground = round % 50 < 25 ? black : white;
        build(&list, seeds, round % 3 != 0);
        th_raster_draw_dirty(&dirty, &list, ground);
        th_raster_draw(&full, &list, ground);
        if (!th_test_same_picture(&dirty, &full)) fail_msg("round %d", round);
    }
    th_raster_free(&dirty);
    th_raster_free(&full);
    th_draw_free(&list);
}

static void what_did_not_change_is_not_dirty(void **state) {
    (void)state;
    th_draw_list list = {0};
    th_raster raster;
    th_raster_init(&raster, th_test_fonts(), WIDTH, HEIGHT);
    for (int step = 0; step < 3; step++) {
        th_draw_reset(&list);
        th_draw_rect(&list, (th_rect){0, 0, WIDTH, HEIGHT}, 0, th_paint_solid(white));
        float x = step == 2 ? 40 : 36;
        th_draw_rect(&list, (th_rect){x, 34, 10, 10}, 3, th_paint_solid(black));
        th_raster_draw_dirty(&raster, &list, black);
        if (step == 1) assert_int_equal(raster.dirty_count, 0);
    }
    assert_int_equal(raster.dirty_count, 1);
    th_pixel_rect d = raster.dirty[0];
    assert_true(d.x0 == 36 && d.y0 == 34 && d.x1 == 50 && d.y1 == 44); /* where it was and is */
    th_raster_free(&raster);
    th_draw_free(&list);
}

static void more_changes_than_rectangles_are_all_drawn(void **state) {
    (void)state;
    th_draw_list list = {0};
    th_raster dirty, full;
    th_raster_init(&dirty, th_test_fonts(), 1400, 1400);
    th_raster_init(&full, th_test_fonts(), 1400, 1400);
    for (int step = 0; step < 2; step++) {
        th_draw_reset(&list);
        for (int i = 0; i < 44 * 44; i++) {
            int column = i % 44, row = i / 44;
            th_color color = step == 1 && (column + row) % 2 == 0 ? white : 0xFF3366CC;
            th_draw_rect(&list, (th_rect){(float)column * 32 + 8, (float)row * 32 + 8, 9, 9}, 0,
                         th_paint_solid(color));
        }
        th_raster_draw_dirty(&dirty, &list, black);
        th_raster_draw(&full, &list, black);
        assert_true(th_test_same_picture(&dirty, &full));
    }
    assert_int_equal(dirty.dirty_count, TH_RASTER_DIRTY_MAX);
    th_raster_free(&dirty);
    th_raster_free(&full);
    th_draw_free(&list);
}

static void painting_order_counts_as_a_change(void **state) {
    (void)state;
    th_draw_list list = {0};
    th_raster raster;
    th_raster_init(&raster, th_test_fonts(), WIDTH, HEIGHT);
    for (int order = 0; order < 2; order++) {
        th_draw_reset(&list);
        for (int i = 0; i < 2; i++) {
            th_color color = (i ^ order) == 0 ? 0xFFFF0000 : 0xFF0000FF;
            th_draw_rect(&list, (th_rect){8, 8, 20, 20}, 0, th_paint_solid(color));
        }
        th_raster_draw_dirty(&raster, &list, black);
        assert_int_equal(pixel(&raster, 10, 10), order == 0 ? 0xFF0000FF : 0xFFFF0000);
    }
    th_raster_free(&raster);
    th_draw_free(&list);
}

static void the_same_list_gives_the_same_bytes(void **state) {
    (void)state;
    th_rng rng = {9};
    th_draw_list lists[2] = {{0}};
    for (int round = 0; round < 20; round++) {
        uint64_t seeds[MARKS];
        for (int i = 0; i < MARKS; i++) seeds[i] = th_rng_next(&rng);
        build(&lists[0], seeds, true);
        build(&lists[1], seeds, true);
        assert_int_equal(lists[0].used, lists[1].used);
        assert_memory_equal(lists[0].arena, lists[1].arena, lists[0].used);
        th_raster a = picture(&lists[0]), b = picture(&lists[1]);
        assert_true(th_test_same_picture(&a, &b));
        th_raster_free(&a);
        th_raster_free(&b);
    }
    th_draw_free(&lists[0]);
    th_draw_free(&lists[1]);
}

static void a_list_moved_by_whole_pixels_moves_its_picture(void **state) {
    (void)state;
    th_draw_list list = {0};
    uint32_t first[40 * 40];
    for (int by = 0; by <= 64; by += 64) {
        const float x = 3.25f + (float)by, y = 4.5f;
        th_draw_reset(&list);
        th_draw_rect(&list, (th_rect){x, y, 30, 28}, 7, th_paint_solid(white));
        th_draw_stroke_rect(&list, (th_rect){x, y, 30, 28}, 7, th_stroke_solid(0xFF3366CC, 2.5f));
        th_draw_circle(&list, (th_point){x + 15, y + 14}, 9, th_paint_solid(0x80FF0000));
        th_raster raster = picture(&list);
        for (int i = 0; i < 40 * 40; i++) {
            uint32_t p = pixel(&raster, by + i % 40, i / 40);
            if (by == 0) first[i] = p;
            assert_int_equal(p, first[i]);
        }
        th_raster_free(&raster);
    }
    th_draw_free(&list);
}

static void nothing_is_drawn_outside_a_clip(void **state) {
    (void)state;
    th_rng rng = {3};
    th_draw_list list = {0};
    for (int round = 0; round < 100; round++) {
        th_draw_reset(&list);
        th_draw_clip_push(&list, (th_rect){50, 40, 60, 50});
        th_draw_clip_push(&list, (th_rect){70, 0, 200, 200});
        for (int i = 0; i < 6; i++) th_random_mark(&list, &rng, WIDTH, HEIGHT);
        th_draw_clip_pop(&list);
        th_draw_clip_pop(&list);
        th_raster raster = picture(&list);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            int x = i % WIDTH, y = i / WIDTH;
            if (x >= 70 && x < 110 && y >= 40 && y < 90) continue;
            assert_int_equal(raster.pixels[i], black);
        }
        th_raster_free(&raster);
    }
    th_draw_free(&list);
}

/* The sum of coverage of white on black, in pixels. */
static double area(const th_raster *raster) {
    double sum = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) sum += (raster->pixels[i] & 255) / 255.0;
    return sum;
}

static void assert_area(const th_draw_list *list, double expected) {
    th_raster raster = picture(list);
    double found = area(&raster);
    if (found < expected * 0.985 - 0.5 || found > expected * 1.015 + 0.5) {
        fail_msg("area %f, not %f", found, expected);
    }
    th_raster_free(&raster);
}

static void coverage_is_the_area_of_the_mark(void **state) {
    (void)state;
    const double pi = 3.14159265358979;
    const th_paint paint = th_paint_solid(white);
    th_draw_list list = {0};
    for (int size = 1; size < 13; size++) {
        const float r = (float)(size * size) * 0.4f + 0.7f;
        th_draw_reset(&list);
        th_draw_circle(&list, (th_point){90.3f, 70.8f}, r, paint);
        assert_area(&list, pi * r * r);
        th_draw_reset(&list);
        th_draw_ring(&list, (th_point){90.3f, 70.8f}, r, th_stroke_solid(white, r / 3));
        assert_area(&list, pi * r * r * 5 / 9);
        th_draw_reset(&list);
        th_draw_rect(&list, (th_rect){20.6f, 12.1f, 2 * r + 7.3f, 2 * r + 1.9f}, r, paint);
        assert_area(&list, (2 * r + 7.3) * (2 * r + 1.9) - (4 - pi) * r * r);
    }
    const th_point triangle[3] = {{10.5f, 12}, {170, 33.3f}, {60, 130}};
    th_draw_reset(&list);
    th_draw_polygon(&list, triangle, 3, paint);
    assert_area(&list, (159.5 * 118 - 49.5 * 21.3) / 2);
    th_draw_reset(&list);
    th_draw_line(&list, (th_point){20, 20}, (th_point){140, 110}, th_stroke_solid(white, 5));
    assert_area(&list, 150 * 5);
    th_draw_reset(&list);
    th_draw_line(&list, (th_point){20, 20}, (th_point){140, 110},
                 th_stroke_dashed(white, 5, 10, 5));
    assert_area(&list, 100 * 5);
    th_draw_free(&list);
}

static void a_level_hairline_is_crisp(void **state) {
    (void)state;
    th_draw_list list = {0};
    th_draw_line(&list, (th_point){10, 20.3f}, (th_point){50, 20.3f}, th_stroke_solid(white, 1));
    th_raster raster = picture(&list);
    int lit = 0;
    for (int y = 0; y < HEIGHT; y++) {
        uint32_t p = pixel(&raster, 30, y);
        assert_true(p == black || p == white);
        lit += p == white;
    }
    assert_int_equal(lit, 1);
    th_raster_free(&raster);
    th_draw_free(&list);
}

static void each_pattern_has_its_own_look(void **state) {
    (void)state;
    th_raster rasters[TH_PATTERN_COUNT];
    th_draw_list list = {0};
    for (int i = 0; i < TH_PATTERN_COUNT; i++) {
        th_draw_reset(&list);
        th_draw_rect(
            &list, (th_rect){0, 0, 160, 160}, 0,
            (th_paint){
                .color = white, .pattern_color = black, .pattern = (th_pattern)i, .pitch = 10});
        rasters[i] = picture(&list);
        double share = area(&rasters[i]) / (160 * HEIGHT);
        assert_true(i == TH_PATTERN_SOLID ? share > 0.999 : share > 0.25 && share < 0.9);
    }
    for (int i = 0; i < TH_PATTERN_COUNT; i++) {
        for (int k = 0; k < i; k++) {
            assert_int_not_equal(th_test_picture_hash(&rasters[i]),
                                 th_test_picture_hash(&rasters[k]));
        }
    }
    for (int x = 10; x < 150; x++) {
        assert_int_equal(pixel(&rasters[TH_PATTERN_VERTICAL], x, 3),
                         pixel(&rasters[TH_PATTERN_VERTICAL], x, 17));
        assert_int_equal(pixel(&rasters[TH_PATTERN_HORIZONTAL], 3, x % 90),
                         pixel(&rasters[TH_PATTERN_HORIZONTAL], 27, x % 90));
        assert_int_equal(pixel(&rasters[TH_PATTERN_DIAGONAL], x, 30),
                         pixel(&rasters[TH_PATTERN_DIAGONAL], x - 1, 31));
    }
    for (int i = 0; i < TH_PATTERN_COUNT; i++) th_raster_free(&rasters[i]);
    th_draw_free(&list);
}

static void a_glow_stays_outside_its_mark(void **state) {
    (void)state;
    th_draw_list list = {0};
    th_draw_glow(&list, (th_rect){50, 40, 60, 50}, 0, white, (th_glow){3, 4, 0.2f});
    th_raster raster = picture(&list);
    assert_int_equal(pixel(&raster, 80, 65), black);
    assert_int_equal(pixel(&raster, 50, 65), black);
    assert_true(pixel(&raster, 49, 65) > pixel(&raster, 45, 65));
    assert_true(pixel(&raster, 45, 65) > pixel(&raster, 41, 65));
    assert_true(pixel(&raster, 38, 65) > black);
    assert_int_equal(pixel(&raster, 37, 65), black);
    th_raster_free(&raster);
    th_draw_free(&list);
}

static void a_resized_raster_is_drawn_anew(void **state) {
    (void)state;
    th_draw_list list = {0};
    th_draw_rect(&list, (th_rect){0, 0, 400, 400}, 0, th_paint_solid(white));
    th_raster raster = picture(&list);
    th_raster_resize(&raster, 320, 90);
    th_raster_draw_dirty(&raster, &list, black);
    assert_int_equal(raster.pitch, 320 * 4);
    assert_int_equal(raster.dirty_count, 1);
    assert_int_equal(pixel(&raster, 319, 89), white);
    th_raster_free(&raster);
    th_draw_free(&list);
}

static void a_steady_list_keeps_its_memory(void **state) {
    (void)state;
    th_rng rng = {1};
    uint64_t seeds[MARKS] = {0};
    for (int i = 0; i < MARKS; i++) seeds[i] = th_rng_next(&rng);
    th_draw_list list = {0};
    build(&list, seeds, true);
    const unsigned char *arena = list.arena;
    for (int i = 0; i < 50; i++) build(&list, seeds, true);
    assert_ptr_equal(list.arena, arena);
    th_draw_free(&list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dirty_redraw_gives_the_pixels_of_a_full_one),
        cmocka_unit_test(what_did_not_change_is_not_dirty),
        cmocka_unit_test(more_changes_than_rectangles_are_all_drawn),
        cmocka_unit_test(painting_order_counts_as_a_change),
        cmocka_unit_test(the_same_list_gives_the_same_bytes),
        cmocka_unit_test(a_list_moved_by_whole_pixels_moves_its_picture),
        cmocka_unit_test(nothing_is_drawn_outside_a_clip),
        cmocka_unit_test(coverage_is_the_area_of_the_mark),
        cmocka_unit_test(a_level_hairline_is_crisp),
        cmocka_unit_test(each_pattern_has_its_own_look),
        cmocka_unit_test(a_glow_stays_outside_its_mark),
        cmocka_unit_test(a_resized_raster_is_drawn_anew),
        cmocka_unit_test(a_steady_list_keeps_its_memory),
    };
    return cmocka_run_group_tests(tests, NULL, th_test_fonts_close);
}

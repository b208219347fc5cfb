// The picture in motion: a paused frame is complete, a step taken back is the step played
// backwards, and a step redraws what it changed.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gui/draw/raster.h"
#include "sim/base/hash.h"
#include "tests/support/play.h"

enum { WIDTH = 1280, HEIGHT = 720, EVERY = 7 };

static const char *const LESSONS[] = {"scripts/ch2-evacuate.lua", "scripts/ch3-two-writers.lua",
                                      "scripts/ch3-false-sharing.lua"};
// Of the picture, in the mean. Where two cores fight for a cache line nearly all of the stage
// changes.
static const double REDRAWN_MOST[] = {0.3, 0.3, 0.55};
enum { LESSON_COUNT = sizeof(LESSONS) / sizeof(*LESSONS) };

static th_fonts *fonts;
static th_draw_list list;
static th_hits hits;
static th_raster raster;

static int open_raster(void **state) {
    (void)state;
    char error[256];
    fonts = th_fonts_open(error, sizeof(error));
    if (fonts == NULL) fail_msg("%s", error);
    th_raster_init(&raster, fonts, WIDTH, HEIGHT);
    return 0;
}

static int close_raster(void **state) {
    (void)state;
    th_raster_free(&raster);
    th_draw_free(&list);
    th_fonts_close(fonts);
    return 0;
}

static void draw(const th_scene *scene) {
    const th_frame_desc desc = {.scene = scene,
                                .theme = th_theme_get(TH_THEME_DARK),
                                .lang = TH_LANG_EN,
                                .width = WIDTH,
                                .height = HEIGHT,
                                .fonts = fonts};
    th_view_frame(&desc, &list, &hits);
    th_raster_draw_dirty(&raster, &list, desc.theme->color.bg);
}

static uint64_t picture(const th_scene *scene) {
    draw(scene);
    uint64_t hash = 0;
    for (int y = 0; y < HEIGHT; y++) {
        const unsigned char *row =
            (const unsigned char *)raster.pixels + (size_t)y * (size_t)raster.pitch;
        hash = th_hash_combine(hash, th_hash_fnv1a64(row, (size_t)WIDTH * 4));
    }
    return hash;
}

// Nothing moves on after the time that the player gives a step.
static void a_step_comes_to_rest_in_its_time(void **state) {
    (void)state;
    for (int i = 0; i < LESSON_COUNT; i++) {
        th_model model;
        th_play_file(&model, LESSONS[i]);
        const th_theme_motion *motion = &th_theme_get(TH_THEME_DARK)->motion;
        // The last step is left out: the crash report writes its lines while nothing else plays.
        for (uint64_t step = 1; step < th_model_length(&model); step += EVERY) {
            const int ms = th_scene_step_ms(&model.index, model.timeline, 0, step, motion);
            const uint64_t last = picture(th_model_scene_at(&model, step, (float)ms));
            const uint64_t rest = picture(th_model_scene_at(&model, step, TH_MOTION_SETTLED));
            if (last != rest) fail_msg("%s: step %d goes on", LESSONS[i], (int)step);
        }
        th_model_close(&model);
    }
}

static void a_step_taken_back_runs_backwards(void **state) {
    (void)state;
    th_model model;
    th_play_file(&model, LESSONS[0]);
    const th_theme_motion *motion = &th_theme_get(TH_THEME_DARK)->motion;
    const uint64_t step = th_model_length(&model) / 2;
    th_model_command(&model, TH_ACTION_SEEK, step);
    th_model_command(&model, TH_ACTION_STEP_BACK, 0);
    const int lasts = th_scene_step_ms(&model.index, model.timeline, 0, step, motion);
    const uint64_t first = picture(th_model_scene(&model));
    assert_int_equal(first, picture(th_model_scene_at(&model, step, (float)lasts)));
    th_model_advance(&model, motion->step_back_ms / 2.0);
    const uint64_t middle = picture(th_model_scene(&model));
    assert_int_equal(middle, picture(th_model_scene_at(&model, step, (float)(lasts * 0.5))));
    th_model_advance(&model, motion->step_back_ms);
    const uint64_t end = picture(th_model_scene(&model));
    assert_int_equal(end, picture(th_model_scene_at(&model, step - 1, TH_MOTION_SETTLED)));
    th_model_close(&model);
}

static double dirty_share(void) {
    double area = 0;
    for (int i = 0; i < raster.dirty_count; i++) {
        const th_pixel_rect *rect = &raster.dirty[i];
        area += (double)(rect->x1 - rect->x0) * (rect->y1 - rect->y0);
    }
    return area / ((double)WIDTH * HEIGHT);
}

static void a_step_redraws_what_it_changed(void **state) {
    (void)state;
    for (int i = 0; i < LESSON_COUNT; i++) {
        th_model model;
        th_play_file(&model, LESSONS[i]);
        const uint64_t length = th_model_length(&model);
        double sum = 0;
        int count = 0;
        draw(th_model_scene_at(&model, 0, TH_MOTION_SETTLED));
        for (uint64_t step = 1; step < length; step++) {
            draw(th_model_scene_at(&model, step, TH_MOTION_SETTLED));
            sum += dirty_share();
            count++;
        }
        assert_true(sum / count < REDRAWN_MOST[i]);
        // The same moment again: nothing.
        draw(th_model_scene_at(&model, length - 1, TH_MOTION_SETTLED));
        assert_int_equal(raster.dirty_count, 0);
        th_model_close(&model);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_comes_to_rest_in_its_time),
        cmocka_unit_test(a_step_taken_back_runs_backwards),
        cmocka_unit_test(a_step_redraws_what_it_changed),
    };
    return cmocka_run_group_tests_name("motion", tests, open_raster, close_raster);
}

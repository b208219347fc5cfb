// Presenting: from stop to stop, caption sizes, the black screen, laser and glass, saved pictures.
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "gui/draw/raster.h"
#include "gui/view/arrange.h"
#include "gui/view/frame.h"
#include "tests/support/play.h"

enum { WIDTH = 1280, HEIGHT = 720 };

static const char TOLD[] =
    "scenario { id = 'told', chapter = '1', truth = 'real', seed = 1,\n"
    "           title = { en = 'Told', zh = '讲' } }\n"
    "local m = map.make('int', 'int')\n"
    "caption{ en = 'First.', zh = '一。' }\n"
    "go('A', function() m[1] = 10 m[2] = 20 end)\n"
    "when('A: write h.count #1', function() caption{ en = 'One.', zh = '二。' } end)\n"
    "when('A: write h.count #2', function() caption{ en = 'Two.', zh = '三。' } end)\n";

static th_fonts *fonts;
static th_draw_list list;
static th_hits hits;
static char folder[] = "/tmp/th-presenting-XXXXXX";

static int begin(void **state) {
    (void)state;
    char error[256];
    fonts = th_fonts_open(error, sizeof(error));
    return fonts == NULL || mkdtemp(folder) == NULL || chdir(folder) != 0 ? -1 : 0;
}

static int end(void **state) {
    (void)state;
    th_draw_free(&list);
    th_fonts_close(fonts);
    char command[64];
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    return chdir("/") != 0 || system(command) != 0 ? -1 : 0;
}

static void draw(th_model *model) {
    const th_frame_desc desc = th_model_frame(model, fonts, WIDTH, HEIGHT);
    th_view_frame(&desc, &list, &hits);
}

// Of the captions of `when`, the last ones that there are.
static uint64_t told_step(const th_model *model, uint32_t from_last) {
    assert_true(from_last < model->index.note_count);
    return model->index.notes[model->index.note_count - 1 - from_last].step;
}

static void let_it_play(th_model *model) {
    for (int i = 0; i < 100000 && model->playing; i++) th_model_advance(model, 200);
    assert_false(model->playing);
}

static void a_clicker_goes_from_caption_to_caption(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, TOLD, NULL);
    const uint64_t one = told_step(&model, 1), two = told_step(&model, 0);
    assert_true(0 < one && one < two);
    th_model_command(&model, TH_ACTION_NEXT_STOP, 0);
    assert_true(model.playing);
    let_it_play(&model);
    assert_int_equal(model.step, one);
    // Pressed twice it does not wait for what plays.
    th_model_command(&model, TH_ACTION_NEXT_STOP, 0);
    th_model_command(&model, TH_ACTION_NEXT_STOP, 0);
    assert_int_equal(model.step, two);
    assert_false(model.playing);
    th_model_command(&model, TH_ACTION_PREVIOUS_STOP, 0);
    assert_int_equal(model.step, one);
    th_model_command(&model, TH_ACTION_PREVIOUS_STOP, 0);
    th_model_command(&model, TH_ACTION_PREVIOUS_STOP, 0);
    assert_int_equal(model.step, 0);
    // With less motion it is there at once.
    th_model_command(&model, TH_ACTION_MOTION, 0);
    th_model_command(&model, TH_ACTION_NEXT_STOP, 0);
    assert_int_equal(model.step, one);
    assert_false(model.playing);
    th_model_close(&model);
}

static float caption_height(th_model *model) {
    th_arrangement at;
    draw(model);
    const th_scene *scene = th_model_scene(model);
    const th_desk_presenting *presenting = &th_model_desk(model)->presenting;
    th_arrange(1920, 1080, th_theme_get(model->theme), scene->lane_count, false,
               presenting->caption_large ? TH_CAPTION_LARGE
               : scene->caption_wide     ? TH_CAPTION_WIDE
                                         : TH_CAPTION_SIDE,
               &at);
    return at.caption.h;
}

static void captions_grow_and_presenting_gives_back_what_was(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, TOLD, NULL);
    const float side = caption_height(&model);
    th_model_command(&model, TH_ACTION_CAPTION, 0);
    const float wide = caption_height(&model);
    th_model_command(&model, TH_ACTION_CAPTION, 0);
    const float large = caption_height(&model);
    assert_true(side == 0 && wide > 0 && large > 1.9F * wide);
    th_model_command(&model, TH_ACTION_CAPTION, 0);
    assert_true(caption_height(&model) == 0);
    th_model_command(&model, TH_ACTION_CAPTION, 0);
    th_model_command(&model, TH_ACTION_PRESENT, 0);
    assert_true(model.fullscreen);
    assert_true(caption_height(&model) == large);
    th_model_command(&model, TH_ACTION_BACK, 0);
    assert_false(model.fullscreen || model.quit);
    assert_true(caption_height(&model) == wide);
    th_model_close(&model);
}

static uint32_t middle_pixel(th_model *model) {
    th_raster raster;
    th_raster_init(&raster, fonts, WIDTH, HEIGHT);
    draw(model);
    th_raster_draw(&raster, &list, 0xFFFFFFFF);
    const uint32_t pixel = raster.pixels[HEIGHT / 2 * WIDTH + WIDTH / 2];
    th_raster_free(&raster);
    return pixel;
}

static void nothing_happens_under_a_black_screen(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, TOLD, NULL);
    th_model_command(&model, TH_ACTION_PLAY, 0);
    th_model_command(&model, TH_ACTION_BLACK, 0);
    assert_false(model.playing);
    assert_int_equal(middle_pixel(&model), 0xFF000000);
    assert_int_equal(hits.count, 1);
    const uint64_t step = model.step;
    th_model_command(&model, TH_ACTION_STEP, 0);  // it only brings the picture back
    assert_int_equal(model.step, step);
    draw(&model);
    assert_true(hits.count > 10);
    th_model_command(&model, TH_ACTION_STEP, 0);
    assert_int_equal(model.step, step + 1);
    th_model_close(&model);
}

static void the_laser_is_where_the_mouse_is(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, TOLD, NULL);
    const uint32_t before = middle_pixel(&model);
    th_model_command(&model, TH_ACTION_LASER, 0);
    assert_int_equal(middle_pixel(&model), before);  // nobody has moved the mouse yet
    th_presenting_point(&model, WIDTH / 2, HEIGHT / 2);
    assert_int_equal(middle_pixel(&model), th_theme_get(model.theme)->color.accent);
    th_model_command(&model, TH_ACTION_BACK, 0);
    assert_int_equal(middle_pixel(&model), before);
    assert_false(model.quit);
    th_model_close(&model);
}

// What lies under the middle of the glass is seen twice as large, and nothing beside it changes.
static void the_glass_shows_what_lies_under_it(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, TOLD, NULL);
    th_raster plain, glass;
    th_raster_init(&plain, fonts, WIDTH, HEIGHT);
    th_raster_init(&glass, fonts, WIDTH, HEIGHT);
    draw(&model);
    th_raster_draw(&plain, &list, 0);
    th_model_command(&model, TH_ACTION_GLASS, 0);
    const int x = 420, y = 360;  // on the ground of the stage, not far from a bucket
    th_presenting_point(&model, (float)x, (float)y);
    draw(&model);
    th_raster_draw(&glass, &list, 0);
    int differing = 0;
    for (int i = 0; i < WIDTH * HEIGHT; i++) differing += plain.pixels[i] != glass.pixels[i];
    assert_true(differing > 2000);
    assert_int_equal(plain.pixels[600 * WIDTH + 200], glass.pixels[600 * WIDTH + 200]);
    assert_int_equal(plain.pixels[y * WIDTH + x], glass.pixels[y * WIDTH + x]);
    th_raster_free(&plain);
    th_raster_free(&glass);
    th_model_close(&model);
}

static size_t read_all(const char *path, unsigned char **bytes) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    struct stat facts;
    assert_int_equal(fstat(fileno(file), &facts), 0);
    *bytes = malloc((size_t)facts.st_size);
    const size_t size = fread(*bytes, 1, (size_t)facts.st_size, file);
    fclose(file);
    return size;
}

static void a_picture_is_saved_beside_the_others(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, TOLD, NULL);
    th_model_command(&model, TH_ACTION_STEP, 0);
    th_model_command(&model, TH_ACTION_LASER, 0);
    for (int i = 0; i < 2; i++) {
        th_presenting_point(&model, 100.0F + 300.0F * (float)i, 200);
        th_model_command(&model, TH_ACTION_SAVE, 0);
        assert_true(model.presenting.wants_picture);
        th_presenting_picture(&model, fonts, WIDTH, HEIGHT);
        assert_false(model.presenting.wants_picture);
        assert_non_null(
            strstr(model.presenting.toast, i == 0 ? "/told-step-1.png" : "/told-step-1-2.png"));
    }
    assert_true(model.presenting.laser);
    unsigned char *first, *second;
    const size_t size = read_all("told-step-1.png", &first);
    assert_int_equal(read_all("told-step-1-2.png", &second), size);
    // The laser is no part of it: equal states give equal bytes.
    assert_memory_equal(first, second, size);
    assert_memory_equal(first, "\x89PNG\r\n", 6);
    free(first);
    free(second);
    th_model_close(&model);
}

static void the_last_steps_are_saved_as_a_gif(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, TOLD, NULL);
    th_model_command(&model, TH_ACTION_SEEK, 2);
    model.speed = 20;
    th_model_command(&model, TH_ACTION_GIF, 0);
    while (th_model_advance(&model, 0)) usleep(20000);
    unsigned char *bytes;
    assert_non_null(strstr(model.presenting.toast, "/told-steps-0-2.gif"));
    assert_false(model.presenting.toast_bad);
    assert_true(read_all("told-steps-0-2.gif", &bytes) > 1000);
    assert_memory_equal(bytes, "GIF89a", 6);
    free(bytes);
    th_model_close(&model);
}

static void what_cannot_be_saved_is_told(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, TOLD, NULL);
    assert_int_equal(mkdir("gone", 0700), 0);
    assert_int_equal(chdir("gone"), 0);
    assert_int_equal(rmdir("../gone"), 0);
    th_presenting_picture(&model, fonts, WIDTH, HEIGHT);
    assert_true(model.presenting.toast_bad);
    assert_non_null(strstr(model.presenting.toast, "not saved: "));
    assert_null(strchr(model.presenting.toast, '\n'));
    assert_int_equal(chdir(folder), 0);
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clicker_goes_from_caption_to_caption),
        cmocka_unit_test(captions_grow_and_presenting_gives_back_what_was),
        cmocka_unit_test(nothing_happens_under_a_black_screen),
        cmocka_unit_test(the_laser_is_where_the_mouse_is),
        cmocka_unit_test(the_glass_shows_what_lies_under_it),
        cmocka_unit_test(a_picture_is_saved_beside_the_others),
        cmocka_unit_test(the_last_steps_are_saved_as_a_gif),
        cmocka_unit_test(what_cannot_be_saved_is_told),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

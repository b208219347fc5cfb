// gui/view: the whole picture, at many sizes and for many moments.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/play.h"

static th_fonts *fonts;
static th_draw_list list, again;
static th_hits hits;

static int open_fonts(void **state) {
    (void)state;
    char error[256];
    fonts = th_fonts_open(error, sizeof(error));
    return fonts == NULL ? -1 : 0;
}

static int close_fonts(void **state) {
    (void)state;
    th_draw_free(&list);
    th_draw_free(&again);
    th_fonts_close(fonts);
    return 0;
}

static void draw(const th_scene *scene, th_theme_name theme, th_lang lang, int width, int height,
                 th_draw_list *out) {
    const th_frame_desc desc = {.scene = scene,
                                .theme = th_theme_get(theme),
                                .lang = lang,
                                .width = width,
                                .height = height,
                                .fonts = fonts};
    th_view_frame(&desc, out, &hits);
}

static void check_hits(int width, int height) {
    assert_true(hits.count > 5);
    assert_true(hits.count < TH_HIT_MAX);
    for (int i = 0; i < hits.count; i++) {
        const th_rect rect = hits.items[i].rect;
        assert_true(rect.w >= 0 && rect.h >= 0);
        assert_true(rect.x < (float)width && rect.y < (float)height);
        assert_true(rect.x + rect.w > -50 && rect.y + rect.h > -50);
    }
}

static void every_moment_draws_at_every_size(void **state) {
    (void)state;
    static const int sizes[][2] = {{1024, 640},  {1024, 768},  {1280, 720},
                                   {1920, 1080}, {3840, 2160}, {900, 1400}};
    static const char *const texts[] = {th_play_two_writers, th_play_growth};
    for (int t = 0; t < 2; t++) {
        th_model model;
        th_play_text(&model, texts[t], NULL);
        const uint64_t length = th_model_length(&model);
        for (uint64_t step = 0; step <= length; step += length > 60 ? 7 : 1) {
            const th_scene *scene =
                th_model_scene_at(&model, step, step % 2 ? TH_MOTION_SETTLED : 120);
            const int *size = sizes[step % 6];
            draw(scene, (th_theme_name)(step / 6 % 2), (th_lang)(step / 12 % 2), size[0], size[1],
                 &list);
            check_hits(size[0], size[1]);
        }
        th_model_close(&model);
    }
}

static void equal_scenes_give_equal_lists(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_growth, NULL);
    draw(th_model_scene_at(&model, 60, 200), TH_THEME_DARK, TH_LANG_EN, 1920, 1080, &list);
    draw(th_model_scene_at(&model, 9, 0), TH_THEME_LIGHT, TH_LANG_ZH, 1024, 640, &again);
    draw(th_model_scene_at(&model, 60, 200), TH_THEME_DARK, TH_LANG_EN, 1920, 1080, &again);
    assert_int_equal(list.used, again.used);
    assert_memory_equal(list.arena, again.arena, list.used);
    th_model_close(&model);
}

static void a_click_reaches_what_was_drawn(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, NULL);
    draw(th_model_scene(&model), TH_THEME_DARK, TH_LANG_EN, 1920, 1080, &list);
    bool found[TH_ACTION_COUNT] = {false};
    for (int i = 0; i < hits.count; i++) {
        const th_rect r = hits.items[i].rect;
        const th_point middle = {r.x + r.w / 2, r.y + r.h / 2};
        const th_hit *hit = th_hits_at(&hits, middle, hits.items[i].hover);
        assert_non_null(hit);
        if (hit == &hits.items[i]) found[hit->action] = true;
    }
    assert_true(found[TH_ACTION_PLAY] && found[TH_ACTION_STEP] && found[TH_ACTION_STEP_BACK]);
    assert_true(found[TH_ACTION_FIRST] && found[TH_ACTION_RUN] && found[TH_ACTION_LANGUAGE]);
    assert_true(found[TH_ACTION_FILTER] && found[TH_ACTION_HOVER] && found[TH_ACTION_SPEED]);
    const th_point first = {hits.scrub.x + 1, hits.scrub.y + 4};
    assert_int_equal(th_hits_step(&hits, first, false, th_model_length(&model)), 1);
    const th_point beyond = {hits.scrub.x + hits.scrub.w + 90, hits.scrub.y + 4};
    assert_int_equal(th_hits_step(&hits, beyond, false, 7), 7);
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_moment_draws_at_every_size),
        cmocka_unit_test(equal_scenes_give_equal_lists),
        cmocka_unit_test(a_click_reaches_what_was_drawn),
    };
    return cmocka_run_group_tests_name("frame", tests, open_fonts, close_fonts);
}

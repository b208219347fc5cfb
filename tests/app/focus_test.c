// The ring of the keyboard: it comes to everything that the mouse can press, on every screen.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <SDL_keycode.h>
#include <cmocka.h>

#include "gui/app/exploring.h"
#include "gui/app/focus.h"
#include "gui/app/keys.h"
#include "tests/support/play.h"

static th_fonts *fonts;
static th_draw_list list;
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
    th_fonts_close(fonts);
    return 0;
}

static void draw(th_model *model, int width, int height) {
    const th_frame_desc desc = th_model_frame(model, fonts, width, height);
    th_view_frame(&desc, &list, &hits);
}

// Every place that a press reaches, by Tab alone and without coming to one twice.
static void check_round(void) {
    static bool seen[TH_HIT_MAX];
    memset(seen, 0, sizeof(seen));
    int wanted = 0, came = 0;
    for (int i = 0; i < hits.count; i++) wanted += th_focus_can_visit(&hits, i);
    th_focus focus = {0};
    for (int i = 0; i < wanted; i++) {
        th_focus_move(&focus, &hits, TH_FOCUS_NEXT);
        const th_hit *hit = th_focus_hit(&focus, &hits);
        assert_non_null(hit);
        assert_false(hit->hover || hit->action == TH_ACTION_NONE);
        came += !seen[hit - hits.items];
        seen[hit - hits.items] = true;
    }
    assert_int_equal(came, wanted);
    // And what nothing lies over is one of them: a grid of presses finds no other.
    for (int y = 3; y < 720; y += 8) {
        for (int x = 3; x < 1280; x += 8) {
            const th_hit *hit = th_hits_at(&hits, (th_point){(float)x, (float)y}, false);
            if (hit == NULL || hit->action == TH_ACTION_NONE || seen[hit - hits.items]) continue;
            bool same = false;  // the ground beside a sheet does what its cross does
            for (int i = 0; i < hits.count; i++) {
                same |= seen[i] && hits.items[i].action == hit->action &&
                        hits.items[i].argument == hit->argument;
            }
            if (!same) fail_msg("a press at %d,%d does what the ring never comes to", x, y);
        }
    }
}

static void tab_comes_to_everything_that_can_be_pressed(void **state) {
    (void)state;
    static const th_action SCREENS[] = {TH_ACTION_NONE, TH_ACTION_HELP, TH_ACTION_BRANCHES,
                                        TH_ACTION_CONSOLE};
    for (size_t i = 0; i < sizeof(SCREENS) / sizeof(*SCREENS); i++) {
        th_model model;
        th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
        th_model_command(&model, TH_ACTION_SEEK, 20);
        th_model_command(&model, SCREENS[i], 0);
        draw(&model, 1280, 720);
        check_round();
        th_model_close(&model);
    }
}

static void the_screen_of_all_orders_too(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, NULL);
    th_model_command(&model, TH_ACTION_EXPLORE, 0);
    th_explorer_wait(th_exploring_explorer(&model));
    draw(&model, 1280, 720);
    check_round();
    th_model_close(&model);
}

static void arrows_go_where_they_point_and_come_back(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, NULL);
    draw(&model, 1280, 720);
    th_focus focus = {0};
    while (focus.action != TH_ACTION_FILTER) th_focus_move(&focus, &hits, TH_FOCUS_NEXT);
    const th_point from = focus.at;
    const uint64_t first = focus.argument;
    th_focus_move(&focus, &hits, TH_FOCUS_RIGHT);
    assert_true(focus.at.x > from.x);
    th_focus_move(&focus, &hits, TH_FOCUS_LEFT);
    assert_int_equal(focus.argument, first);
    th_focus_move(&focus, &hits, TH_FOCUS_DOWN);
    assert_true(focus.at.y > from.y);
    th_model_close(&model);
}

// The picture changes under the ring, and it stays with what it was around.
static void the_ring_stays_with_its_place(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, NULL);
    draw(&model, 1280, 720);
    th_focus focus = {0};
    while (focus.action != TH_ACTION_STEP) th_focus_move(&focus, &hits, TH_FOCUS_NEXT);
    for (int width = 1280; width <= 1920; width += 320) {
        th_model_command(&model, TH_ACTION_STEP, 0);
        draw(&model, width, 900);
        assert_int_equal(th_focus_hit(&focus, &hits)->action, TH_ACTION_STEP);
    }
    // Where it is gone the nearest takes its place.
    th_model_command(&model, TH_ACTION_ABOUT, 0);
    draw(&model, 1280, 720);
    assert_int_equal(th_focus_hit(&focus, &hits)->action, TH_ACTION_ABOUT);
    th_model_close(&model);
}

static void arrows_are_the_ring_s_only_while_it_is_there(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, NULL);
    draw(&model, 1280, 720);
    th_focus focus = {0};
    assert_false(th_focus_key(&focus, &hits, SDLK_RIGHT, KMOD_NONE));
    assert_null(th_focus_hit(&focus, &hits));
    assert_true(th_focus_key(&focus, &hits, SDLK_TAB, KMOD_NONE));
    const th_point first = focus.at;
    assert_true(th_focus_key(&focus, &hits, SDLK_TAB, KMOD_NONE));
    assert_true(focus.at.x != first.x || focus.at.y != first.y);
    assert_true(th_focus_key(&focus, &hits, SDLK_TAB, KMOD_LSHIFT));
    assert_true(focus.at.x == first.x && focus.at.y == first.y);
    assert_true(th_focus_key(&focus, &hits, SDLK_RIGHT, KMOD_NONE));
    assert_true(th_focus_key(&focus, &hits, SDLK_ESCAPE, KMOD_NONE));
    assert_false(focus.on);
    assert_false(th_focus_key(&focus, &hits, SDLK_ESCAPE, KMOD_NONE));
    th_model_close(&model);
}

static void keys_move_along_the_buckets(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_growth, NULL);
    draw(&model, 1280, 720);
    const uint64_t base = model.scene->map.crowd.base, last = base - 1;
    assert_true(base > 1);
    for (uint64_t i = 0; i < base + 2; i++) {
        th_model_command(&model, TH_ACTION_PAN_ON, 0);
        draw(&model, 1280, 720);
    }
    assert_true(model.camera.held);
    assert_int_equal(model.scene->map.crowd.middle, last);
    for (uint64_t i = 0; i < base + 2; i++) {
        th_model_command(&model, TH_ACTION_PAN_BACK, 0);
        draw(&model, 1280, 720);
    }
    assert_int_equal(model.scene->map.crowd.middle, 0);
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tab_comes_to_everything_that_can_be_pressed),
        cmocka_unit_test(the_screen_of_all_orders_too),
        cmocka_unit_test(arrows_go_where_they_point_and_come_back),
        cmocka_unit_test(the_ring_stays_with_its_place),
        cmocka_unit_test(arrows_are_the_ring_s_only_while_it_is_there),
        cmocka_unit_test(keys_move_along_the_buckets),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}

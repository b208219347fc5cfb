// SDL's events, handed to the window as SDL hands them: pinching, pressing, choosing files.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <SDL.h>
#include <cmocka.h>

#include "gui/app/app_parts.h"
#include "tests/support/play.h"

static const char MANY[] = "scenario { id = 'many', chapter = '2', truth = 'real', seed = 1,\n"
                           "           title = { en = 'Many buckets', zh = '很多桶' } }\n"
                           "local m = map.make('int', 'int', 2000)\n"
                           "go('A', function() m[1] = 10 m[2] = 20 end)\n";

static th_app app;
static th_app_desc desc;

static int open_app(void **state) {
    (void)state;
    char error[256];
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    const th_window_desc window = {.title = "test", .width = 1280, .height = 720, .hidden = true};
    app = (th_app){.desc = &desc};
    app.fonts = th_fonts_open(error, sizeof(error));
    if (app.fonts == NULL || !th_window_open(&app.window, &window, error, sizeof(error))) return -1;
    th_play_text(&app.model, MANY, NULL);
    app.in_lesson = true;
    th_app_draw(&app);
    return 0;
}

static int close_app(void **state) {
    (void)state;
    th_model_close(&app.model);
    th_file_dialog_free(&app.files);
    th_window_close(&app.window);
    th_raster_free(&app.raster);
    th_draw_free(&app.list);
    th_fonts_close(app.fonts);
    return 0;
}

static th_point middle(th_rect rect) {
    return (th_point){rect.x + rect.w / 2, rect.y + rect.h / 2};
}

static void pinch(th_point at, float spread, int events) {
    for (int i = 0; i < events; i++) {
        SDL_Event event = {.mgesture = {.type = SDL_MULTIGESTURE,
                                        .dDist = spread / (float)events,
                                        .x = at.x / 1280,
                                        .y = at.y / 720,
                                        .numFingers = 2}};
        th_app_handle(&app, &event);
        th_app_draw(&app);
    }
}

static void press_key(SDL_Keycode key, uint16_t modifiers) {
    SDL_Event event = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = key, .mod = modifiers}}};
    th_app_handle(&app, &event);
    th_app_draw(&app);
}

static void type(const char *text) {
    SDL_Event event = {.text = {.type = SDL_TEXTINPUT}};
    SDL_strlcpy(event.text.text, text, sizeof(event.text.text));
    th_app_handle(&app, &event);
    th_app_draw(&app);
}

static void fingers_zoom_what_lies_under_them(void **state) {
    (void)state;
    const th_point stage = middle(app.hits.stage);
    pinch(stage, 0.02F, 4);  // too little
    const uint64_t seen = app.model.scene->map.crowd.count;
    pinch(stage, 0.08F, 5);
    assert_true(app.model.scene->map.crowd.count < seen);
    pinch(stage, -0.12F, 5);
    assert_int_equal(app.model.scene->map.crowd.count, seen);
    const int steps = app.model.lanes_count;
    pinch((th_point){app.hits.scrub.x + 40, app.hits.scrub.y + 10}, 0.12F, 5);
    assert_int_not_equal(app.model.lanes_count, steps);
}

static void a_third_finger_zooms_nothing(void **state) {
    (void)state;
    th_pinch fingers = {0};
    SDL_MultiGestureEvent event = {.dDist = 0.05F, .numFingers = 2};
    assert_int_equal(th_pinch_take(&fingers, &event), 0);
    event.numFingers = 3;
    assert_int_equal(th_pinch_take(&fingers, &event), 0);
    event.numFingers = 2;  // what the first two had begun is forgotten
    assert_int_equal(th_pinch_take(&fingers, &event), 0);
    assert_int_equal(th_pinch_take(&fingers, &event), 1);
}

static void the_ring_presses_what_it_is_around(void **state) {
    (void)state;
    th_model_command(&app.model, TH_ACTION_FIRST, 0);
    th_app_draw(&app);
    while (app.focus.action != TH_ACTION_STEP) press_key(SDLK_TAB, KMOD_NONE);
    press_key(SDLK_RETURN, KMOD_NONE);
    assert_int_equal(app.model.step, 1);
    press_key(SDLK_RETURN, KMOD_NONE);
    assert_int_equal(app.model.step, 2);
    // On a cell: looked at as if the mouse rested there, watched with Shift.
    while (app.focus.action != TH_ACTION_FILTER) press_key(SDLK_TAB, KMOD_NONE);
    assert_true(app.model.hover != 0);
    press_key(SDLK_RETURN, KMOD_LSHIFT);
    assert_int_equal(app.model.watch, app.model.hover);
    press_key(SDLK_ESCAPE, KMOD_NONE);
    assert_false(app.focus.on);
    press_key(SDLK_LEFT, KMOD_NONE);
    assert_int_equal(app.model.step, 1);
    press_key(SDLK_ESCAPE, KMOD_NONE);  // what was watched
    assert_false(app.model.quit);
}

static void files_take_every_key_until_one_is_chosen(void **state) {
    (void)state;
    press_key(SDLK_o, KMOD_LSHIFT);
    type("O");  // the letter that opened it
    assert_true(app.files.open);
    assert_string_equal(app.files.filter, "");
    press_key(SDLK_b, KMOD_NONE);  // no branch
    type("b");
    assert_string_equal(app.files.filter, "b");
    assert_int_equal(th_timeline_branch_count(app.model.timeline), 1);
    for (int i = 0; i < app.hits.count; i++) {
        const th_action action = app.hits.items[i].action;
        assert_true(action == TH_ACTION_NONE || action == TH_ACTION_FILES ||
                    action == TH_ACTION_FILE);
    }
    press_key(SDLK_ESCAPE, KMOD_NONE);
    assert_false(app.files.open);
    assert_false(app.model.quit);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fingers_zoom_what_lies_under_them),
        cmocka_unit_test(a_third_finger_zooms_nothing),
        cmocka_unit_test(the_ring_presses_what_it_is_around),
        cmocka_unit_test(files_take_every_key_until_one_is_chosen),
    };
    return cmocka_run_group_tests(tests, open_app, close_app);
}

// Sheets over the picture: they open, close, cover what lies beneath, and tell every key.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <SDL_keycode.h>
#include <cmocka.h>

#include "gui/app/keys.h"
#include "gui/draw/raster.h"
#include "gui/view/help.h"
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

static bool offers(th_action action) {
    for (int i = 0; i < hits.count; i++) {
        if (hits.items[i].action == action) return true;
    }
    return false;
}

static bool in_help(th_action action) {
    int count;
    const th_help_row *rows = th_help_rows(&count);
    for (int i = 0; i < count; i++) {
        if (rows[i].actions[0] == action || rows[i].actions[1] == action) return true;
    }
    return false;
}

static void the_help_tells_every_key(void **state) {
    (void)state;
    int known = 0;
    for (int i = 0; i < 2 * SDL_NUM_SCANCODES + 2 * 128; i++) {
        const int32_t scan = i / 2 - 128;
        const int32_t key = scan < 0 ? i / 2 : SDL_SCANCODE_TO_KEYCODE(scan);
        uint64_t argument;
        const th_action action = th_key_action(key, i % 2 == 1 ? KMOD_LSHIFT : 0, &argument);
        if (action == TH_ACTION_NONE) continue;
        known++;
        if (!in_help(action)) fail_msg("key 0x%x is bound and not in the help", (unsigned)key);
    }
    assert_true(known > 20);
}

// An action that an earlier binding of its key hides is out of reach.
static void every_key_of_the_help_is_bound(void **state) {
    (void)state;
    bool reached[TH_ACTION_COUNT] = {[TH_ACTION_NONE] = true};
    for (int i = 0; i < 2 * SDL_NUM_SCANCODES + 2 * 128; i++) {
        const int32_t scan = i / 2 - 128;
        const int32_t key = scan < 0 ? i / 2 : SDL_SCANCODE_TO_KEYCODE(scan);
        uint64_t argument;
        reached[th_key_action(key, i % 2 == 1 ? KMOD_LSHIFT : 0, &argument)] = true;
    }
    int count;
    const th_help_row *rows = th_help_rows(&count);
    for (int i = 0; i < count; i++) {
        if (reached[rows[i].actions[0]] && reached[rows[i].actions[1]]) continue;
        fail_msg("the help says \"%s\", and no key does it", rows[i].keys);
    }
}

static void the_help_covers_what_lies_beneath_until_it_is_closed(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, NULL);
    draw(&model, 1280, 720);
    assert_true(offers(TH_ACTION_HELP) && offers(TH_ACTION_SEEK) && offers(TH_ACTION_SPEED));
    th_model_command(&model, TH_ACTION_HELP, 0);
    draw(&model, 1280, 720);
    assert_false(offers(TH_ACTION_SEEK) || offers(TH_ACTION_SPEED));
    assert_true(hits.scrub.w == 0);
    const th_hit *beside = th_hits_at(&hits, (th_point){4, 4}, false);
    assert_non_null(beside);
    assert_int_equal(beside->action, TH_ACTION_HELP);
    th_model_command(&model, beside->action, beside->argument);
    assert_int_equal(model.desk.sheet, TH_SHEET_NONE);
    th_model_command(&model, TH_ACTION_HELP, 0);
    th_model_command(&model, TH_ACTION_BACK, 0);
    assert_int_equal(model.desk.sheet, TH_SHEET_NONE);
    assert_false(model.quit);
    th_model_close(&model);
}

static void claims_are_a_button_only_where_there_are_some(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, NULL);
    draw(&model, 1920, 1080);
    assert_false(offers(TH_ACTION_ABOUT));
    th_model_command(&model, TH_ACTION_ABOUT, 0);  // the key says so
    draw(&model, 1920, 1080);
    assert_true(offers(TH_ACTION_ABOUT));
    th_model_close(&model);
    th_play_file(&model, "scripts/ch3-two-writers.lua");
    draw(&model, 1280, 720);
    assert_true(offers(TH_ACTION_ABOUT));
    th_model_close(&model);
}

static void each_cure_is_a_chip_that_loads_it(void **state) {
    (void)state;
    th_model model;
    th_play_file(&model, "scripts/ch2-publish-weak.lua");
    draw(&model, 1920, 1080);
    for (uint32_t i = 0; i < 2; i++) {
        th_hit chip = {0};
        for (int k = 0; k < hits.count; k++) {
            const th_hit *hit = &hits.items[k];
            if (hit->action == TH_ACTION_FIX && hit->argument == i) chip = *hit;
        }
        assert_int_equal(chip.action, TH_ACTION_FIX);
        th_model_command(&model, chip.action, chip.argument);
        assert_string_equal(th_scenario_fix_chosen(model.scenario),
                            th_scenario_fix(model.scenario, i));
        draw(&model, 1920, 1080);
    }
    draw(&model, 1024, 640);  // where there is no room for all, the one in force is a button
    assert_true(offers(TH_ACTION_FIX));
    th_model_close(&model);
}

static void a_picture_without_a_person_has_no_buttons_for_one(void **state) {
    (void)state;
    th_model model;
    th_play_file(&model, "scripts/ch3-two-writers.lua");
    const th_frame_desc desc = {.scene = th_model_scene(&model),
                                .theme = th_theme_get(TH_THEME_DARK),
                                .width = 1280,
                                .height = 720,
                                .fonts = fonts};
    th_view_frame(&desc, &list, &hits);
    assert_false(offers(TH_ACTION_HELP));
    assert_false(offers(TH_ACTION_ABOUT));
    th_model_close(&model);
}

static void sheets_draw_at_every_size(void **state) {
    (void)state;
    static const int sizes[][2] = {
        {1024, 640}, {1280, 720}, {1920, 1080}, {3840, 2160}, {900, 1400}};
    static const th_action opened[] = {TH_ACTION_HELP, TH_ACTION_ABOUT};
    th_model model;
    th_play_file(&model, "scripts/ch2-publish-weak.lua");
    for (int i = 0; i < 40; i++) {
        const int *size = sizes[i % 5];
        if (i % 5 == 0) th_model_command(&model, TH_ACTION_LANGUAGE, 0);
        if (i % 10 == 0) th_model_command(&model, TH_ACTION_THEME, 0);
        th_model_command(&model, opened[i / 20], 0);
        draw(&model, size[0], size[1]);
        for (int k = 0; k < hits.count; k++) {
            assert_true(hits.items[k].rect.x >= 0);
            assert_true(hits.items[k].rect.x + hits.items[k].rect.w <= (float)size[0] + 1);
        }
        th_model_command(&model, TH_ACTION_BACK, 0);
    }
    th_model_close(&model);
}

static void a_key_in_the_help_can_be_pressed_by_mouse(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, NULL);
    int count;
    const th_help_row *rows = th_help_rows(&count);
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < 2; k++) {
            const th_action action = rows[i].actions[k];
            if (rows[i].group == TH_HELP_HOME || action == TH_ACTION_NONE ||
                action == TH_ACTION_RUN) {
                continue;
            }
            if (model.desk.sheet != TH_SHEET_HELP) th_model_command(&model, TH_ACTION_HELP, 0);
            draw(&model, 1280, 720);
            if (!offers(action)) fail_msg("\"%s\" of the help cannot be pressed", rows[i].keys);
        }
    }
    th_model_command(&model, TH_ACTION_LASER, 0);
    assert_true(model.presenting.laser);
    assert_int_equal(model.desk.sheet, TH_SHEET_NONE);
    th_model_close(&model);
}

// No key is hidden below the sheet's edge.
static void the_help_fits_every_window(void **state) {
    (void)state;
    static const int SIZES[][2] = {{1024, 640}, {1280, 720}, {1366, 768}, {1920, 1080}};
    th_model model;
    th_play_text(&model, th_play_two_writers, NULL);
    th_model_command(&model, TH_ACTION_HELP, 0);
    for (int i = 0; i < 4; i++) {
        draw(&model, SIZES[i][0], SIZES[i][1]);
        // The sheet is the hit that does nothing; a mark below it would have been drawn.
        const th_hit *sheet =
            th_hits_at(&hits, (th_point){(float)SIZES[i][0] / 2, (float)SIZES[i][1] / 2}, false);
        assert_int_equal(sheet->action, TH_ACTION_NONE);
        const int bottom = (int)(sheet->rect.y + sheet->rect.h) + 4;
        th_raster raster;
        th_raster_init(&raster, fonts, SIZES[i][0], SIZES[i][1]);
        th_raster_draw(&raster, &list, th_theme_get(model.theme)->color.bg);
        int bright = 0;
        for (int y = bottom; y < SIZES[i][1]; y++) {
            for (int x = 0; x < SIZES[i][0]; x++) {
                bright += (raster.pixels[y * SIZES[i][0] + x] >> 8 & 255) > 0xA0;
            }
        }
        assert_int_equal(bright, 0);
        th_raster_free(&raster);
    }
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_help_tells_every_key),
        cmocka_unit_test(every_key_of_the_help_is_bound),
        cmocka_unit_test(the_help_covers_what_lies_beneath_until_it_is_closed),
        cmocka_unit_test(claims_are_a_button_only_where_there_are_some),
        cmocka_unit_test(each_cure_is_a_chip_that_loads_it),
        cmocka_unit_test(a_picture_without_a_person_has_no_buttons_for_one),
        cmocka_unit_test(sheets_draw_at_every_size),
        cmocka_unit_test(the_help_fits_every_window),
        cmocka_unit_test(a_key_in_the_help_can_be_pressed_by_mouse),
    };
    return cmocka_run_group_tests_name("sheets", tests, open_fonts, close_fonts);
}

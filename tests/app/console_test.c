// The console: typed operations run in branches, commands move and filter, what was done is saved.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <SDL_keycode.h>
#include <cmocka.h>

#include "gui/app/console.h"
#include "tests/support/play.h"

static void enter(th_model *model, const char *line) {
    if (!th_console_enter(model, line))
        fail_msg("%s: %s", line, th_model_desk(model)->console.said);
}

static void refuse(th_model *model, const char *line, const char *part) {
    if (!th_console_is_open(model)) th_console_toggle(model);  // what is said is seen there
    assert_false(th_console_enter(model, line));
    const char *said = th_model_desk(model)->console.said;
    if (strstr(said, part) == NULL) fail_msg("%s: '%s' lacks '%s'", line, said, part);
}

static void play_on(th_model *model) {
    for (int i = 0; i < 100000 && model->playing; i++) th_model_advance(model, 100);
    assert_false(model->playing);
}

static uint64_t items(th_model *model) { return th_model_scene(model)->map.header.count; }

static void an_operation_runs_from_the_playhead_on_in_a_branch(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_growth, NULL);
    th_model_command(&model, TH_ACTION_LAST, 0);
    const uint64_t before = items(&model), length = th_model_length(&model);
    model.auto_pause = false;
    enter(&model, "m[100] = 1");
    assert_int_not_equal(model.branch, 0);
    assert_int_equal(model.step, length);
    assert_true(model.playing);
    play_on(&model);
    assert_int_equal(items(&model), before + 1);
    enter(&model, "m[101] = 1");
    enter(&model, "delete(m, 100)");  // the one before is not waited for
    play_on(&model);
    assert_int_equal(items(&model), before + 1);
    th_model_command(&model, TH_ACTION_SEEK, 3);
    enter(&model, "go(function() m[102] = 1 end)");
    th_model_command(&model, TH_ACTION_SEEK, length);
    assert_int_equal(th_timeline_length(model.timeline, 0), length);
    th_model_close(&model);
}

static void commands_move_run_watch_and_filter(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    enter(&model, "seek 5");
    assert_int_equal(model.step, 5);
    enter(&model, "seek -2");
    assert_int_equal(model.step, 3);
    enter(&model, "run a*3 b");
    assert_true(model.playing);
    assert_int_equal(th_timeline_event(model.timeline, model.branch, 6).g, 1);
    assert_int_equal(th_timeline_event(model.timeline, model.branch, 7).g, 2);
    model.auto_pause = false;
    play_on(&model);
    assert_int_equal(model.step, 7);
    enter(&model, "filter g2");
    const th_scene *scene = th_model_scene(&model);
    assert_true(scene->log_count > 0);
    for (int i = 0; i < scene->log_count; i++) assert_int_equal(scene->log[i].g, 2);
    enter(&model, "filter h.flags");
    scene = th_model_scene(&model);
    assert_true(scene->log_count > 0);
    for (int i = 0; i < scene->log_count; i++) {
        assert_string_equal(scene->log[i].name, "h.flags");
    }
    enter(&model, "filter");
    assert_int_equal(th_model_scene(&model)->filter, 0);
    th_model_close(&model);
}

static void playing_pauses_where_a_watched_address_is_touched(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_growth, NULL);
    enter(&model, "watch h.count");
    assert_string_equal(th_model_desk(&model)->watch, "h.count");
    th_model_command(&model, TH_ACTION_PLAY, 0);
    play_on(&model);
    assert_true(model.step > 0 && model.step < th_model_length(&model));
    const th_scene *scene = th_model_scene(&model);
    assert_string_equal(scene->log[scene->log_count - 1].name, "h.count");
    th_model_command(&model, TH_ACTION_BACK, 0);
    assert_int_equal(model.watch, 0);
    assert_false(model.quit);
    th_model_close(&model);
}

static void mistakes_are_told_and_change_nothing(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    refuse(&model, "m[1] = ", "unexpected");
    refuse(&model, "run nobody*3", "no such goroutine");
    refuse(&model, "seek far", "seek");
    refuse(&model, "watch h.flag", "h.flag");
    refuse(&model, "name", "name");
    refuse(&model, "run", "schedule");
    refuse(&model, "run a*3 nobody", "no such goroutine");
    refuse(&model, "set h.flags", "value");
    refuse(&model, "set h.flag = 1", "h.flag");
    refuse(&model, "set h.flags = yes", "");
    refuse(&model, "m[1] = 1 nobody()", "nobody");
    refuse(&model, "undo", "nothing");
    assert_int_equal(th_timeline_branch_count(model.timeline), 1);
    // Its second request cannot be: the run that went there is refused as a whole.
    refuse(&model, "m[1] = 1 m['x'] = 2", "");
    assert_int_equal(th_timeline_branch_count(model.timeline), 1);
    assert_int_equal(model.branch, 0);
    assert_int_equal(model.step, 0);
    th_model_command(&model, TH_ACTION_LAST, 0);
    refuse(&model, "m[1] = 1", "over");
    th_model_close(&model);
}

static void what_was_typed_is_saved_and_plays_the_same(void **state) {
    (void)state;
    char folder[] = "/tmp/tophash-console-XXXXXX", path[64], command[96];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/typed.lua", folder);
    th_model model, again;
    th_play_text(&model, th_play_growth, NULL);
    enter(&model, "seek 7");
    enter(&model, "m[100] = 1");
    model.auto_pause = false;
    play_on(&model);
    snprintf(command, sizeof(command), "save %s", path);
    enter(&model, command);
    assert_false(th_console_enter(&model, command));  // it is there
    th_play_file(&again, path);
    th_model_command(&again, TH_ACTION_SEEK, model.step);
    assert_int_equal(again.step, model.step);
    for (uint64_t step = 1; step <= model.step; step++) {
        const th_event a = th_timeline_event(model.timeline, model.branch, step);
        const th_event b = th_timeline_event(again.timeline, 0, step);
        assert_int_equal(a.g, b.g);
        assert_int_equal(a.kind, b.kind);
        assert_true(th_event_address(a) == th_event_address(b));
    }
    assert_int_equal(items(&model), items(&again));
    th_model_close(&model);
    th_model_close(&again);
    unlink(path);
    rmdir(folder);
}

static void a_place_is_set_by_a_store_and_undone(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_growth, NULL);
    model.auto_pause = false;
    th_model_command(&model, TH_ACTION_LAST, 0);
    const uint64_t length = model.step;
    enter(&model, "set h.flags = 0100");
    play_on(&model);
    assert_int_equal(model.step, length + 2);  // its start and its store
    assert_int_equal(th_model_scene(&model)->map.header.flags, TH_FLAG_HASH_WRITING);
    enter(&model, "set b0.tophash[0] = b8");
    play_on(&model);
    const th_event event = th_timeline_event(model.timeline, model.branch, model.step);
    assert_int_equal(event.value, 0xb8);
    assert_int_equal(event.size, 1);
    const th_branch_id branch = model.branch;
    th_model_command(&model, TH_ACTION_UNDO, 0);
    assert_int_equal(model.step, length + 2);
    enter(&model, "undo");
    assert_int_equal(model.branch, 0);
    assert_int_equal(model.step, length);
    assert_int_equal(th_model_scene(&model)->map.header.flags, 0);
    refuse(&model, "undo", "nothing");
    assert_true(th_timeline_branch_count(model.timeline) > branch);  // the branches are kept
    th_model_close(&model);
}

static void where_a_body_asked_for_nonsense_nothing_goes_on(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_growth, NULL);
    th_model_command(&model, TH_ACTION_LAST, 0);
    enter(&model, "go(function() m[3] = 3 nobody() end)");
    th_model_command(&model, TH_ACTION_LAST, 0);
    assert_false(th_world_settled(th_timeline_end(model.timeline, model.branch)));
    const uint32_t count = th_timeline_branch_count(model.timeline);
    refuse(&model, "run writer*3", "nobody");
    refuse(&model, "m[4] = 4", "nobody");
    assert_int_equal(th_timeline_branch_count(model.timeline), count);
    th_model_close(&model);
}

static void requests_open_it_with_a_line_to_complete(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    th_model_command(&model, TH_ACTION_SPAWN, 0);
    th_console_take_text(&model, "G");  // of the key that opened it
    th_console_type(&model, "m[9] = 9");
    assert_string_equal(th_model_desk(&model)->console.line, "go(function() m[9] = 9 end)");
    th_console_press(&model, TH_CONSOLE_ENTER);
    assert_string_equal(th_model_desk(&model)->console.line, "");
    model.auto_pause = false;
    play_on(&model);
    assert_int_equal(th_model_scene(&model)->goroutine_count, 4);  // two, the line, its goroutine
    th_model_command(&model, TH_ACTION_SEEK, 2);
    const th_event event = th_timeline_event(model.timeline, 0, 1);
    th_model_command(&model, TH_ACTION_EDIT, th_event_address(event));
    char line[160];
    snprintf(line, sizeof(line), "set %s = ", th_model_scene(&model)->log[0].name);
    th_model_command(&model, TH_ACTION_UNDO, 0);
    th_model_command(&model, TH_ACTION_EDIT, th_event_address(event));
    assert_memory_equal(th_model_desk(&model)->console.line, "set ", 4);
    assert_int_equal(model.filter, th_event_address(event));
    th_model_close(&model);
}

static const char *line_of(th_model *model) { return th_model_desk(model)->console.line; }

static void the_line_is_edited_completed_and_remembered(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    th_model_command(&model, TH_ACTION_CONSOLE, 0);
    th_console_take_text(&model, "`");  // of the key that opened it
    assert_string_equal(line_of(&model), "");
    th_console_take_text(&model, "sek");
    th_console_take_key(&model, SDLK_LEFT);
    th_console_take_text(&model, "e");
    th_console_take_key(&model, SDLK_END);
    th_console_take_text(&model, " 4");
    assert_string_equal(line_of(&model), "seek 4");
    th_console_take_key(&model, SDLK_RETURN);
    assert_int_equal(model.step, 4);
    assert_string_equal(line_of(&model), "");
    assert_false(th_console_take_key(&model, SDLK_RIGHT));  // steps
    th_console_take_text(&model, "wat");
    th_console_take_key(&model, SDLK_TAB);
    assert_string_equal(line_of(&model), "watch ");
    th_console_take_text(&model, "h.fl");
    th_console_take_key(&model, SDLK_TAB);
    assert_string_equal(line_of(&model), "watch h.flags");
    th_console_take_key(&model, SDLK_UP);
    assert_string_equal(line_of(&model), "seek 4");
    th_console_take_key(&model, SDLK_DOWN);
    assert_string_equal(line_of(&model), "watch h.flags");
    while (line_of(&model)[0] != '\0') th_console_take_key(&model, SDLK_BACKSPACE);
    th_console_take_text(&model, "m[1] =");
    assert_true(th_console_take_key(&model, SDLK_ESCAPE));
    assert_string_equal(line_of(&model), "");
    assert_false(th_console_take_key(&model, SDLK_ESCAPE));  // closes it
    th_console_take_text(&model, "中文");
    th_console_take_key(&model, SDLK_LEFT);
    th_console_take_key(&model, SDLK_BACKSPACE);
    assert_string_equal(line_of(&model), "文");
    th_console_take_key(&model, SDLK_DELETE);
    assert_string_equal(line_of(&model), "");
    th_model_command(&model, TH_ACTION_BACK, 0);
    assert_false(th_console_is_open(&model));
    th_model_close(&model);
}

static void a_line_longer_than_fits_is_cut_off(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_growth, NULL);
    th_model_command(&model, TH_ACTION_CONSOLE, 0);
    for (int i = 0; i < 400; i++) th_console_type(&model, "m[1] = 1 ");
    assert_true(strlen(line_of(&model)) < TH_TYPED_MAX);
    th_console_press(&model, TH_CONSOLE_ENTER);
    for (int i = 0; i < 100; i++) {
        char line[32];
        snprintf(line, sizeof(line), "seek %d", i);
        th_console_type(&model, line);
        th_console_press(&model, TH_CONSOLE_ENTER);
    }
    for (int i = 0; i < 100; i++) th_console_press(&model, TH_CONSOLE_EARLIER);
    for (int i = 0; i < 100; i++) th_console_press(&model, TH_CONSOLE_LATER);
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_operation_runs_from_the_playhead_on_in_a_branch),
        cmocka_unit_test(commands_move_run_watch_and_filter),
        cmocka_unit_test(playing_pauses_where_a_watched_address_is_touched),
        cmocka_unit_test(mistakes_are_told_and_change_nothing),
        cmocka_unit_test(a_place_is_set_by_a_store_and_undone),
        cmocka_unit_test(where_a_body_asked_for_nonsense_nothing_goes_on),
        cmocka_unit_test(requests_open_it_with_a_line_to_complete),
        cmocka_unit_test(what_was_typed_is_saved_and_plays_the_same),
        cmocka_unit_test(the_line_is_edited_completed_and_remembered),
        cmocka_unit_test(a_line_longer_than_fits_is_cut_off),
    };
    return cmocka_run_group_tests_name("console", tests, NULL, NULL);
}

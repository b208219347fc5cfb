// sim/script: lines typed while a run stands, and goroutines that are kept for later.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/script/lua_run.h"

static const char MAP[] = "local m = map.make('int', 'int', 9)\n"
                          "local function twice(k) m[k] = 1 m[k] = 2 end\n"
                          "go('A', function() m[1] = 10 end)\n";

typedef struct session {
    th_lua_run run;
    th_timeline *timeline;
    char error[600];
} session;

static void open_session(session *of, const char *text) {
    if (!th_lua_load(&of->run, text)) fail_msg("%s", of->run.error);
    of->timeline = th_timeline_new(th_scenario_start(of->run.scenario),
                                   th_scenario_resolver(of->run.scenario));
}

static void close_session(session *of) {
    th_timeline_check(of->timeline);
    th_timeline_free(of->timeline);
    assert_true(th_scenario_audit(of->run.scenario, of->error, sizeof(of->error)));
    th_lua_free(&of->run);
}

static const char *type(session *of, const char *line) {
    const char *name = NULL;
    if (!th_scenario_type(of->run.scenario, line, &name, of->error, sizeof(of->error))) {
        fail_msg("%s: %s", line, of->error);
    }
    return name;
}

// Plays the text and no more on that branch.
static bool play(session *of, th_branch_id branch, const char *text) {
    th_chooser chooser = {.schedule = th_schedule_parse(text, of->error, sizeof(of->error)),
                          .text_only = true};
    if (chooser.schedule == NULL) return false;
    const bool good =
        th_timeline_play(of->timeline, branch, &chooser, 1000, of->error, sizeof(of->error));
    th_schedule_free((th_schedule *)(uintptr_t)chooser.schedule);
    return good;
}

static void must_play(session *of, th_branch_id branch, const char *text) {
    if (!play(of, branch, text)) fail_msg("%s: %s", text, of->error);
}

static uint64_t count_of(const session *of, th_branch_id branch) {
    const uint64_t map = th_scenario_objects(of->run.scenario, &(uint32_t){0})[0].address;
    return th_memory_peek(&th_timeline_end(of->timeline, branch)->memory, map + TH_HMAP_count, 8);
}

static void a_typed_line_runs_in_a_branch_and_the_rest_stays(void **state) {
    (void)state;
    session of;
    open_session(&of, MAP);
    must_play(&of, 0, "A*");
    const uint64_t length = th_timeline_length(of.timeline, 0);
    assert_string_equal(type(&of, "m[42] = 1"), "c1");
    const th_branch_id branch = th_timeline_fork(of.timeline, 0, 3);
    must_play(&of, branch, "+c1 A* c1*");
    assert_int_equal(th_timeline_event(of.timeline, branch, 4).kind, TH_EVENT_START);
    assert_int_equal(th_timeline_event(of.timeline, branch, 4).g, 2);
    assert_int_equal(count_of(&of, branch), 2);
    assert_int_equal(th_timeline_length(of.timeline, 0), length);
    assert_int_equal(count_of(&of, 0), 1);
    for (uint64_t step = th_timeline_length(of.timeline, branch); step-- > 0;) {
        assert_int_equal(th_timeline_seek(of.timeline, branch, step)->step_count, step);
    }
    close_session(&of);
}

static void it_sees_the_file_s_locals_and_takes_expressions(void **state) {
    (void)state;
    session of;
    open_session(&of, MAP);
    type(&of, "twice(7)");
    type(&of, "m[7]");
    type(&of, "delete(m, 7) twice(8)");
    type(&of, "go(function() m[9] = 9 end)");
    must_play(&of, 0, "+c1 c1* +c2 c2* +c3 c3* +c4 g6* A*");
    assert_int_equal(count_of(&of, 0), 3);
    close_session(&of);
}

static void a_run_that_is_done_goes_on(void **state) {
    (void)state;
    session of;
    open_session(&of, MAP);
    must_play(&of, 0, "A*");
    assert_true(th_world_ended(th_timeline_end(of.timeline, 0)));
    type(&of, "m[2] = 2");
    must_play(&of, 0, "+c1 c1*");
    assert_int_equal(count_of(&of, 0), 2);
    assert_int_equal(th_timeline_outcome(of.timeline, 0).end, TH_END_DONE);
    close_session(&of);
    open_session(&of, "local m = map.make('int', 'int') main(function() m[1] = 1 end)");
    must_play(&of, 0, "main*");
    type(&of, "m[2] = 2");
    assert_false(play(&of, 0, "+c1"));
    assert_non_null(strstr(of.error, "the run is over"));
    close_session(&of);
}

static void lines_typed_one_after_another_do_not_race_with_each_other(void **state) {
    (void)state;
    session of;
    open_session(&of, MAP);
    type(&of, "m[1] = 1");
    type(&of, "m[1] = 2");
    must_play(&of, 0, "+c1 c1* +c2 c2*");
    assert_int_equal(th_timeline_end(of.timeline, 0)->races.race_count, 0);
    must_play(&of, 0, "A*");
    assert_true(th_timeline_end(of.timeline, 0)->races.race_count > 0);
    close_session(&of);
}

static void what_lua_does_not_take_changes_nothing(void **state) {
    (void)state;
    static const char *const lines[][2] = {
        {"m[1] = ", "unexpected"},
        {"m[1] = 'x'", "value must be int"},
        {"nothing_there(1)", "unknown word"},
        {"m[1] = 1 end) go('x', function()", "expected"},
        {"local x <const> = 1 x = 2", "const"},
    };
    session of;
    open_session(&of, MAP);
    size_t before, after;
    char *text = strdup(th_scenario_source(of.run.scenario, &before));
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        const char *name;
        assert_false(
            th_scenario_type(of.run.scenario, lines[i][0], &name, of.error, sizeof(of.error)));
        if (strstr(of.error, lines[i][1]) == NULL) fail_msg("%s: %s", lines[i][0], of.error);
        assert_null(strchr(of.error, '\n'));
        assert_string_equal(th_scenario_source(of.run.scenario, &after), text);
    }
    assert_string_equal(type(&of, "m[5] = 5"), "c1");
    must_play(&of, 0, "+c1 c1* A*");
    free(text);
    close_session(&of);
}

static char *schedule_of(const session *of, th_branch_id branch) {
    const uint64_t length = th_timeline_length(of->timeline, branch);
    th_choice *choices = calloc((size_t)length, sizeof(*choices));
    for (uint64_t i = 0; i < length; i++) {
        choices[i] = th_timeline_choice(of->timeline, branch, i + 1);
    }
    const th_world *end = th_timeline_end(of->timeline, branch);
    const size_t size = th_schedule_format(end, choices, (size_t)length, NULL, 0) + 1;
    char *text = malloc(size);
    th_schedule_format(end, choices, (size_t)length, text, size);
    free(choices);
    return text;
}

static void the_extended_text_and_its_schedule_play_the_same_again(void **state) {
    (void)state;
    static const char *const settings[] = {
        "", "scenario { id = 'x', truth = 'real', schedule = 'go', procs = 1 }\n"};
    for (int i = 0; i < 2; i++) {
        session of, again;
        char text[1024];
        snprintf(text, sizeof(text), "%s%s", settings[i], MAP);
        if (i == 0) {
            open_session(&of, text);
        } else {
            assert_true(th_lua_load_bare(&of.run, text, NULL));
            of.timeline = th_timeline_new(th_scenario_start(of.run.scenario),
                                          th_scenario_resolver(of.run.scenario));
        }
        type(&of, "m[3] = 3");
        th_chooser by_seed = {.seed = 5};
        th_timeline_play(of.timeline, 0, &by_seed, 4, of.error, sizeof(of.error));
        if (i == 0) must_play(&of, 0, "A*");
        must_play(&of, 0, "+c1");
        th_timeline_play(of.timeline, 0, &by_seed, 1000, of.error, sizeof(of.error));
        assert_int_equal(th_timeline_outcome(of.timeline, 0).end, TH_END_DONE);
        type(&of, "m[4]");
        must_play(&of, 0, "+c2");
        th_timeline_play(of.timeline, 0, &by_seed, 1000, of.error, sizeof(of.error));
        size_t length;
        char *schedule = schedule_of(&of, 0);
        if (!th_lua_load_bare(&again.run, th_scenario_source(of.run.scenario, &length), NULL)) {
            fail_msg("%s", again.run.error);
        }
        again.timeline = th_timeline_new(th_scenario_start(again.run.scenario),
                                         th_scenario_resolver(again.run.scenario));
        must_play(&again, 0, schedule);
        assert_int_equal(th_timeline_length(of.timeline, 0), th_timeline_length(again.timeline, 0));
        for (uint64_t step = 1; step <= th_timeline_length(of.timeline, 0); step++) {
            const th_event a = th_timeline_event(of.timeline, 0, step);
            const th_event b = th_timeline_event(again.timeline, 0, step);
            assert_memory_equal(&a, &b, sizeof(a));
        }
        free(schedule);
        close_session(&of);
        close_session(&again);
    }
}

static void what_is_kept_for_later_never_starts_by_itself(void **state) {
    (void)state;
    session of;
    open_session(&of, "local v = var('int')\n"
                      "go('A', function() v.value = 1 end)\n"
                      "later('B', function() v.value = 2 end)\n"
                      "later('B', function() v.value = 3 end)\n");
    th_chooser by_seed = {.seed = 1};
    assert_true(th_timeline_play(of.timeline, 0, &by_seed, 100, of.error, sizeof(of.error)));
    assert_int_equal(th_timeline_length(of.timeline, 0), 1);
    const th_branch_id branch = th_timeline_fork(of.timeline, 0, 0);
    must_play(&of, branch, "+B#2 B* +B B#2*");
    const th_event last = th_timeline_event(of.timeline, branch, 4);
    assert_int_equal(last.value, 2);
    assert_false(play(&of, branch, "+C"));
    assert_non_null(strstr(of.error, "no such goroutine"));
    assert_false(play(&of, branch, "+B*"));
    char *schedule = schedule_of(&of, branch);
    assert_string_equal(schedule, "+B#2 B#1 +B B#2");
    free(schedule);
    close_session(&of);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_typed_line_runs_in_a_branch_and_the_rest_stays),
        cmocka_unit_test(it_sees_the_file_s_locals_and_takes_expressions),
        cmocka_unit_test(a_run_that_is_done_goes_on),
        cmocka_unit_test(lines_typed_one_after_another_do_not_race_with_each_other),
        cmocka_unit_test(what_lua_does_not_take_changes_nothing),
        cmocka_unit_test(the_extended_text_and_its_schedule_play_the_same_again),
        cmocka_unit_test(what_is_kept_for_later_never_starts_by_itself),
    };
    return cmocka_run_group_tests_name("typed", tests, NULL, NULL);
}

// sim/script: what ask asks is answered by the run itself.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/script/lua_run.h"

static const char TWO_WRITERS[] = "local m = map.make('int', 'int', 9)\n"
                                  "m:hash(7, 0x4100000000000001)\n"
                                  "go('A', function() m[7] = 70 end)\n"
                                  "go('B', function() m[7] = 71 end)\n";

typedef struct asked {
    th_lua_run run;
    th_timeline *timeline;
    char error[512];
    uint8_t option;
    uint64_t step;
} asked;

// Plays the program by the schedule and asks the question, which stands outside bodies.
static bool ask(asked *of, const char *program, const char *question, const char *schedule) {
    char text[2048], error[256];
    snprintf(text, sizeof(text), "%sask { en = 'q', %s }", program, question);
    of->timeline = NULL;
    if (!th_lua_load(&of->run, text)) fail_msg("%s", of->run.error);
    th_scenario *scenario = of->run.scenario;
    of->timeline = th_timeline_new(th_scenario_start(scenario), th_scenario_resolver(scenario));
    th_chooser chooser = {.schedule = th_schedule_parse(schedule, error, sizeof(error)), .seed = 1};
    if (!th_timeline_play(of->timeline, 0, &chooser, 1000, error, sizeof(error)))
        fail_msg("%s", error);
    const th_note *first = th_scenario_first_question(scenario);
    assert_non_null(first);
    const bool good = th_scenario_answer(scenario, first, of->timeline, 0, 0, &of->option,
                                         &of->step, of->error, sizeof(of->error));
    th_schedule_free((th_schedule *)(uintptr_t)chooser.schedule);
    return good;
}

static void end(asked *of) {
    th_timeline_free(of->timeline);
    th_lua_free(&of->run);
}

static void expect_option_of(const char *program, const char *question, const char *schedule,
                             int option) {
    asked of;
    if (!ask(&of, program, question, schedule)) fail_msg("%s: %s", question, of.error);
    assert_int_equal(of.option, option);
    end(&of);
}

static void expect_option(const char *question, const char *schedule, int option) {
    expect_option_of(TWO_WRITERS, question, schedule, option);
}

static void expect_error(const char *question, const char *part) {
    asked of;
    assert_false(ask(&of, TWO_WRITERS, question, "A*8 B"));
    if (strstr(of.error, part) == NULL) fail_msg("'%s' lacks '%s'", of.error, part);
    end(&of);
}

static void a_key_s_bucket_and_tophash_are_computed(void **state) {
    (void)state;
    expect_option("options = {0, 1}, answer = function() return m:bucket(7) end", "A*8 B", 1);
    expect_option("options = {{en = '0x40', is = 0x40}, {en = '0x41', is = 0x41}}, "
                  "answer = function() return m:tophash(7) end",
                  "A*8 B", 1);
}

static void who_crashes_depends_on_the_run(void **state) {
    (void)state;
    static const char question[] = "options = {'A', 'B', 'nobody'}, "
                                   "answer = function(run) return run.crashed end";
    expect_option(question, "A*8 B", 1);
    expect_option(question, "B*8 A", 0);
    expect_option(question, "A* B*", 2);
}

static void the_label_of_the_run_is_told(void **state) {
    (void)state;
    static const char said[] = "go('A', function() gosched() label 'seen' gosched() end)\n";
    static const char judged[] = "go('A', function() gosched() gosched() end)\n"
                                 "finally(function() return 'seen' end)\n";
    static const char at_end[] =
        "options = {'', 'seen'}, answer = function(run) return run.label end";
    static const char before[] = "options = {'', 'seen'}, at = 'A: schedule #1', "
                                 "answer = function(run) return run.label end";
    expect_option_of(said, at_end, "A*", 1);
    expect_option_of(judged, at_end, "A*", 1);
    expect_option_of(judged, before, "A*", 0);
}

static void the_step_at_the_moment_is_told(void **state) {
    (void)state;
    expect_option("options = {'h.B', 'h.flags'}, at = 'A: write', "
                  "answer = function(run) return run.place end",
                  "A*8 B", 1);
    expect_option("options = {0, 4}, at = 'B: read h.flags', "
                  "answer = function(run) return run.value end",
                  "A*8 B", 1);
    expect_option("options = {'A', 'B'}, at = 'fatal', "
                  "answer = function(run) return run.goroutine end",
                  "A*8 B", 1);
}

static void a_map_is_read_as_it_is_at_the_moment(void **state) {
    (void)state;
    static const char question[] = "options = {0, 1}, answer = function() return len(m) end";
    char before[256];
    snprintf(before, sizeof(before), "%s, at = 'A: read h.buckets'", question);
    expect_option(before, "A* B*", 0);
    expect_option(question, "A* B*", 1);
}

static void reading_for_an_answer_takes_no_step_and_changes_nothing(void **state) {
    (void)state;
    asked of;
    assert_true(
        ask(&of, TWO_WRITERS, "options = {70, 71}, answer = function() return m[7] end", "A* B*"));
    assert_int_equal(of.option, 1);
    const uint64_t length = th_timeline_length(of.timeline, 0);
    assert_int_equal(of.step, length);
    uint8_t again;
    const th_note *first = th_scenario_first_question(of.run.scenario);
    assert_true(th_scenario_answer(of.run.scenario, first, of.timeline, 0, 0, &again, &of.step,
                                   of.error, sizeof(of.error)));
    assert_int_equal(again, 1);
    assert_int_equal(th_timeline_length(of.timeline, 0), length);
    th_timeline_check(of.timeline);
    end(&of);
}

static void an_index_needs_no_moment(void **state) {
    (void)state;
    expect_option("options = {'x', 'y'}, answer = 1", "A*3", 1);
}

static void what_cannot_be_answered_is_said_in_one_line(void **state) {
    (void)state;
    expect_error("options = {0, 2}, answer = function() return m:bucket(7) end",
                 "the answer is 1, which is none of the options");
    expect_error("options = {0, 1}, answer = function() return 1 end, at = 'A: free'",
                 "does not come to the moment");
    expect_error("options = {0, 1}, answer = function() return {} end", "the answer is table");
    expect_error("options = {0, 1}, answer = function() m[1] = nil end", "nil");
}

static void expect_refused(const char *question, const char *part) {
    th_lua_run run;
    char text[1024];
    snprintf(text, sizeof(text), "%sask { en = 'q', %s }", TWO_WRITERS, question);
    assert_false(th_lua_load(&run, text));
    if (strstr(run.error, part) == NULL) fail_msg("'%s' lacks '%s'", run.error, part);
    th_lua_free(&run);
}

static void a_question_without_choices_is_refused(void **state) {
    (void)state;
    expect_refused("answer = 0", "options");
    expect_refused("options = {'x'}, answer = 0", "from 2 to 6");
    expect_refused("options = {'x', 'y'}, answer = 2", "index of an option");
    expect_refused("options = {'x', 'y'}", "answer is a function");
    expect_refused("options = {'x', 'y'}, answer = 0, at = 'A: flies'", "no event");
    expect_refused("options = {'x', {en = 'y', si = 3}}, answer = 0", "did you mean 'is'");
}

static void a_key_s_place_is_no_word_for_bodies(void **state) {
    (void)state;
    th_lua_run run;
    const char text[] =
        "local m = map.make('int', 'int')\ngo('A', function() m[m:bucket(1)] = 1 end)";
    assert_false(th_lua_load(&run, text));
    assert_non_null(strstr(run.error, "depends on the moment"));
    th_lua_free(&run);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_s_bucket_and_tophash_are_computed),
        cmocka_unit_test(who_crashes_depends_on_the_run),
        cmocka_unit_test(the_label_of_the_run_is_told),
        cmocka_unit_test(the_step_at_the_moment_is_told),
        cmocka_unit_test(a_map_is_read_as_it_is_at_the_moment),
        cmocka_unit_test(reading_for_an_answer_takes_no_step_and_changes_nothing),
        cmocka_unit_test(an_index_needs_no_moment),
        cmocka_unit_test(what_cannot_be_answered_is_said_in_one_line),
        cmocka_unit_test(a_question_without_choices_is_refused),
        cmocka_unit_test(a_key_s_place_is_no_word_for_bodies),
    };
    return cmocka_run_group_tests_name("questions", tests, NULL, NULL);
}

// sim/script: replay{...}, by which a file plays as a person played it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/script/lua_run.h"

#define HEAD "scenario { id = \"s\", truth = \"real\", seed = 3 }\nfixes { \"none\", \"mutex\" }\n"
#define BODY                                              \
    "local v, chosen = var('int', 0), fix()\n"            \
    "go('A', function() v.value = 1 label(chosen) end)\n" \
    "go('B', function() v.value = 2 end)\n"

static th_scenario *load(const char *source, const char *fix, bool has_seed, char *error) {
    const th_scenario_desc desc = {.path = "s.lua",
                                   .source = source,
                                   .source_length = strlen(source),
                                   .fix = fix,
                                   .seed = 9,
                                   .has_seed = has_seed};
    return th_scenario_load(&desc, error, 600);
}

static void its_schedule_seed_and_cure_hold(void **state) {
    (void)state;
    char error[600];
    th_scenario *scenario =
        load(HEAD BODY "schedule 'A B'\nreplay { schedule = 'B A', seed = 7, fix = 'mutex' }\n",
             NULL, false, error);
    if (scenario == NULL) fail_msg("%s", error);
    assert_string_equal(th_scenario_schedule(scenario), "B A");
    assert_int_equal(th_scenario_schedule_line(scenario), 7);
    assert_int_equal(th_scenario_env(scenario)->seed, 7);
    assert_string_equal(th_scenario_fix_chosen(scenario), "mutex");
    assert_int_equal(th_scenario_own_until(scenario), UINT64_MAX);
    th_scenario_free(scenario);
}

static void what_is_asked_from_outside_holds_more(void **state) {
    (void)state;
    char error[600];
    const char *source =
        HEAD BODY "schedule 'A B'\nreplay { schedule = 'B A', seed = 7, fix = 'mutex' }\n";
    th_scenario *scenario = load(source, "none", true, error);
    if (scenario == NULL) fail_msg("%s", error);
    // Another cure is another program: the schedule of the replay is not for it.
    assert_string_equal(th_scenario_schedule(scenario), "A B");
    assert_int_equal(th_scenario_env(scenario)->seed, 9);
    assert_int_equal(th_scenario_own_until(scenario), UINT64_MAX);
    th_scenario_free(scenario);
}

static void its_ends_take_the_place_of_expect(void **state) {
    (void)state;
    char error[600];
    const char *source =
        HEAD BODY "expect { deadlock = true }\nreplay { schedule = 'A', ends = { done = true } }\n"
                  "replay { schedule = 'B A', own = 1, ends = { done = true, race = true } }\n";
    th_lua_run run;
    if (!th_lua_load_bare(&run, source, NULL) || !th_lua_play(&run, 3)) fail_msg("%s", run.error);
    assert_string_equal(th_scenario_schedule(run.scenario), "B A");
    assert_int_equal(th_scenario_own_until(run.scenario), 1);
    assert_true(th_scenario_expects(run.scenario));
    if (!th_scenario_verify(run.scenario, &run.world, error, sizeof(error))) fail_msg("%s", error);
    th_lua_free(&run);
}

static void what_is_wrong_is_told_with_its_line(void **state) {
    (void)state;
    static const struct {
        const char *text, *part;
    } WRONG[] = {
        {"replay {}", "s.lua:6: replay needs a schedule"},
        {"replay { schedule = '' , fix = 3 }", "s.lua:6"},
        {"replay { schedule = 'A**' }", "s.lua:6"},
        {"replay { schedule = 'A', seed = 'x' }", "s.lua:6: replay: seed is a whole number"},
        {"replay { schedule = 'A', own = -1 }", "s.lua:6: replay: own is at least 0"},
        {"replay { schedule = 'A', ends = { gone = true } }", "s.lua:6"},
        {"replay { schedule = 'A', fix = 'prayer' }", "no fix of that name"},
    };
    for (size_t i = 0; i < sizeof(WRONG) / sizeof(*WRONG); i++) {
        char source[1024], error[600];
        snprintf(source, sizeof(source), "%s%s%s\n", HEAD, BODY, WRONG[i].text);
        th_scenario *scenario = load(source, NULL, false, error);
        if (scenario != NULL) fail_msg("%s: loads", WRONG[i].text);
        if (strstr(error, WRONG[i].part) == NULL) fail_msg("%s: '%s'", WRONG[i].text, error);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_schedule_seed_and_cure_hold),
        cmocka_unit_test(what_is_asked_from_outside_holds_more),
        cmocka_unit_test(its_ends_take_the_place_of_expect),
        cmocka_unit_test(what_is_wrong_is_told_with_its_line),
    };
    return cmocka_run_group_tests_name("replay", tests, NULL, NULL);
}

// What ways of scheduling and memory models promise, on whole scenarios.
#include "tests/script/lua_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
// cmocka.h needs the four above
#include <cmocka.h>

enum { SEEDS = 2000 };

// How often each end came over many seeds.
typedef struct tally {
    int ends[TH_END_LIMIT + 1];
    int map_writes;
} tally;

static tally play_seeds(const char *text, uint64_t seeds) {
    tally result = {0};
    th_lua_run run;
    if (!th_lua_load_bare(&run, text, NULL)) fail_msg("%s", run.error);
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        if (!th_lua_play(&run, seed)) fail_msg("%s", run.error);
        result.ends[run.world.outcome.end]++;
        const char *message = run.world.outcome.message;
        result.map_writes += message != NULL && strcmp(message, "concurrent map writes") == 0;
    }
    th_lua_free(&run);
    return result;
}

#define TWO_WRITERS(setting, fill, body)                                                      \
    "scenario { id = 't', truth = 'real', schedule = 'go', " setting ", slice = 40 }\n"       \
    "local m = map.make('int', 'int')\n" fill "for w = 1, 2 do go('w' .. w, function() " body \
    " end) end\n"

// A writer is preempted on its only P inside the map only where the runtime allows it: at
// prologues and allocations, which an update without growth does not pass with the flag set.
static void one_p_never_crashes_a_racy_map_that_does_not_grow(void **state) {
    (void)state;
    const tally seen = play_seeds(TWO_WRITERS("procs = 1", "for i = 0, 7 do m[i] = i end\n",
                                              "for i = 0, 30 do m[i % 8] = i end"),
                                  SEEDS);
    assert_int_equal(seen.ends[TH_END_DONE], SEEDS);
}

static void one_p_crashes_a_racy_map_that_grows(void **state) {
    (void)state;
    const tally seen =
        play_seeds(TWO_WRITERS("procs = 1", "", "for i = 0, 40 do m[i * w] = i end"), 300);
    assert_true(seen.map_writes > 0);
}

static void two_ps_crash_a_racy_map_that_does_not_grow(void **state) {
    (void)state;
    const tally seen = play_seeds(TWO_WRITERS("procs = 2", "for i = 0, 7 do m[i] = i end\n",
                                              "for i = 0, 30 do m[i % 8] = i end"),
                                  100);
    assert_true(seen.map_writes > 0);
}

static void a_thousand_goroutines_finish_on_every_number_of_ps(void **state) {
    (void)state;
    for (int procs = 1; procs <= 16; procs++) {
        char text[600];
        const int count = procs % 5 == 1 ? 1000 : 100;  // a thousand on 1, 6, 11 and 16
        snprintf(text, sizeof(text),
                 "scenario { id = 't', truth = 'real', schedule = 'go', procs = %d, slice = 7 }\n"
                 "local mu, n, wg = mutex(), var('int', 0), waitgroup()\n"
                 "main(function()\n"
                 "  wg:add(%d)\n"
                 "  for i = 1, %d do go(function()\n"
                 "    mu:lock() n.value = n.value + 1 mu:unlock() wg:done()\n"
                 "  end) end\n"
                 "  wg:wait()\n"
                 "end)\n"
                 "finally(function() return tostring(n.value) end)\n",
                 procs, count, count);
        th_lua_run run;
        if (!th_lua_load_bare(&run, text, NULL)) fail_msg("%s", run.error);
        if (!th_lua_play(&run, 3)) fail_msg("%s", run.error);
        assert_int_equal(run.world.outcome.end, TH_END_DONE);
        assert_int_equal(run.world.races.race_count, 0);
        const char *label = NULL;
        char error[256];
        assert_true(th_scenario_finish(run.scenario, &run.world, &label, error, sizeof(error)));
        assert_string_equal(label, count == 1000 ? "1000" : "100");
        th_lua_free(&run);
    }
}

// A thousand iterations each, with a lock and without, everywhere. A fault of the simulated program
// would be a wild access that Go's map does not make here; a fault of ours is an assertion.
static void a_thousand_iterations_run_under_every_scheduler_and_memory(void **state) {
    (void)state;
    static const char *const SCHEDULES[] = {"any", "go"};
    static const char *const MEMORIES[] = {"sc", "tso", "weak"};
    for (int i = 0; i < 12; i++) {
        const bool locked = i % 2 == 0;
        char text[900];
        snprintf(
            text, sizeof(text),
            "scenario { id = 't', truth = 'real', schedule = '%s', memory = '%s', procs = 2 }\n"
            "local m, mu = map.make('int', 'int'), mutex()\n"
            "go('writer', function() for i = 0, 999 do %s m[i] = i * 2 %s end end)\n"
            "go('reader', function() for i = 0, 999 do %s local _ = m[i] %s end end)\n",
            SCHEDULES[i / 2 % 2], MEMORIES[i / 4], locked ? "mu:lock()" : "",
            locked ? "mu:unlock()" : "", locked ? "mu:lock()" : "", locked ? "mu:unlock()" : "");
        th_lua_run run;
        if (!th_lua_load_bare(&run, text, NULL)) fail_msg("%s", run.error);
        for (uint64_t seed = 1; seed <= (locked ? 1 : 20); seed++) {
            if (!th_lua_play(&run, seed)) fail_msg("%s", run.error);
            th_world_check(&run.world);
            const int end = run.world.outcome.end;
            if (locked) assert_int_equal(end, TH_END_DONE);
            if (locked) assert_int_equal(run.world.races.race_count, 0);
            assert_true(end == TH_END_DONE || end == TH_END_FATAL);
        }
        th_lua_free(&run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_p_never_crashes_a_racy_map_that_does_not_grow),
        cmocka_unit_test(one_p_crashes_a_racy_map_that_grows),
        cmocka_unit_test(two_ps_crash_a_racy_map_that_does_not_grow),
        cmocka_unit_test(a_thousand_goroutines_finish_on_every_number_of_ps),
        cmocka_unit_test(a_thousand_iterations_run_under_every_scheduler_and_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

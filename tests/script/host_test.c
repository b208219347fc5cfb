/* sim/script: bodies, replays and the programs they fill in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/base/limits.h"
#include "tests/script/lua_run.h"

static const th_programs *programs_of(const th_lua_run *run) {
    return th_scenario_env(run->scenario)->programs;
}

static void load(th_lua_run *run, const char *text) {
    if (!th_lua_load(run, text)) fail_msg("%s\nrefused: %s", text, run->error);
}

static void settle(th_lua_run *run, th_world *world) {
    if (th_world_settle(world, th_scenario_resolver(run->scenario), NULL)) return;
    fail_msg("refused: %s", th_scenario_error(run->scenario));
}

// Each step of g, until it cannot go on or `count` are taken.
static void steps(th_lua_run *run, th_world *world, uint16_t g, int count) {
    th_events events = {0};
    const th_choice choice = {.g = g, .kind = TH_CHOICE_RUN, .value = -1};
    for (int i = 0; i < count && th_world_enabled(world, choice); i++) {
        th_world_step(world, choice, &events);
        settle(run, world);
    }
    th_events_free(&events);
}

// A loop whose length depends on what it reads: each value opens a path of its own.
static const char READER[] =
    "local v = var('int')\n"
    "go('reader', function() local sum = 0 for i = 1, 4 do sum = sum + v.value end\n"
    "  for i = 1, sum do v.value = i end end)\n"
    "go('writer', function() for i = 1, 4 do v.value = i end end)\n";

static void a_path_not_taken_before_is_replayed(void **state) {
    (void)state;
    th_lua_run run;
    load(&run, READER);
    th_world before = {0}, world = {0};
    th_world_copy(&before, th_scenario_start(run.scenario));
    steps(&run, &before, 1, 2);
    for (int writes = 4; writes >= 0; writes--) {
        th_world_copy(&world, &before);
        steps(&run, &world, 2, writes);
        steps(&run, &world, 1, 2 + 2 * writes);
        assert_int_equal(world.goroutines[1].status, TH_STATUS_DEAD);
        assert_int_equal(world.step_count, 4 + 3 * writes);
    }
    assert_true(th_scenario_audit(run.scenario, run.error, sizeof(run.error)));
    th_world_free(&before);
    th_world_free(&world);
    th_lua_free(&run);
}

static void the_same_path_is_filled_in_once(void **state) {
    (void)state;
    th_lua_run run;
    load(&run, READER);
    for (uint64_t seed = 1; seed <= 100; seed++) assert_true(th_lua_play(&run, seed));
    const uint32_t count = th_programs_count(programs_of(&run));
    for (uint64_t seed = 1; seed <= 100; seed++) assert_true(th_lua_play(&run, seed));
    assert_int_equal(th_programs_count(programs_of(&run)), count);
    assert_true(th_scenario_audit(run.scenario, run.error, sizeof(run.error)));
    th_lua_free(&run);
}

// The requests of a run, one hash: what goroutines asked for, whatever numbers their nodes have.
static uint64_t play_and_hash(th_lua_run *run, uint64_t seed) {
    assert_true(th_lua_play(run, seed));
    uint64_t hash = run->world.step_count;
    for (uint32_t g = 1; g < run->world.goroutine_count; g++) {
        for (th_node_id at = run->world.goroutines[g].node; at != 0;
             at = th_programs_parent(programs_of(run), at)) {
            const th_request *request = th_programs_request(programs_of(run), at);
            hash = th_hash_combine(hash, (uint64_t)request->op << 32 | request->line);
            hash = th_hash_combine(hash, request->a);
            if (request->op != TH_REQUEST_GO) hash = th_hash_combine(hash, request->b.w[0]);
        }
    }
    return hash;
}

static void what_was_played_before_changes_nothing(void **state) {
    (void)state;
    enum { SEED_COUNT = 30 };
    static const char TEXT[] =
        "local m, wg = map.make('string', 'int'), waitgroup()\n"
        "local function work(n)\n"
        "  for i = 1, n do local v = m['k' .. i] m['k' .. v + 1] = v + 1 end wg:done()\n"
        "end\n"
        "main(function() wg:add(2) go(work, 3)\n"
        "  if m['k1'] > 0 then go('late', work, 2) else go('early', work, 4) end wg:wait() end)\n";
    th_lua_run run;
    uint64_t hashes[SEED_COUNT];
    load(&run, TEXT);
    for (uint64_t i = 0; i < SEED_COUNT; i++) hashes[i] = play_and_hash(&run, i);
    th_lua_free(&run);
    load(&run, TEXT);
    for (uint64_t i = SEED_COUNT; i-- > 0;) {
        if (play_and_hash(&run, i) != hashes[i]) fail_msg("seed %d differs", (int)i);
    }
    assert_true(th_scenario_audit(run.scenario, run.error, sizeof(run.error)));
    th_lua_free(&run);
}

static void children_are_rebuilt_through_their_parents(void **state) {
    (void)state;
    th_lua_run run;
    load(&run, "local v = var('int')\n"
               "main(function()\n"
               "  for i = 1, 3 do local seen = v.value\n"
               "    go('child', function(k) if v.value > seen then v.value = k * 10 + seen end\n"
               "      gosched() v.value = seen end, i) end\n"
               "  for i = 1, 3 do v.value = v.value + 1 gosched() end\n"
               "end)\n");
    for (uint64_t seed = 1; seed <= 200; seed++) {
        if (!th_lua_play(&run, seed)) fail_msg("%s", run.error);
    }
    if (!th_scenario_audit(run.scenario, run.error, sizeof(run.error))) fail_msg("%s", run.error);
    th_lua_free(&run);
}

static void more_paths_than_bodies_are_kept(void **state) {
    (void)state;
    th_lua_run run;
    load(&run, "local v = var('int')\n"
               "go('reader', function() while v.value ~= -1 do end end)\n"
               "go('writer', function() for i = 1, 2 * 256 do v.value = i end end)\n");
    th_world world = {0}, fork = {0};
    th_world_copy(&world, th_scenario_start(run.scenario));
    for (int round = 0; round < 2 * TH_SCRIPT_SPARE_MAX; round++) {
        th_world_copy(&fork, &world);
        steps(&run, &fork, 1, 2);
        steps(&run, &world, 2, 1);
    }
    assert_true(th_scenario_audit(run.scenario, run.error, sizeof(run.error)));
    th_world_free(&world);
    th_world_free(&fork);
    th_lua_free(&run);
}

static void fails_its_audit(const char *text, const char *line) {
    th_lua_run run;
    load(&run, text);
    if (!th_lua_play(&run, 1)) fail_msg("%s\nrefused already: %s", text, run.error);
    if (th_scenario_audit(run.scenario, run.error, sizeof(run.error)))
        fail_msg("%s\nwent by", text);
    assert_string_equal(run.error, line);
    th_lua_free(&run);
}

static void a_body_that_depends_on_another_is_refused(void **state) {
    (void)state;
    fails_its_audit("local v, n = var('int'), 0\nfor _, name in ipairs { 'a', 'b' } do\n  go(name, "
                    "function() n = n + 1\n    atomic_store(v, n) end)\nend\n",
                    "t.lua:5: goroutine b asked for atomic.Store at 0xc000001000 of 2 in line 5 "
                    "and now, after the same results, asks for atomic.Store at 0xc000001000 of 1: "
                    "a body may depend on its results alone");
    fails_its_audit(
        "local m, first = map.make('int', 'int'), true\ngo('a', function() first = false m[1] = 1 "
        "end)\ngo('b', function() if first then m[1] = 2 else\n  m[3] = 4 end end)\n",
        "t.lua:4: goroutine b asked for m[k] = v (key 3, value 4) in line 5 and now, after the "
        "same results, asks for m[k] = v (key 1, value 2): a body may depend on its results alone");
}

static void a_replay_that_differs_is_refused(void **state) {
    (void)state;
    th_lua_run run;
    load(&run,
         "local v, shared = var('int'), {}\ngo('a', function() gosched() shared.x = 1 v.value = 5 "
         "gosched() end)\ngo('b', function() if shared.x then gosched() end\n  gosched() shared.y "
         "= 1 if shared.x then gosched() end local _ = v.value\n  gosched() end)\n");
    th_world first = {0}, second = {0};
    th_world_copy(&first, th_scenario_start(run.scenario));
    steps(&run, &first, 1, 1);  // sets shared.x
    steps(&run, &first, 2, 2);  // b sees it, and stands before v.value
    th_world_copy(&second, &first);
    steps(&run, &first, 2, 1);
    steps(&run, &second, 1, 1);
    th_events events = {0};
    th_world_step(&second, (th_choice){.g = 2, .kind = TH_CHOICE_RUN, .value = -1}, &events);
    assert_false(th_world_settle(&second, th_scenario_resolver(run.scenario), NULL));
    assert_string_equal(
        th_scenario_error(run.scenario),
        "t.lua:5: goroutine b asked for runtime.Gosched in line 5 and now, after the same results, "
        "asks for load at 0xc000001000: a body may depend on its results alone");
    th_events_free(&events);
    th_world_free(&first);
    th_world_free(&second);
    th_lua_free(&run);
}

static void captions_and_objects_are_recorded(void **state) {
    (void)state;
    th_lua_run run;
    load(
        &run,
        "local words, list = map.make('int', 'int'), { mutex(), waitgroup() }\n"
        "local T = struct('node', { { 'next', 'ptr' } })\n"
        "caption { en = 'before', zh = '之前' }\n"
        "main(function() caption 'in it' pause() focus(words) local x = T:new() x.next = x end)\n");
    assert_string_equal(th_scenario_opening(run.scenario)->text.in[TH_LANG_ZH], "之前");
    assert_true(th_lua_play(&run, 1));
    uint32_t count;
    const th_object *objects = th_scenario_objects(run.scenario, &count);
    assert_int_equal(count, 4);
    assert_string_equal(objects[0].name, "words");
    assert_string_equal(objects[1].name, "list[1]");
    assert_string_equal(objects[2].name, "list[2]");
    assert_string_equal(objects[3].name, "node1");
    assert_int_equal(objects[3].kind, TH_OBJECT_STRUCT);
    assert_string_equal(th_scenario_layout(run.scenario, objects[3].type)->name, "node");
    size_t length;
    const char *line = th_scenario_source_line(run.scenario, 4, &length);
    assert_int_equal(length, strlen("caption { en = 'before', zh = '之前' }"));
    assert_memory_equal(line, "caption", 7);
    assert_null(th_scenario_source_line(run.scenario, 7, &length));
    th_lua_free(&run);
}

static void addresses_have_names(void **state) {
    (void)state;
    th_lua_run run;
    load(&run, "local mu, ch, v = mutex(), channel(2), var('u8')\n"
               "local T = struct('T', { { 'a', 'u8', 4 }, { 'mu', 'mutex' } }) local x = T:new()\n"
               "local m = map.make('int', 'int') m[1] = 1\n"
               "main(function() end)\n");
    uint32_t count;
    const th_object *objects = th_scenario_objects(run.scenario, &count);
    const th_world *world = th_scenario_start(run.scenario);
    static const struct {
        uint32_t object, offset;
        const char *name;
    } NAMES[] = {
        {0, 0, "mu.state"}, {0, 4, "mu.sema"}, {1, 0, "ch.qcount"},  {1, 96 + 8, "ch.buf[1]"},
        {2, 0, "v"},        {3, 3, "x.a[3]"},  {3, 4, "x.mu.state"}, {3, 12, "x+12 (past its end)"},
        {4, 8, "h.flags"},
    };
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
        char name[64];
        th_scenario_name(run.scenario, world, objects[NAMES[i].object].address + NAMES[i].offset,
                         name, sizeof(name));
        assert_string_equal(name, NAMES[i].name);
    }
    char name[64];
    th_scenario_name(run.scenario, world, 0, name, sizeof(name));
    assert_string_equal(name, "nil");
    th_scenario_name(run.scenario, world, 0x1234, name, sizeof(name));
    assert_string_equal(name, "0x1234");
    th_lua_free(&run);
}

static void what_exploring_should_find_is_kept(void **state) {
    (void)state;
    th_lua_run run;
    load(&run,
         "main(function() end)\n"
         "expect { done = true, explore = { mode = 'dpor', executions = 20, complete = true,\n"
         "  outcomes = { { fatal = 'concurrent map writes', count = 8 },\n"
         "    { done = true, label = 'lost', race = true } } } }");
    const th_exploration *exploration = th_scenario_exploration(run.scenario);
    assert_string_equal(exploration->mode, "dpor");
    assert_int_equal(exploration->executions, 20);
    assert_int_equal(exploration->bound, -1);
    assert_int_equal(exploration->complete, 1);
    assert_int_equal(exploration->outcome_count, 2);
    assert_int_equal(exploration->outcomes[0].end, TH_END_FATAL);
    assert_string_equal(exploration->outcomes[0].message, "concurrent map writes");
    assert_int_equal(exploration->outcomes[0].count, 8);
    assert_int_equal(exploration->outcomes[1].count, -1);
    assert_string_equal(exploration->outcomes[1].label, "lost");
    assert_int_equal(exploration->outcomes[1].race, 1);
    th_lua_free(&run);
}

static void verify_says_what_differs(void **state) {
    (void)state;
    static const struct {
        const char *text, *why;
    } CASES[] = {
        {"main(function() end) expect { fatal = 'x' }",
         "t.lua:2: expected fatal \"x\", got done after step 0"},
        {"main(function() panic 'y' end) expect { panic = 'x' }",
         "t.lua:2: expected panic \"x\", got panic \"y\" after step 0"},
        {"main(function() end) finally(function() return 'b' end) expect { label = 'a' }",
         "t.lua:2: expected the label \"a\", got \"b\""},
        {"main(function() end) finally(function() end) expect { label = 'a' }",
         "t.lua:2: expected the label \"a\", got none"},
        {"main(function() end) expect { race = true }", "t.lua:2: expected a data race, got none"},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        th_lua_run run;
        load(&run, CASES[i].text);
        assert_true(th_lua_play(&run, 1));
        char why[300];
        assert_false(th_scenario_verify(run.scenario, &run.world, why, sizeof(why)));
        assert_string_equal(why, CASES[i].why);
        th_lua_free(&run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_not_taken_before_is_replayed),
        cmocka_unit_test(the_same_path_is_filled_in_once),
        cmocka_unit_test(what_was_played_before_changes_nothing),
        cmocka_unit_test(children_are_rebuilt_through_their_parents),
        cmocka_unit_test(more_paths_than_bodies_are_kept),
        cmocka_unit_test(a_body_that_depends_on_another_is_refused),
        cmocka_unit_test(a_replay_that_differs_is_refused),
        cmocka_unit_test(captions_and_objects_are_recorded),
        cmocka_unit_test(addresses_have_names),
        cmocka_unit_test(what_exploring_should_find_is_kept),
        cmocka_unit_test(verify_says_what_differs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

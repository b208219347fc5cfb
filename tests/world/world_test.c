// The world under random schedules: its invariants, snapshots, hashes and bursts.
#include "tests/support/program_builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka.h needs the four above
#include <cmocka.h>

typedef struct fixture {
    th_builder builder;
    th_world world;
    th_events events;
    uint64_t map;
} fixture;

static void set_up(fixture *f, uint64_t seed, th_env env, uint32_t goroutines, uint32_t requests) {
    *f = (fixture){0};
    th_rng rng = {seed};
    env.seed = seed;
    env.hashing = true;
    th_builder_init(&f->builder, env);
    f->map = th_builder_map(&f->builder, TH_I64, TH_I64, 0);
    const uint64_t cell = th_builder_cell(&f->builder, TH_U64);
    th_builder_random(&f->builder, &rng,
                      (th_builder_mix){.goroutine_count = goroutines,
                                       .request_count = requests,
                                       .key_max = 24,
                                       .map = f->map,
                                       .cell = cell,
                                       .ranges = true});
    th_world_copy(&f->world, &f->builder.world);
    assert_true(th_world_settle(&f->world, th_builder_resolver(&f->builder), NULL));
}

static void tear_down(fixture *f) {
    th_world_free(&f->world);
    th_events_free(&f->events);
    th_builder_free(&f->builder);
}

// Takes one step by a random choice. False: the run has ended.
static bool step(fixture *f, th_world *world, th_rng *rng) {
    th_choice choices[64];
    if (th_world_ended(world)) return false;
    const uint32_t count = th_world_choices(world, choices, 64);
    assert_true(count > 0 && count <= 64);
    f->events.count = 0;
    th_world_step(world, choices[th_rng_below(rng, count)], &f->events);
    assert_true(th_world_settle(world, th_builder_resolver(&f->builder), &f->events));
    return true;
}

static bool inside_map(const th_world *world, uint64_t map) {
    for (uint32_t g = 1; g < world->goroutine_count; g++) {
        const th_request *request = th_world_request(world, (uint16_t)g);
        if (request == NULL || th_request_op_class((th_request_op)request->op) != TH_CLASS_MAP)
            continue;
        if (request->a == map || request->op == TH_REQUEST_RANGE_NEXT) {
            if (th_gomap_site(&world->goroutines[g].frame.map) != 0) return true;
        }
    }
    return false;
}

// What must hold of a map when nobody is inside an operation and nothing has raced yet.
static void check_map(const fixture *f, const th_world *world) {
    if (world->races.race_count > 0 || th_world_ended(world)) return;
    if (inside_map(world, f->map)) return;
    const char *broken = th_gomap_broken(&world->env->gomap, &world->memory, f->map);
    if (broken != NULL) fail_msg("%s", broken);
}

static void every_step_of_random_runs_keeps_the_invariants(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        fixture f;
        const th_env env = {.memory_model = (uint8_t)(seed % 3),
                            .schedule = (uint8_t)(seed % 2),
                            .procs = (uint16_t)(1 + seed % 4)};
        set_up(&f, seed, env, 1 + (uint32_t)(seed % 3), 30);
        th_rng rng = {seed * 7};
        do {
            th_world_check(&f.world);
            check_map(&f, &f.world);
        } while (step(&f, &f.world, &rng));
        tear_down(&f);
    }
}

static void a_snapshot_goes_on_as_the_original_does(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        fixture f;
        set_up(&f, seed, (th_env){.memory_model = (uint8_t)(seed % 3)}, 3, 25);
        th_rng rng = {seed};
        for (uint64_t n = th_rng_below(&rng, 150); n > 0 && step(&f, &f.world, &rng); n--) {
        }
        th_world copy = {0};
        th_world_copy(&copy, &f.world);
        assert_int_equal(th_world_hash(&copy), th_world_hash(&f.world));
        const uint64_t before = th_world_hash(&copy);
        th_rng again = rng;
        for (int n = 0; n < 100 && step(&f, &f.world, &rng); n++) {
        }
        assert_int_equal(th_world_hash(&copy), before);
        for (int n = 0; n < 100 && step(&f, &copy, &again); n++) {
        }
        assert_int_equal(th_world_hash(&copy), th_world_hash(&f.world));
        assert_int_equal(copy.races.race_count, f.world.races.race_count);
        th_world_free(&copy);
        tear_down(&f);
    }
}

static void a_burst_equals_its_steps(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        fixture f;
        set_up(&f, seed, (th_env){.memory_model = (uint8_t)(seed % 3)}, 2, 25);
        th_world by_steps = {0};
        th_world_copy(&by_steps, &f.world);
        th_rng rng = {seed};
        th_events bursts = {0}, steps = {0};
        while (!th_world_ended(&f.world)) {
            th_choice choices[64];
            const uint32_t count = th_world_choices(&f.world, choices, 64);
            const th_choice choice = choices[th_rng_below(&rng, count)];
            const uint64_t taken =
                th_world_burst(&f.world, choice, 1 + th_rng_below(&rng, 30), &bursts);
            assert_true(th_world_settle(&f.world, th_builder_resolver(&f.builder), &bursts));
            for (uint64_t i = 0; i < taken; i++) {
                th_world_step(&by_steps, choice, &steps);
                assert_true(th_world_settle(&by_steps, th_builder_resolver(&f.builder), &steps));
            }
            assert_int_equal(th_world_hash(&by_steps), th_world_hash(&f.world));
        }
        assert_int_equal(bursts.count, steps.count);
        assert_memory_equal(bursts.items, steps.items, steps.count * sizeof(th_event));
        th_events_free(&bursts);
        th_events_free(&steps);
        th_world_free(&by_steps);
        tear_down(&f);
    }
}

static void one_goroutine_alone_never_races_nor_fails(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        fixture f;
        set_up(&f, seed, (th_env){0}, 1, 60);
        th_rng rng = {seed};
        while (step(&f, &f.world, &rng)) {
        }
        assert_int_equal(f.world.outcome.end, TH_END_DONE);
        assert_int_equal(f.world.races.race_count, 0);
        tear_down(&f);
    }
}

static void an_endless_run_ends_at_its_limit(void **state) {
    (void)state;
    fixture f;
    set_up(&f, 1, (th_env){.step_limit = 50}, 1, 60);
    th_rng rng = {1};
    while (step(&f, &f.world, &rng)) {
    }
    assert_int_equal(f.world.outcome.end, TH_END_LIMIT);
    assert_int_equal(f.world.step_count, 50);
    tear_down(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_step_of_random_runs_keeps_the_invariants),
        cmocka_unit_test(a_snapshot_goes_on_as_the_original_does),
        cmocka_unit_test(a_burst_equals_its_steps),
        cmocka_unit_test(one_goroutine_alone_never_races_nor_fails),
        cmocka_unit_test(an_endless_run_ends_at_its_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

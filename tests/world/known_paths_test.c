// A run is the same whether the paths of its bodies are walked for the first time, node by node
// through the resolver, or are known already.
#include "tests/explore/generated.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka.h needs the four above
#include <cmocka.h>

enum { STEP_MAX = 200, PROGRAM_COUNT = 3000 };

typedef struct taken {
    th_choice choices[STEP_MAX];
    uint64_t hashes[STEP_MAX];
    uint32_t count;
} taken;

static void start(th_generated *program, th_world *world) {
    th_world_copy(world, &program->builder.world);
    assert_true(th_world_settle(world, th_builder_resolver(&program->builder), NULL));
}

static void step(th_generated *program, th_world *world, th_choice choice, th_events *events) {
    events->count = 0;
    th_world_step(world, choice, events);
    assert_true(th_world_settle(world, th_builder_resolver(&program->builder), events));
}

static void run_at_random(th_generated *program, uint64_t seed, taken *run) {
    th_world world = {0};
    th_events events = {0};
    th_rng rng = {seed};
    start(program, &world);
    for (run->count = 0; run->count < STEP_MAX && !th_world_ended(&world); run->count++) {
        th_choice choices[64];
        const uint32_t count = th_world_choices(&world, choices, 64);
        run->choices[run->count] = choices[th_rng_below(&rng, count)];
        step(program, &world, run->choices[run->count], &events);
        run->hashes[run->count] = th_world_hash(&world);
    }
    th_events_free(&events);
    th_world_free(&world);
}

static void run_again(th_generated *program, uint64_t seed, const taken *run) {
    th_world world = {0};
    th_events events = {0};
    start(program, &world);
    for (uint32_t i = 0; i < run->count; i++) {
        if (!th_world_enabled(&world, run->choices[i])) {
            fail_msg("program %llu, step %u is not possible", (unsigned long long)seed, i + 1);
        }
        step(program, &world, run->choices[i], &events);
        if (th_world_hash(&world) != run->hashes[i]) {
            fail_msg("program %llu differs after step %u", (unsigned long long)seed, i + 1);
        }
    }
    th_events_free(&events);
    th_world_free(&world);
}

static void a_second_run_is_as_the_first(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= PROGRAM_COUNT; seed++) {
        static taken first;
        th_generated program;
        th_generated_make(&program, seed,
                          (th_env){.hashing = true,
                                   .schedule = (uint8_t)(seed % 2),
                                   .memory_model = (uint8_t)(seed % 3),
                                   .slice_steps = 1 + (uint32_t)(seed % 7 % 3),
                                   .procs = (uint16_t)(1 + seed % 5 % 2)});
        run_at_random(&program, seed, &first);
        run_again(&program, seed, &first);
        th_generated_free(&program);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_run_is_as_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

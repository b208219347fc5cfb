// The first lessons under ten thousand random schedules each: whatever the interleaving, a map that
// nobody is inside of, and that nothing has raced on, keeps every invariant of the runtime's.
#include "sim/base/rng.h"
#include "sim/script/scenario.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
// cmocka.h needs the four above
#include <cmocka.h>

enum {
    SCHEDULES = 10000,
    SOURCE_MAX = 1 << 16,
    // Of a scenario of thousands of steps: nearly all runs have raced or failed long before.
    STEPS_MAX = 3000,
};

typedef struct fixture {
    th_scenario *scenario;
    th_world world;
    th_events events;
    uint64_t checks;  // how many times a map was looked through
    uint64_t ended;   // runs that came to their end
} fixture;

static void load(fixture *f, const char *path) {
    static char source[SOURCE_MAX];
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail_msg("cannot open %s: run from the project's folder", path);
    const size_t length = fread(source, 1, sizeof(source), file);
    fclose(file);
    const th_scenario_desc desc = {.path = path, .source = source, .source_length = length};
    char error[600];
    *f = (fixture){.scenario = th_scenario_load(&desc, error, sizeof(error))};
    if (f->scenario == NULL) fail_msg("%s", error);
}

static void unload(fixture *f) {
    th_world_free(&f->world);
    th_events_free(&f->events);
    th_scenario_free(f->scenario);
}

static bool anybody_inside(const th_world *world) {
    for (uint32_t g = 1; g < world->goroutine_count; g++) {
        const th_goroutine *goroutine = &world->goroutines[g];
        const th_request *request = th_world_request(world, (uint16_t)g);
        if (request == NULL || goroutine->status != TH_STATUS_READY) continue;
        const th_request_class class = th_request_op_class((th_request_op)request->op);
        if (class != TH_CLASS_MAP) continue;
        // Before its first step an operation has touched nothing.
        if (goroutine->frame.map.pc[1] != 0 && goroutine->frame.map.hash != 0) return true;
        if (goroutine->frame.map.elem_address != 0) return true;
    }
    return false;
}

static bool operation_ended(const th_events *events) {
    for (uint32_t i = 0; i < events->count; i++) {
        if (events->items[i].kind == TH_EVENT_OP_END) return true;
    }
    return false;
}

static void check_maps(fixture *f) {
    if (f->world.races.race_count > 0 || th_world_ended(&f->world)) return;
    if (!operation_ended(&f->events) || anybody_inside(&f->world)) return;
    uint32_t count = 0;
    const th_object *objects = th_scenario_objects(f->scenario, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (objects[i].kind != TH_OBJECT_MAP || objects[i].address == 0) continue;
        const char *broken = th_gomap_broken(&th_scenario_env(f->scenario)->gomap, &f->world.memory,
                                             objects[i].address);
        if (broken != NULL) fail_msg("%s", broken);
        f->checks++;
    }
}

// A random choice; by the seed, runs of one goroutine are short, longer or long: with short ones
// alone, no operation would ever end undisturbed.
static th_choice choose(const th_world *world, th_rng *rng, uint64_t stickiness) {
    th_choice choices[64];
    const uint32_t count = th_world_choices(world, choices, 64);
    assert_in_range(count, 1, 64);
    const th_choice again = {.g = world->last_g, .kind = TH_CHOICE_RUN, .value = -1};
    if (th_rng_below(rng, 1 + stickiness) > 0 && th_world_enabled(world, again)) return again;
    return choices[th_rng_below(rng, count)];
}

static void run_once(fixture *f, uint64_t seed) {
    static const uint64_t STICKINESS[] = {0, 7, 40};
    th_world_copy(&f->world, th_scenario_start(f->scenario));
    th_rng rng = {seed};
    const th_resolver resolver = th_scenario_resolver(f->scenario);
    for (int step = 0; step < STEPS_MAX && !th_world_ended(&f->world); step++) {
        const th_choice choice = choose(&f->world, &rng, STICKINESS[seed % 3]);
        f->events.count = 0;
        th_world_step(&f->world, choice, &f->events);
        assert_true(th_world_settle(&f->world, resolver, &f->events));
        check_maps(f);
    }
    th_world_check(&f->world);
    f->ended += th_world_ended(&f->world);
}

static void run_all(const char *path) {
    fixture f;
    load(&f, path);
    for (uint64_t seed = 1; seed <= SCHEDULES; seed++) run_once(&f, seed);
    assert_true(f.ended > 0);
    assert_true(f.checks > 0);
    unload(&f);
}

static void a_read_meets_a_write(void **state) {
    (void)state;
    run_all("scripts/ch1-read-write.lua");
}

static void old_buckets_empty(void **state) {
    (void)state;
    run_all("scripts/ch2-evacuate.lua");
}

static void two_writers(void **state) {
    (void)state;
    run_all("scripts/ch3-two-writers.lua");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_read_meets_a_write),
        cmocka_unit_test(old_buckets_empty),
        cmocka_unit_test(two_writers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "sim/history/timeline.h"
#include "tests/support/program_builder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// A random scenario, played by its seed, and what it was like after each step.
typedef struct run_fixture {
    th_builder builder;
    th_timeline *timeline;
    uint64_t *hashes;  // [0] the start
    uint64_t length;
} run_fixture;

enum { NO_LIMIT = 1 << 30 };

static th_resolver resolver_of(run_fixture *fixture) {
    return th_builder_resolver(&fixture->builder);
}

static void build_in(run_fixture *fixture, th_env settings, th_builder_mix mix) {
    *fixture = (run_fixture){0};
    th_rng rng = {settings.seed};
    th_builder *builder = &fixture->builder;
    settings.hashing = true;
    th_builder_init(builder, settings);
    // Odd seeds share a map, and crash soon; the others go on until all is done.
    if (settings.seed % 2 == 1) mix.map = th_builder_map(builder, TH_I64, TH_I64, 0);
    mix.cell = th_builder_cell(builder, TH_U64);
    th_builder_random(builder, &rng, mix);
    assert_true(th_world_settle(&builder->world, th_builder_resolver(builder), NULL));
    fixture->timeline = th_timeline_new(&builder->world, th_builder_resolver(builder));
}

static void build(run_fixture *fixture, uint64_t seed, th_builder_mix mix) {
    build_in(fixture, (th_env){.seed = seed}, mix);
}

static uint64_t end_hash(const run_fixture *fixture, th_branch_id branch) {
    return th_world_hash(th_timeline_end(fixture->timeline, branch));
}

// One random choice at the branch's end. False: there is none.
static bool extend(run_fixture *fixture, th_branch_id branch, th_rng *rng) {
    th_choice choices[32];
    const th_world *end = th_timeline_end(fixture->timeline, branch);
    if (th_world_ended(end)) return false;
    const uint32_t count = th_world_choices(end, choices, 32);
    if (count == 0) return false;
    th_choice choice = choices[th_rng_below(rng, count)];
    // Now and then a choice that its event does not tell.
    if (choice.kind == TH_CHOICE_RUN && th_rng_below(rng, 4) == 0) {
        choice.value = (int32_t)th_rng_below(rng, 8);
    }
    return th_timeline_extend(fixture->timeline, branch, choice);
}

// Plays up to `max` steps by random choices, in runs so that a race does not end it at once.
static void play(run_fixture *fixture, th_rng *rng, uint64_t max) {
    fixture->hashes = calloc(max + 1, sizeof(*fixture->hashes));
    fixture->hashes[0] = end_hash(fixture, 0);
    while (fixture->length < max && extend(fixture, 0, rng)) {
        fixture->hashes[++fixture->length] = end_hash(fixture, 0);
    }
    assert_int_equal(th_timeline_length(fixture->timeline, 0), fixture->length);
}

static void drop(run_fixture *fixture) {
    th_timeline_check(fixture->timeline);
    th_timeline_free(fixture->timeline);
    th_builder_free(&fixture->builder);
    free(fixture->hashes);
}

static void assert_at(run_fixture *fixture, uint64_t step) {
    const th_world *world = th_timeline_seek(fixture->timeline, 0, step);
    assert_int_equal(world->step_count, step);
    assert_int_equal(th_world_hash(world), fixture->hashes[step]);
    th_world_check(world);
}

// --- seeking ---

static const th_builder_mix SMALL = {
    .goroutine_count = 3, .request_count = 60, .key_max = 20, .ranges = true};

static void seeking_any_step_gives_the_world_that_was_played(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        run_fixture fixture;
        th_rng rng = {seed};
        const th_env settings = {.seed = seed, .memory_model = (uint8_t)(seed % 3)};
        build_in(&fixture, settings, SMALL);
        play(&fixture, &rng, 3000);
        for (uint64_t step = 0; step <= fixture.length; step++) assert_at(&fixture, step);
        for (uint64_t step = fixture.length + 1; step-- > 0;) assert_at(&fixture, step);
        for (int i = 0; i < 100; i++) {
            assert_at(&fixture, th_rng_below(&rng, fixture.length + 1));
        }
        drop(&fixture);
    }
}

// One goroutine never races, so it plays on and on.
static const th_builder_mix LONG = {.goroutine_count = 1, .request_count = 4000, .key_max = 900};

static void seeking_works_between_keyframes(void **state) {
    (void)state;
    run_fixture fixture;
    th_rng rng = {5};
    build(&fixture, 5, LONG);
    play(&fixture, &rng, 50000);
    assert_true(fixture.length > 3 * 4096);
    for (int i = 0; i < 200; i++) assert_at(&fixture, th_rng_below(&rng, fixture.length + 1));
    drop(&fixture);
}

static void stepping_back_over_keyframes_gives_the_worlds_that_were_played(void **state) {
    (void)state;
    run_fixture fixture;
    th_rng rng = {6};
    build(&fixture, 6, LONG);
    play(&fixture, &rng, 20000);
    for (uint64_t step = fixture.length + 1; step-- > 0;) assert_at(&fixture, step);
    drop(&fixture);
}

// --- events ---

static void the_same_choices_give_the_same_events(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        run_fixture fixture;
        th_rng rng = {seed};
        build(&fixture, seed, SMALL);
        play(&fixture, &rng, 3000);
        th_timeline *again = th_timeline_new(&fixture.builder.world, resolver_of(&fixture));
        for (uint64_t step = 1; step <= fixture.length; step++) {
            assert_true(
                th_timeline_extend(again, 0, th_timeline_choice(fixture.timeline, 0, step)));
            const th_event a = th_timeline_event(fixture.timeline, 0, step);
            const th_event b = th_timeline_event(again, 0, step);
            assert_memory_equal(&a, &b, sizeof a);
        }
        assert_int_equal(th_world_hash(th_timeline_end(again, 0)), end_hash(&fixture, 0));
        th_timeline_free(again);
        drop(&fixture);
    }
}

static void assert_events_equal(const th_events *a, const th_events *b) {
    assert_int_equal(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        assert_int_equal(a->items[i].kind, b->items[i].kind);
        assert_int_equal(a->items[i].offset, b->items[i].offset);
        assert_int_equal(a->items[i].value, b->items[i].value);
        assert_int_equal(a->items[i].race, b->items[i].race);
    }
}

static void all_events_of_a_step_are_found_again(void **state) {
    (void)state;
    run_fixture fixture;
    th_rng rng = {11};
    build(&fixture, 11, SMALL);
    play(&fixture, &rng, 3000);
    th_world world = {0};
    th_world_copy(&world, &fixture.builder.world);
    th_events taken = {0};
    th_events found = {0};
    for (uint64_t step = 1; step <= fixture.length; step++) {
        taken.count = found.count = 0;
        th_world_step(&world, th_timeline_choice(fixture.timeline, 0, step), &taken);
        th_world_settle(&world, resolver_of(&fixture), &taken);
        th_timeline_events(fixture.timeline, 0, step, &found);
        assert_events_equal(&taken, &found);
        assert_at(&fixture, th_rng_below(&rng, fixture.length + 1));
    }
    th_events_free(&taken);
    th_events_free(&found);
    th_world_free(&world);
    drop(&fixture);
}

static void markers_stand_in_step_order_at_what_is_worth_a_mark(void **state) {
    (void)state;
    run_fixture fixture;
    th_rng rng = {5};
    build(&fixture, 5, LONG);
    play(&fixture, &rng, 50000);
    uint32_t count = 0;
    const th_marker *markers = th_timeline_markers(fixture.timeline, 0, &count);
    uint32_t grown_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        assert_true(i == 0 || markers[i].step >= markers[i - 1].step);
        if (markers[i].event.kind == TH_EVENT_GROW) grown_count++;
    }
    assert_true(grown_count >= 5);  // 600 keys or so
    drop(&fixture);
}

// --- playing by schedule ---

static void bursts_record_what_single_steps_record(void **state) {
    (void)state;
    run_fixture fixture;
    build(&fixture, 5, LONG);
    char error[128];
    th_schedule *schedule = th_schedule_parse("a*1000 a*", error, sizeof error);
    assert_non_null(schedule);
    th_chooser chooser = {.schedule = schedule};
    assert_true(th_timeline_play(fixture.timeline, 0, &chooser, NO_LIMIT, error, sizeof error));
    th_timeline *single = th_timeline_new(&fixture.builder.world, resolver_of(&fixture));
    const uint64_t length = th_timeline_length(fixture.timeline, 0);
    for (uint64_t step = 1; step <= length; step++) {
        assert_true(th_timeline_extend(single, 0, (th_choice){.g = 1, .value = -1}));
        const th_event a = th_timeline_event(fixture.timeline, 0, step);
        const th_event b = th_timeline_event(single, 0, step);
        assert_memory_equal(&a, &b, sizeof a);
    }
    assert_int_equal(th_timeline_outcome(single, 0).end, TH_END_DONE);
    assert_int_equal(th_timeline_outcome(fixture.timeline, 0).end, TH_END_DONE);
    uint32_t a_count = 0;
    uint32_t b_count = 0;
    const th_marker *a = th_timeline_markers(fixture.timeline, 0, &a_count);
    const th_marker *b = th_timeline_markers(single, 0, &b_count);
    assert_int_equal(a_count, b_count);
    assert_memory_equal(a, b, a_count * sizeof(*a));
    th_timeline_free(single);
    th_schedule_free(schedule);
    drop(&fixture);
}

static void playing_stops_after_so_many_steps_and_goes_on_from_there(void **state) {
    (void)state;
    run_fixture fixture;
    build(&fixture, 5, LONG);
    char error[128];
    th_schedule *schedule = th_schedule_parse("a*", error, sizeof error);
    th_chooser chooser = {.schedule = schedule};
    for (uint64_t length = 700; length < 7000; length += 700) {
        assert_true(th_timeline_play(fixture.timeline, 0, &chooser, 700, error, sizeof error));
        assert_int_equal(th_timeline_length(fixture.timeline, 0), length);
    }
    th_schedule_free(schedule);
    drop(&fixture);
}

static void a_schedule_that_does_not_fit_is_told(void **state) {
    (void)state;
    run_fixture fixture;
    build(&fixture, 5, LONG);
    char error[128];
    th_schedule *schedule = th_schedule_parse("a*5 nobody", error, sizeof error);
    th_chooser chooser = {.schedule = schedule};
    assert_false(th_timeline_play(fixture.timeline, 0, &chooser, NO_LIMIT, error, sizeof error));
    assert_non_null(strstr(error, "nobody"));
    assert_int_equal(th_timeline_length(fixture.timeline, 0), 5);
    th_schedule_free(schedule);
    drop(&fixture);
}

static void a_restarted_timeline_is_like_a_new_one(void **state) {
    (void)state;
    run_fixture fixture;
    th_rng rng = {6};
    build(&fixture, 6, LONG);
    play(&fixture, &rng, 10000);
    th_timeline_fork(fixture.timeline, 0, 5000);
    th_timeline_restart(fixture.timeline, &fixture.builder.world, resolver_of(&fixture));
    assert_int_equal(th_timeline_branch_count(fixture.timeline), 1);
    assert_int_equal(th_timeline_length(fixture.timeline, 0), 0);
    uint32_t count = 0;
    th_timeline_markers(fixture.timeline, 0, &count);
    assert_int_equal(count, 0);
    free(fixture.hashes);
    fixture.length = 0;
    play(&fixture, &rng, 10000);
    for (int i = 0; i < 50; i++) assert_at(&fixture, th_rng_below(&rng, fixture.length + 1));
    drop(&fixture);
}

// --- branches ---

// The branch's race detector is what it would be had the branch been played from the start.
static void assert_races_as_played(run_fixture *fixture, th_branch_id branch) {
    th_timeline *played = th_timeline_new(&fixture->builder.world, resolver_of(fixture));
    const uint64_t length = th_timeline_length(fixture->timeline, branch);
    for (uint64_t step = 1; step <= length; step++) {
        th_timeline_extend(played, 0, th_timeline_choice(fixture->timeline, branch, step));
        assert_int_equal(th_timeline_event(played, 0, step).race,
                         th_timeline_event(fixture->timeline, branch, step).race);
    }
    assert_int_equal(th_detector_hash(&th_timeline_end(played, 0)->races),
                     th_detector_hash(&th_timeline_end(fixture->timeline, branch)->races));
    th_timeline_free(played);
}

static void a_fork_keeps_the_old_future(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        run_fixture fixture;
        th_rng rng = {seed};
        build(&fixture, seed, SMALL);
        play(&fixture, &rng, 2000);
        const uint64_t fork = th_rng_below(&rng, fixture.length + 1);
        const th_branch_id branch = th_timeline_fork(fixture.timeline, 0, fork);
        assert_int_equal(end_hash(&fixture, branch), fixture.hashes[fork]);
        while (extend(&fixture, branch, &rng)) {
        }
        for (uint64_t step = 0; step <= fixture.length; step++) assert_at(&fixture, step);
        uint64_t found_fork = 0;
        assert_int_equal(th_timeline_parent(fixture.timeline, branch, &found_fork), 0);
        assert_int_equal(found_fork, fork);
        assert_races_as_played(&fixture, branch);
        drop(&fixture);
    }
}

enum { BRANCH_MAX = 12, STEP_MAX = 1200 };

// Grows a tree of branches at random; `hashes[b][n]` is branch b after n steps.
static void grow_tree(run_fixture *fixture, th_rng *rng, uint64_t (*hashes)[STEP_MAX + 1]) {
    hashes[0][0] = end_hash(fixture, 0);
    for (th_branch_id branch = 0; branch < BRANCH_MAX; branch++) {
        if (branch > 0) {
            const th_branch_id from = (th_branch_id)th_rng_below(rng, branch);
            const uint64_t length = th_timeline_length(fixture->timeline, from);
            const uint64_t fork = th_rng_below(rng, length + 1);
            assert_int_equal(th_timeline_fork(fixture->timeline, from, fork), branch);
            memcpy(hashes[branch], hashes[from], (fork + 1) * sizeof(uint64_t));
        }
        while (th_timeline_length(fixture->timeline, branch) < STEP_MAX &&
               extend(fixture, branch, rng)) {
            hashes[branch][th_timeline_length(fixture->timeline, branch)] =
                end_hash(fixture, branch);
        }
    }
}

static void every_step_of_every_branch_can_be_reached_in_any_order(void **state) {
    (void)state;
    static uint64_t hashes[BRANCH_MAX][STEP_MAX + 1];
    for (uint64_t seed = 0; seed < 10; seed++) {
        run_fixture fixture;
        th_rng rng = {seed};
        build(&fixture, seed, SMALL);
        grow_tree(&fixture, &rng, hashes);
        th_timeline_check(fixture.timeline);
        uint64_t step = 0;
        for (int i = 0; i < 3000; i++) {
            const th_branch_id branch = (th_branch_id)th_rng_below(&rng, BRANCH_MAX);
            const uint64_t length = th_timeline_length(fixture.timeline, branch);
            // Now and then a jump, mostly near steps, on whatever branch.
            const bool jumps = i % 7 == 0 || step == 0 || step > length;
            step = jumps ? th_rng_below(&rng, length + 1) : step - 1;
            const th_world *world = th_timeline_seek(fixture.timeline, branch, step);
            assert_int_equal(th_world_hash(world), hashes[branch][step]);
        }
        drop(&fixture);
    }
}

static void a_branch_has_the_marks_of_its_shared_steps(void **state) {
    (void)state;
    run_fixture fixture;
    th_rng rng = {5};
    build(&fixture, 5, LONG);
    play(&fixture, &rng, 20000);
    uint32_t count = 0;
    uint32_t shared = 0;
    const th_marker *markers = th_timeline_markers(fixture.timeline, 0, &count);
    for (uint32_t i = 0; i < count; i++) shared += markers[i].step <= 10000;
    const th_branch_id branch = th_timeline_fork(fixture.timeline, 0, 10000);
    th_timeline_markers(fixture.timeline, branch, &count);
    assert_int_equal(count, shared);
    assert_true(shared > 0);
    drop(&fixture);
}

// --- refusal ---

static th_node_id refuse(void *context, th_node_id node, const th_result *result) {
    (void)context;
    (void)node;
    (void)result;
    return 0;
}

static void a_refused_request_ends_the_recording_and_leaves_a_sound_timeline(void **state) {
    (void)state;
    run_fixture fixture;
    build(&fixture, 3, SMALL);
    th_timeline *timeline = th_timeline_new(&fixture.builder.world, (th_resolver){.next = refuse});
    while (th_timeline_extend(timeline, 0, (th_choice){.g = 1, .value = -1})) {
    }
    const uint64_t length = th_timeline_length(timeline, 0);
    assert_true(length > 0);
    assert_false(th_timeline_extend(timeline, 0, (th_choice){.g = 1, .value = -1}));
    assert_int_equal(th_timeline_length(timeline, 0), length);
    th_timeline_check(timeline);
    for (uint64_t step = 0; step <= length; step++) {
        assert_int_equal(th_timeline_seek(timeline, 0, step)->step_count, step);
    }
    th_timeline_free(timeline);
    drop(&fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seeking_any_step_gives_the_world_that_was_played),
        cmocka_unit_test(seeking_works_between_keyframes),
        cmocka_unit_test(stepping_back_over_keyframes_gives_the_worlds_that_were_played),
        cmocka_unit_test(the_same_choices_give_the_same_events),
        cmocka_unit_test(all_events_of_a_step_are_found_again),
        cmocka_unit_test(markers_stand_in_step_order_at_what_is_worth_a_mark),
        cmocka_unit_test(bursts_record_what_single_steps_record),
        cmocka_unit_test(playing_stops_after_so_many_steps_and_goes_on_from_there),
        cmocka_unit_test(a_schedule_that_does_not_fit_is_told),
        cmocka_unit_test(a_restarted_timeline_is_like_a_new_one),
        cmocka_unit_test(a_fork_keeps_the_old_future),
        cmocka_unit_test(every_step_of_every_branch_can_be_reached_in_any_order),
        cmocka_unit_test(a_branch_has_the_marks_of_its_shared_steps),
        cmocka_unit_test(a_refused_request_ends_the_recording_and_leaves_a_sound_timeline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

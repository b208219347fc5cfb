// What `go` scheduling makes of whole programs: where the map lets go of its P, who is woken where,
// and how a run ends.
#include "tests/support/hand.h"

#include "sim/gomap/hmap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka.h needs the four above
#include <cmocka.h>

static th_env on_ps(uint16_t procs, uint32_t slice_steps) {
    return (th_env){.schedule = TH_SCHEDULE_GO, .procs = procs, .slice_steps = slice_steps};
}

static void ask(th_hand *hand, uint32_t body, th_sync_op op, uint64_t object, uint64_t operand) {
    th_builder_request(&hand->builder, body, th_builder_ask_sync(op, object, operand));
}

// --- preemption ---

// A writer's loop over `key_count` keys on one P with the shortest slices. How often it was off its
// P inside the map, with hashWriting set; `*outside`: between two operations or at a prologue.
static uint32_t off_p_while_writing(uint64_t key_count, uint64_t hint, uint32_t *outside) {
    th_hand hand;
    th_hand_init(&hand, on_ps(1, 1));
    const uint64_t map = th_builder_map(&hand.builder, TH_I64, TH_I64, hint);
    const uint32_t body = th_builder_body(&hand.builder, "writer");
    for (uint64_t i = 0; i < 60; i++) th_builder_set(&hand.builder, body, map, i % key_count, i);
    th_builder_start(&hand.builder, body);
    th_hand_begin(&hand);
    uint32_t inside = 0;
    th_rng rng = {1};
    while (th_hand_step_at_random(&hand, &rng)) {
        if (th_world_ended(&hand.world) || th_hand_on(&hand, 0) != 0) continue;
        const uint64_t flags = th_memory_peek(&hand.world.memory, map + TH_HMAP_flags, 1);
        const bool writing = (flags & TH_FLAG_HASH_WRITING) != 0;
        inside += writing;
        *outside += !writing;
    }
    assert_int_equal(hand.world.outcome.end, TH_END_DONE);
    th_hand_free(&hand);
    return inside;
}

static void the_map_lets_go_of_its_p_where_the_runtime_looks(void **state) {
    (void)state;
    uint32_t outside = 0;
    assert_int_equal(off_p_while_writing(8, 20, &outside), 0);  // it neither grows nor allocates
    assert_true(outside >= 60);
    outside = 0;
    assert_true(off_p_while_writing(60, 0, &outside) > 0);  // hashGrow, growWork, evacuate
    assert_true(outside >= 60);
}

static void a_body_gives_way_at_any_step_of_its_own(void **state) {
    (void)state;
    th_hand hand;
    th_hand_init(&hand, on_ps(1, 1));
    const uint64_t cell = th_builder_cell(&hand.builder, TH_U64);
    const uint32_t body = th_builder_body(&hand.builder, "counter");
    for (int i = 0; i < 5; i++) th_builder_load(&hand.builder, body, cell);
    th_builder_start(&hand.builder, body);
    th_hand_begin(&hand);
    for (int i = 0; i < 5; i++) {
        th_hand_step(&hand, th_hand_pick(0));
        th_hand_step(&hand, th_hand_run(1));
        assert_int_equal(th_hand_on(&hand, 0), 0);
    }
    assert_int_equal(hand.world.outcome.end, TH_END_DONE);
    th_hand_free(&hand);
}

// --- parking ---

static void who_is_woken_runs_next_on_the_p_that_woke_it(void **state) {
    (void)state;
    th_hand hand;
    th_hand_init(&hand, on_ps(2, 0));
    const uint64_t channel = th_builder_channel(&hand.builder, 0);
    const uint64_t cell = th_builder_cell(&hand.builder, TH_U64);
    const uint32_t receiver = th_builder_body(&hand.builder, "receiver");
    const uint32_t sender = th_builder_body(&hand.builder, "sender");
    ask(&hand, receiver, TH_SYNC_CHAN_RECV, channel, 0);
    ask(&hand, sender, TH_SYNC_CHAN_SEND, channel, 7);
    th_builder_load(&hand.builder, sender, cell);
    th_builder_start(&hand.builder, receiver);
    th_builder_start(&hand.builder, sender);
    th_hand_begin(&hand);
    th_hand_step(&hand, th_hand_pick(0));
    assert_int_equal(th_hand_on(&hand, 0), 1);
    while (th_hand_on(&hand, 0) == 1) th_hand_step(&hand, th_hand_run(1));
    assert_int_equal(th_sched_state(&hand.world.sched, 1), TH_G_WAITING);
    assert_false(th_hand_is_over(&hand, 1));
    th_hand_step(&hand, th_hand_pick(1));
    assert_int_equal(th_hand_on(&hand, 1), 2);
    while (th_sched_state(&hand.world.sched, 1) == TH_G_WAITING) {
        th_hand_step(&hand, th_hand_run(2));
    }
    assert_int_equal(hand.world.sched.ps[1].runnext, 1);
    assert_int_equal(th_hand_on(&hand, 1), 2);  // the sender goes on
    th_rng rng = {3};
    while (th_hand_step_at_random(&hand, &rng)) {
    }
    assert_int_equal(hand.world.outcome.end, TH_END_DONE);
    th_hand_free(&hand);
}

// A Mutex in starvation is handed over by Unlock, which gives the rest of the slice to the one that
// waited; what the body does after Unlock comes later.
static void a_handoff_gives_the_p_away_within_unlock(void **state) {
    (void)state;
    uint32_t handoffs = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        th_hand hand;
        th_hand_init(&hand, on_ps(2, 0));
        hand.builder.world.sync.starve_steps = 4;
        const uint64_t mutex = th_builder_sync(&hand.builder, TH_SYNC_KIND_MUTEX);
        for (int i = 0; i < 3; i++) {
            const uint32_t body = th_builder_body(&hand.builder, "locker");
            for (int round = 0; round < 3; round++) {
                ask(&hand, body, TH_SYNC_MUTEX_LOCK, mutex, 0);
                ask(&hand, body, TH_SYNC_MUTEX_UNLOCK, mutex, 0);
            }
            th_builder_start(&hand.builder, body);
        }
        th_hand_begin(&hand);
        th_rng rng = {seed};
        while (th_hand_step_at_random(&hand, &rng)) {
            const uint16_t g = hand.world.last_g;
            if (hand.world.goroutines[g].status != TH_STATUS_OFF_P) continue;
            const th_request *request = th_world_request(&hand.world, g);
            if (th_hand_count(&hand, TH_EVENT_SCHEDULE) != 0) continue;
            assert_int_equal(request->flags, TH_SYNC_MUTEX_UNLOCK);
            assert_int_equal(th_sched_state(&hand.world.sched, g), TH_G_RUNNABLE);
            assert_int_equal(th_hand_count(&hand, TH_EVENT_OP_END), 0);
            handoffs++;
        }
        assert_int_equal(hand.world.outcome.end, TH_END_DONE);
        th_hand_free(&hand);
    }
    assert_true(handoffs > 0);
}

// --- ends ---

static void main_returns_and_all_is_over(void **state) {
    (void)state;
    th_hand hand;
    th_hand_init(&hand, on_ps(1, 0));
    const uint64_t cell = th_builder_cell(&hand.builder, TH_U64);
    const uint32_t body = th_builder_body(&hand.builder, "main");
    const uint32_t child = th_builder_body(&hand.builder, "child");
    th_builder_request(&hand.builder, body, th_builder_ask_go(child));
    th_builder_load(&hand.builder, body, cell);
    th_builder_store(&hand.builder, child, cell, 1);
    th_world_set_main(&hand.builder.world, th_builder_start(&hand.builder, body));
    th_hand_begin(&hand);
    th_hand_step(&hand, th_hand_pick(0));
    th_hand_step(&hand, th_hand_run(1));
    assert_int_equal(hand.world.outcome.end, TH_END_DONE);
    assert_false(th_hand_is_over(&hand, 2));
    assert_int_equal(th_memory_peek(&hand.world.memory, cell, 8), 0);
    th_hand_free(&hand);
}

// One waits for ever; another one, while it can go on, keeps the run from being a deadlock.
static void a_deadlock_is_when_the_last_one_falls_asleep(void **state) {
    (void)state;
    th_hand hand;
    th_hand_init(&hand, on_ps(2, 0));
    const uint64_t channel = th_builder_channel(&hand.builder, 0);
    const uint64_t cell = th_builder_cell(&hand.builder, TH_U64);
    const uint32_t sleeper = th_builder_body(&hand.builder, "sleeper");
    const uint32_t other = th_builder_body(&hand.builder, "other");
    ask(&hand, sleeper, TH_SYNC_CHAN_RECV, channel, 0);
    for (int i = 0; i < 3; i++) th_builder_load(&hand.builder, other, cell);
    th_builder_start(&hand.builder, sleeper);
    th_builder_start(&hand.builder, other);
    th_hand_begin(&hand);
    th_hand_step(&hand, th_hand_pick(0));
    while (th_hand_on(&hand, 0) == 1) th_hand_step(&hand, th_hand_run(1));
    assert_false(th_world_ended(&hand.world));
    th_hand_step(&hand, th_hand_pick(1));
    for (int i = 0; i < 3; i++) {
        assert_false(th_world_ended(&hand.world));
        th_hand_step(&hand, th_hand_run(2));
    }
    assert_int_equal(hand.world.outcome.end, TH_END_DEADLOCK);
    assert_string_equal(hand.world.outcome.message, "all goroutines are asleep - deadlock!");
    th_hand_free(&hand);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_map_lets_go_of_its_p_where_the_runtime_looks),
        cmocka_unit_test(a_body_gives_way_at_any_step_of_its_own),
        cmocka_unit_test(who_is_woken_runs_next_on_the_p_that_woke_it),
        cmocka_unit_test(a_handoff_gives_the_p_away_within_unlock),
        cmocka_unit_test(main_returns_and_all_is_over),
        cmocka_unit_test(a_deadlock_is_when_the_last_one_falls_asleep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

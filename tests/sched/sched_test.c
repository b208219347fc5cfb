// The scheduler: queues, the 61st tick, stealing, slices, wake-ups; and random runs against a
// model.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/base/rng.h"
#include "sim/sched/queue.h"
#include "sim/sched/sched.h"

static th_sched make(uint16_t procs, uint32_t slice_steps) {
    th_sched sched;
    th_sched_init(&sched, &(th_sched_desc){.seed = 7, .procs = procs, .slice_steps = slice_steps});
    return sched;
}

static uint16_t pick(th_sched *sched, uint32_t p, th_sched_move *move) {
    th_events events = {0};
    const uint16_t g = th_sched_pick(sched, p, &events);
    assert_int_equal(events.count, 1);
    assert_int_equal(events.items[0].g, g);
    *move = th_sched_move_unpack(events.items[0].value);
    assert_int_equal(move->p, p);
    th_events_free(&events);
    th_sched_check(sched);
    return g;
}

// Starts g 1 on P 0.
static void run_first(th_sched *sched) {
    th_sched_start(sched, 1);
    assert_int_equal(th_sched_pick(sched, 0, NULL), 1);
}

static void go_puts_into_runnext_and_kicks_the_one_before_to_the_tail(void **state) {
    (void)state;
    th_sched sched = make(1, 0);
    th_sched_move move;
    run_first(&sched);
    for (uint16_t g = 2; g <= 5; g++) th_sched_spawn(&sched, 0, g);
    assert_int_equal(sched.ps[0].runnext, 5);
    th_sched_park(&sched, 0);
    const uint16_t order[] = {5, 2, 3, 4};  // last first, the others in turn
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal(pick(&sched, 0, &move), order[i]);
        assert_int_equal(move.source, i == 0 ? TH_SCHED_FROM_RUNNEXT : TH_SCHED_FROM_LOCAL);
        th_sched_exit(&sched, 0);
    }
    assert_false(th_sched_can_pick(&sched, 0));
    assert_int_equal(th_sched_state(&sched, 1), TH_G_WAITING);
    assert_int_equal(th_sched_state(&sched, 5), TH_G_DEAD);
    th_sched_free(&sched);
}

static void full_ring_sheds_half_and_the_newcomer_to_the_global_queue(void **state) {
    (void)state;
    th_sched sched = make(1, 0);
    run_first(&sched);
    for (uint32_t g = 2; g < 2 + TH_SCHED_RING + 1; g++) th_sched_spawn(&sched, 0, (uint16_t)g);
    assert_int_equal(sched.ps[0].count, TH_SCHED_RING);
    assert_int_equal(sched.global_count, 0);
    th_sched_spawn(&sched, 0, 500);  // kicks 258 out of runnext, which finds no room
    assert_int_equal(sched.ps[0].count, TH_SCHED_RING / 2);
    assert_int_equal(sched.global_count, TH_SCHED_RING / 2 + 1);
    assert_int_equal(sched.global[0], 2);
    assert_int_equal(sched.global[TH_SCHED_RING / 2], 258);
    th_sched_check(&sched);
    th_sched_free(&sched);
}

// A P whose own queue never runs dry looks into the global one at each 61st tick all the same.
static void every_61st_tick_the_global_queue_goes_first(void **state) {
    (void)state;
    th_sched sched = make(1, 0);
    th_sched_move move;
    run_first(&sched);
    th_sched_spawn(&sched, 0, 2);
    th_sched_spawn(&sched, 0, 3);
    for (uint16_t g = 100; g < 103; g++) th_sched_start(&sched, g);
    uint32_t from_global = 0;
    for (uint32_t i = 0; i <= 3 * TH_SCHED_GLOBAL_TICK; i++) {
        th_sched_goyield(&sched, 0);
        const uint32_t tick = sched.ps[0].tick;
        const uint16_t g = pick(&sched, 0, &move);
        const bool global = move.source == TH_SCHED_FROM_GLOBAL_TICK;
        assert_int_equal(global, tick % TH_SCHED_GLOBAL_TICK == 0);
        if (global) assert_int_equal(g, 100 + from_global++);
    }
    assert_int_equal(from_global, 3);
    th_sched_free(&sched);
}

static void a_dry_p_takes_its_share_of_the_global_queue(void **state) {
    (void)state;
    th_sched sched = make(4, 0);
    th_sched_move move;
    sched.ps[0].tick = 1;  // not the 61st
    for (uint16_t g = 1; g <= 40; g++) th_sched_start(&sched, g);
    assert_int_equal(pick(&sched, 0, &move), 1);
    assert_int_equal(move.source, TH_SCHED_FROM_GLOBAL);
    assert_int_equal(move.count, 40 / 4 + 1);
    assert_int_equal(sched.ps[0].count, 10);
    assert_int_equal(sched.global_count, 29);
    th_sched_free(&sched);
}

static void a_thief_takes_half_rounded_up_and_runs_the_youngest_of_it(void **state) {
    (void)state;
    th_sched sched = make(2, 0);
    th_sched_move move;
    run_first(&sched);
    for (uint16_t g = 2; g <= 9; g++) th_sched_spawn(&sched, 0, g);  // ring 2..8, runnext 9
    assert_int_equal(sched.ps[0].count, 7);
    assert_int_equal(pick(&sched, 1, &move), 5);
    assert_int_equal(move.source, TH_SCHED_FROM_STOLEN);
    assert_int_equal(move.victim, 0);
    assert_int_equal(move.count, 4);
    assert_int_equal(sched.ps[1].count, 3);
    assert_int_equal(th_ring_at(&sched.ps[1], 0), 2);
    assert_int_equal(th_ring_at(&sched.ps[0], 0), 6);
    assert_int_equal(sched.ps[0].runnext, 9);  // only when there is nothing else
    th_sched_free(&sched);
}

static void runnext_is_stolen_last(void **state) {
    (void)state;
    th_sched sched = make(2, 0);
    th_sched_move move;
    run_first(&sched);
    th_sched_spawn(&sched, 0, 2);
    assert_int_equal(pick(&sched, 1, &move), 2);
    assert_int_equal(move.source, TH_SCHED_FROM_STOLEN_RUNNEXT);
    assert_false(th_sched_can_pick(&sched, 1));
    th_sched_free(&sched);
}

// Two goroutines that wake each other share one slice, so a third gets its turn.
static void runnext_inherits_the_time_slice(void **state) {
    (void)state;
    th_sched sched = make(1, 10);
    run_first(&sched);
    th_sched_spawn(&sched, 0, 3);
    th_sched_spawn(&sched, 0, 2);
    th_sched_park(&sched, 0);
    assert_int_equal(th_sched_pick(&sched, 0, NULL), 2);
    uint16_t awake = 2;
    for (uint32_t steps = 0; awake != 3; steps++) {
        assert_true(steps < 25);
        const uint16_t other = awake == 1 ? 2 : 1;
        if (th_sched_state(&sched, other) == TH_G_WAITING) th_sched_ready(&sched, 0, other);
        if (!th_sched_tick(&sched, 0, true)) th_sched_park(&sched, 0);
        awake = th_sched_pick(&sched, 0, NULL);
        th_sched_check(&sched);
    }
    th_sched_free(&sched);
}

static void a_slice_ends_at_a_safe_point_only(void **state) {
    (void)state;
    th_sched sched = make(1, 10);
    run_first(&sched);
    for (uint32_t i = 0; i < 50; i++) assert_false(th_sched_tick(&sched, 0, false));
    assert_true(th_sched_tick(&sched, 0, true));
    assert_int_equal(th_sched_running(&sched, 0), 0);
    assert_int_equal(sched.global[0], 1);
    assert_int_equal(th_sched_pick(&sched, 0, NULL), 1);
    uint32_t steps = 1;
    while (!th_sched_tick(&sched, 0, true)) steps++;
    assert_in_range(steps, 10, 19);
    th_sched_free(&sched);
}

static void gosched_goes_behind_all_others(void **state) {
    (void)state;
    th_sched sched = make(1, 0);
    run_first(&sched);
    th_sched_spawn(&sched, 0, 2);
    th_sched_spawn(&sched, 0, 3);
    th_sched_yield(&sched, 0);
    const uint16_t order[] = {3, 2, 1};
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(th_sched_pick(&sched, 0, NULL), order[i]);
        th_sched_exit(&sched, 0);
    }
    th_sched_free(&sched);
}

static void work_wakes_one_p_after_the_other(void **state) {
    (void)state;
    th_sched sched = make(4, 0);
    run_first(&sched);
    assert_int_equal(sched.ps[1].state, TH_P_IDLE);
    for (uint16_t g = 2; g <= 9; g++) th_sched_spawn(&sched, 0, g);
    assert_int_equal(sched.ps[1].state, TH_P_LOOKING);
    assert_int_equal(sched.ps[2].state, TH_P_IDLE);  // one looks already
    for (uint32_t p = 1; p < 4; p++) {
        assert_true(th_sched_can_pick(&sched, p));
        th_sched_pick(&sched, p, NULL);
    }
    for (uint32_t p = 0; p < 4; p++) assert_int_not_equal(th_sched_running(&sched, p), 0);
    assert_false(th_sched_can_spin(&sched, 0));  // runnext waits there
    th_sched_free(&sched);
}

// With one P the order is no choice: a list with runnext, ring and global queue tells it.
typedef struct model {
    uint16_t next, ring[4096], global[4096];
    uint32_t ring_head, ring_count, global_head, global_count, tick;
} model;

static uint16_t model_pick(model *m) {
    if (m->tick % TH_SCHED_GLOBAL_TICK == 0 && m->global_count > m->global_head) {
        m->tick++;
        return m->global[m->global_head++];
    }
    if (m->next != 0) {
        const uint16_t g = m->next;
        m->next = 0;
        return g;
    }
    m->tick++;
    if (m->ring_count > m->ring_head) return m->ring[m->ring_head++];
    const uint32_t half = TH_SCHED_RING / 2;
    uint32_t share = m->global_count - m->global_head;
    if (share > half) share = half;
    const uint16_t g = m->global[m->global_head++];
    for (uint32_t i = 1; i < share; i++) m->ring[m->ring_count++] = m->global[m->global_head++];
    return g;
}

static void model_put_next(model *m, uint16_t g) {
    if (m->next != 0) m->ring[m->ring_count++] = m->next;
    m->next = g;
}

static void one_p_follows_the_model(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 50; seed++) {
        th_rng rng = {.state = seed};
        th_sched sched = make(1, 1000000);
        static model m;
        m = (model){0};
        uint16_t waiting[64], waiting_count = 0, g_count = 1;
        th_sched_start(&sched, 1);
        m.global[m.global_count++] = 1;
        for (uint32_t i = 0; i < 2000 && th_sched_can_pick(&sched, 0); i++) {
            const uint16_t g = th_sched_pick(&sched, 0, NULL);
            assert_int_equal(g, model_pick(&m));
            if (g_count < 60 && th_rng_below(&rng, 3) == 0) {
                th_sched_spawn(&sched, 0, ++g_count);
                model_put_next(&m, g_count);
            }
            if (waiting_count > 0 && th_rng_below(&rng, 2) == 0) {
                const uint16_t ready = waiting[--waiting_count];
                th_sched_ready(&sched, 0, ready);
                model_put_next(&m, ready);
            }
            switch (th_rng_below(&rng, 4)) {
            case 0:
                th_sched_yield(&sched, 0);
                m.global[m.global_count++] = g;
                break;
            case 1:
                th_sched_goyield(&sched, 0);
                m.ring[m.ring_count++] = g;
                break;
            default: th_sched_park(&sched, 0); waiting[waiting_count++] = g;
            }
            th_sched_check(&sched);
        }
        th_sched_free(&sched);
    }
}

// Any order of the Ps: nobody is lost, and nobody waits for ever while others yield.
static void a_thousand_goroutines_all_get_their_turns(void **state) {
    (void)state;
    enum { G_COUNT = 1200, TURNS = 4 };
    for (uint32_t procs = 1; procs <= TH_PROCS_MAX; procs *= 2) {
        th_rng rng = {.state = procs};
        th_sched sched = make((uint16_t)procs, 30);
        uint8_t turns[G_COUNT + 1] = {0};
        uint32_t left = G_COUNT;
        th_sched_start(&sched, 1);
        uint16_t started = 1;
        for (uint64_t i = 0; left > 0; i++) {
            assert_true(i < 1000000);
            const uint32_t p = (uint32_t)th_rng_below(&rng, procs);
            const uint16_t g = th_sched_running(&sched, p);
            if (g == 0) {
                if (th_sched_can_pick(&sched, p)) th_sched_pick(&sched, p, NULL);
                continue;
            }
            if (started < G_COUNT) th_sched_spawn(&sched, p, ++started);
            if (th_rng_below(&rng, 8) != 0) {
                th_sched_tick(&sched, p, true);
            } else if (++turns[g] == TURNS) {
                th_sched_exit(&sched, p);
                left--;
            } else if (turns[g] % 2 == 0) {
                th_sched_park(&sched, p);
                th_sched_ready(&sched, TH_SCHED_NO_P, g);
            } else {
                th_sched_yield(&sched, p);
            }
            if (i % 64 == 0) th_sched_check(&sched);
        }
        for (uint32_t p = 0; p < procs; p++) assert_false(th_sched_can_pick(&sched, p));
        th_sched_free(&sched);
    }
}

static void a_copy_goes_the_same_way(void **state) {
    (void)state;
    th_sched sched = make(4, 20);
    th_sched copy = {0};
    th_sched_start(&sched, 1);
    th_sched_pick(&sched, 0, NULL);
    for (uint16_t g = 2; g < 40; g++) th_sched_spawn(&sched, 0, g);
    th_sched_copy(&copy, &sched);
    th_sched *both[] = {&sched, &copy};
    for (uint32_t i = 0; i < 2000; i++) {
        assert_true(th_sched_hash(&sched) == th_sched_hash(&copy));
        for (uint32_t k = 0; k < 2; k++) {
            const uint32_t p = i * 7 % 4;
            if (th_sched_running(both[k], p) != 0) {
                th_sched_tick(both[k], p, i % 3 == 0);
            } else if (th_sched_can_pick(both[k], p)) {
                th_sched_pick(both[k], p, NULL);
            }
            th_sched_check(both[k]);
        }
    }
    th_sched_tick(&copy, 0, false);
    th_sched_free(&sched);
    th_sched_free(&copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(go_puts_into_runnext_and_kicks_the_one_before_to_the_tail),
        cmocka_unit_test(full_ring_sheds_half_and_the_newcomer_to_the_global_queue),
        cmocka_unit_test(every_61st_tick_the_global_queue_goes_first),
        cmocka_unit_test(a_dry_p_takes_its_share_of_the_global_queue),
        cmocka_unit_test(a_thief_takes_half_rounded_up_and_runs_the_youngest_of_it),
        cmocka_unit_test(runnext_is_stolen_last),
        cmocka_unit_test(runnext_inherits_the_time_slice),
        cmocka_unit_test(a_slice_ends_at_a_safe_point_only),
        cmocka_unit_test(gosched_goes_behind_all_others),
        cmocka_unit_test(work_wakes_one_p_after_the_other),
        cmocka_unit_test(one_p_follows_the_model),
        cmocka_unit_test(a_thousand_goroutines_all_get_their_turns),
        cmocka_unit_test(a_copy_goes_the_same_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

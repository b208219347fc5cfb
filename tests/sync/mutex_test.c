// The real Mutex over long random runs: exclusion, nobody lost, starvation ends in handoff; and
// what the steps order, seen by the race detector.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/base/rng.h"
#include "sim/race/detector.h"
#include "tests/sync/driver.h"

enum { ROUNDS = 6 };

static int32_t word(const th_driver *driver, uint64_t address) {
    return (int32_t)th_memory_peek(&driver->memory, address, 4);
}

// Each locks and unlocks in turn; `seed` chooses.
static void exclude(uint64_t seed, bool spin, uint32_t starve_steps, bool *starved) {
    th_driver driver;
    th_rng rng = {.state = seed};
    th_driver_init(&driver, TH_SYNC_GO);
    driver.sync.starve_steps = starve_steps;
    driver.can_spin = spin;
    const uint64_t m = th_driver_make(&driver, TH_SYNC_KIND_MUTEX, 0, 0);
    th_driver_op ops[2 * ROUNDS];
    for (uint32_t i = 0; i < 2 * ROUNDS; i++) {
        ops[i] =
            (th_driver_op){.op = i % 2 ? TH_SYNC_MUTEX_UNLOCK : TH_SYNC_MUTEX_LOCK, .object = m};
    }
    for (uint32_t i = 0; i < TH_DRIVER_ACTORS_MAX; i++) th_driver_add(&driver, ops, 2 * ROUNDS);
    uint32_t steps = 0;
    while (th_driver_over(&driver) == 0) {
        assert_true(steps++ < 100000);
        const uint32_t actor = (uint32_t)th_rng_below(&rng, TH_DRIVER_ACTORS_MAX);
        if (!th_driver_enabled(&driver, actor)) continue;
        th_driver_step(&driver, actor, -1, NULL);
        uint32_t inside = 0;
        for (uint32_t i = 0; i < TH_DRIVER_ACTORS_MAX; i++) {
            // It holds the lock when it has done a lock more than unlocks begun.
            inside += driver.actors[i].at % 2 == 1 && driver.actors[i].access.address == m &&
                      driver.actors[i].access.kind == TH_EVENT_ATOMIC_RMW;
        }
        assert_true(inside <= 1);
        *starved = *starved || (word(&driver, m) & TH_MUTEX_STARVING);
    }
    assert_false(driver.ended);
    assert_int_equal(th_driver_over(&driver), 1);
    assert_int_equal(word(&driver, m), 0);
    assert_int_equal(word(&driver, m + TH_MUTEX_sema), 0);
    assert_int_equal(driver.sync.waiter_count, 0);
    th_driver_free(&driver);
}

static void a_mutex_excludes_and_loses_nobody(void **state) {
    (void)state;
    bool starved = false;
    for (uint64_t seed = 0; seed < 300; seed++) exclude(seed, seed % 2, UINT32_MAX, &starved);
    assert_false(starved);
    for (uint64_t seed = 0; seed < 300; seed++) exclude(seed, seed % 2, 20, &starved);
    assert_true(starved);
}

// A goroutine that takes the lock again and again is outrun by the waiter once that starves.
static void a_starving_waiter_is_handed_the_lock(void **state) {
    (void)state;
    th_driver driver;
    th_driver_init(&driver, TH_SYNC_GO);
    driver.sync.starve_steps = 10;
    const uint64_t m = th_driver_make(&driver, TH_SYNC_KIND_MUTEX, 0, 0);
    th_driver_op hog[12];
    for (uint32_t i = 0; i < 12; i++) {
        hog[i] =
            (th_driver_op){.op = i % 2 ? TH_SYNC_MUTEX_UNLOCK : TH_SYNC_MUTEX_LOCK, .object = m};
    }
    th_driver_add(&driver, hog, 12);
    th_driver_add(&driver, hog, 2);
    while (driver.actors[0].at == 0) th_driver_step(&driver, 0, -1, NULL);
    while (th_driver_enabled(&driver, 1)) th_driver_step(&driver, 1, -1, NULL);
    assert_int_equal(word(&driver, m), TH_MUTEX_LOCKED + (1 << TH_MUTEX_WAITER_SHIFT));
    bool yielded = false;
    while (driver.actors[1].at == 0) {  // the hog has the lock again before each of its steps
        const bool waits = !th_driver_enabled(&driver, 1);
        if (waits || (driver.actors[0].at % 2 == 0 && th_driver_enabled(&driver, 0))) {
            th_sync_io io = {0};
            th_driver_step(&driver, 0, -1, &io);
            if (io.yield) assert_int_equal(io.ready[0], 2);
            yielded = yielded || io.yield;
            th_sync_io_free(&io);
            assert_true(driver.actors[0].at < 12);
        } else {
            th_driver_step(&driver, 1, -1, NULL);
        }
    }
    assert_true(yielded);
    th_driver_free(&driver);
}

// ---- What is ordered

typedef struct watched {
    th_driver driver;
    th_detector detector;
    th_sync_io io;
} watched;

static void watch_init(watched *w, th_sync_fidelity fidelity, uint32_t actor_count) {
    th_driver_init(&w->driver, fidelity);
    th_detector_init(&w->detector);
    memset(&w->io, 0, sizeof(w->io));
    for (uint32_t g = 1; g <= actor_count; g++) th_detector_start(&w->detector, 0, (uint16_t)g);
}

static void watch_free(watched *w) {
    th_driver_free(&w->driver);
    th_detector_free(&w->detector);
    th_sync_io_free(&w->io);
}

static void watch_step(watched *w, uint32_t actor) {
    th_driver_step(&w->driver, actor, -1, &w->io);
    for (uint32_t i = 0; i < w->io.edge_count; i++) {
        const th_sync_edge *edge = &w->io.edges[i];
        th_detector_edge(&w->detector, (th_hb)edge->kind, edge->g, edge->object, edge->other);
    }
}

static bool write_x(watched *w, uint32_t actor) {
    const th_race_access access = {.address = TH_MEMORY_BASE + 0x8000,
                                   .size = 8,
                                   .step = w->driver.step_count,
                                   .g = (uint16_t)(actor + 1),
                                   .kind = TH_EVENT_WRITE};
    return th_detector_access(&w->detector, &access, NULL);
}

// Every goroutine writes x after its request `write_after`; whether that ever races.
static bool ever_races(const th_driver_op ops[][6], const uint32_t *counts,
                       const uint32_t *write_after, uint32_t actor_count, uint64_t first_object,
                       th_sync_kind kind, uint64_t w0, th_sync_fidelity fidelity) {
    bool raced = false;
    for (uint64_t seed = 0; seed < 60; seed++) {
        watched w;
        th_rng rng = {.state = seed};
        watch_init(&w, fidelity, actor_count);
        const uint64_t object = th_driver_make(&w.driver, kind, w0, TH_I64);
        assert_int_equal(object, first_object);
        bool written[3] = {false};
        for (uint32_t i = 0; i < actor_count; i++) th_driver_add(&w.driver, ops[i], counts[i]);
        while (th_driver_over(&w.driver) == 0) {
            const uint32_t i = (uint32_t)th_rng_below(&rng, actor_count);
            if (!written[i] && w.driver.actors[i].at == write_after[i]) {
                written[i] = true;
                raced = write_x(&w, i) || raced;
            } else if (th_driver_enabled(&w.driver, i)) {
                watch_step(&w, i);
            }
        }
        th_detector_check(&w.detector);
        watch_free(&w);
    }
    return raced;
}

static uint64_t first_object(void) {
    th_driver driver;
    th_driver_init(&driver, TH_SYNC_GO);
    const uint64_t address = th_driver_make(&driver, TH_SYNC_KIND_MUTEX, 0, 0);
    th_driver_free(&driver);
    return address;
}

typedef struct claim {
    th_sync_kind kind;
    uint64_t capacity;
    th_sync_op ops[2][6];
    uint32_t write_after[2];
    bool races;
} claim;

static const claim CLAIMS[] = {
    {TH_SYNC_KIND_MUTEX,
     0,
     {{TH_SYNC_MUTEX_LOCK, TH_SYNC_MUTEX_UNLOCK}, {TH_SYNC_MUTEX_LOCK, TH_SYNC_MUTEX_UNLOCK}},
     {1, 1},
     false},
    {TH_SYNC_KIND_RWMUTEX,
     0,
     {{TH_SYNC_RW_LOCK, TH_SYNC_RW_UNLOCK}, {TH_SYNC_RW_RLOCK, TH_SYNC_RW_RUNLOCK}},
     {1, 1},
     false},
    {TH_SYNC_KIND_RWMUTEX,
     0,  // two readers are ordered by nothing
     {{TH_SYNC_RW_RLOCK, TH_SYNC_RW_RUNLOCK}, {TH_SYNC_RW_RLOCK, TH_SYNC_RW_RUNLOCK}},
     {1, 1},
     true},
    {TH_SYNC_KIND_CHANNEL,
     0,  // a send is ordered before the end of its receive
     {{TH_SYNC_CHAN_SEND}, {TH_SYNC_CHAN_RECV, TH_SYNC_CHAN_LEN}},
     {0, 1},
     false},
    {TH_SYNC_KIND_CHANNEL,
     0,  // without a buffer a receive before the end of its send, too
     {{TH_SYNC_CHAN_SEND, TH_SYNC_CHAN_LEN}, {TH_SYNC_CHAN_RECV}},
     {1, 0},
     false},
    {TH_SYNC_KIND_CHANNEL,
     1,  // not so with one
     {{TH_SYNC_CHAN_SEND, TH_SYNC_CHAN_LEN}, {TH_SYNC_CHAN_RECV}},
     {1, 0},
     true},
    {TH_SYNC_KIND_CHANNEL,
     1,  // but the receive before the end of the send after next
     {{TH_SYNC_CHAN_SEND, TH_SYNC_CHAN_SEND, TH_SYNC_CHAN_LEN}, {TH_SYNC_CHAN_RECV}},
     {2, 0},
     false},
    {TH_SYNC_KIND_CHANNEL,
     2,
     {{TH_SYNC_CHAN_SEND, TH_SYNC_CHAN_SEND, TH_SYNC_CHAN_LEN}, {TH_SYNC_CHAN_RECV}},
     {2, 0},
     true},
    {TH_SYNC_KIND_CHANNEL,
     1,  // close before a receive that says so
     {{TH_SYNC_CHAN_CLOSE}, {TH_SYNC_CHAN_RECV, TH_SYNC_CHAN_LEN}},
     {0, 1},
     false},
};

static void channels_and_locks_order_what_the_memory_model_says(void **state) {
    (void)state;
    const uint64_t object = first_object();
    for (uint32_t i = 0; i < sizeof(CLAIMS) / sizeof(CLAIMS[0]); i++) {
        const claim *c = &CLAIMS[i];
        th_driver_op ops[2][6] = {{{0}}};
        uint32_t counts[2] = {0};
        for (uint32_t actor = 0; actor < 2; actor++) {
            while (counts[actor] < 6 && c->ops[actor][counts[actor]] != TH_SYNC_OP_NONE) {
                ops[actor][counts[actor]] =
                    (th_driver_op){.op = c->ops[actor][counts[actor]], .object = object};
                counts[actor]++;
            }
        }
        for (th_sync_fidelity fidelity = TH_SYNC_BRIEF; fidelity <= TH_SYNC_GO; fidelity++) {
            const bool raced = ever_races((const th_driver_op(*)[6])ops, counts, c->write_after, 2,
                                          object, c->kind, c->capacity, fidelity);
            if (raced != c->races) fail_msg("claim %u in fidelity %d", i, (int)fidelity);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mutex_excludes_and_loses_nobody),
        cmocka_unit_test(a_starving_waiter_is_handed_the_lock),
        cmocka_unit_test(channels_and_locks_order_what_the_memory_model_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

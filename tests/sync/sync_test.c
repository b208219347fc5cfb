// Locks, groups, channels, select, once, cond: exact path counts, Go's errors, and the two
// fidelities against each other over all interleavings.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/base/hash.h"
#include "sim/base/rng.h"
#include "tests/sync/driver.h"

#define OPS(ops) ops, sizeof(ops) / sizeof((ops)[0])

static th_driver_tally tally_of(th_driver *driver, bool merge) {
    const th_driver_tally tally = th_driver_explore(driver, merge, NULL, NULL);
    th_driver_free(driver);
    return tally;
}

static void assert_tally(th_driver *driver, uint64_t paths, uint64_t deadlocks) {
    const th_driver_tally tally = tally_of(driver, false);
    assert_int_equal(tally.paths, paths);
    assert_int_equal(tally.deadlocks, deadlocks);
}

static void m10_a_lock_taken_twice_deadlocks(void **state) {
    (void)state;
    th_driver driver;
    th_driver_init(&driver, TH_SYNC_BRIEF);
    const uint64_t m = th_driver_make(&driver, TH_SYNC_KIND_MUTEX, 0, 0);
    const th_driver_op ops[] = {{.op = TH_SYNC_MUTEX_LOCK, .object = m},
                                {.op = TH_SYNC_MUTEX_LOCK, .object = m}};
    th_driver_add(&driver, OPS(ops));
    assert_tally(&driver, 1, 1);
}

static void lock_pair(uint64_t first, uint64_t second, th_driver_op *ops) {
    ops[0] = (th_driver_op){.op = TH_SYNC_MUTEX_LOCK, .object = first};
    ops[1] = (th_driver_op){.op = TH_SYNC_MUTEX_LOCK, .object = second};
    ops[2] = (th_driver_op){.op = TH_SYNC_MUTEX_UNLOCK, .object = second};
    ops[3] = (th_driver_op){.op = TH_SYNC_MUTEX_UNLOCK, .object = first};
}

static void m11_locks_in_opposite_order(void **state) {
    (void)state;
    for (int inverted = 0; inverted < 2; inverted++) {
        th_driver driver;
        th_driver_init(&driver, TH_SYNC_BRIEF);
        const uint64_t a = th_driver_make(&driver, TH_SYNC_KIND_MUTEX, 0, 0);
        const uint64_t b = th_driver_make(&driver, TH_SYNC_KIND_MUTEX, 0, 0);
        th_driver_op one[4], two[4];
        lock_pair(a, b, one);
        lock_pair(inverted ? b : a, inverted ? a : b, two);
        th_driver_add(&driver, OPS(one));
        th_driver_add(&driver, OPS(two));
        assert_tally(&driver, inverted ? 6 : 2, inverted ? 2 : 0);
    }
}

static const th_sync_op READS_TWICE[] = {TH_SYNC_RW_RLOCK, TH_SYNC_RW_RLOCK, TH_SYNC_RW_RUNLOCK,
                                         TH_SYNC_RW_RUNLOCK};
static const th_sync_op WRITES[] = {TH_SYNC_RW_LOCK, TH_SYNC_RW_UNLOCK};

static void fill(th_driver_op *ops, const th_sync_op *names, uint32_t count, uint64_t object) {
    for (uint32_t i = 0; i < count; i++) {
        ops[i] = (th_driver_op){.op = names[i], .object = object};
    }
}

static void m12_a_pending_writer_blocks_the_second_rlock(void **state) {
    (void)state;
    for (th_sync_fidelity fidelity = TH_SYNC_BRIEF; fidelity <= TH_SYNC_GO; fidelity++) {
        th_driver driver;
        th_driver_init(&driver, fidelity);
        const uint64_t rw = th_driver_make(&driver, TH_SYNC_KIND_RWMUTEX, 0, 0);
        th_driver_op reader[4], writer[2];
        fill(reader, READS_TWICE, 4, rw);
        fill(writer, WRITES, 2, rw);
        th_driver_add(&driver, OPS(reader));
        th_driver_add(&driver, OPS(writer));
        if (fidelity == TH_SYNC_BRIEF) {
            assert_tally(&driver, 5, 1);
        } else {
            assert_true(tally_of(&driver, true).deadlocks > 0);
        }
    }
}

static void waiting_for_a_group_is_one_step(void **state) {
    (void)state;
    th_driver driver;
    th_driver_init(&driver, TH_SYNC_BRIEF);
    const uint64_t wg = th_driver_make(&driver, TH_SYNC_KIND_WAITGROUP, 0, 0);
    const th_driver_op waiter[] = {{.op = TH_SYNC_WG_ADD, .object = wg, .b = {{2}}},
                                   {.op = TH_SYNC_WG_WAIT, .object = wg}};
    const th_driver_op worker[] = {{.op = TH_SYNC_WG_DONE, .object = wg}};
    th_driver_add(&driver, OPS(waiter));
    th_driver_step(&driver, 0, -1, NULL);
    th_driver_add(&driver, OPS(worker));
    th_driver_add(&driver, OPS(worker));
    assert_tally(&driver, 2, 0);
}

// ---- Go's errors

typedef struct error_case {
    th_sync_kind kind;
    th_sync_op ops[3];
    th_run run;
    const char *message;
} error_case;

static const error_case ERRORS[] = {
    {TH_SYNC_KIND_MUTEX, {TH_SYNC_MUTEX_UNLOCK}, TH_RUN_FATAL, "sync: unlock of unlocked mutex"},
    {TH_SYNC_KIND_MUTEX,
     {TH_SYNC_MUTEX_LOCK, TH_SYNC_MUTEX_UNLOCK, TH_SYNC_MUTEX_UNLOCK},
     TH_RUN_FATAL,
     "sync: unlock of unlocked mutex"},
    {TH_SYNC_KIND_RWMUTEX, {TH_SYNC_RW_RUNLOCK}, TH_RUN_FATAL, "sync: RUnlock of unlocked RWMutex"},
    {TH_SYNC_KIND_RWMUTEX, {TH_SYNC_RW_UNLOCK}, TH_RUN_FATAL, "sync: Unlock of unlocked RWMutex"},
    {TH_SYNC_KIND_RWMUTEX,
     {TH_SYNC_RW_LOCK, TH_SYNC_RW_RUNLOCK},
     TH_RUN_FATAL,
     "sync: RUnlock of unlocked RWMutex"},
    {TH_SYNC_KIND_RWMUTEX,
     {TH_SYNC_RW_RLOCK, TH_SYNC_RW_UNLOCK},
     TH_RUN_FATAL,
     "sync: Unlock of unlocked RWMutex"},
    {TH_SYNC_KIND_WAITGROUP, {TH_SYNC_WG_DONE}, TH_RUN_PANIC, "sync: negative WaitGroup counter"},
    {TH_SYNC_KIND_CHANNEL,
     {TH_SYNC_CHAN_CLOSE, TH_SYNC_CHAN_SEND},
     TH_RUN_PANIC,
     "send on closed channel"},
    {TH_SYNC_KIND_CHANNEL,
     {TH_SYNC_CHAN_CLOSE, TH_SYNC_CHAN_CLOSE},
     TH_RUN_PANIC,
     "close of closed channel"},
    {TH_SYNC_KIND_NONE, {TH_SYNC_CHAN_CLOSE}, TH_RUN_PANIC, "close of nil channel"},
    {TH_SYNC_KIND_NONE, {TH_SYNC_MUTEX_LOCK}, TH_RUN_FAULT, "fault"},
    {TH_SYNC_KIND_NONE, {TH_SYNC_WG_WAIT}, TH_RUN_FAULT, "fault"},
};

static void errors_are_gos(void **state) {
    (void)state;
    for (uint32_t i = 0; i < sizeof(ERRORS) / sizeof(ERRORS[0]); i++) {
        for (th_sync_fidelity fidelity = TH_SYNC_BRIEF; fidelity <= TH_SYNC_GO; fidelity++) {
            const error_case *e = &ERRORS[i];
            th_driver driver;
            th_driver_init(&driver, fidelity);
            const uint64_t object =
                e->kind == TH_SYNC_KIND_NONE ? 0 : th_driver_make(&driver, e->kind, 2, TH_I64);
            th_driver_op ops[3];
            fill(ops, e->ops, 3, object);
            uint32_t count = 0;
            while (count < 3 && e->ops[count] != TH_SYNC_OP_NONE) count++;
            th_driver_add(&driver, ops, count);
            while (th_driver_over(&driver) == 0 && !driver.ended) {
                th_driver_step(&driver, 0, -1, NULL);
            }
            assert_true(driver.ended);
            assert_int_equal(driver.last_run, e->run);
            assert_string_equal(driver.actors[0].message, e->message);
            th_driver_free(&driver);
        }
    }
}

static void a_freed_lock_faults(void **state) {
    (void)state;
    for (th_sync_fidelity fidelity = TH_SYNC_BRIEF; fidelity <= TH_SYNC_GO; fidelity++) {
        th_driver driver;
        th_driver_init(&driver, fidelity);
        const uint64_t m = th_driver_make(&driver, TH_SYNC_KIND_MUTEX, 0, 0);
        const th_driver_op ops[] = {{.op = TH_SYNC_MUTEX_LOCK, .object = m}};
        th_driver_add(&driver, OPS(ops));
        th_memory_release(&driver.memory, m);
        assert_true(th_driver_enabled(&driver, 0));
        th_driver_step(&driver, 0, -1, NULL);
        assert_int_equal(driver.last_run, TH_RUN_FAULT);
        th_driver_free(&driver);
    }
}

static void waits_have_gos_names(void **state) {
    (void)state;
    const struct {
        th_sync_kind kind;
        th_sync_op ops[3];
        const char *reason;
    } waits[] = {
        {TH_SYNC_KIND_MUTEX, {TH_SYNC_MUTEX_LOCK, TH_SYNC_MUTEX_LOCK}, "semacquire"},
        {TH_SYNC_KIND_RWMUTEX, {TH_SYNC_RW_LOCK, TH_SYNC_RW_RLOCK}, "semacquire"},
        {TH_SYNC_KIND_WAITGROUP, {TH_SYNC_WG_ADD, TH_SYNC_WG_WAIT}, "semacquire"},
        {TH_SYNC_KIND_CHANNEL, {TH_SYNC_CHAN_RECV}, "chan receive"},
        {TH_SYNC_KIND_CHANNEL, {TH_SYNC_CHAN_SEND}, "chan send"},
        {TH_SYNC_KIND_NONE, {TH_SYNC_CHAN_RECV}, "chan receive (nil chan)"},
        {TH_SYNC_KIND_NONE, {TH_SYNC_CHAN_SEND}, "chan send (nil chan)"},
        {TH_SYNC_KIND_NONE, {TH_SYNC_SELECT}, "select (no cases)"},
        {TH_SYNC_KIND_CHANNEL, {TH_SYNC_CASE_RECV, TH_SYNC_SELECT}, "select"},
    };
    for (uint32_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
        for (th_sync_fidelity fidelity = TH_SYNC_BRIEF; fidelity <= TH_SYNC_GO; fidelity++) {
            th_driver driver;
            th_driver_init(&driver, fidelity);
            const uint64_t object = waits[i].kind == TH_SYNC_KIND_NONE
                                        ? 0
                                        : th_driver_make(&driver, waits[i].kind, 0, TH_I64);
            th_driver_op ops[3];
            fill(ops, waits[i].ops, 3, object);
            if (ops[0].op == TH_SYNC_WG_ADD) ops[0].b.w[0] = 1;
            uint32_t count = 0;
            while (count < 3 && waits[i].ops[count] != TH_SYNC_OP_NONE) {
                if (ops[count].op == TH_SYNC_SELECT) ops[count].object = 0;
                count++;
            }
            th_driver_add(&driver, ops, count);
            while (th_driver_over(&driver) == 0) th_driver_step(&driver, 0, -1, NULL);
            assert_int_equal(th_driver_over(&driver), 2);
            assert_string_equal(th_sync_wait_reason_string(th_sync_why(&driver.sync, &driver.memory,
                                                                       &driver.actors[0].frame, 1)),
                                waits[i].reason);
            th_driver_free(&driver);
        }
    }
}

// ---- The two fidelities allow the same outcomes

enum { OUTCOMES_MAX = 4096 };
typedef struct outcomes {
    uint64_t items[OUTCOMES_MAX];
    uint32_t count;
} outcomes;

static void note_outcome(void *context, const th_driver *driver) {
    outcomes *all = context;
    uint64_t hash = driver->ended ? 3 : (uint64_t)th_driver_over(driver);
    for (uint32_t i = 0; i < driver->actor_count; i++) {
        const th_driver_actor *actor = &driver->actors[i];
        // Whether others, already served, have gone on when the run breaks off, nobody can tell.
        if (driver->ended && actor->message == NULL) continue;
        hash = th_hash_combine(hash, actor->at);
        hash = th_hash_combine(hash, th_hash_fnv1a64(actor->log, sizeof(actor->log)));
    }
    for (uint32_t i = 0; i < all->count; i++) {
        if (all->items[i] == hash) return;
    }
    assert_true(all->count < OUTCOMES_MAX);
    all->items[all->count++] = hash;
}

static bool has(const outcomes *all, uint64_t hash) {
    for (uint32_t i = 0; i < all->count; i++) {
        if (all->items[i] == hash) return true;
    }
    return false;
}

typedef struct program {
    th_driver_op ops[3][TH_DRIVER_OPS_MAX];
    uint32_t counts[3];
    uint32_t actor_count;
} program;

// Objects have the same addresses in each driver.
typedef struct objects {
    uint64_t mutex, mutex2, rw, wg, once, cond, unbuffered, buffered;
} objects;

static objects make_objects(th_driver *driver) {
    objects o;
    o.mutex = th_driver_make(driver, TH_SYNC_KIND_MUTEX, 0, 0);
    o.mutex2 = th_driver_make(driver, TH_SYNC_KIND_MUTEX, 0, 0);
    o.rw = th_driver_make(driver, TH_SYNC_KIND_RWMUTEX, 0, 0);
    o.wg = th_driver_make(driver, TH_SYNC_KIND_WAITGROUP, 0, 0);
    o.once = th_driver_make(driver, TH_SYNC_KIND_ONCE, 0, 0);
    o.cond = th_driver_make(driver, TH_SYNC_KIND_COND, o.mutex, TH_SYNC_KIND_MUTEX);
    o.unbuffered = th_driver_make(driver, TH_SYNC_KIND_CHANNEL, 0, TH_I64);
    o.buffered = th_driver_make(driver, TH_SYNC_KIND_CHANNEL, 1, TH_I64);
    return o;
}

typedef void (*program_maker)(program *p, th_rng *rng, const objects *o);

// Explores a program in both fidelities. `equal`: the same outcomes; else those of TH_SYNC_GO are
// among the others.
static void compare(program_maker make, uint32_t seeds, bool equal, uint32_t *several) {
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        static outcomes all[2];
        program p = {0};
        for (th_sync_fidelity fidelity = TH_SYNC_BRIEF; fidelity <= TH_SYNC_GO; fidelity++) {
            th_driver driver;
            th_rng rng = {.state = seed};
            th_driver_init(&driver, fidelity);
            driver.sync.starve_steps = UINT32_MAX;
            const objects o = make_objects(&driver);
            memset(&p, 0, sizeof(p));
            make(&p, &rng, &o);
            for (uint32_t i = 0; i < p.actor_count; i++) {
                th_driver_add(&driver, p.ops[i], p.counts[i]);
            }
            all[fidelity].count = 0;
            th_driver_explore(&driver, true, note_outcome, &all[fidelity]);
            th_driver_free(&driver);
        }
        for (uint32_t i = 0; i < all[TH_SYNC_GO].count; i++) {
            if (!has(&all[TH_SYNC_BRIEF], all[TH_SYNC_GO].items[i])) {
                fail_msg("seed %u: only Go's machine gives outcome %u", (unsigned)seed, i);
            }
        }
        if (equal && all[TH_SYNC_GO].count != all[TH_SYNC_BRIEF].count) {
            fail_msg("seed %u: %u outcomes of Go's machine, %u of the brief one", (unsigned)seed,
                     all[TH_SYNC_GO].count, all[TH_SYNC_BRIEF].count);
        }
        *several += all[TH_SYNC_BRIEF].count > 1;
    }
}

static void put(program *p, uint32_t actor, th_sync_op op, uint64_t object, uint64_t value) {
    p->ops[actor][p->counts[actor]++] = (th_driver_op){.op = op, .object = object, .b = {{value}}};
}

// Lock and unlock in pairs or not, tries; a buffered channel tells the order.
static void lock_program(program *p, th_rng *rng, const objects *o) {
    p->actor_count = 2;
    for (uint32_t actor = 0; actor < p->actor_count; actor++) {
        const uint32_t count = 2 + (uint32_t)th_rng_below(rng, 2);
        for (uint32_t i = 0; i < count; i++) {
            const uint64_t m = th_rng_below(rng, 3) ? o->mutex : o->mutex2;
            switch (th_rng_below(rng, 5)) {
            case 0: put(p, actor, TH_SYNC_MUTEX_TRYLOCK, m, 0); break;
            case 1: put(p, actor, TH_SYNC_MUTEX_UNLOCK, m, 0); break;
            default: put(p, actor, TH_SYNC_MUTEX_LOCK, m, 0); break;
            }
        }
    }
}

static void mutexes_of_both_fidelities_agree(void **state) {
    (void)state;
    uint32_t several = 0;
    compare(lock_program, 250, true, &several);
    assert_true(several > 60);
}

// Everybody unlocks what he holds. A TryRLock is last: whether it holds the lock depends on the
// run. No TryLock: Go's may fail because of another one that is about to fail.
static void rw_program(program *p, th_rng *rng, const objects *o) {
    p->actor_count = 2 + (uint32_t)th_rng_below(rng, 2);
    for (uint32_t actor = 0; actor < p->actor_count; actor++) {
        const uint32_t count = p->actor_count == 3 ? 1 : 2;
        for (uint32_t i = 0; i < count; i++) {
            const bool writes = th_rng_below(rng, 2);
            const bool nested = !writes && th_rng_below(rng, 3) == 0;
            put(p, actor, writes ? TH_SYNC_RW_LOCK : TH_SYNC_RW_RLOCK, o->rw, 0);
            if (nested) put(p, actor, TH_SYNC_RW_RLOCK, o->rw, 0);
            if (nested) put(p, actor, TH_SYNC_RW_RUNLOCK, o->rw, 0);
            if (th_rng_below(rng, 2)) put(p, actor, TH_SYNC_CHAN_LEN, o->buffered, 0);
            put(p, actor, writes ? TH_SYNC_RW_UNLOCK : TH_SYNC_RW_RUNLOCK, o->rw, 0);
        }
        const uint64_t last = th_rng_below(rng, 4);
        if (last == 1) put(p, actor, TH_SYNC_RW_TRYRLOCK, o->rw, 0);
        if (last == 2) put(p, actor, TH_SYNC_CHAN_SEND, o->buffered, actor);
    }
}

static void rwmutexes_go_further_only_in_brief(void **state) {
    (void)state;
    uint32_t several = 0;
    compare(rw_program, 200, false, &several);
    assert_true(several > 60);
}

static void group_program(program *p, th_rng *rng, const objects *o) {
    p->actor_count = 3;
    put(p, 0, TH_SYNC_WG_ADD, o->wg, 1 + th_rng_below(rng, 2));
    put(p, 0, TH_SYNC_CHAN_CLOSE, o->unbuffered, 0);  // lets the others begin
    put(p, 0, TH_SYNC_WG_WAIT, o->wg, 0);
    put(p, 0, TH_SYNC_CHAN_SEND, o->buffered, 1);
    for (uint32_t actor = 1; actor < 3; actor++) {
        put(p, actor, TH_SYNC_CHAN_RECV, o->unbuffered, 0);
        put(p, actor, th_rng_below(rng, 3) ? TH_SYNC_WG_DONE : TH_SYNC_WG_WAIT, o->wg, 0);
        if (th_rng_below(rng, 2)) put(p, actor, TH_SYNC_CHAN_LEN, o->buffered, 0);
        if (th_rng_below(rng, 2)) put(p, actor, TH_SYNC_ONCE_ENTER, o->once, 0);
    }
}

static void groups_and_once_of_both_fidelities_agree(void **state) {
    (void)state;
    uint32_t several = 0;
    compare(group_program, 200, true, &several);
    assert_true(several > 40);
}

// One runs the function, with all others waiting for it to leave; nobody after that.
static void once_is_entered_once(void **state) {
    (void)state;
    for (th_sync_fidelity fidelity = TH_SYNC_BRIEF; fidelity <= TH_SYNC_GO; fidelity++) {
        th_driver driver;
        th_driver_init(&driver, fidelity);
        const uint64_t once = th_driver_make(&driver, TH_SYNC_KIND_ONCE, 0, 0);
        const th_driver_op ops[] = {{.op = TH_SYNC_ONCE_ENTER, .object = once},
                                    {.op = TH_SYNC_ONCE_LEAVE, .object = once}};
        th_driver_add(&driver, OPS(ops));
        th_driver_add(&driver, ops, 1);
        while (driver.actors[0].at == 0) th_driver_step(&driver, 0, -1, NULL);
        for (uint32_t i = 0; th_driver_enabled(&driver, 1) && i < 50; i++) {
            th_driver_step(&driver, 1, -1, NULL);
        }
        assert_false(driver.actors[1].over);
        while (!driver.actors[0].over) th_driver_step(&driver, 0, -1, NULL);
        while (!driver.actors[1].over) th_driver_step(&driver, 1, -1, NULL);
        assert_int_not_equal(driver.actors[0].log[0], driver.actors[1].log[0]);
        th_driver_add(&driver, ops, 1);
        while (!driver.actors[2].over) th_driver_step(&driver, 2, -1, NULL);
        assert_int_equal(driver.actors[1].log[0], driver.actors[2].log[0]);
        th_driver_free(&driver);
    }
}

static void channel_program(program *p, th_rng *rng, const objects *o) {
    p->actor_count = 2 + (uint32_t)th_rng_below(rng, 2);
    for (uint32_t actor = 0; actor < p->actor_count; actor++) {
        const uint32_t count = 2 + (uint32_t)th_rng_below(rng, p->actor_count == 3 ? 2 : 3);
        for (uint32_t i = 0; i < count; i++) {
            const uint64_t channel = th_rng_below(rng, 3) ? o->unbuffered : o->buffered;
            const uint64_t value = 10 * actor + i;
            switch (th_rng_below(rng, 9)) {
            case 0: put(p, actor, TH_SYNC_CHAN_CLOSE, channel, 0); break;
            case 1:
            case 2:
            case 3: put(p, actor, TH_SYNC_CHAN_SEND, channel, value); break;
            case 4:
            case 5:
                put(p, actor, th_rng_below(rng, 2) ? TH_SYNC_CASE_SEND : TH_SYNC_CASE_RECV,
                    th_rng_below(rng, 8) ? channel : 0, value + 100);
                if (th_rng_below(rng, 2)) {
                    put(p, actor, th_rng_below(rng, 2) ? TH_SYNC_CASE_SEND : TH_SYNC_CASE_RECV,
                        o->unbuffered, value + 200);
                }
                put(p, actor, TH_SYNC_SELECT, 0, th_rng_below(rng, 4) == 0);
                break;
            default: put(p, actor, TH_SYNC_CHAN_RECV, channel, 0); break;
            }
        }
    }
}

// The brief machine lets a select that queues, on a channel with a buffer too, still meet a partner
// after that channel was closed: a little more than Go.
static void channels_do_in_brief_all_that_they_do_in_go(void **state) {
    (void)state;
    uint32_t several = 0;
    compare(channel_program, 600, false, &several);
    assert_true(several > 200);
}

static void cond_program(program *p, th_rng *rng, const objects *o) {
    p->actor_count = 3;
    for (uint32_t actor = 0; actor < 3; actor++) {
        put(p, actor, TH_SYNC_MUTEX_LOCK, o->mutex, 0);
        const th_sync_op names[] = {TH_SYNC_COND_WAIT, TH_SYNC_COND_SIGNAL, TH_SYNC_COND_BROADCAST};
        put(p, actor, actor == 0 ? TH_SYNC_COND_WAIT : names[th_rng_below(rng, 3)], o->cond, 0);
        if (th_rng_below(rng, 2)) put(p, actor, TH_SYNC_CHAN_LEN, o->buffered, 0);
        put(p, actor, TH_SYNC_MUTEX_UNLOCK, o->mutex, 0);
    }
}

static void conds_of_both_fidelities_agree(void **state) {
    (void)state;
    uint32_t several = 0;
    compare(cond_program, 12, true, &several);
    assert_true(several > 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(m10_a_lock_taken_twice_deadlocks),
        cmocka_unit_test(m11_locks_in_opposite_order),
        cmocka_unit_test(m12_a_pending_writer_blocks_the_second_rlock),
        cmocka_unit_test(waiting_for_a_group_is_one_step),
        cmocka_unit_test(errors_are_gos),
        cmocka_unit_test(a_freed_lock_faults),
        cmocka_unit_test(waits_have_gos_names),
        cmocka_unit_test(mutexes_of_both_fidelities_agree),
        cmocka_unit_test(rwmutexes_go_further_only_in_brief),
        cmocka_unit_test(groups_and_once_of_both_fidelities_agree),
        cmocka_unit_test(once_is_entered_once),
        cmocka_unit_test(channels_do_in_brief_all_that_they_do_in_go),
        cmocka_unit_test(conds_of_both_fidelities_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

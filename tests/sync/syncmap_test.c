// sync.Map: against a plain map, its visible state against the steps of the facts, and all
// interleavings of two goroutines against every sequential order.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/base/hash.h"
#include "sim/base/rng.h"
#include "sim/sync/syncmap.h"
#include "tests/sync/driver.h"

// ---- One goroutine, one request at a time

typedef struct alone {
    th_memory memory;
    th_sync sync;
    th_events events;
    th_sync_io io;
    uint32_t draws;
    uint64_t map;
    uint32_t step_count;
    th_sync_frame frame;  // of the last request, done
} alone;

static th_port port_of(alone *a) {
    return (th_port){
        .memory = &a->memory, .events = &a->events, .draws = &a->draws, .choice_value = -1, .g = 1};
}

static void alone_init(alone *a, th_sync_fidelity fidelity) {
    memset(a, 0, sizeof(*a));
    th_memory_init(&a->memory);
    th_sync_init(&a->sync, fidelity, 0);
    th_port port = port_of(a);
    a->map = th_sync_make(&port, TH_SYNC_KIND_MAP, NULL, 1);
}

static void alone_free(alone *a) {
    th_memory_free(&a->memory);
    th_sync_free(&a->sync);
    th_events_free(&a->events);
    th_sync_io_free(&a->io);
}

static bool ask(alone *a, th_sync_op op, uint64_t object, uint64_t key, uint64_t value) {
    th_port port = port_of(a);
    const uint16_t type = TH_I64 | TH_U32 << 8;
    th_sync_begin(&a->frame, op, object, type, &(th_value){{key}}, &(th_value){{value}});
    a->step_count = 0;
    a->events.count = 0;
    th_run run;
    do {
        port.budget = 1;
        run = th_sync_run(&a->sync, &port, &a->frame, &a->io);
        a->step_count += 1 - port.budget;
        assert_true(run == TH_RUN_DONE || (run == TH_RUN_YIELD && port.budget == 0));
    } while (run == TH_RUN_YIELD);
    assert_null(th_syncmap_broken(&a->memory, a->map));
    return a->frame.ok;
}

// The machine of part E as a table of a few keys.
enum { KEYS = 6 };
typedef enum in_read { ABSENT, PRESENT, NIL, EXPUNGED } in_read;
typedef struct machine {
    in_read read[KEYS];
    bool dirty[KEYS];      // in dirty; its entry is shared with read when that has the key
    bool dirty_nil[KEYS];  // the entry in dirty alone holds nil
    uint64_t value[KEYS];
    bool amended, has_dirty;
    uint64_t misses;
} machine;

static uint64_t dirty_length(const machine *m) {
    uint64_t length = 0;
    for (uint32_t k = 0; k < KEYS; k++) length += m->dirty[k];
    return length;
}

static void promote(machine *m) {
    for (uint32_t k = 0; k < KEYS; k++) {
        const in_read alone_in_dirty = m->dirty_nil[k] ? NIL : PRESENT;
        m->read[k] = !m->dirty[k] ? ABSENT : m->read[k] != ABSENT ? m->read[k] : alone_in_dirty;
        m->dirty[k] = m->dirty_nil[k] = false;
    }
    m->amended = m->has_dirty = false;
    m->misses = 0;
}

static void miss(machine *m) {
    if (++m->misses >= dirty_length(m)) promote(m);
}

static void add_new(machine *m, uint32_t k, uint64_t value) {
    if (!m->amended) {
        for (uint32_t i = 0; !m->has_dirty && i < KEYS; i++) {
            if (m->read[i] == NIL) m->read[i] = EXPUNGED;
            m->dirty[i] = m->read[i] == PRESENT;
        }
        m->has_dirty = m->amended = true;
    }
    m->dirty[k] = true;
    m->dirty_nil[k] = false;
    m->value[k] = value;
}

static void machine_store(machine *m, uint32_t k, uint64_t value) {
    if (m->read[k] != ABSENT) {
        if (m->read[k] == EXPUNGED) m->dirty[k] = true;
        m->read[k] = PRESENT;
        m->value[k] = value;
    } else if (m->dirty[k]) {
        m->dirty_nil[k] = false;
        m->value[k] = value;
    } else {
        add_new(m, k, value);
    }
}

static bool machine_load(machine *m, uint32_t k, uint64_t *value) {
    bool found = m->read[k] == PRESENT;
    if (m->read[k] == ABSENT && m->amended) {
        found = m->dirty[k] && !m->dirty_nil[k];
        miss(m);
    }
    *value = found ? m->value[k] : 0;
    return found;
}

static bool machine_load_or_store(machine *m, uint32_t k, uint64_t *value) {
    const uint64_t wanted = *value;
    if (m->read[k] == PRESENT) {
        *value = m->value[k];
        return true;
    }
    if (m->read[k] != ABSENT) {
        machine_store(m, k, wanted);
        return false;
    }
    if (!m->dirty[k]) {
        add_new(m, k, wanted);
        return false;
    }
    const bool loaded = !m->dirty_nil[k];
    if (loaded) *value = m->value[k];
    m->value[k] = *value;
    m->dirty_nil[k] = false;
    miss(m);
    return loaded;
}

static bool machine_delete(machine *m, uint32_t k, uint64_t *value) {
    bool found = m->read[k] == PRESENT;
    *value = m->value[k];
    if (m->read[k] == ABSENT) {
        if (!m->amended) return false;
        found = m->dirty[k] && !m->dirty_nil[k];
        m->dirty[k] = false;
        m->dirty_nil[k] = false;
        miss(m);
    } else if (found) {
        m->read[k] = NIL;
    }
    return found;
}

static void compare_state(const alone *a, const machine *m) {
    const th_syncmap_view view = th_syncmap_look(&a->memory, a->map);
    assert_int_equal(view.amended, m->amended);
    assert_int_equal(view.misses, m->misses);
    assert_int_equal(view.dirty != 0, m->has_dirty);
    assert_int_equal(th_syncmap_count(&a->memory, view.dirty), dirty_length(m));
    in_read read[KEYS] = {ABSENT};
    for (uint32_t i = 0; i < th_syncmap_count(&a->memory, view.read_m); i++) {
        const th_syncmap_slot slot = th_syncmap_slot_at(&a->memory, view.read_m, i);
        read[slot.key.w[0]] = slot.state == TH_ENTRY_LIVE  ? PRESENT
                              : slot.state == TH_ENTRY_NIL ? NIL
                                                           : EXPUNGED;
        if (slot.state != TH_ENTRY_LIVE) continue;
        assert_int_equal(slot.value.w[0], m->value[slot.key.w[0]]);
        assert_int_equal(slot.key_type, TH_I64);
        assert_int_equal(slot.value_type, TH_U32);
    }
    for (uint32_t k = 0; k < KEYS; k++) assert_int_equal(read[k], m->read[k]);
    for (uint32_t i = 0; i < th_syncmap_count(&a->memory, view.dirty); i++) {
        const th_syncmap_slot slot = th_syncmap_slot_at(&a->memory, view.dirty, i);
        assert_true(m->dirty[slot.key.w[0]]);
    }
}

static void range_sees_every_key_once(alone *a, machine *m) {
    bool seen[KEYS] = {false};
    bool more = ask(a, TH_SYNC_MAP_RANGE, a->map, 0, 0);
    if (m->amended) promote(m);
    while (more) {
        const uint64_t key = a->frame.result[0];
        assert_false(seen[key]);
        seen[key] = true;
        assert_int_equal(m->read[key], PRESENT);
        assert_int_equal(a->frame.result[2], m->value[key]);
        assert_int_equal(a->frame.result[4] >> TH_SYNC_TYPE_SHIFT, TH_I64 | TH_U32 << 8);
        more = ask(a, TH_SYNC_MAP_NEXT, a->frame.result[4], 0, 0);
    }
    for (uint32_t k = 0; k < KEYS; k++) assert_int_equal(seen[k], m->read[k] == PRESENT);
}

static void random_operations_follow_the_machine(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        th_rng rng = {.state = seed};
        alone a;
        alone_init(&a, seed % 2 ? TH_SYNC_GO : TH_SYNC_BRIEF);
        machine m = {0};
        bool there[KEYS] = {false};  // a plain map
        for (uint32_t i = 0; i < 200; i++) {
            const uint32_t key = (uint32_t)th_rng_below(&rng, KEYS);
            uint64_t value = 1 + th_rng_below(&rng, 1000), expected = value;
            bool ok = false;
            switch (th_rng_below(&rng, 9)) {
            case 0:
            case 1:
            case 2:
                ask(&a, TH_SYNC_MAP_STORE, a.map, key, value);
                machine_store(&m, key, value);
                there[key] = true;
                break;
            case 3:
            case 4:
                ok = ask(&a, TH_SYNC_MAP_LOAD, a.map, key, 0);
                assert_int_equal(ok, machine_load(&m, key, &expected));
                assert_int_equal(ok, there[key]);
                if (ok) assert_int_equal(a.frame.result[0], expected);
                if (ok) assert_int_equal(a.frame.result[2], TH_U32);
                break;
            case 5:
                ok = ask(&a, TH_SYNC_MAP_LOAD_OR_STORE, a.map, key, value);
                assert_int_equal(ok, machine_load_or_store(&m, key, &expected));
                assert_int_equal(ok, there[key]);
                assert_int_equal(a.frame.result[0], expected);
                there[key] = true;
                break;
            case 6:
                ok = ask(&a, TH_SYNC_MAP_LOAD_AND_DELETE, a.map, key, 0);
                assert_int_equal(ok, machine_delete(&m, key, &expected));
                assert_int_equal(ok, there[key]);
                if (ok) assert_int_equal(a.frame.result[0], expected);
                there[key] = false;
                break;
            case 7:
                ask(&a, TH_SYNC_MAP_DELETE, a.map, key, 0);
                machine_delete(&m, key, &expected);
                there[key] = false;
                break;
            default: range_sees_every_key_once(&a, &m); break;
            }
            compare_state(&a, &m);
        }
        alone_free(&a);
    }
}

// The shortest lesson of the facts: what takes the lock, what does not, what is expunged when.
static void the_shortest_lesson(void **state) {
    (void)state;
    enum { A = 1, B = 2 };
    alone a;
    alone_init(&a, TH_SYNC_BRIEF);
    ask(&a, TH_SYNC_MAP_STORE, a.map, A, 10);
    assert_true(th_syncmap_look(&a.memory, a.map).amended);
    assert_true(ask(&a, TH_SYNC_MAP_LOAD, a.map, A, 0));  // a miss, and dirty is promoted
    th_syncmap_view view = th_syncmap_look(&a.memory, a.map);
    assert_false(view.amended);
    assert_int_equal(view.misses, 0);
    assert_int_equal(view.dirty, 0);
    assert_true(ask(&a, TH_SYNC_MAP_LOAD, a.map, A, 0));
    assert_int_equal(a.step_count, 3);  // read, read.m[k], the entry: no lock
    ask(&a, TH_SYNC_MAP_DELETE, a.map, A, 0);
    assert_int_equal(th_syncmap_slot_at(&a.memory, view.read_m, 0).state, TH_ENTRY_NIL);
    ask(&a, TH_SYNC_MAP_STORE, a.map, B, 20);
    assert_int_equal(th_syncmap_slot_at(&a.memory, view.read_m, 0).state, TH_ENTRY_EXPUNGED);
    ask(&a, TH_SYNC_MAP_STORE, a.map, A, 30);
    assert_int_equal(th_syncmap_slot_at(&a.memory, view.read_m, 0).state, TH_ENTRY_LIVE);
    view = th_syncmap_look(&a.memory, a.map);
    assert_int_equal(th_syncmap_count(&a.memory, view.dirty), 2);
    alone_free(&a);
}

static void tables_grow(void **state) {
    (void)state;
    alone a;
    alone_init(&a, TH_SYNC_GO);
    for (uint64_t k = 0; k < 100; k++) ask(&a, TH_SYNC_MAP_STORE, a.map, k, k + 7);
    for (uint64_t k = 0; k < 100; k++) {
        assert_true(ask(&a, TH_SYNC_MAP_LOAD, a.map, k, 0));
        assert_int_equal(a.frame.result[0], k + 7);
    }
    alone_free(&a);
}

// ---- Two goroutines: what each gets is what it gets in some order of whole operations

enum { OUTCOMES_MAX = 512 };
typedef struct outcomes {
    uint64_t items[OUTCOMES_MAX];
    uint32_t count;
    uint64_t map;
} outcomes;

// Results, and what the map holds in the end.
static void note_outcome(void *context, const th_driver *driver) {
    outcomes *all = context;
    assert_false(driver->ended);
    assert_int_equal(th_driver_over(driver), 1);
    assert_null(th_syncmap_broken(&driver->memory, all->map));
    uint64_t hash = 0;
    for (uint32_t i = 0; i < driver->actor_count; i++) {
        hash = th_hash_combine(
            hash, th_hash_fnv1a64(driver->actors[i].log, sizeof(driver->actors[i].log)));
    }
    const th_syncmap_view view = th_syncmap_look(&driver->memory, all->map);
    const uint64_t table = view.amended ? view.dirty : view.read_m;
    uint64_t content = 0;
    for (uint32_t i = 0; i < th_syncmap_count(&driver->memory, table); i++) {
        const th_syncmap_slot slot = th_syncmap_slot_at(&driver->memory, table, i);
        if (slot.state == TH_ENTRY_LIVE) {
            content += th_hash_combine(slot.key.w[0], slot.value.w[0]);
        }
    }
    hash = th_hash_combine(hash, content);
    for (uint32_t i = 0; i < all->count; i++) {
        if (all->items[i] == hash) return;
    }
    assert_true(all->count < OUTCOMES_MAX);
    all->items[all->count++] = hash;
}

// Every order of whole requests.
static void in_turns(const th_driver *from, outcomes *all) {
    if (th_driver_over(from) != 0) {
        note_outcome(all, from);
        return;
    }
    for (uint32_t i = 0; i < from->actor_count; i++) {
        if (!th_driver_enabled(from, i)) continue;
        th_driver next = {0};
        th_driver_copy(&next, from);
        const uint32_t at = next.actors[i].at;
        while (next.actors[i].at == at && !next.actors[i].over) th_driver_step(&next, i, -1, NULL);
        in_turns(&next, all);
        th_driver_free(&next);
    }
}

static void random_program(th_rng *rng, uint64_t map, th_driver_op *ops, uint32_t count) {
    static const th_sync_op names[] = {TH_SYNC_MAP_LOAD, TH_SYNC_MAP_STORE,
                                       TH_SYNC_MAP_LOAD_OR_STORE, TH_SYNC_MAP_LOAD_AND_DELETE,
                                       TH_SYNC_MAP_DELETE};
    for (uint32_t i = 0; i < count; i++) {
        ops[i] = (th_driver_op){.op = names[th_rng_below(rng, 5)],
                                .object = map,
                                .b = {{th_rng_below(rng, 2)}},
                                .c = {{th_rng_below(rng, 100)}},
                                .type = TH_I64 | TH_I64 << 8};
    }
}

static void interleavings_are_linear(void **state) {
    (void)state;
    uint32_t several = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        th_rng rng = {.state = seed};
        th_driver driver;
        th_driver_init(&driver, seed % 3 == 0 ? TH_SYNC_GO : TH_SYNC_BRIEF);
        driver.sync.starve_steps = UINT32_MAX;
        static outcomes sequential, interleaved;
        th_driver_op before[4], one[2], two[2];
        const uint64_t map = th_driver_make(&driver, TH_SYNC_KIND_MAP, 0, 0);
        sequential.map = interleaved.map = map;
        sequential.count = interleaved.count = 0;
        random_program(&rng, map, before, 4);
        random_program(&rng, map, one, 2);
        random_program(&rng, map, two, 2);
        th_driver_add(&driver, before, (uint32_t)th_rng_below(&rng, 5));
        while (th_driver_enabled(&driver, 0)) th_driver_step(&driver, 0, -1, NULL);
        th_driver_add(&driver, one, 2);
        th_driver_add(&driver, two, 2);
        in_turns(&driver, &sequential);
        th_driver_explore(&driver, true, note_outcome, &interleaved);
        for (uint32_t i = 0; i < interleaved.count; i++) {
            bool found = false;
            for (uint32_t k = 0; k < sequential.count; k++) {
                found = found || sequential.items[k] == interleaved.items[i];
            }
            if (!found) fail_msg("seed %u: outcome %u has no order", (unsigned)seed, i);
        }
        assert_int_equal(interleaved.count, sequential.count);
        several += sequential.count > 1;
        th_driver_free(&driver);
    }
    assert_true(several > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_operations_follow_the_machine),
        cmocka_unit_test(the_shortest_lesson),
        cmocka_unit_test(tables_grow),
        cmocka_unit_test(interleavings_are_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

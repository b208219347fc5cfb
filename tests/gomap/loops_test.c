// Several range loops at once, with inserts and deletes in between, growth of both kinds included:
// what Go promises of them holds for maps of every key type, and the map's invariants after each
// operation.
#include "tests/gomap/map_probe.h"

#include "sim/base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka.h needs the ones above
#include <cmocka.h>

enum { KEY_COUNT = 150, LOOP_COUNT = 4, OP_COUNT = 6000 };

typedef struct loop {
    th_map_frame frame;
    bool under_way;
    bool owed[KEY_COUNT];  // there since the loop began: to be seen before it ends
    bool seen[KEY_COUNT];  // and not deleted since: not to be seen again
} loop;

typedef struct model {
    th_map_probe probe;
    bool present[KEY_COUNT];
    uint64_t value[KEY_COUNT];
    loop loops[LOOP_COUNT];
    uint64_t ended_count;
} model;

static void forget(model *m, uint64_t n) {
    for (int i = 0; i < LOOP_COUNT; i++) m->loops[i].owed[n] = m->loops[i].seen[n] = false;
}

static uint64_t number_of(model *m, th_value key) {
    for (uint64_t n = 0; n < KEY_COUNT; n++) {
        const th_value known = th_probe_key(&m->probe, n);
        if (known.w[0] == key.w[0] && known.w[1] == key.w[1]) return n;
    }
    fail_msg("a loop gave a key that was never set");
    return 0;
}

static void take_pair(model *m, loop *of) {
    if (!of->frame.ok) {
        for (uint64_t n = 0; n < KEY_COUNT; n++) assert_false(of->owed[n]);
        of->under_way = false;
        m->ended_count++;
        return;
    }
    const uint64_t n = number_of(m, of->frame.out_key);
    assert_true(m->present[n]);
    assert_int_equal(of->frame.out_elem.w[0], m->value[n]);
    assert_false(of->seen[n]);
    of->seen[n] = true;
    of->owed[n] = false;
}

static void turn(model *m, loop *of) {
    if (of->under_way) {
        of->frame = th_probe_next(&m->probe, &of->frame);
    } else {
        of->frame = th_probe_run(&m->probe, TH_MAP_RANGE, NULL, 0, 0);
        of->under_way = true;
        memcpy(of->owed, m->present, sizeof of->owed);
        memset(of->seen, 0, sizeof of->seen);
    }
    take_pair(m, of);
}

// Now the map grows, now it shrinks; with few keys left there is room for growth of the same size.
static void step(model *m, th_rng *rng, uint64_t sets_in_16) {
    const uint64_t n = th_rng_below(rng, KEY_COUNT);
    if (th_rng_below(rng, 3) == 0) {
        turn(m, &m->loops[th_rng_below(rng, LOOP_COUNT)]);
    } else if (th_rng_below(rng, 16) < sets_in_16) {
        m->value[n] = th_rng_below(rng, 1000);
        m->present[n] = true;
        th_probe_set(&m->probe, n, m->value[n]);
    } else {
        th_probe_delete(&m->probe, n);
        m->present[n] = false;
        forget(m, n);
    }
}

static void run_type(th_scalar key) {
    static model m;
    memset(&m, 0, sizeof m);
    th_rng rng = {5};
    th_probe_open(&m.probe, key, 0);
    for (int i = 0; i < OP_COUNT; i++) step(&m, &rng, i / 500 % 2 == 0 ? 13 : 5);
    assert_true(m.ended_count > 20);
    th_probe_close(&m.probe);
}

static void loops_see_what_is_there_all_the_time_and_nothing_twice(void **state) {
    (void)state;
    static const th_scalar KEYS[] = {TH_I64, TH_U32, TH_I32, TH_STRING, TH_U16, TH_F64, TH_U64X2};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) run_type(KEYS[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loops_see_what_is_there_all_the_time_and_nothing_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

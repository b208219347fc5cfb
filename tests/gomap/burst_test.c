// An operation within one budget does what it does step by step: same events, same memory, same
// faults.
#include "tests/gomap/map_probe.h"

#include "sim/base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka.h needs the ones above
#include <cmocka.h>

enum { BURST, STEPS, MODE_COUNT };

// Runs an operation with a budget for all of it, or of one access at a time. Events pile up.
static th_run run(th_map_probe *probe, int mode, th_map_frame *frame) {
    probe->port.budget = mode == BURST ? UINT32_MAX : 0;
    th_run result = th_gomap_run(&probe->env, &probe->port, frame);
    while (result == TH_RUN_YIELD) {
        probe->port.budget = 1;
        result = th_gomap_run(&probe->env, &probe->port, frame);
    }
    return result;
}

static th_run operate(th_map_probe *probe, int mode, th_map_op op, uint64_t n, th_map_frame *frame,
                      uint64_t it) {
    const th_value key = th_probe_key(probe, n);
    const th_value elem = {{n, 0}};
    th_gomap_begin(frame, op, probe->type, probe->map, it, &key, &elem);
    return run(probe, mode, frame);
}

static void random_operation(th_map_probe *probes, th_rng *rng, uint64_t *loops) {
    static const th_map_op OPS[] = {TH_MAP_SET, TH_MAP_SET, TH_MAP_SET,   TH_MAP_GET,
                                    TH_MAP_ADD, TH_MAP_LEN, TH_MAP_DELETE};
    const uint64_t n = th_rng_below(rng, 200);
    const uint64_t kind = th_rng_below(rng, 12);
    th_map_frame frames[MODE_COUNT];
    for (int mode = 0; mode < MODE_COUNT; mode++) {
        th_map_probe *probe = &probes[mode];
        th_map_frame *frame = &frames[mode];
        th_map_op op = kind < 7 ? OPS[kind] : loops[mode] == 0 ? TH_MAP_RANGE : TH_MAP_NEXT;
        if (n == 0 && kind == 0) op = TH_MAP_CLEAR;
        const bool is_loop = op == TH_MAP_RANGE || op == TH_MAP_NEXT;
        assert_int_equal(operate(probe, mode, op, n, frame, is_loop ? loops[mode] : 0),
                         TH_RUN_DONE);
        if (is_loop) loops[mode] = frame->ok ? frame->it : 0;
    }
    assert_memory_equal(&frames[BURST], &frames[STEPS], sizeof(th_map_frame));
}

static void expect_same_events(th_map_probe *probes) {
    th_events *a = &probes[BURST].events;
    th_events *b = &probes[STEPS].events;
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->items, b->items, a->count * sizeof *a->items);
    a->count = b->count = 0;
}

static void compare_modes(th_scalar key) {
    static th_map_probe probes[MODE_COUNT];
    th_rng rng = {7};
    uint64_t loops[MODE_COUNT] = {0};
    for (int mode = 0; mode < MODE_COUNT; mode++) {
        th_probe_open(&probes[mode], key, 0);
        probes[mode].events.count = 0;
    }
    for (int i = 0; i < 3000; i++) {
        random_operation(probes, &rng, loops);
        expect_same_events(probes);
    }
    for (int mode = 0; mode < MODE_COUNT; mode++) th_probe_close(&probes[mode]);
}

static void a_burst_is_its_steps(void **state) {
    (void)state;
    static const th_scalar KEYS[] = {TH_I64, TH_U32, TH_STRING, TH_U16, TH_F64, TH_U64X2};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) compare_modes(KEYS[i]);
}

// Spoils a word of the header, as a race may, and does an operation that ends badly.
static void expect_same_end(uint64_t field, uint64_t word, th_map_op op, th_run end,
                            th_fault fault) {
    static th_map_probe probes[MODE_COUNT];
    th_map_frame frames[MODE_COUNT];
    for (int mode = 0; mode < MODE_COUNT; mode++) {
        th_map_probe *probe = &probes[mode];
        th_probe_open(probe, TH_I64, 0);
        th_probe_set(probe, 1, 1);
        // An atomic access before, of which nothing may be left over.
        operate(probe, mode, TH_MAP_RANGE, 0, &frames[mode], 0);
        th_memory_poke(&probe->memory, probe->map + field, field == TH_HMAP_flags ? 1 : 8, word);
        assert_int_equal(operate(probe, mode, op, 1, &frames[mode], frames[mode].it), end);
        assert_int_equal(probe->port.fault, fault);
    }
    expect_same_events(probes);
    assert_memory_equal(&probes[BURST].port.access, &probes[STEPS].port.access, sizeof(th_access));
    assert_memory_equal(&frames[BURST], &frames[STEPS], sizeof(th_map_frame));
    assert_int_not_equal(th_gomap_site(&frames[BURST]), 0);
    for (int mode = 0; mode < MODE_COUNT; mode++) th_probe_close(&probes[mode]);
}

static void a_burst_ends_badly_as_its_step_does(void **state) {
    (void)state;
    const uint64_t nowhere = UINT64_C(0xd000000000);
    expect_same_end(TH_HMAP_buckets, 64, TH_MAP_GET, TH_RUN_FAULT, TH_FAULT_NIL);
    expect_same_end(TH_HMAP_buckets, nowhere, TH_MAP_GET, TH_RUN_FAULT, TH_FAULT_UNMAPPED);
    expect_same_end(TH_HMAP_buckets, nowhere, TH_MAP_SET, TH_RUN_FAULT, TH_FAULT_UNMAPPED);
    expect_same_end(TH_HMAP_oldbuckets, nowhere, TH_MAP_SET, TH_RUN_FAULT, TH_FAULT_UNMAPPED);
    static const th_map_op OPS[] = {TH_MAP_GET, TH_MAP_SET, TH_MAP_DELETE, TH_MAP_CLEAR,
                                    TH_MAP_NEXT};
    for (size_t i = 0; i < sizeof OPS / sizeof *OPS; i++) {
        expect_same_end(TH_HMAP_flags, TH_FLAG_HASH_WRITING, OPS[i], TH_RUN_FATAL, TH_FAULT_NONE);
    }
}

// A copy shares pages: a burst on one leaves the other as it was.
static void a_burst_leaves_copies_alone(void **state) {
    (void)state;
    static th_map_probe probe;
    th_map_frame frame;
    th_memory copy;
    th_memory_init(&copy);
    th_probe_open(&probe, TH_I64, 0);
    for (uint64_t n = 0; n < 100; n++) th_probe_set(&probe, n, n);
    for (uint64_t round = 0; round < 50; round++) {
        th_memory_copy(&copy, &probe.memory);
        const uint64_t before = th_memory_peek(&copy, probe.map, 8);
        operate(&probe, BURST, round % 2 ? TH_MAP_SET : TH_MAP_DELETE, 50, &frame, 0);
        assert_int_equal(th_memory_peek(&copy, probe.map, 8), before);
        assert_int_not_equal(th_memory_peek(&probe.memory, probe.map, 8), before);
        th_memory *const own = probe.port.memory;
        probe.port.memory = &copy;  // and the other way round
        operate(&probe, BURST, TH_MAP_SET, 1000 + round, &frame, 0);
        probe.port.memory = own;
        assert_int_equal(th_memory_peek(&copy, probe.map, 8), before + 1);
        assert_null(th_gomap_broken(&probe.env, &probe.memory, probe.map));
        assert_null(th_gomap_broken(&probe.env, &copy, probe.map));
    }
    th_memory_free(&copy);
    th_probe_close(&probe);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_burst_is_its_steps),
        cmocka_unit_test(a_burst_ends_badly_as_its_step_does),
        cmocka_unit_test(a_burst_leaves_copies_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

// What the runtime's own tests (runtime/map_test.go of Go 1.19) ask of maps with float64 keys: of
// both zeros, and of NaNs, which equal nothing and hash at random. Named after Go's; the code is
// ours. The map's invariants are checked after every operation besides.
#include "tests/gomap/map_probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka.h needs the four above
#include <cmocka.h>

#define MINUS_ZERO (UINT64_C(1) << 63)
#define NOT_A_NUMBER UINT64_C(0x7ff8000000000001)

static void set_bits(th_map_probe *probe, uint64_t bits, uint64_t value) {
    const th_value key = {{bits, 0}};
    th_probe_run(probe, TH_MAP_SET, &key, value, 0);
}

// A loop from a random place on.
static th_map_frame range(th_map_probe *probe) {
    return th_probe_run(probe, TH_MAP_RANGE, NULL, 0, 0);
}

static void TestNegativeZero(void **state) {
    (void)state;
    static const uint64_t ZEROS[] = {0, MINUS_ZERO};
    for (int last = 0; last < 2; last++) {
        th_map_probe probe;
        th_probe_open(&probe, TH_F64, 0);
        set_bits(&probe, ZEROS[1 - last], 1);
        set_bits(&probe, ZEROS[last], 1);
        assert_int_equal(th_probe_header(&probe).count, 1);
        assert_int_equal(range(&probe).out_key.w[0], ZEROS[last]);
        th_probe_close(&probe);
    }
}

// Go's test has four keys of a struct type; here one zero among other keys stands for each of them:
// after the growth the loop gives the new key with the new value.
static void TestGrowWithNegativeZero(void **state) {
    (void)state;
    for (uint64_t start = 0; start < TH_BUCKET_SLOTS; start++) {
        th_map_probe probe;
        th_probe_open(&probe, TH_F64, 4);
        for (uint64_t n = 0; n < 4; n++) th_probe_set(&probe, n, 1 + n);
        uint32_t count = 0;
        for (th_map_frame loop = th_probe_range(&probe, 0, start); loop.ok;
             loop = th_probe_next(&probe, &loop)) {
            if (loop.out_elem.w[0] == 0) continue;  // added to make it grow
            count++;
            const bool updated = loop.out_elem.w[0] == 17;
            assert_int_equal(loop.out_key.w[0] == MINUS_ZERO, updated);
            assert_true(updated || count == 1 || loop.out_key.w[0] != 0);
            if (count > 1) continue;
            for (uint64_t n = 100; n < 200; n++) th_probe_set(&probe, n, 0);
            set_bits(&probe, MINUS_ZERO, 17);
        }
        assert_int_equal(count, 4);
        th_probe_close(&probe);
    }
}

static void expect_three_nans(th_map_op op) {
    th_map_probe probe;
    const th_value key = {{NOT_A_NUMBER, 0}};
    th_probe_open(&probe, TH_F64, 0);
    for (uint64_t value = 1; value <= 4; value *= 2) th_probe_run(&probe, op, &key, value, 0);
    assert_int_equal(th_probe_header(&probe).count, 3);
    uint64_t values = 0;
    for (th_map_frame loop = range(&probe); loop.ok; loop = th_probe_next(&probe, &loop)) {
        assert_int_equal(loop.out_key.w[0], NOT_A_NUMBER);
        assert_int_equal(values & loop.out_elem.w[0], 0);
        values |= loop.out_elem.w[0];
    }
    assert_int_equal(values, 7);
    th_probe_close(&probe);
}

static void TestMapAssignmentNan(void **state) {
    (void)state;
    expect_three_nans(TH_MAP_SET);
}

static void TestMapOperatorAssignmentNan(void **state) {
    (void)state;
    expect_three_nans(TH_MAP_ADD);
}

static void TestGrowWithNaN(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_F64, 4);
    for (uint64_t value = 1; value <= 4; value *= 2) set_bits(&probe, NOT_A_NUMBER, value);
    uint64_t values = 0;
    uint32_t count = 0;
    bool grown = false;
    for (th_map_frame loop = range(&probe); loop.ok; loop = th_probe_next(&probe, &loop)) {
        for (uint64_t n = 0; n < 100 && !grown; n++) th_probe_set(&probe, n, n);
        grown = true;
        if (loop.out_key.w[0] != NOT_A_NUMBER) continue;
        count++;
        values |= loop.out_elem.w[0];
    }
    assert_int_equal(count, 3);
    assert_int_equal(values, 7);
    th_probe_close(&probe);
}

// 104 NaNs fill 16 buckets. A loop that starts while they move sees each once, also when the growth
// ends halfway through.
static void TestMapNanGrowIterator(void **state) {
    (void)state;
    th_map_probe probe;
    enum { NAN_COUNT = 104 };
    th_probe_open(&probe, TH_F64, 0);
    for (uint64_t i = 0; i < NAN_COUNT; i++) set_bits(&probe, NOT_A_NUMBER, i);
    th_probe_set(&probe, 1, 1000);
    assert_true(th_probe_header(&probe).oldbuckets != 0);
    th_probe_delete(&probe, 1);
    bool seen[NAN_COUNT] = {false};
    uint32_t count = 0;
    for (th_map_frame loop = range(&probe); loop.ok; loop = th_probe_next(&probe, &loop)) {
        assert_true(loop.out_elem.w[0] < NAN_COUNT);
        assert_false(seen[loop.out_elem.w[0]]);
        seen[loop.out_elem.w[0]] = true;
        if (++count != NAN_COUNT / 2) continue;
        for (int i = 0; i < 16; i++) th_probe_delete(&probe, 1);
        assert_true(th_probe_header(&probe).oldbuckets == 0);
    }
    assert_int_equal(count, NAN_COUNT);
    th_probe_close(&probe);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(TestNegativeZero),     cmocka_unit_test(TestGrowWithNegativeZero),
        cmocka_unit_test(TestMapAssignmentNan), cmocka_unit_test(TestMapOperatorAssignmentNan),
        cmocka_unit_test(TestGrowWithNaN),      cmocka_unit_test(TestMapNanGrowIterator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

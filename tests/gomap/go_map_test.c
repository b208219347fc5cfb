// What the runtime's own tests (runtime/map_test.go of Go 1.19) ask of a map, asked of the
// simulated one. Each test is named after Go's; the code is ours. The map's invariants are checked
// after every operation besides (th_probe_run).
#include "tests/gomap/map_probe.h"

#include "sim/base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka.h needs the four above
#include <cmocka.h>

static void add(th_map_probe *probe, uint64_t n, uint64_t value) {
    const th_value key = th_probe_key(probe, n);
    th_probe_run(probe, TH_MAP_ADD, &key, value, 0);
}

// A loop from a random place on.
static th_map_frame range(th_map_probe *probe) {
    return th_probe_run(probe, TH_MAP_RANGE, NULL, 0, 0);
}

static void TestHmapSize(void **state) {
    (void)state;
    assert_int_equal(TH_HMAP_SIZE, 48);
}

static void TestMapOperatorAssignment(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_I64, 0);
    th_probe_set(&probe, 0, 12345);
    add(&probe, 0, 67890);
    uint64_t value = 0;
    assert_true(th_probe_get(&probe, 0, &value));
    assert_int_equal(value, 80235);
    th_probe_close(&probe);
}

static void TestIterGrowAndDelete(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_I64, 4);
    for (uint64_t n = 0; n < 100; n++) th_probe_set(&probe, n, n);
    th_map_frame loop = range(&probe);
    probe.quiet = true;  // a thousand keys with every invariant after each operation take too long
    for (uint64_t n = 100; n < 1000; n++) th_probe_set(&probe, n, n);
    for (uint64_t n = 1; n < 1000; n += 2) th_probe_delete(&probe, n);
    probe.quiet = false;
    for (loop = th_probe_next(&probe, &loop); loop.ok; loop = th_probe_next(&probe, &loop)) {
        assert_int_equal(loop.out_key.w[0] % 2, 0);
    }
    th_probe_close(&probe);
}

// There is no garbage collector; the old array must stay for the loop all the same.
static void TestIterGrowWithGC(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_I64, 4);
    for (uint64_t n = 0; n < 16; n++) th_probe_set(&probe, n, n);
    uint64_t seen = 0;
    bool grown = false;
    for (th_map_frame loop = range(&probe); loop.ok; loop = th_probe_next(&probe, &loop)) {
        if (loop.out_key.w[0] < 16) seen |= UINT64_C(1) << loop.out_key.w[0];
        probe.quiet = true;
        for (uint64_t n = 100; n < 1000 && !grown; n++) th_probe_set(&probe, n, n);
        grown = true;
    }
    assert_int_equal(seen, 0xffff);
    th_probe_close(&probe);
}

enum { READER_COUNT = 16 };

typedef struct reader {
    th_map_frame frame;
    th_access access;
    uint64_t key, seen;
    bool loops, over;
} reader;

static void begin_next(th_map_probe *probe, reader *of) {
    const th_map_op op = of->frame.it == 0 ? TH_MAP_RANGE : TH_MAP_NEXT;
    const th_value key = {{of->key, 0}};
    th_gomap_begin(&of->frame, of->loops ? op : TH_MAP_GET, probe->type, probe->map,
                   of->loops ? of->frame.it : 0, &key, NULL);
    probe->port.budget = 0;
    assert_int_equal(th_gomap_run(&probe->env, &probe->port, &of->frame), TH_RUN_YIELD);
    of->access = probe->port.access;
}

static void end_one(th_map_probe *probe, reader *of, uint64_t key_count) {
    if (of->loops) {
        of->over = !of->frame.ok;
        if (of->frame.ok) of->seen++;
        if (of->over) assert_int_equal(of->seen, key_count);
    } else {
        assert_true(of->frame.ok);
        assert_int_equal(of->frame.out_elem.w[0], of->key);
        of->over = ++of->key == key_count;
    }
    if (!of->over) begin_next(probe, of);
}

// Reads and loops of many goroutines at once, access by access in random order, while a growth is
// unfinished: that is legal, and each finds everything.
static void read_at_once(th_map_probe *probe, th_rng *rng, uint64_t key_count) {
    static reader readers[READER_COUNT * 2];
    memset(readers, 0, sizeof readers);
    uint32_t left = READER_COUNT * 2;
    for (uint32_t i = 0; i < left; i++) {
        readers[i].loops = i % 2 == 1;
        begin_next(probe, &readers[i]);
    }
    while (left > 0) {
        reader *of = &readers[th_rng_below(rng, READER_COUNT * 2)];
        if (of->over) continue;
        probe->port.access = of->access;
        probe->port.budget = 1;
        const th_run run = th_gomap_run(&probe->env, &probe->port, &of->frame);
        of->access = probe->port.access;
        assert_true(run == TH_RUN_YIELD || run == TH_RUN_DONE);
        if (run == TH_RUN_DONE) end_one(probe, of, key_count);
        if (of->over) left--;
    }
    probe->events.count = 0;
}

static void TestConcurrentReadsAfterGrowth(void **state) {
    (void)state;
    th_map_probe probe;
    th_rng rng = {1};
    th_probe_open(&probe, TH_I64, 0);
    for (uint64_t n = 0; n < 60; n++) {
        th_probe_set(&probe, n, n);
        read_at_once(&probe, &rng, n + 1);
    }
    th_probe_close(&probe);
}

static void TestMapHugeZero(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_I64, 0);
    uint64_t value = 1;
    assert_false(th_probe_get(&probe, 0, &value));
    assert_int_equal(value, 0);
    th_probe_set(&probe, 1, 1);
    assert_false(th_probe_get(&probe, 0, &value));
    assert_int_equal(value, 0);
    th_probe_close(&probe);
}

// Keys of those lengths, each of one letter.
static void expect_lookups(const uint8_t *lengths, const char *letters, size_t count) {
    th_map_probe probe;
    char text[128];
    th_probe_open(&probe, TH_STRING, 0);
    for (int get = 0; get < 2; get++) {
        for (size_t i = 0; i < count; i++) {
            memset(text, letters[i], sizeof text);
            const th_value key = th_strings_intern(probe.env.strings, text, lengths[i]);
            const th_map_frame frame =
                th_probe_run(&probe, get ? TH_MAP_GET : TH_MAP_SET, &key, i + 1, 0);
            if (get) assert_int_equal(frame.out_elem.w[0], i + 1);
        }
    }
    assert_int_equal(th_probe_header(&probe).B, 0);
    th_probe_close(&probe);
}

static void TestSingleBucketMapStringKeys_DupLen(void **state) {
    (void)state;
    static const uint8_t LENGTHS[] = {1, 2, 3, 3, 4, 128, 128};
    expect_lookups(LENGTHS, "xxfbxxy", sizeof LENGTHS);
}

static void TestSingleBucketMapStringKeys_NoDupLen(void **state) {
    (void)state;
    static const uint8_t LENGTHS[] = {1, 2, 3, 4, 5, 6, 128};
    expect_lookups(LENGTHS, "xxfxxxx", sizeof LENGTHS);
}

// A number that tells orders of a loop's keys apart.
static uint64_t order_of(th_map_probe *probe) {
    uint64_t order = 0;
    for (th_map_frame loop = range(probe); loop.ok; loop = th_probe_next(probe, &loop)) {
        order = order * 31 + loop.out_key.w[0];
    }
    return order;
}

static void TestMapIterOrder(void **state) {
    (void)state;
    static const uint64_t SIZES[] = {3, 7, 9, 15};
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        th_map_probe probe;
        th_probe_open(&probe, TH_I64, 0);
        for (uint64_t n = 0; n < SIZES[i]; n++) th_probe_set(&probe, n, 1);
        const uint64_t first = order_of(&probe);
        int tries = 0;
        while (tries < 100 && order_of(&probe) == first) tries++;
        assert_true(tries < 100);
        th_probe_close(&probe);
    }
}

static void TestMapSparseIterOrder(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_I64, 0);
    probe.quiet = true;
    for (uint64_t n = 0; n < 1000; n++) th_probe_set(&probe, n, 1);
    for (uint64_t n = 20; n < 1000; n++) th_probe_delete(&probe, n);
    const uint64_t first = order_of(&probe);
    int tries = 0;
    while (tries < 800 && order_of(&probe) == first) tries++;
    assert_true(tries < 800);
    th_probe_close(&probe);
}

static void TestIgnoreBogusMapHint(void **state) {
    (void)state;
    static const int64_t HINTS[] = {-1, INT64_C(1) << 62, INT64_MIN, INT64_MAX};
    for (size_t i = 0; i < sizeof HINTS / sizeof *HINTS; i++) {
        th_map_probe probe;
        th_probe_open(&probe, TH_I64, HINTS[i]);
        assert_int_equal(th_probe_header(&probe).B, 0);
        th_probe_set(&probe, 1, 1);
        th_probe_close(&probe);
    }
}

// Go's maps that do not escape have their first bucket on the stack; those here are the others.
static void TestMapBuckets(void **state) {
    (void)state;
    static const struct {
        int64_t n;
        uint64_t buckets;
    } TABLE[] = {{-(1 << 30), 1}, {-1, 1}, {0, 1},  {1, 1}, {8, 1},
                 {9, 2},          {13, 2}, {14, 4}, {26, 4}};
    for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++) {
        for (int hinted = 0; hinted < 2; hinted++) {
            th_map_probe probe;
            th_probe_open(&probe, TH_I64, hinted ? TABLE[i].n : 0);
            const th_hmap made = th_probe_header(&probe);
            assert_int_equal(made.buckets != 0, made.B > 0);
            for (int64_t n = 0; n < TABLE[i].n; n++) th_probe_set(&probe, (uint64_t)n, 1);
            assert_int_equal(UINT64_C(1) << th_probe_header(&probe).B, TABLE[i].buckets);
            th_probe_close(&probe);
        }
    }
}

// Go has this test for several types of values and keys; what they have in common is that the
// value's slot must be zero again when another key takes it.
static void expect_increment_from_zero(th_scalar key, bool clear) {
    th_map_probe probe;
    th_probe_open(&probe, key, 0);
    th_probe_set(&probe, 12, 99);
    if (clear) {
        th_probe_clear(&probe);
    } else {
        th_probe_delete(&probe, 12);
    }
    add(&probe, 13, 1);
    uint64_t value = 0;
    assert_true(th_probe_get(&probe, 13, &value));
    assert_int_equal(value, 1);
    th_probe_close(&probe);
}

static void TestIncrementAfterDeleteValueInt(void **state) {
    (void)state;
    static const th_scalar KEYS[] = {TH_I64, TH_U32, TH_U16, TH_F64, TH_U64X2};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        expect_increment_from_zero(KEYS[i], false);
    }
}

static void TestIncrementAfterDeleteKeyStringValueInt(void **state) {
    (void)state;
    expect_increment_from_zero(TH_STRING, false);
}

static void TestIncrementAfterBulkClearKeyStringValueInt(void **state) {
    (void)state;
    expect_increment_from_zero(TH_STRING, true);
}

static void expect_no_tombstones(uint64_t count, bool after_every_operation) {
    th_map_probe probe;
    th_probe_open(&probe, TH_I64, 0);
    probe.quiet = !after_every_operation;
    for (uint64_t n = 0; n < count; n++) th_probe_set(&probe, n, n);
    assert_null(th_gomap_broken(&probe.env, &probe.memory, probe.map));
    for (uint64_t n = 0; n < count; n += 2) th_probe_delete(&probe, n);
    assert_null(th_gomap_broken(&probe.env, &probe.memory, probe.map));
    for (uint64_t n = count; n < count * 3 / 2; n++) th_probe_set(&probe, n, n);
    assert_null(th_gomap_broken(&probe.env, &probe.memory, probe.map));
    for (uint64_t n = 0; n < count * 3 / 2; n++) th_probe_delete(&probe, n);
    assert_null(th_gomap_broken(&probe.env, &probe.memory, probe.map));
    assert_int_equal(th_probe_header(&probe).count, 0);
    th_probe_close(&probe);
}

static void TestMapTombstones(void **state) {
    (void)state;
    expect_no_tombstones(500, true);
    expect_no_tombstones(10000, false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(TestHmapSize),
        cmocka_unit_test(TestMapOperatorAssignment),
        cmocka_unit_test(TestIterGrowAndDelete),
        cmocka_unit_test(TestIterGrowWithGC),
        cmocka_unit_test(TestConcurrentReadsAfterGrowth),
        cmocka_unit_test(TestMapHugeZero),
        cmocka_unit_test(TestSingleBucketMapStringKeys_DupLen),
        cmocka_unit_test(TestSingleBucketMapStringKeys_NoDupLen),
        cmocka_unit_test(TestMapIterOrder),
        cmocka_unit_test(TestMapSparseIterOrder),
        cmocka_unit_test(TestIgnoreBogusMapHint),
        cmocka_unit_test(TestMapBuckets),
        cmocka_unit_test(TestIncrementAfterDeleteValueInt),
        cmocka_unit_test(TestIncrementAfterDeleteKeyStringValueInt),
        cmocka_unit_test(TestIncrementAfterBulkClearKeyStringValueInt),
        cmocka_unit_test(TestMapTombstones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

// When maps grow and how large their arrays are: the tables that follow from the runtime's load
// factor, hints and allocator, exactly.
#include "tests/gomap/map_probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka.h needs the four above
#include <cmocka.h>

static void a_hint_gives_the_smallest_table_that_is_not_overloaded(void **state) {
    (void)state;
    static const struct {
        int64_t first, last;
        uint8_t B;
    } TABLE[] = {{0, 8, 0},     {9, 13, 1},    {14, 26, 2},     {27, 52, 3},       {53, 104, 4},
                 {105, 208, 5}, {209, 209, 6}, {1000, 1000, 8}, {10000, 10000, 11}};
    static const th_scalar KEYS[] = {TH_I64, TH_U32, TH_STRING, TH_U16};
    for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++) {
        for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++) {
            for (int64_t hint = TABLE[i].first; hint <= TABLE[i].last; hint++) {
                th_map_probe probe;
                th_probe_open(&probe, KEYS[k], hint);
                const th_hmap header = th_probe_header(&probe);
                assert_int_equal(header.B, TABLE[i].B);
                assert_int_equal(header.buckets != 0, header.B > 0);
                assert_int_equal(header.extra != 0, header.B >= 4);
                th_probe_close(&probe);
            }
        }
    }
}

// The operation that begins a growth is known by the load factor alone; when it ends depends on
// which old buckets the keys hit, but each insert moves one or two.
static void growth_begins_at_the_insert_that_overloads(void **state) {
    (void)state;
    static const uint64_t BEGINS[] = {9, 14, 27, 53, 105, 209, 417, 833, 1665};
    static const th_scalar KEYS[] = {TH_I64, TH_U32, TH_STRING, TH_U16, TH_F64, TH_U64X2};
    for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++) {
        th_map_probe probe;
        uint64_t left_max = 0;
        th_probe_open(&probe, KEYS[k], 0);
        probe.quiet = true;
        uint32_t B = 0;
        for (uint64_t n = 1; n <= 2000; n++) {
            th_probe_set(&probe, n, n);
            const th_hmap header = th_probe_header(&probe);
            if (B < 9 && n == BEGINS[B]) {
                B++;
                left_max = th_hmap_old_count(&header);
                // Up to two old buckets are moved at once: all of them, below B = 2.
                assert_int_equal(header.oldbuckets == 0, B <= 2);
            }
            assert_int_equal(header.B, B);
            if (header.oldbuckets != 0) assert_true(left_max-- > 0);
            assert_null(th_gomap_broken(&probe.env, &probe.memory, probe.map));
        }
        assert_int_equal(B, 9);
        th_probe_close(&probe);
    }
}

// Spare overflow buckets: a sixteenth, and what the allocator's size class has room for.
static void arrays_have_the_spare_buckets_that_fit_their_size_class(void **state) {
    (void)state;
    static const struct {
        th_scalar key;
        uint64_t bucket_size;
        uint64_t spare[13];  // from B = 4 on
    } TABLE[] = {
        {TH_U8, 88, {1, 2, 5, 11, 23, 46, 93, 186, 279, 558, 1024, 2048, 4096}},
        {TH_U16, 96, {2, 4, 4, 13, 28, 85, 85, 170, 256, 512, 1024, 2048, 4096}},
        {TH_U32, 112, {2, 4, 9, 18, 36, 73, 73, 146, 292, 512, 1024, 2048, 4096}},
        {TH_U64, 144, {2, 5, 7, 14, 28, 56, 113, 170, 284, 512, 1024, 2048, 4096}},
        {TH_U64X2, 208, {3, 7, 4, 9, 19, 39, 78, 157, 275, 512, 1024, 2048, 4096}},
        {TH_STRING, 208, {3, 7, 4, 9, 19, 39, 78, 157, 275, 512, 1024, 2048, 4096}},
    };
    for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++) {
        for (uint32_t B = 4; B < 17; B++) {
            th_map_probe probe;
            th_probe_open(&probe, TABLE[i].key, (INT64_C(13) << B) / 2);
            const th_hmap header = th_probe_header(&probe);
            assert_int_equal(header.B, B);
            assert_int_equal(probe.env.types[probe.type].bucket_size, TABLE[i].bucket_size);
            const th_block *array = th_memory_block(&probe.memory, header.buckets);
            assert_int_equal(array->size % TABLE[i].bucket_size, 0);
            assert_int_equal(array->size / TABLE[i].bucket_size,
                             (UINT64_C(1) << B) + TABLE[i].spare[B - 4]);
            th_probe_close(&probe);
        }
    }
}

static void arrays_below_16_buckets_have_no_spare_ones(void **state) {
    (void)state;
    for (uint32_t B = 1; B < 4; B++) {
        th_map_probe probe;
        th_probe_open(&probe, TH_U64, (INT64_C(13) << B) / 2);
        const th_hmap header = th_probe_header(&probe);
        assert_int_equal(th_memory_block(&probe.memory, header.buckets)->size, 144U << B);
        assert_int_equal(header.extra, 0);
        th_probe_close(&probe);
    }
}

// From B = 16 on an overflow bucket is counted with a chance of 1 in 2^(B - 15).
static void noverflow_is_counted_by_chance_in_big_maps(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_U64, INT64_C(13) << 16);  // B = 17: one in four
    assert_int_equal(th_probe_header(&probe).B, 17);
    probe.quiet = true;
    enum { CHAIN_COUNT = 4000 };
    for (uint64_t n = 0; n < CHAIN_COUNT * 9; n++) {
        th_probe_pin(&probe, n, n / 9, 0x10 + n % 9);
        th_probe_set(&probe, n, n);
    }
    const uint16_t noverflow = th_probe_header(&probe).noverflow;
    assert_in_range(noverflow, CHAIN_COUNT / 4 - 150, CHAIN_COUNT / 4 + 150);
    th_probe_close(&probe);
}

// The accesses that n inserts take, growth included.
static uint64_t accesses_of_inserts(uint64_t count) {
    th_map_probe probe;
    uint64_t accesses = 0;
    th_probe_open(&probe, TH_U64, 0);
    for (uint64_t n = 0; n < count; n++) {
        const th_value key = th_probe_key(&probe, n);
        th_map_frame frame;
        th_gomap_begin(&frame, TH_MAP_SET, probe.type, probe.map, 0, &key, &key);
        probe.port.budget = UINT32_MAX;
        assert_int_equal(th_gomap_run(&probe.env, &probe.port, &frame), TH_RUN_DONE);
        accesses += UINT32_MAX - probe.port.budget;
        probe.events.count = 0;
    }
    th_probe_close(&probe);
    return accesses;
}

// Go's test/maplinear.go: twice the keys take about twice the work.
static void inserting_is_linear(void **state) {
    (void)state;
    const uint64_t few = accesses_of_inserts(20000);
    const uint64_t many = accesses_of_inserts(40000);
    assert_in_range(many, few * 18 / 10, few * 23 / 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hint_gives_the_smallest_table_that_is_not_overloaded),
        cmocka_unit_test(growth_begins_at_the_insert_that_overloads),
        cmocka_unit_test(arrays_have_the_spare_buckets_that_fit_their_size_class),
        cmocka_unit_test(arrays_below_16_buckets_have_no_spare_ones),
        cmocka_unit_test(noverflow_is_counted_by_chance_in_big_maps),
        cmocka_unit_test(inserting_is_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

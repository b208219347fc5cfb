// The accesses of mapaccess1 in all families, in order, as the runtime makes them.
#include "tests/gomap/map_probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka.h needs the four above
#include <cmocka.h>

#define ENTRY "R h.count, R h.flags, "

// Keys 1 and 2 in the first two slots of the only bucket.
static void open_two(th_map_probe *probe, th_scalar key) {
    th_probe_open(probe, key, 0);
    th_probe_pin(probe, 1, 0, 0x11);
    th_probe_pin(probe, 2, 0, 0x22);
    th_probe_pin(probe, 3, 0, 0x33);
    th_probe_set(probe, 1, 10);
    th_probe_set(probe, 2, 20);
}

static void expect_get(th_map_probe *probe, uint64_t n, uint64_t value, const char *steps) {
    uint64_t found = 0;
    assert_int_equal(th_probe_get(probe, n, &found), value != 0);
    assert_int_equal(found, value);
    th_probe_expect_steps(probe, steps);
    th_probe_close(probe);
}

static void a_read_of_an_empty_map_looks_at_count_alone(void **state) {
    (void)state;
    static const th_scalar KEYS[] = {TH_U64, TH_U32, TH_STRING, TH_U16, TH_F64, TH_U64X2};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        th_map_probe probe;
        th_probe_open(&probe, KEYS[i], 0);
        expect_get(&probe, 1, 0, "R h.count, ");
    }
}

static void fast_reads_of_one_bucket_hash_nothing(void **state) {
    (void)state;
    static const th_scalar KEYS[] = {TH_U64, TH_I64, TH_U32, TH_I32};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        th_map_probe probe;
        open_two(&probe, KEYS[i]);
        expect_get(&probe, 2, 20,
                   ENTRY "R h.B, R h.buckets, R b0.key[0], R b0.key[1], R b0.tophash[1], "
                         "R b0.value[1], ");
    }
}

// No stop at emptyRest: every key of the chain is compared, and those that are equal ask for the
// tophash. Key 0 is what free slots hold.
static void fast_reads_look_at_every_slot(void **state) {
    (void)state;
    th_map_probe probe;
    open_two(&probe, TH_U64);
    expect_get(&probe, 9, 0, ENTRY "R h.B, R h.buckets, {0..7: R b0.key[#], }R b0.overflow, ");
    open_two(&probe, TH_U32);
    expect_get(&probe, 0, 0,
               ENTRY "R h.B, R h.buckets, R b0.key[0], R b0.key[1], "
                     "{2..7: R b0.key[#], R b0.tophash[#], }R b0.overflow, ");
}

static void generic_reads_hash_and_compare_tophash_first(void **state) {
    (void)state;
#define HASH "R h.hash0, R h.B, R h.buckets, R h.oldbuckets, "
    static const th_scalar KEYS[] = {TH_U16, TH_F64};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        th_map_probe probe;
        open_two(&probe, KEYS[i]);
        expect_get(&probe, 2, 20,
                   ENTRY HASH "R b0.tophash[0], R b0.tophash[1], R b0.key[1], R b0.value[1], ");
        open_two(&probe, KEYS[i]);
        expect_get(&probe, 3, 0, ENTRY HASH "{0..2: R b0.tophash[#], }");
    }
    th_map_probe probe;
    open_two(&probe, TH_U64X2);
    expect_get(&probe, 2, 20,
               ENTRY HASH "R b0.tophash[0], R b0.tophash[1], R b0.key[1], R b0.key[1]+8, "
                          "R b0.value[1], ");
#undef HASH
}

static void short_strings_in_one_bucket_are_compared_by_length_first(void **state) {
    (void)state;
    th_map_probe probe;
    open_two(&probe, TH_STRING);
    expect_get(&probe, 2, 20,
               ENTRY "R h.B, R h.buckets, {0..1: R b0.key[#]+8, R b0.tophash[#], R b0.key[#], }"
                     "R b0.value[1], ");
    open_two(&probe, TH_STRING);
    expect_get(&probe, 100, 0,
               ENTRY "R h.B, R h.buckets, {0..2: R b0.key[#]+8, R b0.tophash[#], }");
}

// Of a deleted slot the length stays: it is the same, so the tophash is read twice.
static void a_stale_length_makes_faststr_read_the_tophash_twice(void **state) {
    (void)state;
    th_map_probe probe;
    open_two(&probe, TH_STRING);
    th_probe_delete(&probe, 1);
    expect_get(&probe, 3, 0,
               ENTRY "R h.B, R h.buckets, R b0.key[0]+8, R b0.tophash[0], R b0.tophash[0], "
                     "R b0.key[1]+8, R b0.tophash[1], R b0.key[1], R b0.key[2]+8, "
                     "R b0.tophash[2], ");
}

static th_value long_key(th_map_probe *probe, char first, char middle) {
    char text[40];
    for (size_t i = 0; i < sizeof text; i++) text[i] = 'x';
    text[0] = first;
    text[20] = middle;
    return th_strings_intern(probe->env.strings, text, sizeof text);
}

static void expect_long_get(th_map_probe *probe, th_value key, bool found, const char *steps) {
    assert_int_equal(th_probe_run(probe, TH_MAP_GET, &key, 0, 0).ok, found);
    th_probe_expect_steps(probe, steps);
}

// Of long keys with the same ends one is compared in full after the loop; two make it hash.
static void long_strings_in_one_bucket_are_compared_by_their_ends(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_STRING, 0);
    const th_value other = long_key(&probe, 'b', 'm');
    const th_value twin = long_key(&probe, 'a', 'm');
    const th_value second_twin = long_key(&probe, 'a', 'n');
    const th_value sought = long_key(&probe, 'a', 'o');
    th_gomap_pin(&probe.env, probe.type, other, UINT64_C(0x11) << 56);
    th_gomap_pin(&probe.env, probe.type, twin, UINT64_C(0x22) << 56);
    th_gomap_pin(&probe.env, probe.type, second_twin, UINT64_C(0x33) << 56);
    th_gomap_pin(&probe.env, probe.type, sought, UINT64_C(0x33) << 56);
    th_probe_run(&probe, TH_MAP_SET, &other, 1, 0);
    th_probe_run(&probe, TH_MAP_SET, &twin, 2, 0);
    expect_long_get(&probe, sought, false,
                    ENTRY "R h.B, R h.buckets, {0..1: R b0.key[#]+8, R b0.tophash[#], "
                          "R b0.key[#], }R b0.key[2]+8, R b0.tophash[2], R b0.key[1], ");
    th_probe_run(&probe, TH_MAP_SET, &second_twin, 3, 0);
    expect_long_get(&probe, sought, false,
                    ENTRY "R h.B, R h.buckets, {0..2: R b0.key[#]+8, R b0.tophash[#], "
                          "R b0.key[#], }R h.hash0, R h.B, R h.buckets, R h.oldbuckets, "
                          "{0..2: R b0.key[#]+8, R b0.tophash[#], }R b0.key[2], "
                          "{3..7: R b0.key[#]+8, }R b0.overflow, ");
    th_probe_close(&probe);
}

// 27 keys: the last made 4 buckets 8. Moved are the old buckets 2 and 0, in place are 1 and 3.
static void open_growing(th_map_probe *probe, th_scalar key) {
    th_probe_open(probe, key, 14);
    for (uint64_t n = 0; n < 27; n++) {
        th_probe_pin(probe, n, n % 8, 0x10 + n);
        th_probe_set(probe, n, n + 1);
    }
    assert_int_equal(th_probe_header(probe).B, 3);
    assert_int_equal(th_probe_header(probe).nevacuate, 1);
}

#define LOCATE "R h.hash0, R h.B, R h.buckets, R h.oldbuckets, R h.flags, "

static void a_read_during_growth_uses_the_old_bucket_until_it_is_moved(void **state) {
    (void)state;
    th_map_probe probe;
    open_growing(&probe, TH_U64);
    expect_get(&probe, 1, 2,
               ENTRY "R h.B, " LOCATE "R old1.tophash[0], R old1.key[0], R old1.tophash[0], "
                     "R old1.value[0], ");
    open_growing(&probe, TH_U64);
    expect_get(&probe, 4, 5,
               ENTRY "R h.B, " LOCATE "R old0.tophash[0], R b4.key[0], R b4.tophash[0], "
                     "R b4.value[0], ");
    open_growing(&probe, TH_U16);
    expect_get(&probe, 1, 2,
               ENTRY LOCATE "R old1.tophash[0], R old1.tophash[0], R old1.key[0], "
                            "R old1.value[0], ");
    open_growing(&probe, TH_STRING);
    expect_get(&probe, 4, 5,
               ENTRY "R h.B, " LOCATE "R old0.tophash[0], R b4.key[0]+8, R b4.tophash[0], "
                     "R b4.key[0], R b4.value[0], ");
}

// The rest of the chain follows; B > 0 has no stop at emptyRest in the fast families.
static void a_read_goes_on_to_overflow_buckets(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_U64, 9);
    for (uint64_t n = 1; n <= 9; n++) {
        th_probe_pin(&probe, n, 0, 0x10 + n);
        th_probe_set(&probe, n, n);
    }
    expect_get(&probe, 9, 9,
               ENTRY "R h.B, R h.hash0, R h.B, R h.buckets, R h.oldbuckets, "
                     "{0..7: R b0.key[#], }R b0.overflow, R ov1.key[0], R ov1.tophash[0], "
                     "R ov1.value[0], ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_read_of_an_empty_map_looks_at_count_alone),
        cmocka_unit_test(fast_reads_of_one_bucket_hash_nothing),
        cmocka_unit_test(fast_reads_look_at_every_slot),
        cmocka_unit_test(generic_reads_hash_and_compare_tophash_first),
        cmocka_unit_test(short_strings_in_one_bucket_are_compared_by_length_first),
        cmocka_unit_test(a_stale_length_makes_faststr_read_the_tophash_twice),
        cmocka_unit_test(long_strings_in_one_bucket_are_compared_by_their_ends),
        cmocka_unit_test(a_read_during_growth_uses_the_old_bucket_until_it_is_moved),
        cmocka_unit_test(a_read_goes_on_to_overflow_buckets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

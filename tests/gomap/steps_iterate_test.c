// The accesses of mapiterinit, mapiternext and mapaccessK, and of the loop's own loads.
#include "tests/gomap/map_probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka.h needs the four above
#include <cmocka.h>

#define INIT "R h.count, R h.B, R h.buckets, "
#define START "R h.B, R h.B, R h.B, R h.flags, "
#define MARK "A h.flags, "
#define NEXT "R h.flags, "
#define TAKE "R h.oldbuckets, "

static void expect_pair(th_map_probe *probe, const th_map_frame *loop, uint64_t value,
                        const char *steps) {
    assert_true(loop->ok);
    assert_int_equal(loop->out_elem.w[0], value);
    th_probe_expect_steps(probe, steps);
}

static void a_range_over_an_empty_map_looks_at_count_alone(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_U64, 0);
    assert_false(th_probe_range(&probe, 0, 0).ok);
    th_probe_expect_steps(&probe, "R h.count, ");
    th_probe_close(&probe);
}

// The key is read by the loop, after mapiternext returned: only its address was taken before.
static void a_range_looks_at_each_slot_twice_and_loads_the_pair_after(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_STRING, 0);
    th_probe_set(&probe, 1, 10);
    th_probe_set(&probe, 2, 20);
    th_map_frame loop = th_probe_range(&probe, 0, 0);
    expect_pair(&probe, &loop, 10,
                INIT START MARK NEXT TAKE "R b0.tophash[0], R b0.tophash[0], R b0.key[0], "
                                          "R b0.key[0]+8, R b0.value[0], ");
    loop = th_probe_next(&probe, &loop);
    expect_pair(&probe, &loop, 20,
                NEXT "R b0.tophash[1], R b0.tophash[1], R b0.key[1], R b0.key[1]+8, "
                     "R b0.value[1], ");
    loop = th_probe_next(&probe, &loop);
    assert_false(loop.ok);
    th_probe_expect_steps(&probe, NEXT "{2..7: R b0.tophash[#], }R b0.overflow, ");
    th_probe_close(&probe);
}

// The only atomic operation of the map; later loops find the marks set. For types without pointers
// a loop makes the list of overflow buckets: it writes to the header.
static void the_first_range_marks_the_map(void **state) {
    (void)state;
#define KEEP                                                                           \
    "R h.extra, W h.extra, R h.extra, R extra.overflow, R h.extra, W extra.overflow, " \
    "R h.extra, R extra.overflow, R h.extra, R extra.oldoverflow, "
    th_map_probe probe;
    th_probe_open(&probe, TH_U64, 0);
    th_probe_set(&probe, 1, 10);
    th_map_frame loop = th_probe_range(&probe, 0, 0);
    expect_pair(&probe, &loop, 10,
                INIT KEEP START MARK NEXT TAKE "R b0.tophash[0], R b0.tophash[0], R b0.key[0], "
                                               "R b0.value[0], ");
    loop = th_probe_range(&probe, 0, 0);
    expect_pair(&probe, &loop, 10,
                INIT "R h.extra, R h.extra, R extra.overflow, R h.extra, R extra.overflow, "
                     "R h.extra, R extra.oldoverflow, " START NEXT TAKE
                     "R b0.tophash[0], R b0.tophash[0], R b0.key[0], R b0.value[0], ");
    th_probe_close(&probe);
}

static void a_range_begins_at_any_slot_of_any_bucket(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_STRING, 9);
    th_probe_pin(&probe, 1, 1, 0x11);
    th_probe_pin(&probe, 2, 0, 0x22);
    th_probe_set(&probe, 1, 10);
    th_probe_set(&probe, 2, 20);
    th_map_frame loop = th_probe_range(&probe, 1, 3);
    expect_pair(&probe, &loop, 10,
                INIT START MARK NEXT TAKE "{3..7: R b1.tophash[#], }R b1.tophash[0], "
                                          "R b1.tophash[0], R b1.key[0], R b1.key[0]+8, "
                                          "R b1.value[0], ");
    loop = th_probe_next(&probe, &loop);
    expect_pair(&probe, &loop, 20,
                NEXT "{1..2: R b1.tophash[#], }R b1.overflow, " TAKE
                     "{3..7: R b0.tophash[#], }R b0.tophash[0], R b0.tophash[0], R b0.key[0], "
                     "R b0.key[0]+8, R b0.value[0], ");
    loop = th_probe_next(&probe, &loop);
    assert_false(loop.ok);
    th_probe_expect_steps(&probe, NEXT "{1..2: R b0.tophash[#], }R b0.overflow, ");
    th_probe_close(&probe);
}

// 26 keys in 4 buckets, key n in n % 4, then n % 8; a 27th makes it grow: moved are then the old
// buckets 2 and 0.
static void open_loaded(th_map_probe *probe, th_scalar key) {
    th_probe_open(probe, key, 14);
    for (uint64_t n = 0; n < 30; n++) th_probe_pin(probe, n, n % 8, 0x10 + n);
    for (uint64_t n = 0; n < 26; n++) th_probe_set(probe, n, 100 + n);
}

#define OLD_1 TAKE "R h.B, R h.B, R h.flags, R old1.tophash[0], "
#define BELONGS(slot) "R old1.tophash[" slot "], R h.flags, R h.hash0, R old1.key[" slot "], "

// Keys that will go to the other half are left for later: that half is visited by its own index.
static void a_range_during_growth_hashes_what_is_not_moved_yet(void **state) {
    (void)state;
    th_map_probe probe;
    open_loaded(&probe, TH_U16);
    th_probe_set(&probe, 26, 126);
    th_map_frame loop = th_probe_range(&probe, 1, 0);
    expect_pair(&probe, &loop, 101,
                INIT "R h.extra, W h.extra, R h.extra, R extra.overflow, R h.extra, "
                     "W extra.overflow, R h.extra, R extra.overflow, R h.extra, "
                     "R extra.oldoverflow, " START MARK NEXT OLD_1 BELONGS(
                         "0") "R old1.tophash[0], R old1.key[0], R old1.value[0], ");
    loop = th_probe_next(&probe, &loop);
    expect_pair(&probe, &loop, 109,
                NEXT BELONGS("1") BELONGS("2") "R old1.tophash[2], R old1.key[2], "
                                               "R old1.value[2], ");
    th_probe_close(&probe);
}

static void a_range_during_growth_takes_what_was_moved_from_the_new_buckets(void **state) {
    (void)state;
    th_map_probe probe;
    open_loaded(&probe, TH_STRING);
    th_probe_set(&probe, 26, 126);
    const th_map_frame loop = th_probe_range(&probe, 4, 0);
    expect_pair(&probe, &loop, 104,
                INIT START MARK NEXT TAKE "R h.B, R h.B, R h.flags, R old0.tophash[0], "
                                          "R b4.tophash[0], R b4.tophash[0], R b4.key[0], "
                                          "R b4.key[0]+8, R b4.value[0], ");
    th_probe_close(&probe);
}

#define LOOK_UP "R h.B, R h.buckets, R h.oldbuckets, R h.flags, R old0.tophash[0], "

// A loop that began before the growth goes on in the old array. What was moved out of it is looked
// up: mapaccessK reads the key where it lies, to hash it and for each comparison.
static void a_range_over_old_buckets_finds_moved_keys_by_mapaccessk(void **state) {
    (void)state;
    th_map_probe probe;
    open_loaded(&probe, TH_U16);
    th_map_frame loop = th_probe_range(&probe, 0, 0);
    th_probe_set(&probe, 26, 126);
    loop = th_probe_next(&probe, &loop);
    expect_pair(
        &probe, &loop, 104,
        NEXT "R old0.tophash[1], R old0.tophash[1], R h.count, R h.hash0, R old0.key[1], " LOOK_UP
             "R b4.tophash[0], R old0.key[1], R b4.key[0], R b4.key[0], "
             "R b4.value[0], ");
    th_probe_delete(&probe, 8);
    loop = th_probe_next(&probe, &loop);
    expect_pair(
        &probe, &loop, 112,
        NEXT "R old0.tophash[2], R old0.tophash[2], R h.count, R h.hash0, R old0.key[2], " LOOK_UP
             "{0..3: R b0.tophash[#], }R b0.tophash[4], "
             "R old0.tophash[3], R old0.tophash[3], R h.count, R h.hash0, R old0.key[3], " LOOK_UP
             "R b4.tophash[0], R b4.tophash[1], R old0.key[3], R b4.key[1], "
             "R b4.key[1], R b4.value[1], ");
    th_probe_close(&probe);
}

static void mapaccessk_compares_strings_by_length_and_pairs_word_by_word(void **state) {
    (void)state;
#define UNTIL_EQUAL                                                                    \
    NEXT "R old0.tophash[1], R old0.tophash[1], R h.count, R h.hash0, R old0.key[1], " \
         "R old0.key[1]+8, " LOOK_UP "R b4.tophash[0], "
#define AFTER "R b4.key[0], R b4.key[0]+8, R b4.value[0], "
    static const char *const STEPS[] = {
        UNTIL_EQUAL "R old0.key[1]+8, R b4.key[0]+8, R old0.key[1], R b4.key[0], " AFTER,
        UNTIL_EQUAL "R old0.key[1], R b4.key[0], R old0.key[1]+8, R b4.key[0]+8, " AFTER,
    };
    for (size_t i = 0; i < 2; i++) {
        th_map_probe probe;
        open_loaded(&probe, i == 0 ? TH_STRING : TH_U64X2);
        th_map_frame loop = th_probe_range(&probe, 0, 0);
        th_probe_set(&probe, 26, 126);
        // The growth is far from over, or the old buckets would be "stale".
        loop = th_probe_next(&probe, &loop);
        expect_pair(&probe, &loop, 104, STEPS[i]);
        th_probe_close(&probe);
    }
}

// A NaN equals nothing, so it could never be found again: it is taken where it lies. Whether it
// will go to the other half is the low bit of its tophash, which evacuation keeps to.
static void a_range_takes_nans_where_they_lie(void **state) {
    (void)state;
    th_map_probe probe;
    open_loaded(&probe, TH_F64);
    th_probe_delete(&probe, 1);
    static const uint64_t HASHES[] = {UINT64_C(0x80) << 56 | 1, UINT64_C(0x90) << 56 | 5};
    probe.nan_hashes = (th_nan_hashes){.items = HASHES, .count = 2};
    probe.env.nan_hashes = &probe.nan_hashes;
    const th_value nan = {{UINT64_C(0x7ff8000000000001), 0}};
    th_probe_run(&probe, TH_MAP_SET, &nan, 77, 0);
    th_probe_set(&probe, 26, 126);
    const th_map_frame loop = th_probe_range(&probe, 1, 0);
    expect_pair(&probe, &loop, 77,
                INIT "R h.extra, W h.extra, R h.extra, R extra.overflow, R h.extra, "
                     "W extra.overflow, R h.extra, R extra.overflow, R h.extra, "
                     "R extra.oldoverflow, " START MARK NEXT OLD_1
                     "R old1.tophash[0], R h.flags, R old1.key[0], R old1.tophash[0], "
                     "R old1.tophash[0], R old1.key[0], R old1.value[0], ");
    // Old bucket 1 moves: the NaN is hashed all the same, but goes where its tophash says.
    th_probe_delete(&probe, 29);
    assert_non_null(strstr(probe.steps,
                           "R old1.tophash[0], R h.flags, R h.hash0, R old1.key[0], R h.flags, "
                           "R old1.key[0], W old1.tophash[0], W b1.tophash[0], "));
    th_probe_close(&probe);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_range_over_an_empty_map_looks_at_count_alone),
        cmocka_unit_test(a_range_looks_at_each_slot_twice_and_loads_the_pair_after),
        cmocka_unit_test(the_first_range_marks_the_map),
        cmocka_unit_test(a_range_begins_at_any_slot_of_any_bucket),
        cmocka_unit_test(a_range_during_growth_hashes_what_is_not_moved_yet),
        cmocka_unit_test(a_range_during_growth_takes_what_was_moved_from_the_new_buckets),
        cmocka_unit_test(a_range_over_old_buckets_finds_moved_keys_by_mapaccessk),
        cmocka_unit_test(mapaccessk_compares_strings_by_length_and_pairs_word_by_word),
        cmocka_unit_test(a_range_takes_nans_where_they_lie),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

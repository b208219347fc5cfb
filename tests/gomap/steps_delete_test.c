// The accesses of mapdelete in all families, and of mapclear.
#include "tests/gomap/map_probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
// cmocka.h needs the four above
#include <cmocka.h>

#define ENTRY                                                                        \
    "R h.count, R h.flags, R h.hash0, R h.flags, W h.flags, R h.B, R h.oldbuckets, " \
    "R h.buckets, "
#define COUNT "R h.count, W h.count, "
#define EXIT "R h.flags, R h.flags, W h.flags, "

// Keys 1 to `count`, all in bucket 0.
static void open_with(th_map_probe *probe, th_scalar key, int64_t hint, uint64_t count) {
    th_probe_open(probe, key, hint);
    for (uint64_t n = 1; n <= 30; n++) th_probe_pin(probe, n, 0, 0x10 + n);
    for (uint64_t n = 1; n <= count; n++) th_probe_set(probe, n, n);
}

static void expect_delete(th_scalar key, const char *find_and_clear) {
    th_map_probe probe;
    open_with(&probe, key, 0, 3);
    th_probe_delete(&probe, 2);
    char expected[512];
    snprintf(expected, sizeof expected, "%s%s%s", ENTRY, find_and_clear,
             "W b0.value[1], W b0.tophash[1], R b0.tophash[2], " COUNT EXIT);
    th_probe_expect_steps(&probe, expected);
    th_probe_close(&probe);
}

// Only what holds pointers is cleared of the key: of a string the pointer, not the length.
static void a_delete_clears_the_value_and_of_the_key_its_pointers(void **state) {
    (void)state;
    expect_delete(TH_U64, "R b0.key[0], R b0.key[1], R b0.tophash[1], ");
    expect_delete(TH_U32, "R b0.key[0], R b0.key[1], R b0.tophash[1], ");
    expect_delete(TH_U16, "R b0.tophash[0], R b0.tophash[1], R b0.key[1], ");
    expect_delete(TH_F64, "R b0.tophash[0], R b0.tophash[1], R b0.key[1], ");
    expect_delete(TH_U64X2, "R b0.tophash[0], R b0.tophash[1], R b0.key[1], R b0.key[1]+8, ");
    expect_delete(TH_STRING, "R b0.key[0]+8, R b0.tophash[0], R b0.key[1]+8, R b0.tophash[1], "
                             "R b0.key[1], W b0.key[1], ");
}

static void a_delete_from_an_empty_map_looks_at_count_alone(void **state) {
    (void)state;
    th_map_probe probe;
    open_with(&probe, TH_U64, 0, 0);
    th_probe_delete(&probe, 1);
    th_probe_expect_steps(&probe, "R h.count, ");
    th_probe_close(&probe);
}

static void a_delete_of_an_absent_key_writes_the_flag_alone(void **state) {
    (void)state;
    th_map_probe probe;
    open_with(&probe, TH_U16, 0, 2);
    th_probe_delete(&probe, 9);
    th_probe_expect_steps(&probe, ENTRY "{0..2: R b0.tophash[#], }" EXIT);
    th_probe_close(&probe);
    open_with(&probe, TH_U64, 0, 2);
    th_probe_delete(&probe, 9);
    th_probe_expect_steps(&probe, ENTRY "{0..7: R b0.key[#], }R b0.overflow, " EXIT);
    th_probe_close(&probe);
    open_with(&probe, TH_STRING, 0, 2);
    th_probe_delete(&probe, 9);
    th_probe_expect_steps(&probe, ENTRY "{0..1: R b0.key[#]+8, R b0.tophash[#], }"
                                        "{2..7: R b0.key[#]+8, }R b0.overflow, " EXIT);
    th_probe_close(&probe);
}

static void marks_at_the_end_of_a_chain_run_back_to_the_last_slot_in_use(void **state) {
    (void)state;
    th_map_probe probe;
    open_with(&probe, TH_U16, 0, 3);
    th_probe_delete(&probe, 2);
    th_probe_delete(&probe, 3);
    th_probe_expect_steps(&probe, ENTRY
                          "{0..2: R b0.tophash[#], }R b0.key[2], W b0.value[2], W b0.tophash[2], "
                          "R b0.tophash[3], W b0.tophash[2], R b0.tophash[1], W b0.tophash[1], "
                          "R b0.tophash[0], " COUNT EXIT);
    th_probe_close(&probe);
}

static void the_last_delete_draws_a_new_seed(void **state) {
    (void)state;
    th_map_probe probe;
    open_with(&probe, TH_U16, 0, 1);
    th_probe_delete(&probe, 1);
    th_probe_expect_steps(&probe,
                          ENTRY "R b0.tophash[0], R b0.key[0], W b0.value[0], W b0.tophash[0], "
                                "R b0.tophash[1], W b0.tophash[0], " COUNT "W h.hash0, " EXIT);
    th_probe_close(&probe);
}

// Keys 1 to 8 are in the bucket, 9 in its overflow bucket.
static void the_last_slot_looks_into_the_next_bucket(void **state) {
    (void)state;
    th_map_probe probe;
    open_with(&probe, TH_U16, 9, 9);
    th_probe_delete(&probe, 8);
    th_probe_expect_steps(&probe,
                          ENTRY "{0..7: R b0.tophash[#], }R b0.key[7], W b0.value[7], "
                                "W b0.tophash[7], R b0.overflow, R ov1.tophash[0], " COUNT EXIT);
    th_probe_close(&probe);
}

static void marks_run_back_over_the_bounds_of_buckets(void **state) {
    (void)state;
    th_map_probe probe;
    open_with(&probe, TH_U64, 9, 9);
    th_probe_delete(&probe, 8);
    th_probe_delete(&probe, 9);
    th_probe_expect_steps(&probe,
                          ENTRY "{0..7: R b0.key[#], }R b0.overflow, R ov1.key[0], "
                                "R ov1.tophash[0], W ov1.value[0], W ov1.tophash[0], "
                                "R ov1.tophash[1], W ov1.tophash[0], R b0.overflow, "
                                "R b0.tophash[7], W b0.tophash[7], R b0.tophash[6], " COUNT EXIT);
    th_probe_close(&probe);
}

#define CLEAR_ENTRY                                                               \
    "R h.count, R h.flags, R h.flags, W h.flags, W h.oldbuckets, W h.nevacuate, " \
    "W h.noverflow, W h.count, W h.hash0, "

static void a_clear_empties_the_array_in_place(void **state) {
    (void)state;
    th_map_probe probe;
    open_with(&probe, TH_U64, 0, 3);
    th_probe_clear(&probe);
    th_probe_expect_steps(&probe, CLEAR_ENTRY "R h.extra, R h.B, R h.buckets, "
                                              "C b0.tophash[0], " EXIT);
    th_probe_close(&probe);
}

static void a_clear_gives_the_spare_buckets_back(void **state) {
    (void)state;
    th_map_probe probe;
    open_with(&probe, TH_U64, 53, 12);
    th_probe_clear(&probe);
    th_probe_expect_steps(&probe, CLEAR_ENTRY
                          "R h.extra, W extra.overflow, W extra.oldoverflow, "
                          "W extra.nextOverflow, R h.B, R h.buckets, {0..15: C b#.tophash[0], }"
                          "{0..1: C spare#.tophash[0], }W spare1.overflow, R h.extra, "
                          "W extra.nextOverflow, " EXIT);
    th_probe_close(&probe);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_delete_clears_the_value_and_of_the_key_its_pointers),
        cmocka_unit_test(a_delete_from_an_empty_map_looks_at_count_alone),
        cmocka_unit_test(a_delete_of_an_absent_key_writes_the_flag_alone),
        cmocka_unit_test(marks_at_the_end_of_a_chain_run_back_to_the_last_slot_in_use),
        cmocka_unit_test(the_last_delete_draws_a_new_seed),
        cmocka_unit_test(the_last_slot_looks_into_the_next_bucket),
        cmocka_unit_test(marks_run_back_over_the_bounds_of_buckets),
        cmocka_unit_test(a_clear_empties_the_array_in_place),
        cmocka_unit_test(a_clear_gives_the_spare_buckets_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

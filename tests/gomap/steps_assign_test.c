// The accesses of mapassign in all families, of newoverflow, and of the caller's store.
#include "tests/gomap/map_probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
// cmocka.h needs the four above
#include <cmocka.h>

#define ENTRY "R h.flags, R h.hash0, R h.flags, W h.flags, R h.buckets, "
#define AGAIN "R h.B, R h.oldbuckets, R h.buckets, "
#define NO_GROWTH "R h.oldbuckets, R h.count, R h.B, R h.noverflow, "
#define COUNT "R h.count, W h.count, "
#define EXIT "R h.flags, R h.flags, W h.flags, "

static void expect_first_set(th_scalar key, const char *put) {
    th_map_probe probe;
    th_probe_open(&probe, key, 0);
    th_probe_set(&probe, 1, 10);
    char expected[512];
    snprintf(expected, sizeof expected, "%s%s%s",
             ENTRY "W h.buckets, " AGAIN "R b0.tophash[0], " NO_GROWTH, put,
             COUNT EXIT "W b0.value[0], ");
    th_probe_expect_steps(&probe, expected);
    th_probe_close(&probe);
}

static void the_first_set_allocates_the_bucket(void **state) {
    (void)state;
    expect_first_set(TH_U64, "W b0.tophash[0], W b0.key[0], ");
}

// What a reader can see in between: generic key before tophash, the others tophash before key.
static void families_publish_a_slot_in_different_orders(void **state) {
    (void)state;
    expect_first_set(TH_U32, "W b0.tophash[0], W b0.key[0], ");
    expect_first_set(TH_I64, "W b0.tophash[0], W b0.key[0], ");
    expect_first_set(TH_STRING, "W b0.tophash[0], W b0.key[0]+8, W b0.key[0], ");
    expect_first_set(TH_U16, "W b0.key[0], W b0.tophash[0], ");
    expect_first_set(TH_F64, "W b0.key[0], W b0.tophash[0], ");
    expect_first_set(TH_U64X2, "W b0.key[0], W b0.key[0]+8, W b0.tophash[0], ");
}

static void expect_overwrite(th_scalar key, const char *find) {
    th_map_probe probe;
    th_probe_open(&probe, key, 0);
    th_probe_pin(&probe, 1, 0, 0x11);
    th_probe_pin(&probe, 2, 0, 0x22);
    th_probe_set(&probe, 1, 10);
    th_probe_set(&probe, 2, 20);
    th_probe_set(&probe, 2, 21);
    char expected[512];
    snprintf(expected, sizeof expected, "%s%s%s", ENTRY AGAIN, find, EXIT "W b0.value[1], ");
    th_probe_expect_steps(&probe, expected);
    th_probe_close(&probe);
}

// Strings get the new pointer (the same text may live elsewhere), float64 the new sign of zero.
static void an_overwrite_stores_the_key_where_it_can_differ(void **state) {
    (void)state;
    expect_overwrite(TH_U64, "R b0.tophash[0], R b0.key[0], R b0.tophash[1], R b0.key[1], ");
    expect_overwrite(TH_U32, "R b0.tophash[0], R b0.key[0], R b0.tophash[1], R b0.key[1], ");
    expect_overwrite(TH_U16, "R b0.tophash[0], R b0.tophash[1], R b0.key[1], ");
    expect_overwrite(TH_U64X2, "R b0.tophash[0], R b0.tophash[1], R b0.key[1], R b0.key[1]+8, ");
    expect_overwrite(TH_F64, "R b0.tophash[0], R b0.tophash[1], R b0.key[1], W b0.key[1], ");
    expect_overwrite(TH_STRING,
                     "R b0.tophash[0], R b0.tophash[1], R b0.key[1]+8, R b0.key[1], W b0.key[1], ");
}

// The search goes on behind a free slot, for the key may follow; then the free slot is taken.
static void a_set_reuses_the_first_free_slot(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_U64, 0);
    for (uint64_t n = 1; n <= 3; n++) {
        th_probe_pin(&probe, n, 0, 0x10 + n);
        th_probe_set(&probe, n, n);
    }
    th_probe_delete(&probe, 2);
    th_probe_set(&probe, 4, 4);
    th_probe_expect_steps(&probe, ENTRY AGAIN
                          "R b0.tophash[0], R b0.key[0], R b0.tophash[1], R b0.tophash[2], "
                          "R b0.key[2], R b0.tophash[3], " NO_GROWTH
                          "W b0.tophash[1], W b0.key[1], " COUNT EXIT "W b0.value[1], ");
    th_probe_close(&probe);
}

// m[k] += d is one mapassign; the caller loads and stores through the address it returned.
static void an_update_in_place_is_no_second_access(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_U64, 0);
    th_probe_set(&probe, 1, 10);
    const th_value key = th_probe_key(&probe, 1);
    th_probe_run(&probe, TH_MAP_ADD, &key, 5, 0);
    th_probe_expect_steps(&probe, ENTRY AGAIN "R b0.tophash[0], R b0.key[0], " EXIT
                                              "R b0.value[0], W b0.value[0], ");
    uint64_t value = 0;
    assert_true(th_probe_get(&probe, 1, &value));
    assert_int_equal(value, 15);
    th_probe_close(&probe);
}

// Keys 1 to 8 fill a bucket.
static void open_full(th_map_probe *probe, th_scalar key, int64_t hint, uint64_t bucket) {
    th_probe_open(probe, key, hint);
    for (uint64_t n = 1; n <= 20; n++) th_probe_pin(probe, n, bucket, 0x10 + n);
    for (uint64_t n = 1; n <= 8; n++) th_probe_set(probe, n, n);
}

// Types without pointers keep a list of their overflow buckets, as the collector does not look into
// buckets; it comes into being with the first one. The chain is linked last of all.
static void a_full_bucket_gets_an_overflow_bucket_of_its_own(void **state) {
    (void)state;
    th_map_probe probe;
    open_full(&probe, TH_U64, 9, 0);
    th_probe_set(&probe, 9, 9);
    th_probe_expect_steps(&probe, ENTRY AGAIN
                          "{0..7: R b0.tophash[#], R b0.key[#], }R b0.overflow, " NO_GROWTH
                          "R h.extra, R h.B, R h.noverflow, W h.noverflow, "
                          "R h.extra, W h.extra, R h.extra, R extra.overflow, R h.extra, "
                          "W extra.overflow, R h.extra, R extra.overflow, R overflow list, "
                          "R overflow list, R overflow list, W overflow list, "
                          "W overflow list, W overflow list, W overflow list, "
                          "W b0.overflow, W ov1.tophash[0], W ov1.key[0], " COUNT EXIT
                          "W ov1.value[0], ");
    th_probe_close(&probe);
}

static void maps_with_pointers_keep_no_list(void **state) {
    (void)state;
    th_map_probe probe;
    open_full(&probe, TH_STRING, 9, 0);
    th_probe_set(&probe, 9, 9);
    th_probe_expect_steps(&probe, ENTRY AGAIN "{0..7: R b0.tophash[#], }R b0.overflow, " NO_GROWTH
                                              "R h.extra, R h.B, R h.noverflow, W h.noverflow, "
                                              "W b0.overflow, W ov1.tophash[0], W ov1.key[0]+8, "
                                              "W ov1.key[0], " COUNT EXIT "W ov1.value[0], ");
    th_probe_close(&probe);
}

// From B = 4 on an array comes with spare buckets; of the last one the pointer is a mark.
static void spare_buckets_are_taken_in_order(void **state) {
    (void)state;
#define TAKE(before, spare)                                                 \
    ENTRY AGAIN "{0..7: R b3.tophash[#], }R b3.overflow, " before NO_GROWTH \
                "R h.extra, R extra.nextOverflow, R " spare ".overflow, "
#define LIST                                                                                \
    "R overflow list, R overflow list, R overflow list, W overflow list, W overflow list, " \
    "W overflow list, W overflow list, "
    th_map_probe probe;
    open_full(&probe, TH_U16, 53, 3);
    th_probe_set(&probe, 9, 9);
    th_probe_expect_steps(
        &probe,
        TAKE("", "spare0") "W extra.nextOverflow, R h.B, R h.noverflow, W h.noverflow, "
                           "R h.extra, R h.extra, R extra.overflow, R h.extra, W extra.overflow, "
                           "R h.extra, R extra.overflow, " LIST
                           "W b3.overflow, W spare0.key[0], W spare0.tophash[0], " COUNT EXIT
                           "W spare0.value[0], ");
    for (uint64_t n = 10; n <= 16; n++) th_probe_set(&probe, n, n);
    th_probe_set(&probe, 17, 17);
    th_probe_expect_steps(
        &probe,
        TAKE("{0..7: R spare0.tophash[#], }R spare0.overflow, ",
             "spare1") "W spare1.overflow, R h.extra, W extra.nextOverflow, "
                       "R h.B, R h.noverflow, W h.noverflow, "
                       "R h.extra, R h.extra, R extra.overflow, R h.extra, R extra.overflow, " LIST
                       "W spare0.overflow, W spare1.key[0], W spare1.tophash[0], " COUNT EXIT
                       "W spare1.value[0], ");
    th_probe_close(&probe);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_set_allocates_the_bucket),
        cmocka_unit_test(families_publish_a_slot_in_different_orders),
        cmocka_unit_test(an_overwrite_stores_the_key_where_it_can_differ),
        cmocka_unit_test(a_set_reuses_the_first_free_slot),
        cmocka_unit_test(an_update_in_place_is_no_second_access),
        cmocka_unit_test(a_full_bucket_gets_an_overflow_bucket_of_its_own),
        cmocka_unit_test(maps_with_pointers_keep_no_list),
        cmocka_unit_test(spare_buckets_are_taken_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

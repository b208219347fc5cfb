// The accesses of hashGrow, growWork, evacuate and advanceEvacuationMark.
#include "tests/gomap/map_probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka.h needs the four above
#include <cmocka.h>

#define ENTRY "R h.flags, R h.hash0, R h.flags, W h.flags, R h.buckets, "
#define AGAIN "R h.B, R h.oldbuckets, "
#define COUNT "R h.count, W h.count, "
#define EXIT "R h.flags, R h.flags, W h.flags, "
#define GROW_WORK "R h.B, R h.flags, "
#define GROW_MORE "R h.oldbuckets, R h.nevacuate, "
#define EVACUATE(top) "R h.oldbuckets, R h.B, R h.flags, R " top ", "
#define NOT_THE_MARK "R h.nevacuate, "

// hashGrow when twice as many buckets come, none of them spare.
#define DOUBLE                                                                                   \
    "R h.count, R h.B, R h.buckets, R h.B, R h.flags, R h.B, W h.B, W h.flags, W h.oldbuckets, " \
    "W h.buckets, W h.nevacuate, W h.noverflow, R h.extra, "

// 26 keys in 4 buckets, of which the next one makes 8: key n goes to n % 4, then to n % 8.
static void open_loaded(th_map_probe *probe, th_scalar key) {
    th_probe_open(probe, key, 14);
    for (uint64_t n = 0; n < 30; n++) th_probe_pin(probe, n, n % 8, 0x10 + n);
    for (uint64_t n = 0; n < 26; n++) th_probe_set(probe, n, n);
    assert_int_equal(th_probe_header(probe).B, 2);
}

// Moves of slots `i` and `i + 1` of an old bucket: in these maps one goes to X, the next to Y.
#define CHAIN_START "R h.buckets, R h.flags, R h.buckets, "
#define CHAIN_END(old) "R " old ".overflow, R h.flags, "
#define MOVE_WORD(old, i, new, j)                                                    \
    "R " old ".tophash[" #i "], R h.flags, R h.hash0, R " old ".key[" #i "], W " old \
    ".tophash[" #i "], W " new ".tophash[" #j "], R " old ".key[" #i                 \
                               "], W " new ".key[" #j "], R " old ".value[" #i       \
                                           "], W " new ".value[" #j "], "
#define LEAVE(old, i) "R " old ".tophash[" #i "], W " old ".tophash[" #i "], "

// Old bucket 2 holds six keys, old bucket 0 seven.
#define EVACUATE_2(MOVE)                                                                   \
    CHAIN_START MOVE("old2", 0, "b2", 0) MOVE("old2", 1, "b6", 0) MOVE("old2", 2, "b2", 1) \
        MOVE("old2", 3, "b6", 1) MOVE("old2", 4, "b2", 2) MOVE("old2", 5, "b6", 2)         \
            LEAVE("old2", 6) LEAVE("old2", 7) CHAIN_END("old2")
#define EVACUATE_0(MOVE)                                                                   \
    CHAIN_START MOVE("old0", 0, "b0", 0) MOVE("old0", 1, "b4", 0) MOVE("old0", 2, "b0", 1) \
        MOVE("old0", 3, "b4", 1) MOVE("old0", 4, "b0", 2) MOVE("old0", 5, "b4", 2)         \
            MOVE("old0", 6, "b0", 3) LEAVE("old0", 7) CHAIN_END("old0")
#define ADVANCE_TO_1 "R h.nevacuate, R h.nevacuate, W h.nevacuate, R h.nevacuate, "
#define NEXT_IS_1 "R h.oldbuckets, R old1.tophash[0], "

// The set that is one too many: it grows, moves the old bucket of its key and one more, and
// inserts.
static void a_doubling_moves_two_old_buckets_with_the_set_that_begins_it(void **state) {
    (void)state;
    th_map_probe probe;
    open_loaded(&probe, TH_U64);
    th_probe_set(&probe, 26, 1);
    th_probe_expect_steps(
        &probe, ENTRY AGAIN
        "R h.buckets, {0..5: R b2.tophash[#], R b2.key[#], }R b2.tophash[6], "
        "R h.oldbuckets, R h.count, R h.B, " DOUBLE AGAIN GROW_WORK EVACUATE("old2.tophash[0]")
            EVACUATE_2(MOVE_WORD) NOT_THE_MARK GROW_MORE EVACUATE("old0.tophash[0]")
                EVACUATE_0(MOVE_WORD) ADVANCE_TO_1 NEXT_IS_1
        "R h.buckets, {0..2: R b2.tophash[#], R b2.key[#], }R b2.tophash[3], R h.oldbuckets, "
        "W b2.tophash[3], W b2.key[3], " COUNT EXIT "W b2.value[3], ");
    assert_int_equal(th_probe_header(&probe).nevacuate, 1);
    th_probe_close(&probe);
}

// A bucket that was moved is looked at and left; the one at the mark is moved. With the last one
// the growth is over, and the rest of growWork is left out.
static void an_evacuated_bucket_is_left_alone_and_the_mark_moves_on(void **state) {
    (void)state;
    th_map_probe probe;
    open_loaded(&probe, TH_U64);
    th_probe_set(&probe, 26, 1);
    th_probe_set(&probe, 26, 2);
#define EVACUATE_1                                                                                \
    CHAIN_START MOVE_WORD("old1", 0, "b1", 0) MOVE_WORD("old1", 1, "b5", 0)                       \
        MOVE_WORD("old1", 2, "b1", 1) MOVE_WORD("old1", 3, "b5", 1) MOVE_WORD("old1", 4, "b1", 2) \
            MOVE_WORD("old1", 5, "b5", 2) MOVE_WORD("old1", 6, "b1", 3) LEAVE("old1", 7)          \
                CHAIN_END("old1")
    th_probe_expect_steps(
        &probe, ENTRY AGAIN GROW_WORK EVACUATE("old2.tophash[0]")
                    NOT_THE_MARK GROW_MORE EVACUATE("old1.tophash[0]") EVACUATE_1
        // Old bucket 2 was moved before: the mark passes it.
        "R h.nevacuate, R h.nevacuate, W h.nevacuate, R h.nevacuate, R h.oldbuckets, "
        "R old2.tophash[0], W h.nevacuate, R h.nevacuate, R h.oldbuckets, R old3.tophash[0], "
        "R h.buckets, {0..3: R b2.tophash[#], R b2.key[#], }" EXIT "W b2.value[3], ");
    th_probe_delete(&probe, 29);
#define MOVE_3(i, new, j) MOVE_WORD("old3", i, new, j)
    th_probe_expect_steps(
        &probe,
        "R h.count, R h.flags, R h.hash0, R h.flags, W h.flags, R h.B, R h.oldbuckets, " GROW_WORK
            EVACUATE("old1.tophash[0]") NOT_THE_MARK GROW_MORE EVACUATE("old3.tophash[0]")
                CHAIN_START MOVE_3(0, "b3", 0) MOVE_3(1, "b7", 0) MOVE_3(2, "b3", 1)
                    MOVE_3(3, "b7", 1) MOVE_3(4, "b3", 2) MOVE_3(5, "b7", 2) LEAVE("old3", 6)
                        LEAVE("old3", 7)
                            CHAIN_END("old3") "R h.nevacuate, R h.nevacuate, W h.nevacuate, R "
                                              "h.nevacuate, W h.oldbuckets, R h.extra, "
                                              "R h.flags, W h.flags, R h.buckets, {0..7: R "
                                              "b5.key[#], }R b5.overflow, " EXIT);
    assert_int_equal(th_probe_header(&probe).oldbuckets, 0);
    th_probe_close(&probe);
}

#define MOVE_GENERIC(old, i, new, j)                                                            \
    "R " old ".tophash[" #i "], R h.flags, R h.hash0, R " old ".key[" #i "], R h.flags, W " old \
    ".tophash[" #i "], W " new ".tophash[" #j "], R " old ".key[" #i                            \
                               "], W " new ".key[" #j "], R " old ".value[" #i                  \
                                           "], W " new ".value[" #j "], "
#define MOVE_PAIR(old, i, new, j)                                                               \
    "R " old ".tophash[" #i "], R h.flags, R h.hash0, R " old ".key[" #i "], R " old ".key[" #i \
    "]+8, R h.flags, W " old ".tophash[" #i                                                     \
    "], W " new ".tophash[" #j "], R " old ".key[" #i                                           \
                "], W " new ".key[" #j "], R " old ".key[" #i                                   \
                            "]+8, W " new ".key[" #j "]+8, R " old ".value[" #i                 \
                                          "], W " new ".value[" #j "], "
#define MOVE_STR(old, i, new, j)                                                                \
    "R " old ".tophash[" #i "], R h.flags, R h.hash0, R " old ".key[" #i "], R " old ".key[" #i \
    "]+8, W " old ".tophash[" #i                                                                \
    "], W " new ".tophash[" #j "], R " old ".key[" #i "], R " old ".key[" #i                    \
                "]+8, W " new ".key[" #j "]+8, W " new ".key[" #j "], R " old ".value[" #i      \
                                                       "], W " new ".value[" #j "], "
// Old buckets with pointers are cleared but for their tophash, unless an iterator may be in them.
#define UNLINK(old) "R h.oldbuckets, C " old ".key[0], "

#define EXPECT_DOUBLING(key, find_first, MOVE, UNLINK_IT, find_again, put)                      \
    do {                                                                                        \
        th_map_probe probe;                                                                     \
        open_loaded(&probe, key);                                                               \
        th_probe_set(&probe, 26, 1);                                                            \
        th_probe_expect_steps(                                                                  \
            &probe,                                                                             \
            ENTRY AGAIN "R h.buckets, " find_first                                              \
                        "R h.oldbuckets, R h.count, R h.B, " DOUBLE AGAIN GROW_WORK EVACUATE(   \
                            "old2.tophash[0]") EVACUATE_2(MOVE) UNLINK_IT("old2")               \
                            NOT_THE_MARK GROW_MORE EVACUATE("old0.tophash[0]") EVACUATE_0(MOVE) \
                                UNLINK_IT("old0") ADVANCE_TO_1 NEXT_IS_1                        \
            "R h.buckets, " find_again "R h.oldbuckets, " put COUNT EXIT "W b2.value[3], ");    \
        th_probe_close(&probe);                                                                 \
    } while (0)
#define NOTHING(old) ""

static void generic_evacuation_asks_for_the_iterator_flag(void **state) {
    (void)state;
    EXPECT_DOUBLING(TH_U16, "{0..6: R b2.tophash[#], }", MOVE_GENERIC, NOTHING,
                    "{0..3: R b2.tophash[#], }", "W b2.key[3], W b2.tophash[3], ");
    EXPECT_DOUBLING(TH_F64, "{0..6: R b2.tophash[#], }", MOVE_GENERIC, NOTHING,
                    "{0..3: R b2.tophash[#], }", "W b2.key[3], W b2.tophash[3], ");
    EXPECT_DOUBLING(TH_U64X2, "{0..6: R b2.tophash[#], }", MOVE_PAIR, NOTHING,
                    "{0..3: R b2.tophash[#], }", "W b2.key[3], W b2.key[3]+8, W b2.tophash[3], ");
}

static void fast_evacuation_does_not(void **state) {
    (void)state;
    EXPECT_DOUBLING(TH_U32, "{0..5: R b2.tophash[#], R b2.key[#], }R b2.tophash[6], ", MOVE_WORD,
                    NOTHING, "{0..2: R b2.tophash[#], R b2.key[#], }R b2.tophash[3], ",
                    "W b2.tophash[3], W b2.key[3], ");
}

static void evacuation_of_strings_copies_the_length_first_and_clears_the_old_bucket(void **state) {
    (void)state;
    EXPECT_DOUBLING(TH_STRING, "{0..6: R b2.tophash[#], }", MOVE_STR, UNLINK,
                    "{0..3: R b2.tophash[#], }", "W b2.tophash[3], W b2.key[3]+8, W b2.key[3], ");
}

static void an_iterator_keeps_old_buckets_uncleared(void **state) {
    (void)state;
    th_map_probe probe;
    open_loaded(&probe, TH_STRING);
    th_probe_range(&probe, 0, 0);
    th_probe_set(&probe, 26, 1);
    assert_null(strstr(probe.steps, "C old"));
    assert_int_equal(th_probe_header(&probe).flags, TH_FLAG_OLD_ITERATOR);
    th_probe_close(&probe);
}

// Too many overflow buckets: an array of the same size, keys stay in their bucket and are not
// hashed. What counts is noverflow, so it is set here as a long churn would leave it.
static void growth_of_the_same_size_hashes_nothing(void **state) {
    (void)state;
    th_map_probe probe;
    th_probe_open(&probe, TH_U64, 27);
    for (uint64_t n = 1; n <= 20; n++) th_probe_pin(&probe, n, 1, 0x10 + n);
    th_probe_pin(&probe, 30, 2, 0x50);
    for (uint64_t n = 1; n <= 2; n++) th_probe_set(&probe, n, n);
    th_memory_poke(&probe.memory, probe.map + TH_HMAP_noverflow, 2, 8);
    const th_value key = th_probe_key(&probe, 30);
    th_probe_run(&probe, TH_MAP_SET, &key, 1, 0);
#define MOVE_SAME(old, i, new, j)                                 \
    "R " old ".tophash[" #i "], R h.flags, W " old ".tophash[" #i \
    "], W " new ".tophash[" #j "], R " old ".key[" #i             \
                "], W " new ".key[" #j "], R " old ".value[" #i "], W " new ".value[" #j "], "
    th_probe_expect_steps(
        &probe, ENTRY AGAIN
        "R h.buckets, R b2.tophash[0], R h.oldbuckets, R h.count, R h.B, "
        "R h.noverflow, R h.count, R h.B, R h.flags, W h.flags, R h.buckets, R h.B, R h.flags, "
        "R h.B, W h.B, W h.flags, W h.oldbuckets, W h.buckets, W h.nevacuate, W h.noverflow, "
        "R h.extra, " AGAIN GROW_WORK EVACUATE(
            "old2.tophash[0]") "R h.buckets, R h.flags, {0..7: R old2.tophash[#], W "
                               "old2.tophash[#], }" CHAIN_END("old2")
                                   NOT_THE_MARK GROW_MORE EVACUATE(
                                       "old0.tophash[0]") "R h.buckets, R h.flags, {0..7: R "
                                                          "old0.tophash[#], W old0.tophash[#], "
                                                          "}" CHAIN_END("old0")
                                                              ADVANCE_TO_1 NEXT_IS_1
        "R h.buckets, R b2.tophash[0], R h.oldbuckets, W b2.tophash[0], W b2.key[0], " COUNT EXIT
        "W b2.value[0], ");
    th_probe_set(&probe, 30, 2);
    th_probe_expect_steps(
        &probe,
        ENTRY AGAIN GROW_WORK EVACUATE("old2.tophash[0]") NOT_THE_MARK GROW_MORE EVACUATE(
            "old1.tophash[0]") "R h.buckets, R h.flags, " MOVE_SAME("old1", 0, "b1", 0)
            MOVE_SAME("old1", 1, "b1",
                      1) "{2..7: R old1.tophash[#], W old1.tophash[#], "
                         "}" CHAIN_END("old1") "R h.nevacuate, R h.nevacuate, W "
                                               "h.nevacuate, R h.nevacuate, R h.oldbuckets, "
                                               "R old2.tophash[0], W h.nevacuate, R "
                                               "h.nevacuate, R h.oldbuckets, R "
                                               "old3.tophash[0], "
                                               "R h.buckets, R b2.tophash[0], R "
                                               "b2.key[0], " EXIT "W b2.value[0], ");
    th_probe_close(&probe);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_doubling_moves_two_old_buckets_with_the_set_that_begins_it),
        cmocka_unit_test(an_evacuated_bucket_is_left_alone_and_the_mark_moves_on),
        cmocka_unit_test(generic_evacuation_asks_for_the_iterator_flag),
        cmocka_unit_test(fast_evacuation_does_not),
        cmocka_unit_test(evacuation_of_strings_copies_the_length_first_and_clears_the_old_bucket),
        cmocka_unit_test(an_iterator_keeps_old_buckets_uncleared),
        cmocka_unit_test(growth_of_the_same_size_hashes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

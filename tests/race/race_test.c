// sim/race: what happens before what.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/memory/memory.h"
#include "sim/race/race.h"

#define CELL (TH_MEMORY_BASE + 64)
#define LOCK (TH_MEMORY_BASE + 128)

static th_event access_of(uint16_t g, th_event_kind kind, uint64_t address, unsigned size) {
    return (th_event){.offset = (address - TH_MEMORY_BASE) & ((UINT64_C(1) << 44) - 1),
                      .kind = kind & 0xff,
                      .size = size & 15,
                      .g = g};
}

static void unordered_writes_race(void **state) {
    (void)state;
    th_race_detector *detector = th_race_detector_new();
    th_race race;
    th_race_start(detector, 0, 1);
    th_race_start(detector, 0, 2);
    assert_false(th_race_step(detector, 1, access_of(1, TH_EVENT_WRITE, CELL, 8), &race));
    assert_true(th_race_step(detector, 2, access_of(2, TH_EVENT_WRITE, CELL, 8), &race));
    assert_int_equal(race.earlier_step, 1);
    assert_int_equal(race.earlier_g, 1);
    assert_true(race.earlier_write && race.write && race.first);
    assert_true(th_race_step(detector, 3, access_of(1, TH_EVENT_READ, CELL, 8), &race));
    assert_false(race.first);
    th_race_detector_free(detector);
}

static void two_reads_do_not_race(void **state) {
    (void)state;
    th_race_detector *detector = th_race_detector_new();
    th_race race;
    assert_false(th_race_step(detector, 1, access_of(1, TH_EVENT_READ, CELL, 8), &race));
    assert_false(th_race_step(detector, 2, access_of(2, TH_EVENT_READ, CELL, 8), &race));
    th_race_detector_free(detector);
}

static void a_go_statement_orders_what_came_before_it(void **state) {
    (void)state;
    th_race_detector *detector = th_race_detector_new();
    th_race race;
    assert_false(th_race_step(detector, 1, access_of(1, TH_EVENT_WRITE, CELL, 8), &race));
    th_race_start(detector, 1, 2);
    assert_false(th_race_step(detector, 2, access_of(2, TH_EVENT_READ, CELL, 8), &race));
    assert_true(th_race_step(detector, 3, access_of(1, TH_EVENT_WRITE, CELL, 8), &race));
    th_race_detector_free(detector);
}

static void a_lock_orders_its_critical_sections(void **state) {
    (void)state;
    th_race_detector *detector = th_race_detector_new();
    th_race race;
    uint64_t step = 0;
    for (uint16_t turn = 0; turn < 6; turn++) {
        const uint16_t g = (uint16_t)(1 + turn % 2);
        assert_false(th_race_step(detector, ++step, access_of(g, TH_EVENT_SYNC, LOCK, 0), &race));
        assert_false(th_race_step(detector, ++step, access_of(g, TH_EVENT_READ, CELL, 8), &race));
        assert_false(th_race_step(detector, ++step, access_of(g, TH_EVENT_WRITE, CELL, 8), &race));
        assert_false(th_race_step(detector, ++step, access_of(g, TH_EVENT_SYNC, LOCK, 0), &race));
    }
    th_race_detector_free(detector);
}

static void atomics_race_with_plain_accesses_only(void **state) {
    (void)state;
    th_race_detector *detector = th_race_detector_new();
    th_race race;
    assert_false(th_race_step(detector, 1, access_of(1, TH_EVENT_ATOMIC_RMW, CELL, 4), &race));
    assert_false(th_race_step(detector, 2, access_of(2, TH_EVENT_ATOMIC_RMW, CELL, 4), &race));
    assert_false(th_race_step(detector, 3, access_of(2, TH_EVENT_READ, CELL, 4), &race));
    assert_true(th_race_step(detector, 4, access_of(3, TH_EVENT_READ, CELL, 4), &race));
    th_race_detector_free(detector);
}

static void accesses_of_other_widths_race_where_they_overlap(void **state) {
    (void)state;
    th_race_detector *detector = th_race_detector_new();
    th_race race;
    assert_false(th_race_step(detector, 1, access_of(1, TH_EVENT_WRITE, CELL + 1, 1), &race));
    assert_false(th_race_step(detector, 2, access_of(2, TH_EVENT_WRITE, CELL + 2, 1), &race));
    assert_true(th_race_step(detector, 3, access_of(3, TH_EVENT_READ, CELL, 8), &race));
    assert_int_equal(race.earlier_step, 2);
    th_race_detector_free(detector);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unordered_writes_race),
        cmocka_unit_test(two_reads_do_not_race),
        cmocka_unit_test(a_go_statement_orders_what_came_before_it),
        cmocka_unit_test(a_lock_orders_its_critical_sections),
        cmocka_unit_test(atomics_race_with_plain_accesses_only),
        cmocka_unit_test(accesses_of_other_widths_race_where_they_overlap),
    };
    return cmocka_run_group_tests_name("race", tests, NULL, NULL);
}

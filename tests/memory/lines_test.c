// Cache lines: who owns them, and what writes cost.
#include "sim/memory/lines.h"
#include "sim/memory/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka.h needs the four above
#include <cmocka.h>

static th_event event_of(th_event_kind kind, uint64_t offset, uint32_t size, uint16_t g) {
    return (th_event){
        .offset = offset & 0xfffffffffff, .kind = kind & 0xff, .size = size & 15, .g = g};
}

// Two cores, ten writes each, in turns, `distance` bytes apart.
static uint64_t ticks_of_turns(uint64_t distance) {
    th_lines lines = {0};
    for (int turn = 0; turn < 10; turn++) {
        th_lines_take(&lines, event_of(TH_EVENT_WRITE, 4096, 8, 1));
        th_lines_take(&lines, event_of(TH_EVENT_WRITE, 4096 + distance, 8, 2));
    }
    const uint64_t ticks = lines.ticks;
    th_lines_free(&lines);
    return ticks;
}

static void one_line_costs_eight_times_what_two_do(void **state) {
    (void)state;
    assert_int_equal(ticks_of_turns(8), 20 * TH_LINE_FETCH_TICKS);
    assert_int_equal(ticks_of_turns(8), 800);
    assert_int_equal(ticks_of_turns(64), 2 * (TH_LINE_FETCH_TICKS + 9 * TH_LINE_OWN_TICKS));
    assert_int_equal(ticks_of_turns(64), 98);
}

static void only_what_reaches_memory_moves_a_line(void **state) {
    (void)state;
    th_lines lines = {0};
    th_lines_take(&lines, event_of(TH_EVENT_READ, 4096, 8, 1));
    th_lines_take(&lines, event_of(TH_EVENT_ATOMIC_CAS_FAILED, 4096, 8, 1));
    th_lines_take(&lines, event_of(TH_EVENT_SYNC, 4096, 0, 1));
    assert_null(th_lines_of(&lines, TH_MEMORY_BASE + 4096));
    th_lines_take(&lines, event_of(TH_EVENT_ATOMIC_RMW, 4100, 4, 3));
    assert_int_equal(th_lines_of(&lines, TH_MEMORY_BASE + 4159)->owner, 3);
    assert_null(th_lines_of(&lines, TH_MEMORY_BASE + 4160));
    th_lines_free(&lines);
}

static void an_access_over_a_boundary_touches_both_lines(void **state) {
    (void)state;
    th_lines lines = {0};
    th_lines_take(&lines, event_of(TH_EVENT_WRITE, 4096 + 60, 8, 1));
    assert_int_equal(lines.count, 2);
    assert_int_equal(lines.ticks, 2 * TH_LINE_FETCH_TICKS);
    th_event clear = event_of(TH_EVENT_CLEAR, 4096, 0, 2);
    clear.value = 256;
    th_lines_take(&lines, clear);
    assert_int_equal(lines.count, 4);
    assert_int_equal(lines.fetch_count, 6);
    for (uint64_t at = 0; at < 256; at += 64) {
        assert_int_equal(th_lines_of(&lines, TH_MEMORY_BASE + 4096 + at)->owner, 2);
    }
    th_lines_free(&lines);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line_costs_eight_times_what_two_do),
        cmocka_unit_test(only_what_reaches_memory_moves_a_line),
        cmocka_unit_test(an_access_over_a_boundary_touches_both_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

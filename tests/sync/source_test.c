// Every step of sync/ stands on a line of pseudo-source, and the line says which way it went.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/sync/routine.h"
#include "sim/sync/site.h"
#include "sim/sync/source.h"

enum { COLUMNS_MAX = 40 };  // what a card shows of a line

static void no_step_is_without_a_line(void **state) {
    (void)state;
    for (uint32_t pc = TH_STEP_NONE + 1; pc < TH_STEP_COUNT; pc++) {
        uint32_t found = 0;
        for (uint32_t op = TH_SYNC_OP_NONE + 1; op < TH_SYNC_OP_COUNT; op++) {
            const th_sync_frame frame = {.op = (uint8_t)op, .pc = (uint16_t)pc};
            const uint16_t site = th_sync_site(&frame);
            th_site where;
            if (site == 0) continue;
            assert_true(th_sync_source(site, &where));
            assert_true(where.line < where.routine->line_count);
            found++;
        }
        assert_true(found > 0);
    }
}

static void other_numbers_are_no_sites(void **state) {
    (void)state;
    th_site where;
    assert_false(th_sync_source(0, &where));
    assert_false(th_sync_source(TH_SITE_SYNC_FIRST - 1, &where));
    assert_false(th_sync_source(UINT16_MAX, &where));
}

static const char *line_of(uint16_t site) {
    th_site where;
    assert_true(th_sync_source(site, &where));
    return where.routine->lines[where.line].text;
}

static void a_line_says_which_way_a_step_went(void **state) {
    (void)state;
    const uint16_t put = th_sync_site_after(TH_STEP_CHAN_SEND, TH_SYNC_DID_PUT);
    assert_string_equal(line_of(put), "if room: c.buf[c.sendx] = v; return");
    const uint16_t failed = th_sync_site_after(TH_STEP_CHAN_SEND, TH_SYNC_DID_FAILED);
    assert_string_equal(line_of(failed), "if c.closed: panic");
    assert_int_equal(th_sync_site_after(TH_STEP_MU_LOCK, TH_SYNC_DID_NONE), 0);
}

static void a_request_has_the_lines_of_its_own_routine(void **state) {
    (void)state;
    const th_sync_frame load = {.op = TH_SYNC_MAP_LOAD, .pc = TH_STEP_MAP_READ};
    const th_sync_frame removes = {.op = TH_SYNC_MAP_DELETE, .pc = TH_STEP_MAP_READ};
    th_site where;
    assert_true(th_sync_source(th_sync_site(&load), &where));
    assert_string_equal(where.routine->name, "(*Map).Load");
    assert_true(th_sync_source(th_sync_site(&removes), &where));
    assert_string_equal(where.routine->name, "(*Map).LoadAndDelete");
    char name[64];
    th_source_full_name(where.routine->file, where.routine->name, name, sizeof(name));
    assert_string_equal(name, "sync.(*Map).LoadAndDelete");
}

static void lines_fit_in_a_card(void **state) {
    (void)state;
    th_site where;
    for (uint16_t site = TH_SITE_SYNC_FIRST; th_sync_source(site, &where); site++) {
        for (uint16_t i = 0; i < where.routine->line_count; i++) {
            const th_source_line *line = &where.routine->lines[i];
            assert_true(strlen(line->text) + 2U * line->indent <= COLUMNS_MAX);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_step_is_without_a_line),
        cmocka_unit_test(other_numbers_are_no_sites),
        cmocka_unit_test(a_line_says_which_way_a_step_went),
        cmocka_unit_test(a_request_has_the_lines_of_its_own_routine),
        cmocka_unit_test(lines_fit_in_a_card),
    };
    return cmocka_run_group_tests_name("sync source", tests, NULL, NULL);
}

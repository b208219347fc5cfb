// A scenario that is loaded again: other futures, their names and typed lines go on where they fit.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gui/app/console.h"
#include "gui/app/model_renew.h"
#include "tests/support/play.h"

static void finish_playing(th_model *model) {
    model->auto_pause = false;
    for (int i = 0; i < 10000 && model->playing; i++) th_model_advance(model, 200);
}

static void what_was_made_by_hand_goes_on(void **state) {
    (void)state;
    th_model old, fresh;
    th_play_text(&old, th_play_two_writers, th_play_two_writers_schedule);
    th_model_command(&old, TH_ACTION_SEEK, 3);
    th_model_command(&old, TH_ACTION_BRANCH, 0);
    assert_true(th_console_enter(&old, "name left early"));
    th_model_command(&old, TH_ACTION_UNDO, 0);
    assert_true(th_console_enter(&old, "m[42] = 1"));
    finish_playing(&old);
    const uint64_t step = old.step, length = th_model_length(&old);
    th_play_text(&fresh, th_play_two_writers, th_play_two_writers_schedule);
    th_console_carry_over(&fresh, &old);
    assert_null(old.console);
    assert_true(th_model_keep_branches(&fresh, &old));
    assert_int_equal(fresh.step, step);
    assert_int_equal(th_model_length(&fresh), length);
    assert_int_equal(th_timeline_branch_count(fresh.timeline), 3);
    bool named = false;
    for (th_branch_id i = 0; i < 3; i++) {
        named |= strcmp(th_branches_of(&fresh.branches, i).name, "left early") == 0;
    }
    assert_true(named);
    th_model_close(&old);
    assert_true(th_console_enter(&fresh, "seek 1"));
    assert_true(th_console_enter(&fresh, "delete(m, 42)"));
    th_model_close(&fresh);
}

static void what_no_longer_fits_leaves_nothing_behind(void **state) {
    (void)state;
    static const char OTHER[] = "scenario { id = \"o\", truth = \"real\" }\n"
                                "local v = var(\"int\", 0)\n"
                                "go(\"x\", function() v.value = 1 end)\n";
    th_model old, fresh;
    th_play_text(&old, th_play_two_writers, th_play_two_writers_schedule);
    th_model_command(&old, TH_ACTION_SEEK, 3);
    assert_true(th_console_enter(&old, "m[42] = 1"));
    finish_playing(&old);
    th_play_text(&fresh, OTHER, NULL);
    th_console_carry_over(&fresh, &old);
    assert_false(th_model_keep_branches(&fresh, &old));
    assert_int_equal(th_timeline_branch_count(fresh.timeline), 1);
    assert_int_equal(fresh.branch, 0);
    th_console_toggle(&fresh);
    th_model_close(&old);
    th_model_close(&fresh);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_made_by_hand_goes_on),
        cmocka_unit_test(what_no_longer_fits_leaves_nothing_behind),
    };
    return cmocka_run_group_tests_name("renew", tests, NULL, NULL);
}

// What the mouse rests on is told by the type of what lies there, touched or not.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/play.h"

static const char LESSON[] = "scenario { id = 'h', chapter = '2', truth = 'real', title = 'h' }\n"
                             "local m = map.make('string', 'int')\n"
                             "m:hash('Li', 0x7700000000000000)\n"
                             "m['Li'] = -5\n"
                             "go('w', function() m['Wu'] = 1 end)\n";

static th_model model;

static const char *told(const char *name) {
    const th_world *world = th_timeline_seek(model.timeline, model.branch, model.step);
    uint64_t address;
    assert_true(th_scenario_find(model.scenario, world, name, &address));
    th_model_command(&model, TH_ACTION_HOVER, address);
    const th_scene_hover *hover = &th_model_scene(&model)->hover;
    assert_true(hover->present);
    assert_string_equal(hover->name, name);
    return hover->value;
}

static void a_cell_that_nobody_touched_is_no_wider_than_it_is(void **state) {
    (void)state;
    th_play_text(&model, LESSON, NULL);
    assert_string_equal(told("b0.tophash[0]"), "77");
    assert_string_equal(told("b0.tophash[3]"), "0");
    assert_string_equal(told("b0.key[0]"), "\"Li\"");
    assert_string_equal(told("b0.value[0]"), "-5");
    assert_string_equal(told("h.count"), "1");
    assert_string_equal(told("h.flags"), "0000");
    assert_string_equal(told("h.B"), "0");
    assert_string_equal(told("h.noverflow"), "0");
    assert_string_equal(told("h.oldbuckets"), "nil");
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_that_nobody_touched_is_no_wider_than_it_is),
    };
    return cmocka_run_group_tests_name("hover", tests, NULL, NULL);
}

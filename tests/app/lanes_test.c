// The timeline in the window: zoom, other futures, what a step did, filters, a watched address.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gui/app/console.h"
#include "tests/support/play.h"

static const char LONG_RUN[] = "scenario { id = \"l\", truth = \"real\" }\n"
                               "local m, mu = map.make(\"int\", \"int\"), mutex()\n"
                               "for g = 1, 2 do go(\"w\" .. g, function()\n"
                               "  for i = 1, 400 do mu:lock() m[i % 5] = i mu:unlock() end\n"
                               "end) end\n";

static uint64_t shown_steps(th_model *model) {
    const th_scene_lanes *lanes = &th_model_scene(model)->lanes;
    return lanes->last - lanes->first + 1;
}

static void it_zooms_from_one_step_to_all(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, LONG_RUN, NULL);
    const uint64_t length = th_model_length(&model);
    assert_true(length > 5000);
    th_model_command(&model, TH_ACTION_SEEK, length / 2);
    for (int i = 0; i < 40; i++) th_model_command(&model, TH_ACTION_ZOOM_IN, 0);
    assert_int_equal(shown_steps(&model), 1);
    assert_int_equal(th_model_scene(&model)->lanes.first, length / 2);
    uint64_t before = 1;
    for (int i = 0; i < 60; i++) {
        th_model_command(&model, TH_ACTION_ZOOM_OUT, 0);
        assert_true(model.changed);
        const th_scene_lanes *lanes = &th_model_scene(&model)->lanes;
        assert_true(shown_steps(&model) >= before);
        assert_true(lanes->first <= model.step && model.step <= lanes->last);
        assert_true((lanes->tick_count > 0) != (lanes->column_count > 0));
        before = shown_steps(&model);
    }
    assert_int_equal(before, length);
    // Columns cover the run without a gap.
    const th_scene_lanes *lanes = &th_model_scene(&model)->lanes;
    assert_int_equal(lanes->columns[0].first, 1);
    for (int i = 1; i < lanes->column_count; i++) {
        assert_true(lanes->columns[i].first > lanes->columns[i - 1].first);
        assert_true(lanes->columns[i].moved != 0);
    }
    th_model_close(&model);
}

static void a_filter_is_seen_in_a_long_window(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, LONG_RUN, NULL);
    for (int i = 0; i < 60; i++) th_model_command(&model, TH_ACTION_ZOOM_OUT, 0);
    const uint64_t start = th_event_address(th_timeline_event(model.timeline, 0, 1));
    th_model_command(&model, TH_ACTION_FILTER, start);
    int matches = 0;
    const th_scene_lanes *lanes = &th_model_scene(&model)->lanes;
    for (int i = 0; i < lanes->column_count; i++) matches += lanes->columns[i].match;
    assert_true(matches > 0);
    th_model_command(&model, TH_ACTION_FILTER, start);
    lanes = &th_model_scene(&model)->lanes;
    for (int i = 0; i < lanes->column_count; i++) assert_false(lanes->columns[i].match);
    th_model_close(&model);
}

static void other_futures_are_lanes_that_can_be_shown_and_named(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    th_model_command(&model, TH_ACTION_SEEK, 3);
    th_model_command(&model, TH_ACTION_BRANCH, 0);
    const th_branch_id first = model.branch;
    th_model_command(&model, TH_ACTION_UNDO, 0);
    assert_int_equal(model.branch, 0);
    assert_int_equal(model.step, 3);
    th_model_command(&model, TH_ACTION_SEEK, 5);
    th_model_command(&model, TH_ACTION_BRANCH, 0);
    const th_branch_id second = model.branch;
    assert_int_not_equal(first, second);
    assert_true(th_console_enter(&model, "name late"));
    const th_scene_lanes *lanes = &th_model_scene(&model)->lanes;
    assert_int_equal(lanes->branch_count, 2);
    assert_int_equal(lanes->branches[0].id, 0);  // Tab goes there
    assert_int_equal(lanes->branches[1].id, first);
    assert_int_equal(lanes->branches[1].fork, 3);
    th_model_command(&model, TH_ACTION_BRANCH_SHOW, first);
    assert_int_equal(model.branch, first);
    lanes = &th_model_scene(&model)->lanes;
    assert_int_equal(lanes->branches[0].id, second);
    assert_string_equal(lanes->branches[0].name, "late");
    th_model_command(&model, TH_ACTION_BRANCH_SHOW, 1000);  // there is none
    assert_int_equal(model.branch, first);
    th_model_close(&model);
}

static void resting_on_a_step_tells_what_it_did(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    th_model_command(&model, TH_ACTION_SEEK, 2);
    th_model_command(&model, TH_ACTION_GLANCE, th_glance(0, 5));
    const th_scene *scene = th_model_scene(&model);
    assert_true(scene->glance.present);
    assert_int_equal(scene->step, 2);
    const th_scene_log_row row = scene->glance.row;
    th_model_command(&model, TH_ACTION_SEEK, 5);
    scene = th_model_scene(&model);
    const th_scene_log_row *there = &scene->log[scene->log_count - 1];
    assert_int_equal(row.step, there->step);
    assert_int_equal(row.g, there->g);
    assert_string_equal(row.name, there->name);
    assert_string_equal(row.value, there->value);
    th_model_command(&model, TH_ACTION_GLANCE, th_glance(7, 5));  // no such branch
    assert_false(th_model_scene(&model)->glance.present);
    th_model_command(&model, TH_ACTION_GLANCE, 0);
    assert_false(th_model_scene(&model)->glance.present);
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_zooms_from_one_step_to_all),
        cmocka_unit_test(a_filter_is_seen_in_a_long_window),
        cmocka_unit_test(other_futures_are_lanes_that_can_be_shown_and_named),
        cmocka_unit_test(resting_on_a_step_tells_what_it_did),
    };
    return cmocka_run_group_tests_name("lanes", tests, NULL, NULL);
}

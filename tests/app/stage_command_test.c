// gui/app: the stage is taken over by hand, and let go again.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/play.h"

static const char LARGE[] =
    "scenario { id = 't', truth = 'real', title = { en = 't', zh = 't' } }\n"
    "local m = map.make('int', 'int', 6000)\n"
    "for k = 1, 1000 do m[k] = k end\n"
    "main(function() for k = 1, 9 do m[5000 + k] = k end end)\n";

static uint8_t detail_of(th_model *model) { return th_model_scene(model)->map.crowd.detail; }

static void detail_goes_in_and_out_again(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, LARGE, NULL);
    th_model_command(&model, TH_ACTION_SEEK, 200);
    assert_int_equal(detail_of(&model), TH_DETAIL_FIELD);
    int steps = 0;
    uint64_t count = th_model_scene(&model)->map.crowd.count;
    while (detail_of(&model) == TH_DETAIL_FIELD && steps++ < 30) {
        assert_true(th_model_scene(&model)->map.crowd.count <= count);
        count = th_model_scene(&model)->map.crowd.count;
        th_model_command(&model, TH_ACTION_NEARER, 0);
    }
    assert_int_equal(detail_of(&model), TH_DETAIL_BUCKETS);
    assert_true(th_model_scene(&model)->map.bucket_count >= 8);
    th_model_command(&model, TH_ACTION_NEARER, 0);
    assert_int_equal(detail_of(&model), TH_DETAIL_CELLS);
    for (int i = 0; i < steps + 3; i++) {
        th_model_command(&model, TH_ACTION_FARTHER, 0);
        th_model_scene(&model);
    }
    assert_int_equal(detail_of(&model), TH_DETAIL_FIELD);
    const th_scene_crowd *crowd = &th_model_scene(&model)->map.crowd;
    assert_int_equal(crowd->count, crowd->base);
    th_model_close(&model);
}

static void the_stage_stays_where_it_was_dragged(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, LARGE, NULL);
    th_model_scene(&model);
    th_model_command(&model, TH_ACTION_NEARER, 0);
    th_model_scene(&model);
    th_model_command(&model, TH_ACTION_PAN, UINT64_MAX);
    const th_scene_crowd *crowd = &th_model_scene(&model)->map.crowd;
    assert_true(crowd->held);
    assert_int_equal(crowd->first + crowd->count, crowd->base);
    th_model_command(&model, TH_ACTION_FOLLOW, 0);
    assert_false(th_model_scene(&model)->map.crowd.held);
    th_model_command(&model, TH_ACTION_FIT, 0);
    crowd = &th_model_scene(&model)->map.crowd;
    assert_int_equal(crowd->count, crowd->base);
    th_model_close(&model);
}

static void a_store_buffer_is_drained_by_hand(void **state) {
    (void)state;
    th_model model;
    th_play_text(
        &model,
        "scenario { id = 't', truth = 'real', title = { en = 't', zh = 't' }, memory = 'tso' }\n"
        "local m = map.make('int', 'int')\n"
        "m[5] = 50\n"
        "go('writer', function() m[7] = 70 end)\n"
        "go('reader', function() local _ = m[5] end)\n",
        "writer*20");
    uint64_t step = 0;
    const th_scene *scene = th_model_scene(&model);
    while (scene->buffered_count < 2 && step < th_model_length(&model)) {
        scene = th_model_scene_at(&model, ++step, TH_MOTION_SETTLED);
    }
    assert_int_equal(scene->buffered_count, 2);
    th_model_command(&model, TH_ACTION_SEEK, step);
    th_model_command(&model, TH_ACTION_DRAIN, 1);
    scene = th_model_scene(&model);
    assert_int_equal(scene->step, step + 1);
    assert_int_equal(scene->buffered_count, 1);
    th_model_command(&model, TH_ACTION_DRAIN, 0);
    assert_int_equal(th_model_scene(&model)->buffered_count, 0);
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(detail_goes_in_and_out_again),
        cmocka_unit_test(the_stage_stays_where_it_was_dragged),
        cmocka_unit_test(a_store_buffer_is_drained_by_hand),
    };
    return cmocka_run_group_tests_name("stage_command", tests, NULL, NULL);
}

// gui/app: commands and time change the model, nothing else does.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <SDL_keycode.h>
#include <cmocka.h>

#include "gui/app/frames.h"
#include "gui/app/keys.h"
#include "gui/app/pace.h"
#include "tests/support/play.h"

static void steps_and_jumps_stay_within_the_run(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    th_model_command(&model, TH_ACTION_STEP_BACK, 0);
    assert_int_equal(model.step, 0);
    th_model_command(&model, TH_ACTION_STEP, 0);
    assert_int_equal(model.step, 1);
    th_model_command(&model, TH_ACTION_LAST, 0);
    assert_int_equal(model.step, th_model_length(&model));
    th_model_command(&model, TH_ACTION_STEP, 0);
    assert_int_equal(model.step, th_model_length(&model));
    th_model_command(&model, TH_ACTION_SEEK, UINT64_MAX);
    assert_int_equal(model.step, th_model_length(&model));
    th_model_command(&model, TH_ACTION_FIRST, 0);
    assert_int_equal(model.step, 0);
    th_model_command(&model, TH_ACTION_NEXT_MARK, 0);
    assert_int_equal(model.step, model.index.markers[0].step);
    th_model_close(&model);
}

static void playing_pauses_at_a_first_race_and_at_the_end(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    th_model_command(&model, TH_ACTION_SPEED, 5);
    uint64_t stops[64] = {0};
    int count = 0;
    while (count < 64 && model.step < th_model_length(&model)) {
        th_model_command(&model, TH_ACTION_PLAY, 0);
        for (int i = 0; i < 100000 && model.playing; i++) th_model_advance(&model, 16);
        assert_false(model.playing);
        stops[count++] = model.step;
    }
    assert_true(count > 1);
    for (int i = 0; i + 1 < count; i++) {
        assert_non_null(th_scene_index_race(&model.index, stops[i]));
    }
    assert_int_equal(stops[count - 1], th_model_length(&model));
    th_model_close(&model);
}

static void time_without_motion_changes_nothing(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_growth, NULL);
    th_model_scene(&model);
    assert_false(th_model_advance(&model, 1000));
    assert_false(model.changed);
    th_model_command(&model, TH_ACTION_STEP, 0);
    assert_true(th_model_advance(&model, 10));
    int ms = 10;
    while (th_model_advance(&model, 10) && ms < 10000) ms += 10;
    assert_true(ms < 2000);
    assert_int_equal(model.step, 1);
    th_model_close(&model);
}

static void step_back_plays_the_inverse_in_160_ms(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    const uint64_t step = th_play_find(&model, 0, "h.flags", true);
    th_model_command(&model, TH_ACTION_SEEK, step);
    th_model_command(&model, TH_ACTION_STEP_BACK, 0);
    assert_int_equal(model.step, step - 1);
    const th_scene *scene = th_model_scene(&model);
    assert_int_equal(scene->step, step);  // starts from what was on the screen
    assert_true(scene->map.led[2] > 0.5f);
    assert_true(th_model_advance(&model, 150));
    scene = th_model_scene(&model);
    assert_true(scene->map.led[2] < 0.5f);
    assert_false(th_model_advance(&model, 20));
    assert_int_equal(th_model_scene(&model)->step, step - 1);
    th_model_close(&model);
}

static void another_goroutine_makes_a_branch_and_the_past_stays(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    const uint64_t length = th_model_length(&model);
    th_model_command(&model, TH_ACTION_SEEK, 3);
    th_model_command(&model, TH_ACTION_RUN, 2);  // recorded so: no branch
    assert_int_equal(model.step, 4);
    assert_int_equal(model.branch, 0);
    th_model_command(&model, TH_ACTION_SEEK, 3);
    th_model_command(&model, TH_ACTION_RUN, 1);
    assert_int_equal(model.step, 4);
    assert_int_not_equal(model.branch, 0);
    assert_int_equal(model.other, 0);
    assert_int_equal(th_timeline_event(model.timeline, model.branch, 4).g, 1);
    assert_int_equal(th_timeline_event(model.timeline, model.branch, 3).g,
                     th_timeline_event(model.timeline, 0, 3).g);
    const th_scene *scene = th_model_scene(&model);
    assert_true(scene->lanes.branch_count > 0);
    assert_int_equal(scene->lanes.branches[0].fork, 3);
    th_model_command(&model, TH_ACTION_SWAP, 0);
    assert_int_equal(model.branch, 0);
    assert_int_equal(th_model_length(&model), length);
    th_model_close(&model);
}

static void branching_at_a_fatal_end_goes_where_another_could_go_last(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_two_writers, th_play_two_writers_schedule);
    th_model_command(&model, TH_ACTION_LAST, 0);
    const th_scene_failure failure = th_model_scene(&model)->failure;
    assert_true(failure.branch_step > 0);
    th_model_command(&model, TH_ACTION_BRANCH, 0);
    assert_int_equal(model.step, failure.branch_step);
    assert_int_not_equal(model.branch, 0);
    assert_int_equal(th_timeline_event(model.timeline, model.branch, model.step).g, failure.other);
    th_model_close(&model);
}

static void impossible_requests_change_nothing(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, th_play_growth, NULL);
    th_model_command(&model, TH_ACTION_RUN, 9);
    th_model_command(&model, TH_ACTION_BRANCH, 0);
    th_model_command(&model, TH_ACTION_SWAP, 0);
    assert_int_equal(model.step, 0);
    assert_int_equal(th_timeline_branch_count(model.timeline), 1);
    for (int i = 0; i < 20; i++) th_model_command(&model, TH_ACTION_FASTER, 0);
    assert_int_equal(model.speed_index, TH_THEME_SPEED_COUNT - 1);
    for (int i = 0; i < 20; i++) th_model_command(&model, TH_ACTION_SLOWER, 0);
    assert_int_equal(model.speed_index, 0);
    th_model_close(&model);
}

static void bad_schedules_and_scenarios_are_refused_in_one_line(void **state) {
    (void)state;
    th_model model;
    char error[TH_MODEL_ERROR_MAX];
    th_model_desc desc = {.scenario = {.path = "test.lua",
                                       .source = th_play_growth,
                                       .source_length = strlen(th_play_growth)},
                          .schedule = "nobody*3"};
    assert_false(th_model_open(&model, &desc, error, sizeof(error)));
    assert_non_null(strstr(error, "nobody"));
    assert_null(strchr(error, '\n'));
    desc.schedule = NULL;
    desc.scenario.source = "scenario {";
    desc.scenario.source_length = strlen(desc.scenario.source);
    assert_false(th_model_open(&model, &desc, error, sizeof(error)));
    assert_non_null(strstr(error, "test.lua:"));
    assert_null(strchr(error, '\n'));
}

static void keys_are_those_of_the_design(void **state) {
    (void)state;
    uint64_t argument = 0;
    assert_int_equal(th_key_action(SDLK_SPACE, 0, &argument), TH_ACTION_PLAY);
    assert_int_equal(th_key_action(SDLK_RIGHT, 0, &argument), TH_ACTION_STEP);
    assert_int_equal(th_key_action(SDLK_RIGHT, KMOD_LSHIFT, &argument), TH_ACTION_NEXT_MARK);
    assert_int_equal(th_key_action(SDLK_LEFT, KMOD_RSHIFT, &argument), TH_ACTION_PREVIOUS_MARK);
    assert_int_equal(th_key_action(SDLK_3, 0, &argument), TH_ACTION_RUN);
    assert_int_equal(argument, 3);
    assert_int_equal(th_key_action(SDLK_f, KMOD_LCTRL, &argument), TH_ACTION_NONE);
    assert_int_equal(th_key_action(SDLK_F6, 0, &argument), TH_ACTION_NONE);
}

static th_frames_desc frames_desc(void) {
    return (th_frames_desc){
        .scenario = {.path = "test.lua",
                     .source = th_play_growth,
                     .source_length = strlen(th_play_growth)},
        .width = 320,
        .height = 180,
        .fps = 10,
        .speed = 4,
        .has_steps = true,
        .first_step = 50,
        .last_step = 62,
    };
}

static uint64_t sum_of(const uint32_t *pixels, size_t count) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) sum = sum * 31 + pixels[i];
    return sum;
}

static void a_frame_is_a_function_of_its_index(void **state) {
    (void)state;
    const th_frames_desc desc = frames_desc();
    char error[512];
    th_frame_source source;
    if (!th_frames_open(&desc, &source, error, sizeof(error))) fail_msg("%s", error);
    assert_true(source.frame_count > 4);
    const size_t count = (size_t)source.width * (size_t)source.height;
    uint32_t *own = calloc(count, sizeof(*own)), *other = calloc(count, sizeof(*other));
    void *clone = source.clone(source.context);
    assert_non_null(clone);
    uint64_t sums[64] = {0};
    th_frame_change change;
    const int frames = source.frame_count < 12 ? source.frame_count : 12;
    for (int i = 0; i < frames; i++) {
        assert_true(source.render(source.context, i, own, &change));
        sums[i] = sum_of(own, count);
    }
    for (int i = frames; i-- > 0;) {
        assert_true(source.render(clone, i, other, &change));
        assert_true(sums[i] == sum_of(other, count));
    }
    source.release(clone);
    th_frames_close(&source);
    free(own);
    free(other);
}

static void frames_of_steps_past_the_end_are_refused(void **state) {
    (void)state;
    th_frames_desc desc = frames_desc();
    desc.first_step = 1000000;
    desc.last_step = 1000001;
    char error[512];
    th_frame_source source;
    assert_false(th_frames_open(&desc, &source, error, sizeof(error)));
    assert_non_null(strstr(error, "no step 1000000"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_and_jumps_stay_within_the_run),
        cmocka_unit_test(playing_pauses_at_a_first_race_and_at_the_end),
        cmocka_unit_test(time_without_motion_changes_nothing),
        cmocka_unit_test(step_back_plays_the_inverse_in_160_ms),
        cmocka_unit_test(another_goroutine_makes_a_branch_and_the_past_stays),
        cmocka_unit_test(branching_at_a_fatal_end_goes_where_another_could_go_last),
        cmocka_unit_test(impossible_requests_change_nothing),
        cmocka_unit_test(bad_schedules_and_scenarios_are_refused_in_one_line),
        cmocka_unit_test(keys_are_those_of_the_design),
        cmocka_unit_test(a_frame_is_a_function_of_its_index),
        cmocka_unit_test(frames_of_steps_past_the_end_are_refused),
    };
    return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}

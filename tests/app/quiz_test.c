// Questions in the window's model: playing waits, answers are judged by the run, wrong ones are
// played.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gui/app/quiz.h"
#include "tests/support/play.h"

static const char LESSON[] =
    "scenario { id = 'q', chapter = '1', truth = 'real' }\n"
    "local m = map.make('int', 'int', 9)\n"
    "m:hash(7, 0x4100000000000001)\n"
    "ask { en = 'Who ends it?', zh = '谁让它终止？', options = { 'A', 'B', 'nobody' },\n"
    "  answer = function(run) return run.crashed end, why = { en = 'B looks.', zh = 'B 看。' } }\n"
    "go('A', function() m[7] = 70 end)\n"
    "go('B', function() m[7] = 71 end)\n"
    "when('A: read h.hash0', function() ask { en = 'Which bucket?', zh = '哪个桶？',\n"
    "  options = { 0, 1 }, answer = function() return m:bucket(7) end, at = 'A: read h.B' } end)\n"
    "schedule 'A*8 B'\n";

static void play_until_it_pauses(th_model *model) {
    th_model_command(model, TH_ACTION_PLAY, 0);
    for (int i = 0; i < 100000 && model->playing; i++) th_model_advance(model, 16);
}

static void playing_pauses_at_a_question_until_it_is_answered(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, LESSON, NULL);
    assert_true(th_quiz_waits(&model));
    play_until_it_pauses(&model);
    assert_int_equal(model.step, 2);
    assert_true(th_quiz_waits(&model));
    th_model_command(&model, TH_ACTION_ANSWER, 1);
    assert_false(th_quiz_waits(&model));
    th_model_command(&model, TH_ACTION_SEEK, 1);
    model.auto_pause = false;
    play_until_it_pauses(&model);
    assert_int_equal(model.step, th_model_length(&model));
    th_model_close(&model);
}

static void the_run_says_which_is_right_and_where(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, LESSON, NULL);
    th_model_command(&model, TH_ACTION_ANSWER, 1);
    th_desk_question question = th_model_desk(&model)->question;
    assert_int_equal(question.given, 1);
    assert_int_equal(question.right, 1);
    assert_int_equal(question.told_step, th_model_length(&model));
    th_model_command(&model, TH_ACTION_ANSWER, 0);  // it is given once
    assert_int_equal(th_model_desk(&model)->question.given, 1);
    th_model_command(&model, TH_ACTION_SEEK, 2);
    th_model_command(&model, TH_ACTION_ANSWER, 0);
    question = th_model_desk(&model)->question;
    assert_int_equal(question.right, 1);
    assert_int_equal(question.playable, 0);
    assert_int_equal(question.told_step, 6);
    th_model_command(&model, TH_ACTION_STEP, 0);
    assert_null(th_model_desk(&model)->question.note);
    th_model_close(&model);
}

static void a_wrong_one_that_names_a_goroutine_can_be_played(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, LESSON, NULL);
    th_model_command(&model, TH_ACTION_ANSWER, 0);
    assert_int_equal(th_model_desk(&model)->question.playable, 1);
    th_model_command(&model, TH_ACTION_PLAY_ANSWER, 0);
    assert_int_not_equal(model.branch, 0);
    assert_int_equal(model.other, 0);
    assert_true(model.playing);
    for (uint64_t step = 1; step < 18; step++) {
        assert_int_equal(th_timeline_event(model.timeline, model.branch, step).g, 1);
    }
    // There another answer is right, so the question is open again.
    assert_true(th_quiz_waits(&model));
    th_model_close(&model);
}

static void options_that_do_not_exist_are_no_answers(void **state) {
    (void)state;
    th_model model;
    th_play_text(&model, LESSON, NULL);
    th_model_command(&model, TH_ACTION_ANSWER, 3);
    th_model_command(&model, TH_ACTION_ANSWER, UINT64_MAX);
    assert_true(th_quiz_waits(&model));
    th_model_command(&model, TH_ACTION_SEEK, 1);
    th_model_command(&model, TH_ACTION_ANSWER, 0);
    assert_int_equal(model.answer_count, 0);
    th_model_close(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(playing_pauses_at_a_question_until_it_is_answered),
        cmocka_unit_test(the_run_says_which_is_right_and_where),
        cmocka_unit_test(a_wrong_one_that_names_a_goroutine_can_be_played),
        cmocka_unit_test(options_that_do_not_exist_are_no_answers),
    };
    return cmocka_run_group_tests_name("quiz", tests, NULL, NULL);
}

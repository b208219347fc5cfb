#include "gui/app/quiz.h"

#include "gui/app/branching.h"

#include <stdio.h>
#include <string.h>

// The question asked last at that step.
static const th_note *question_at(const th_model *model, uint64_t step) {
    const th_note *found = step == 0 ? th_scenario_first_question(model->scenario) : NULL;
    for (uint32_t i = 0; i < model->index.note_count; i++) {
        if (model->index.notes[i].step != step) continue;
        const th_note *note = th_scenario_note(model->scenario, model->index.notes[i].note);
        if (note != NULL && note->kind == TH_NOTE_ASK) found = note;
    }
    return found;
}

static const th_quiz_answer *answer_to(const th_model *model, const th_note *question) {
    for (int i = 0; i < model->answer_count; i++) {
        const th_quiz_answer *answer = &model->answers[i];
        if (answer->question == question && answer->branch == model->branch) return answer;
    }
    return NULL;
}

th_desk_question th_quiz_at(const th_model *model, uint64_t step) {
    th_desk_question out = {.note = question_at(model, step), .given = -1, .right = -1};
    const th_quiz_answer *answer = out.note != NULL ? answer_to(model, out.note) : NULL;
    if (answer == NULL) return out;
    out.given = answer->given;
    out.right = answer->right;
    out.told_step = answer->told_step;
    out.playable = answer->g;
    out.error = answer->error;
    return out;
}

bool th_quiz_waits(const th_model *model) {
    const th_desk_question question = th_quiz_at(model, model->step);
    return question.note != NULL && question.given < 0;
}

// The goroutine that the option names, where it could take the next step; 0: none.
static uint16_t named_goroutine(th_model *model, const th_note *question, uint8_t option) {
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    for (uint32_t g = 1; g < world->goroutine_count; g++) {
        const char *name = th_world_goroutine_name(world, (uint16_t)g);
        if (name[0] == '\0' || strcmp(name, question->values[option]) != 0) continue;
        const th_choice next = {.g = (uint16_t)g, .kind = TH_CHOICE_RUN, .value = -1};
        return th_world_enabled(world, next) ? (uint16_t)g : 0;
    }
    return 0;
}

static void give(th_model *model, uint64_t option) {
    const th_note *question = question_at(model, model->step);
    if (question == NULL || option >= question->option_count) return;
    if (answer_to(model, question) != NULL || model->answer_count == TH_QUIZ_ANSWER_MAX) return;
    th_quiz_answer *answer = &model->answers[model->answer_count++];
    *answer = (th_quiz_answer){
        .question = question, .branch = model->branch, .given = (int)option, .right = -1};
    uint8_t right;
    if (!th_scenario_answer(model->scenario, question, model->timeline, model->branch, model->step,
                            &right, &answer->told_step, answer->error, sizeof(answer->error))) {
        return;
    }
    answer->right = right;
    if (right != option) answer->g = named_goroutine(model, question, (uint8_t)option);
}

// That goroutine goes on from here as long as it can.
static void play_wrong(th_model *model, uint16_t g) {
    char text[16], error[TH_MODEL_ERROR_MAX];
    uint64_t until;
    snprintf(text, sizeof(text), "#%u*", (unsigned)g);
    if (!th_branching_schedule(model, text, &until, error, sizeof(error))) return;
    th_model_command(model, TH_ACTION_PLAY, 0);
}

bool th_quiz_command(th_model *model, th_action action, uint64_t argument) {
    switch (action) {
    case TH_ACTION_ANSWER: give(model, argument); return true;
    case TH_ACTION_CONFIRM:
    case TH_ACTION_PLAY_ANSWER: {
        const th_desk_question question = th_quiz_at(model, model->step);
        if (question.playable == 0) return true;
        play_wrong(model, question.playable);
        return true;
    }
    default: return false;
    }
}

// Questions of the scenario: which one waits, what was answered, and what the run says.
#ifndef TH_GUI_APP_QUIZ_H
#define TH_GUI_APP_QUIZ_H

#include "gui/app/model.h"

// The question that is asked at that step of the run that is shown, as the desk shows it; note
// NULL: none.
th_desk_question th_quiz_at(const th_model *model, uint64_t step);
// Whether the question at the playhead waits for an answer: then digits are answers.
bool th_quiz_waits(const th_model *model);

// True: the request was about a question, and is done.
bool th_quiz_command(th_model *model, th_action action, uint64_t argument);

#endif

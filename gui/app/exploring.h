// What a person does with the explorer: the screen of all orders, the comparison of two runs, the
// list of branches, fixes, and challenges. The part of the model that begins with the key E.
#ifndef TH_GUI_APP_EXPLORING_H
#define TH_GUI_APP_EXPLORING_H

#include "gui/app/explorer.h"
#include "gui/app/model.h"

typedef struct th_exploring th_exploring;

void th_exploring_free(th_exploring *exploring);

// True: the action was for exploring, or what it is for is shown now.
bool th_exploring_command(th_model *model, th_action action, uint64_t argument);
// Takes in what searches have found. True while one is under way.
bool th_exploring_advance(th_model *model);

// Typed text, while a branch is given its name. False: nobody is typing.
bool th_exploring_type(th_model *model, const char *text);
bool th_exploring_type_back(th_model *model);
bool th_exploring_is_typing(const th_model *model);

// Whether the scenario is a challenge to be solved step by step.
bool th_exploring_is_challenge(const th_model *model);
// Of a challenge that has been solved since the model was opened: steps and switches used. False:
// it has not.
bool th_exploring_solved(const th_model *model, uint32_t *steps, uint32_t *switches);
// What was kept from before; zero: nothing.
void th_exploring_set_best(th_model *model, uint32_t steps, uint32_t switches);

// The explorer, started when it was not yet; for tests to wait for.
th_explorer *th_exploring_explorer(th_model *model);

#endif

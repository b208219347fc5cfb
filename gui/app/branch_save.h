// A branch as a scenario of its own: the one place where what was played is written down.
#ifndef TH_GUI_APP_BRANCH_SAVE_H
#define TH_GUI_APP_BRANCH_SAVE_H

#include "gui/app/model.h"

// The text of the scenario, what was typed, and a replay{...} of the branch's first `steps` steps
// with seed, cure and, of a whole run, how it ends: what play, run, check and export take. Free it.
char *th_branch_text(th_model *model, th_branch_id branch, uint64_t steps, size_t *length);

// Writes that text to a file. One that is there is left alone. False: `error` is one line, and
// nothing is left behind.
bool th_branch_save(th_model *model, th_branch_id branch, uint64_t steps, const char *path,
                    char *error, size_t error_size);

// As many steps as are worth keeping: a branch that has its end as a whole, the one that is shown
// else up to the playhead.
uint64_t th_branch_save_length(const th_model *model, th_branch_id branch);

// "ID-NAME", of the scenario and the branch, in letters that every system takes in a file's name,
// such that with none of these endings (NULL at the end) there is a file.
void th_branch_save_name(const th_model *model, th_branch_id branch, const char *const *endings,
                         char *out, size_t size);

#endif

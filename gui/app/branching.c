#include "gui/app/branching.h"

#include "gui/app/model_parts.h"

#include <stdio.h>

// Plays the whole schedule on a branch that is not shown yet. False: it does not fit.
static bool play_whole(th_model *model, th_branch_id branch, const th_schedule *schedule,
                       char *error, size_t error_size) {
    th_chooser chooser = {.schedule = schedule, .text_only = true};
    char why[256] = "";
    if (th_timeline_play(model->timeline, branch, &chooser, TH_MODEL_AHEAD_STEPS, why, sizeof(why)))
        return true;
    snprintf(error, error_size, "%s", why[0] != '\0' ? why : th_scenario_error(model->scenario));
    return false;
}

bool th_branching_schedule(th_model *model, const char *text, uint64_t *until, char *error,
                           size_t error_size) {
    th_schedule *schedule = th_schedule_parse(text, error, error_size);
    if (schedule == NULL) return false;
    const th_branch_id branch = th_timeline_fork(model->timeline, model->branch, model->step);
    const bool good = play_whole(model, branch, schedule, error, error_size);
    th_schedule_free(schedule);
    if (!good) return false;
    *until = th_timeline_length(model->timeline, branch);
    model->message[0] = '\0';
    model->other = model->branch;
    model->branch = branch;
    th_model_play_on(model, branch, TH_MODEL_AHEAD_STEPS);
    th_model_update_index(model);
    return true;
}

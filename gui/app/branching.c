#include "gui/app/branching.h"

#include "gui/app/model_parts.h"
#include "sim/base/assert.h"

#include <stdio.h>

// Plays the whole schedule at the end of a branch. False: it does not fit.
static bool play_whole(const th_model *model, th_timeline *timeline, th_branch_id branch,
                       const th_schedule *schedule, char *error, size_t error_size) {
    th_chooser chooser = {.schedule = schedule, .text_only = true};
    char why[256] = "";
    if (th_timeline_play(timeline, branch, &chooser, TH_MODEL_AHEAD_STEPS, why, sizeof(why)))
        return true;
    snprintf(error, error_size, "%s", why[0] != '\0' ? why : th_scenario_error(model->scenario));
    return false;
}

// On a timeline of its own, so that a schedule that does not fit leaves nothing behind.
static bool fits(th_model *model, const th_schedule *schedule, char *error, size_t error_size) {
    const th_world *here = th_timeline_seek(model->timeline, model->branch, model->step);
    if (!th_world_settled(here)) {  // a body asked for what cannot be: the run ends here
        snprintf(error, error_size, "%s", th_scenario_error(model->scenario));
        return false;
    }
    th_timeline *trial = th_timeline_new(here, th_scenario_resolver(model->scenario));
    const bool good = play_whole(model, trial, 0, schedule, error, error_size);
    th_timeline_free(trial);
    return good;
}

bool th_branching_schedule(th_model *model, const char *text, uint64_t *until, char *error,
                           size_t error_size) {
    th_schedule *schedule = th_schedule_parse(text, error, error_size);
    if (schedule == NULL) return false;
    bool good = fits(model, schedule, error, error_size);
    if (good) {
        th_model_remember(model);
        model->other = model->branch;
        model->branch = th_timeline_fork(model->timeline, model->branch, model->step);
        good = play_whole(model, model->timeline, model->branch, schedule, error, error_size);
        TH_ASSERT(good);
    }
    th_schedule_free(schedule);
    if (!good) return false;
    *until = th_model_length(model);
    model->message[0] = '\0';
    th_model_play_on(model, model->branch, TH_MODEL_AHEAD_STEPS);
    th_model_update_index(model);
    return true;
}

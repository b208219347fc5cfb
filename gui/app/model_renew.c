#include "gui/app/model_renew.h"

#include "sim/base/assert.h"

#include <stdlib.h>

enum { BRANCHES_MAX = 64 };  // more than a person makes; what a search found it finds again

static th_choice *choices_of(const th_timeline *timeline, uint32_t *count) {
    *count = (uint32_t)th_timeline_length(timeline, 0);
    th_choice *choices = calloc((size_t)*count + 1, sizeof(*choices));
    TH_ASSERT(choices != NULL);
    for (uint32_t i = 0; i < *count; i++) {
        choices[i] = th_timeline_choice(timeline, 0, i + UINT64_C(1));
    }
    return choices;
}

// On a timeline of its own first, so that what does not fit leaves nothing behind.
static bool play_text(th_model *to, const char *text, th_branch_id *branch) {
    char unused[256];
    th_schedule *schedule = th_schedule_parse(text, unused, sizeof(unused));
    if (schedule == NULL) return false;
    th_timeline *trial =
        th_timeline_new(th_scenario_start(to->scenario), th_scenario_resolver(to->scenario));
    th_chooser chooser = {.schedule = schedule, .text_only = true};
    bool fits = th_timeline_play(trial, 0, &chooser, TH_MODEL_AHEAD_STEPS, unused, sizeof(unused));
    if (fits) {
        uint32_t count;
        th_choice *choices = choices_of(trial, &count);
        fits = th_branches_play(to->timeline, choices, count, branch);
        free(choices);
    }
    th_timeline_free(trial);
    th_schedule_free(schedule);
    return fits;
}

bool th_model_keep_branches(th_model *to, const th_model *from) {
    const uint32_t count = th_timeline_branch_count(from->timeline);
    bool shown = false;
    th_branch_id now = 0;
    for (th_branch_id i = 1; i < count && i <= BRANCHES_MAX; i++) {
        if (th_timeline_length(from->timeline, i) > TH_MODEL_AHEAD_STEPS) continue;
        char *text = th_branches_schedule(from->timeline, i);
        th_branch_id branch;
        if (play_text(to, text, &branch)) {
            th_branches_set(&to->branches, branch, th_branches_of(&from->branches, i));
            if (i == from->branch) {
                shown = true;
                now = branch;
            }
        }
        free(text);
    }
    if (shown) th_model_show(to, now, from->step);
    return shown;
}

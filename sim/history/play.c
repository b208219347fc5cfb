// Playing on: steps are taken at the end of a branch and recorded.
#include "sim/history/history.h"

#include "sim/base/assert.h"

static bool can_go_on(const th_branch *branch) {
    return !th_world_ended(&branch->end) && th_world_settled(&branch->end);
}

// Records what was just done at the end of the branch. False: the resolver refused.
static bool settle_and_record(th_timeline *timeline, th_branch_id id, th_choice choice,
                              const th_events *events) {
    th_branch *branch = th_branch_of(timeline, id);
    const bool settled = th_world_settle(&branch->end, timeline->resolver);
    th_branch_record(branch, choice, events);
    TH_ASSERT(branch->end.step_count == th_branch_length(branch));
    if (settled && th_keyframe_due(branch) == 0) th_keyframe_add(branch, id);
    return settled;
}

bool th_timeline_extend(th_timeline *timeline, th_branch_id id, th_choice choice) {
    th_branch *branch = th_branch_of(timeline, id);
    if (!can_go_on(branch)) return false;
    th_events *events = &timeline->last;
    events->count = 0;
    th_world_step(&branch->end, choice, events);
    const bool settled = settle_and_record(timeline, id, choice, events);
    timeline->last_branch = id;
    timeline->last_step = th_branch_length(branch);
    return settled;
}

bool th_timeline_play(th_timeline *timeline, th_branch_id id, th_chooser *chooser,
                      uint64_t max_steps, char *error, size_t error_size) {
    const th_branch *branch = th_branch_of(timeline, id);
    for (uint64_t played = 0; played < max_steps && can_go_on(branch); played++) {
        th_choice choice;
        const th_chosen chosen = th_chooser_next(chooser, &branch->end, &choice, error, error_size);
        if (chosen == TH_CHOSEN_MISFIT) return false;
        if (chosen == TH_CHOSEN_NONE) return true;
        if (!th_timeline_extend(timeline, id, choice)) return false;
    }
    return true;
}

// Playing on: steps are taken at the end of a branch and recorded.
#include "sim/history/history.h"

#include "sim/base/assert.h"

static bool can_go_on(const th_branch *branch) {
    return !th_world_ended(&branch->end) && th_world_settled(&branch->end);
}

// Records what was just done at the end of the branch. False: the resolver refused.
static bool settle_and_record(th_timeline *timeline, th_branch_id id, th_choice choice,
                              uint64_t taken, th_events *events) {
    th_branch *branch = th_branch_of(timeline, id);
    const bool settled = th_world_settle(&branch->end, timeline->resolver, events);
    th_branch_record(branch, &timeline->pool, choice, taken, events);
    if (settled) th_keyframe_add_due(branch, id);
    return settled;
}

bool th_timeline_extend(th_timeline *timeline, th_branch_id id, th_choice choice) {
    th_branch *branch = th_branch_of(timeline, id);
    if (!can_go_on(branch) && choice.kind != TH_CHOICE_START) return false;
    th_events *events = &timeline->last;
    events->count = 0;
    th_world_step(&branch->end, choice, events);
    const bool settled = settle_and_record(timeline, id, choice, 1, events);
    timeline->last_branch = id;
    timeline->last_step = th_branch_length(branch);
    events->items[0] = *th_branch_event(branch, timeline->last_step);
    return settled;
}

// Takes up to `max` steps by one choice, and at least one. False: the resolver refused.
static bool burst(th_timeline *timeline, th_branch_id id, th_choice choice, uint64_t max,
                  uint64_t *taken) {
    th_branch *branch = th_branch_of(timeline, id);
    if (max > TH_BURST_STEPS) max = TH_BURST_STEPS;
    th_events *events = &timeline->scratch;
    events->count = 0;
    *taken = th_world_burst(&branch->end, choice, max, events);
    TH_ASSERT(*taken > 0);
    return settle_and_record(timeline, id, choice, *taken, events);
}

// Takes the chosen step, and those that the schedule says come after it. False: refused.
static bool play_choice(th_timeline *timeline, th_branch_id id, th_chooser *chooser,
                        th_choice choice, uint64_t max, uint64_t *taken) {
    *taken = 1;
    uint64_t ahead = th_chooser_ahead(chooser);
    if (ahead > max - 1) ahead = max - 1;
    if (ahead == 0) return th_timeline_extend(timeline, id, choice);
    const bool settled = burst(timeline, id, choice, ahead + 1, taken);
    th_chooser_advance(chooser, *taken - 1);
    return settled;
}

bool th_timeline_play(th_timeline *timeline, th_branch_id id, th_chooser *chooser,
                      uint64_t max_steps, char *error, size_t error_size) {
    const th_branch *branch = th_branch_of(timeline, id);
    if (error_size > 0) error[0] = '\0';
    uint64_t left = max_steps;
    while (left > 0 && (can_go_on(branch) || th_chooser_starts(chooser))) {
        th_choice choice;
        const th_chosen chosen = th_chooser_next(chooser, &branch->end, &choice, error, error_size);
        if (chosen == TH_CHOSEN_MISFIT) return false;
        if (chosen == TH_CHOSEN_NONE) return true;
        uint64_t taken = 0;
        if (!play_choice(timeline, id, chooser, choice, left, &taken)) return false;
        left -= taken;
    }
    return true;
}

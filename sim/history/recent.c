// Worlds kept for going back step by step.
//
// A replay that serves a step back leaves a copy half way to its target, at three quarters, and so
// on down to TH_RECENT_STRIDE steps before it. The next steps back start from the last of these,
// and when they have passed it, from the one before, which leaves new ones: so holding the key
// costs about TH_RECENT_STRIDE steps each time, however far apart the keyframes are.
#include "sim/history/history.h"

static th_position *place_for(th_timeline *timeline, uint64_t target) {
    if (timeline->recent_count < TH_RECENT_MAX) {
        return &timeline->recent[timeline->recent_count++];
    }
    // What lies behind the target was passed; the ones before it are still to come.
    for (uint32_t i = 0; i < TH_RECENT_MAX; i++) {
        if (timeline->recent[i].step > target) return &timeline->recent[i];
    }
    th_position *oldest = &timeline->recent[timeline->recent_next];
    timeline->recent_next = (timeline->recent_next + 1) % TH_RECENT_MAX;
    return oldest;
}

void th_recent_keep(th_timeline *timeline, th_branch_id branch, uint64_t step,
                    const th_world *world, uint64_t target) {
    th_position_set(place_for(timeline, target), branch, step, world);
}

const th_position *th_recent_before(const th_timeline *timeline, th_branch_id branch,
                                    uint64_t step) {
    const th_position *best = NULL;
    for (uint32_t i = 0; i < timeline->recent_count; i++) {
        const th_position *position = &timeline->recent[i];
        if (best != NULL && position->step <= best->step) continue;
        if (th_position_leads_to(timeline, position, branch, step)) best = position;
    }
    return best;
}

#include "sim/history/history.h"

#include "sim/base/assert.h"

#include <stdlib.h>

th_timeline *th_timeline_new(const th_world *start, th_resolver resolver) {
    th_timeline *timeline = calloc(1, sizeof(*timeline));
    TH_ASSERT(timeline != NULL);
    th_timeline_restart(timeline, start, resolver);
    return timeline;
}

// Forgets all that was played; keeps memory for what comes.
static void forget(th_timeline *timeline) {
    for (uint32_t i = 0; i < timeline->branch_count; i++) {
        th_branch_free(timeline->branches[i], &timeline->pool);
    }
    timeline->branch_count = 0;
    for (uint32_t i = 0; i < timeline->recent_count; i++) {
        th_world_free(&timeline->recent[i].world);
    }
    timeline->recent_count = timeline->recent_next = 0;
    timeline->asked_step = timeline->last_step = 0;
}

void th_timeline_restart(th_timeline *timeline, const th_world *start, th_resolver resolver) {
    TH_ASSERT(th_world_settled(start));
    forget(timeline);
    timeline->resolver = resolver;
    th_branch_add(timeline, NULL, 0, 0, start);
    th_position_set(&timeline->current, 0, 0, start);
}

void th_timeline_free(th_timeline *timeline) {
    if (timeline == NULL) return;
    forget(timeline);
    free(timeline->branches);
    th_world_free(&timeline->current.world);
    th_chunk_pool_free(&timeline->pool);
    th_events_free(&timeline->scratch);
    th_events_free(&timeline->last);
    free(timeline);
}

uint64_t th_timeline_length(const th_timeline *timeline, th_branch_id branch) {
    return th_branch_length(th_branch_of(timeline, branch));
}

const th_world *th_timeline_end(const th_timeline *timeline, th_branch_id branch) {
    return &th_branch_of(timeline, branch)->end;
}

th_outcome th_timeline_outcome(const th_timeline *timeline, th_branch_id branch) {
    return th_branch_of(timeline, branch)->end.outcome;
}

th_event th_timeline_event(const th_timeline *timeline, th_branch_id branch, uint64_t step) {
    uint64_t last = 0;
    const th_branch_id owner = th_timeline_owner(timeline, branch, step, &last);
    return *th_branch_event(th_branch_of(timeline, owner), step);
}

th_choice th_timeline_choice(const th_timeline *timeline, th_branch_id branch, uint64_t step) {
    uint64_t last = 0;
    const th_branch_id owner = th_timeline_owner(timeline, branch, step, &last);
    return th_branch_choice(th_branch_of(timeline, owner), step);
}

const th_marker *th_timeline_markers(const th_timeline *timeline, th_branch_id branch,
                                     uint32_t *count) {
    const th_branch *at = th_branch_of(timeline, branch);
    *count = at->marker_count;
    return at->markers;
}

static void check_keyframes(const th_branch *branch, const th_keyframes *keyframes) {
    TH_ASSERT(keyframes->count > 0 && keyframes->items[0].step == branch->fork);
    for (uint32_t i = 0; i < keyframes->count; i++) {
        const th_position *keyframe = &keyframes->items[i];
        TH_ASSERT(i == 0 || keyframe->step > keyframes->items[i - 1].step);
        TH_ASSERT(keyframe->world.step_count == keyframe->step);
        TH_ASSERT(i == 0 || th_world_settled(&keyframe->world));
    }
}

void th_timeline_check(const th_timeline *timeline) {
    for (th_branch_id id = 0; id < timeline->branch_count; id++) {
        const th_branch *branch = timeline->branches[id];
        TH_ASSERT(branch->end.step_count == th_branch_length(branch));
        TH_ASSERT(id == 0 || branch->parent < id);
        TH_ASSERT(branch->fork <= th_branch_length(th_branch_of(timeline, branch->parent)));
        check_keyframes(branch, &branch->keyframes);
        check_keyframes(branch, &branch->full);
        for (uint32_t i = 1; i < branch->marker_count; i++) {
            TH_ASSERT(branch->markers[i - 1].step <= branch->markers[i].step);
        }
    }
}

// Branches: futures that share their past.
#include "sim/history/history.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

th_branch *th_branch_of(const th_timeline *timeline, th_branch_id branch) {
    TH_ASSERT(branch < timeline->branch_count);
    return timeline->branches[branch];
}

void th_branch_free(th_branch *branch, th_chunk_pool *pool) {
    th_log_free(&branch->log, pool);
    free(branch->choices);
    free(branch->markers);
    th_branch_free_keyframes(branch);
    th_world_free(&branch->end);
    free(branch);
}

th_branch_id th_timeline_owner(const th_timeline *timeline, th_branch_id branch, uint64_t step,
                               uint64_t *last) {
    const th_branch *at = th_branch_of(timeline, branch);
    *last = th_branch_length(at);
    TH_ASSERT(step <= *last);
    while (branch != 0 && step <= at->fork) {
        *last = at->fork;
        branch = at->parent;
        at = th_branch_of(timeline, branch);
    }
    return branch;
}

static void copy_markers(th_branch *branch, const th_branch *from) {
    for (uint32_t i = 0; i < from->marker_count; i++) {
        if (from->markers[i].step > branch->fork) break;
        branch->markers = th_history_reserve(branch->markers, branch->marker_count,
                                             &branch->marker_capacity, sizeof(*branch->markers));
        branch->markers[branch->marker_count++] = from->markers[i];
    }
}

th_branch_id th_branch_add(th_timeline *timeline, const th_branch *from, th_branch_id parent,
                           uint64_t fork, const th_world *world) {
    th_branch *branch = calloc(1, sizeof(*branch));
    TH_ASSERT(branch != NULL);
    branch->parent = parent;
    branch->fork = fork;
    th_world_copy(&branch->end, world);
    if (from != NULL) copy_markers(branch, from);
    timeline->branches =
        th_history_reserve(timeline->branches, timeline->branch_count, &timeline->branch_capacity,
                           sizeof(*timeline->branches));
    const th_branch_id id = timeline->branch_count++;
    timeline->branches[id] = branch;
    th_keyframe_add_first(branch, parent);
    return id;
}

// The world at a step, with its races. It ends up in `position`.
static const th_world *reach_in_full(th_timeline *timeline, th_branch_id branch, uint64_t step,
                                     th_position *position) {
    const th_branch *at = th_branch_of(timeline, branch);
    if (step == th_branch_length(at)) return &at->end;
    uint64_t last = 0;
    const th_branch_id owner = th_timeline_owner(timeline, branch, step, &last);
    const th_position *near = th_keyframe_before(&th_branch_of(timeline, owner)->full, step);
    th_world_copy(&position->world, &near->world);
    position->branch = near->branch;
    position->step = near->step;
    th_timeline_replay(timeline, branch, position, step);
    return &position->world;
}

th_branch_id th_timeline_fork(th_timeline *timeline, th_branch_id branch, uint64_t step) {
    th_position position = {0};
    const th_world *world = reach_in_full(timeline, branch, step, &position);
    uint64_t last = 0;
    const th_branch_id owner = th_timeline_owner(timeline, branch, step, &last);
    const th_branch_id made =
        th_branch_add(timeline, th_branch_of(timeline, branch), owner, step, world);
    th_world_free(&position.world);
    return made;
}

uint32_t th_timeline_branch_count(const th_timeline *timeline) { return timeline->branch_count; }

th_branch_id th_timeline_parent(const th_timeline *timeline, th_branch_id branch, uint64_t *fork) {
    const th_branch *at = th_branch_of(timeline, branch);
    *fork = at->fork;
    return at->parent;
}

uint64_t th_timeline_common(const th_timeline *timeline, th_branch_id a, th_branch_id b) {
    uint64_t common = UINT64_MAX;
    while (a != b) {  // a branch's number is larger than its parent's
        th_branch_id *younger = a > b ? &a : &b;
        const th_branch *at = th_branch_of(timeline, *younger);
        if (at->fork < common) common = at->fork;
        *younger = at->parent;
    }
    const uint64_t length = th_branch_length(th_branch_of(timeline, a));
    return common < length ? common : length;
}

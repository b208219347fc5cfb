// Inside of the timeline; for sim/history/ alone.
//
// Invariants (th_timeline_check): a branch's log holds one event for each step after its fork; its
// first keyframes stand at the fork, the others in step order, each a settled world whose
// step_count is its step; `end` is the world after the last step.
#ifndef TH_SIM_HISTORY_HISTORY_H
#define TH_SIM_HISTORY_HISTORY_H

#include "sim/history/timeline.h"

enum {
    TH_CHUNK_STEPS = 4096,            // events in a chunk: 64 KiB
    TH_KEYFRAME_STEPS = 4096,         // least distance of keyframes: replaying that many is nothing
    TH_FULL_KEYFRAME_STEPS = 65536,   // a fork may take longer than a seek
    TH_KEYFRAME_BYTES_PER_STEP = 16,  // keyframes must not cost more than the events
    TH_KEYFRAME_SHARE = 16,           // bytes that it takes as long to share as to copy one
    TH_BURST_STEPS = 512,             // their events stay in the first-level cache
    TH_RECENT_MAX = 32,               // worlds kept for going back; see recent.c
    TH_RECENT_STRIDE = 64,
    TH_RECENT_REACH = 4096,  // a jump back by more is no stepping back
};

typedef struct th_log {
    th_event **chunks;
    uint32_t chunk_count;
    uint32_t chunk_capacity;
    uint64_t count;
} th_log;

// Chunks that no log holds: their pages are there, and page faults are what recording costs.
typedef struct th_chunk_pool {
    th_event **items;
    uint32_t count, capacity;
} th_chunk_pool;

// A choice that its event does not tell.
typedef struct th_kept_choice {
    uint64_t step;
    th_choice choice;
} th_kept_choice;

typedef struct th_position {
    th_branch_id branch;  // that owns the step
    uint64_t step;
    th_world world;
} th_position;

typedef struct th_keyframes {
    th_position *items;
    uint32_t count, capacity;
} th_keyframes;

typedef struct th_branch {
    th_branch_id parent;
    uint64_t fork;  // the last step shared with the parent; 0 for the trunk
    th_log log;
    th_kept_choice *choices;
    uint32_t choice_count, choice_capacity;
    th_marker *markers;  // from the start of the run, those of the shared steps copied
    uint32_t marker_count, marker_capacity;
    th_keyframes keyframes;  // without their races
    th_keyframes full;
    th_world end;
} th_branch;

struct th_timeline {
    th_resolver resolver;
    th_branch **branches;
    uint32_t branch_count, branch_capacity;
    th_position current;  // where the last replay ended
    th_position recent[TH_RECENT_MAX];
    uint32_t recent_count;
    uint32_t recent_next;       // the oldest one, once all are in use
    th_branch_id asked_branch;  // the last seek, owner of the step
    uint64_t asked_step;
    th_chunk_pool pool;
    th_events scratch;
    th_events last;  // all events of one step:
    th_branch_id last_branch;
    uint64_t last_step;  // 0: of none
};

// Grows an array of `size`-byte items until it has room for one more; `items` may be NULL.
void *th_history_reserve(void *items, uint32_t count, uint32_t *capacity, size_t size);

// record.c
void th_log_free(th_log *log, th_chunk_pool *pool);  // gives its chunks to the pool
void th_chunk_pool_free(th_chunk_pool *pool);
// Records `taken` steps, each by that choice, and what came with them.
void th_branch_record(th_branch *branch, th_chunk_pool *pool, th_choice choice, uint64_t taken,
                      const th_events *events);
uint64_t th_branch_length(const th_branch *branch);
const th_event *th_branch_event(const th_branch *branch, uint64_t step);
th_choice th_branch_choice(const th_branch *branch, uint64_t step);

// branch.c
th_branch *th_branch_of(const th_timeline *timeline, th_branch_id branch);
// A branch after step `fork` of `parent`, which owns that step, with a copy of the marks of `from`
// up to there (NULL: none). `world` is the state at the fork.
th_branch_id th_branch_add(th_timeline *timeline, const th_branch *from, th_branch_id parent,
                           uint64_t fork, const th_world *world);
void th_branch_free(th_branch *branch, th_chunk_pool *pool);
// The branch on the way to `branch` that recorded `step` (for 0: the trunk); `last` is the last
// step of that way which it owns, at most the branch's length.
th_branch_id th_timeline_owner(const th_timeline *timeline, th_branch_id branch, uint64_t step,
                               uint64_t *last);

// keyframe.c
// Makes the position a copy of the world, without its races.
void th_position_set(th_position *position, th_branch_id branch, uint64_t step,
                     const th_world *world);
// Is the position on the way to that step of the branch?
bool th_position_leads_to(const th_timeline *timeline, const th_position *position,
                          th_branch_id branch, uint64_t step);
// Keyframes of both kinds at a new branch's fork; `owner` is the branch that recorded that step.
void th_keyframe_add_first(th_branch *branch, th_branch_id owner);
// Those that are due at the branch's end.
void th_keyframe_add_due(th_branch *branch, th_branch_id id);
// The last keyframe at or before `step`.
const th_position *th_keyframe_before(const th_keyframes *keyframes, uint64_t step);
void th_branch_free_keyframes(th_branch *branch);

// seek.c
// Takes the recorded steps after `position`, which is on the way there, up to step `to`.
void th_timeline_replay(th_timeline *timeline, th_branch_id branch, th_position *position,
                        uint64_t to);

// recent.c
void th_recent_keep(th_timeline *timeline, th_branch_id branch, uint64_t step,
                    const th_world *world, uint64_t target);
const th_position *th_recent_before(const th_timeline *timeline, th_branch_id branch,
                                    uint64_t step);

#endif

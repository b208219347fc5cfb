// The timeline: everything that was played, every step reachable, every future kept.
//
// A branch is a list of recorded steps, 16 bytes each, in pooled chunks, with a keyframe (a copy of
// the world) every 4096 steps, or as soon as the pages that it comes to hold alone are no more than
// 16 bytes for each of its steps. Step n of a branch is the n-th from the start of the run (from
// 1); the state "at step n" is the world after n steps, 0 being the start. A branch shares the
// steps up to its fork with its parent.
#ifndef TH_SIM_HISTORY_TIMELINE_H
#define TH_SIM_HISTORY_TIMELINE_H

#include "sim/world/schedule.h"

typedef struct th_timeline th_timeline;
typedef uint32_t th_branch_id;  // 0: the trunk

// Copies `start`, which must be settled. The resolver is used for all worlds of the timeline.
th_timeline *th_timeline_new(const th_world *start, th_resolver resolver);
void th_timeline_free(th_timeline *timeline);
// Forgets all that was played and begins anew from `start`, which must not be a world of this
// timeline; the memory of the events is used again.
void th_timeline_restart(th_timeline *timeline, const th_world *start, th_resolver resolver);

// Takes one step at the end of the branch. False: the resolver refused or the run has ended.
bool th_timeline_extend(th_timeline *timeline, th_branch_id branch, th_choice choice);
// Plays the branch on with a chooser until the run ends or `max_steps` more are recorded. False:
// the schedule does not fit, with the text in `error`; or the resolver refused (it keeps why), and
// `error` is "".
bool th_timeline_play(th_timeline *timeline, th_branch_id branch, th_chooser *chooser,
                      uint64_t max_steps, char *error, size_t error_size);

uint64_t th_timeline_length(const th_timeline *timeline, th_branch_id branch);
const th_world *th_timeline_end(const th_timeline *timeline, th_branch_id branch);
th_outcome th_timeline_outcome(const th_timeline *timeline, th_branch_id branch);

// The recorded event of step `step` (1 to length).
th_event th_timeline_event(const th_timeline *timeline, th_branch_id branch, uint64_t step);
th_choice th_timeline_choice(const th_timeline *timeline, th_branch_id branch, uint64_t step);
// The world at that step, valid until the next call that is not const. Its `races` are empty,
// unless it is the end: an event tells whether it raced, th_timeline_end's races what with. Near
// steps are cheap: the last position is kept, stepping forward costs one step, others start from
// the nearest keyframe.
const th_world *th_timeline_seek(th_timeline *timeline, th_branch_id branch, uint64_t step);
// All events of one step, those that are no steps included, appended to `events`.
void th_timeline_events(th_timeline *timeline, th_branch_id branch, uint64_t step,
                        th_events *events);

// Marked moments in step order: what is no step and worth a mark (fatal, note, grow, grown, go,
// exit, panic, race ...).
typedef struct th_marker {
    uint64_t step;
    th_event event;
} th_marker;
const th_marker *th_timeline_markers(const th_timeline *timeline, th_branch_id branch,
                                     uint32_t *count);

// A new branch that forks from `branch` at `step`; everything recorded is kept.
th_branch_id th_timeline_fork(th_timeline *timeline, th_branch_id branch, uint64_t step);
uint32_t th_timeline_branch_count(const th_timeline *timeline);
th_branch_id th_timeline_parent(const th_timeline *timeline, th_branch_id branch, uint64_t *fork);
// How many steps, from the start, two branches share.
uint64_t th_timeline_common(const th_timeline *timeline, th_branch_id a, th_branch_id b);

// Asserts what must hold of every timeline.
void th_timeline_check(const th_timeline *timeline);

#endif

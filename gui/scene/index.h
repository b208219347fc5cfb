// What is known of a whole branch and costs too much to find anew for each picture: its races and
// its moments worth a mark. Grows with the branch.
#ifndef TH_GUI_SCENE_INDEX_H
#define TH_GUI_SCENE_INDEX_H

#include "gui/scene/scene.h"
#include "gui/scene/spans.h"

// The first race of a pair of source lines at an address.
typedef struct th_scene_race {
    uint64_t step, earlier_step;
    uint64_t address;
    uint16_t g, earlier_g;
    uint8_t size;
    bool write, earlier_write;
    bool first;   // the first one at that address
    bool bursts;  // the first one there of its kind: of two writes, or of a read and a write
} th_scene_race;

// A caption, focus, pause ... of the scenario comes into force.
typedef struct th_scene_note {
    uint64_t step;
    uint32_t note;  // for th_scenario_note
    bool ruled;     // of a when(...); else of a body
} th_scene_note;

// Where buckets began to move, found by looking at each step once.
typedef struct th_scene_evacuations {
    th_branch_id branch;
    uint64_t length;                         // steps that were looked at
    uint64_t looked_at[TH_SCENE_G_MAX + 1];  // by goroutine: the old bucket it looked into last
    th_scene_marker *items;
    uint32_t count, capacity;
} th_scene_evacuations;

// Zeroed memory is the index of nothing.
typedef struct th_scene_index {
    th_branch_id branch;
    uint64_t length;  // of the branch when it was looked at
    bool valid;
    bool other_run;  // set by the owner: another schedule or seed was asked for
    uint64_t
        own_until;  // so far the branch is the scenario's own run, which its captions are about
    th_scene_race *races;  // in the order of `step`
    uint32_t race_count, race_capacity;
    th_scene_marker *markers;  // in step order
    uint32_t marker_count, marker_capacity;
    th_scene_note *notes;  // in step order
    uint32_t note_count, note_capacity;
    th_spans spans;
    th_scene_evacuations evacuations;
    // A bit for each step that took a cache line, from step 0 on; NULL: the scenario does not ask.
    uint8_t *fetched;
} th_scene_index;

void th_scene_index_free(th_scene_index *index);

// Makes it that of the branch as it is now.
void th_scene_index_update(th_scene_index *index, const th_scenario *scenario,
                           th_timeline *timeline, th_branch_id branch);

// The race whose later access is step `step`; NULL: none, or it repeats one before.
const th_scene_race *th_scene_index_race(const th_scene_index *index, uint64_t step);
// How many places have raced by that step.
int th_scene_index_places(const th_scene_index *index, uint64_t step);
// Whether that step took a cache line, in a scenario that asks for them.
bool th_scene_index_fetched(const th_scene_index *index, uint64_t step);
// The next mark after (or with `back` the last before) that step; 0: none.
uint64_t th_scene_index_jump(const th_scene_index *index, uint64_t step, bool back);

#endif

// A run as lines of text, one for each step: for screen readers, and wherever there is no picture.
//
//     Two writers, one slot
//     0: Key 1 lies in bucket 1.
//     1: G1 reads h.flags and finds 0.
//     8: G2 writes h.flags, now 4. Data race with G1: its write at step 7.
//     43: G2 reads h.flags and finds 0. fatal error: concurrent map writes
#ifndef TH_GUI_APP_ANNOUNCE_H
#define TH_GUI_APP_ANNOUNCE_H

#include "gui/app/model.h"

#include <stdio.h>

// Which run, in which language. All borrowed.
typedef struct th_announce_source {
    const th_scenario *scenario;
    th_timeline *timeline;
    const th_scene_index *index;  // of `branch`
    th_branch_id branch;
    th_lang lang;
} th_announce_source;

// The line of a step with its race, its captions and questions, and how the run ended; of step 0
// the title and the opening caption.
void th_announce_step(const th_announce_source *source, uint64_t step, FILE *stream);

// What was told last. Zero: nothing yet.
typedef struct th_announcer {
    bool began;
    th_branch_id branch;
    uint64_t step;
} th_announcer;

// Tells where the playhead is, if it has moved: each step on the way on, else the one it came to.
void th_announce_follow(th_announcer *announcer, const th_model *model, FILE *stream);

#endif

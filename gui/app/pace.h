// How long each step stays on the screen while a run plays.
#ifndef TH_GUI_APP_PACE_H
#define TH_GUI_APP_PACE_H

#include "gui/scene/build.h"

// ms at speed 1 from taking the step until the next one is taken: its animation and time to see
// what it did; longer where a caption has to be read or something ended.
int th_pace_ms(const th_scene_index *index, th_timeline *timeline, th_branch_id branch,
               uint64_t step, const th_theme_motion *motion);

#endif

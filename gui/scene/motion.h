// Where the animation of one step stands. Times are those at speed 1 ("design time"): the caller
// multiplies what passes on its clock by the speed.
#ifndef TH_GUI_SCENE_MOTION_H
#define TH_GUI_SCENE_MOTION_H

#include "gui/draw/theme.h"

#define TH_MOTION_SETTLED 1e9f

typedef struct th_motion {
    const th_theme_motion *theme;
    float ms;      // since the step was taken; TH_MOTION_SETTLED: all is at rest
    double speed;  // motions that would be over in an instant at that speed are skipped
    bool reduced;
} th_motion;

// Progress, 0 to 1, of a motion that starts `start_ms` after the step and lasts `duration_ms`.
float th_motion_at(const th_motion *motion, int start_ms, int duration_ms, th_easing easing);

// Has that time come?
bool th_motion_past(const th_motion *motion, int ms);

// From `from` over `peak` to 1: a burst that springs open.
float th_motion_spring(const th_motion *motion, int start_ms, int duration_ms, float from,
                       float peak);

#endif

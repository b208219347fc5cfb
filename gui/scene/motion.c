#include "gui/scene/motion.h"

static bool skipped(const th_motion *motion, int duration_ms) {
    return motion->reduced || motion->ms >= TH_MOTION_SETTLED ||
           motion->speed > (double)motion->theme->final_speed ||
           duration_ms < motion->theme->tween_ms_min * motion->speed;
}

float th_motion_at(const th_motion *motion, int start_ms, int duration_ms, th_easing easing) {
    if (skipped(motion, duration_ms)) return 1;
    const float t = (motion->ms - (float)start_ms) / (float)duration_ms;
    if (t <= 0) return 0;
    return t >= 1 ? 1 : th_easing_at(easing, t);
}

bool th_motion_past(const th_motion *motion, int ms) {
    return skipped(motion, ms) || motion->ms >= (float)ms;
}

float th_motion_spring(const th_motion *motion, int start_ms, int duration_ms, float from,
                       float peak) {
    // Two thirds of the time to the peak, the rest back to 1.
    const int rise_ms = duration_ms * 2 / 3;
    const float rise = th_motion_at(motion, start_ms, rise_ms, motion->theme->out);
    const float fall =
        th_motion_at(motion, start_ms + rise_ms, duration_ms - rise_ms, motion->theme->in_out);
    return from + (peak - from) * rise + (1 - peak) * fall;
}

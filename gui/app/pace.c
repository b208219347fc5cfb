#include "gui/app/pace.h"

enum {
    LOOK_MS = 120,  // after the animation
    STEP_MS_MIN = 460,
    RACE_MS = 900,  // a collision that bursts
    CAPTION_MS = 2600,
    START_MS = 1800,  // the first picture, with its caption
    END_MS = 3000,
};

static bool has_caption(const th_scene_index *index, uint64_t step) {
    uint32_t low = 0, high = index->note_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (index->notes[middle].step < step)
            low = middle + 1;
        else
            high = middle;
    }
    return low < index->note_count && index->notes[low].step == step;
}

int th_pace_ms(const th_scene_index *index, th_timeline *timeline, th_branch_id branch,
               uint64_t step, const th_theme_motion *motion) {
    if (step == 0) return START_MS;
    int ms = th_scene_step_ms(index, timeline, branch, step, motion) + LOOK_MS;
    if (ms < STEP_MS_MIN) ms = STEP_MS_MIN;
    const th_scene_race *race = th_scene_index_race(index, step);
    if (race != NULL && race->bursts) ms += RACE_MS;
    if (has_caption(index, step)) ms += CAPTION_MS;
    if (step == th_timeline_length(timeline, branch)) ms += END_MS;
    return ms;
}

// Counting cache lines up to a moment. Private to gui/scene, but for the question of who asks.
#ifndef TH_GUI_SCENE_CACHE_H
#define TH_GUI_SCENE_CACHE_H

#include "gui/scene/scene_cache.h"
#include "sim/history/timeline.h"
#include "sim/memory/lines.h"
#include "sim/script/scenario.h"

// layout { cache_lines = true }
bool th_scene_cache_asked(const th_scenario *scenario);

// The lines after a step of a branch, kept from picture to picture. Zeroed memory has counted
// nothing.
typedef struct th_cache_count {
    bool valid;
    th_branch_id branch;
    uint64_t step;
    th_lines lines;
    th_scene_core cores[TH_SCENE_CORE_MAX];
} th_cache_count;

void th_cache_count_free(th_cache_count *count);
// Counts on, or anew where the moment lies before the last one.
void th_cache_count_to(th_cache_count *count, th_timeline *timeline, th_branch_id branch,
                       uint64_t step);

#endif

// Which moments that when(...) describes came, in the runs of a scenario with each of its cures.
//
//     th_moments moments = {0};
//     for each cure: th_moments_take(&moments, scenario, &index);
//     const th_moment *missing = th_moments_missing(&moments);
//     th_moments_free(&moments);
#ifndef TH_GUI_CLI_MOMENTS_H
#define TH_GUI_CLI_MOMENTS_H

#include "gui/scene/index.h"

typedef struct th_moment {
    char pattern[96];  // as written, cut
    uint32_t line;
    bool came;
} th_moment;

typedef struct th_moments {
    th_moment *items;
    uint32_t count, capacity;
} th_moments;

void th_moments_free(th_moments *moments);

// The rules of the scenario as it is loaded, with the notes of its run. Those that were taken
// before are known by line and pattern.
void th_moments_take(th_moments *moments, const th_scenario *scenario, const th_scene_index *index);

// The first that came in no run; NULL: all came.
const th_moment *th_moments_missing(const th_moments *moments);

#endif

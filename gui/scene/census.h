// How full every bucket of a map is, kept from step to step: a map may have a million of them.
// Private to gui/scene.
#ifndef TH_GUI_SCENE_CENSUS_H
#define TH_GUI_SCENE_CENSUS_H

#include "gui/scene/context.h"

enum {
    TH_CENSUS_ITEMS = 15,  // mask: items of the bucket and its chain, at most that many
    TH_CENSUS_OVERFLOW = 1 << 4,
    TH_CENSUS_EVACUATED = 1 << 5,
};

// One array.
typedef struct th_census_array {
    uint64_t address;
    uint8_t *buckets;
    uint32_t count, capacity;
} th_census_array;

// Zeroed memory is the census of nothing.
typedef struct th_census {
    th_branch_id branch;
    uint64_t step;
    bool valid;
    th_census_array now, old;
} th_census;

void th_census_free(th_census *census);

// Makes it that of the map that the scene shows.
void th_census_update(th_census *census, const th_scene_context *cx);

#endif

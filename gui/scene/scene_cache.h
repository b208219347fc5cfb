// The part of a scene that is the cache: which core has which line of 64 bytes, and what that cost
// so far. Included by scene.h. Goroutines stand for cores; see sim/memory/lines.h for the model.
#ifndef TH_GUI_SCENE_SCENE_CACHE_H
#define TH_GUI_SCENE_SCENE_CACHE_H

#include "gui/scene/limits.h"

#include <stdbool.h>
#include <stdint.h>

// A line in which something of the scenario lies.
typedef struct th_scene_cache_line {
    uint64_t address;  // of its first byte
    uint16_t owner;    // whose it is after the step; 0: nobody has written to it
    uint16_t from;     // whose it was before, where this step took it; 0: nobody's
    bool written;      // by this step
    bool taken;        // by this step: it was not that core's
    uint64_t write_count, fetch_count;
} th_scene_cache_line;

typedef struct th_scene_core {
    const char *name;
    uint64_t write_count, fetch_count, ticks;
} th_scene_core;

typedef struct th_scene_cache {
    bool asked;  // false: the scenario does not ask for cache lines, and nothing else is set
    th_scene_cache_line lines[TH_SCENE_CACHE_LINE_MAX];  // by address
    int line_count;
    th_scene_core cores[TH_SCENE_CORE_MAX];  // the first goroutines, by number from 1
    int core_count;
    uint64_t write_count, fetch_count, ticks;  // of all lines and cores
    uint32_t step_ticks;                       // what this step cost; 0: it wrote nothing
    uint32_t step_fetches;                     // lines that it took
    float at;                                  // of a line on its way: 0 to 1
} th_scene_cache;

#endif

// The rest of a world: all that is neither bytes of memory nor a goroutine's own nor for detecting
// races. Private to sim/explore.
#ifndef TH_SIM_EXPLORE_REST_H
#define TH_SIM_EXPLORE_REST_H

#include "sim/world/world.h"

// A byte string in the making, reused.
typedef struct th_packing {
    uint8_t *bytes;
    size_t size, capacity;
} th_packing;

void th_packing_add(th_packing *packing, const void *bytes, size_t size);

// All of it: equal strings, equal rests.
void th_rest_pack(const th_world *world, th_packing *packing);

// A world with that rest, in which nobody stands before anything.
typedef struct th_rest {
    th_world world;
    uint32_t memory;               // the number of its memory
    uint32_t *drains;              // footprints of what is in store buffers, in order of goroutines
    uint16_t picks[TH_PROCS_MAX];  // [P]: the goroutine it would take up, 0: none
} th_rest;

// Copies the rest of a world, whose memory has the number `memory`; without drains. Returns the
// bytes of heap used, about.
size_t th_rest_init(th_rest *rest, const th_world *world, uint32_t memory);
void th_rest_free(th_rest *rest);

#endif

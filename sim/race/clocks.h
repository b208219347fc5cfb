// Vector clocks in rows of pages, and the variables that carry them from one goroutine to another.
// Private to sim/race.
#ifndef TH_SIM_RACE_CLOCKS_H
#define TH_SIM_RACE_CLOCKS_H

#include "sim/race/detector.h"

// A goroutine's own part: th_detector.goroutines.
typedef struct th_race_goroutine {
    uint64_t release_step;  // when it last released anything; 0: never
    uint32_t row;           // of its clock, plus one; 0: not started
    uint32_t own;           // its own component: grows with each release
} th_race_goroutine;

const th_race_goroutine *th_race_goroutine_at(const th_detector *detector, uint16_t g);

// Component `g` of a goroutine's clock: how much of g's past it knows.
uint32_t th_race_knows(const th_detector *detector, uint32_t row, uint16_t g);

// An atomic access of the bytes in `mask` of the 8 at `granule`: learns from all whose stores it
// reads, or tells all who will read it.
void th_race_observe(th_detector *detector, uint16_t g, uint64_t granule, uint8_t mask);
void th_race_publish(th_detector *detector, uint16_t g, uint64_t granule, uint8_t mask);

// Of all clocks and variables, whatever order they were made in.
// Those of different seeds are unrelated.
uint64_t th_race_clocks_hash(const th_detector *detector, uint64_t seed);
void th_race_clocks_check(const th_detector *detector);

#endif

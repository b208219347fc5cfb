// The race detector of kept states: a number for each state that one can be in. Private to
// sim/explore.
//
// Detectors are told apart by a 128-bit digest, so two different ones are taken for equal with a
// chance of 2^-128 a pair. They are not kept: each number remembers from which other one it came
// and what it was told, and is put together again when a step is new to it.
#ifndef TH_SIM_EXPLORE_RACED_H
#define TH_SIM_EXPLORE_RACED_H

#include "sim/race/log.h"

#include <stddef.h>

enum {
    TH_RACED_OFF,    // nobody looks for races
    TH_RACED_YES,    // something has raced: what comes makes no difference
    TH_RACED_START,  // as at the start
};

enum { TH_RACED_CACHE = 256 };  // detectors kept whole: the last ones used

typedef struct th_raced {
    const th_detector *start;
    struct th_raced_state *states;  // [number]
    uint32_t state_count, state_capacity;
    uint32_t *state_table;  // by digest: number, 0: free
    uint32_t state_table_capacity;
    struct th_raced_edge *edges;  // by number and move: open addressing
    uint32_t edge_count, edge_table_capacity;
    th_race_log words;              // what moves tell
    struct th_raced_cached *cache;  // [TH_RACED_CACHE]
    th_detector spare;              // to work on
} th_raced;

// `start` must outlive it; NULL: nobody looks.
void th_raced_init(th_raced *raced, const th_detector *start);
void th_raced_free(th_raced *raced);
size_t th_raced_memory_used(const th_raced *raced);

// Keeps what a move tells; the index of its first word.
uint32_t th_raced_keep(th_raced *raced, const th_race_log *log);
// The detector `from` after `word_count` words from `first_word` on, which move `move` tells.
uint32_t th_raced_next(th_raced *raced, uint32_t from, uint32_t move, uint32_t first_word,
                       uint32_t word_count);

#endif

// Searching in order of preemptions, then of steps: so what is found first is simplest. Private to
// sim/explore.
//
// A preemption is a step of another goroutine than took the last one, while that one could go on.
// Drains and the scheduler's steps are no goroutine's, and neither are nor end a preemption.
#ifndef TH_SIM_EXPLORE_LADDER_H
#define TH_SIM_EXPLORE_LADDER_H

#include "sim/explore/search.h"

// The simplest way to a class that was found so far.
typedef struct th_way {
    uint32_t rung;     // th_ladder.rungs: where the last step is taken; 0: not found
    th_choice choice;  // that step; not of a deadlock
    uint32_t level;    // preemptions
    uint32_t step_count;
    bool blocked;    // the run ends without another step
    th_count count;  // runs, when counting
} th_way;

typedef struct th_ladder {
    th_search *search;
    bool counting;    // every execution within the bound, not only the first to each state
    uint32_t bound;   // highest level that is looked at; UINT32_MAX: any
    uint32_t wanted;  // stop when that many classes have their simplest way; UINT32_MAX: never
    uint64_t rung_limit;
    struct th_rung *rungs;  // from 1
    uint32_t rung_count, rung_capacity;
    uint32_t *table;  // by key: rung, 0: free
    uint32_t table_capacity, table_count;
    uint32_t *heads[2];  // [level % 2][step]: rungs to look at, the first of a list
    uint32_t head_capacities[2], head_counts[2];
    th_way *ways;  // [class]
    uint32_t way_count, way_capacity;
    uint32_t level, step;  // being looked at
    bool cut;              // executions beyond the bound were left out
    bool done;             // all that was asked for was looked at
} th_ladder;

// False: failed (space->error) or was stopped; what was found stays.
bool th_ladder_run(th_ladder *ladder);
void th_ladder_free(th_ladder *ladder);
// Whether no simpler way to the class is left to be found.
bool th_ladder_settled(const th_ladder *ladder, uint32_t class);
// The choices of the way, of step_count items.
void th_ladder_choices(const th_ladder *ladder, const th_way *way, th_choice *choices);

#endif

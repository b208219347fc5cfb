// Expanding a graph: all of it, or what partial order reduction leaves. Private to sim/explore.
#ifndef TH_SIM_EXPLORE_SEARCH_H
#define TH_SIM_EXPLORE_SEARCH_H

#include "sim/explore/explore.h"
#include "sim/explore/graph.h"

typedef struct th_search {
    const th_explore_desc *desc;
    th_graph *graph;
    uint32_t *stack;  // nodes to expand
    uint32_t stack_count, stack_capacity;
    uint64_t state_limit;
    uint64_t steps;  // taken
    uint32_t asked;  // expansions since go_on was asked
    bool reduces;
    bool stopped;  // by go_on or a limit
    th_hop hop;
} th_search;

// Expands the graph from its start. False: it failed (space->error) or was stopped.
bool th_search_run(th_search *search);
void th_search_free(th_search *search);

// Whether to go on; asks desc->go_on now and then.
bool th_search_goes_on(th_search *search, th_explore_progress progress);

// A set of goroutines (bits) whose steps are enough to take at the state, all of them when nothing
// can be left out. Prefers those in `taken`. 0: failed.
uint64_t th_reduce(th_space *space, const uint32_t *state, uint64_t taken, th_hop *hop);
#define TH_REDUCE_ALL UINT64_MAX

#endif

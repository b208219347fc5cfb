// Expanding a graph: all of it, or what partial order reduction leaves. Private to sim/explore.
#ifndef TH_SIM_EXPLORE_SEARCH_H
#define TH_SIM_EXPLORE_SEARCH_H

#include "sim/explore/explore.h"
#include "sim/explore/graph.h"

enum { TH_SEARCH_BATCH = 32 };  // hops whose targets are looked for together

// A hop that was found possible, on its way into the graph.
typedef struct th_arrival {
    th_hop hop;
    th_choice choice;
    th_hop_kind kind;
    uint32_t node;  // where it comes from
    uint32_t hash;  // of the state it leads to
} th_arrival;

// What was taken at a node, when not everything is.
typedef struct th_part {
    uint64_t taken;  // goroutines whose enabled steps have edges, a bit each
    bool partial;    // enabled steps may have been left out
} th_part;

typedef struct th_search {
    const th_explore_desc *desc;
    th_graph *graph;
    uint32_t *waiting;  // nodes to expand, from `first_waiting` on
    uint32_t first_waiting, waiting_count, waiting_capacity;
    th_part *parts;  // [node], when it reduces
    uint32_t part_count, part_capacity;
    uint64_t state_limit;
    uint64_t steps;  // taken
    uint32_t asked;  // expansions since go_on was asked
    bool reduces;
    bool stopped;  // by go_on or a limit
    th_hop hop;
    th_arrival arrivals[TH_SEARCH_BATCH];
    uint32_t arrival_count;
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

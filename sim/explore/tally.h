// What a graph says: in what order its nodes come, how many ways lead where. Private to
// sim/explore.
#ifndef TH_SIM_EXPLORE_TALLY_H
#define TH_SIM_EXPLORE_TALLY_H

#include "sim/explore/count.h"
#include "sim/explore/graph.h"

typedef struct th_order {
    uint32_t *nodes;  // those that the start leads to, each before all that it leads to
    uint32_t count;
    uint32_t *closing;  // nodes with an edge that closes a cycle; those edges do not count
    uint32_t closing_count, closing_capacity;
    uint32_t *rank;  // [node]: its place in `nodes`
} th_order;

void th_order_find(const th_graph *graph, th_order *order);
void th_order_free(th_order *order);
static inline bool th_order_closes(const th_order *order, uint32_t from, uint32_t to) {
    return order->rank[to] <= order->rank[from];
}

// Adds to each class the number of ways that lead from the start to such an end; without going
// round a cycle.
void th_tally_classes(const th_graph *graph, const th_order *order, th_count *counts);

#endif

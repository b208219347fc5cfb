// Kept states and the steps between them. Private to sim/explore.
#ifndef TH_SIM_EXPLORE_GRAPH_H
#define TH_SIM_EXPLORE_GRAPH_H

#include "sim/explore/space.h"

// Where an edge leads: a state, or the class of a run that ends.
#define TH_EDGE_END UINT32_C(0x80000000)

typedef struct th_edge {
    uint32_t target;  // a node; or a class | TH_EDGE_END
    uint32_t next;    // edge + 1, 0: the last
    uint16_t g;
    uint16_t code;  // th_choice_code
} th_edge;

typedef struct th_node {
    uint64_t taken;   // goroutines whose enabled steps have edges, a bit each
    uint32_t first;   // of its numbers, in th_graph.numbers
    uint32_t edge;    // its first edge + 1, 0: none
    uint32_t end;     // class | TH_EDGE_END of a run that ends here, in a deadlock; 0: none does
    uint8_t partial;  // bool: enabled steps may have been left out
} th_node;

typedef struct th_graph {
    th_space *space;
    th_node *nodes;  // [0]: the start
    uint32_t node_count, node_capacity;
    uint32_t *numbers;
    uint32_t number_count, number_capacity;
    uint64_t *table;  // hash << 32 | node + 1; 0: free
    uint32_t table_capacity;
    th_edge *edges;
    uint32_t edge_count, edge_capacity;
} th_graph;

// Holds the space's start.
void th_graph_init(th_graph *graph, th_space *space);
void th_graph_free(th_graph *graph);
size_t th_graph_memory_used(const th_graph *graph);

// The node of a state, added when it is new.
uint32_t th_graph_node(th_graph *graph, const uint32_t *state);
// Valid until a node is added.
static inline const uint32_t *th_graph_state(const th_graph *graph, uint32_t node) {
    return graph->numbers + graph->nodes[node].first;
}
void th_graph_edge(th_graph *graph, uint32_t node, uint32_t target, th_choice choice);

#endif

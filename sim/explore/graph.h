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
    uint32_t edge;  // its first edge + 1, 0: none
    uint32_t end;   // class | TH_EDGE_END of a run that ends here, in a deadlock; 0: none does
} th_node;

typedef struct th_graph {
    th_space *space;
    th_node *nodes;  // [0]: the start
    uint32_t node_count, node_capacity;
    uint32_t *rows;  // [node][stride]: states, padded with zeros
    uint32_t stride, row_capacity;
    uint64_t *table;  // hash << 32 | node + 1; 0: free
    uint32_t table_capacity;
    th_edge *edges;
    uint32_t edge_count, edge_capacity;
} th_graph;

// Holds the space's start.
void th_graph_init(th_graph *graph, th_space *space);
void th_graph_free(th_graph *graph);
size_t th_graph_memory_used(const th_graph *graph);

// The hash of a state of that width (th_space_width), for the three below.
uint32_t th_graph_hash(const uint32_t *state, uint32_t width);
// The node of a state, added when it is new. Looking for many it is faster to prefetch them all
// first, and then to approach them all: most of the time goes by waiting for the machine's memory.
uint32_t th_graph_node(th_graph *graph, const uint32_t *state, uint32_t width, uint32_t hash);
void th_graph_prefetch(const th_graph *graph, uint32_t hash);
void th_graph_approach(const th_graph *graph, uint32_t hash);

// Valid until a node is added.
static inline const uint32_t *th_graph_state(const th_graph *graph, uint32_t node) {
    return graph->rows + (size_t)node * graph->stride;
}
void th_graph_edge(th_graph *graph, uint32_t node, uint32_t target, th_choice choice);

#endif

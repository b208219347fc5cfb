#include "sim/explore/graph.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_TABLE_CAPACITY = 1024 };

void th_graph_init(th_graph *graph, th_space *space) {
    *graph = (th_graph){.space = space,
                        .stride = th_space_width(space, space->start),
                        .table_capacity = FIRST_TABLE_CAPACITY};
    graph->table = calloc(FIRST_TABLE_CAPACITY, sizeof(*graph->table));
    TH_ASSERT(graph->table != NULL);
    const uint32_t width = graph->stride;
    th_graph_node(graph, space->start, width, th_graph_hash(space->start, width));
}

void th_graph_free(th_graph *graph) {
    free(graph->nodes);
    free(graph->rows);
    free(graph->table);
    free(graph->edges);
    *graph = (th_graph){0};
}

size_t th_graph_memory_used(const th_graph *graph) {
    return graph->node_capacity * sizeof(*graph->nodes) +
           (size_t)graph->row_capacity * graph->stride * sizeof(*graph->rows) +
           graph->table_capacity * sizeof(*graph->table) +
           graph->edge_capacity * sizeof(*graph->edges);
}

uint32_t th_graph_hash(const uint32_t *state, uint32_t width) {
    uint64_t hash = width;
    for (uint32_t i = 0; i < width; i += 2) {
        const uint64_t second = i + 1 < width ? state[i + 1] : 0;
        hash = (hash ^ (state[i] | second << 32)) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    return (uint32_t)(hash * UINT64_C(0xbf58476d1ce4e5b9) >> 32);
}

static void grow_table(th_graph *graph) {
    if (graph->node_count * UINT64_C(4) < graph->table_capacity * UINT64_C(3)) return;
    uint64_t *old = graph->table;
    const uint32_t old_capacity = graph->table_capacity;
    graph->table_capacity *= 2;
    graph->table = calloc(graph->table_capacity, sizeof(*graph->table));
    TH_ASSERT(graph->table != NULL);
    const uint32_t mask = graph->table_capacity - 1;
    for (uint32_t i = 0; i < old_capacity; i++) {
        if (old[i] == 0) continue;
        uint32_t at = (uint32_t)(old[i] >> 32) & mask;
        while (graph->table[at] != 0) at = (at + 1) & mask;
        graph->table[at] = old[i];
    }
    free(old);
}

// Gives all rows more room: a state has more goroutines than those before.
static void widen(th_graph *graph, uint32_t stride) {
    uint32_t *rows = calloc((size_t)graph->row_capacity * stride, sizeof(*rows));
    TH_ASSERT(rows != NULL);
    for (uint32_t node = 0; node < graph->node_count; node++) {
        memcpy(rows + (size_t)node * stride, th_graph_state(graph, node),
               graph->stride * sizeof(*rows));
    }
    free(graph->rows);
    graph->rows = rows;
    graph->stride = stride;
}

static uint32_t add_node(th_graph *graph, const uint32_t *state, uint32_t width) {
    if (width > graph->stride) widen(graph, width);
    const uint32_t node = graph->node_count++;
    graph->rows = th_explore_reserve(graph->rows, graph->node_count, &graph->row_capacity,
                                     graph->stride * sizeof(*graph->rows));
    graph->nodes = th_explore_reserve(graph->nodes, graph->node_count, &graph->node_capacity,
                                      sizeof(*graph->nodes));
    uint32_t *row = graph->rows + (size_t)node * graph->stride;
    memcpy(row, state, width * sizeof(*state));
    memset(row + width, 0, (graph->stride - width) * sizeof(*row));
    graph->nodes[node] = (th_node){0};
    return node;
}

void th_graph_prefetch(const th_graph *graph, uint32_t hash) {
    __builtin_prefetch(&graph->table[hash & (graph->table_capacity - 1)]);
}

void th_graph_approach(const th_graph *graph, uint32_t hash) {
    const uint64_t entry = graph->table[hash & (graph->table_capacity - 1)];
    if (entry >> 32 == hash) __builtin_prefetch(th_graph_state(graph, (uint32_t)entry - 1));
}

// Equal rests mean equal widths.
static bool is_same(const uint32_t *a, const uint32_t *b, uint32_t width) {
    uint32_t difference = a[TH_STATE_REST] ^ b[TH_STATE_REST];
    for (uint32_t i = 0; i < width && difference == 0; i++) difference = a[i] ^ b[i];
    return difference == 0;
}

uint32_t th_graph_node(th_graph *graph, const uint32_t *state, uint32_t width, uint32_t hash) {
    const uint32_t mask = graph->table_capacity - 1;
    uint32_t i = hash & mask;
    for (; graph->table[i] != 0; i = (i + 1) & mask) {
        if (graph->table[i] >> 32 != hash) continue;
        const uint32_t node = (uint32_t)graph->table[i] - 1;
        if (is_same(th_graph_state(graph, node), state, width)) return node;
    }
    const uint32_t node = add_node(graph, state, width);
    graph->table[i] = (uint64_t)hash << 32 | (node + 1);
    grow_table(graph);
    return node;
}

void th_graph_edge(th_graph *graph, uint32_t node, uint32_t target, th_choice choice) {
    graph->edges = th_explore_reserve(graph->edges, graph->edge_count + UINT64_C(1),
                                      &graph->edge_capacity, sizeof(*graph->edges));
    graph->edges[graph->edge_count++] = (th_edge){.target = target,
                                                  .next = graph->nodes[node].edge,
                                                  .g = choice.g,
                                                  .code = (uint16_t)th_choice_code_of(choice)};
    graph->nodes[node].edge = graph->edge_count;
}

#include "sim/explore/graph.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_TABLE_CAPACITY = 1024 };

void th_graph_init(th_graph *graph, th_space *space) {
    *graph = (th_graph){.space = space, .table_capacity = FIRST_TABLE_CAPACITY};
    graph->table = calloc(FIRST_TABLE_CAPACITY, sizeof(*graph->table));
    TH_ASSERT(graph->table != NULL);
    th_graph_node(graph, space->start);
}

void th_graph_free(th_graph *graph) {
    free(graph->nodes);
    free(graph->numbers);
    free(graph->table);
    free(graph->edges);
    *graph = (th_graph){0};
}

size_t th_graph_memory_used(const th_graph *graph) {
    return graph->node_capacity * sizeof(*graph->nodes) +
           graph->number_capacity * sizeof(*graph->numbers) +
           graph->table_capacity * sizeof(*graph->table) +
           graph->edge_capacity * sizeof(*graph->edges);
}

static uint64_t hash_of(const uint32_t *state, uint32_t width) {
    uint64_t hash = width;
    for (uint32_t i = 0; i < width; i++) {
        hash = (hash ^ state[i]) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    return th_hash_mix64(hash);
}

static void grow_table(th_graph *graph) {
    if (graph->node_count * UINT64_C(2) < graph->table_capacity) return;
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

static uint32_t add_node(th_graph *graph, const uint32_t *state, uint32_t width) {
    graph->numbers = th_explore_reserve(graph->numbers, (size_t)graph->number_count + width,
                                        &graph->number_capacity, sizeof(*graph->numbers));
    graph->nodes = th_explore_reserve(graph->nodes, graph->node_count + UINT64_C(1),
                                      &graph->node_capacity, sizeof(*graph->nodes));
    memcpy(graph->numbers + graph->number_count, state, width * sizeof(*state));
    graph->nodes[graph->node_count] = (th_node){.first = graph->number_count};
    graph->number_count += width;
    return graph->node_count++;
}

uint32_t th_graph_node(th_graph *graph, const uint32_t *state) {
    const uint32_t width = th_space_width(graph->space, state);
    const uint32_t hash = (uint32_t)hash_of(state, width);
    const uint32_t mask = graph->table_capacity - 1;
    uint32_t i = hash & mask;
    for (; graph->table[i] != 0; i = (i + 1) & mask) {
        if (graph->table[i] >> 32 != hash) continue;
        const uint32_t node = (uint32_t)graph->table[i] - 1;
        // Equal rests mean equal widths.
        const uint32_t *other = th_graph_state(graph, node);
        if (other[TH_STATE_REST] == state[TH_STATE_REST] &&
            memcmp(other, state, width * sizeof(*state)) == 0) {
            return node;
        }
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

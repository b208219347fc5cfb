#include "sim/explore/tally.h"

#include "sim/base/assert.h"

#include <stdlib.h>

enum { UNSEEN = UINT32_MAX, OPEN = UINT32_MAX - 1 };  // ranks of nodes that have none yet

// A node on the way that a depth-first walk is on, and the edge it takes next (+ 1).
typedef struct visit {
    uint32_t node, edge;
} visit;

typedef struct visit_list {
    visit *items;
    uint32_t count, capacity;
} visit_list;

static void *array(size_t count, size_t size) {
    void *memory = calloc(count, size);
    TH_ASSERT(memory != NULL);
    return memory;
}

static void enter(const th_graph *graph, th_order *order, visit_list *way, uint32_t node) {
    way->items = th_explore_reserve(way->items, way->count + UINT64_C(1), &way->capacity,
                                    sizeof(*way->items));
    way->items[way->count++] = (visit){node, graph->nodes[node].edge};
    order->rank[node] = OPEN;
}

static void add_closing(th_order *order, uint32_t node) {
    order->closing = th_explore_reserve(order->closing, order->closing_count + UINT64_C(1),
                                        &order->closing_capacity, sizeof(*order->closing));
    order->closing[order->closing_count++] = node;
}

// Whether all edges lead to nodes found later: then the order of finding will do.
static bool is_in_order(const th_graph *graph) {
    for (uint32_t node = 0; node < graph->node_count; node++) {
        for (uint32_t edge = graph->nodes[node].edge; edge != 0;
             edge = graph->edges[edge - 1].next) {
            if (graph->edges[edge - 1].target <= node) return false;
        }
    }
    return true;
}

// Depth first: a node comes before all that was left before it.
static void find_depth_first(const th_graph *graph, th_order *order) {
    for (uint32_t node = 0; node < graph->node_count; node++) order->rank[node] = UNSEEN;
    visit_list way = {0};
    uint32_t place = graph->node_count;
    enter(graph, order, &way, 0);
    while (way.count > 0) {
        visit *at = &way.items[way.count - 1];
        if (at->edge == 0) {
            order->nodes[--place] = at->node;
            order->rank[at->node] = place;
            way.count--;
            continue;
        }
        const th_edge *edge = &graph->edges[at->edge - 1];
        at->edge = edge->next;
        if ((edge->target & TH_EDGE_END) != 0) continue;
        if (order->rank[edge->target] == OPEN) add_closing(order, at->node);
        if (order->rank[edge->target] == UNSEEN) enter(graph, order, &way, edge->target);
    }
    free(way.items);
    TH_ASSERT(place == 0);  // all nodes were reached from the start
}

void th_order_find(const th_graph *graph, th_order *order) {
    *order = (th_order){.nodes = array(graph->node_count, sizeof(*order->nodes)),
                        .rank = array(graph->node_count, sizeof(*order->rank)),
                        .count = graph->node_count};
    if (!is_in_order(graph)) {
        find_depth_first(graph, order);
        return;
    }
    for (uint32_t node = 0; node < graph->node_count; node++) {
        order->nodes[node] = order->rank[node] = node;
    }
}

void th_order_free(th_order *order) {
    free(order->nodes);
    free(order->closing);
    free(order->rank);
    *order = (th_order){0};
}

static void add_end(th_count *counts, uint32_t end, th_count ways) {
    th_count_add(&counts[end & ~TH_EDGE_END], ways);
}

void th_tally_classes(const th_graph *graph, const th_order *order, th_count *counts) {
    th_count *ways = array(graph->node_count, sizeof(*ways));
    ways[0] = th_count_of(1);
    for (uint32_t i = 0; i < order->count; i++) {
        const uint32_t from = order->nodes[i];
        const th_node *node = &graph->nodes[from];
        if (node->end != 0) add_end(counts, node->end, ways[from]);
        for (uint32_t edge = node->edge; edge != 0; edge = graph->edges[edge - 1].next) {
            const uint32_t target = graph->edges[edge - 1].target;
            if ((target & TH_EDGE_END) != 0) {
                add_end(counts, target, ways[from]);
            } else if (!th_order_closes(order, from, target)) {
                th_count_add(&ways[target], ways[from]);
            }
        }
    }
    free(ways);
}

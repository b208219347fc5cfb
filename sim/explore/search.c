#include "sim/explore/search.h"

#include "sim/explore/tally.h"

#include <stdlib.h>
#include <string.h>

enum { ASK_EVERY = 1024 };

bool th_search_goes_on(th_search *search, th_explore_progress progress) {
    if (++search->asked < ASK_EVERY) return true;
    search->asked = 0;
    const th_explore_desc *desc = search->desc;
    progress.states = search->graph->node_count;
    progress.steps = search->steps;
    progress.finding_count = search->graph->space->class_count;
    return desc->go_on == NULL || desc->go_on(desc->go_on_context, &progress);
}

static void push(th_search *search, uint32_t node) {
    search->stack = th_explore_reserve(search->stack, search->stack_count + UINT64_C(1),
                                       &search->stack_capacity, sizeof(*search->stack));
    search->stack[search->stack_count++] = node;
}

static uint64_t bit_of(th_choice choice) { return UINT64_C(1) << (choice.g & 63); }

// Adds the edge of a hop that is not blocked.
static void add_edge(th_search *search, uint32_t node, th_choice choice, th_hop_kind kind) {
    th_graph *graph = search->graph;
    search->steps++;
    if (kind == TH_HOP_END) {
        th_graph_edge(graph, node, search->hop.class | TH_EDGE_END, choice);
        return;
    }
    const uint32_t known_count = graph->node_count;
    const uint32_t target = th_graph_node(graph, search->hop.state);
    th_graph_edge(graph, node, target, choice);
    if (target == known_count) push(search, target);
}

// Takes the steps of the goroutines in `wanted` that were not taken yet. False: failed.
static bool take(th_search *search, uint32_t node, const uint32_t *state, uint64_t wanted) {
    th_graph *graph = search->graph;
    th_choice choices[TH_SPACE_CHOICE_MAX];
    const uint32_t count = th_space_choices(graph->space, state, choices);
    const uint64_t before = graph->nodes[node].taken;
    bool moved = before != 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint64_t bit = bit_of(choices[i]);
        if ((wanted & bit) == 0 || (before & bit) != 0) continue;
        const th_hop_kind kind = th_space_hop(graph->space, state, choices[i], &search->hop);
        if (kind == TH_HOP_FAILED) return false;
        if (kind == TH_HOP_BLOCKED) continue;
        add_edge(search, node, choices[i], kind);
        graph->nodes[node].taken |= bit;
        moved = true;
    }
    graph->nodes[node].partial = wanted != TH_REDUCE_ALL;
    if (moved || wanted != TH_REDUCE_ALL) return true;
    uint32_t class;
    if (!th_space_deadlock(graph->space, state, &class)) return false;
    graph->nodes[node].end = class | TH_EDGE_END;
    return true;
}

// The graph's own copy moves when nodes are added.
static void copy_state(const th_graph *graph, uint32_t node, uint32_t *state) {
    const uint32_t *kept = th_graph_state(graph, node);
    memcpy(state, kept, th_space_width(graph->space, kept) * sizeof(*state));
}

// Takes what is needed at the node, as far as is known now. False: failed.
static bool expand(th_search *search, uint32_t node) {
    th_graph *graph = search->graph;
    uint32_t state[TH_STATE_WIDTH_MAX];
    copy_state(graph, node, state);
    uint64_t wanted = TH_REDUCE_ALL;
    if (search->reduces) {
        wanted = th_reduce(graph->space, state, graph->nodes[node].taken, &search->hop);
        if (wanted == 0) return false;
    }
    return take(search, node, state, wanted);
}

static bool expand_all(th_search *search) {
    while (search->stack_count > 0) {
        const th_explore_progress progress = {.bound = -1};
        if (search->graph->node_count > search->state_limit ||
            !th_search_goes_on(search, progress)) {
            search->stopped = true;
            return false;
        }
        if (!expand(search, search->stack[--search->stack_count])) return false;
    }
    return true;
}

// What was left out rests on futures that have grown since: looks again until nothing changes.
static bool look_again(th_search *search) {
    const th_graph *graph = search->graph;
    uint64_t seen_growth = UINT64_MAX;
    while (seen_growth != graph->space->futures.growth) {
        seen_growth = graph->space->futures.growth;
        for (uint32_t node = 0; node < graph->node_count; node++) {
            if (graph->nodes[node].partial) push(search, node);
        }
        if (!expand_all(search)) return false;
    }
    return true;
}

// Takes everything where a cycle closes: else a search could put a step off for ever. False:
// failed.
// `*changed`: there was something to take.
static bool break_cycles(th_search *search, bool *changed) {
    th_order order;
    th_order_find(search->graph, &order);
    bool good = true;
    *changed = false;
    for (uint32_t i = 0; i < order.closing_count && good; i++) {
        const uint32_t node = order.closing[i];
        if (!search->graph->nodes[node].partial) continue;
        *changed = true;
        uint32_t state[TH_STATE_WIDTH_MAX];
        copy_state(search->graph, node, state);
        good = take(search, node, state, TH_REDUCE_ALL);
    }
    th_order_free(&order);
    return good;
}

bool th_search_run(th_search *search) {
    push(search, 0);
    if (!expand_all(search)) return false;
    bool changed = search->reduces;
    while (changed) {
        if (!look_again(search) || !break_cycles(search, &changed)) return false;
    }
    return true;
}

void th_search_free(th_search *search) { free(search->stack); }

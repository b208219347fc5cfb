#include "sim/explore/search.h"

#include "sim/explore/tally.h"

#include <stdlib.h>
#include <string.h>

enum {
    ASK_EVERY = 1024,
    BREADTH_FIRST_MAX = 2000000,  // nodes: some 100 MB
};

bool th_search_goes_on(th_search *search, th_explore_progress progress) {
    if (++search->asked < ASK_EVERY) return true;
    search->asked = 0;
    if (th_graph_memory_used(search->graph) + th_space_memory_used(search->graph->space) >
        TH_EXPLORE_BYTES_MAX) {
        return false;
    }
    const th_explore_desc *desc = search->desc;
    progress.states = search->graph->node_count;
    progress.steps = search->steps;
    progress.finding_count = search->graph->space->class_count;
    return desc->go_on == NULL || desc->go_on(desc->go_on_context, &progress);
}

static void push(th_search *search, uint32_t node) {
    search->waiting = th_explore_reserve(search->waiting, search->waiting_count + UINT64_C(1),
                                         &search->waiting_capacity, sizeof(*search->waiting));
    search->waiting[search->waiting_count++] = node;
}

// Breadth first while the graph is small, since states that lie near each other in memory are near
// each other in time then; depth first later, since what may not come to an end shall see some runs
// come to theirs.
static uint32_t pop(th_search *search) {
    const bool small = search->graph->node_count < BREADTH_FIRST_MAX;
    const uint32_t node =
        small ? search->waiting[search->first_waiting++] : search->waiting[--search->waiting_count];
    if (search->first_waiting == search->waiting_count) {
        search->first_waiting = search->waiting_count = 0;
    }
    return node;
}

static uint64_t bit_of(th_choice choice) { return UINT64_C(1) << (choice.g & 63); }

// What was taken at the node; of a search that does not reduce: nothing is known.
static th_part *part_of(th_search *search, uint32_t node) {
    while (search->part_count <= node) {
        search->parts = th_explore_reserve(search->parts, search->part_count + UINT64_C(1),
                                           &search->part_capacity, sizeof(*search->parts));
        search->parts[search->part_count++] = (th_part){0};
    }
    return &search->parts[node];
}

static void add_edge(th_search *search, const th_arrival *arrival) {
    th_graph *graph = search->graph;
    const uint32_t node = arrival->node;
    search->steps++;
    if (arrival->kind == TH_HOP_END) {
        th_graph_edge(graph, node, arrival->hop.class | TH_EDGE_END, arrival->choice);
        return;
    }
    const uint32_t known_count = graph->node_count;
    const uint32_t target =
        th_graph_node(graph, arrival->hop.state, arrival->hop.width, arrival->hash);
    th_graph_edge(graph, node, target, arrival->choice);
    if (target == known_count) push(search, target);
}

// Adds the edges of all arrivals.
static void settle(th_search *search) {
    for (uint32_t i = 0; i < search->arrival_count; i++) {
        if (search->arrivals[i].kind == TH_HOP_STATE) {
            th_graph_approach(search->graph, search->arrivals[i].hash);
        }
    }
    for (uint32_t i = 0; i < search->arrival_count; i++) {
        add_edge(search, &search->arrivals[i]);
    }
    search->arrival_count = 0;
}

// Takes one step. False: failed. `*moved`: it was possible.
static bool take_one(th_search *search, uint32_t node, const uint32_t *state, th_choice choice,
                     bool *moved) {
    th_graph *graph = search->graph;
    th_arrival *arrival = &search->arrivals[search->arrival_count];
    arrival->kind = th_space_hop(graph->space, state, choice, &arrival->hop);
    if (arrival->kind == TH_HOP_FAILED) return false;
    if (arrival->kind == TH_HOP_BLOCKED) return true;
    *moved = true;
    arrival->choice = choice;
    arrival->node = node;
    if (arrival->kind == TH_HOP_STATE) {
        arrival->hash = th_graph_hash(arrival->hop.state, arrival->hop.width);
        th_graph_prefetch(graph, arrival->hash);
    }
    if (search->reduces) part_of(search, node)->taken |= bit_of(choice);
    if (++search->arrival_count == TH_SEARCH_BATCH) settle(search);
    return true;
}

// Takes the steps of the goroutines in `wanted` that were not taken yet. False: failed.
static bool take(th_search *search, uint32_t node, const uint32_t *state, uint64_t wanted) {
    th_graph *graph = search->graph;
    th_choice choices[TH_SPACE_CHOICE_MAX];
    const uint32_t count = th_space_choices(graph->space, state, choices);
    const uint64_t before = search->reduces ? part_of(search, node)->taken : 0;
    bool moved = before != 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint64_t bit = bit_of(choices[i]);
        if ((wanted & bit) == 0 || (before & bit) != 0) continue;
        if (!take_one(search, node, state, choices[i], &moved)) return false;
    }
    if (search->reduces) part_of(search, node)->partial = wanted != TH_REDUCE_ALL;
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
        wanted = th_reduce(graph->space, state, part_of(search, node)->taken, &search->hop);
        if (wanted == 0) return false;
    }
    return take(search, node, state, wanted);
}

static bool expand_all(th_search *search) {
    for (;;) {
        if (search->first_waiting == search->waiting_count) settle(search);
        if (search->first_waiting == search->waiting_count) return true;
        const th_explore_progress progress = {.bound = -1};
        if (search->graph->node_count > search->state_limit ||
            !th_search_goes_on(search, progress)) {
            search->stopped = true;
            return false;
        }
        if (!expand(search, pop(search))) return false;
    }
}

// What was left out rests on futures that have grown since: looks again until nothing changes.
static bool look_again(th_search *search) {
    const th_graph *graph = search->graph;
    uint64_t seen_growth = UINT64_MAX;
    while (seen_growth != graph->space->futures.growth) {
        seen_growth = graph->space->futures.growth;
        for (uint32_t node = 0; node < graph->node_count; node++) {
            if (part_of(search, node)->partial) push(search, node);
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
        if (!part_of(search, node)->partial) continue;
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

void th_search_free(th_search *search) {
    free(search->waiting);
    free(search->parts);
}

#include "sim/explore/ladder.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

// A state, who took the last step before it, and how it was come to.
typedef struct th_rung {
    th_count count;  // ways to it, when counting
    uint32_t node;
    uint32_t from;  // the rung before; 0: the start
    uint32_t next;  // in its list; 0: the last
    uint32_t level, step;
    uint16_t last;     // g; 0: nobody
    uint16_t g, code;  // the choice that led here
    uint16_t stale;    // bool: a simpler way to the same came up before its turn
} th_rung;

enum { FIRST_TABLE_CAPACITY = 1024 };

// --- the table: what makes two rungs one ---

static bool same_place(const th_ladder *ladder, const th_rung *a, const th_rung *b) {
    return a->node == b->node && a->last == b->last &&
           (!ladder->counting || (a->level == b->level && a->step == b->step));
}

static uint32_t *place_of(const th_ladder *ladder, const th_rung *rung) {
    uint64_t key = (uint64_t)rung->node << 16 | rung->last;
    if (ladder->counting) key = th_hash_combine(key, (uint64_t)rung->level << 32 | rung->step);
    const uint32_t mask = ladder->table_capacity - 1;
    uint32_t i = (uint32_t)th_hash_mix64(key) & mask;
    while (ladder->table[i] != 0 && !same_place(ladder, &ladder->rungs[ladder->table[i]], rung)) {
        i = (i + 1) & mask;
    }
    return &ladder->table[i];
}

static void grow_table(th_ladder *ladder) {
    if (ladder->table_count * UINT64_C(2) < ladder->table_capacity) return;
    free(ladder->table);
    ladder->table_capacity =
        ladder->table_capacity ? ladder->table_capacity * 2 : FIRST_TABLE_CAPACITY;
    ladder->table = calloc(ladder->table_capacity, sizeof(*ladder->table));
    TH_ASSERT(ladder->table != NULL);
    for (uint32_t i = 1; i < ladder->rung_count; i++) {
        if (!ladder->rungs[i].stale) *place_of(ladder, &ladder->rungs[i]) = i;
    }
}

static void list(th_ladder *ladder, uint32_t index) {
    th_rung *rung = &ladder->rungs[index];
    const uint32_t lane = rung->level % 2;
    uint32_t *count = &ladder->head_counts[lane];
    if (rung->step >= *count) {
        ladder->heads[lane] =
            th_explore_reserve(ladder->heads[lane], rung->step + UINT64_C(1),
                               &ladder->head_capacities[lane], sizeof(*ladder->heads[lane]));
        memset(ladder->heads[lane] + *count, 0, (rung->step + 1 - *count) * sizeof(uint32_t));
        *count = rung->step + 1;
    }
    rung->next = ladder->heads[lane][rung->step];
    ladder->heads[lane][rung->step] = index;
}

static void add_rung(th_ladder *ladder, const th_rung *rung) {
    uint32_t *place = place_of(ladder, rung);
    th_rung *known = *place == 0 ? NULL : &ladder->rungs[*place];
    if (known != NULL && ladder->counting) {
        th_count_add(&known->count, rung->count);
        return;
    }
    if (known != NULL) {
        const bool simpler =
            rung->level < known->level || (rung->level == known->level && rung->step < known->step);
        if (!simpler) return;
        known->stale = 1;
    } else {
        ladder->table_count++;
    }
    ladder->rungs = th_explore_reserve(ladder->rungs, ladder->rung_count + UINT64_C(1),
                                       &ladder->rung_capacity, sizeof(*ladder->rungs));
    const uint32_t index = ladder->rung_count++;
    ladder->rungs[index] = *rung;
    *place = index;
    list(ladder, index);
    grow_table(ladder);
}

// --- ways to the end of a run ---

static void add_way(th_ladder *ladder, uint32_t class, th_way way) {
    while (ladder->way_count <= class) {
        ladder->ways = th_explore_reserve(ladder->ways, ladder->way_count + UINT64_C(1),
                                          &ladder->way_capacity, sizeof(*ladder->ways));
        ladder->ways[ladder->way_count++] = (th_way){0};
    }
    th_way *known = &ladder->ways[class];
    th_count_add(&way.count, known->count);
    const bool simpler = known->rung == 0 || way.level < known->level ||
                         (way.level == known->level && way.step_count < known->step_count);
    if (simpler) {
        *known = way;
    } else {
        known->count = way.count;
    }
}

bool th_ladder_settled(const th_ladder *ladder, uint32_t class) {
    if (class >= ladder->way_count || ladder->ways[class].rung == 0) return false;
    const th_way *way = &ladder->ways[class];
    return ladder->done || way->level < ladder->level ||
           (way->level == ladder->level && way->step_count <= ladder->step);
}

static bool all_settled(const th_ladder *ladder) {
    if (ladder->wanted == UINT32_MAX) return false;
    uint32_t settled = 0;
    for (uint32_t class = 0; class < ladder->way_count; class ++) {
        settled += th_ladder_settled(ladder, class);
    }
    return settled >= ladder->wanted;
}

void th_ladder_choices(const th_ladder *ladder, const th_way *way, th_choice *choices) {
    uint32_t left = way->step_count;
    if (!way->blocked) choices[--left] = way->choice;
    for (uint32_t i = way->rung; ladder->rungs[i].from != 0; i = ladder->rungs[i].from) {
        choices[--left] = th_choice_of(ladder->rungs[i].g, ladder->rungs[i].code);
    }
    TH_ASSERT(left == 0);
}

// --- climbing ---

// What can be done at a rung.
typedef struct options {
    th_choice choices[TH_SPACE_CHOICE_MAX];
    uint32_t count;
    uint32_t state[TH_STATE_WIDTH_MAX];
    bool last_enabled;
} options;

// Keeps the enabled choices only. False: failed.
static bool find_options(th_ladder *ladder, const th_rung *rung, options *found) {
    th_graph *graph = ladder->search->graph;
    const uint32_t *kept = th_graph_state(graph, rung->node);
    memcpy(found->state, kept, th_space_width(graph->space, kept) * sizeof(*kept));
    const uint32_t all = th_space_choices(graph->space, found->state, found->choices);
    found->count = 0;
    found->last_enabled = false;
    for (uint32_t i = 0; i < all; i++) {
        const th_choice choice = found->choices[i];
        const th_hop_kind kind =
            th_space_hop(graph->space, found->state, choice, &ladder->search->hop);
        if (kind == TH_HOP_FAILED) return false;
        if (kind == TH_HOP_BLOCKED) continue;
        found->choices[found->count++] = choice;
        if (choice.kind == TH_CHOICE_RUN && choice.g == rung->last) found->last_enabled = true;
    }
    return true;
}

static bool climb(th_ladder *ladder, uint32_t index, const options *at, th_choice choice) {
    th_graph *graph = ladder->search->graph;
    const th_rung from = ladder->rungs[index];
    const bool runs = choice.kind == TH_CHOICE_RUN;
    const bool preempts = runs && at->last_enabled && choice.g != from.last;
    const uint32_t level = from.level + preempts;
    if (level > ladder->bound) {
        ladder->cut = true;
        return true;
    }
    ladder->search->steps++;
    const th_hop_kind kind = th_space_hop(graph->space, at->state, choice, &ladder->search->hop);
    if (kind == TH_HOP_FAILED) return false;
    if (kind == TH_HOP_END) {
        add_way(ladder, ladder->search->hop.class,
                (th_way){.rung = index,
                         .choice = choice,
                         .level = level,
                         .step_count = from.step + 1,
                         .count = from.count});
        return true;
    }
    const th_hop *hop = &ladder->search->hop;
    const uint32_t hash = th_graph_hash(hop->state, hop->width);
    add_rung(ladder, &(th_rung){.count = from.count,
                                .node = th_graph_node(graph, hop->state, hop->width, hash),
                                .from = index,
                                .level = level,
                                .step = from.step + 1,
                                .last = runs ? choice.g : from.last,
                                .g = choice.g,
                                .code = (uint16_t)th_choice_code_of(choice)});
    return true;
}

static bool look_at(th_ladder *ladder, uint32_t index) {
    if (ladder->rungs[index].stale) return true;
    options at;
    if (!find_options(ladder, &ladder->rungs[index], &at)) return false;
    for (uint32_t i = 0; i < at.count; i++) {
        if (!climb(ladder, index, &at, at.choices[i])) return false;
    }
    if (at.count > 0) return true;
    uint32_t class;
    if (!th_space_deadlock(ladder->search->graph->space, at.state, &class)) return false;
    const th_rung *rung = &ladder->rungs[index];
    add_way(ladder, class,
            (th_way){.rung = index,
                     .level = rung->level,
                     .step_count = rung->step,
                     .blocked = true,
                     .count = rung->count});
    return true;
}

static bool goes_on(th_ladder *ladder) {
    const th_explore_progress progress = {.bound = ladder->counting ? (int64_t)ladder->level : -1,
                                          .simplifying = !ladder->counting};
    if (ladder->rung_count <= ladder->rung_limit && th_search_goes_on(ladder->search, progress)) {
        return true;
    }
    ladder->search->stopped = true;
    return false;
}

// All rungs of a level and step. They may be added to meanwhile only when they were emptied.
static bool look_at_all(th_ladder *ladder) {
    const uint32_t lane = ladder->level % 2;
    uint32_t index = ladder->heads[lane][ladder->step];
    ladder->heads[lane][ladder->step] = 0;
    while (index != 0) {
        if (!goes_on(ladder) || !look_at(ladder, index)) return false;
        index = ladder->rungs[index].next;
    }
    return true;
}

static bool look_at_level(th_ladder *ladder) {
    const uint32_t lane = ladder->level % 2;
    for (ladder->step = 0; ladder->step < ladder->head_counts[lane]; ladder->step++) {
        if (!look_at_all(ladder)) return false;
        if (all_settled(ladder)) {
            ladder->done = true;
            return true;
        }
    }
    ladder->head_counts[lane] = 0;
    return true;
}

bool th_ladder_run(th_ladder *ladder) {
    ladder->rungs = th_explore_reserve(NULL, 1, &ladder->rung_capacity, sizeof(*ladder->rungs));
    ladder->rung_count = 1;
    grow_table(ladder);
    add_rung(ladder, &(th_rung){.count = th_count_of(1)});
    for (ladder->level = 0; !ladder->done; ladder->level++) {
        if (!look_at_level(ladder)) return false;
        if (ladder->done) return true;
        if (ladder->head_counts[(ladder->level + 1) % 2] == 0) break;
    }
    ladder->done = true;
    return true;
}

void th_ladder_free(th_ladder *ladder) {
    free(ladder->rungs);
    free(ladder->table);
    free(ladder->heads[0]);
    free(ladder->heads[1]);
    free(ladder->ways);
    *ladder = (th_ladder){0};
}

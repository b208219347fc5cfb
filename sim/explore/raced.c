#include "sim/explore/raced.h"

#include "sim/base/assert.h"
#include "sim/base/hash.h"
#include "sim/explore/intern.h"

#include <stdlib.h>

typedef struct th_raced_state {
    uint64_t digest[2];
    uint32_t from;  // where it was first come from, and what that detector was told
    uint32_t first_word, word_count;
    uint32_t reserved;
} th_raced_state;

typedef struct th_raced_edge {
    uint32_t from, move;
    uint32_t to;  // 0: free
} th_raced_edge;

typedef struct th_raced_cached {
    uint32_t number;  // 0: none
    th_detector detector;
} th_raced_cached;

enum { FIRST_TABLE_CAPACITY = 64 };

static void *zeroed(size_t count, size_t size) {
    void *memory = calloc(count, size);
    TH_ASSERT(memory != NULL);
    return memory;
}

static uint32_t *state_place(const th_raced *raced, const uint64_t digest[2]) {
    const uint32_t mask = raced->state_table_capacity - 1;
    uint32_t i = (uint32_t)digest[0] & mask;
    for (; raced->state_table[i] != 0; i = (i + 1) & mask) {
        const th_raced_state *other = &raced->states[raced->state_table[i]];
        if (other->digest[0] == digest[0] && other->digest[1] == digest[1]) break;
    }
    return &raced->state_table[i];
}

static void grow_states(th_raced *raced) {
    if (raced->state_count * 2 < raced->state_table_capacity) return;
    free(raced->state_table);
    raced->state_table_capacity *= 2;
    raced->state_table = zeroed(raced->state_table_capacity, sizeof(*raced->state_table));
    for (uint32_t number = TH_RACED_START; number < raced->state_count; number++) {
        *state_place(raced, raced->states[number].digest) = number;
    }
}

// The number of a detector in that state.
static uint32_t intern(th_raced *raced, const th_detector *detector, th_raced_state state) {
    th_detector_digest(detector, state.digest);
    uint32_t *place = state_place(raced, state.digest);
    if (*place != 0) return *place;
    raced->states = th_explore_reserve(raced->states, raced->state_count + 1,
                                       &raced->state_capacity, sizeof(*raced->states));
    *place = raced->state_count;
    raced->states[raced->state_count++] = state;
    grow_states(raced);
    return raced->state_count - 1;
}

void th_raced_init(th_raced *raced, const th_detector *start) {
    *raced = (th_raced){.start = start, .state_count = TH_RACED_START};
    raced->states =
        th_explore_reserve(NULL, TH_RACED_START, &raced->state_capacity, sizeof(*raced->states));
    raced->states[TH_RACED_OFF] = raced->states[TH_RACED_YES] = (th_raced_state){0};
    raced->state_table_capacity = raced->edge_table_capacity = FIRST_TABLE_CAPACITY;
    raced->state_table = zeroed(FIRST_TABLE_CAPACITY, sizeof(*raced->state_table));
    raced->edges = zeroed(FIRST_TABLE_CAPACITY, sizeof(*raced->edges));
    raced->cache = zeroed(TH_RACED_CACHE, sizeof(*raced->cache));
    if (start != NULL) intern(raced, start, (th_raced_state){0});
}

void th_raced_free(th_raced *raced) {
    for (uint32_t i = 0; raced->cache != NULL && i < TH_RACED_CACHE; i++) {
        th_detector_free(&raced->cache[i].detector);
    }
    th_detector_free(&raced->spare);
    free(raced->cache);
    free(raced->states);
    free(raced->state_table);
    free(raced->edges);
    th_race_log_free(&raced->words);
    *raced = (th_raced){0};
}

size_t th_raced_memory_used(const th_raced *raced) {
    return raced->state_capacity * sizeof(*raced->states) +
           raced->state_table_capacity * sizeof(*raced->state_table) +
           raced->edge_table_capacity * sizeof(*raced->edges) +
           raced->words.capacity * sizeof(*raced->words.items);
}

uint32_t th_raced_keep(th_raced *raced, const th_race_log *log) {
    const uint32_t first = raced->words.count;
    for (uint32_t i = 0; i < log->count; i++) th_race_log_append(&raced->words, &log->items[i]);
    return first;
}

// --- detectors, whole ---

static th_raced_cached *cached(const th_raced *raced, uint32_t number) {
    return &raced->cache[number % TH_RACED_CACHE];
}

// The detector of that number, in its place of the cache: put together from the nearest one that it
// came from and that is still there.
static const th_detector *detector_of(th_raced *raced, uint32_t number) {
    if (number == TH_RACED_START) return raced->start;
    th_raced_cached *place = cached(raced, number);
    if (place->number == number) return &place->detector;
    uint32_t *way = NULL;  // from `number` back to the one that is there
    uint32_t count = 0, capacity = 0;
    uint32_t at = number;
    for (; at != TH_RACED_START && cached(raced, at)->number != at; at = raced->states[at].from) {
        way = th_explore_reserve(way, count + 1, &capacity, sizeof(*way));
        way[count++] = at;
    }
    const th_detector *nearest = at == TH_RACED_START ? raced->start : &cached(raced, at)->detector;
    th_detector_copy(&place->detector, nearest);
    while (count > 0) {
        const th_raced_state *state = &raced->states[way[--count]];
        th_race_log_tell(raced->words.items + state->first_word, state->word_count,
                         &place->detector);
    }
    place->number = number;
    free(way);
    return &place->detector;
}

// --- edges ---

static th_raced_edge *edge_place(const th_raced *raced, uint32_t from, uint32_t move) {
    const uint32_t mask = raced->edge_table_capacity - 1;
    uint32_t i = (uint32_t)th_hash_mix64((uint64_t)from << 32 | move) & mask;
    while (raced->edges[i].to != 0 &&
           (raced->edges[i].from != from || raced->edges[i].move != move)) {
        i = (i + 1) & mask;
    }
    return &raced->edges[i];
}

static void add_edge(th_raced *raced, th_raced_edge edge) {
    if (++raced->edge_count * 2 > raced->edge_table_capacity) {
        th_raced_edge *old = raced->edges;
        const uint32_t old_capacity = raced->edge_table_capacity;
        raced->edge_table_capacity *= 2;
        raced->edges = zeroed(raced->edge_table_capacity, sizeof(*raced->edges));
        for (uint32_t i = 0; i < old_capacity; i++) {
            if (old[i].to != 0) *edge_place(raced, old[i].from, old[i].move) = old[i];
        }
        free(old);
    }
    *edge_place(raced, edge.from, edge.move) = edge;
}

static uint32_t tell(th_raced *raced, uint32_t from, uint32_t first_word, uint32_t word_count) {
    th_detector *next = &raced->spare;
    th_detector_copy(next, detector_of(raced, from));
    if (th_race_log_tell(raced->words.items + first_word, word_count, next)) return TH_RACED_YES;
    const uint32_t number =
        intern(raced, next,
               (th_raced_state){.from = from, .first_word = first_word, .word_count = word_count});
    th_raced_cached *place = cached(raced, number);
    if (number > TH_RACED_START && place->number != number) {
        const th_detector old = place->detector;
        *place = (th_raced_cached){number, *next};
        *next = old;
    }
    return number;
}

uint32_t th_raced_next(th_raced *raced, uint32_t from, uint32_t move, uint32_t first_word,
                       uint32_t word_count) {
    if (from < TH_RACED_START || word_count == 0) return from;
    const th_raced_edge *known = edge_place(raced, from, move);
    if (known->to != 0) return known->to;
    const uint32_t to = tell(raced, from, first_word, word_count);
    add_edge(raced, (th_raced_edge){from, move, to});
    return to;
}

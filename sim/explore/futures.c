#include "sim/explore/futures.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

typedef struct th_future_edge {
    uint32_t before;
    uint32_t next;  // edge + 1, 0: the last
} th_future_edge;

// What a local state's set grew by, to be handed back: bits of one word, since most growth is one
// footprint and sets are long.
typedef struct th_future_growth {
    uint64_t bits;
    uint32_t local, word;
} th_future_growth;

enum { FIRST_INTERNED = TH_FOOTPRINT_ANYTHING + 1 };

void th_futures_init(th_futures *futures) {
    *futures = (th_futures){.stride = 1, .footprint_count = FIRST_INTERNED, .local_count = 1};
    futures->conflicts = calloc(FIRST_INTERNED, sizeof(*futures->conflicts));
    futures->sets = calloc(1, sizeof(*futures->sets));
    futures->first_edge = calloc(1, sizeof(*futures->first_edge));
    TH_ASSERT(futures->conflicts != NULL);
    TH_ASSERT(futures->sets != NULL);
    TH_ASSERT(futures->first_edge != NULL);
    futures->conflicts[TH_FOOTPRINT_ANYTHING] = UINT64_C(1)
                                                << (TH_FOOTPRINT_ANYTHING + TH_FUTURE_MARK_COUNT);
    futures->conflict_capacity = FIRST_INTERNED;
    futures->set_capacity = futures->first_capacity = 1;
}

void th_futures_free(th_futures *futures) {
    th_intern_free(&futures->touches);
    free(futures->conflicts);
    free(futures->sets);
    free(futures->edges);
    free(futures->first_edge);
    free(futures->waiting);
    *futures = (th_futures){0};
}

size_t th_futures_memory_used(const th_futures *futures) {
    const size_t rows = (size_t)futures->conflict_capacity + futures->set_capacity;
    return th_intern_memory(&futures->touches) + rows * futures->stride * sizeof(uint64_t) +
           futures->edge_capacity * sizeof(th_future_edge) +
           futures->first_capacity * sizeof(uint32_t) +
           futures->waiting_capacity * sizeof(th_future_growth);
}

// --- sets of bits ---

static uint64_t *conflict_set(const th_futures *futures, uint32_t footprint) {
    return futures->conflicts + (size_t)footprint * futures->stride;
}

static uint64_t *set_of(const th_futures *futures, uint32_t local) {
    return futures->sets + (size_t)local * futures->stride;
}

static void set_bit(uint64_t *set, uint32_t bit) { set[bit / 64] |= UINT64_C(1) << bit % 64; }

static bool has_bit(const uint64_t *set, uint32_t bit) {
    return (set[bit / 64] >> bit % 64 & 1) != 0;
}

static uint64_t *widened(uint64_t *rows, uint32_t row_count, uint32_t old, uint32_t stride) {
    uint64_t *wide = calloc((size_t)row_count, stride * sizeof(*wide));
    TH_ASSERT(wide != NULL);
    for (uint32_t row = 0; row < row_count; row++) {
        memcpy(wide + (size_t)row * stride, rows + (size_t)row * old, old * sizeof(*wide));
    }
    free(rows);
    return wide;
}

static void reserve_bits(th_futures *futures, uint32_t bit_count) {
    if (bit_count <= futures->stride * 64) return;
    const uint32_t old = futures->stride;
    futures->stride *= 2;
    futures->conflicts =
        widened(futures->conflicts, futures->footprint_count, old, futures->stride);
    futures->conflict_capacity = futures->footprint_count;
    futures->sets = widened(futures->sets, futures->local_count, old, futures->stride);
    futures->set_capacity = futures->local_count;
}

// A new row of zeros at the end.
static uint64_t *add_row(uint64_t *rows, uint32_t count, uint32_t *capacity, uint32_t stride) {
    rows = th_explore_reserve(rows, (size_t)count + 1, capacity, stride * sizeof(*rows));
    memset(rows + (size_t)count * stride, 0, stride * sizeof(*rows));
    return rows;
}

// --- footprints ---

static bool touches_meet(const th_touch *a, const th_touch *b) {
    return (a->writes & (b->reads | b->writes)) != 0 || (b->writes & a->reads) != 0;
}

static bool footprints_meet(const th_futures *futures, uint32_t a, uint32_t b) {
    if (a == TH_FOOTPRINT_NOTHING || b == TH_FOOTPRINT_NOTHING) return false;
    if (a == TH_FOOTPRINT_ANYTHING || b == TH_FOOTPRINT_ANYTHING) return true;
    size_t a_size, b_size;
    const th_touch *at = th_intern_at(&futures->touches, a - FIRST_INTERNED, &a_size);
    const th_touch *bt = th_intern_at(&futures->touches, b - FIRST_INTERNED, &b_size);
    const th_touch *a_end = at + a_size / sizeof(*at), *b_end = bt + b_size / sizeof(*bt);
    while (at < a_end && bt < b_end) {
        if (at->address == bt->address && touches_meet(at, bt)) return true;
        if (at->address <= bt->address) {
            at++;
        } else {
            bt++;
        }
    }
    return false;
}

static void add_footprint(th_futures *futures, uint32_t footprint) {
    reserve_bits(futures, footprint + 1 + TH_FUTURE_MARK_COUNT);
    futures->conflicts = add_row(futures->conflicts, futures->footprint_count,
                                 &futures->conflict_capacity, futures->stride);
    futures->footprint_count++;
    for (uint32_t other = 0; other < futures->footprint_count; other++) {
        if (!footprints_meet(futures, footprint, other)) continue;
        set_bit(conflict_set(futures, footprint), other + TH_FUTURE_MARK_COUNT);
        set_bit(conflict_set(futures, other), footprint + TH_FUTURE_MARK_COUNT);
    }
}

uint32_t th_futures_footprint(th_futures *futures, const th_touch *touches, uint32_t count) {
    if (count == 0) return TH_FOOTPRINT_NOTHING;
    bool added = false;
    const uint32_t footprint = FIRST_INTERNED + th_intern_add(&futures->touches, touches,
                                                              count * sizeof(*touches), &added);
    if (added) add_footprint(futures, footprint);
    return footprint;
}

// --- futures ---

// Adds bits to a word of the local state's set, and remembers to hand back those that are new.
static void grow(th_futures *futures, uint32_t local, uint32_t word, uint64_t bits) {
    uint64_t *set = set_of(futures, local);
    bits &= ~set[word];
    if (bits == 0) return;
    set[word] |= bits;
    futures->growth++;
    futures->waiting = th_explore_reserve(futures->waiting, futures->waiting_count + UINT64_C(1),
                                          &futures->waiting_capacity, sizeof(*futures->waiting));
    futures->waiting[futures->waiting_count++] =
        (th_future_growth){.bits = bits, .local = local, .word = word};
}

// Hands what grew back to all local states that come before.
static void hand_back(th_futures *futures) {
    while (futures->waiting_count > 0) {
        const th_future_growth grown = futures->waiting[--futures->waiting_count];
        for (uint32_t edge = futures->first_edge[grown.local]; edge != 0;) {
            const th_future_edge *back = &futures->edges[edge - 1];
            grow(futures, back->before, grown.word, grown.bits);
            edge = back->next;
        }
    }
}

void th_futures_add(th_futures *futures, uint32_t local, uint32_t footprint) {
    TH_ASSERT(local == futures->local_count);
    futures->sets =
        add_row(futures->sets, futures->local_count, &futures->set_capacity, futures->stride);
    futures->first_edge =
        th_explore_reserve(futures->first_edge, (size_t)local + 1, &futures->first_capacity,
                           sizeof(*futures->first_edge));
    futures->first_edge[local] = 0;
    futures->local_count++;
    set_bit(set_of(futures, local), footprint + TH_FUTURE_MARK_COUNT);
}

void th_futures_follow(th_futures *futures, uint32_t from, uint32_t to) {
    for (uint32_t edge = futures->first_edge[to]; edge != 0;) {
        if (futures->edges[edge - 1].before == from) return;
        edge = futures->edges[edge - 1].next;
    }
    futures->edges = th_explore_reserve(futures->edges, futures->edge_count + 1,
                                        &futures->edge_capacity, sizeof(*futures->edges));
    futures->edges[futures->edge_count++] = (th_future_edge){from, futures->first_edge[to]};
    futures->first_edge[to] = futures->edge_count;
    for (uint32_t word = 0; word < futures->stride; word++) {
        grow(futures, from, word, set_of(futures, to)[word]);
    }
    hand_back(futures);
}

void th_futures_mark(th_futures *futures, uint32_t local, th_future_mark mark) {
    grow(futures, local, mark / 64, UINT64_C(1) << mark % 64);
    hand_back(futures);
}

bool th_futures_conflict(const th_futures *futures, uint32_t footprint, uint32_t local) {
    const uint64_t *conflicts = conflict_set(futures, footprint);
    const uint64_t *future = set_of(futures, local);
    for (uint32_t i = 0; i < futures->stride; i++) {
        if ((conflicts[i] & future[i]) != 0) return true;
    }
    return false;
}

bool th_futures_meet(const th_futures *futures, uint32_t a, uint32_t b) {
    return has_bit(conflict_set(futures, a), b + TH_FUTURE_MARK_COUNT);
}

bool th_futures_marked(const th_futures *futures, uint32_t local, th_future_mark mark) {
    return has_bit(set_of(futures, local), mark);
}

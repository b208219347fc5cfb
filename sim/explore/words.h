// The simulated memory of kept states: which 8-byte words differ from those at the start, and how.
//
// Only words that ever change get a slot; a memory is the list of its slots' values, interned, so
// equal memories have equal numbers. Number 0 is the memory at the start. Private to sim/explore.
#ifndef TH_SIM_EXPLORE_WORDS_H
#define TH_SIM_EXPLORE_WORDS_H

#include "sim/memory/memory.h"

typedef struct th_words_memory {
    uint64_t hash;   // of the slots that differ from the start
    size_t first;    // index into `values`
    uint32_t count;  // slots listed; those behind are as at the start
} th_words_memory;

typedef struct th_words {
    uint64_t *addresses;  // [slot]
    uint64_t *start;      // [slot]: its value at the start
    uint32_t slot_count, slot_capacity, start_capacity;
    uint32_t *slots;  // by address: slot + 1, 0: free
    uint32_t slots_capacity;
    uint64_t *values;
    size_t value_count, value_capacity;
    th_words_memory *memories;
    uint32_t memory_count, memory_capacity;
    uint32_t *table;  // memory + 1, 0: free
    uint32_t table_capacity;
} th_words;

void th_words_init(th_words *words);
void th_words_free(th_words *words);
size_t th_words_memory_used(const th_words *words);  // bytes of heap

// The slot of the word at an 8-aligned address. A new one holds `value` in all memories so far.
uint32_t th_words_slot(th_words *words, uint64_t address, uint64_t value);

static inline uint64_t th_words_get(const th_words *words, uint32_t memory, uint32_t slot) {
    const th_words_memory *of = &words->memories[memory];
    return slot < of->count ? words->values[of->first + slot] : words->start[slot];
}

// The memory in which that slot holds `value` instead.
uint32_t th_words_set(th_words *words, uint32_t memory, uint32_t slot, uint64_t value);

// The memory whose slots are as in `now`; words that changed from `before` and have no slot get
// one. `before` is a world's memory of number `before_number`.
uint32_t th_words_take(th_words *words, const th_memory *now, const th_memory *before);
// Writes what memory `wanted` differs in from memory `held`, which `memory` holds.
void th_words_put(const th_words *words, uint32_t held, uint32_t wanted, th_memory *memory);

#endif

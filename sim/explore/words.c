#include "sim/explore/words.h"

#include "sim/base/assert.h"
#include "sim/explore/intern.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_TABLE_CAPACITY = 64 };

static void *zeroed(size_t count, size_t size) {
    void *memory = calloc(count, size);
    TH_ASSERT(memory != NULL);
    return memory;
}

void th_words_init(th_words *words) {
    *words = (th_words){0};
    words->slots_capacity = words->table_capacity = FIRST_TABLE_CAPACITY;
    words->slots = zeroed(FIRST_TABLE_CAPACITY, sizeof(*words->slots));
    words->table = zeroed(FIRST_TABLE_CAPACITY, sizeof(*words->table));
    words->memories =
        th_explore_reserve(NULL, 1, &words->memory_capacity, sizeof(*words->memories));
    words->memories[words->memory_count++] = (th_words_memory){0};
    words->table[0] = 1;
}

void th_words_free(th_words *words) {
    free(words->addresses);
    free(words->start);
    free(words->slots);
    free(words->values);
    free(words->memories);
    free(words->table);
    *words = (th_words){0};
}

size_t th_words_memory_used(const th_words *words) {
    return words->value_capacity * sizeof(*words->values) +
           words->memory_capacity * sizeof(*words->memories) +
           (words->table_capacity + words->slots_capacity + words->slot_capacity * 4) *
               sizeof(uint32_t);
}

// --- slots ---

static uint32_t *slot_place(const th_words *words, uint64_t address) {
    const uint32_t mask = words->slots_capacity - 1;
    uint32_t i = (uint32_t)th_hash_mix64(address) & mask;
    while (words->slots[i] != 0 && words->addresses[words->slots[i] - 1] != address) {
        i = (i + 1) & mask;
    }
    return &words->slots[i];
}

static void grow_slots(th_words *words) {
    if (words->slot_count * 2 < words->slots_capacity) return;
    free(words->slots);
    words->slots_capacity *= 2;
    words->slots = zeroed(words->slots_capacity, sizeof(*words->slots));
    for (uint32_t slot = 0; slot < words->slot_count; slot++) {
        *slot_place(words, words->addresses[slot]) = slot + 1;
    }
}

uint32_t th_words_slot(th_words *words, uint64_t address, uint64_t value) {
    uint32_t *place = slot_place(words, address);
    if (*place != 0) return *place - 1;
    const uint32_t slot = words->slot_count++;
    words->addresses = th_explore_reserve(words->addresses, words->slot_count,
                                          &words->slot_capacity, sizeof(*words->addresses));
    words->start = th_explore_reserve(words->start, words->slot_count, &words->start_capacity,
                                      sizeof(*words->start));
    words->addresses[slot] = address;
    words->start[slot] = value;
    *place = slot + 1;
    grow_slots(words);
    return slot;
}

// --- memories ---

// What a slot adds to a memory's hash.
static uint64_t mark(const th_words *words, uint32_t slot, uint64_t value) {
    return value == words->start[slot] ? 0 : th_hash_combine(slot + UINT64_C(1), value);
}

static void grow_table(th_words *words) {
    if (words->memory_count * 2 < words->table_capacity) return;
    free(words->table);
    words->table_capacity *= 2;
    words->table = zeroed(words->table_capacity, sizeof(*words->table));
    const uint32_t mask = words->table_capacity - 1;
    for (uint32_t memory = 0; memory < words->memory_count; memory++) {
        uint32_t i = (uint32_t)words->memories[memory].hash & mask;
        while (words->table[i] != 0) i = (i + 1) & mask;
        words->table[i] = memory + 1;
    }
}

static uint64_t *reserve_values(th_words *words, size_t count) {
    const size_t needed = words->value_count + count;
    if (needed > words->value_capacity) {
        size_t capacity = words->value_capacity ? words->value_capacity : 1024;
        while (capacity < needed) capacity *= 2;
        words->values = realloc(words->values, capacity * sizeof(*words->values));
        TH_ASSERT(words->values != NULL);
        words->value_capacity = capacity;
    }
    return words->values + words->value_count;
}

// The memory that lists the `count` values behind the last one's.
static uint32_t intern_last(th_words *words, uint64_t hash, uint32_t count) {
    const uint64_t *values = words->values + words->value_count;
    while (count > 0 && values[count - 1] == words->start[count - 1]) count--;
    const uint32_t mask = words->table_capacity - 1;
    uint32_t i = (uint32_t)hash & mask;
    for (; words->table[i] != 0; i = (i + 1) & mask) {
        const th_words_memory *other = &words->memories[words->table[i] - 1];
        if (other->hash != hash || other->count != count) continue;
        if (count == 0 || memcmp(words->values + other->first, values, count * 8) == 0) {
            return words->table[i] - 1;
        }
    }
    const uint32_t memory = words->memory_count++;
    words->memories = th_explore_reserve(words->memories, words->memory_count,
                                         &words->memory_capacity, sizeof(*words->memories));
    words->memories[memory] = (th_words_memory){hash, words->value_count, count};
    words->value_count += count;
    words->table[i] = memory + 1;
    grow_table(words);
    return memory;
}

uint32_t th_words_set(th_words *words, uint32_t memory, uint32_t slot, uint64_t value) {
    const uint64_t old = th_words_get(words, memory, slot);
    if (old == value) return memory;
    const th_words_memory of = words->memories[memory];
    const uint32_t count = slot < of.count ? of.count : slot + 1;
    uint64_t *values = reserve_values(words, count);
    if (of.count > 0) memcpy(values, words->values + of.first, of.count * sizeof(*values));
    for (uint32_t i = of.count; i < count; i++) values[i] = words->start[i];
    values[slot] = value;
    const uint64_t hash = of.hash ^ mark(words, slot, old) ^ mark(words, slot, value);
    return intern_last(words, hash, count);
}

// Gives the words of a page that changed a slot each. `old` NULL: it was all zero.
static void add_changed(th_words *words, uint64_t base, const th_page *now, const th_page *old) {
    for (uint32_t at = 0; at < TH_PAGE_SIZE; at += 8) {
        uint64_t new_value, old_value = 0;
        memcpy(&new_value, now->bytes + at, 8);
        if (old != NULL) memcpy(&old_value, old->bytes + at, 8);
        if (new_value != old_value) th_words_slot(words, base + at, old_value);
    }
}

uint32_t th_words_take(th_words *words, const th_memory *now, const th_memory *before) {
    for (uint32_t i = 0; i < now->region_count; i++) {
        const th_pages *pages = &now->regions[i].bytes;
        for (uint32_t j = 0; j < pages->count; j++) {
            const th_page *page = pages->items[j];
            const th_page *old =
                i < before->region_count ? th_pages_look(&before->regions[i].bytes, j) : NULL;
            if (page == old || page == NULL) continue;
            const uint64_t base =
                TH_MEMORY_BASE + ((uint64_t)i << TH_REGION_SHIFT) + (uint64_t)j * TH_PAGE_SIZE;
            add_changed(words, base, page, old);
        }
    }
    uint64_t *values = reserve_values(words, words->slot_count);
    uint64_t hash = 0;
    for (uint32_t slot = 0; slot < words->slot_count; slot++) {
        values[slot] = th_memory_peek(now, words->addresses[slot], 8);
        hash ^= mark(words, slot, values[slot]);
    }
    return intern_last(words, hash, words->slot_count);
}

void th_words_put(const th_words *words, uint32_t held, uint32_t wanted, th_memory *memory) {
    if (held == wanted) return;
    const uint32_t held_count = words->memories[held].count;
    const uint32_t wanted_count = words->memories[wanted].count;
    const uint32_t count = held_count > wanted_count ? held_count : wanted_count;
    for (uint32_t slot = 0; slot < count; slot++) {
        const uint64_t value = th_words_get(words, wanted, slot);
        if (value != th_words_get(words, held, slot)) {
            th_memory_poke(memory, words->addresses[slot], 8, value);
        }
    }
}

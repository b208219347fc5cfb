#include "sim/explore/intern.h"

#include "sim/base/assert.h"
#include "sim/base/hash.h"

#include <stdlib.h>
#include <string.h>

void *th_explore_reserve(void *items, size_t count, uint32_t *capacity, size_t item_size) {
    if (count <= *capacity) return items;
    size_t wanted = *capacity ? *capacity : 16;
    while (wanted < count) wanted *= 2;
    TH_ASSERT(wanted <= UINT32_MAX);
    void *more = realloc(items, wanted * item_size);
    TH_ASSERT(more != NULL);
    *capacity = (uint32_t)wanted;
    return more;
}

void th_intern_free(th_intern *strings) {
    free(strings->data);
    free(strings->ends);
    free(strings->hashes);
    free(strings->table);
    *strings = (th_intern){0};
}

uint64_t th_intern_hash(const void *string, size_t size) {
    const uint8_t *at = string;
    uint64_t hash = size;
    for (; size >= 8; size -= 8, at += 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    uint64_t word = 0;
    memcpy(&word, at, size);
    return th_hash_combine(hash, word);
}

const void *th_intern_at(const th_intern *strings, uint32_t index, size_t *size) {
    const size_t first = index == 0 ? 0 : strings->ends[index - 1];
    *size = strings->ends[index] - first;
    return strings->data + first;
}

static uint32_t *place(const th_intern *strings, const void *string, size_t size, uint64_t hash) {
    const uint32_t mask = strings->table_capacity - 1;
    uint32_t i = (uint32_t)hash & mask;
    for (; strings->table[i] != 0; i = (i + 1) & mask) {
        const uint32_t index = strings->table[i] - 1;
        size_t other_size;
        if (strings->hashes[index] != hash) continue;
        const void *other = th_intern_at(strings, index, &other_size);
        if (other_size == size && memcmp(other, string, size) == 0) break;
    }
    return &strings->table[i];
}

static void grow_table(th_intern *strings) {
    if (strings->count * 2 < strings->table_capacity) return;
    strings->table_capacity = strings->table_capacity ? strings->table_capacity * 2 : 64;
    free(strings->table);
    strings->table = calloc(strings->table_capacity, sizeof(*strings->table));
    TH_ASSERT(strings->table != NULL);
    for (uint32_t index = 0; index < strings->count; index++) {
        const uint32_t mask = strings->table_capacity - 1;
        uint32_t i = (uint32_t)strings->hashes[index] & mask;
        while (strings->table[i] != 0) i = (i + 1) & mask;
        strings->table[i] = index + 1;
    }
}

static void append(th_intern *strings, const void *string, size_t size) {
    if (strings->size + size > strings->capacity) {
        size_t capacity = strings->capacity ? strings->capacity : 4096;
        while (capacity < strings->size + size) capacity *= 2;
        strings->data = realloc(strings->data, capacity);
        TH_ASSERT(strings->data != NULL);
        strings->capacity = capacity;
    }
    if (size > 0) memcpy(strings->data + strings->size, string, size);
    strings->size += size;
}

uint32_t th_intern_add(th_intern *strings, const void *string, size_t size, bool *added) {
    grow_table(strings);
    const uint64_t hash = th_intern_hash(string, size);
    uint32_t *slot = place(strings, string, size, hash);
    *added = *slot == 0;
    if (!*added) return *slot - 1;
    append(strings, string, size);
    uint32_t capacity = strings->end_capacity;
    strings->ends =
        th_explore_reserve(strings->ends, strings->count + 1, &capacity, sizeof(*strings->ends));
    strings->hashes = th_explore_reserve(strings->hashes, strings->count + 1,
                                         &strings->end_capacity, sizeof(*strings->hashes));
    strings->ends[strings->count] = strings->size;
    strings->hashes[strings->count] = hash;
    *slot = ++strings->count;
    return strings->count - 1;
}

size_t th_intern_memory(const th_intern *strings) {
    return strings->capacity + strings->end_capacity * (sizeof(size_t) + sizeof(uint64_t)) +
           strings->table_capacity * sizeof(*strings->table);
}

// Interning: equal byte strings get the same number. Compared in full, so two never share one.
// Private to sim/explore.
#ifndef TH_SIM_EXPLORE_INTERN_H
#define TH_SIM_EXPLORE_INTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct th_intern {
    uint8_t *data;  // all strings, one behind the other
    size_t size, capacity;
    size_t *ends;  // [count]
    uint64_t *hashes;
    uint32_t count, end_capacity;
    uint32_t *table;  // open addressing; number + 1, 0: free
    uint32_t table_capacity;
} th_intern;

void th_intern_free(th_intern *strings);
// The number of the string, counted from 0. `*added`: it was new.
uint32_t th_intern_add(th_intern *strings, const void *string, size_t size, bool *added);
// String `index`; valid until the next one is added.
const void *th_intern_at(const th_intern *strings, uint32_t index, size_t *size);
size_t th_intern_memory(const th_intern *strings);  // bytes of heap

// A hash of bytes, eight at a time.
uint64_t th_intern_hash(const void *string, size_t size);

// An array's room for `count` items; grows by doubling.
void *th_explore_reserve(void *items, size_t count, uint32_t *capacity, size_t item_size);

#endif

#include "gui/scene/array.h"

#include "sim/base/assert.h"

#include <stdlib.h>

void *th_array_reserve(void *items, uint32_t count, uint32_t *capacity, size_t size) {
    if (count < *capacity) return items;
    *capacity = *capacity ? *capacity * 2 : 32;
    void *grown = realloc(items, *capacity * size);
    TH_ASSERT(grown != NULL);
    return grown;
}

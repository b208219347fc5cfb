#include "gui/export/bytes.h"

#include <stdlib.h>
#include <string.h>

bool th_bytes_reserve(th_bytes *bytes, size_t extra) {
    if (bytes->capacity - bytes->count >= extra) {
        return true;
    }
    size_t capacity = bytes->capacity + bytes->capacity / 2;
    if (capacity < bytes->count + extra) {
        capacity = bytes->count + extra;
    }
    uint8_t *items = realloc(bytes->items, capacity);
    if (items == NULL) {
        bytes->failed = true;
        return false;
    }
    bytes->items = items;
    bytes->capacity = capacity;
    return true;
}

void th_bytes_append(th_bytes *bytes, const void *data, size_t size) {
    if (size > 0 && th_bytes_reserve(bytes, size)) {
        memcpy(bytes->items + bytes->count, data, size);
        bytes->count += size;
    }
}

void th_bytes_free(th_bytes *bytes) {
    free(bytes->items);
    *bytes = (th_bytes){0};
}

/* A fast hash of bytes, for caches and for finding what changed between two frames. Its values
 * are never stored. Private to gui/draw. */
#ifndef TH_GUI_DRAW_HASH_H
#define TH_GUI_DRAW_HASH_H

#include <string.h>

#include "sim/base/hash.h"

static inline uint64_t th_hash_bytes(const void *bytes, size_t size, uint64_t seed) {
    const unsigned char *at = bytes;
    uint64_t hash = seed ^ size, word;
    for (; size >= sizeof word; size -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    word = 0;
    memcpy(&word, at, size);
    return th_hash_mix64(hash ^ word);
}

#endif

/* A fast hash of bytes, for caches and for finding what changed between two frames. Its values
 * are never stored. Private to gui/draw. */
#ifndef TH_GUI_DRAW_HASH_H
#define TH_GUI_DRAW_HASH_H

#include <string.h>

#include "sim/base/hash.h"

/* Two lanes, because a multiplication takes longer than the next one has to wait. */
static inline uint64_t th_hash_bytes(const void *bytes, size_t size, uint64_t seed) {
    const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15);
    const unsigned char *at = bytes;
    uint64_t a = seed ^ size, b = ~seed, words[2];
    for (; size >= sizeof words; size -= sizeof words, at += sizeof words) {
        memcpy(words, at, sizeof words);
        a = (a ^ words[0]) * factor;
        b = (b ^ words[1]) * factor;
        a ^= a >> 29;
        b ^= b >> 31;
    }
    words[0] = words[1] = 0;
    memcpy(words, at, size);
    return th_hash_mix64(th_hash_mix64(a ^ words[0]) + (b ^ words[1]));
}

#endif

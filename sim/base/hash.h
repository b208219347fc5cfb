#ifndef TH_BASE_HASH_H
#define TH_BASE_HASH_H

/*
 * Hash functions for the simulator's own tables and world hashes. They are fixed for ever: saved
 * files and tests rely on their values. The hash of a map key in a simulated program is a matter
 * of sim/gomap, not of this file.
 */

#include <stddef.h>
#include <stdint.h>

/* Spreads every bit of `x` over the result; a bijection, with 0 -> 0. The finaliser of
 * Steele, Lea and Flood's SplitMix64 (variant 13 of David Stafford's mixers). */
static inline uint64_t th_hash_mix64(uint64_t x) {
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* Folds `value` into the running hash `hash`; the order of folding matters. */
static inline uint64_t th_hash_combine(uint64_t hash, uint64_t value) {
    return th_hash_mix64(hash + UINT64_C(0x9e3779b97f4a7c15) + th_hash_mix64(value));
}

/* FNV-1a, 64 bits, over `size` bytes. */
static inline uint64_t th_hash_fnv1a64(const void *bytes, size_t size) {
    const unsigned char *byte = bytes;
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ byte[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

#endif

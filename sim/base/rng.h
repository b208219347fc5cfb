#ifndef TH_BASE_RNG_H
#define TH_BASE_RNG_H

/*
 * Seeded random numbers: SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
 * generators", 2014). Same seed, same numbers, on every machine. The state is one plain word,
 * so it is copied and hashed with whatever it is part of.
 */

#include "sim/base/assert.h"
#include "sim/base/hash.h"

#include <stdint.h>

/* The odd 64-bit number nearest to 2^64 / golden ratio: SplitMix64's increment. */
#define TH_RNG_GAMMA UINT64_C(0x9e3779b97f4a7c15)

typedef struct th_rng {
    uint64_t state; /* any value is a good seed */
} th_rng;

/* The next number, uniform over 0 .. 2^64-1. */
static inline uint64_t th_rng_next(th_rng *rng) {
    rng->state += TH_RNG_GAMMA;
    return th_hash_mix64(rng->state);
}

/* The next number, uniform over 0 .. bound-1; `bound` is at least 1. Takes one draw but for the
 * rare values that would favour the small results. */
static inline uint64_t th_rng_below(th_rng *rng, uint64_t bound) {
    TH_ASSERT(bound > 0);
    const uint64_t unfair_count = (UINT64_MAX % bound + 1) % bound;
    uint64_t value = th_rng_next(rng);
    while (value > UINT64_MAX - unfair_count) {
        value = th_rng_next(rng);
    }
    return value % bound;
}

/* Number `n` of stream `stream` of `seed`, without any state: for choices that must not depend
 * on how many were drawn before them. Streams of one seed are unrelated. */
static inline uint64_t th_rng_at(uint64_t seed, uint64_t stream, uint64_t n) {
    const uint64_t start = th_hash_combine(seed, stream);
    return th_hash_mix64(start + (n + 1) * TH_RNG_GAMMA);
}

#endif

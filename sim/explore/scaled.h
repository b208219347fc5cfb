// Numbers of executions without an upper limit: 64 bits and a power of two. Exact below 2^64, cut
// to 63 bits or more above, so that shares keep 18 digits however many executions there are.
#ifndef TH_SIM_EXPLORE_SCALED_H
#define TH_SIM_EXPLORE_SCALED_H

#include <stdbool.h>
#include <stdint.h>

// mantissa * 2^exponent. Invariant: an exponent above 0 comes with a mantissa of 63 bits or more.
typedef struct th_scaled {
    uint64_t mantissa;
    uint32_t exponent;
} th_scaled;

static inline th_scaled th_scaled_of(uint64_t number) { return (th_scaled){number, 0}; }
static inline bool th_scaled_is_zero(th_scaled number) { return number.mantissa == 0; }
static inline bool th_scaled_is_exact(th_scaled number) { return number.exponent == 0; }

th_scaled th_scaled_add(th_scaled a, th_scaled b);
th_scaled th_scaled_multiply(th_scaled a, th_scaled b);
// `part` in `whole` as a number from 0 to 1000000, rounded down; 0 when `whole` is zero.
uint32_t th_scaled_millionths(th_scaled part, th_scaled whole);

#endif

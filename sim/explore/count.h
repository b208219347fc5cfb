// Numbers of executions: 128 bits, and no more once they are full.
#ifndef TH_SIM_EXPLORE_COUNT_H
#define TH_SIM_EXPLORE_COUNT_H

#include "sim/base/print.h"

#include <stdbool.h>

// All bits set: that many or more.
typedef struct th_count {
    uint64_t high, low;
} th_count;

static inline th_count th_count_of(uint64_t number) { return (th_count){0, number}; }

static inline bool th_count_is_full(th_count count) {
    return count.high == UINT64_MAX && count.low == UINT64_MAX;
}

static inline bool th_count_is_zero(th_count count) { return count.high == 0 && count.low == 0; }

static inline bool th_count_equal(th_count a, th_count b) {
    return a.high == b.high && a.low == b.low;
}

static inline void th_count_add(th_count *sum, th_count more) {
    const uint64_t low = sum->low + more.low;
    const uint64_t carry = low < more.low;
    const uint64_t high = sum->high + more.high;
    const bool over = high < more.high || high + carry < high;
    *sum = over ? (th_count){UINT64_MAX, UINT64_MAX} : (th_count){high + carry, low};
}

// In decimal.
void th_count_print(th_print *out, th_count count);
// `part` in `whole` as a number from 0 to 1000000, rounded down; 0 when `whole` is zero.
uint32_t th_count_millionths(th_count part, th_count whole);

#endif

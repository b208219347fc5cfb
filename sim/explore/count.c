#include "sim/explore/count.h"

// Divides by a number below 2^32; returns the remainder.
static uint32_t divide(th_count *count, uint32_t by) {
    const uint32_t parts[4] = {(uint32_t)(count->high >> 32), (uint32_t)count->high,
                               (uint32_t)(count->low >> 32), (uint32_t)count->low};
    uint64_t rest = 0;
    uint64_t out[4];
    for (int i = 0; i < 4; i++) {
        rest = rest << 32 | parts[i];
        out[i] = rest / by;
        rest %= by;
    }
    *count = (th_count){out[0] << 32 | out[1], out[2] << 32 | out[3]};
    return (uint32_t)rest;
}

void th_count_print(th_print *out, th_count count) {
    enum { DIGITS = 40 };  // of 2^128
    char digits[DIGITS];
    size_t first = DIGITS;
    do {
        digits[--first] = (char)('0' + divide(&count, 10));
    } while (!th_count_is_zero(count));
    th_print_bytes(out, digits + first, DIGITS - first);
}

static th_count shifted_right(th_count count, uint32_t bits) {
    for (; bits > 0; bits--) {
        count.low = count.low >> 1 | count.high << 63;
        count.high >>= 1;
    }
    return count;
}

uint32_t th_count_millionths(th_count part, th_count whole) {
    enum { MILLION = 1000000, MILLION_BITS = 20 };
    uint32_t shift = 0;  // both shrink until a million times the part fits a word
    for (th_count left = whole; left.high != 0 || left.low >> (64 - MILLION_BITS) != 0; shift++) {
        left = shifted_right(left, 1);
    }
    const uint64_t small_whole = shifted_right(whole, shift).low;
    const uint64_t small_part = shifted_right(part, shift).low;
    return small_whole == 0 ? 0 : (uint32_t)(small_part * MILLION / small_whole);
}

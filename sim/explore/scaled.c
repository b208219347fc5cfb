#include "sim/explore/scaled.h"

th_scaled th_scaled_add(th_scaled a, th_scaled b) {
    if (a.exponent < b.exponent) {
        const th_scaled larger = b;
        b = a;
        a = larger;
    }
    const uint32_t shift = a.exponent - b.exponent;
    const uint64_t less = shift < 64 ? b.mantissa >> shift : 0;
    th_scaled sum = {a.mantissa + less, a.exponent};
    if (sum.mantissa < less) {  // the carry is bit 64
        sum.mantissa = sum.mantissa >> 1 | UINT64_C(1) << 63;
        sum.exponent++;
    }
    return sum;
}

th_scaled th_scaled_multiply(th_scaled a, th_scaled b) {
    const uint64_t a_low = a.mantissa & UINT32_MAX, a_high = a.mantissa >> 32;
    const uint64_t b_low = b.mantissa & UINT32_MAX, b_high = b.mantissa >> 32;
    const uint64_t bottom = a_low * b_low;
    const uint64_t middle = a_high * b_low + (bottom >> 32);
    const uint64_t other = a_low * b_high + (middle & UINT32_MAX);
    uint64_t low = other << 32 | (bottom & UINT32_MAX);
    uint64_t high = a_high * b_high + (middle >> 32) + (other >> 32);
    uint32_t exponent = a.exponent + b.exponent;
    for (; high != 0; high >>= 1, exponent++) low = low >> 1 | high << 63;
    if (low == 0) return th_scaled_of(0);
    // A small factor of a large one: the exponent comes with a full mantissa.
    for (; exponent > 0 && low >> 63 == 0; exponent--) low <<= 1;
    return (th_scaled){low, exponent};
}

uint32_t th_scaled_millionths(th_scaled part, th_scaled whole) {
    enum { MILLION = 1000000, ROOM_BITS = 44 };  // a million times 44 bits fits a word
    if (whole.mantissa == 0 || part.exponent > whole.exponent) return 0;
    const uint32_t apart = whole.exponent - part.exponent;
    uint32_t shift = 0;
    while (whole.mantissa >> shift >> ROOM_BITS != 0) shift++;
    const uint64_t small_whole = whole.mantissa >> shift;
    const uint64_t small_part = apart + shift < 64 ? part.mantissa >> (apart + shift) : 0;
    return (uint32_t)(small_part * MILLION / small_whole);
}

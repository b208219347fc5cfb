#include "sim/base/value.h"

#include "sim/base/assert.h"

#include <string.h>

typedef struct scalar_facts {
    const char *name;
    uint32_t size;
    int is_signed;
} scalar_facts;

static const scalar_facts SCALARS[TH_SCALAR_COUNT] = {
#define X(name, text, size, is_signed) [TH_##name] = {text, size, is_signed},
    TH_SCALARS(X)
#undef X
};

const char *th_scalar_string(th_scalar scalar) {
    TH_ASSERT(scalar < TH_SCALAR_COUNT);
    return SCALARS[scalar].name;
}

uint32_t th_scalar_size(th_scalar scalar) {
    TH_ASSERT(scalar < TH_SCALAR_COUNT);
    return SCALARS[scalar].size;
}

int th_scalar_parse(const char *name, th_scalar *scalar) {
    for (int i = 0; i < TH_SCALAR_COUNT; i++) {
        if (strcmp(name, SCALARS[i].name) == 0) {
            *scalar = (th_scalar)i;
            return 1;
        }
    }
    return 0;
}

uint64_t th_scalar_extend(th_scalar scalar, uint64_t word) {
    TH_ASSERT(scalar < TH_SCALAR_COUNT);
    const scalar_facts *facts = &SCALARS[scalar];
    if (facts->size == 0) return 0;
    if (facts->size >= 8) return word;
    const unsigned bits = facts->size * 8;
    const uint64_t mask = (UINT64_C(1) << bits) - 1;
    const uint64_t sign = UINT64_C(1) << (bits - 1);
    const uint64_t low = word & mask;
    return facts->is_signed && (low & sign) ? low | ~mask : low;
}

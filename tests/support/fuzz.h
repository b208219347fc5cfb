// What every fuzzer begins with: `NAME_fuzz SECONDS [SEED]`.
//
//     th_fuzz fuzz = th_fuzz_begin("conform_fuzz", argc, argv);
//     while (th_fuzz_goes_on(&fuzz)) ... th_rng_below(&fuzz.rng, count) ...
#ifndef TH_TESTS_SUPPORT_FUZZ_H
#define TH_TESTS_SUPPORT_FUZZ_H

#include "sim/base/rng.h"

#include <stdbool.h>
#include <time.h>

typedef struct th_fuzz {
    time_t end;
    th_rng rng;
} th_fuzz;

// Prints the seed, the time's own unless one is given, and lets failed assertions say where.
th_fuzz th_fuzz_begin(const char *name, int argc, char **argv);
bool th_fuzz_goes_on(const th_fuzz *fuzz);

#endif

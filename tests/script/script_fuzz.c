// Damaged scenarios run or are refused in one line, never crash: `script_fuzz SECONDS [SEED]`.
#include "tests/script/hostile.h"
#include "tests/support/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

enum { TEXT_MAX = 256 };

int main(int argc, char **argv) {
    th_fuzz fuzz = th_fuzz_begin("script_fuzz", argc, argv);
    th_mutant texts[TEXT_MAX];
    const uint32_t count = th_mutant_read_all("scripts/*.lua", texts, TEXT_MAX);
    if (count == 0) return 1;
    uint64_t ends[TH_HOSTILE_END_COUNT] = {0};
    while (th_fuzz_goes_on(&fuzz)) {
        const th_mutant *text = &texts[th_rng_below(&fuzz.rng, count)];
        const th_mutant *other = &texts[th_rng_below(&fuzz.rng, count)];
        th_mutant mutant = th_hostile_mutant(text, other, &fuzz.rng);
        ends[th_hostile_run(&mutant, th_rng_next(&fuzz.rng))]++;
        free(mutant.bytes);
    }
    for (uint32_t i = 0; i < count; i++) free(texts[i].bytes);
    printf("script_fuzz: %llu refused, %llu stopped, %llu ran\n",
           (unsigned long long)ends[TH_HOSTILE_REFUSED],
           (unsigned long long)ends[TH_HOSTILE_STOPPED], (unsigned long long)ends[TH_HOSTILE_RAN]);
    return 0;
}

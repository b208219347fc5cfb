// Damaged traces must be told, never crash: `conform_fuzz SECONDS [SEED]`.
#include "tests/conform/replay_text.h"
#include "tests/support/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

enum { TEXT_MAX = 64 };

int main(int argc, char **argv) {
    th_fuzz fuzz = th_fuzz_begin("conform_fuzz", argc, argv);
    th_mutant texts[TEXT_MAX];
    const uint32_t count = th_mutant_read_all("tests/oracle/traces/*.jsonl", texts, TEXT_MAX);
    if (count == 0) return 1;
    uint64_t rounds[3] = {0};
    while (th_fuzz_goes_on(&fuzz)) {
        const th_mutant *text = &texts[th_rng_below(&fuzz.rng, count)];
        th_mutant mutant = th_mutant_of(text, &texts[th_rng_below(&fuzz.rng, count)], &fuzz.rng);
        th_replay replay;
        rounds[th_replay_text(&mutant, &replay)]++;
        th_replay_free(&replay);
        free(mutant.bytes);
    }
    for (uint32_t i = 0; i < count; i++) free(texts[i].bytes);
    printf("conform_fuzz: %llu alike, %llu different, %llu damaged\n",
           (unsigned long long)rounds[TH_REPLAY_SAME],
           (unsigned long long)rounds[TH_REPLAY_DIFFERENT],
           (unsigned long long)rounds[TH_REPLAY_DAMAGED]);
    return 0;
}

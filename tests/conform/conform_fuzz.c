// Damaged traces must be told, never crash: `conform_fuzz SECONDS [SEED]`.
#include "tests/conform/mutant.h"

#include <glob.h>
#include <stdlib.h>
#include <time.h>

enum { TEXT_MAX = 64 };

int main(int argc, char **argv) {
    const time_t end = time(NULL) + (argc > 1 ? strtol(argv[1], NULL, 10) : 1);
    const uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL);
    glob_t found;
    th_trace_text texts[TEXT_MAX];
    uint32_t count = 0;
    if (glob("tests/oracle/traces/*.jsonl", 0, NULL, &found) != 0) return 1;
    for (size_t i = 0; i < found.gl_pathc && count < TEXT_MAX; i++) {
        if (th_trace_read(found.gl_pathv[i], &texts[count])) count++;
    }
    globfree(&found);
    printf("conform_fuzz: seed %llu, %u traces\n", (unsigned long long)seed, count);
    fflush(stdout);
    th_rng rng = {seed};
    uint64_t rounds[3] = {0};
    while (count > 0 && time(NULL) < end) {
        const th_trace_text *text = &texts[th_rng_below(&rng, count)];
        th_trace_text mutant = th_trace_mutant(text, &texts[th_rng_below(&rng, count)], &rng);
        th_replay replay;
        rounds[th_trace_replay(&mutant, &replay)]++;
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

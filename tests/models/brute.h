// Every maximal sequence of steps of a scenario, one after the other, by copying worlds: the oracle of
// exploring. It shares nothing with sim/explore and is as simple as it can be.
#ifndef TH_TESTS_MODELS_BRUTE_H
#define TH_TESTS_MODELS_BRUTE_H

#include "sim/script/scenario.h"

enum { TH_BRUTE_OUTCOME_MAX = 64 };

typedef struct th_brute_outcome {
    const char *message, *label;  // NULL: none; kept by the scenario
    uint64_t count;
    uint8_t end;  // th_end
    bool raced;
} th_brute_outcome;

typedef struct th_brute {
    uint64_t executions;
    uint32_t outcome_count;
    th_brute_outcome outcomes[TH_BRUTE_OUTCOME_MAX];
} th_brute;

// Runs all sequences. Fails the test on what a scenario must not do.
void th_brute_run(th_brute *brute, th_scenario *scenario);

// Executions whose outcome is as expected.
uint64_t th_brute_count(const th_brute *brute, const th_exploration_outcome *expected);
// NULL: as expected, else what is not, in `why`.
const char *th_brute_compare(const th_brute *brute, const th_exploration *expected, char *why,
                             size_t why_size);

#endif

// What a scenario expects of exploring, compared with all its sequences of steps, each run by
// itself.
#ifndef TH_TESTS_MODELS_BRUTE_H
#define TH_TESTS_MODELS_BRUTE_H

#include "sim/script/scenario.h"
#include "tests/support/enumerate.h"

// Runs all sequences. Fails the test on what a scenario must not do.
void th_brute_run(th_sequences *sequences, th_scenario *scenario);

// Executions whose outcome is as expected.
uint64_t th_brute_count(const th_sequences *sequences, const th_exploration_outcome *expected);
// NULL: as expected, else what is not, in `why`.
const char *th_brute_compare(const th_sequences *sequences, const th_exploration *expected,
                             char *why, size_t why_size);

#endif

// Damaged scenarios, for the test and the fuzzer of sim/script.
#ifndef TH_TESTS_SCRIPT_HOSTILE_H
#define TH_TESTS_SCRIPT_HOSTILE_H

#include "tests/support/mutant.h"

typedef enum th_hostile_end {
    TH_HOSTILE_REFUSED,  // when it was loaded
    TH_HOSTILE_STOPPED,  // while it ran
    TH_HOSTILE_RAN,      // to its end, or as far as it was watched
    TH_HOSTILE_END_COUNT,
} th_hostile_end;

// A damaged copy of a scenario, with words that scenarios know in places where they do not belong.
th_mutant th_hostile_mutant(const th_mutant *text, const th_mutant *other, th_rng *rng);
// Loads it and plays it by `seed` for some hundred steps. Asserts that what goes wrong is told in
// one line.
th_hostile_end th_hostile_run(const th_mutant *text, uint64_t seed);

#endif

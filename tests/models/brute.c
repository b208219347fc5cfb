#include "tests/models/brute.h"

#include "sim/base/assert.h"

#include <stdio.h>
#include <string.h>

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static const char *label_of(void *scenario, const th_world *world) {
    char error[512];
    const char *label = NULL;
    const bool judged = th_scenario_finish(scenario, world, &label, error, sizeof error);
    TH_ASSERT(judged);
    return label;
}

void th_brute_run(th_sequences *sequences, th_scenario *scenario) {
    *sequences = (th_sequences){0};
    th_sequences_run(sequences, th_scenario_start(scenario), th_scenario_resolver(scenario),
                     label_of, scenario);
}

uint64_t th_brute_count(const th_sequences *sequences, const th_exploration_outcome *expected) {
    uint64_t count = 0;
    for (uint32_t i = 0; i < sequences->class_count; i++) {
        const th_sequence_class *outcome = &sequences->classes[i];
        if (expected->end != TH_END_RUNNING && expected->end != outcome->end) continue;
        if (expected->race >= 0 && (expected->race == 1) != outcome->raced) continue;
        if (expected->message && !same_text(expected->message, outcome->message)) continue;
        if (expected->label && !same_text(expected->label, outcome->label)) continue;
        count += outcome->count;
    }
    return count;
}

const char *th_brute_compare(const th_sequences *sequences, const th_exploration *expected,
                             char *why, size_t why_size) {
    if (expected->executions >= 0 && (uint64_t)expected->executions != sequences->count) {
        snprintf(why, why_size, "%llu executions, %lld expected",
                 (unsigned long long)sequences->count, (long long)expected->executions);
        return why;
    }
    for (uint32_t i = 0; i < expected->outcome_count; i++) {
        const th_exploration_outcome *outcome = &expected->outcomes[i];
        const uint64_t count = th_brute_count(sequences, outcome);
        if (outcome->count < 0 ? count > 0 : count == (uint64_t)outcome->count) continue;
        snprintf(why, why_size, "outcome %u (%s \"%s\"): %llu executions, %lld expected", i + 1,
                 th_end_string((th_end)outcome->end), outcome->label ? outcome->label : "",
                 (unsigned long long)count, (long long)outcome->count);
        return why;
    }
    return NULL;
}

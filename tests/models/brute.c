#include "tests/models/brute.h"

#include "sim/base/assert.h"

#include <stdio.h>
#include <string.h>

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void add(th_brute *brute, th_scenario *scenario, const th_world *world) {
    char error[512];
    th_brute_outcome outcome = {.end = world->outcome.end,
                                .message = world->outcome.message,
                                .raced = world->races.race_count > 0};
    TH_ASSERT(th_scenario_finish(scenario, world, &outcome.label, error, sizeof error));
    brute->executions++;
    for (uint32_t i = 0; i < brute->outcome_count; i++) {
        th_brute_outcome *known = &brute->outcomes[i];
        if (known->end != outcome.end || known->raced != outcome.raced) continue;
        if (!same_text(known->message, outcome.message)) continue;
        if (!same_text(known->label, outcome.label)) continue;
        known->count++;
        return;
    }
    TH_ASSERT(brute->outcome_count < TH_BRUTE_OUTCOME_MAX);
    outcome.count = 1;
    brute->outcomes[brute->outcome_count++] = outcome;
}

static void run_from(th_brute *brute, th_scenario *scenario, const th_world *world) {
    if (th_world_ended(world)) {
        add(brute, scenario, world);
        return;
    }
    th_choice choices[64];
    const uint32_t count = th_world_choices(world, choices, 64);
    TH_ASSERT(count > 0 && count <= 64);
    th_world next = {0};
    th_events events = {0};
    for (uint32_t i = 0; i < count; i++) {
        th_world_copy(&next, world);
        th_world_step(&next, choices[i], &events);
        TH_ASSERT(th_world_settle(&next, th_scenario_resolver(scenario), &events));
        run_from(brute, scenario, &next);
    }
    th_events_free(&events);
    th_world_free(&next);
}

void th_brute_run(th_brute *brute, th_scenario *scenario) {
    *brute = (th_brute){0};
    run_from(brute, scenario, th_scenario_start(scenario));
}

uint64_t th_brute_count(const th_brute *brute, const th_exploration_outcome *expected) {
    uint64_t count = 0;
    for (uint32_t i = 0; i < brute->outcome_count; i++) {
        const th_brute_outcome *outcome = &brute->outcomes[i];
        if (expected->end != TH_END_RUNNING && expected->end != outcome->end) continue;
        if (expected->race >= 0 && (expected->race == 1) != outcome->raced) continue;
        if (expected->message && !same_text(expected->message, outcome->message)) continue;
        if (expected->label && !same_text(expected->label, outcome->label)) continue;
        count += outcome->count;
    }
    return count;
}

const char *th_brute_compare(const th_brute *brute, const th_exploration *expected, char *why,
                             size_t why_size) {
    if (expected->executions >= 0 && (uint64_t)expected->executions != brute->executions) {
        snprintf(why, why_size, "%llu executions, %lld expected",
                 (unsigned long long)brute->executions, (long long)expected->executions);
        return why;
    }
    for (uint32_t i = 0; i < expected->outcome_count; i++) {
        const th_exploration_outcome *outcome = &expected->outcomes[i];
        const uint64_t count = th_brute_count(brute, outcome);
        if (outcome->count < 0 ? count > 0 : count == (uint64_t)outcome->count) continue;
        snprintf(why, why_size, "outcome %u (%s \"%s\"): %llu executions, %lld expected", i + 1,
                 th_end_string((th_end)outcome->end), outcome->label ? outcome->label : "",
                 (unsigned long long)count, (long long)outcome->count);
        return why;
    }
    return NULL;
}

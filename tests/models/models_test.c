// Every model in this folder, with every fix that it offers: its schedule leads where it says, its
// bodies depend on nothing but their results, and all its interleavings together have the outcomes,
// and as many of each, as it expects.
#include "tests/models/brute.h"
#include "tests/models/each.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { TEXT_MAX = 1024 };

// Runs the scenario's own schedule; the world at its end.
static th_world play(th_scenario *scenario) {
    const char *text = th_scenario_schedule(scenario);
    char error[TEXT_MAX];
    th_schedule *schedule = text ? th_schedule_parse(text, error, sizeof error) : NULL;
    th_chooser chooser = {.schedule = schedule, .seed = th_scenario_env(scenario)->seed};
    th_world world = {0};
    th_events events = {0};
    th_world_copy(&world, th_scenario_start(scenario));
    th_choice choice;
    while (!th_world_ended(&world)) {
        if (th_chooser_next(&chooser, &world, &choice, error, sizeof error) != TH_CHOSEN) {
            fail_msg("%s: %s", th_scenario_path(scenario), error);
        }
        th_world_step(&world, choice, &events);
        assert_true(th_world_settle(&world, th_scenario_resolver(scenario), &events));
        th_world_check(&world);
    }
    th_events_free(&events);
    th_schedule_free(schedule);
    return world;
}

static void print_outcomes(const th_sequences *brute) {
    for (uint32_t i = 0; i < brute->class_count; i++) {
        const th_sequence_class *outcome = &brute->classes[i];
        print_message("#   %8llu %s%s %s, %s\n", (unsigned long long)outcome->count,
                      th_end_string((th_end)outcome->end), outcome->raced ? " (race)" : "",
                      outcome->message ? outcome->message : "",
                      outcome->label ? outcome->label : "");
    }
}

// What exploring finds, against all interleavings.
static void compare_all(th_scenario *scenario, const char *fix) {
    const th_exploration *expected = th_scenario_exploration(scenario);
    if (expected->mode == NULL) return;
    char why[TEXT_MAX];
    th_sequences brute;
    th_brute_run(&brute, scenario);
    if (th_brute_compare(&brute, expected, why, sizeof why)) {
        print_outcomes(&brute);
        fail_msg("%s, fix %s: %s", th_scenario_path(scenario), fix, why);
    }
}

static void model_does_as_it_says(th_scenario *scenario, const char *fix) {
    char why[TEXT_MAX];
    th_world end = play(scenario);
    if (!th_scenario_verify(scenario, &end, why, sizeof why)) fail_msg("fix %s: %s", fix, why);
    th_world_free(&end);
    compare_all(scenario, fix);
    if (!th_scenario_audit(scenario, why, sizeof why)) fail_msg("%s", why);
}

int main(void) { return th_models_check_each("models", model_does_as_it_says); }

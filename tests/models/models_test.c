// Every model in this folder, with every fix that it offers: its schedule leads where it says, its
// bodies depend on nothing but their results, and all its interleavings together have the outcomes,
// and as many of each, as it expects.
#include "tests/models/brute.h"

#include "gui/files/libraries.h"
#include "sim/base/limits.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
// cmocka.h needs four of the above
#include <cmocka.h>

#define FOLDER "tests/models"

enum { MODEL_MAX = 64, TEXT_MAX = 1024 };

typedef struct model_file {
    char path[256];
    char *source;
    size_t length;
} model_file;

static void read_source(model_file *model) {
    FILE *file = fopen(model->path, "rb");
    assert_non_null(file);
    model->source = malloc(TH_SCRIPT_SOURCE_BYTES);
    assert_non_null(model->source);
    model->length = fread(model->source, 1, TH_SCRIPT_SOURCE_BYTES, file);
    fclose(file);
}

static th_scenario *load(const model_file *model, const char *fix) {
    const th_scenario_desc desc = {.path = model->path,
                                   .source = model->source,
                                   .source_length = model->length,
                                   .fix = fix,
                                   .libraries = th_libraries_beside(model->path)};
    char error[TEXT_MAX];
    th_scenario *scenario = th_scenario_load(&desc, error, sizeof error);
    if (scenario == NULL) fail_msg("%s", error);
    return scenario;
}

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
static void compare_all(const model_file *model, const char *fix, th_scenario *scenario) {
    const th_exploration *expected = th_scenario_exploration(scenario);
    if (expected->mode == NULL) return;
    char why[TEXT_MAX];
    th_sequences brute;
    th_brute_run(&brute, scenario);
    if (th_brute_compare(&brute, expected, why, sizeof why)) {
        print_outcomes(&brute);
        fail_msg("%s, fix %s: %s", model->path, fix, why);
    }
}

static void check(const model_file *model, const char *fix) {
    th_scenario *scenario = load(model, fix);
    char why[TEXT_MAX];
    th_world end = play(scenario);
    if (!th_scenario_verify(scenario, &end, why, sizeof why)) fail_msg("fix %s: %s", fix, why);
    th_world_free(&end);
    compare_all(model, fix, scenario);
    if (!th_scenario_audit(scenario, why, sizeof why)) fail_msg("%s", why);
    th_scenario_free(scenario);
}

static void model_does_as_it_says(void **state) {
    const model_file *model = *state;
    th_scenario *scenario = load(model, NULL);
    const char *fixes[16];
    uint32_t count = 0;
    while (count < 16 && th_scenario_fix(scenario, count)) {
        fixes[count] = strdup(th_scenario_fix(scenario, count));
        count++;
    }
    th_scenario_free(scenario);
    if (count == 0) check(model, NULL);
    for (uint32_t i = 0; i < count; i++) {
        check(model, fixes[i]);
        free((void *)(uintptr_t)fixes[i]);
    }
}

static int is_model(const struct dirent *entry) {
    const char *end = strrchr(entry->d_name, '.');
    return end != NULL && strcmp(end, ".lua") == 0;
}

int main(void) {
    static model_file models[MODEL_MAX];
    static struct CMUnitTest tests[MODEL_MAX];
    struct dirent **entries;
    const int count = scandir(FOLDER, &entries, is_model, alphasort);
    if (count <= 0 || count > MODEL_MAX) {
        fprintf(stderr, "%s: %d models; run this from the project's root\n", FOLDER, count);
        return 1;
    }
    for (int i = 0; i < count; i++) {
        snprintf(models[i].path, sizeof models[i].path, "%s/%s", FOLDER, entries[i]->d_name);
        read_source(&models[i]);
        tests[i] = (struct CMUnitTest){.name = models[i].path,
                                       .test_func = model_does_as_it_says,
                                       .initial_state = &models[i]};
        free(entries[i]);
    }
    free(entries);
    const int failed = _cmocka_run_group_tests("models", tests, (size_t)count, NULL, NULL);
    for (int i = 0; i < count; i++) free(models[i].source);
    return failed;
}

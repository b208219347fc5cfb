// The explorer against all interleavings one by one, on every model of tests/models with every fix:
// `all` has the same classes and counts, `dpor` the same classes, `bounded` all of them in the end,
// and each schedule leads where it says.
#include "tests/models/brute.h"

#include "gui/files/libraries.h"
#include "sim/base/limits.h"
#include "sim/explore/explore.h"

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

enum { MODEL_MAX = 64, TEXT_MAX = 1024, FIX_MAX = 16 };

typedef struct model_file {
    char path[512];
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

static bool label_of(void *context, const th_world *world, const char **label) {
    char error[TEXT_MAX];
    return th_scenario_finish(context, world, label, error, sizeof error);
}

static th_findings *explore(th_scenario *scenario, th_explore_mode mode) {
    const th_explore_desc desc = {.start = th_scenario_start(scenario),
                                  .resolver = th_scenario_resolver(scenario),
                                  .label = label_of,
                                  .label_context = scenario,
                                  .label_ignores_memory = !th_scenario_has_finally(scenario),
                                  .mode = (uint8_t)mode};
    return th_explore_run(&desc);
}

static void print_findings(const th_findings *findings) {
    for (uint32_t i = 0; i < findings->count; i++) {
        const th_finding *item = &findings->items[i];
        char count[64];
        th_print out = th_print_to(count, sizeof count);
        th_count_print(&out, item->count);
        print_message("#   %8s %s%s %s, %s\n", count, th_end_string((th_end)item->end),
                      item->raced ? " (race)" : "", item->message ? item->message : "",
                      item->label ? item->label : "");
    }
}

static const th_finding *find(const th_findings *findings, const th_sequence_class *outcome) {
    return th_findings_find(findings, (th_end)outcome->end, outcome->message, outcome->label,
                            outcome->raced);
}

static void check_schedule(th_scenario *scenario, const th_finding *finding) {
    const th_explore_desc desc = {.start = th_scenario_start(scenario),
                                  .resolver = th_scenario_resolver(scenario)};
    th_world end = {0};
    assert_true(th_explore_replay(&desc, finding->choices, finding->choice_count, &end));
    assert_int_equal(end.outcome.end, finding->end);
    assert_int_equal(end.race_step != 0, finding->raced);
    const char *label = NULL;
    assert_true(label_of(scenario, &end, &label));
    assert_true((label == NULL) == (finding->label == NULL));
    if (label != NULL) assert_string_equal(label, finding->label);
    th_world_free(&end);
}

static void compare(const model_file *model, th_scenario *scenario, const th_sequences *brute,
                    th_explore_mode mode) {
    th_findings *findings = explore(scenario, mode);
    if (findings->error != NULL) fail_msg("%s: %s", model->path, findings->error);
    if (findings->count != brute->class_count) print_findings(findings);
    assert_int_equal(findings->count, brute->class_count);
    assert_true(findings->complete);
    for (uint32_t i = 0; i < brute->class_count; i++) {
        const th_finding *found = find(findings, &brute->classes[i]);
        assert_non_null(found);
        if (mode != TH_EXPLORE_DPOR) {
            if (found->count.low != brute->classes[i].count) print_findings(findings);
            assert_int_equal(found->count.low, brute->classes[i].count);
        }
        assert_int_equal(found->proof, TH_PROOF_MINIMAL);
        assert_int_equal(found->preemption_count, brute->classes[i].preemption_count);
        assert_int_equal(found->choice_count, brute->classes[i].step_count);
        check_schedule(scenario, found);
    }
    if (mode != TH_EXPLORE_DPOR) assert_int_equal(findings->executions.low, brute->count);
    th_findings_free(findings);
}

static void check(const model_file *model, const char *fix) {
    th_scenario *scenario = load(model, fix);
    th_sequences brute;
    if (th_scenario_exploration(scenario)->mode != NULL) {
        th_brute_run(&brute, scenario);
        compare(model, scenario, &brute, TH_EXPLORE_ALL);
        compare(model, scenario, &brute, TH_EXPLORE_BOUNDED);
        compare(model, scenario, &brute, TH_EXPLORE_DPOR);
    }
    th_scenario_free(scenario);
}

static void model_is_explored_as_by_hand(void **state) {
    const model_file *model = *state;
    th_scenario *scenario = load(model, NULL);
    char *fixes[FIX_MAX];
    uint32_t count = 0;
    while (count < FIX_MAX && th_scenario_fix(scenario, count)) {
        fixes[count] = strdup(th_scenario_fix(scenario, count));
        count++;
    }
    th_scenario_free(scenario);
    if (count == 0) check(model, NULL);
    for (uint32_t i = 0; i < count; i++) {
        check(model, fixes[i]);
        free(fixes[i]);
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
                                       .test_func = model_is_explored_as_by_hand,
                                       .initial_state = &models[i]};
        free(entries[i]);
    }
    free(entries);
    const int failed = _cmocka_run_group_tests("explored models", tests, (size_t)count, NULL, NULL);
    for (int i = 0; i < count; i++) free(models[i].source);
    return failed;
}

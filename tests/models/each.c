#include "tests/models/each.h"

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

enum { MODEL_MAX = 64, TEXT_MAX = 1024, FIX_MAX = 16 };

typedef struct model_file {
    char path[512];
    char *source;
    size_t length;
    th_model_check check;
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

static void check_with(const model_file *model, const char *fix) {
    th_scenario *scenario = load(model, fix);
    model->check(scenario, fix);
    th_scenario_free(scenario);
}

static void model_is_as_it_should_be(void **state) {
    const model_file *model = *state;
    th_scenario *scenario = load(model, NULL);
    char *fixes[FIX_MAX];
    uint32_t count = 0;
    while (count < FIX_MAX && th_scenario_fix(scenario, count)) {
        fixes[count] = strdup(th_scenario_fix(scenario, count));
        count++;
    }
    th_scenario_free(scenario);
    if (count == 0) check_with(model, NULL);
    for (uint32_t i = 0; i < count; i++) {
        check_with(model, fixes[i]);
        free(fixes[i]);
    }
}

static int is_model(const struct dirent *entry) {
    const char *end = strrchr(entry->d_name, '.');
    return end != NULL && strcmp(end, ".lua") == 0;
}

int th_models_check_each(const char *name, th_model_check check) {
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
        models[i].check = check;
        read_source(&models[i]);
        tests[i] = (struct CMUnitTest){.name = models[i].path,
                                       .test_func = model_is_as_it_should_be,
                                       .initial_state = &models[i]};
        free(entries[i]);
    }
    free(entries);
    const int failed = _cmocka_run_group_tests(name, tests, (size_t)count, NULL, NULL);
    for (int i = 0; i < count; i++) free(models[i].source);
    return failed;
}

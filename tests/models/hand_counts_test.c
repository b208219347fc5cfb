// `tophash explore --mode all --json` gives the executions and outcomes that were counted by hand,
// or by a program that knows nothing of this one, before any of this was written.
#include <cjson/cJSON.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
// cmocka.h needs four of the above
#include <cmocka.h>

enum { OUTCOME_MAX = 4, JSON_BYTES_MAX = 1 << 20 };

typedef struct counted_outcome {
    const char *outcome;  // "done", "fatal" ...
    const char *label;    // NULL: any
    int count;
} counted_outcome;

typedef struct counted_model {
    const char *file, *fix;  // fix NULL: as it is
    int executions;
    counted_outcome outcomes[OUTCOME_MAX];
} counted_model;

static const counted_model MODELS[] = {
    {"m01b-atomic-xor",
     NULL,
     166,
     {{"fatal", "at entry", 8},
      {"fatal", "at exit", 152},
      {"done", "count 2", 6},
      {"done", "count 1", 0}}},
    {"m01c-atomic-or",
     NULL,
     514,
     {{"fatal", "at entry", 8},
      {"fatal", "at exit", 220},
      {"done", "count 2", 142},
      {"done", "count 1", 144}}},
    {"m02-torn-header",
     NULL,
     54,
     {{"fatal", NULL, 4},
      {"done", "consistent", 33},
      {"done", "old B, new buckets", 15},
      {"done", "past the old array", 2}}},
    {"m04-slot-publish", NULL, 6, {{"done", "false hit", 4}, {"done", "right", 2}}},
    {"m04-slot-publish", "generic", 6, {{"done", "false hit", 0}, {"done", "right", 6}}},
    {"m04-slot-publish", "generic-writer", 6, {{"done", "false hit", 1}, {"done", "right", 5}}},
    {"m04-slot-publish", "generic-reader", 6, {{"done", "false hit", 1}, {"done", "right", 5}}},
    {"m05-reference-count", "reference", 5, {{"fault", NULL, 0}, {"done", "kept", 5}}},
    {"m06-freed-link",
     NULL,
     10,
     {{"fault", "at the key", 1}, {"fault", "at the link", 2}, {"done", "walked", 7}}},
    {"m10-locked-twice", NULL, 1, {{"deadlock", NULL, 1}}},
    {"m11-lock-order", NULL, 6, {{"deadlock", NULL, 2}, {"done", NULL, 4}}},
    {"m11-lock-order", "one-order", 2, {{"deadlock", NULL, 0}, {"done", NULL, 2}}},
    {"m12-reader-waits-for-itself", NULL, 5, {{"deadlock", NULL, 1}, {"done", NULL, 4}}},
    {"m13-cas-without-retry", NULL, 6, {{"done", "B+1", 4}, {"done", "B+2", 2}}},
    {"m13-cas-without-retry", "retry", 6, {{"done", "B+1", 0}, {"done", "B+2", 6}}},
};

// What the program prints for the model; to be freed.
static cJSON *explore(const counted_model *model) {
    char command[256];
    snprintf(command, sizeof command,
             "build/debug/tophash explore tests/models/%s.lua --mode all --json%s%s", model->file,
             model->fix ? " --fix " : "", model->fix ? model->fix : "");
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    char *text = calloc(1, JSON_BYTES_MAX);
    assert_non_null(text);
    assert_true(fread(text, 1, JSON_BYTES_MAX - 1, pipe) > 0);
    pclose(pipe);  // its status tells of crashes found
    cJSON *json = cJSON_Parse(text);
    if (json == NULL) fail_msg("%s printed: %s", command, text);
    free(text);
    return json;
}

static int number_of(const cJSON *object, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    assert_true(cJSON_IsNumber(item));
    return item->valueint;
}

static bool has_text(const cJSON *object, const char *key, const char *text) {
    if (text == NULL) return true;
    const char *value = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
    return value != NULL && strcmp(value, text) == 0;
}

// Whether it raced is a difference that the count does not make.
static int sum_of(const cJSON *outcomes, const counted_outcome *counted) {
    int sum = 0;
    const cJSON *outcome;
    cJSON_ArrayForEach(outcome, outcomes) {
        if (!has_text(outcome, "outcome", counted->outcome)) continue;
        if (has_text(outcome, "label", counted->label)) sum += number_of(outcome, "count");
    }
    return sum;
}

static void explore_counts_as_was_counted(void **state) {
    const counted_model *model = *state;
    cJSON *json = explore(model);
    assert_int_equal(number_of(json, "executions"), model->executions);
    assert_true(cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(json, "complete")));
    const cJSON *outcomes = cJSON_GetObjectItemCaseSensitive(json, "outcomes");
    int all = 0;
    for (int i = 0; i < OUTCOME_MAX && model->outcomes[i].outcome != NULL; i++) {
        assert_int_equal(sum_of(outcomes, &model->outcomes[i]), model->outcomes[i].count);
        all += model->outcomes[i].count;
    }
    assert_int_equal(all, model->executions);
    cJSON_Delete(json);
}

int main(void) {
    enum { COUNT = sizeof MODELS / sizeof *MODELS };
    static struct CMUnitTest tests[COUNT];
    static char names[COUNT][96];
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(names[i], sizeof names[i], "%s, fix %s", MODELS[i].file,
                 MODELS[i].fix ? MODELS[i].fix : "none");
        tests[i] = (struct CMUnitTest){.name = names[i],
                                       .test_func = explore_counts_as_was_counted,
                                       .initial_state = (void *)(uintptr_t)&MODELS[i]};
    }
    return _cmocka_run_group_tests("hand counts", tests, COUNT, NULL, NULL);
}

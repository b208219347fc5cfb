// The explorer against all interleavings one by one, on every model of tests/models with every fix:
// `all` has the same classes and counts, `dpor` the same classes, `bounded` all of them in the end,
// and each schedule leads where it says.
#include "tests/models/brute.h"
#include "tests/models/each.h"

#include "sim/explore/explore.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { TEXT_MAX = 1024 };

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

static void compare(th_scenario *scenario, const th_sequences *brute, th_explore_mode mode) {
    th_findings *findings = explore(scenario, mode);
    if (findings->error != NULL) fail_msg("%s: %s", th_scenario_path(scenario), findings->error);
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

static void model_is_explored_as_by_hand(th_scenario *scenario, const char *fix) {
    (void)fix;
    if (th_scenario_exploration(scenario)->mode == NULL) return;
    th_sequences brute;
    th_brute_run(&brute, scenario);
    compare(scenario, &brute, TH_EXPLORE_ALL);
    compare(scenario, &brute, TH_EXPLORE_BOUNDED);
    compare(scenario, &brute, TH_EXPLORE_DPOR);
}

int main(void) { return th_models_check_each("explored models", model_is_explored_as_by_hand); }

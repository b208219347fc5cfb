#include "gui/explore/verify.h"

#include "gui/explore/hunt.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// Random runs when the scenario says no number.
enum { RUN_COUNT_DEFAULT = 10000 };

typedef struct report {
    const th_scenario *scenario;
    uint32_t line;
    char *why;
    size_t why_size;
} report;

__attribute__((format(printf, 2, 3))) static bool fail(const report *to, const char *format, ...) {
    const int length = snprintf(to->why, to->why_size, "%s:%u: exploring ",
                                th_scenario_path(to->scenario), to->line);
    if (length < 0 || (size_t)length >= to->why_size) return false;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(to->why + length, to->why_size - (size_t)length, format, arguments);
    va_end(arguments);
    return false;
}

static const char *count_text(th_count count, char *text, size_t size) {
    th_print out = th_print_to(text, size);
    th_count_print(&out, count);
    return text;
}

static bool find_mode(const char *name, uint8_t *mode) {
    for (int i = 0; i < TH_EXPLORE_MODE_COUNT; i++) {
        if (strcmp(th_explore_mode_string((th_explore_mode)i), name) != 0) continue;
        *mode = (uint8_t)i;
        return true;
    }
    return false;
}

static bool is_expected(const th_exploration_outcome *wanted, const th_finding *found) {
    return th_exploration_outcome_fits(wanted, (th_end)found->end, found->message, found->label,
                                       found->raced);
}

// "fatal \"concurrent map writes\", label \"at exit\""
static void describe(const th_exploration_outcome *outcome, char *text, size_t size) {
    th_print out = th_print_to(text, size);
    th_print_text(&out,
                  outcome->end == TH_END_RUNNING ? "any end" : th_end_string((th_end)outcome->end));
    if (outcome->message != NULL) {
        th_print_text(&out, " \"");
        th_print_text(&out, outcome->message);
        th_print_text(&out, "\"");
    }
    if (outcome->label != NULL) {
        th_print_text(&out, ", label \"");
        th_print_text(&out, outcome->label);
        th_print_text(&out, "\"");
    }
    if (outcome->race >= 0) th_print_text(&out, outcome->race ? ", raced" : ", not raced");
}

static bool verify_outcome(const report *to, const th_findings *findings,
                           const th_exploration_outcome *wanted) {
    th_count sum = th_count_of(0);
    bool seen = false;
    for (uint32_t i = 0; i < findings->count; i++) {
        if (!is_expected(wanted, &findings->items[i])) continue;
        th_count_add(&sum, findings->items[i].count);
        seen = true;
    }
    char what[256];
    char found[64];
    describe(wanted, what, sizeof what);
    if (wanted->count < 0) return seen || fail(to, "did not find %s", what);
    if (th_count_equal(sum, th_count_of((uint64_t)wanted->count))) return true;
    return fail(to, "found %s executions, not %" PRId64 ", of %s",
                count_text(sum, found, sizeof found), wanted->count, what);
}

static bool verify(const report *to, const th_findings *findings, const th_exploration *wanted) {
    char found[64];
    if (wanted->executions >= 0 &&
        !th_count_equal(findings->executions, th_count_of((uint64_t)wanted->executions))) {
        return fail(to, "found %s executions, not %" PRId64,
                    count_text(findings->executions, found, sizeof found), wanted->executions);
    }
    if (wanted->states >= 0 && findings->states != (uint64_t)wanted->states) {
        return fail(to, "kept %" PRIu64 " states, not %" PRId64, findings->states, wanted->states);
    }
    if (wanted->complete >= 0 && findings->complete != (wanted->complete == 1)) {
        return fail(to, findings->complete ? "was complete" : "was not complete");
    }
    for (uint32_t i = 0; i < wanted->outcome_count; i++) {
        if (!verify_outcome(to, findings, &wanted->outcomes[i])) return false;
    }
    return true;
}

bool th_explore_verify(th_scenario *scenario, char *why, size_t why_size) {
    const th_exploration *wanted = th_scenario_exploration(scenario);
    if (wanted->mode == NULL) return true;
    const report to = {scenario, wanted->line, why, why_size};
    th_explore_desc desc = th_hunt_explore_desc(scenario);
    desc.any_schedule = true;
    if (!find_mode(wanted->mode, &desc.mode)) return fail(&to, "knows no mode %s", wanted->mode);
    const bool runs = desc.mode == TH_EXPLORE_RANDOM || desc.mode == TH_EXPLORE_PCT;
    desc.has_bound = wanted->bound >= 0;
    if (desc.has_bound) desc.bound = (uint32_t)wanted->bound;
    if (wanted->limit >= 0) desc.state_limit = desc.execution_limit = (uint64_t)wanted->limit;
    if (runs && wanted->limit < 0) desc.execution_limit = RUN_COUNT_DEFAULT;
    th_findings *findings = th_explore_run(&desc);
    bool good;
    if (findings->error != NULL) {
        const char *refused = th_scenario_error(scenario);
        good = fail(&to, "failed: %s", *refused != '\0' ? refused : findings->error);
    } else {
        good = verify(&to, findings, wanted);
    }
    th_findings_free(findings);
    return good;
}

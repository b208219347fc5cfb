// Two runs that go together up to one step, of which one fails and the other does not.
#include "gui/app/exploring_parts.h"

#include "gui/scene/log.h"
#include "sim/base/assert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BEFORE_STEPS = 24,  // shown of what both have in common, at the most
    AFTER_STEPS = 64,   // and of each run's own
};

static bool is_failing(uint8_t kind) { return kind != TH_RUN_RIGHT; }

// The failing run to look at: the chosen example, or the first that fails.
static const th_finding *failing_finding(const th_exploring *exploring, const th_survey *survey,
                                         th_run_kind *kind) {
    for (int i = -1; i < exploring->scene.example_count; i++) {
        const int at = i < 0 ? exploring->chosen : i;
        if (at >= exploring->scene.example_count) continue;
        const uint32_t index = exploring->examples[at];
        if (!is_failing(survey->kinds[index])) continue;
        *kind = (th_run_kind)survey->kinds[index];
        return &survey->findings->items[index];
    }
    return NULL;
}

// The run with the longest common past that does not fail so: with a chart, by the last choice that
// could still have saved it.
static th_choice *safe_by_chart(const th_survey *survey, const th_finding *failing,
                                th_run_kind kind, uint32_t *count) {
    const th_chart *chart = survey->chart;
    uint32_t node = 0, at = 0, at_node = 0;
    bool possible = false;
    for (uint32_t i = 0; i < failing->choice_count && node < chart->node_count; i++) {
        if (chart->nodes[node].steps[TH_RUN_RIGHT] != UINT32_MAX) {
            possible = true;
            at = i;
            at_node = node;
        }
        node = th_chart_follow(chart, node, failing->choices[i]);
    }
    if (!possible || kind == TH_RUN_RIGHT) return NULL;
    uint32_t rest_count, switch_count;
    const uint16_t last = at > 0 ? failing->choices[at - 1].g : 0;
    th_choice *rest =
        th_chart_calmest(chart, at_node, last, TH_RUN_RIGHT, &rest_count, &switch_count);
    *count = at + rest_count;
    th_choice *all = malloc((*count + (size_t)1) * sizeof(*all));
    TH_ASSERT(all != NULL);
    memcpy(all, failing->choices, at * sizeof(*all));
    if (rest_count > 0) memcpy(all + at, rest, rest_count * sizeof(*all));
    free(rest);
    return all;
}

// Without one: the simplest run that goes right.
static th_choice *safe_by_examples(const th_exploring *exploring, const th_survey *survey,
                                   uint32_t *count) {
    for (int i = 0; i < exploring->scene.example_count; i++) {
        const uint32_t index = exploring->examples[i];
        if (is_failing(survey->kinds[index])) continue;
        const th_finding *safe = &survey->findings->items[index];
        th_choice *all = malloc((safe->choice_count + (size_t)1) * sizeof(*all));
        TH_ASSERT(all != NULL);
        memcpy(all, safe->choices, safe->choice_count * sizeof(*all));
        *count = safe->choice_count;
        return all;
    }
    return NULL;
}

static bool find_pair(th_model *model, th_branch_id pair[2]) {
    th_exploring *exploring = model->exploring;
    if (exploring->compares_shown) {
        pair[0] = model->branch;
        pair[1] = model->other;
        return pair[0] != pair[1];
    }
    const th_survey *survey = th_exploring_survey(model);
    if (survey == NULL || survey->kinds == NULL) return false;
    th_exploring_take_survey(exploring, survey);
    th_run_kind kind = TH_RUN_CRASH;
    const th_finding *failing = failing_finding(exploring, survey, &kind);
    if (failing == NULL) return false;
    uint32_t count = 0;
    th_choice *safe = survey->chart != NULL ? safe_by_chart(survey, failing, kind, &count)
                                            : safe_by_examples(exploring, survey, &count);
    if (safe == NULL) return false;
    const bool good = th_exploring_play(model, failing->choices, failing->choice_count, &pair[0]) &&
                      th_exploring_play(model, safe, count, &pair[1]);
    free(safe);
    return good;
}

static void describe(th_model *model, th_branch_id branch, uint64_t step, th_diverge_step *out) {
    const th_event event = th_timeline_event(model->timeline, branch, step);
    const th_world *after = th_timeline_seek(model->timeline, branch, step);
    th_scene_log_row row;
    th_scene_log_row_of(model->scenario, after, event, step, &row);
    *out = (th_diverge_step){
        .g = event.g, .access = event.size > 0, .write = row.write, .race = event.race};
    memcpy(out->name, row.name, sizeof(out->name));
    memcpy(out->value, row.value, sizeof(out->value));
}

static void describe_run(th_model *model, int side) {
    th_exploring *exploring = model->exploring;
    const th_branch_id branch = exploring->pair[side];
    const uint64_t length = th_timeline_length(model->timeline, branch);
    const uint64_t step = exploring->pair_step;
    const uint64_t first = step > BEFORE_STEPS ? step - BEFORE_STEPS : 1;
    const uint64_t last = length < step + AFTER_STEPS ? length : step + AFTER_STEPS;
    const uint32_t count = last < first ? 0 : (uint32_t)(last - first + 1);
    free(exploring->pair_steps[side]);
    exploring->pair_steps[side] = calloc(count + (size_t)1, sizeof(th_diverge_step));
    TH_ASSERT(exploring->pair_steps[side] != NULL);
    exploring->pair_counts[side] = count;
    for (uint32_t i = 0; i < count; i++) {
        describe(model, branch, first + i, &exploring->pair_steps[side][i]);
    }
}

void th_exploring_compare(th_model *model) {
    th_exploring *exploring = model->exploring;
    if (exploring->compared) return;
    exploring->pair[0] = exploring->pair[1] = 0;
    if (find_pair(model, exploring->pair)) {
        exploring->pair_step =
            th_timeline_common(model->timeline, exploring->pair[0], exploring->pair[1]) + 1;
        describe_run(model, 0);
        describe_run(model, 1);
        exploring->compared = true;
    }
}

static uint8_t verdict_of(const th_finding *outcome) {
    switch (outcome->end) {
    case TH_END_FATAL: return TH_VERDICT_FATAL;
    case TH_END_PANIC: return TH_VERDICT_PANIC;
    case TH_END_DEADLOCK: return TH_VERDICT_DEADLOCK;
    case TH_END_FAULT: return TH_VERDICT_FAULT;
    case TH_END_LIMIT: return TH_VERDICT_LIMIT;
    default: return outcome->raced ? TH_VERDICT_RACE : TH_VERDICT_CLEAN;
    }
}

static void build_run(th_model *model, int side, th_diverge_run *out) {
    const th_exploring *exploring = model->exploring;
    const th_branch_id branch = exploring->pair[side];
    *out = (th_diverge_run){.branch = branch,
                            .steps = exploring->pair_steps[side],
                            .count = exploring->pair_counts[side],
                            .kind = TH_RUN_CUT,
                            .length = th_timeline_length(model->timeline, branch)};
    const th_branch_note note = th_branches_of(&model->branches, branch);
    memcpy(out->name, note.name, sizeof(out->name));
    th_finding outcome;
    if (!th_exploring_outcome(model, branch, &outcome)) return;
    out->verdict = verdict_of(&outcome);
    out->raced = outcome.raced;
    const char *text = outcome.message != NULL ? outcome.message : outcome.label;
    if (text != NULL) snprintf(out->message, sizeof(out->message), "%s", text);
    const th_survey *survey = th_exploring_survey(model);
    const th_finding *known = survey == NULL || survey->kinds == NULL
                                  ? NULL
                                  : th_findings_find(survey->findings, (th_end)outcome.end,
                                                     outcome.message, outcome.label, outcome.raced);
    if (known != NULL)
        out->kind = survey->kinds[known - survey->findings->items];
    else
        out->kind = outcome.end == TH_END_DONE ? TH_RUN_RIGHT : TH_RUN_CRASH;
}

void th_exploring_build_diverge(th_model *model) {
    th_exploring *exploring = model->exploring;
    th_diverge *out = &exploring->scene.diverge;
    th_exploring_compare(model);
    *out = (th_diverge){.present = exploring->compared, .share_before = TH_SHARE_UNKNOWN};
    if (!out->present) return;
    out->step = exploring->pair_step;
    out->first = out->step > BEFORE_STEPS ? out->step - BEFORE_STEPS : 1;
    build_run(model, 0, &out->runs[0]);
    build_run(model, 1, &out->runs[1]);
    const th_survey *survey = th_exploring_survey(model);
    if (survey == NULL || survey->chart == NULL) return;
    const uint32_t node =
        th_exploring_node(model, survey->chart, exploring->pair[0], out->step - 1);
    if (node < survey->chart->node_count) {
        out->share_before = th_chart_share(survey->chart->nodes[node].ends, out->runs[0].kind);
    }
}

// The simplest run of each outcome, and which of them are shown.
#include "gui/app/exploring_parts.h"

#include "sim/base/assert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_simpler(const th_finding *a, const th_finding *b) {
    if (a->preemption_count != b->preemption_count) {
        return a->preemption_count < b->preemption_count;
    }
    return a->choice_count < b->choice_count;
}

// The n-th simplest finding of a kind; UINT32_MAX: there are not so many.
static uint32_t nth_of_kind(const th_survey *survey, th_run_kind kind, uint32_t n) {
    uint32_t best = UINT32_MAX, last = UINT32_MAX;
    for (uint32_t round = 0; round <= n; round++) {
        best = UINT32_MAX;
        for (uint32_t i = 0; i < survey->findings->count; i++) {
            const th_finding *item = &survey->findings->items[i];
            if (survey->kinds[i] != kind || item->choices == NULL) continue;
            const th_finding *before = last == UINT32_MAX ? NULL : &survey->findings->items[last];
            // Behind the one before, in the order of simplicity, then of numbers.
            if (before != NULL &&
                (is_simpler(item, before) || (!is_simpler(before, item) && i <= last))) {
                continue;
            }
            if (best == UINT32_MAX || is_simpler(item, &survey->findings->items[best])) best = i;
        }
        if (best == UINT32_MAX) return best;
        last = best;
    }
    return best;
}

// The simplest of each kind first, then the second of each ...; shown from worst to best.
static int pick(const th_survey *survey, uint32_t *examples) {
    uint32_t taken[TH_RUN_KIND_COUNT] = {0};
    int count = 0;
    for (uint32_t round = 0; count < TH_EXPLORE_EXAMPLE_MAX; round++) {
        const int before = count;
        for (int kind = 0; kind < TH_RUN_KIND_COUNT && count < TH_EXPLORE_EXAMPLE_MAX; kind++) {
            if (nth_of_kind(survey, (th_run_kind)kind, round) == UINT32_MAX) continue;
            taken[kind]++;
            count++;
        }
        if (count == before) break;
    }
    int at = 0;
    for (int kind = 0; kind < TH_RUN_KIND_COUNT; kind++) {
        for (uint32_t n = 0; n < taken[kind]; n++) {
            examples[at++] = nth_of_kind(survey, (th_run_kind)kind, n);
        }
    }
    return count;
}

void th_exploring_take_survey(th_exploring *exploring, const th_survey *survey) {
    const uint32_t serial = survey == NULL ? 0 : survey->serial;
    if (exploring->survey == serial) return;
    exploring->survey = serial;
    exploring->scene.example_count = survey == NULL ? 0 : pick(survey, exploring->examples);
    if (exploring->chosen >= exploring->scene.example_count) exploring->chosen = 0;
    free(exploring->shares);
    exploring->shares = NULL;
    exploring->shortest_kind = 0;
    exploring->compared = false;
}

static const th_label *words_of(const th_model *model, const char *name) {
    uint32_t count;
    const th_label *labels = th_scenario_labels(model->scenario, &count);
    for (uint32_t i = 0; name != NULL && i < count; i++) {
        if (strcmp(labels[i].name, name) == 0) return &labels[i];
    }
    return NULL;
}

static void fill_strip(const th_finding *finding, th_explore_example *out) {
    bool seen[TH_GOROUTINE_MAX] = {0};
    uint16_t last = 0, moving = 0;
    for (uint32_t i = 0; i < finding->choice_count; i++) {
        const uint16_t g = finding->choices[i].g;
        if (finding->choices[i].kind == TH_CHOICE_PICK) continue;
        if (out->strip_count < TH_EXPLORE_STRIP_MAX) out->strip[out->strip_count++] = g;
        out->switch_count += last != 0 && g != last;
        last = g;
        if (g > out->goroutine_count) out->goroutine_count = g;
        if (!seen[g]) moving++;
        seen[g] = true;
    }
    out->in_turn = moving > 0 && out->switch_count + 1U == moving;
}

static void fill(const th_model *model, const th_survey *survey, uint32_t index,
                 th_explore_example *out) {
    const th_finding *finding = &survey->findings->items[index];
    *out = (th_explore_example){
        .kind = survey->kinds[index],
        .end = finding->end,
        .raced = finding->raced,
        .minimal = finding->proof == TH_PROOF_MINIMAL,
        .words = words_of(model, finding->label),
        .step_count = finding->choice_count,
        .preemption_count = finding->preemption_count,
    };
    if (finding->message != NULL) {
        snprintf(out->message, sizeof(out->message), "%s", finding->message);
    }
    if (finding->label != NULL) snprintf(out->label, sizeof(out->label), "%s", finding->label);
    fill_strip(finding, out);
}

void th_exploring_build_examples(th_model *model, const th_survey *survey) {
    th_exploring *exploring = model->exploring;
    th_explore_scene *scene = &exploring->scene;
    scene->chosen = exploring->chosen;
    for (int i = 0; i < scene->example_count; i++) {
        fill(model, survey, exploring->examples[i], &scene->examples[i]);
    }
}

uint32_t th_exploring_decisive(const th_survey *survey, const th_finding *finding,
                               th_run_kind kind) {
    if (survey->chart == NULL) return 0;
    uint32_t node = 0, decisive = 0;
    for (uint32_t i = 0; i < finding->choice_count && node < survey->chart->node_count; i++) {
        if (th_chart_share(survey->chart->nodes[node].ends, kind) < 1000000) decisive = i + 1;
        node = th_chart_follow(survey->chart, node, finding->choices[i]);
    }
    return decisive;
}

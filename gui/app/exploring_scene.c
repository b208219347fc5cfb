// What was found, in numbers and words.
#include "gui/app/exploring_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void th_exploring_count_text(th_count count, char *out, size_t size) {
    char digits[48];
    th_print print = th_print_to(digits, sizeof(digits));
    th_count_print(&print, count);
    const size_t length = strlen(digits);
    size_t at = 0;
    if (th_count_is_full(count) && size > 2) at = (size_t)snprintf(out, size, ">");
    for (size_t i = 0; i < length && at + 2 < size; i++) {
        if (i > 0 && (length - i) % 3 == 0) out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

// The findings whose counts are meant, and their kinds.
static const th_findings *counted(const th_survey *survey, const uint8_t **kinds) {
    *kinds = survey->samples != NULL ? survey->sample_kinds : survey->kinds;
    return survey->samples != NULL ? survey->samples : survey->findings;
}

// The text that tells an outcome from others of its kind.
static const char *detail_of(const th_finding *finding) {
    return finding->message != NULL ? finding->message : finding->label;
}

static void build_outcome(const th_model *model, const th_survey *survey, th_run_kind kind,
                          th_explore_outcome *out) {
    const uint8_t *kinds;
    const th_findings *findings = counted(survey, &kinds);
    *out = (th_explore_outcome){
        .kind = (uint8_t)kind, .share = th_survey_share(survey, kind), .always_raced = true};
    th_count all = {0}, most = {0};
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < findings->count; i++) {
        const th_finding *item = &findings->items[i];
        if (kinds[i] != kind) continue;
        th_count_add(&all, item->count);
        out->raced |= item->raced;
        out->always_raced &= item->raced;
        if (best == UINT32_MAX || most.high < item->count.high ||
            (most.high == item->count.high && most.low < item->count.low)) {
            best = i;
            most = item->count;
        }
    }
    th_exploring_count_text(all, out->count, sizeof(out->count));
    const char *detail = best == UINT32_MAX ? NULL : detail_of(&findings->items[best]);
    if (detail == NULL) return;
    snprintf(out->detail, sizeof(out->detail), "%s", detail);
    uint32_t count;
    const th_label *labels = th_scenario_labels(model->scenario, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(labels[i].name, detail) == 0) out->label = &labels[i];
    }
}

static bool occurs(const th_survey *survey, th_run_kind kind) {
    for (uint32_t i = 0; i < survey->findings->count; i++) {
        if (survey->kinds[i] == kind) return true;
    }
    return false;
}

static void build_outcomes(const th_model *model, const th_survey *survey,
                           th_explore_scene *scene) {
    scene->outcome_count = 0;
    for (int kind = 0; kind < TH_RUN_KIND_COUNT; kind++) {
        if (!occurs(survey, (th_run_kind)kind)) continue;
        build_outcome(model, survey, (th_run_kind)kind, &scene->outcomes[scene->outcome_count++]);
    }
}

static void build_races(const th_survey *survey, th_explore_scene *scene) {
    th_count without = {0};
    bool with = false;
    for (uint32_t i = 0; i < survey->findings->count; i++) {
        const th_finding *item = &survey->findings->items[i];
        with |= item->raced;
        if (!item->raced) th_count_add(&without, item->count);
    }
    const bool all = survey->coverage == TH_COVERED_ALL;
    scene->race_free[0] = '\0';
    if (all) th_exploring_count_text(without, scene->race_free, sizeof(scene->race_free));
    const bool complete = survey->coverage >= TH_COVERED_OUTCOMES;
    if (!with)
        scene->races = complete ? TH_RACES_NEVER : TH_RACES_UNSEEN;
    else
        scene->races = complete && th_count_is_zero(without) ? TH_RACES_ALWAYS : TH_RACES_SOME;
}

// The fewest steps, and the fewest switches, to a run of the kind.
static void build_shortest(th_exploring *exploring, const th_survey *survey) {
    th_explore_scene *scene = &exploring->scene;
    const th_run_kind kind = (th_run_kind)scene->kind;
    if (exploring->shortest_kind == kind + 1) return;
    exploring->shortest_kind = (uint8_t)(kind + 1);
    scene->shortest_steps = scene->fewest_switches = 0;
    scene->shortest_minimal = survey->chart != NULL;
    if (survey->chart != NULL) {
        const uint32_t steps = survey->chart->nodes[0].steps[kind];
        if (steps == UINT32_MAX) return;
        scene->shortest_steps = steps;
        uint32_t count;
        free(th_chart_calmest(survey->chart, 0, 0, kind, &count, &scene->fewest_switches));
        return;
    }
    bool found = false;
    for (int i = 0; i < scene->example_count; i++) {
        const th_explore_example *example = &scene->examples[i];
        if (example->kind != kind) continue;
        if (!found || example->step_count < scene->shortest_steps) {
            scene->shortest_steps = example->step_count;
        }
        if (!found || example->switch_count < scene->fewest_switches) {
            scene->fewest_switches = example->switch_count;
        }
        found = true;
    }
}

static void build_fixes(th_model *model, th_explore_scene *scene) {
    th_exploring *exploring = model->exploring;
    const char *chosen = th_scenario_fix_chosen(model->scenario);
    for (scene->fix_count = 0; scene->fix_count < TH_EXPLORE_FIX_MAX; scene->fix_count++) {
        const char *name = th_scenario_fix(model->scenario, (uint32_t)scene->fix_count);
        if (name == NULL) return;
        th_explore_fix *fix = &scene->fixes[scene->fix_count];
        *fix = (th_explore_fix){.name = name, .chosen = strcmp(name, chosen) == 0};
        if (exploring->explorer == NULL) continue;
        fix->searching = th_explorer_is_asked(exploring->explorer, name);
        const th_survey *survey = th_explorer_survey(exploring->explorer, name);
        if (survey == NULL || survey->kinds == NULL) continue;
        fix->known = true;
        fix->complete = survey->coverage >= TH_COVERED_OUTCOMES;
        for (int kind = 0; kind < TH_RUN_KIND_COUNT; kind++) {
            fix->share[kind] = th_survey_share(survey, (th_run_kind)kind);
        }
    }
}

static void build_survey(th_model *model, const th_survey *survey) {
    th_exploring *exploring = model->exploring;
    th_explore_scene *scene = &exploring->scene;
    th_exploring_take_survey(exploring, survey);
    scene->coverage = survey->coverage;
    scene->shares_known = survey->chart != NULL;
    scene->knows_right = survey->knows_right;
    scene->endless = survey->findings->endless;
    scene->kind = (uint8_t)th_exploring_kind(exploring, survey);
    const uint8_t *kinds;
    const th_findings *findings = counted(survey, &kinds);
    th_exploring_count_text(findings->executions, scene->total, sizeof(scene->total));
    scene->step_counts[0] = survey->has_grid ? survey->grid.columns - 1 : 0;
    scene->step_counts[1] = survey->has_grid ? survey->grid.rows - 1 : 0;
    build_outcomes(model, survey, scene);
    build_races(survey, scene);
    th_exploring_build_examples(model, survey);
    build_shortest(exploring, survey);
    th_exploring_build_grid(model, survey);
    th_exploring_build_choices(model, survey);
    th_exploring_build_decisions(model, survey);
}

void th_exploring_build(th_model *model) {
    th_exploring *exploring = model->exploring;
    th_explore_scene *scene = &exploring->scene;
    scene->screen = exploring->screen;
    scene->searching = scene->ready = false;
    scene->states = scene->steps = 0;
    scene->error[0] = '\0';
    if (exploring->explorer != NULL) {
        const char *fix = th_scenario_fix_chosen(model->scenario);
        th_explore_progress progress = {0};
        scene->searching = th_explorer_is_busy(exploring->explorer, &progress);
        scene->states = progress.states;
        scene->steps = progress.steps;
        scene->state_limit = th_explorer_state_limit(exploring->explorer, fix);
        const th_survey *survey = th_explorer_survey(exploring->explorer, fix);
        scene->ready = survey != NULL && survey->kinds != NULL;
        if (survey != NULL) snprintf(scene->error, sizeof(scene->error), "%s", survey->error);
        if (scene->ready && exploring->screen != TH_SCREEN_STAGE) build_survey(model, survey);
    }
    build_fixes(model, scene);
    if (exploring->screen == TH_SCREEN_DIVERGE) th_exploring_build_diverge(model);
    th_exploring_build_list(model);
    th_exploring_build_challenge(model);
}

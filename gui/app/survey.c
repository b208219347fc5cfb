#include "gui/app/survey.h"

#include "gui/app/contents.h"
#include "gui/scene/text.h"
#include "sim/base/assert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct surveying {
    const th_survey_desc *desc;
    th_survey *survey;
    th_scenario *scenario;
    th_findings *reference;    // runs in which nobody is preempted
    th_contents_set contents;  // what those leave behind, where the scenario has no labels
    bool collects;             // they are being run
    th_explore_desc explore;
    uint64_t step_budget;  // of the search in progress; 0: none
} surveying;

static bool label_of(void *context, const th_world *world, const char **label) {
    surveying *of = context;
    char *error = of->survey->error;
    if (!th_scenario_finish(of->scenario, world, label, error, TH_SURVEY_ERROR_MAX)) return false;
    if (*label != NULL || world->outcome.end != TH_END_DONE) return true;
    if (!of->collects && of->contents.count == 0) return true;
    const th_contents contents = th_contents_of(of->scenario, world);
    if (of->collects)
        th_contents_add(&of->contents, contents);
    else
        *label = th_contents_judge(&of->contents, contents);
    return true;
}

static bool go_on(void *context, const th_explore_progress *progress) {
    surveying *of = context;
    if (of->desc->go_on != NULL && !of->desc->go_on(of->desc->context, progress)) {
        of->survey->stopped = true;
        return false;
    }
    return of->step_budget == 0 || progress->steps < of->step_budget;
}

// Why a search could not be done: the scenario's own words where it has some.
static void take_error(surveying *of, const char *error) {
    if (error == NULL || of->survey->error[0] != '\0') return;
    const char *own = th_scenario_error(of->scenario);
    snprintf(of->survey->error, TH_SURVEY_ERROR_MAX, "%s", own[0] != '\0' ? own : error);
}

static th_findings *search(surveying *of, th_explore_mode mode, bool any_schedule) {
    th_explore_desc desc = of->explore;
    desc.mode = (uint8_t)mode;
    desc.any_schedule = any_schedule;
    th_findings *findings = th_explore_run(&desc);
    take_error(of, findings->error);
    return findings;
}

// --- which runs are right ---

static bool labelled(const th_findings *findings) {
    for (uint32_t i = 0; i < findings->count; i++) {
        if (findings->items[i].end == TH_END_DONE && findings->items[i].label != NULL) return true;
    }
    return false;
}

// What the runs have in common in which nobody is preempted, careful goroutines would have too.
static void find_reference(surveying *of) {
    th_explore_desc desc = of->explore;
    desc.mode = TH_EXPLORE_BOUNDED;
    desc.has_bound = true;  // 0
    desc.any_schedule = true;
    of->collects = true;
    of->reference = th_explore_run(&desc);
    of->collects = false;
    if (!th_contents_tell(of->scenario)) th_contents_free(&of->contents);
    take_error(of, of->reference->error);
    uint32_t count;
    th_scenario_labels(of->scenario, &count);
    of->survey->knows_right = count > 0 || labelled(of->reference) || of->contents.count > 0;
}

// Whether a run in which nobody is preempted ends with that label.
static bool is_careful(const surveying *of, const char *label) {
    for (uint32_t i = 0; i < of->reference->count; i++) {
        const th_finding *careful = &of->reference->items[i];
        if (careful->end != TH_END_DONE || careful->label == NULL) continue;
        if (strcmp(careful->label, label) == 0) return true;
    }
    return false;
}

static bool is_of_contents(const char *label) {
    return strcmp(label, TH_CONTENTS_LOST) == 0 || strcmp(label, TH_CONTENTS_MISCOUNTED) == 0 ||
           strcmp(label, TH_CONTENTS_MIXED) == 0;
}

// The author's word first. Without it, only a run that raced is called wrong: what goroutines do
// between each other's operations is their right.
static bool is_right(const surveying *of, const th_finding *finding) {
    const char *label = finding->label;
    if (label == NULL) return true;
    uint32_t count;
    const th_label *labels = th_scenario_labels(of->scenario, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (labels[i].right >= 0 && strcmp(labels[i].name, label) == 0) return labels[i].right;
    }
    if (!finding->raced) return true;
    if (of->contents.count > 0 && is_of_contents(label)) return false;
    return !labelled(of->reference) || is_careful(of, label);
}

// Whether anybody has said what the label means: its author, or a run in which nobody is preempted.
static bool is_judged(const surveying *of, const th_finding *finding) {
    const char *label = finding->label;
    if (label == NULL || is_of_contents(label)) return true;
    uint32_t count;
    const th_label *labels = th_scenario_labels(of->scenario, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (labels[i].right >= 0 && strcmp(labels[i].name, label) == 0) return true;
    }
    return finding->raced || is_right(of, finding) == is_careful(of, label);
}

static uint32_t kind_of(void *context, const th_finding *finding) {
    const surveying *of = context;
    switch (finding->end) {
    case TH_END_FATAL:
    case TH_END_PANIC:
    case TH_END_FAULT: return TH_RUN_CRASH;
    case TH_END_DEADLOCK: return TH_RUN_STUCK;
    case TH_END_LIMIT: return TH_RUN_CUT;
    default: return is_right(of, finding) ? TH_RUN_RIGHT : TH_RUN_WRONG;
    }
}

static uint8_t *kinds_of(surveying *of, const th_findings *findings) {
    uint8_t *kinds = calloc(findings->count + (size_t)1, sizeof(*kinds));
    TH_ASSERT(kinds != NULL);
    for (uint32_t i = 0; i < findings->count; i++) {
        kinds[i] = (uint8_t)kind_of(of, &findings->items[i]);
    }
    return kinds;
}

// --- the searches ---

static void make_chart(surveying *of) {
    th_chart *chart = th_chart_run(&of->explore, kind_of, of);
    take_error(of, chart->error);
    if (th_chart_is_usable(chart)) {
        of->survey->chart = chart;
    } else {
        th_chart_free(chart);
    }
}

static void find_outcomes(surveying *of) {
    th_survey *survey = of->survey;
    survey->findings = search(of, survey->chart != NULL ? TH_EXPLORE_ALL : TH_EXPLORE_DPOR, false);
    const bool complete = survey->findings->complete || survey->chart != NULL;
    survey->coverage = survey->chart != NULL         ? TH_COVERED_ALL
                       : complete                    ? TH_COVERED_OUTCOMES
                       : survey->findings->count > 0 ? TH_COVERED_SOME
                                                     : TH_COVERED_NOTHING;
}

// Where orders cannot be counted, runs drawn at random tell at least how often what happens among
// them; and they may find what the search did not come to.
static void draw_samples(surveying *of) {
    th_survey *survey = of->survey;
    if (survey->chart != NULL || survey->stopped || survey->error[0] != '\0') return;
    of->step_budget = TH_SURVEY_STEPS;
    survey->samples = search(of, TH_EXPLORE_RANDOM, survey->findings->complete);
    of->step_budget = 0;
    survey->sample_kinds = kinds_of(of, survey->samples);
    if (survey->findings->complete) return;
    th_findings_merge(survey->findings, survey->samples);
    if (survey->findings->count > 0) survey->coverage = TH_COVERED_SOME;
}

// --- the grid's axes ---

void th_survey_describe(const th_scenario *scenario, const th_world *before, uint16_t g,
                        th_event_kind kind, uint64_t address, th_explore_access *out) {
    char name[96] = "";
    *out = (th_explore_access){
        .access = th_event_kind_reads(kind) || th_event_kind_writes(kind),
        .write = th_event_kind_writes(kind),
    };
    const th_request *request = out->access ? NULL : th_world_request(before, g);
    if (out->access) th_scenario_name(scenario, before, address, name, sizeof(name));
    if (request != NULL) th_text_request(scenario, before, request, name, sizeof(name));
    snprintf(out->name, sizeof(out->name), "%.*s", (int)sizeof(out->name) - 1, name);
}

// "flags" of "m[1].h.flags": the axes have little room.
static void keep_last_part(char *name) {
    const char *dot = strrchr(name, '.');
    if (dot != NULL && dot[1] != '\0') memmove(name, dot + 1, strlen(dot + 1) + 1);
}

static void describe(const surveying *of, const th_world *before, uint16_t g, th_event event,
                     th_explore_access *out) {
    th_survey_describe(of->scenario, before, g, (th_event_kind)event.kind, th_event_address(event),
                       out);
    if (out->access) keep_last_part(out->name);
}

static void walk_axis(surveying *of, uint16_t g, uint32_t points, th_survey_axis *axis) {
    axis->steps = calloc(points + (size_t)1, sizeof(*axis->steps));
    TH_ASSERT(axis->steps != NULL);
    const th_choice choice = {.g = g, .kind = TH_CHOICE_RUN, .value = -1};
    th_world world = {0}, before = {0};
    th_events events = {0};
    th_world_copy(&world, th_scenario_start(of->scenario));
    while (axis->count + 1 < points && !th_world_ended(&world) &&
           th_world_enabled(&world, choice)) {
        th_world_copy(&before, &world);
        events.count = 0;
        th_world_step(&world, choice, &events);
        if (events.count > 0) describe(of, &before, g, events.items[0], &axis->steps[axis->count]);
        axis->count++;
        if (!th_world_settle(&world, th_scenario_resolver(of->scenario), &events)) break;
    }
    th_events_free(&events);
    th_world_free(&before);
    th_world_free(&world);
}

static void make_grid(surveying *of) {
    th_survey *survey = of->survey;
    if (survey->chart == NULL || !th_chart_grid_make(survey->chart, &survey->grid)) return;
    survey->has_grid = true;
    walk_axis(of, survey->grid.a, survey->grid.columns, &survey->axes[0]);
    walk_axis(of, survey->grid.b, survey->grid.rows, &survey->axes[1]);
}

// --- the challenge ---

static uint32_t goal_kind_of(void *context, const th_finding *finding) {
    const surveying *of = context;
    const th_challenge *challenge = th_scenario_challenge(of->scenario);
    return th_exploration_outcome_fits(&challenge->goal, (th_end)finding->end, finding->message,
                                       finding->label, finding->raced)
               ? TH_GOAL_REACHED
               : TH_GOAL_MISSED;
}

static void chart_goal(surveying *of) {
    th_survey *survey = of->survey;
    if (th_scenario_challenge(of->scenario) == NULL || survey->chart == NULL) return;
    survey->goal_chart = th_chart_run(&of->explore, goal_kind_of, of);
    if (!th_chart_is_usable(survey->goal_chart)) {
        th_chart_free(survey->goal_chart);
        survey->goal_chart = NULL;
        return;
    }
    survey->par = th_chart_shortest(survey->goal_chart, 0, TH_GOAL_REACHED, &survey->par_steps);
    uint32_t step_count;
    free(th_chart_calmest(survey->goal_chart, 0, 0, TH_GOAL_REACHED, &step_count,
                          &survey->par_switches));
}

th_survey *th_survey_run(const th_survey_desc *desc) {
    th_survey *survey = calloc(1, sizeof(*survey));
    TH_ASSERT(survey != NULL);
    surveying of = {.desc = desc, .survey = survey};
    of.scenario = th_scenario_load(&desc->scenario, survey->error, sizeof(survey->error));
    if (of.scenario == NULL) return survey;
    of.explore = (th_explore_desc){
        .start = th_scenario_start(of.scenario),
        .resolver = th_scenario_resolver(of.scenario),
        .label = label_of,
        .label_context = &of,
        .go_on = go_on,
        .go_on_context = &of,
        .seed = th_scenario_env(of.scenario)->seed,
        .state_limit = desc->state_limit != 0 ? desc->state_limit : TH_SURVEY_STATES,
    };
    find_reference(&of);
    if (!survey->stopped && survey->error[0] == '\0') make_chart(&of);
    if (!survey->stopped && survey->error[0] == '\0') {
        find_outcomes(&of);
        draw_samples(&of);
        survey->kinds = kinds_of(&of, survey->findings);
        for (uint32_t i = 0; i < survey->findings->count; i++) {
            const th_finding *item = &survey->findings->items[i];
            survey->knows_right &= item->end != TH_END_DONE || is_judged(&of, item);
        }
        make_grid(&of);
        chart_goal(&of);
    }
    th_findings_free(of.reference);
    th_contents_free(&of.contents);
    th_scenario_free(of.scenario);
    return survey;
}

void th_survey_free(th_survey *survey) {
    if (survey == NULL) return;
    th_findings_free(survey->findings);
    th_findings_free(survey->samples);
    free(survey->kinds);
    free(survey->sample_kinds);
    th_chart_free(survey->chart);
    th_chart_free(survey->goal_chart);
    th_chart_grid_free(&survey->grid);
    free(survey->axes[0].steps);
    free(survey->axes[1].steps);
    free(survey->par);
    free(survey);
}

uint32_t th_survey_share(const th_survey *survey, th_run_kind kind) {
    if (survey->chart != NULL) return th_chart_share(survey->chart->nodes[0].ends, kind);
    if (survey->samples == NULL || survey->samples->count == 0) return TH_SHARE_UNKNOWN;
    th_count part = {0}, all = {0};
    for (uint32_t i = 0; i < survey->samples->count; i++) {
        th_count_add(&all, survey->samples->items[i].count);
        if (survey->sample_kinds[i] == kind) th_count_add(&part, survey->samples->items[i].count);
    }
    return th_count_millionths(part, all);
}

#include "gui/app/exploring_parts.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

th_exploring *th_exploring_of(th_model *model) {
    if (model->exploring != NULL) return model->exploring;
    model->exploring = calloc(1, sizeof(*model->exploring));
    TH_ASSERT(model->exploring != NULL);
    return model->exploring;
}

void th_exploring_free(th_exploring *exploring) {
    if (exploring == NULL) return;
    th_explorer_free(exploring->explorer);
    th_branch_export_free(exploring->export);
    free(exploring->shares);
    free(exploring->pair_steps[0]);
    free(exploring->pair_steps[1]);
    free(exploring);
}

th_explorer *th_exploring_explorer(th_model *model) {
    th_exploring *exploring = th_exploring_of(model);
    if (exploring->explorer == NULL) {
        exploring->explorer = th_explorer_new(&model->desc.scenario);
    }
    th_explorer_ask(exploring->explorer, th_scenario_fix_chosen(model->scenario));
    return exploring->explorer;
}

const th_survey *th_exploring_survey(const th_model *model) {
    if (model->exploring == NULL || model->exploring->explorer == NULL) return NULL;
    return th_explorer_survey(model->exploring->explorer, th_scenario_fix_chosen(model->scenario));
}

th_run_kind th_exploring_kind(const th_exploring *exploring, const th_survey *survey) {
    if (exploring->kind_chosen) return (th_run_kind)exploring->kind;
    for (uint32_t kind = TH_RUN_CRASH; survey->kinds != NULL && kind <= TH_RUN_WRONG; kind++) {
        for (uint32_t i = 0; i < survey->findings->count; i++) {
            if (survey->kinds[i] == kind) return (th_run_kind)kind;
        }
    }
    return TH_RUN_CRASH;
}

// --- where a branch stands ---

uint32_t th_exploring_node(const th_model *model, const th_chart *chart, th_branch_id branch,
                           uint64_t step) {
    uint32_t node = 0;
    for (uint64_t i = 1; i <= step && node != TH_CHART_NOWHERE; i++) {
        node = th_chart_follow(chart, node, th_timeline_choice(model->timeline, branch, i));
    }
    return node;
}

uint32_t th_exploring_switches(const th_model *model, th_branch_id branch, uint64_t step) {
    uint32_t count = 0;
    uint16_t last = 0;
    for (uint64_t i = 1; i <= step; i++) {
        const uint16_t g = th_timeline_event(model->timeline, branch, i).g;
        count += last != 0 && g != last;
        last = g;
    }
    return count;
}

bool th_exploring_outcome(th_model *model, th_branch_id branch, th_finding *outcome) {
    const th_world *end = th_timeline_end(model->timeline, branch);
    if (!th_world_ended(end)) return false;
    *outcome = (th_finding){.message = end->outcome.message,
                            .end = end->outcome.end,
                            .raced = end->races.race_count > 0};
    return th_scenario_finish(model->scenario, end, &outcome->label, model->message,
                              sizeof(model->message));
}

bool th_exploring_play(th_model *model, const th_choice *choices, uint32_t count,
                       th_branch_id *branch) {
    const uint32_t known = th_timeline_branch_count(model->timeline);
    if (!th_branches_play(model->timeline, choices, count, branch)) return false;
    if (*branch >= known) {
        th_branches_set(&model->branches, *branch, (th_branch_note){.searched = true});
    }
    return true;
}

// --- screens ---

static void remember_run(th_model *model, th_exploring *exploring) {
    exploring->before_branch = model->branch;
    exploring->before_other = model->other;
    exploring->before_step = model->step;
    exploring->previews = false;
}

static void open_explorer(th_model *model) {
    th_exploring *exploring = th_exploring_of(model);
    th_exploring_explorer(model);
    if (exploring->screen == TH_SCREEN_STAGE) remember_run(model, exploring);
    exploring->screen = TH_SCREEN_EXPLORE;
    exploring->said[0] = '\0';
    model->playing = false;
}

// What was only looked at gives way to the run that was shown before.
static void leave(th_model *model) {
    th_exploring *exploring = model->exploring;
    exploring->screen = TH_SCREEN_STAGE;
    if (!exploring->previews) return;
    exploring->previews = false;
    th_model_show(model, exploring->before_branch, exploring->before_step);
    model->other = exploring->before_other;
}

static void open_comparison(th_model *model) {
    th_exploring *exploring = th_exploring_of(model);
    // On the stage: of the two runs that are there, if there are two.
    exploring->compares_shown =
        exploring->screen == TH_SCREEN_STAGE && model->other != model->branch;
    if (!exploring->compares_shown) th_exploring_explorer(model);
    if (exploring->screen == TH_SCREEN_STAGE) remember_run(model, exploring);
    exploring->screen = TH_SCREEN_DIVERGE;
    exploring->compared = false;
    model->playing = false;
}

// --- examples ---

static const th_finding *chosen_finding(const th_exploring *exploring, const th_survey *survey) {
    if (exploring->chosen >= exploring->scene.example_count) return NULL;
    return &survey->findings->items[exploring->examples[exploring->chosen]];
}

// Makes the example's run the one that is shown, at the step that decides it.
static void look_at(th_model *model, int index) {
    th_exploring *exploring = model->exploring;
    const th_survey *survey = th_exploring_survey(model);
    th_exploring_take_survey(exploring, survey);  // it may be newer than the picture
    if (survey == NULL || index < 0 || index >= exploring->scene.example_count) return;
    exploring->chosen = index;
    exploring->compared = false;
    const th_finding *finding = chosen_finding(exploring, survey);
    th_branch_id branch;
    if (finding == NULL ||
        !th_exploring_play(model, finding->choices, finding->choice_count, &branch)) {
        return;
    }
    const uint32_t decisive = th_exploring_decisive(
        survey, finding, (th_run_kind)survey->kinds[exploring->examples[index]]);
    th_model_show(model, branch, decisive > 0 ? decisive - 1 : 0);
    exploring->previews = true;
}

static void play_chosen(th_model *model) {
    th_exploring *exploring = model->exploring;
    look_at(model, exploring->chosen);
    exploring->previews = false;
    exploring->screen = TH_SCREEN_STAGE;
    th_model_show(model, model->branch, 0);
    model->playing = true;
}

static void choose_kind(th_model *model, uint64_t argument) {
    th_exploring *exploring = model->exploring;
    const th_survey *survey = th_exploring_survey(model);
    if (survey == NULL || survey->findings == NULL) return;
    uint32_t kind = (uint32_t)argument;
    if (argument == TH_NEXT) {
        kind = th_exploring_kind(exploring, survey);
        bool occurs = false;
        for (int i = 0; i < TH_RUN_KIND_COUNT && !occurs; i++) {
            kind = (kind + 1) % TH_RUN_KIND_COUNT;
            for (uint32_t k = 0; k < survey->findings->count; k++)
                occurs |= survey->kinds[k] == kind;
        }
    }
    if (kind >= TH_RUN_KIND_COUNT) return;
    exploring->kind = (uint8_t)kind;
    exploring->kind_chosen = true;
}

// At the start of a run nothing is shown yet that a person would miss: the first example is.
static void look_at_first(th_model *model) {
    th_exploring *exploring = model->exploring;
    const th_survey *survey = th_exploring_survey(model);
    if (exploring->screen != TH_SCREEN_EXPLORE || exploring->previews || model->step > 0) return;
    if (survey == NULL || survey->kinds == NULL) return;
    th_exploring_take_survey(exploring, survey);
    look_at(model, exploring->chosen);
}

// --- fixes ---

static void choose_fix(th_model *model, uint64_t argument) {
    uint64_t index = argument;
    if (argument == TH_NEXT) {
        const char *now = th_scenario_fix_chosen(model->scenario);
        for (index = 0; now != NULL; index++) {
            const char *name = th_scenario_fix(model->scenario, (uint32_t)index);
            if (name == NULL || strcmp(name, now) == 0) break;
        }
        index++;
        if (th_scenario_fix(model->scenario, (uint32_t)index) == NULL) index = 0;
    }
    if (index > UINT32_MAX) return;
    const char *fix = th_scenario_fix(model->scenario, (uint32_t)index);
    if (fix == NULL) return;
    th_exploring *exploring = th_exploring_of(model);
    if (!th_model_set_fix(model, fix)) return;
    exploring->chosen = 0;
    exploring->kind_chosen = false;
    exploring->compared = false;
    exploring->challenge.tried_fix = true;
    exploring->list_chosen = 0;
    remember_run(model, exploring);
    if (exploring->screen != TH_SCREEN_STAGE || exploring->explorer != NULL) {
        th_exploring_explorer(model);
    }
    if (exploring->screen == TH_SCREEN_DIVERGE) exploring->screen = TH_SCREEN_EXPLORE;
    look_at_first(model);
}

// --- commands ---

static bool explore_command(th_model *model, th_action action, uint64_t argument) {
    th_exploring *exploring = model->exploring;
    switch (action) {
    case TH_ACTION_FASTER: look_at(model, exploring->chosen - 1); return true;
    case TH_ACTION_SLOWER: look_at(model, exploring->chosen + 1); return true;
    case TH_ACTION_EXAMPLE:
        if ((int)argument == exploring->chosen && exploring->previews)
            play_chosen(model);
        else
            look_at(model, (int)argument);
        return true;
    case TH_ACTION_CONFIRM: play_chosen(model); return true;
    case TH_ACTION_OUTCOME: choose_kind(model, argument); return true;
    case TH_ACTION_EXPLORE_MORE:
        th_explorer_ask_more(exploring->explorer, th_scenario_fix_chosen(model->scenario));
        return true;
    case TH_ACTION_SAVE:
        if (!exploring->scene.searching) return false;
        th_explorer_stop(exploring->explorer);
        return true;
    case TH_ACTION_EXPLORE_STOP: th_explorer_stop(exploring->explorer); return true;
    case TH_ACTION_EXPLORE:
    case TH_ACTION_BACK: leave(model); return true;
    // A step that a person takes here is meant.
    case TH_ACTION_RUN:
    case TH_ACTION_BRANCH: exploring->previews = false; return false;
    default: return false;
    }
}

static bool diverge_command(th_model *model, th_action action) {
    th_exploring *exploring = model->exploring;
    switch (action) {
    case TH_ACTION_DIVERGE:
    case TH_ACTION_BACK:
        if (exploring->explorer != NULL && !exploring->compares_shown)
            exploring->screen = TH_SCREEN_EXPLORE;
        else
            exploring->screen = TH_SCREEN_STAGE;
        return true;
    case TH_ACTION_CONFIRM:
        if (!exploring->scene.diverge.present) return true;
        exploring->screen = TH_SCREEN_STAGE;
        exploring->previews = false;
        th_model_show(model, exploring->pair[1], exploring->pair_step - 1);
        th_model_show(model, exploring->pair[0], exploring->pair_step - 1);
        return true;
    default: return false;
    }
}

bool th_exploring_command(th_model *model, th_action action, uint64_t argument) {
    if (th_exploring_list_command(model, action, argument)) return true;
    if (th_exploring_challenge_command(model, action, argument)) return true;
    const uint8_t screen = model->exploring == NULL ? TH_SCREEN_STAGE : model->exploring->screen;
    if (screen == TH_SCREEN_EXPLORE && explore_command(model, action, argument)) return true;
    if (screen == TH_SCREEN_DIVERGE && diverge_command(model, action)) return true;
    switch (action) {
    case TH_ACTION_EXPLORE:
        open_explorer(model);
        look_at_first(model);
        return true;
    case TH_ACTION_DIVERGE: open_comparison(model); return true;
    case TH_ACTION_FIX: choose_fix(model, argument); return true;
    default: return false;
    }
}

static void poll_export(th_model *model) {
    th_exploring *exploring = model->exploring;
    if (exploring->export == NULL) return;
    uint32_t millionths;
    char error[sizeof(exploring->said)];
    model->changed = true;
    if (th_branch_export_goes_on(exploring->export, &millionths, error, sizeof(error))) return;
    exploring->save_failed = error[0] != '\0';
    if (exploring->save_failed) memcpy(exploring->said, error, sizeof(error));
    th_branch_export_free(exploring->export);
    exploring->export = NULL;
}

bool th_exploring_advance(th_model *model) {
    th_exploring *exploring = model->exploring;
    if (exploring == NULL) return false;
    poll_export(model);
    if (exploring->explorer == NULL) return exploring->export != NULL;
    if (th_explorer_poll(exploring->explorer)) {
        model->changed = true;
        look_at_first(model);
    }
    th_explore_progress progress;
    return th_explorer_is_busy(exploring->explorer, &progress) || exploring->export != NULL;
}

const th_explore_scene *th_model_explore(th_model *model) {
    if (model->exploring == NULL && !th_exploring_is_challenge(model) &&
        th_scenario_challenge(model->scenario) == NULL) {
        return NULL;
    }
    th_exploring_of(model);
    th_exploring_build(model);
    return &model->exploring->scene;
}

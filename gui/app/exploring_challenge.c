// A challenge: the student picks who steps, or which fix; the explorer knows how few steps are
// needed, who keeps the goal in reach, and when it cannot be reached at all.
#include "gui/app/exploring_parts.h"

#include <stdlib.h>
#include <string.h>

bool th_exploring_is_challenge(const th_model *model) {
    const th_challenge *challenge = th_scenario_challenge(model->scenario);
    return challenge != NULL && !challenge->cure;
}

bool th_exploring_solved(const th_model *model, uint32_t *steps, uint32_t *switches) {
    if (model->exploring == NULL || !model->exploring->challenge.solved) return false;
    *steps = model->exploring->challenge.solved_steps;
    *switches = model->exploring->challenge.solved_switches;
    return true;
}

void th_exploring_set_best(th_model *model, uint32_t steps, uint32_t switches) {
    th_challenge_play *play = &th_exploring_of(model)->challenge;
    play->best_steps = steps;
    play->best_switches = switches;
}

bool th_exploring_challenge_command(th_model *model, th_action action, uint64_t argument) {
    (void)argument;
    if (th_scenario_challenge(model->scenario) == NULL) return false;
    th_challenge_play *play = &th_exploring_of(model)->challenge;
    switch (action) {
    case TH_ACTION_CLUE:
        play->hint_shown = !play->hint_shown;
        th_exploring_explorer(model);
        return true;
    case TH_ACTION_GIVE_UP:
        if (!th_exploring_is_challenge(model)) return false;
        play->claimed = true;
        th_exploring_explorer(model);
        return true;
    case TH_ACTION_RUN:
    case TH_ACTION_RESTART: play->claimed = false; return false;
    default: return false;
    }
}

static bool survey_is_whole(const th_survey *survey) {
    return survey != NULL && survey->kinds != NULL && survey->coverage >= TH_COVERED_OUTCOMES;
}

// Whether any run that was found ends like the goal.
static bool goal_occurs(const th_challenge *challenge, const th_survey *survey) {
    for (uint32_t i = 0; i < survey->findings->count; i++) {
        const th_finding *item = &survey->findings->items[i];
        if (th_exploration_outcome_fits(&challenge->goal, (th_end)item->end, item->message,
                                        item->label, item->raced)) {
            return true;
        }
    }
    return false;
}

// A fix cures when no run ends like the goal, and none is stuck or wrong instead.
static uint8_t state_of_cure(const th_challenge_play *play, const th_challenge *challenge,
                             const th_survey *survey) {
    if (!play->tried_fix || !survey_is_whole(survey)) return TH_CHALLENGE_OPEN;
    bool bad = goal_occurs(challenge, survey);
    for (uint32_t i = 0; i < survey->findings->count; i++) {
        bad |= survey->kinds[i] != TH_RUN_RIGHT;
    }
    return bad ? TH_CHALLENGE_WRONG : TH_CHALLENGE_DONE;
}

static uint8_t state_of_end(th_model *model, const th_challenge *challenge) {
    th_finding outcome;
    if (!th_exploring_outcome(model, model->branch, &outcome)) return TH_CHALLENGE_OPEN;
    const bool reached = th_exploration_outcome_fits(&challenge->goal, (th_end)outcome.end,
                                                     outcome.message, outcome.label, outcome.raced);
    return reached ? TH_CHALLENGE_DONE : TH_CHALLENGE_MISSED;
}

// Who comes next on the calmest way to the goal.
static void find_clue(th_model *model, const th_survey *survey, th_challenge_play *play) {
    play->clue_state = TH_CHALLENGE_OPEN;
    play->clue_g = 0;
    const uint32_t node = th_exploring_node(model, survey->goal_chart, model->branch, model->step);
    if (node >= survey->goal_chart->node_count) return;
    const uint16_t last =
        model->step == 0 ? 0 : th_timeline_event(model->timeline, model->branch, model->step).g;
    uint32_t count, switch_count;
    th_choice *way =
        th_chart_calmest(survey->goal_chart, node, last, TH_GOAL_REACHED, &count, &switch_count);
    if (way == NULL)
        play->clue_state = TH_CHALLENGE_LOST;
    else if (count > 0)
        play->clue_g = way[0].g;
    free(way);
}

// Fills in the clue too.
static uint8_t state_by_chart(th_model *model, const th_survey *survey, th_challenge_scene *out) {
    th_challenge_play *play = &model->exploring->challenge;
    if (survey == NULL || survey->goal_chart == NULL) return TH_CHALLENGE_OPEN;
    if (play->clue_survey != survey->serial || play->clue_branch != model->branch ||
        play->clue_step != model->step) {
        find_clue(model, survey, play);
        play->clue_survey = survey->serial;
        play->clue_branch = model->branch;
        play->clue_step = model->step;
    }
    out->hint_g = play->clue_g;
    return play->clue_state;
}

static void note_solved(th_challenge_play *play, const th_challenge_scene *scene) {
    const bool better = !play->solved || scene->steps < play->solved_steps;
    play->solved = true;
    if (!better) return;
    play->solved_steps = scene->steps;
    play->solved_switches = scene->switches;
}

static uint8_t state_of(th_model *model, const th_survey *survey, th_challenge_scene *out) {
    const th_challenge_play *play = &model->exploring->challenge;
    if (out->cure) return state_of_cure(play, out->challenge, survey);
    const bool at_end = model->step == th_model_length(model) &&
                        th_world_ended(th_timeline_end(model->timeline, model->branch));
    if (at_end) return state_of_end(model, out->challenge);
    if (play->claimed && out->known) {
        return out->possible ? TH_CHALLENGE_WRONG : TH_CHALLENGE_PROVEN;
    }
    const uint8_t state = state_by_chart(model, survey, out);
    // Where it never could be reached, nothing is lost yet: that is for the student to find out.
    return state == TH_CHALLENGE_LOST && !out->possible ? TH_CHALLENGE_OPEN : state;
}

void th_exploring_build_challenge(th_model *model) {
    th_exploring *exploring = model->exploring;
    th_challenge_scene *out = &exploring->scene.challenge;
    *out = (th_challenge_scene){.challenge = th_scenario_challenge(model->scenario)};
    if (out->challenge == NULL) return;
    out->present = true;
    out->cure = out->challenge->cure;
    out->fix = th_scenario_fix_chosen(model->scenario);
    th_exploring_explorer(model);
    const th_survey *survey = th_exploring_survey(model);
    out->known = survey_is_whole(survey);
    if (out->known) {
        out->possible = goal_occurs(out->challenge, survey);
        out->par_steps = survey->par_steps;
        out->par_switches = survey->par_switches;
        th_exploring_count_text(survey->findings->executions, out->count, sizeof(out->count));
    }
    out->steps = (uint32_t)model->step;
    out->switches = th_exploring_switches(model, model->branch, model->step);
    out->hint_shown = exploring->challenge.hint_shown;
    out->best_steps = exploring->challenge.best_steps;
    out->best_switches = exploring->challenge.best_switches;
    if (!out->cure) out->choice_count = th_exploring_possible(model, out->choices);
    out->state = state_of(model, survey, out);
    if (out->state == TH_CHALLENGE_DONE || out->state == TH_CHALLENGE_PROVEN) {
        note_solved(&exploring->challenge, out);
    }
}

// Branches and other fixes: futures beside the one that is shown.
#include "gui/app/console.h"
#include "gui/app/exploring.h"
#include "gui/app/model_parts.h"

#include <string.h>

static bool choice_of(const th_world *world, uint16_t g, th_choice *choice) {
    th_choice choices[TH_SCENE_ENABLED_MAX];
    uint32_t count = th_world_choices(world, choices, TH_SCENE_ENABLED_MAX);
    if (count > TH_SCENE_ENABLED_MAX) count = TH_SCENE_ENABLED_MAX;
    for (uint32_t i = 0; i < count; i++) {
        if (choices[i].kind != TH_CHOICE_RUN || choices[i].g != g) continue;
        *choice = choices[i];
        return true;
    }
    return false;
}

void th_model_remember(th_model *model) {
    if (model->undo_count == TH_UNDO_MAX) {
        memmove(model->undo, model->undo + 1, sizeof(model->undo) - sizeof(model->undo[0]));
        model->undo_count--;
    }
    model->undo[model->undo_count++] =
        (th_model_place){.branch = model->branch, .other = model->other, .step = model->step};
}

bool th_model_undo(th_model *model) {
    if (model->undo_count == 0) return false;
    const th_model_place place = model->undo[--model->undo_count];
    th_model_show(model, place.branch, place.step);
    model->other = place.other;
    model->play_until = 0;
    model->message[0] = '\0';
    return true;
}

// g takes the next step: the recorded one if it is g's, else a branch forks off here and becomes
// the run that is shown; the future that was stays as the dashed lane.
void th_model_run_goroutine(th_model *model, uint16_t g) {
    const bool recorded = model->step < th_model_length(model);
    if (recorded && th_timeline_event(model->timeline, model->branch, model->step + 1).g == g) {
        th_model_step_forward(model);
        return;
    }
    th_choice choice;
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    if (th_world_ended(world) || !choice_of(world, g, &choice)) return;
    if (recorded || !model->by_hand) {
        th_model_remember(model);
        model->other = model->branch;
        model->branch = th_timeline_fork(model->timeline, model->branch, model->step);
    }
    model->message[0] = 0;
    th_timeline_extend(model->timeline, model->branch, choice);
    if (!model->by_hand) th_model_play_on(model, model->branch, TH_MODEL_AHEAD_STEPS);
    th_model_update_index(model);
    th_model_step_forward(model);
}

void th_model_show(th_model *model, th_branch_id branch, uint64_t step) {
    if (branch != model->branch) model->other = model->branch;
    model->branch = branch;
    th_model_update_index(model);
    model->playing = false;
    th_model_rest_at(model, step);
    model->changed = true;
}

void th_model_keep_settings(th_model *to, th_model *from) {
    to->theme = from->theme;
    to->lang = from->lang;
    to->fullscreen = from->fullscreen;
    to->speed = from->speed;
    to->speed_index = from->speed_index;
    to->auto_pause = from->auto_pause;
    to->fit = from->fit;
    to->caption_wide = from->caption_wide;
    to->lanes_count = from->lanes_count;
    to->reduced_motion = from->reduced_motion;
    th_presenting_free(&to->presenting);
    to->presenting = from->presenting;
    from->presenting = (th_presenting){0};
}

bool th_model_set_fix(th_model *model, const char *fix) {
    th_model_desc desc = model->desc;
    desc.scenario.fix = fix;
    desc.schedule = NULL;
    th_model fresh;
    if (!th_model_open(&fresh, &desc, model->message, sizeof(model->message))) return false;
    // The name lies in the scenario that is left.
    fresh.desc.scenario.fix = th_scenario_fix_chosen(fresh.scenario);
    th_model_keep_settings(&fresh, model);
    th_console_carry_over(&fresh, model);
    fresh.exploring = model->exploring;
    model->exploring = NULL;
    th_model_close(model);
    *model = fresh;
    return true;
}

// At the end of a failed run: where another goroutine could have gone last.
void th_model_branch_here(th_model *model) {
    const th_scene *scene = th_model_scene(model);
    uint16_t other = scene->what_if;
    if (scene->failure.branch_step > 0) {
        other = scene->failure.other;
        th_model_rest_at(model, scene->failure.branch_step - 1);
    }
    if (other != 0) th_model_run_goroutine(model, other);
}

// Whether a branch does anything that the run that is shown does not.
static bool leads_elsewhere(const th_model *model, th_branch_id branch) {
    return branch != model->branch &&
           th_timeline_length(model->timeline, branch) >
               th_timeline_common(model->timeline, branch, model->branch);
}

int th_model_others(th_model *model, th_scene_other others[TH_SCENE_BRANCH_MAX]) {
    enum { LANES = 5 };  // as many are high enough to be read
    const int goroutines =
        (int)th_timeline_end(model->timeline, model->branch)->goroutine_count - 1;
    int max = goroutines < LANES ? LANES - goroutines : 1;
    if (max > TH_SCENE_BRANCH_MAX) max = TH_SCENE_BRANCH_MAX;
    int count = 0;
    if (model->other != model->branch) others[count++].id = model->other;
    for (th_branch_id i = th_timeline_branch_count(model->timeline); i-- > 0 && count < max;) {
        const bool taken = count > 0 && others[0].id == i;
        if (!taken && leads_elsewhere(model, i)) others[count++].id = i;
    }
    for (int i = 0; i < count; i++) {
        const bool noted = others[i].id < model->branches.count;
        others[i].name = noted ? model->branches.items[others[i].id].name : "";
    }
    return count;
}

void th_model_swap(th_model *model) {
    if (model->other == model->branch) return;
    const th_branch_id branch = model->branch;
    model->branch = model->other;
    model->other = branch;
    th_model_update_index(model);
    th_model_rest_at(model, model->step);
}

#include "gui/app/model.h"

#include "gui/app/attention.h"
#include "gui/app/console.h"
#include "gui/app/exploring.h"
#include "gui/app/model_parts.h"
#include "gui/app/pace.h"
#include "gui/app/quiz.h"
#include "gui/app/sheets.h"
#include "gui/app/stage.h"
#include "sim/base/assert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    EXTEND_STEPS = 20000,  // of one call of th_model_advance: within a frame's time
    STEPS_PER_ADVANCE = 4096,
};

static const th_theme_motion *motion_theme(const th_model *model) {
    return &th_theme_get(model->theme)->motion;
}

uint64_t th_model_length(const th_model *model) {
    return th_timeline_length(model->timeline, model->branch);
}

static bool has_ended(const th_model *model) {
    return th_world_ended(th_timeline_end(model->timeline, model->branch));
}

void th_model_update_index(th_model *model) {
    th_scene_index_update(&model->index, model->scenario, model->timeline, model->branch);
}

// `why` begins with "schedule, ".
static void schedule_error(const th_model *model, const char *why, char *error, size_t size) {
    if (model->schedule_asked) {
        snprintf(error, size, "--%s", why);
    } else {
        const unsigned line = th_scenario_schedule_line(model->scenario);
        snprintf(error, size, "%s:%u: %s", th_scenario_path(model->scenario), line, why);
    }
}

// A branch follows the seed: a schedule fixes the trunk alone.
bool th_model_play_on(th_model *model, th_branch_id branch, uint64_t max_steps) {
    th_chooser by_seed = {.seed = model->chooser.seed};
    th_chooser *chooser = branch == 0 ? &model->chooser : &by_seed;
    char why[256] = "";
    if (th_timeline_play(model->timeline, branch, chooser, max_steps, why, sizeof(why)))
        return true;
    if (why[0] == 0) {
        snprintf(model->message, sizeof(model->message), "%s", th_scenario_error(model->scenario));
    } else {
        schedule_error(model, why, model->message, sizeof(model->message));
    }
    return false;
}

bool th_model_extend(th_model *model, uint64_t length) {
    const uint64_t have = th_model_length(model);
    if (have >= length || has_ended(model) || model->message[0] != 0) return model->message[0] == 0;
    const bool good = th_model_play_on(model, model->branch, length - have);
    th_model_update_index(model);
    model->changed = true;
    return good;
}

static bool load_schedule(th_model *model, const char *asked, char *error, size_t error_size) {
    const char *text = asked != NULL ? asked : th_scenario_schedule(model->scenario);
    model->schedule_asked = asked != NULL;
    if (text == NULL) return true;
    char why[256];
    model->schedule = th_schedule_parse(text, why, sizeof(why));
    if (model->schedule != NULL) return true;
    schedule_error(model, why, error, error_size);
    return false;
}

// The theme's speed nearest to the one asked for.
static int nearest_speed(const th_theme_motion *motion, double speed) {
    int best = 0;
    for (int i = 1; i < TH_THEME_SPEED_COUNT; i++) {
        const double away =
            speed > motion->speed[i] ? speed / motion->speed[i] : motion->speed[i] / speed;
        const double best_away =
            speed > motion->speed[best] ? speed / motion->speed[best] : motion->speed[best] / speed;
        if (away < best_away) best = i;
    }
    return best;
}

bool th_model_open(th_model *model, const th_model_desc *desc, char *error, size_t error_size) {
    *model = (th_model){
        .desc = *desc,
        .theme = desc->theme,
        .lang = desc->lang,
        .reduced_motion = desc->reduced_motion,
        .speed = desc->speed > 0 ? desc->speed : 1,
        .auto_pause = true,
        .changed = true,
    };
    model->speed_index = nearest_speed(motion_theme(model), model->speed);
    model->scenario = th_scenario_load(&desc->scenario, error, error_size);
    if (model->scenario == NULL || !load_schedule(model, desc->schedule, error, error_size)) {
        th_model_close(model);
        return false;
    }
    model->scene = calloc(1, sizeof(*model->scene));
    TH_ASSERT(model->scene != NULL);
    model->chooser =
        (th_chooser){.schedule = model->schedule, .seed = th_scenario_env(model->scenario)->seed};
    model->timeline =
        th_timeline_new(th_scenario_start(model->scenario), th_scenario_resolver(model->scenario));
    model->index.other_run = model->schedule_asked || desc->scenario.has_seed;
    th_model_update_index(model);
    model->by_hand = desc->live && desc->schedule == NULL && th_exploring_is_challenge(model);
    if (!model->by_hand && !th_model_extend(model, TH_MODEL_AHEAD_STEPS)) {
        snprintf(error, error_size, "%s", model->message);
        th_model_close(model);
        return false;
    }
    return true;
}

void th_model_close(th_model *model) {
    th_presenting_free(&model->presenting);
    th_exploring_free(model->exploring);
    th_branches_free(&model->branches);
    th_console_free(model->console);
    if (model->scene != NULL) th_scene_free(model->scene);
    free(model->scene);
    th_scene_builder_free(&model->builder);
    th_scene_index_free(&model->index);
    if (model->timeline != NULL) th_timeline_free(model->timeline);
    if (model->schedule != NULL) th_schedule_free(model->schedule);
    if (model->scenario != NULL) th_scenario_free(model->scenario);
    *model = (th_model){0};
}

void th_model_rest_at(th_model *model, uint64_t step) {
    if (step > th_model_length(model)) step = th_model_length(model);
    model->step = step;
    model->motion = TH_MODEL_REST;
}

void th_model_step_forward(th_model *model) {
    if (model->step >= th_model_length(model)) return;
    model->step++;
    model->motion = TH_MODEL_FORWARD;
    model->motion_ms = 0;
}

static void step_back(th_model *model) {
    if (model->step == 0) return;
    model->step--;
    model->motion = TH_MODEL_BACK;
    model->motion_ms = 0;
}

static void jump(th_model *model, bool back) {
    const uint64_t mark = th_scene_index_jump(&model->index, model->step, back);
    if (mark > 0)
        th_model_rest_at(model, mark);
    else
        th_model_rest_at(model, back ? 0 : th_model_length(model));
}

static void set_speed(th_model *model, int index) {
    if (index < 0 || index >= TH_THEME_SPEED_COUNT) return;
    model->speed_index = index;
    model->speed = motion_theme(model)->speed[index];
}

// From one step to all that were played.
static void zoom(th_model *model, bool in) {
    const th_scene_lanes *lanes = &th_model_scene(model)->lanes;
    const uint64_t now = lanes->last - lanes->first + 1, length = th_model_length(model);
    uint64_t next = in ? now * 2 / 3 : (now * 3 + 1) / 2;
    if (next > length) next = length;
    if (next >= 1) model->lanes_count = (int)next;
    model->changed = true;  // building the scene took it back
}

static void toggle_play(th_model *model) {
    model->playing = !model->playing;
    const bool at_end = model->step == th_model_length(model) && has_ended(model);
    if (model->playing && at_end) th_model_rest_at(model, 0);
    model->play_until = 0;
}

void th_model_play_until(th_model *model, uint64_t step) {
    model->playing = step > model->step;
    model->play_until = model->playing ? step : 0;
    model->changed = true;
}

// What moves the playhead. False: the action is none of these.
static bool move_playhead(th_model *model, th_action action, uint64_t argument) {
    const bool was_playing = model->playing;
    model->playing = false;
    switch (action) {
    case TH_ACTION_STEP: th_model_step_forward(model); break;
    case TH_ACTION_STEP_BACK: step_back(model); break;
    case TH_ACTION_NEXT_MARK: jump(model, false); break;
    case TH_ACTION_PREVIOUS_MARK: jump(model, true); break;
    case TH_ACTION_FIRST:
    case TH_ACTION_RESTART: th_model_rest_at(model, 0); break;
    case TH_ACTION_LAST: th_model_rest_at(model, th_model_length(model)); break;
    case TH_ACTION_SEEK:
    case TH_ACTION_SCRUB: th_model_rest_at(model, argument); break;
    case TH_ACTION_RUN: th_model_run_goroutine(model, (uint16_t)argument); break;
    case TH_ACTION_BRANCH: th_model_branch_here(model); break;
    default: model->playing = was_playing; return false;
    }
    model->play_until = 0;
    return true;
}

void th_model_command(th_model *model, th_action action, uint64_t argument) {
    model->changed = true;
    if (th_sheets_cover(model, action)) return;
    th_sheets_leave(model, action);
    if (th_presenting_command(model, action)) return;
    if (th_exploring_command(model, action, argument)) return;
    if (th_sheets_command(model, action, argument)) return;
    if (th_quiz_command(model, action, argument)) return;
    if (th_attention_command(model, action, argument)) return;
    if (th_stage_command(model, action, argument)) return;
    if (move_playhead(model, action, argument)) return;
    if (th_presenting_save(model, action)) return;
    switch (action) {
    case TH_ACTION_PLAY: toggle_play(model); break;
    case TH_ACTION_SWAP: th_model_swap(model); break;
    case TH_ACTION_FASTER: set_speed(model, model->speed_index + 1); break;
    case TH_ACTION_SLOWER: set_speed(model, model->speed_index - 1); break;
    case TH_ACTION_SPEED: set_speed(model, (int)argument); break;
    case TH_ACTION_FIT: model->fit = !model->fit; break;
    case TH_ACTION_LANGUAGE:
        model->lang = model->lang == TH_LANG_EN ? TH_LANG_ZH : TH_LANG_EN;
        break;
    case TH_ACTION_THEME:
        model->theme = model->theme == TH_THEME_DARK ? TH_THEME_LIGHT : TH_THEME_DARK;
        break;
    case TH_ACTION_CONSOLE: th_console_toggle(model); break;
    case TH_ACTION_EDIT: th_console_begin_edit(model, argument); break;
    case TH_ACTION_SPAWN: th_console_begin_spawn(model); break;
    case TH_ACTION_UNDO: th_model_undo(model); break;
    case TH_ACTION_ZOOM_IN: zoom(model, true); break;
    case TH_ACTION_ZOOM_OUT: zoom(model, false); break;
    case TH_ACTION_FULLSCREEN: model->fullscreen = !model->fullscreen; break;
    case TH_ACTION_BACK:
        if (th_console_is_open(model))
            th_console_toggle(model);
        else if (th_attention_clear(model) || th_presenting_back(model))
            break;
        else if (model->fullscreen)
            model->fullscreen = false;
        else
            model->quit = true;
        break;
    default: model->changed = false; break;
    }
}

// Rule: a first race at a place pauses, and so does what the scenario asks to pause at.
static bool pauses_here(const th_model *model) {
    const th_scene_race *race = th_scene_index_race(&model->index, model->step);
    if (model->auto_pause && race != NULL && race->first) return true;
    for (uint32_t i = 0; i < model->index.note_count; i++) {
        if (model->index.notes[i].step != model->step) continue;
        const th_note *note = th_scenario_note(model->scenario, model->index.notes[i].note);
        if (note != NULL && note->kind == TH_NOTE_PAUSE) return true;
    }
    return th_attention_pauses(model) || th_quiz_waits(model);
}

static int pace_ms(const th_model *model) {
    return th_pace_ms(&model->index, model->timeline, model->branch, model->step,
                      motion_theme(model));
}

// Takes the steps whose time has come.
static void play(th_model *model) {
    for (int i = 0; i < STEPS_PER_ADVANCE && model->playing; i++) {
        const int ms = pace_ms(model);
        if (model->motion_ms < ms) return;
        if (model->step >= th_model_length(model)) {
            model->playing = false;
            return;
        }
        const double over = model->motion_ms - ms;
        th_model_step_forward(model);
        model->motion_ms = over;
        const bool arrived = model->play_until > 0 && model->step >= model->play_until;
        if (arrived || pauses_here(model) ||
            (model->step == th_model_length(model) && has_ended(model))) {
            model->playing = false;
            model->play_until = 0;
        }
    }
}

bool th_model_advance(th_model *model, double ms) {
    if (ms > TH_MODEL_ADVANCE_MS_MAX) ms = TH_MODEL_ADVANCE_MS_MAX;
    if (ms < 0) ms = 0;
    const bool runs_on = !has_ended(model) && model->message[0] == 0;
    const bool saving = th_presenting_advance(model);
    const bool searching = th_exploring_advance(model) || saving;
    if (runs_on && !model->by_hand &&
        model->step + TH_MODEL_AHEAD_STEPS / 2 > th_model_length(model)) {
        th_model_extend(model, th_model_length(model) + EXTEND_STEPS);
    }
    if (model->playing && model->motion == TH_MODEL_REST) {
        model->motion = TH_MODEL_FORWARD;
        model->motion_ms = pace_ms(model) * 0.6;  // a short breath, then on
        if (model->step == 0) model->motion_ms = 0;
    }
    if (model->motion == TH_MODEL_REST) return searching;
    model->changed = true;
    if (model->motion == TH_MODEL_BACK) {
        model->motion_ms += ms;
        if (model->motion_ms >= motion_theme(model)->step_back_ms) model->motion = TH_MODEL_REST;
        return searching || model->motion != TH_MODEL_REST;
    }
    model->motion_ms += ms * model->speed;
    play(model);
    const int lasts = th_scene_step_ms(&model->index, model->timeline, model->branch, model->step,
                                       motion_theme(model));
    if (!model->playing && model->motion_ms >= lasts) model->motion = TH_MODEL_REST;
    return searching || model->motion != TH_MODEL_REST;
}

const th_desk *th_model_desk(th_model *model) {
    model->desk.live = true;
    model->desk.message = model->message;
    model->desk.question = th_quiz_at(model, model->step);
    model->desk.console = th_console_look(model);
    model->desk.presenting = th_presenting_look(model);
    model->desk.watch[0] = '\0';
    if (model->watch != 0) {
        const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
        th_scenario_name(model->scenario, world, model->watch, model->desk.watch,
                         sizeof(model->desk.watch));
    }
    return &model->desk;
}

th_frame_desc th_model_frame(th_model *model, th_fonts *fonts, int width, int height) {
    // First: comparing runs may add branches.
    const th_explore_scene *explore = th_model_explore(model);
    return (th_frame_desc){
        .scene = th_model_scene(model),
        .desk = th_model_desk(model),
        .explore = explore,
        .theme = th_theme_get(model->theme),
        .lang = model->lang,
        .width = width,
        .height = height,
        .fonts = fonts,
    };
}

const th_scene *th_model_scene_at(th_model *model, uint64_t step, float motion_ms) {
    th_scene_inputs inputs = {
        .scenario = model->scenario,
        .timeline = model->timeline,
        .index = &model->index,
        .branch = model->branch,
        .step = step,
        .motion = {.theme = motion_theme(model),
                   .ms = motion_ms,
                   .speed = model->speed,
                   .reduced = model->reduced_motion},
        .speed_index = model->speed_index,
        .playing = model->playing,
        .scrubbing = model->scrubbing,
        .caption_wide = model->caption_wide,
        .fit = model->fit,
        .camera = model->camera,
        .filter = model->filter,
        .filter_g = model->filter_g,
        .hover = model->hover,
        .glance = model->glance,
        .lanes_count = model->lanes_count,
    };
    inputs.other_count = th_model_others(model, inputs.others);
    th_scene_build(&model->builder, &inputs, model->scene);
    model->changed = false;
    return model->scene;
}

const th_scene *th_model_scene(th_model *model) {
    if (model->motion == TH_MODEL_FORWARD) {
        return th_model_scene_at(model, model->step, (float)model->motion_ms);
    }
    if (model->motion == TH_MODEL_BACK && !model->reduced_motion) {
        // The step that is taken back, played backwards.
        const uint64_t undone = model->step + 1;
        const int lasts = th_scene_step_ms(&model->index, model->timeline, model->branch, undone,
                                           motion_theme(model));
        const double left = 1 - model->motion_ms / motion_theme(model)->step_back_ms;
        return th_model_scene_at(model, undone, (float)(lasts * left));
    }
    return th_model_scene_at(model, model->step, TH_MOTION_SETTLED);
}

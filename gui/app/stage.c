#include "gui/app/stage.h"

#include "gui/app/model_parts.h"

enum {
    WINDOW_MIN = 64,  // buckets of the field at its nearest; nearer still they are drawn one by one
    CHOICES_MAX = 64,
};

static const th_scene_crowd *crowd_of(const th_model *model) { return &model->scene->map.crowd; }

static void set_detail(th_model *model, th_detail detail) {
    th_stage_camera *camera = &model->camera;
    camera->detail = (uint8_t)detail;
    model->fit = detail == TH_DETAIL_BUCKETS;
    if (detail != TH_DETAIL_FIELD) camera->zoom = 0;
}

static void hold(th_model *model, uint64_t index) {
    const uint64_t base = crowd_of(model)->base;
    model->camera.held = true;
    model->camera.at = index < base ? index : base - 1;
}

// By a bucket, in the field by a twelfth of what is seen.
static void pan(th_model *model, bool back) {
    const th_scene_crowd *crowd = crowd_of(model);
    if (crowd->base == 0) return;
    uint64_t by = crowd->detail == TH_DETAIL_FIELD ? crowd->count / 12 : 1;
    if (by == 0) by = 1;
    if (back)
        hold(model, crowd->middle > by ? crowd->middle - by : 0);
    else
        hold(model, crowd->middle + by);
}

static uint8_t zoom_max(const th_model *model) {
    uint8_t zoom = 0;
    while (crowd_of(model)->base >> (zoom + 1) >= WINDOW_MIN) zoom++;
    return zoom;
}

// `at`: the bucket under the mouse plus one; 0: none, so the middle stays.
static void nearer(th_model *model, uint64_t at) {
    const th_scene_crowd *crowd = crowd_of(model);
    if (at > 0) hold(model, at - 1);
    if (crowd->detail == TH_DETAIL_BUCKETS) set_detail(model, TH_DETAIL_CELLS);
    if (crowd->detail != TH_DETAIL_FIELD) return;
    if (model->camera.zoom < zoom_max(model)) {
        model->camera.detail = TH_DETAIL_FIELD;
        model->camera.zoom++;
    } else {
        set_detail(model, TH_DETAIL_BUCKETS);
    }
}

static void farther(th_model *model) {
    const th_scene_crowd *crowd = crowd_of(model);
    if (crowd->detail == TH_DETAIL_CELLS) {
        set_detail(model, TH_DETAIL_BUCKETS);
    } else if (crowd->detail == TH_DETAIL_BUCKETS) {
        set_detail(model, TH_DETAIL_FIELD);
        model->camera.zoom = zoom_max(model);
    } else if (model->camera.zoom > 0) {
        model->camera.zoom--;
    }
}

// Lets go of the camera; where nobody holds it, from all buckets to the one in use and back.
static bool fit(th_model *model) {
    th_stage_camera *camera = &model->camera;
    const bool taken = camera->detail != TH_DETAIL_AUTO || camera->held || camera->zoom > 0;
    if (!taken && !model->scene->map.crowded) return false;
    const uint8_t detail = taken ? TH_DETAIL_AUTO : TH_DETAIL_CELLS;
    *camera = (th_stage_camera){.map = camera->map, .detail = detail};
    model->fit = false;
    return true;
}

// The map after the one that is held; after the last one the stage follows the run again.
static uint64_t next_map(const th_model *model) {
    const th_scene *scene = model->scene;
    if (model->camera.map == 0) return scene->map_count > 1 ? scene->maps[0].address : 0;
    for (int i = 0; i + 1 < scene->map_count; i++) {
        if (scene->maps[i].address == model->camera.map) return scene->maps[i + 1].address;
    }
    return 0;
}

static void choose_map(th_model *model, uint64_t address) {
    if (address == 0)
        address = next_map(model);
    else if (address == model->camera.map)
        address = 0;
    model->camera = (th_stage_camera){.map = address};
}

static bool oldest_store(const th_world *world, uint16_t g, th_choice *out) {
    th_choice choices[CHOICES_MAX];
    uint32_t count = th_world_choices(world, choices, CHOICES_MAX);
    if (count > CHOICES_MAX) count = CHOICES_MAX;
    for (uint32_t i = 0; i < count; i++) {
        if (choices[i].kind != TH_CHOICE_DRAIN || choices[i].g != g) continue;
        *out = choices[i];
        return true;
    }
    return false;
}

// Whose buffer is meant where nobody is named: the one that has just moved, else the first that
// holds anything.
static uint16_t waiting_g(const th_scene *scene) {
    for (int i = 0; i < scene->buffered_count; i++) {
        if (scene->buffered[i].g == scene->g) return scene->g;
    }
    return scene->buffered_count > 0 ? scene->buffered[0].g : 0;
}

// The oldest store of g's buffer reaches memory: as the next step of the run if it is that, else
// in a branch that becomes the run.
static void drain(th_model *model, uint16_t g) {
    if (g == 0) g = waiting_g(th_model_scene(model));
    th_choice choice;
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    if (g == 0 || th_world_ended(world) || !oldest_store(world, g, &choice)) return;
    model->playing = false;
    const bool recorded = model->step < th_model_length(model);
    if (recorded) {
        const th_choice next = th_timeline_choice(model->timeline, model->branch, model->step + 1);
        if (next.kind == choice.kind && next.g == g && next.value == choice.value) {
            th_model_step_forward(model);
            return;
        }
    }
    th_model_remember(model);
    model->other = model->branch;
    model->branch = th_timeline_fork(model->timeline, model->branch, model->step);
    model->message[0] = 0;
    th_timeline_extend(model->timeline, model->branch, choice);
    th_model_play_on(model, model->branch, TH_MODEL_AHEAD_STEPS);
    th_model_update_index(model);
    th_model_step_forward(model);
}

bool th_stage_command(th_model *model, th_action action, uint64_t argument) {
    switch (action) {
    case TH_ACTION_NEARER: nearer(model, argument); break;
    case TH_ACTION_FARTHER: farther(model); break;
    case TH_ACTION_DETAIL: set_detail(model, (th_detail)argument); break;
    case TH_ACTION_PAN: hold(model, argument); break;
    case TH_ACTION_PAN_ON: pan(model, false); break;
    case TH_ACTION_PAN_BACK: pan(model, true); break;
    case TH_ACTION_FOLLOW: model->camera.held = false; break;
    case TH_ACTION_FIT: return fit(model);
    case TH_ACTION_MAP: choose_map(model, argument); break;
    case TH_ACTION_DRAIN: drain(model, (uint16_t)argument); break;
    default: return false;
    }
    return true;
}

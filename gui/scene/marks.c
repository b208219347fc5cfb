// Who touches what: the last access of each goroutine, a trail of the accesses just before, and the
// collisions of accesses that race.
#include "gui/scene/context.h"
#include "gui/scene/log.h"

enum {
    // How far back the last access of a goroutine is looked for. One that has slept longer shows
    // no pulse: by then its cell has long meant something else.
    LOOK_BACK_STEPS = 4096,
    READ_TRAIL_STEPS = 3,
};

static bool covers(uint64_t a, uint32_t a_size, uint64_t b, uint32_t b_size) {
    return a < b + b_size && b < a + a_size;
}

static bool is_overwritten(const th_scene_context *cx, const th_scene_mark *mark) {
    for (uint64_t at = mark->step + 1; mark->write && at <= cx->in->step; at++) {
        const th_event event = th_scene_event(cx, at);
        if (event.g != mark->g && event.size > 0 &&
            th_event_kind_writes((th_event_kind)event.kind) &&
            covers(mark->address, mark->size, th_event_address(event), event.size)) {
            return true;
        }
    }
    return false;
}

static th_scene_mark *add_mark(const th_scene_context *cx, th_event event, uint64_t step) {
    th_scene *scene = cx->out;
    if (scene->mark_count == TH_SCENE_MARK_MAX) return NULL;
    th_scene_mark *mark = &scene->marks[scene->mark_count++];
    *mark = (th_scene_mark){
        .address = th_event_address(event),
        .size = event.size,
        .step = step,
        .g = event.g,
        .write = th_event_kind_writes(event.kind),
        .in = 1,
        .alpha = 1,
    };
    mark->pending = cx->env->memory_model != TH_MODEL_SC && event.kind == TH_EVENT_WRITE;
    mark->overwritten = is_overwritten(cx, mark);
    return mark;
}

static void add_pulse(const th_scene_context *cx, th_event event, uint64_t step) {
    th_scene_mark *mark = add_mark(cx, event, step);
    if (mark == NULL || step != cx->in->step) return;
    const th_theme_motion *theme = cx->in->motion.theme;
    const int ms = mark->write ? theme->write_pulse.ms : theme->read_pulse.ms;
    mark->in = th_motion_at(&cx->in->motion, 0, ms, theme->out);
}

static void add_trails(const th_scene_context *cx) {
    const uint64_t step = cx->in->step;
    const uint64_t reach = (uint64_t)cx->in->motion.theme->write_pulse.trail_steps;
    for (uint64_t back = 1; back <= reach && back < step; back++) {
        const th_event event = th_scene_event(cx, step - back);
        const bool writes = th_event_kind_writes(event.kind);
        if (!th_scene_is_access(event) || (!writes && back > READ_TRAIL_STEPS)) continue;
        th_scene_mark *mark = add_mark(cx, event, step - back);
        if (mark == NULL) return;
        mark->trail = true;
        mark->alpha = 1 - (float)(back - 1) / (float)reach;
    }
}

// The latest step of a goroutine.
typedef struct latest_step {
    th_event event;
    uint64_t step;
} latest_step;

// Those of all goroutines that moved lately, the step's own first. Returns their number.
static int find_latest(const th_scene_context *cx, latest_step *out) {
    bool seen[TH_SCENE_G_MAX + 1] = {false};
    const uint64_t step = cx->in->step;
    uint32_t left = cx->now->goroutine_count;
    int count = 0;
    for (uint64_t at = step; at > 0 && step - at < LOOK_BACK_STEPS && left > 0; at--) {
        const th_event event = th_scene_event(cx, at);
        if (event.g > TH_SCENE_G_MAX || seen[event.g]) continue;
        seen[event.g] = true;
        left--;
        out[count++] = (latest_step){event, at};
    }
    return count;
}

// The last access of every goroutine that still lives.
static void add_pulses(const th_scene_context *cx, const latest_step *latest, int count) {
    for (int i = 0; i < count; i++) {
        const th_event event = latest[i].event;
        const bool over =
            cx->now->goroutines[event.g].status == TH_STATUS_DEAD && latest[i].step != cx->in->step;
        if (th_scene_is_access(event) && !over) add_pulse(cx, event, latest[i].step);
    }
}

static void add_collision(const th_scene_context *cx, const th_scene_race *race) {
    th_scene *scene = cx->out;
    if (scene->collision_count == TH_SCENE_COLLISION_MAX) return;
    th_scene_collision *collision = &scene->collisions[scene->collision_count++];
    const th_motion *motion = &cx->in->motion;
    const th_theme_motion *theme = motion->theme;
    *collision = (th_scene_collision){
        .address = race->address,
        .size = race->size,
        .first_g = race->earlier_g,
        .second_g = race->g,
        .first_write = race->earlier_write,
        .second_write = race->write,
        .burst = 1,
        .crack = 1,
    };
    if (race->step == cx->in->step) {
        const int start_ms = theme->collision.freeze_ms;
        collision->burst =
            motion->reduced
                ? 1
                : th_motion_spring(motion, start_ms, theme->collision.burst_ms,
                                   theme->collision.scale_from, theme->collision.scale_peak);
        if (!th_motion_past(motion, start_ms)) collision->burst = 0;
        collision->crack = th_motion_at(motion, start_ms, theme->collision.crack_ms, theme->out);
    }
    th_scene_access_text(cx, race->earlier_step, collision->first_text,
                         sizeof(collision->first_text));
    th_scene_access_text(cx, race->step, collision->second_text, sizeof(collision->second_text));
}

static bool is_stored_to(const th_scene_context *cx, const th_scene_race *race) {
    for (uint64_t at = race->step + 1; at <= cx->in->step; at++) {
        const th_event event = th_scene_event(cx, at);
        if (event.size > 0 && th_event_kind_writes((th_event_kind)event.kind) &&
            covers(race->address, race->size, th_event_address(event), event.size)) {
            return true;
        }
    }
    return false;
}

// A collision stays as long as the pulse of the access that made it, and the value in which it
// ended. Only the first one of its kind at a place bursts: after that every access to it races,
// which the log and the lanes tell.
static void add_collisions(const th_scene_context *cx, const latest_step *latest, int count) {
    for (int i = 0; i < count; i++) {
        const th_scene_race *race = th_scene_index_race(cx->in->index, latest[i].step);
        if (race != NULL && race->bursts && !is_stored_to(cx, race)) add_collision(cx, race);
    }
}

void th_scene_build_marks(const th_scene_context *cx) {
    cx->out->mark_count = 0;
    cx->out->collision_count = 0;
    latest_step latest[TH_SCENE_G_MAX + 1];
    const int count = find_latest(cx, latest);
    add_pulses(cx, latest, count);
    add_trails(cx);
    add_collisions(cx, latest, count);
}

static void add_to_cell(th_scene_cell *cell, const th_scene_mark *mark) {
    if (mark->pending) {
        if (!mark->trail && cell->pending == 0) cell->pending = mark->g;
        return;
    }
    uint16_t *who = mark->trail ? (mark->write ? &cell->write_trail : &cell->read_trail)
                                : (mark->write ? &cell->writer : &cell->reader);
    float *how = mark->trail ? (mark->write ? &cell->write_alpha : &cell->read_alpha)
                             : (mark->write ? &cell->writer_in : &cell->reader_in);
    if (*who != 0) return;  // the later one stands first
    *who = mark->g;
    *how = mark->trail ? mark->alpha : mark->in;
}

void th_scene_mark_cell(const th_scene *scene, th_scene_cell *cell) {
    cell->collision = -1;
    for (int i = 0; i < scene->collision_count; i++) {
        const th_scene_collision *collision = &scene->collisions[i];
        if (covers(collision->address, collision->size, cell->address, cell->size)) {
            cell->collision = (int8_t)i;
        }
    }
    for (int i = 0; i < scene->mark_count; i++) {
        const th_scene_mark *mark = &scene->marks[i];
        if (!covers(mark->address, mark->size, cell->address, cell->size)) continue;
        // A value must not show in the colour of somebody whose store was overwritten since.
        if (mark->overwritten) continue;
        add_to_cell(cell, mark);
    }
}

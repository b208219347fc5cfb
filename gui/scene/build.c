#include "gui/scene/build.h"

#include "gui/scene/cache.h"
#include "gui/scene/census.h"
#include "gui/scene/lanes.h"
#include "gui/scene/log.h"
#include "gui/scene/map.h"
#include "gui/scene/ops.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

enum { LAST_LOOK_BACK_STEPS = 4096, FILTER_LOOK_BACK_STEPS = 20000 };

void th_scene_free(th_scene *scene) {
    free(scene->map.buckets);
    free(scene->map.now.items);
    free(scene->map.was.items);
    th_scene_crowd_free(&scene->map.crowd);
    *scene = (th_scene){0};
}

void th_scene_builder_free(th_scene_builder *builder) {
    th_world_free(&builder->now);
    th_world_free(&builder->before);
    th_touches_free(&builder->touches);
    if (builder->census != NULL) th_census_free(builder->census);
    free(builder->census);
    if (builder->cache != NULL) th_cache_count_free(builder->cache);
    free(builder->cache);
    if (builder->ops != NULL) th_op_count_free(builder->ops);
    free(builder->ops);
    *builder = (th_scene_builder){0};
}

// The request that the goroutine stood in before a step.
static th_node_id node_before(const th_scene_inputs *in, uint16_t g, uint64_t step) {
    const th_world *world = th_timeline_seek(in->timeline, in->branch, step - 1);
    return g < world->goroutine_count ? world->goroutines[g].node : 0;
}

// Finds the latest step of the goroutines that moved last. Only for those that have taken another
// one since the last picture is the timeline asked: their requests stay.
static void find_last_steps(th_scene_builder *builder, const th_scene_inputs *in) {
    th_scene_last found[TH_SCENE_G_MAX + 1] = {0};
    int left = TH_SCENE_CARD_MAX;
    for (uint64_t at = in->step; at > 0 && in->step - at < LAST_LOOK_BACK_STEPS && left > 0; at--) {
        const th_event event = th_timeline_event(in->timeline, in->branch, at);
        if (event.g > TH_SCENE_G_MAX || found[event.g].step > 0) continue;
        if (event.kind == TH_EVENT_START) continue;  // it was started: that is no step of its own
        found[event.g] = (th_scene_last){.branch = in->branch, .step = at};
        left--;
    }
    for (int g = 1; g <= TH_SCENE_G_MAX; g++) {
        const th_scene_last *known = &builder->last[g];
        const bool same = known->step == found[g].step && known->branch == in->branch;
        if (same)
            found[g].node = known->node;
        else if (found[g].step > 0)
            found[g].node = node_before(in, (uint16_t)g, found[g].step);
    }
    memcpy(builder->last, found, sizeof(found));
}

static bool listed(const th_scene_inputs *in, th_event event) {
    if (in->filter_g != 0) return event.g == in->filter_g;
    if (in->filter == 0) return true;
    const uint64_t address = th_event_address(event);
    return in->filter >= address && in->filter < address + (event.size > 0 ? event.size : 1);
}

// The steps of the log's rows, the latest first.
static int find_rows(const th_scene_inputs *in, uint64_t *steps) {
    int count = 0;
    for (uint64_t at = in->step; at > 0 && in->step - at < FILTER_LOOK_BACK_STEPS; at--) {
        if (count == TH_SCENE_LOG_MAX) break;
        if (listed(in, th_timeline_event(in->timeline, in->branch, at))) steps[count++] = at;
    }
    return count;
}

static void build_log(th_scene_builder *builder, const th_scene_inputs *in) {
    uint64_t steps[TH_SCENE_LOG_MAX];
    builder->log_count = find_rows(in, steps);
    for (int i = 0; i < builder->log_count; i++) {
        const uint64_t step = steps[builder->log_count - 1 - i];
        const th_event event = th_timeline_event(in->timeline, in->branch, step);
        const th_world *after = th_timeline_seek(in->timeline, in->branch, step);
        th_scene_log_row_of(in->scenario, after, event, step, &builder->log[i]);
    }
}

// Steps run forward from here on, so that each seek costs one step.
static void move_builder(th_scene_builder *builder, const th_scene_inputs *in) {
    const bool there = builder->valid && builder->branch == in->branch &&
                       builder->step == in->step && builder->filter == in->filter &&
                       builder->filter_g == in->filter_g;
    if (there) return;
    find_last_steps(builder, in);
    build_log(builder, in);
    const uint64_t before = in->step > 0 ? in->step - 1 : 0;
    th_world_copy(&builder->before, th_timeline_seek(in->timeline, in->branch, before));
    th_world_copy(&builder->now, th_timeline_seek(in->timeline, in->branch, in->step));
    builder->valid = true;
    builder->branch = in->branch;
    builder->step = in->step;
    builder->filter = in->filter;
    builder->filter_g = in->filter_g;
}

static const th_note *caption_of(const th_scene_context *cx, const th_scene_note *said) {
    const th_note *note = th_scenario_note(cx->in->scenario, said->note);
    const bool caption =
        note != NULL && (note->kind == TH_NOTE_CAPTION || note->kind == TH_NOTE_ASK);
    return caption ? note : NULL;
}

// A body and a when(...) may both speak in one step: then neither hides the other. Of several of a
// kind the last one stands.
static const th_note *said_before(const th_scene_context *cx, uint32_t index) {
    const th_scene_note *notes = cx->in->index->notes;
    for (uint32_t i = index; i-- > 0 && notes[i].step == notes[index].step;) {
        const th_note *note = caption_of(cx, &notes[i]);
        const bool other = notes[i].ruled != notes[index].ruled;
        if (other && note != NULL && note->kind == TH_NOTE_CAPTION) return note;
    }
    return NULL;
}

// The caption in force: the last one said up to the step, else the opening one. What was said of
// the scenario's own run is not said of another: there, none until its bodies say something.
static void build_caption(const th_scene_context *cx) {
    const th_scene_index *index = cx->in->index;
    const th_motion *motion = &cx->in->motion;
    const bool own = cx->in->step <= index->own_until;
    cx->out->caption = own ? th_scenario_opening(cx->in->scenario) : NULL;
    cx->out->caption_before = NULL;
    cx->out->caption_in = 1;
    for (uint32_t i = index->note_count; i-- > 0;) {
        if (index->notes[i].step > cx->in->step) continue;
        if (!own && index->notes[i].step <= index->own_until) return;
        const th_note *note = caption_of(cx, &index->notes[i]);
        if (note == NULL) continue;
        cx->out->caption = note;
        if (note->kind == TH_NOTE_CAPTION) cx->out->caption_before = said_before(cx, i);
        if (index->notes[i].step == cx->in->step) {
            cx->out->caption_in =
                th_motion_at(motion, 0, motion->theme->caption_ms, motion->theme->out);
        }
        return;
    }
}

static void build_head(const th_scene_context *cx) {
    const th_scene_inputs *in = cx->in;
    th_scene *scene = cx->out;
    scene->scenario = in->scenario;
    scene->step = in->step;
    scene->length = th_timeline_length(in->timeline, in->branch);
    scene->g = cx->event.g;
    scene->schedule = cx->env->schedule;
    scene->memory_model = cx->env->memory_model;
    scene->playing = in->playing;
    scene->speed = in->motion.speed;
    scene->speed_index = in->speed_index;
    scene->scrubbing = in->scrubbing;
    scene->caption_wide = in->caption_wide;
    scene->fit = in->fit;
    scene->filter = in->filter;
    scene->filter_g = in->filter_g;
}

// Who else could take the step that the recorded future gives to somebody.
static void build_what_if(const th_scene_context *cx) {
    th_scene *scene = cx->out;
    scene->what_if = 0;
    const uint16_t next =
        scene->step < scene->length ? th_scene_event(cx, scene->step + 1).g : scene->g;
    for (int i = 0; i < scene->enabled_count && scene->what_if == 0; i++) {
        if (scene->enabled[i] != next) scene->what_if = scene->enabled[i];
    }
}

// Looking at a step far away costs as much as going there, so it is kept.
static void build_glance(th_scene_builder *builder, const th_scene_inputs *in,
                         th_scene_glance *glance) {
    const th_branch_id branch = th_glance_branch(in->glance);
    const uint64_t step = th_glance_step(in->glance);
    *glance = (th_scene_glance){.step = step, .branch = branch};
    if (step == 0 || branch >= th_timeline_branch_count(in->timeline)) return;
    if (step > th_timeline_length(in->timeline, branch)) return;
    if (builder->glance != in->glance) {
        const th_world *after = th_timeline_seek(in->timeline, branch, step);
        const th_event event = th_timeline_event(in->timeline, branch, step);
        th_scene_log_row_of(in->scenario, after, event, step, &builder->glance_row);
        builder->glance = in->glance;
    }
    glance->present = true;
    glance->row = builder->glance_row;
}

void th_scene_build(th_scene_builder *builder, const th_scene_inputs *in, th_scene *scene) {
    move_builder(builder, in);
    if (builder->census == NULL) builder->census = calloc(1, sizeof(*builder->census));
    if (builder->cache == NULL) builder->cache = calloc(1, sizeof(*builder->cache));
    if (builder->ops == NULL) builder->ops = calloc(1, sizeof(*builder->ops));
    TH_ASSERT(builder->census != NULL && builder->cache != NULL && builder->ops != NULL);
    if (in->filter != 0 && in->lanes_count > TH_LANES_TICKS_MAX) {
        th_touches_update(&builder->touches, in->timeline, in->branch, in->filter);
    }
    const th_scene_context cx = {
        .in = in,
        .env = th_scenario_env(in->scenario),
        .now = &builder->now,
        .before = &builder->before,
        .event =
            in->step > 0 ? th_timeline_event(in->timeline, in->branch, in->step) : (th_event){0},
        .last = builder->last,
        .touches = &builder->touches,
        .census = builder->census,
        .cache = builder->cache,
        .ops = builder->ops,
        .out = scene,
    };
    build_head(&cx);
    build_glance(builder, in, &scene->glance);
    build_caption(&cx);
    th_scene_build_marks(&cx);
    th_scene_build_procs(&cx);
    th_scene_build_cards(&cx);
    th_scene_build_map(&cx);
    th_scene_build_objects(&cx);
    th_scene_build_cache(&cx);
    th_scene_build_lanes(&cx);
    th_scene_build_bars(&cx);
    th_scene_build_report(&cx);
    th_scene_build_hover(&cx);
    th_scene_build_evacuation(&cx);
    th_scene_build_failure(&cx);
    build_what_if(&cx);
    scene->log_count = builder->log_count;
    memcpy(scene->log, builder->log, sizeof(scene->log));
}

int th_scene_step_ms(const th_scene_index *index, th_timeline *timeline, th_branch_id branch,
                     uint64_t step, const th_theme_motion *motion) {
    if (step == 0) return 0;
    const th_event event = th_timeline_event(timeline, branch, step);
    int ms = th_event_kind_writes((th_event_kind)event.kind)
                 ? motion->write_pulse.ms + motion->led_toggle_ms
                 : motion->read_pulse.ms;
    if (motion->camera.focus_ms > ms) ms = motion->camera.focus_ms;
    const bool slow = event.marked || th_scene_index_fetched(index, step);
    if (slow && motion->evacuation.ms > ms) ms = motion->evacuation.ms;
    const th_scene_race *race = th_scene_index_race(index, step);
    if (race != NULL && race->bursts && motion->collision.ms > ms) ms = motion->collision.ms;
    const bool last = step == th_timeline_length(timeline, branch);
    if (last) ms += motion->fatal.frame_ms + motion->fatal.panel_ms;
    return ms;
}

// What the parts of the scene builder share. Private to gui/scene.
#ifndef TH_GUI_SCENE_CONTEXT_H
#define TH_GUI_SCENE_CONTEXT_H

#include "gui/scene/build.h"

typedef struct th_scene_context {
    const th_scene_inputs *in;
    const th_env *env;
    const th_world *now, *before;  // after the step, and before it (the same at the start)
    th_event event;                // of the step; kind TH_EVENT_NONE at the start
    const th_scene_last *last;     // [TH_SCENE_G_MAX + 1], by number
    const th_touches *touches;     // of in->filter, where there is one
    struct th_census *census;      // of the map that is shown
    struct th_cache_count *cache;  // of the branch that is shown
    struct th_op_count *ops;       // the same
    th_scene *out;
} th_scene_context;

// The event of a step of the branch that is shown.
static inline th_event th_scene_event(const th_scene_context *cx, uint64_t step) {
    return th_timeline_event(cx->in->timeline, cx->in->branch, step);
}

static inline bool th_scene_is_access(th_event event) {
    return event.size > 0 && (th_event_kind_reads(event.kind) || th_event_kind_writes(event.kind));
}

// marks.c: the last access of each goroutine, trails, collisions. First, since cells look there.
void th_scene_build_marks(const th_scene_context *cx);
// Fills in who touches the cell, from the marks; its address, size and texts are set.
void th_scene_mark_cell(const th_scene *scene, th_scene_cell *cell);

// Each of these fills in the part of the scene of its name.
void th_scene_build_cards(const th_scene_context *cx);
void th_scene_build_map(const th_scene_context *cx);
void th_scene_build_placement(const th_scene_context *cx);
void th_scene_build_buckets(const th_scene_context *cx);
void th_scene_build_crowd(const th_scene_context *cx);
void th_scene_build_lens(const th_scene_context *cx);
void th_scene_build_flights(const th_scene_context *cx);
void th_scene_build_iterators(const th_scene_context *cx);
void th_scene_build_torn(const th_scene_context *cx);
void th_scene_build_report(const th_scene_context *cx);
void th_scene_build_evacuation(const th_scene_context *cx);
void th_scene_build_failure(const th_scene_context *cx);
void th_scene_build_lanes(const th_scene_context *cx);
// After the map and the lanes.
void th_scene_build_bars(const th_scene_context *cx);
void th_scene_build_objects(const th_scene_context *cx);
// After the objects: it shows the lines that they lie in.
void th_scene_build_cache(const th_scene_context *cx);
void th_scene_build_procs(const th_scene_context *cx);
void th_scene_build_hover(const th_scene_context *cx);

#endif

// The timeline: one lane for each goroutine, a window of steps around the one that is shown, and
// the whole run in small.
#include "gui/scene/lanes.h"

enum {
    WHOLE_STEPS_MAX = 96,  // a run that long fits on the lanes as a whole
    WINDOW_STEPS = 72,
    WINDOW_STEPS_MIN = 24,  // so that the ticks of a short run do not lie far apart
    AHEAD_STEPS = 26,       // of a window that follows the playhead
    LANES_MAX = 6,
    LANES_OF_MANY = 5,  // of more goroutines than that: those that move, at a height to read
    SAMPLES_PER_COLUMN = 8,
};

// Of a run that fits as a whole: so many steps that other futures do, too.
static uint64_t whole_count(const th_scene_context *cx, uint64_t length) {
    uint64_t most = length < WINDOW_STEPS_MIN ? WINDOW_STEPS_MIN : length;
    for (int i = 0; i < cx->in->other_count; i++) {
        const uint64_t other = th_timeline_length(cx->in->timeline, cx->in->others[i].id);
        if (other > most && other <= WHOLE_STEPS_MAX) most = other;
    }
    return most;
}

static void choose_window(const th_scene_context *cx, th_scene_lanes *lanes) {
    const uint64_t length = lanes->length, step = cx->in->step;
    const uint64_t asked = (uint64_t)(cx->in->lanes_count > 0 ? cx->in->lanes_count : 0);
    const uint64_t count = asked > 0                   ? asked
                           : length <= WHOLE_STEPS_MAX ? whole_count(cx, length)
                                                       : WINDOW_STEPS;
    lanes->first = 1;
    lanes->last = count;
    lanes->scroll = 0;
    if (length <= count) return;
    const uint64_t ahead = count > WINDOW_STEPS ? count * AHEAD_STEPS / WINDOW_STEPS : AHEAD_STEPS;
    const uint64_t behind = count > ahead ? count - ahead : count / 2;
    if (step > behind) lanes->first = step - behind;
    if (lanes->first + count > length + 1) lanes->first = length + 1 - count;
    lanes->last = lanes->first + count - 1;
    const bool follows = lanes->first > 1 && step > behind && lanes->first == step - behind;
    if (!follows) return;
    const th_motion *motion = &cx->in->motion;
    lanes->scroll = 1 - th_motion_at(motion, 0, motion->theme->read_pulse.ms, motion->theme->out);
}

static th_scene_tick tick_of(const th_scene_context *cx, th_branch_id branch, uint64_t step) {
    const th_event event = th_timeline_event(cx->in->timeline, branch, step);
    const uint64_t address = th_event_address(event);
    const uint64_t filter = cx->in->filter;
    return (th_scene_tick){
        .step = step,
        .g = event.g,
        .access = th_scene_is_access(event),
        .write = th_event_kind_writes((th_event_kind)event.kind),
        .race = event.race,
        .fetched = branch == cx->in->branch && th_scene_index_fetched(cx->in->index, step),
        .match = filter != 0 && filter >= address && filter < address + event.size,
    };
}

int th_lanes_build_ticks(const th_scene_context *cx, th_branch_id branch, uint64_t first,
                         uint64_t last, th_scene_tick *ticks) {
    int count = 0;
    for (uint64_t step = first; step <= last && count < TH_SCENE_TICK_MAX; step++) {
        ticks[count++] = tick_of(cx, branch, step);
    }
    return count;
}

static void build_markers(const th_scene_context *cx, th_scene_lanes *lanes) {
    const th_scene_index *index = cx->in->index;
    for (uint32_t i = 0; i < index->marker_count; i++) {
        const th_scene_marker *marker = &index->markers[i];
        if (marker->step < lanes->first || marker->step > lanes->last) continue;
        if (lanes->marker_count == TH_SCENE_MARKER_MAX) return;
        lanes->markers[lanes->marker_count++] = *marker;
    }
}

// Red links between the two accesses of each race in the window; the latest ones up to the step.
static void build_links(const th_scene_context *cx, th_scene_lanes *lanes) {
    const th_scene_index *index = cx->in->index;
    for (uint32_t i = index->race_count; i-- > 0;) {
        const th_scene_race *race = &index->races[i];
        if (!race->first || race->step > cx->in->step || race->step > lanes->last) continue;
        if (race->step < lanes->first || race->earlier_step < lanes->first) continue;
        if (lanes->link_count == TH_SCENE_LINK_MAX) return;
        lanes->links[lanes->link_count++] = (th_scene_link){
            .first_step = race->earlier_step,
            .second_step = race->step,
            .first_g = race->earlier_g,
            .second_g = race->g,
        };
    }
}

static uint16_t busiest(const th_scene_context *cx, uint64_t first, uint64_t last) {
    uint16_t of[SAMPLES_PER_COLUMN];
    int count = 0;
    const uint64_t stride = (last - first) / SAMPLES_PER_COLUMN + 1;
    for (uint64_t step = first; step <= last && count < SAMPLES_PER_COLUMN; step += stride) {
        of[count++] = th_scene_event(cx, step).g;
    }
    uint16_t best = 0;
    int best_count = 0;
    for (int i = 0; i < count; i++) {
        int same = 0;
        for (int k = 0; k < count; k++) same += of[k] == of[i];
        if (same > best_count) {
            best_count = same;
            best = of[i];
        }
    }
    return best;
}

static void build_overview(const th_scene_context *cx, th_scene_lanes *lanes) {
    if (lanes->length == 0 || (lanes->first == 1 && lanes->last >= lanes->length)) return;
    const uint64_t columns =
        lanes->length < TH_SCENE_OVERVIEW_MAX ? lanes->length : TH_SCENE_OVERVIEW_MAX;
    lanes->overview_count = (int)columns;
    for (uint64_t i = 0; i < columns; i++) {
        const uint64_t first = 1 + i * lanes->length / columns;
        const uint64_t last = (i + 1) * lanes->length / columns;
        lanes->overview[i] = busiest(cx, first, last);
    }
    const th_scene_index *index = cx->in->index;
    for (uint32_t i = 0; i < index->marker_count; i++) {
        const th_scene_marker *marker = &index->markers[i];
        if (marker->step == 0) continue;
        const uint64_t column = (marker->step - 1) * columns / lanes->length;
        if (marker->kind == TH_MARKER_RACE) lanes->overview_marks[column] |= 1;
        if (marker->kind == TH_MARKER_FATAL || marker->kind == TH_MARKER_PANIC) {
            lanes->overview_marks[column] |= 2;
        }
    }
}

th_verdict th_lanes_verdict(th_outcome outcome, bool raced) {
    switch (outcome.end) {
    case TH_END_FATAL: return TH_VERDICT_FATAL;
    case TH_END_PANIC: return TH_VERDICT_PANIC;
    case TH_END_DEADLOCK: return TH_VERDICT_DEADLOCK;
    case TH_END_FAULT: return TH_VERDICT_FAULT;
    case TH_END_LIMIT: return TH_VERDICT_LIMIT;
    default: return raced ? TH_VERDICT_RACE : TH_VERDICT_CLEAN;
    }
}

static void build_verdict(const th_scene_context *cx) {
    th_scene *scene = cx->out;
    scene->races_known = !cx->env->skip_races;
    scene->race_count = th_scene_index_places(cx->in->index, cx->in->step);
    scene->verdict = (uint8_t)th_lanes_verdict(cx->now->outcome, scene->race_count > 0);
}

static void take_lane(th_scene *scene, uint16_t g) {
    int at = 0;
    while (at < scene->lane_count && scene->lane_g[at] < g) at++;
    if (g == 0 || scene->lane_count == LANES_OF_MANY) return;
    if (at < scene->lane_count && scene->lane_g[at] == g) return;
    for (int i = scene->lane_count++; i > at; i--) scene->lane_g[i] = scene->lane_g[i - 1];
    scene->lane_g[at] = g;
}

// All goroutines, or of many those that move nearest to the playhead.
static void choose_lanes(const th_scene_context *cx, const th_scene_lanes *lanes) {
    th_scene *scene = cx->out;
    scene->lane_count = 0;
    if (scene->goroutine_count <= LANES_MAX) {
        scene->lane_count = scene->goroutine_count;
        for (int i = 0; i < scene->lane_count; i++) scene->lane_g[i] = (uint16_t)(i + 1);
        return;
    }
    for (int i = lanes->tick_count; i-- > 0;) {
        if (lanes->ticks[i].step <= cx->in->step) take_lane(scene, lanes->ticks[i].g);
    }
    for (int i = 0; i < lanes->tick_count; i++) take_lane(scene, lanes->ticks[i].g);
    for (int g = 1; g <= LANES_OF_MANY; g++) take_lane(scene, (uint16_t)g);
}

void th_scene_build_lanes(const th_scene_context *cx) {
    th_scene *scene = cx->out;
    build_verdict(cx);
    th_scene_lanes *lanes = &scene->lanes;
    *lanes = (th_scene_lanes){.length = scene->length};
    const th_outcome end = th_timeline_outcome(cx->in->timeline, cx->in->branch);
    lanes->ended = end.end != TH_END_RUNNING;
    lanes->verdict = (uint8_t)th_lanes_verdict(end, cx->in->index->race_count > 0);
    choose_window(cx, lanes);
    const uint64_t last = lanes->last < lanes->length ? lanes->last : lanes->length;
    if (lanes->last - lanes->first + 1 > TH_LANES_TICKS_MAX) {
        th_lanes_build_columns(cx, lanes);
        th_lanes_build_sparse_markers(cx, lanes);
    } else {
        lanes->tick_count =
            th_lanes_build_ticks(cx, cx->in->branch, lanes->first, last, lanes->ticks);
        choose_lanes(cx, lanes);
        build_markers(cx, lanes);
        build_links(cx, lanes);
    }
    build_overview(cx, lanes);
    th_lanes_build_branches(cx, lanes);
}

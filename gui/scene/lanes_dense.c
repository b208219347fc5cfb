// The lanes of a long window: columns of many steps each.
#include "gui/scene/lanes.h"

#include <string.h>

typedef struct columns {
    th_span spans[TH_SCENE_COLUMN_MAX];
    int count;
} columns;

static int column_max(const th_scene_lanes *lanes) {
    const uint64_t steps = lanes->last - lanes->first + 1;
    return steps < TH_SCENE_COLUMN_MAX ? (int)steps : TH_SCENE_COLUMN_MAX;
}

// The first step of column i; that of the column after the last is the step after the window.
static uint64_t step_of(const th_scene_lanes *lanes, int i) {
    const uint64_t steps = lanes->last - lanes->first + 1;
    return lanes->first + steps * (uint64_t)i / (uint64_t)column_max(lanes);
}

static void look(const th_scene_context *cx, const th_scene_lanes *lanes, columns *out) {
    out->count = 0;
    for (int i = 0; i < column_max(lanes); i++) {
        const uint64_t first = step_of(lanes, i);
        uint64_t last = step_of(lanes, i + 1) - 1;
        if (last > lanes->length) last = lanes->length;
        if (first > last) break;
        out->spans[out->count++] =
            th_spans_between(&cx->in->index->spans, cx->in->timeline, first, last);
    }
}

// Of many goroutines those that move in most columns, by number.
static void choose_busiest(th_scene *scene, const columns *of, int max) {
    int moves[64] = {0};
    for (int i = 0; i < of->count; i++) {
        for (uint32_t g = 1; g < 64; g++) moves[g] += (of->spans[i].moved >> g & 1) != 0;
    }
    uint64_t chosen = 0;
    for (int n = 0; n < max; n++) {
        uint32_t best = 0;
        for (uint32_t g = 1; g < 64 && (int)g <= scene->goroutine_count; g++) {
            const bool taken = (chosen >> g & 1) != 0;
            if (!taken && (best == 0 || moves[g] > moves[best])) best = g;
        }
        if (best == 0) break;
        chosen |= UINT64_C(1) << best;
    }
    scene->lane_count = 0;
    for (uint16_t g = 1; g < 64; g++) {
        if ((chosen >> g & 1) != 0) scene->lane_g[scene->lane_count++] = g;
    }
}

static uint8_t lanes_in(const th_scene *scene, uint64_t bits) {
    uint8_t in = 0;
    for (int i = 0; i < scene->lane_count; i++) {
        if (bits & th_span_bit(scene->lane_g[i])) in |= (uint8_t)(1 << i);
    }
    return in;
}

void th_lanes_build_columns(const th_scene_context *cx, th_scene_lanes *lanes) {
    th_scene *scene = cx->out;
    columns of;
    look(cx, lanes, &of);
    if (scene->goroutine_count > TH_SCENE_LANE_MAX) {
        choose_busiest(scene, &of, TH_SCENE_LANE_MAX);
    } else {
        scene->lane_count = scene->goroutine_count;
        for (int i = 0; i < scene->lane_count; i++) scene->lane_g[i] = (uint16_t)(i + 1);
    }
    lanes->column_count = of.count;
    for (int i = 0; i < of.count; i++) {
        const uint64_t first = step_of(lanes, i), next = step_of(lanes, i + 1);
        const uint64_t last = next - 1 < lanes->length ? next - 1 : lanes->length;
        lanes->columns[i] = (th_scene_column){
            .first = first,
            .moved = lanes_in(scene, of.spans[i].moved),
            .wrote = lanes_in(scene, of.spans[i].wrote),
            .raced = lanes_in(scene, of.spans[i].raced),
            .match = cx->in->filter != 0 &&
                     th_touches_between(cx->touches, cx->in->timeline, first, last),
        };
    }
}

static int weight_of(uint8_t kind) {
    switch (kind) {
    case TH_MARKER_FATAL:
    case TH_MARKER_PANIC: return 4;
    case TH_MARKER_RACE: return 3;
    case TH_MARKER_GROW:
    case TH_MARKER_GROWN: return 2;
    case TH_MARKER_EVACUATE: return 1;
    default: return 0;
    }
}

void th_lanes_build_sparse_markers(const th_scene_context *cx, th_scene_lanes *lanes) {
    const th_scene_index *index = cx->in->index;
    const uint64_t steps = lanes->last - lanes->first + 1;
    int slot = -1;
    for (uint32_t i = 0; i < index->marker_count; i++) {
        const th_scene_marker *marker = &index->markers[i];
        if (marker->step < lanes->first || marker->step > lanes->last) continue;
        const int at = (int)((marker->step - lanes->first) * TH_SCENE_MARKER_MAX / steps);
        if (at != slot) {
            lanes->markers[lanes->marker_count++] = *marker;
            slot = at;
            continue;
        }
        th_scene_marker *kept = &lanes->markers[lanes->marker_count - 1];
        if (weight_of(marker->kind) > weight_of(kept->kind)) *kept = *marker;
    }
}

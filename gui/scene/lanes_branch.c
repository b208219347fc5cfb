// The lanes of other futures, under those of the run that is shown.
#include "gui/scene/lanes.h"

#include <stdio.h>

static void build(const th_scene_context *cx, const th_scene_lanes *lanes,
                  const th_scene_other *other, th_scene_branch *branch) {
    th_timeline *timeline = cx->in->timeline;
    branch->id = other->id;
    branch->length = th_timeline_length(timeline, other->id);
    branch->fork = th_timeline_common(timeline, other->id, cx->in->branch);
    branch->tick_count = 0;
    snprintf(branch->name, sizeof(branch->name), "%s", other->name);
    const th_world *end = th_timeline_end(timeline, other->id);
    branch->ended = th_world_ended(end);
    branch->verdict = (uint8_t)th_lanes_verdict(end->outcome, end->races.race_count > 0);
    if (branch->length <= branch->fork) return;
    branch->first_g = th_timeline_event(timeline, other->id, branch->fork + 1).g;
    if (lanes->column_count > 0) return;
    const uint64_t first = branch->fork + 1 > lanes->first ? branch->fork + 1 : lanes->first;
    const uint64_t last = branch->length < lanes->last ? branch->length : lanes->last;
    branch->tick_count = th_lanes_build_ticks(cx, other->id, first, last, branch->ticks);
}

void th_lanes_build_branches(const th_scene_context *cx, th_scene_lanes *lanes) {
    lanes->branch_count = 0;
    for (int i = 0; i < cx->in->other_count; i++) {
        build(cx, lanes, &cx->in->others[i], &lanes->branches[lanes->branch_count++]);
    }
}

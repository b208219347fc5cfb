#include "gui/scene/ops.h"

#include "gui/scene/array.h"
#include "sim/gomap/site.h"

#include <stdlib.h>
#include <string.h>

enum { BARS_MIN = 2 };  // operations below that are no chart

void th_op_count_free(th_op_count *count) {
    free(count->items);
    memset(count, 0, sizeof(*count));
}

// Whether an operation begins with that access, and whether it is one that writes.
static bool begins(uint16_t site, bool *writer) {
    switch (site) {
    case TH_SITE_ASSIGN_FLAGS:
    case TH_SITE_FASSIGN_FLAGS:
    case TH_SITE_SASSIGN_FLAGS:
    case TH_SITE_DELETE_COUNT:
    case TH_SITE_CLEAR_COUNT: *writer = true; return true;
    case TH_SITE_ACCESS_COUNT:
    case TH_SITE_FACCESS_COUNT:
    case TH_SITE_SACCESS_COUNT:
    case TH_SITE_ITER_COUNT:
    case TH_SITE_NEXT_FLAGS: *writer = false; return true;
    default: return false;
    }
}

static void take(th_op_count *count, th_event event, uint64_t step) {
    bool writer;
    if (event.g > TH_SCENE_G_MAX || !th_scene_is_access(event)) return;
    if (begins(event.site, &writer)) {
        count->items =
            th_array_reserve(count->items, count->count, &count->capacity, sizeof(*count->items));
        count->items[count->count++] = (th_op){.first_step = step, .g = event.g, .writer = writer};
        count->current[event.g] = count->count;
    }
    if (count->current[event.g] == 0) return;
    th_op *op = &count->items[count->current[event.g] - 1];
    uint16_t *sum = th_event_kind_writes((th_event_kind)event.kind) ? &op->writes : &op->reads;
    if (*sum < UINT16_MAX) (*sum)++;
}

void th_op_count_update(th_op_count *count, const th_scene_context *cx) {
    const uint64_t length = th_timeline_length(cx->in->timeline, cx->in->branch);
    if (!count->valid || count->branch != cx->in->branch || count->step > length) {
        th_op_count_free(count);
    }
    count->valid = true;
    count->branch = cx->in->branch;
    while (count->step < length) {
        count->step++;
        take(count, th_scene_event(cx, count->step), count->step);
    }
}

// The number of operations that have begun by that step.
static uint32_t begun(const th_op_count *count, uint64_t step) {
    uint32_t low = 0, high = count->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (count->items[middle].first_step <= step)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_op(const th_scene *scene, const th_op *op, th_scene_bar_column *column) {
    const bool together = scene->lanes.bars.together;
    for (int i = 0; i < (together ? 1 : scene->lane_count); i++) {
        if (!together && scene->lane_g[i] != op->g) continue;
        column->lane[i].ops++;
        column->lane[i].reads += op->reads;
        column->lane[i].writes += op->writes;
    }
}

// Of a map that is seen from afar single accesses say little: the lanes show what each operation
// took, or a few of them in the mean.
void th_scene_build_bars(const th_scene_context *cx) {
    th_scene *scene = cx->out;
    th_scene_bars *bars = &scene->lanes.bars;
    const bool asked = scene->map.present && scene->map.crowd.detail == TH_DETAIL_FIELD &&
                       cx->in->lanes_count == 0;
    if (!asked) return;
    const th_op_count *ops = cx->ops;
    th_op_count_update(cx->ops, cx);
    if (ops->count < BARS_MIN) return;
    bars->present = true;
    bars->together = scene->goroutine_count > scene->lane_count;
    bars->op_count = ops->count;
    bars->op = begun(ops, cx->in->step);
    bars->per = (ops->count + TH_SCENE_BAR_MAX - 1) / TH_SCENE_BAR_MAX;
    bars->column_count = (int)((ops->count + bars->per - 1) / bars->per);
    bars->all_write = true;
    for (uint32_t i = 0; i < ops->count; i++) {
        th_scene_bar_column *column = &bars->columns[i / bars->per];
        if (i % bars->per == 0) column->first_step = ops->items[i].first_step;
        add_op(scene, &ops->items[i], column);
        bars->all_write = bars->all_write && ops->items[i].writer;
    }
}

// The last accesses in words, and the race among them.
#include "gui/scene/log.h"
#include "gui/scene/text.h"

#include "sim/sched/sched.h"
#include "sim/sync/sync.h"

#include <inttypes.h>
#include <stdio.h>

enum { HOVER_LOOK_BACK_STEPS = 20000 };

// What a step did that accessed no memory.
static void text_step(th_event event, th_scene_log_row *row) {
    if (event.kind == TH_EVENT_SCHEDULE) {
        const th_sched_move move = th_sched_move_unpack(event.value);
        snprintf(row->name, sizeof(row->name), "P%u", (unsigned)move.p);
        snprintf(row->value, sizeof(row->value), "%s",
                 th_sched_source_string((th_sched_source)move.source));
        return;
    }
    const th_sync_did did = (th_sync_did)(event.value >> 8 & 0xff);
    const bool told = event.kind == TH_EVENT_SYNC && did > 0 && did < TH_SYNC_DID_COUNT;
    snprintf(row->value, sizeof(row->value), "%s",
             told ? th_sync_did_string(did) : th_event_kind_string((th_event_kind)event.kind));
}

void th_scene_log_row_of(const th_scenario *scenario, const th_world *after, th_event event,
                         uint64_t step, th_scene_log_row *row) {
    *row = (th_scene_log_row){
        .step = step,
        .g = event.g,
        .kind = (uint8_t)event.kind,
        .write = th_event_kind_writes((th_event_kind)event.kind),
        .race = event.race,
        .address = th_event_address(event),
    };
    if (event.kind == TH_EVENT_START) {
        snprintf(row->name, sizeof(row->name), "%s", th_world_goroutine_name(after, event.g));
        row->address = 0;
    } else {
        th_scenario_name(scenario, after, row->address, row->name, sizeof(row->name));
    }
    if (event.size == 0) {
        text_step(event, row);
        return;
    }
    if (th_scenario_env(scenario)->memory_model != TH_MODEL_SC) {
        // A store may wait in a buffer, and a load see one that waits.
        th_text_recorded(scenario, after, row->address, event.size, event.value, row->value,
                         sizeof(row->value));
        return;
    }
    // What was read or written is what lies there right after the step.
    th_text_bytes(scenario, after, row->address, event.size, row->value, sizeof(row->value));
}

void th_scene_access_text(const th_scene_context *cx, uint64_t step, char *out, size_t size) {
    const th_event event = th_scene_event(cx, step);
    const uint64_t address = th_event_address(event);
    const bool buffered = cx->env->memory_model != TH_MODEL_SC;
    if (buffered || !th_text_is_partial(cx->in->scenario, cx->now, address, event.size)) {
        th_text_recorded(cx->in->scenario, cx->now, address, event.size, event.value, out, size);
        return;
    }
    const th_world *after = th_timeline_seek(cx->in->timeline, cx->in->branch, step);
    th_text_bytes(cx->in->scenario, after, address, event.size, out, size);
}

static const th_scene_race *latest_race(const th_scene_context *cx) {
    const th_scene_index *index = cx->in->index;
    const th_scene_race *latest = NULL, *first = NULL;
    for (uint32_t i = index->race_count; i-- > 0;) {
        const th_scene_race *race = &index->races[i];
        if (race->step > cx->in->step) continue;
        if (latest == NULL) latest = race;
        if (race->step == cx->in->step) return race;
        if (race->first) {
            first = race;
            break;
        }
    }
    return first != NULL ? first : latest;
}

static void fill_racer(const th_scene_context *cx, uint64_t step, th_scene_racer *racer) {
    const th_event event = th_scene_event(cx, step);
    *racer = (th_scene_racer){
        .g = event.g,
        .write = th_event_kind_writes((th_event_kind)event.kind),
        .step = step,
    };
    th_scene_access_text(cx, step, racer->value, sizeof(racer->value));
}

void th_scene_build_report(const th_scene_context *cx) {
    th_scene_report *report = &cx->out->report;
    *report = (th_scene_report){0};
    const th_scene_race *race = latest_race(cx);
    if (race == NULL) return;
    report->present = true;
    report->count = cx->out->race_count;
    report->index = th_scene_index_places(cx->in->index, race->step);
    th_scenario_name(cx->in->scenario, cx->now, race->address, report->name, sizeof(report->name));
    fill_racer(cx, race->step, &report->later);
    fill_racer(cx, race->earlier_step, &report->earlier);
}

// The cell under the mouse. How many bytes it has is told by the accesses to it; one that nobody
// has touched is shown as a whole word.
void th_scene_build_hover(const th_scene_context *cx) {
    th_scene_hover *hover = &cx->out->hover;
    *hover = (th_scene_hover){.address = cx->in->hover};
    if (hover->address == 0 || th_memory_block(&cx->now->memory, hover->address) == NULL) return;
    hover->present = true;
    int found = 0;
    uint32_t size = 8;
    for (uint64_t at = cx->in->step; at > 0 && cx->in->step - at < HOVER_LOOK_BACK_STEPS; at--) {
        const th_event event = th_scene_event(cx, at);
        if (th_event_address(event) != hover->address || !th_scene_is_access(event)) continue;
        size = event.size;
        fill_racer(cx, at, &hover->last[found++]);
        if (found == 2) break;
    }
    th_scenario_name(cx->in->scenario, cx->now, hover->address, hover->name, sizeof(hover->name));
    th_text_bytes(cx->in->scenario, cx->now, hover->address, size, hover->value,
                  sizeof(hover->value));
}

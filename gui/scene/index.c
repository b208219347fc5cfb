#include "gui/scene/index.h"

#include "gui/scene/array.h"
#include "gui/scene/cache.h"
#include "sim/base/assert.h"
#include "sim/gomap/site.h"

#include <stdlib.h>
#include <string.h>

void th_scene_index_free(th_scene_index *index) {
    free(index->races);
    free(index->markers);
    free(index->notes);
    free(index->fetched);
    th_spans_free(&index->spans);
    free(index->evacuations.items);
    *index = (th_scene_index){0};
}

static void mark(th_scene_index *index, uint64_t step, th_marker_kind kind) {
    index->markers = th_array_reserve(index->markers, index->marker_count, &index->marker_capacity,
                                      sizeof(*index->markers));
    index->markers[index->marker_count++] = (th_scene_marker){.step = step, .kind = (uint8_t)kind};
}

static void take_note(th_scene_index *index, uint64_t step, uint32_t note, bool ruled) {
    index->notes = th_array_reserve(index->notes, index->note_count, &index->note_capacity,
                                    sizeof(*index->notes));
    index->notes[index->note_count++] = (th_scene_note){step, note, ruled};
    mark(index, step, TH_MARKER_CAPTION);
}

static void take_marker(th_scene_index *index, const th_marker *marker) {
    switch (marker->event.kind) {
    case TH_EVENT_GROW: mark(index, marker->step, TH_MARKER_GROW); break;
    case TH_EVENT_GROWN: mark(index, marker->step, TH_MARKER_GROWN); break;
    case TH_EVENT_FATAL: mark(index, marker->step, TH_MARKER_FATAL); break;
    case TH_EVENT_FAULT:
    case TH_EVENT_PANIC: mark(index, marker->step, TH_MARKER_PANIC); break;
    default: break;
    }
}

static void take_report(th_scene_index *index, const th_race_report *report) {
    const bool write = th_event_kind_writes((th_event_kind)report->later.kind);
    const bool earlier_write = th_event_kind_writes((th_event_kind)report->earlier.kind);
    bool first = true, bursts = true;
    for (uint32_t i = 0; i < index->race_count; i++) {
        const th_scene_race *other = &index->races[i];
        if (other->address != report->later.address) continue;
        first = false;
        if ((other->write && other->earlier_write) == (write && earlier_write)) bursts = false;
    }
    index->races = th_array_reserve(index->races, index->race_count, &index->race_capacity,
                                    sizeof(*index->races));
    index->races[index->race_count++] = (th_scene_race){
        .step = report->later.step,
        .earlier_step = report->earlier.step,
        .address = report->later.address,
        .g = report->later.g,
        .earlier_g = report->earlier.g,
        .size = (uint8_t)(report->later.size < 255 ? report->later.size : 255),
        .write = write,
        .earlier_write = earlier_write,
        .first = first,
        .bursts = bursts,
    };
    if (first) mark(index, report->later.step, TH_MARKER_RACE);
}

// Whether the event of that step is what the rule describes. Only a rule that names a place needs
// the world of that moment.
static bool rule_fits(const th_rule *rule, const th_scene_index *index, const th_scenario *scenario,
                      th_timeline *timeline, uint64_t step, const th_event *event) {
    if (!th_rule_may_fit(rule, th_timeline_end(timeline, index->branch), event)) return false;
    if (rule->place == NULL) return true;
    const th_world *before = th_timeline_seek(timeline, index->branch, step - 1);
    return th_rule_fits(rule, scenario, before, event);
}

// The notes of all rules that describe the event. `seen`: how often each has met its moment.
static void take_rules(th_scene_index *index, const th_scenario *scenario, th_timeline *timeline,
                       uint64_t step, const th_event *event, uint32_t *seen) {
    uint32_t rule_count;
    const th_rule *rules = th_scenario_rules(scenario, &rule_count);
    for (uint32_t r = 0; r < rule_count; r++) {
        if (rules[r].ordinal != 0 && seen[r] == rules[r].ordinal) continue;
        if (!rule_fits(&rules[r], index, scenario, timeline, step, event)) continue;
        if (++seen[r] < rules[r].ordinal) continue;
        for (uint32_t n = 0; n < rules[r].note_count; n++) {
            take_note(index, step, rules[r].notes[n], true);
        }
    }
}

// The notes of bodies and those of when(pattern, fn), in the order in which things happen.
static void take_all_notes(th_scene_index *index, const th_scenario *scenario,
                           th_timeline *timeline) {
    uint32_t rule_count;
    th_scenario_rules(scenario, &rule_count);
    uint32_t *seen = calloc(rule_count, sizeof(*seen));
    TH_ASSERT(seen != NULL);
    th_events events = {0};
    for (uint64_t step = 1; step <= index->length; step++) {
        events.count = 0;
        const th_event own = th_timeline_event(timeline, index->branch, step);
        if (own.marked)
            th_timeline_events(timeline, index->branch, step, &events);
        else
            th_events_append(&events, own);
        for (uint32_t i = 0; i < events.count; i++) {
            const th_event *event = &events.items[i];
            if (event->kind == TH_EVENT_NOTE)
                take_note(index, step, event->value, false);
            else if (step <= index->own_until) {
                take_rules(index, scenario, timeline, step, event, seen);
            }
        }
    }
    th_events_free(&events);
    free(seen);
}

// Without rules the timeline's markers know the notes: a long run need not be looked through.
static void take_notes(th_scene_index *index, const th_scenario *scenario, th_timeline *timeline,
                       const th_marker *markers, uint32_t count) {
    uint32_t rule_count;
    th_scenario_rules(scenario, &rule_count);
    if (rule_count > 0) {
        take_all_notes(index, scenario, timeline);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (markers[i].event.kind != TH_EVENT_NOTE) continue;
        take_note(index, markers[i].step, markers[i].event.value, false);
    }
}

// What when(...) says may hold for the scenario's schedule alone. Where a branch leaves it, or the
// whole run is another, it falls silent. A scenario without a schedule speaks of any run.
static uint64_t own_until(const th_scene_index *index, const th_scenario *scenario,
                          const th_timeline *timeline) {
    if (th_scenario_schedule(scenario) == NULL) return UINT64_MAX;
    if (index->other_run) return 0;
    uint64_t until = th_scenario_own_until(scenario);
    for (th_branch_id branch = index->branch; branch != 0;) {
        uint64_t fork;
        branch = th_timeline_parent(timeline, branch, &fork);
        if (fork < until) until = fork;
    }
    return until;
}

// evacuate looks at an old bucket's first tophash; when it then reads h.buckets it has begun.
static void look_for_evacuation(th_scene_evacuations *of, const th_memory *memory,
                                const th_env *env, uint64_t step, th_event event) {
    if (event.g > TH_SCENE_G_MAX) return;
    if (event.site == TH_SITE_EVAC_TOP0) of->looked_at[event.g] = th_event_address(event);
    const uint64_t bucket = of->looked_at[event.g];
    if (event.site != TH_SITE_EVAC_BUCKETS || bucket == 0) return;
    const th_block *block = th_memory_block(memory, bucket);
    if (block == NULL) return;
    of->items = th_array_reserve(of->items, of->count, &of->capacity, sizeof(*of->items));
    of->items[of->count++] = (th_scene_marker){
        .step = step,
        .kind = TH_MARKER_EVACUATE,
        .bucket = (uint32_t)((bucket - block->address) / env->gomap.types[block->type].bucket_size),
    };
}

static void take_evacuations(th_scene_index *index, const th_timeline *timeline,
                             const th_env *env) {
    th_scene_evacuations *of = &index->evacuations;
    if (of->branch != index->branch || of->length > index->length) {
        memset(of->looked_at, 0, sizeof(of->looked_at));
        of->branch = index->branch;
        of->length = of->count = 0;
    }
    const th_memory *memory = &th_timeline_end(timeline, index->branch)->memory;
    for (uint64_t step = of->length + 1; step <= index->length; step++) {
        look_for_evacuation(of, memory, env, step,
                            th_timeline_event(timeline, index->branch, step));
    }
    of->length = index->length;
    for (uint32_t i = 0; i < of->count; i++) {
        mark(index, of->items[i].step, TH_MARKER_EVACUATE);
        index->markers[index->marker_count - 1] = of->items[i];
    }
}

static void take_fetches(th_scene_index *index, const th_scenario *scenario,
                         const th_timeline *timeline) {
    free(index->fetched);
    index->fetched = NULL;
    if (!th_scene_cache_asked(scenario)) return;
    index->fetched = calloc(index->length / 8 + 1, 1);
    TH_ASSERT(index->fetched != NULL);
    th_lines lines = {0};
    for (uint64_t step = 1; step <= index->length; step++) {
        const uint64_t before = lines.fetch_count;
        th_lines_take(&lines, th_timeline_event(timeline, index->branch, step));
        if (lines.fetch_count > before) index->fetched[step / 8] |= (uint8_t)(1 << step % 8);
    }
    th_lines_free(&lines);
}

static int by_step(const void *a, const void *b) {
    const th_scene_marker *x = a, *y = b;
    if (x->step != y->step) return x->step < y->step ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

void th_scene_index_update(th_scene_index *index, const th_scenario *scenario,
                           th_timeline *timeline, th_branch_id branch) {
    const uint64_t length = th_timeline_length(timeline, branch);
    if (index->valid && index->branch == branch && index->length == length) return;
    index->valid = true;
    index->branch = branch;
    index->length = length;
    index->own_until = own_until(index, scenario, timeline);
    index->race_count = index->marker_count = index->note_count = 0;
    const th_detector *races = &th_timeline_end(timeline, branch)->races;
    for (uint32_t i = 0; i < races->report_count; i++) {
        take_report(index, th_detector_report(races, i));
    }
    uint32_t count;
    const th_marker *markers = th_timeline_markers(timeline, branch, &count);
    for (uint32_t i = 0; i < count; i++) take_marker(index, &markers[i]);
    take_notes(index, scenario, timeline, markers, count);
    take_evacuations(index, timeline, th_scenario_env(scenario));
    take_fetches(index, scenario, timeline);
    th_spans_update(&index->spans, timeline, branch);
    if (index->marker_count > 0) {
        qsort(index->markers, index->marker_count, sizeof(*index->markers), by_step);
    }
}

// How many races have their later access at or before `step`.
static uint32_t races_until(const th_scene_index *index, uint64_t step) {
    uint32_t low = 0, high = index->race_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (index->races[middle].step <= step)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const th_scene_race *th_scene_index_race(const th_scene_index *index, uint64_t step) {
    const uint32_t count = races_until(index, step);
    return count > 0 && index->races[count - 1].step == step ? &index->races[count - 1] : NULL;
}

int th_scene_index_places(const th_scene_index *index, uint64_t step) {
    const uint32_t until = races_until(index, step);
    int places = 0;
    for (uint32_t i = 0; i < until; i++) places += index->races[i].first;
    return places;
}

bool th_scene_index_fetched(const th_scene_index *index, uint64_t step) {
    if (index->fetched == NULL || step > index->length) return false;
    return index->fetched[step / 8] >> step % 8 & 1;
}

uint64_t th_scene_index_jump(const th_scene_index *index, uint64_t step, bool back) {
    uint64_t found = 0;
    for (uint32_t i = 0; i < index->marker_count; i++) {
        const uint64_t at = index->markers[i].step;
        if (back && at < step) found = at;
        if (!back && at > step) return at;
    }
    return found;
}

#include "sim/memory/event.h"

#include "sim/base/assert.h"
#include "sim/memory/memory.h"

#include <stdlib.h>

typedef struct kind_facts {
    const char *name;
    bool reads, writes, is_step;
} kind_facts;

static const kind_facts KINDS[TH_EVENT_KIND_COUNT] = {
    [TH_EVENT_NONE] = {"none", false, false, false},
#define X(name, text, reads, writes, step) [TH_EVENT_##name] = {text, reads, writes, step},
    TH_EVENT_KINDS(X)
#undef X
};

const char *th_event_kind_string(th_event_kind kind) { return KINDS[kind].name; }
bool th_event_kind_reads(th_event_kind kind) { return KINDS[kind].reads; }
bool th_event_kind_writes(th_event_kind kind) { return KINDS[kind].writes; }
bool th_event_kind_is_step(th_event_kind kind) { return KINDS[kind].is_step; }

uint64_t th_event_address(th_event event) {
    // An address near nil lies below the base, by as much as the offset is below 2^44.
    return event.offset == 0 ? 0 : (TH_MEMORY_BASE + event.offset) & ((UINT64_C(1) << 44) - 1);
}

uint64_t th_event_value(th_event event, const th_memory *after) {
    if (event.size <= 4) return event.value;
    const uint64_t word = th_memory_peek(after, th_event_address(event), event.size);
    return (uint32_t)word == event.value ? word : event.value;
}

void th_events_free(th_events *events) {
    free(events->items);
    *events = (th_events){0};
}

void th_events_grow(th_events *events) {
    events->capacity = events->capacity ? events->capacity * 2 : 64;
    events->items = realloc(events->items, events->capacity * sizeof(*events->items));
    TH_ASSERT(events->items != NULL);
}

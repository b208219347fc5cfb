#include "gui/scene/spans.h"

#include "gui/scene/array.h"

#include <stdlib.h>

// Step 1 is the first of span 0.
static uint64_t span_of(uint64_t step) { return (step - 1) / TH_SPAN_STEPS; }

static void add(th_span *span, th_event event) {
    const uint64_t bit = th_span_bit(event.g);
    span->moved |= bit;
    if (th_event_kind_writes((th_event_kind)event.kind)) span->wrote |= bit;
    if (event.race) span->raced |= bit;
}

static void join(th_span *span, const th_span *other) {
    span->moved |= other->moved;
    span->wrote |= other->wrote;
    span->raced |= other->raced;
}

void th_spans_free(th_spans *spans) {
    free(spans->items);
    *spans = (th_spans){0};
}

void th_spans_update(th_spans *spans, const th_timeline *timeline, th_branch_id branch) {
    const uint64_t length = th_timeline_length(timeline, branch);
    if (spans->branch != branch || spans->length > length) {
        spans->branch = branch;
        spans->length = 0;
        spans->count = 0;
    }
    for (uint64_t step = spans->length + 1; step <= length; step++) {
        if (span_of(step) == spans->count) {
            spans->items = th_array_reserve(spans->items, spans->count, &spans->capacity,
                                            sizeof(*spans->items));
            spans->items[spans->count++] = (th_span){0};
        }
        add(&spans->items[spans->count - 1], th_timeline_event(timeline, branch, step));
    }
    spans->length = length;
}

th_span th_spans_between(const th_spans *spans, const th_timeline *timeline, uint64_t first,
                         uint64_t last) {
    th_span span = {0};
    for (uint64_t step = first; step <= last;) {
        const uint64_t number = span_of(step);
        if ((step - 1) % TH_SPAN_STEPS == 0 && step + TH_SPAN_STEPS - 1 <= last) {
            join(&span, &spans->items[number]);
            step += TH_SPAN_STEPS;
        } else {
            add(&span, th_timeline_event(timeline, spans->branch, step++));
        }
    }
    return span;
}

// --- an address ---

static bool touches(th_event event, uint64_t address) {
    const uint64_t at = th_event_address(event);
    return address >= at && address < at + (event.size > 0 ? event.size : 1);
}

void th_touches_free(th_touches *of) {
    free(of->bits);
    *of = (th_touches){0};
}

void th_touches_update(th_touches *of, const th_timeline *timeline, th_branch_id branch,
                       uint64_t address) {
    const uint64_t length = th_timeline_length(timeline, branch);
    if (of->branch != branch || of->address != address || of->length > length) {
        of->branch = branch;
        of->address = address;
        of->length = 0;
        of->count = 0;
    }
    for (uint64_t step = of->length + 1; step <= length; step++) {
        const uint64_t span = span_of(step);
        if (span / 64 == of->count) {
            of->bits = th_array_reserve(of->bits, of->count, &of->capacity, sizeof(*of->bits));
            of->bits[of->count++] = 0;
        }
        if (!touches(th_timeline_event(timeline, branch, step), address)) continue;
        of->bits[span / 64] |= UINT64_C(1) << span % 64;
    }
    of->length = length;
}

bool th_touches_between(const th_touches *of, const th_timeline *timeline, uint64_t first,
                        uint64_t last) {
    for (uint64_t step = first; step <= last;) {
        const uint64_t span = span_of(step), end = (span + 1) * TH_SPAN_STEPS;
        if ((of->bits[span / 64] >> span % 64 & 1) == 0) {
            step = end + 1;
            continue;
        }
        if ((step - 1) % TH_SPAN_STEPS == 0 && end <= last) return true;
        for (; step <= end && step <= last; step++) {
            if (touches(th_timeline_event(timeline, of->branch, step), of->address)) return true;
        }
    }
    return false;
}

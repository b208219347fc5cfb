// A branch in small: of every TH_SPAN_STEPS steps, which goroutines moved, wrote and raced, so that
// ten million steps are looked over within a frame.
#ifndef TH_GUI_SCENE_SPANS_H
#define TH_GUI_SCENE_SPANS_H

#include "sim/history/timeline.h"

enum { TH_SPAN_STEPS = 64 };

// Bit g is goroutine g's; goroutines from 63 on share the last.
typedef struct th_span {
    uint64_t moved, wrote, raced;
} th_span;

// Zeroed memory is that of nothing.
typedef struct th_spans {
    th_branch_id branch;
    uint64_t length;  // steps that were looked at
    th_span *items;
    uint32_t count, capacity;
} th_spans;

void th_spans_free(th_spans *spans);
// Makes it that of the branch as it is now; looks only at what is new.
void th_spans_update(th_spans *spans, const th_timeline *timeline, th_branch_id branch);
// What happened from step `first` to `last`, exactly; both are steps of the branch.
th_span th_spans_between(const th_spans *spans, const th_timeline *timeline, uint64_t first,
                         uint64_t last);

static inline uint64_t th_span_bit(uint32_t g) { return UINT64_C(1) << (g < 63 ? g : 63); }

// Where an address was touched: a bit for every TH_SPAN_STEPS steps.
typedef struct th_touches {
    th_branch_id branch;
    uint64_t address, length;
    uint64_t *bits;
    uint32_t count, capacity;
} th_touches;

void th_touches_free(th_touches *of);
void th_touches_update(th_touches *of, const th_timeline *timeline, th_branch_id branch,
                       uint64_t address);
bool th_touches_between(const th_touches *touches, const th_timeline *timeline, uint64_t first,
                        uint64_t last);

#endif

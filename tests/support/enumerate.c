#include "tests/support/enumerate.h"

#include "sim/base/assert.h"

#include <string.h>

typedef struct enumeration {
    th_sequences *sequences;
    th_resolver resolver;
    th_label_fn *label;
    void *context;
} enumeration;

// Where a sequence stands.
typedef struct place {
    const th_world *world;
    uint32_t steps, preemptions;
    uint16_t last;  // the goroutine that took the last step
} place;

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

const th_sequence_class *th_sequences_find(const th_sequences *sequences, th_end end,
                                           const char *message, const char *label, bool raced) {
    for (uint32_t i = 0; i < sequences->class_count; i++) {
        const th_sequence_class *known = &sequences->classes[i];
        if (known->end == end && known->raced == raced && same_text(known->message, message) &&
            same_text(known->label, label)) {
            return known;
        }
    }
    return NULL;
}

static void add(const enumeration *job, const place *at) {
    const th_world *world = at->world;
    th_sequences *sequences = job->sequences;
    sequences->count++;
    const th_sequence_class new_class = {
        .end = world->outcome.end,
        .message = world->outcome.message,
        .label = job->label == NULL ? NULL : job->label(job->context, world),
        .raced = world->races.race_count > 0,
        .preemption_count = at->preemptions,
        .step_count = at->steps,
    };
    const th_sequence_class *known = th_sequences_find(
        sequences, (th_end)new_class.end, new_class.message, new_class.label, new_class.raced);
    if (known == NULL) {
        TH_ASSERT(sequences->class_count < TH_SEQUENCE_CLASS_MAX);
        known = &sequences->classes[sequences->class_count];
        sequences->classes[sequences->class_count++] = new_class;
    }
    th_sequence_class *own = &sequences->classes[known - sequences->classes];
    own->count++;
    if (at->preemptions > own->preemption_count) return;
    if (at->preemptions == own->preemption_count && at->steps >= own->step_count) return;
    own->preemption_count = at->preemptions;
    own->step_count = at->steps;
}

static bool can_run(const th_choice *choices, uint32_t count, uint16_t g) {
    for (uint32_t i = 0; i < count; i++) {
        if (choices[i].kind == TH_CHOICE_RUN && choices[i].g == g) return true;
    }
    return false;
}

static place after(const place *at, const th_choice *choices, uint32_t count, th_choice choice) {
    place next = {.steps = at->steps + 1, .preemptions = at->preemptions, .last = at->last};
    if (choice.kind != TH_CHOICE_RUN) return next;
    next.last = choice.g;
    next.preemptions += at->last != choice.g && can_run(choices, count, at->last);
    return next;
}

static bool run_from(const enumeration *job, const place *at) {
    const th_sequences *sequences = job->sequences;
    if (th_world_ended(at->world)) {
        add(job, at);
        return sequences->limit == 0 || sequences->count <= sequences->limit;
    }
    th_choice choices[64];
    const uint32_t count = th_world_choices(at->world, choices, 64);
    TH_ASSERT(count > 0 && count <= 64);
    th_world world = {0};
    th_events events = {0};
    bool goes_on = true;
    for (uint32_t i = 0; i < count && goes_on; i++) {
        place next = after(at, choices, count, choices[i]);
        if (sequences->bounded && next.preemptions > sequences->bound) continue;
        th_world_copy(&world, at->world);
        th_world_step(&world, choices[i], &events);
        const bool settled = th_world_settle(&world, job->resolver, &events);
        TH_ASSERT(settled);
        next.world = &world;
        goes_on = run_from(job, &next);
    }
    th_events_free(&events);
    th_world_free(&world);
    return goes_on;
}

bool th_sequences_run(th_sequences *sequences, const th_world *start, th_resolver resolver,
                      th_label_fn *label, void *context) {
    *sequences = (th_sequences){
        .limit = sequences->limit, .bound = sequences->bound, .bounded = sequences->bounded};
    const enumeration job = {sequences, resolver, label, context};
    return run_from(&job, &(place){.world = start});
}

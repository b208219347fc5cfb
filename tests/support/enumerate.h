// Every maximal sequence of steps of a world, one after the other, by copying worlds: the oracle of
// exploring. It shares nothing with sim/explore and is as simple as it can be.
#ifndef TH_TESTS_SUPPORT_ENUMERATE_H
#define TH_TESTS_SUPPORT_ENUMERATE_H

#include "sim/world/world.h"

enum { TH_SEQUENCE_CLASS_MAX = 64 };

typedef struct th_sequence_class {
    const char *message, *label;  // NULL: none; kept by whoever made them
    uint64_t count;
    uint32_t preemption_count;  // of its simplest sequence: fewest preemptions, then steps
    uint32_t step_count;
    uint8_t end;  // th_end
    bool raced;
} th_sequence_class;

typedef struct th_sequences {
    uint64_t count, limit;  // stops beyond that many; 0: never
    uint32_t bound;         // leaves out what has more preemptions, when `bounded`
    bool bounded;
    uint32_t class_count;
    th_sequence_class classes[TH_SEQUENCE_CLASS_MAX];
} th_sequences;

// The label of an ended world; NULL: none.
typedef const char *th_label_fn(void *context, const th_world *world);

// Runs all sequences from a settled world. `label` may be NULL. False: the limit was reached.
bool th_sequences_run(th_sequences *sequences, const th_world *start, th_resolver resolver,
                      th_label_fn *label, void *context);

const th_sequence_class *th_sequences_find(const th_sequences *sequences, th_end end,
                                           const char *message, const char *label, bool raced);

#endif

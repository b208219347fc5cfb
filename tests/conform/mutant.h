// Traces, whole and damaged, for the tests and the fuzzer of `tophash conform`.
#ifndef TH_TESTS_CONFORM_MUTANT_H
#define TH_TESTS_CONFORM_MUTANT_H

#include "gui/cli/conform_replay.h"
#include "sim/base/rng.h"

// A text that may be changed. Free the bytes with free().
typedef struct th_trace_text {
    char *bytes;
    size_t length;
} th_trace_text;

// A whole file. False: it cannot be read.
bool th_trace_read(const char *path, th_trace_text *text);
// A damaged copy: bits flipped, digits changed, cut, lines dropped, doubled, in another order, or
// taken from another trace.
th_trace_text th_trace_mutant(const th_trace_text *text, const th_trace_text *other, th_rng *rng);
// Replays a text. Free the replay.
th_replay_end th_trace_replay(const th_trace_text *text, th_replay *replay);

#endif

// Replays a trace that is in memory, for the tests and the fuzzer of `tophash conform`.
#ifndef TH_TESTS_CONFORM_REPLAY_TEXT_H
#define TH_TESTS_CONFORM_REPLAY_TEXT_H

#include "gui/cli/conform_replay.h"
#include "tests/support/mutant.h"

// Free the replay.
th_replay_end th_replay_text(const th_mutant *text, th_replay *replay);

#endif

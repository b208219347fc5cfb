#include "tests/conform/replay_text.h"

#include "sim/base/assert.h"

#include <stdio.h>

th_replay_end th_replay_text(const th_mutant *text, th_replay *replay) {
    // fmemopen takes no empty buffer.
    FILE *stream = text->length > 0 ? fmemopen(text->bytes, text->length, "r") : tmpfile();
    TH_ASSERT(stream != NULL);
    const th_replay_end end = th_replay_stream(replay, stream);
    fclose(stream);
    return end;
}

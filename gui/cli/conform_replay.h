// Replays a whole trace.
#ifndef TH_GUI_CLI_CONFORM_REPLAY_H
#define TH_GUI_CLI_CONFORM_REPLAY_H

#include "gui/cli/conform_line.h"

#include <stdio.h>

typedef enum th_replay_end {
    TH_REPLAY_SAME,
    TH_REPLAY_DIFFERENT,  // at `line`: `report` says what
    TH_REPLAY_DAMAGED,    // at `line`: `error` says how
} th_replay_end;

typedef struct th_replay {
    th_conform *conform;
    th_conform_line decoded;  // the line that was read last
    th_conform_report report;
    uint64_t op_count;     // operations done
    uint64_t state_count;  // states compared
    uint64_t line;         // its number, from 1
    char error[TH_CONFORM_ERROR_MAX];
    char *text;  // of the line
    size_t text_size;
    bool cut;  // the line has no newline
} th_replay;

// Reads the stream to its end or to the first line that is not as it should be. The caller closes
// the stream and frees the replay.
th_replay_end th_replay_stream(th_replay *replay, FILE *stream);
void th_replay_free(th_replay *replay);

#endif

// A scenario loaded from its file and played: what run, check, trace and export begin with.
#ifndef TH_GUI_CLI_SESSION_H
#define TH_GUI_CLI_SESSION_H

#include "gui/cli/args.h"
#include "gui/files/saved.h"
#include "sim/script/scenario.h"

enum { TH_SESSION_ERROR_MAX = TH_PATH_MAX + 512 };

// What the options --schedule, --seed and --fix say. Zero: nothing.
typedef struct th_run_options {
    const char *schedule;
    const char *fix;
    uint64_t seed;
    bool has_seed;
} th_run_options;

// False, after a message: wrong usage.
bool th_run_options_read(const th_args *args, th_run_options *options);

typedef struct th_session {
    th_run_options options;
    th_saved saved;  // what FILE was, when it was a saved run
    char saved_path[TH_PATH_MAX];
    char path[TH_PATH_MAX];
    char *source;
    size_t source_length;
    th_scenario *scenario;
    th_schedule *schedule;  // NULL: the seed alone
    th_timeline *timeline;
    const char *label;                 // of `finally`; NULL: none
    char error[TH_SESSION_ERROR_MAX];  // one line, without "tophash: "
} th_session;

// Loads FILE (or a lesson's name). False: session->error; to be closed all the same.
bool th_session_load(th_session *session, const char *name, const th_run_options *options);
// Only finds and reads the file, for those that load it themselves.
bool th_session_read(th_session *session, const char *name, const th_run_options *options);
// Plays it to its end on the trunk of a new timeline, and runs its `finally`.
bool th_session_play(th_session *session);
void th_session_close(th_session *session);

th_scenario_desc th_session_desc(const th_session *session);
// Whether the options ask for another run than the scenario's own (th_scene_index.other_run).
bool th_session_is_other_run(const th_session *session);

// The run's choices as a schedule text; free it. NULL: out of memory.
char *th_session_schedule_text(const th_session *session);

#endif

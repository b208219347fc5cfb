// The command line: what every subcommand is made of.
//
// A subcommand is one file with one `th_command`, and one word in TH_COMMANDS. Its options are
// words of TH_OPTIONS, so that an option has the same meaning and the same help everywhere.
#ifndef TH_GUI_CLI_CLI_H
#define TH_GUI_CLI_CLI_H

#include "gui/files/read.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TH_VERSION "0.1.0"

// Exit statuses.
typedef enum th_exit {
    TH_EXIT_OK = 0,
    TH_EXIT_BAD = 1,     // bad input, or output that cannot be written
    TH_EXIT_FAILED = 2,  // the simulated program failed, as Go's would
    TH_EXIT_USAGE = 64,  // EX_USAGE of sysexits.h
} th_exit;

// In the order of `tophash help`. X(name)
#define TH_COMMANDS(X) \
    X(play)            \
    X(export)          \
    X(check)           \
    X(run)             \
    X(explore)         \
    X(trace)           \
    X(conform)         \
    X(list)            \
    X(new)             \
    X(help)

// X(NAME, "name", letter or 0, "VALUE" or NULL for a flag, "help")
#define TH_OPTIONS(X)                                                                \
    X(OUT, "out", 'o', "OUT", "where to write; - is standard output")                \
    X(SCHEDULE, "schedule", 0, "TEXT",                                               \
      "who takes the steps, such as \"writer*5 reader*3 writer*\"")                  \
    X(SEED, "seed", 0, "N", "decides what the schedule leaves open")                 \
    X(FIX, "fix", 0, "NAME", "which of the scenario's cures is in force")            \
    X(JSON, "json", 0, NULL, "print one JSON object")                                \
    X(FORMAT, "format", 0, "NAME", "the kind of the output")                         \
    X(SIZE, "size", 0, "WxH", "pixels of a frame (1920x1080)")                       \
    X(FPS, "fps", 0, "N", "frames a second (30)")                                    \
    X(SPEED, "speed", 0, "X", "how many times faster than usual (1)")                \
    X(STEPS, "steps", 0, "A..B", "from the state after step A to that after step B") \
    X(CLIPS, "clips", 0, NULL, "one file for each caption, numbered")                \
    X(JOBS, "jobs", 0, "N", "threads (one for each processor)")                      \
    X(MODE, "mode", 0, "NAME", "auto, all, dpor, bounded, random or pct")            \
    X(BOUND, "bound", 0, "N", "most preemptions; of pct: changes of priority")       \
    X(LIMIT, "limit", 0, "N|Ns", "stop after that many executions or seconds")       \
    X(SAVE, "save", 0, "FILE", "write a schedule to play, NAME.schedule")            \
    X(OUTCOME, "outcome", 0, "N", "which outcome to save (the worst)")               \
    X(THEME, "theme", 0, "NAME", "dark or light")                                    \
    X(LANG, "lang", 0, "NAME", "en or zh")                                           \
    X(MOTION, "reduced-motion", 0, NULL, "steps show at once, nothing glides")       \
    X(TEXT, "text", 0, NULL, "print a line for each step that is shown")             \
    X(FULLSCREEN, "fullscreen", 0, NULL, "fill the screen")                          \
    X(HELP, "help", 'h', NULL, "say what the command takes")

typedef enum th_option {
#define X(name, text, letter, value, help) TH_OPTION_##name,
    TH_OPTIONS(X)
#undef X
        TH_OPTION_COUNT,
} th_option;

typedef struct th_args {
    const char *value[TH_OPTION_COUNT];  // NULL: not given; "" for a flag that was
    const char *const *operands;
    int operand_count;
} th_args;

typedef struct th_command {
    const char *name;
    const char *operands;          // "FILE"; NULL: none
    int operand_min, operand_max;  // INT_MAX: any number
    const th_option *options;      // besides --help, which all understand
    int option_count;
    const char *summary;  // half a line
    const char *details;  // lines for `help COMMAND`; NULL: none
    int (*run)(const th_args *args);
} th_command;

#define X(name) extern const th_command th_command_##name;
TH_COMMANDS(X)
#undef X

// The i-th command, from 0; NULL past the end. By name; NULL: no such one.
const th_command *th_command_at(int index);
const th_command *th_command_find(const char *name);

typedef struct th_option_facts {
    const char *name;
    char letter;        // 0: none
    const char *value;  // NULL: a flag
    const char *help;
} th_option_facts;
const th_option_facts *th_option_at(th_option option);

// What main calls. Returns the exit status.
int th_cli_main(int argc, char *const *argv);

// "tophash: ..." on standard error, with an end of line. Returns TH_EXIT_BAD.
int th_cli_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
// The same for wrong usage, followed by a hint at `tophash help COMMAND` ("": at tophash help).
// Returns TH_EXIT_USAGE.
int th_cli_usage(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Writes out what printf has buffered. False, after a message: standard output is full or closed.
bool th_cli_flush(void);

#endif

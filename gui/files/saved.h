// A saved run: which scenario, and by which choices. `explore --save` writes it; wherever a
// scenario is asked for, it may be given instead. A text file, NAME.schedule:
//
//     scenario ../scripts/ch3-two-writers.lua
//     seed 7
//     fix mutex
//     schedule A*4 B
//
// The scenario's path counts from the file's folder. seed and fix may be missing.
#ifndef TH_GUI_FILES_SAVED_H
#define TH_GUI_FILES_SAVED_H

#include "gui/files/read.h"

#include <stdint.h>
#include <stdio.h>

typedef struct th_saved {
    char scenario[TH_PATH_MAX];
    char *text;       // owned; `fix` and `schedule` point into it
    const char *fix;  // NULL: none
    const char *schedule;
    int schedule_line;  // of the file
    uint64_t seed;
    bool has_seed;
} th_saved;

// By its name: does the path end in .schedule?
bool th_saved_is(const char *path);
// False: `error` is "path:line: what". Free it by th_saved_free.
bool th_saved_read(const char *path, th_saved *saved, char *error, size_t error_size);
void th_saved_free(th_saved *saved);

// Writes such a file's text. `remark` is one line for people; `scenario` is an absolute path, or
// counts from the file's folder.
void th_saved_print(FILE *stream, const char *remark, const th_saved *saved);

#endif

// The window.
//
//     th_app_desc desc = {.path = path};  // or none: the lesson picker
//     char error[TH_APP_ERROR_MAX];
//     if (!th_app_run(&desc, error, sizeof error)) fprintf(stderr, "tophash: %s\n", error);
#ifndef TH_GUI_APP_APP_H
#define TH_GUI_APP_APP_H

#include "gui/draw/theme.h"
#include "sim/script/scenario.h"

enum { TH_APP_ERROR_MAX = 512 };

// Zero is a sensible default everywhere. Texts are the caller's and must outlive the call.
typedef struct th_app_desc {
    const char *path;  // of the scenario; NULL: the lesson picker
    const char *fix;   // which cure; NULL: the scenario's first
    uint64_t seed;     // when has_seed
    bool has_seed;
    const char *schedule;  // NULL: the scenario's own, else the seed
    double speed;          // steps a second are multiplied by it; 0: 1
    th_theme_name theme;
    th_lang lang;
    bool has_look;  // theme and language were asked for, not only the defaults
    bool fullscreen;
    bool reduced_motion;
    bool text;  // a line on standard output for each step that is shown
} th_app_desc;

// Opens the window and returns when it is closed. False: `error` is one line without an end of
// line ("no display ...", or "file:line: what" for a scenario that does not load).
bool th_app_run(const th_app_desc *desc, char *error, size_t error_size);

#endif

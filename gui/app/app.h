// The window.
//
//     th_app_desc desc = {.scenario = {.path = path, .source = text, .source_length = length}};
//     char error[TH_APP_ERROR_MAX];
//     if (!th_app_run(&desc, error, sizeof error)) fprintf(stderr, "tophash: %s\n", error);
#ifndef TH_GUI_APP_APP_H
#define TH_GUI_APP_APP_H

#include "gui/draw/theme.h"
#include "sim/script/scenario.h"

enum { TH_APP_ERROR_MAX = 512 };

// Zero is a sensible default everywhere but for `scenario`. Texts are the caller's and must outlive
// the call.
typedef struct th_app_desc {
    th_scenario_desc scenario;  // the file's text, its seed and fix
    const char *schedule;       // NULL: the scenario's own, else the seed
    double speed;               // steps a second are multiplied by it; 0: 1
    th_theme_name theme;
    th_lang lang;
    bool fullscreen;
} th_app_desc;

// Opens the window and returns when it is closed. False: `error` is one line without an end of
// line ("no display ...", or "file:line: what" for a scenario that does not load).
bool th_app_run(const th_app_desc *desc, char *error, size_t error_size);

#endif

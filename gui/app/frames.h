// The frames of a played scenario, for gui/export.
//
//     th_frame_source source;
//     if (!th_frames_open(&desc, &source, error, sizeof error)) ...
//     th_export_run(&export_desc, &source, &export_error);
//     th_frames_close(&source);
#ifndef TH_GUI_APP_FRAMES_H
#define TH_GUI_APP_FRAMES_H

#include "gui/draw/theme.h"
#include "gui/export/export.h"
#include "sim/script/scenario.h"

// Zero is a sensible default everywhere but for `scenario`. Texts are the caller's and must outlive
// the source.
typedef struct th_frames_desc {
    th_scenario_desc scenario;  // the file's text, its seed and fix
    const char *schedule;       // NULL: the scenario's own, else the seed
    int width, height;          // pixels; 0: 1920 by 1080
    int fps;                    // frames for each second of playing; 0: 30
    double speed;               // steps a second are multiplied by it; 0: 1
    bool has_steps;             // false: the whole run
    uint64_t first_step;        // the first frame shows the state after that step (0: the start)
    uint64_t last_step;         // the last one that after this; past the end: the end
    bool still;                 // one frame alone: the last of them
    th_theme_name theme;
    th_lang lang;
} th_frames_desc;

// Plays the scenario and prepares its frames: a pure function of the description. False: `error` is
// one line without an end of line (fonts missing, "file:line: what", steps past the end ...).
bool th_frames_open(const th_frames_desc *desc, th_frame_source *source, char *error,
                    size_t error_size);
void th_frames_close(th_frame_source *source);

#endif

// What the files of the window share. Private to gui/app/app*.c.
#ifndef TH_GUI_APP_APP_PARTS_H
#define TH_GUI_APP_APP_PARTS_H

#include "gui/app/announce.h"
#include "gui/app/app.h"
#include "gui/app/file_dialog.h"
#include "gui/app/focus.h"
#include "gui/app/home.h"
#include "gui/app/model.h"
#include "gui/app/pinch.h"
#include "gui/app/speaker.h"
#include "gui/draw/present.h"
#include "gui/draw/raster.h"
#include "gui/files/lessons.h"
#include "gui/files/read.h"
#include "gui/files/saved.h"
#include "gui/view/frame.h"

#include <SDL_events.h>
#include <time.h>

// Two screens share a window: the lesson picker, and a lesson when one is open.
typedef struct th_app {
    const th_app_desc *desc;
    th_home_state home;
    th_model model;
    bool in_lesson;
    char path[TH_PATH_MAX];  // of the open lesson
    char *source;            // its text, which the model borrows
    struct timespec saved;   // when the file was written last
    th_window window;
    th_fonts *fonts;
    bool lacks_chinese;  // no face has it
    th_raster raster;
    bool has_raster;
    th_draw_list list;
    th_hits hits;
    th_focus focus;
    th_pinch pinch;
    th_file_dialog files;
    th_speaker_window speaker;
    th_saved run;  // what was opened was a saved run: its choices
    bool is_saved_run;
    th_announcer announcer;  // of the open lesson
    bool reduced_motion;     // of the lesson that was open last
    bool show_all;           // the window lost its pixels
    bool scrubbing, scrubbing_overview;
    bool naming_began;   // by the last key: its letter is still to come
    bool pressed_label;  // the last press was on the name of another future's lane
    bool dragging;       // the stage
    th_point drag_from;
    uint64_t drag_at;  // bucket in the middle when it began
    bool quit;
} th_app;

// app_lesson.c: what is open. False: `error` is one line, and nothing has changed.
bool th_app_open_lesson(th_app *of, const char *path, char *error, size_t error_size);
// The same, at that step; what goes wrong is told on the lesson picker.
void th_app_open_from_home(th_app *of, const char *path, uint64_t step);
void th_app_close_lesson(th_app *of);
void th_app_note_progress(th_app *of);
// Loads the lesson again when its file was saved.
void th_app_reload(th_app *of);

// app_draw.c: shows the screen that is open.
void th_app_draw(th_app *of);

// app_events.c: what a person does.
void th_app_handle(th_app *of, const SDL_Event *event);

#endif

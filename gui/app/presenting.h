// What a teacher does before a class: from stop to stop with a clicker, laser pointer, magnifying
// glass, black screen, pictures for the handout, the speaker's own window.
//
// Actions set the state; the window does what only it can (full screen, the second window), and
// asks th_presenting_picture for what was to be saved.
#ifndef TH_GUI_APP_PRESENTING_H
#define TH_GUI_APP_PRESENTING_H

#include "gui/draw/text.h"
#include "gui/view/action.h"
#include "gui/view/desk.h"

enum {
    TH_GIF_STEPS = 24,  // of "the last steps": about ten seconds
    TH_TOAST_MAX = 4352,
};

typedef struct th_branch_export th_branch_export;
typedef struct th_model th_model;

// Part of the model. Zero: nobody presents.
typedef struct th_presenting {
    bool on;                 // full screen with a large caption
    bool caption_large;      // larger than at full width
    uint8_t caption_before;  // th_caption_size, for the time after `on`
    bool laser, glass, black;
    bool notes;             // the speaker's window is open
    bool has_point;         // the mouse was seen
    float x, y;             // where, in pixels
    bool wants_picture;     // not yet saved
    th_branch_export *gif;  // under way
    uint64_t gif_first, gif_last;
    uint32_t gif_part;  // done, in hundredths
    char gif_path[TH_TOAST_MAX - 128];
    char toast[TH_TOAST_MAX];  // what was done, until the next action
    bool toast_bad;
} th_presenting;

void th_presenting_free(th_presenting *presenting);

// True: the action is done. A black screen only comes back at the first action, so that nothing
// happens under it.
bool th_presenting_command(th_model *model, th_action action);
// Saving is what S asks for where no list takes it: called after all others.
bool th_presenting_save(th_model *model, th_action action);
// Takes back the glass, the laser or presenting, one at a time. False: none of them is there.
bool th_presenting_back(th_model *model);

// Follows what is being saved. True while it goes on.
bool th_presenting_advance(th_model *model);

// The mouse is there (pixels).
void th_presenting_point(th_model *model, float x, float y);

// Saves the picture that was asked for, of that size, as NAME.png in the working directory, and
// says so; what is laid over the picture (laser, glass, ring) is left out.
void th_presenting_picture(th_model *model, th_fonts *fonts, int width, int height);

// The desk's part. Valid until the next change.
th_desk_presenting th_presenting_look(const th_model *model);

// The step of the next stop after the playhead (or with `back` the last before it): a caption, a
// question, a mark, a race; else the run's end or start.
uint64_t th_presenting_stop(const th_model *model, bool back);

#endif

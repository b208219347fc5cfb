// What lies over the picture: sheets that a person opened, hints at the mouse. No part of the
// moment that is shown, so no part of the scene.
#ifndef TH_GUI_VIEW_DESK_H
#define TH_GUI_VIEW_DESK_H

#include "gui/view/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A sheet covers the screen until it is closed.
typedef enum th_sheet {
    TH_SHEET_NONE,
    TH_SHEET_HELP,
    TH_SHEET_CLAIM,  // of the scenario: what the article says, and what is true of it
} th_sheet;

// A question of the scenario, and how it was answered.
typedef struct th_desk_question {
    const th_note *note;  // NULL: none is asked here
    int given;            // option that was chosen; -1: none yet
    int right;  // the right one, once one was chosen; -1: the run does not tell, see `error`
    uint64_t told_step;  // where the run tells
    uint16_t playable;   // the wrong option's goroutine, which could go next; 0: none
    const char *error;
} th_desk_question;

enum { TH_DESK_MATCH_MAX = 10 };

// The console at the bottom of the stage.
typedef struct th_desk_console {
    bool open;
    const char *line;
    size_t cursor;                           // bytes of the line before it
    const char *said;                        // what came of the last line
    bool bad;                                // it says why nothing came of it
    const char *matches[TH_DESK_MATCH_MAX];  // words that can stand here
    int match_count;
} th_desk_console;

// What a teacher lays over the picture. Pixels.
typedef struct th_desk_presenting {
    bool laser, glass, black;
    bool has_point;  // the mouse has been seen, at x and y
    bool caption_large;
    float x, y;         // where the laser points and the glass lies
    const char *toast;  // what was done; NULL, "": nothing
    bool toast_bad;     // it says why it was not done
} th_desk_presenting;

// Zero: nothing lies over the picture.
typedef struct th_desk {
    bool live;  // a person sits at it: buttons are shown that an exported picture has no use for
    uint8_t sheet;  // th_sheet
    uint16_t hint;  // th_word that explains what lies under the mouse, plus one; 0: none
    th_desk_question question;
    th_desk_console console;
    th_desk_presenting presenting;
    char watch[48];       // name of the address that is watched; "": none
    const char *message;  // what went wrong or was done; NULL, "": nothing
} th_desk;

#endif

// What lies over the picture: sheets that a person opened, hints at the mouse. No part of the
// moment that is shown, so no part of the scene.
#ifndef TH_GUI_VIEW_DESK_H
#define TH_GUI_VIEW_DESK_H

#include "gui/view/words.h"

#include <stdbool.h>

// A sheet covers the screen until it is closed.
typedef enum th_sheet {
    TH_SHEET_NONE,
    TH_SHEET_HELP,
    TH_SHEET_CLAIM,  // of the scenario: what the article says, and what is true of it
} th_sheet;

// Zero: nothing lies over the picture.
typedef struct th_desk {
    bool live;  // a person sits at it: buttons are shown that an exported picture has no use for
    uint8_t sheet;        // th_sheet
    uint16_t hint;        // th_word that explains what lies under the mouse, plus one; 0: none
    const char *message;  // what went wrong or was done; NULL, "": nothing
} th_desk;

#endif

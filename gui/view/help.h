// The key help: every key of both screens, as a table that tests compare with the bindings.
#ifndef TH_GUI_VIEW_HELP_H
#define TH_GUI_VIEW_HELP_H

#include "gui/view/dialog.h"

typedef enum th_help_group {
    TH_HELP_PLAY,
    TH_HELP_TRY,
    TH_HELP_LOOK,
    TH_HELP_EXPLORE,
    TH_HELP_PRESENT,
    TH_HELP_HOME,
    TH_HELP_GENERAL,
    TH_HELP_GROUP_COUNT,
} th_help_group;

typedef struct th_help_row {
    uint8_t group;         // th_help_group
    const char *keys;      // as they are printed on caps, apart by two spaces
    th_word word;          // what they do
    th_action actions[2];  // what they ask for; NONE: a mouse gesture, or nothing more
} th_help_row;

const th_help_row *th_help_rows(int *count);

// Each key can be pressed by mouse, too. `home`: for the lesson picker, whose keys are fewer.
void th_view_help(const th_view *view, th_extent screen, bool home);

#endif

// The sheet on which a file is chosen, drawn over a finished picture.
#ifndef TH_GUI_VIEW_FILES_H
#define TH_GUI_VIEW_FILES_H

#include "gui/view/frame.h"

typedef enum th_files_kind {
    TH_FILES_UP,  // the folder above
    TH_FILES_FOLDER,
    TH_FILES_SCENARIO,
    TH_FILES_SAVED,  // a run
} th_files_kind;

typedef struct th_files_row {
    const char *name;
    uint8_t kind;  // th_files_kind
} th_files_row;

// What it shows. All borrowed.
typedef struct th_files_scene {
    const char *folder;  // its path
    const th_files_row *rows;
    int row_count;
    int chosen;          // row
    const char *filter;  // what was typed
    const char *error;   // why a folder was not opened; "": nothing
} th_files_scene;

// Draws it upon `list`; from then on `hits` are the sheet's alone. A row answers with
// TH_ACTION_FILE and its number.
void th_view_files(const th_files_scene *files, const th_theme *theme, th_lang lang, int width,
                   int height, th_fonts *fonts, th_draw_list *list, th_hits *hits);

#endif

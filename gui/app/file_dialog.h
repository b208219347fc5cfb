// Choosing a file in the window itself, so that it works wherever the window does: folders,
// scenarios and saved runs, by mouse, by arrows, or by typing a part of the name.
#ifndef TH_GUI_APP_FILE_DIALOG_H
#define TH_GUI_APP_FILE_DIALOG_H

#include "gui/files/folder.h"
#include "gui/files/read.h"
#include "gui/view/action.h"
#include "gui/view/files.h"

enum { TH_FILE_FILTER_MAX = 64 };

// Zero: closed.
typedef struct th_file_dialog {
    bool open;
    char path[TH_PATH_MAX];  // of the folder; "": none was seen yet
    th_folder folder;
    th_files_row *rows;  // those that fit the filter; names are the folder's
    int row_count, chosen;
    char filter[TH_FILE_FILTER_MAX];
    char error[TH_PATH_MAX + 128];
    char *picked;  // path of the file that was chosen, owned; NULL: none
    th_files_scene scene;
} th_file_dialog;

// Opens it where it was last, the first time in `folder`.
void th_file_dialog_open(th_file_dialog *dialog, const char *folder);
void th_file_dialog_free(th_file_dialog *dialog);

// While it is open. FILE: chooses that row, or opens the one that is chosen; FILES, BACK: closes.
void th_file_dialog_command(th_file_dialog *dialog, th_action action, uint64_t argument);
// A key (SDL_Keycode) that is no letter.
void th_file_dialog_key(th_file_dialog *dialog, int32_t key);
void th_file_dialog_type(th_file_dialog *dialog, const char *text);

// Valid until the next change.
const th_files_scene *th_file_dialog_scene(th_file_dialog *dialog);

#endif

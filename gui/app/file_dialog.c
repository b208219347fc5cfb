#define _GNU_SOURCE
#include "gui/app/file_dialog.h"

#include "gui/draw/utf8.h"
#include "sim/base/assert.h"

#include <SDL_keycode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PAGE_ROWS = 10 };

static bool contains(const char *text, const char *part) {
    const size_t length = strlen(part);
    for (; strlen(text) >= length; text++) {
        if (strncasecmp(text, part, length) == 0) return true;
        if (*text == '\0') break;
    }
    return false;
}

// What fits the filter; the way up only while there is none.
static void refresh(th_file_dialog *dialog) {
    static const th_files_kind KINDS[] = {
        [TH_FOLDER_UP] = TH_FILES_UP,
        [TH_FOLDER_FOLDER] = TH_FILES_FOLDER,
        [TH_FOLDER_SCENARIO] = TH_FILES_SCENARIO,
        [TH_FOLDER_SAVED] = TH_FILES_SAVED,
    };
    const int count = dialog->folder.count;
    dialog->rows = realloc(dialog->rows, (size_t)(count + 1) * sizeof(*dialog->rows));
    TH_ASSERT(dialog->rows != NULL);
    dialog->row_count = 0;
    for (int i = 0; i < count; i++) {
        const th_folder_entry *entry = &dialog->folder.items[i];
        const bool fits = dialog->filter[0] == '\0' ||
                          (entry->kind != TH_FOLDER_UP && contains(entry->name, dialog->filter));
        if (fits) {
            dialog->rows[dialog->row_count++] =
                (th_files_row){.name = entry->name, .kind = (uint8_t)KINDS[entry->kind]};
        }
    }
    dialog->chosen = 0;
    // The first that is not the way up.
    if (dialog->filter[0] == '\0' && dialog->row_count > 1 &&
        dialog->folder.items[0].kind == TH_FOLDER_UP) {
        dialog->chosen = 1;
    }
}

// Where that cannot be read it stays where it is and says why.
static void enter(th_file_dialog *dialog, const char *path) {
    char *real = realpath(path, NULL);
    const char *to = real != NULL ? real : path;
    dialog->error[0] = '\0';
    if (strlen(to) < sizeof(dialog->path) &&
        th_folder_read(to, &dialog->folder, dialog->error, sizeof(dialog->error))) {
        snprintf(dialog->path, sizeof(dialog->path), "%s", to);
        dialog->filter[0] = '\0';
    }
    free(real);
    refresh(dialog);
}

static void go(th_file_dialog *dialog, const char *name) {
    char path[2 * TH_PATH_MAX];
    snprintf(path, sizeof(path), "%s/%s", dialog->path, name);
    enter(dialog, path);
}

void th_file_dialog_open(th_file_dialog *dialog, const char *folder) {
    dialog->open = true;
    char where[TH_PATH_MAX];
    snprintf(where, sizeof(where), "%s", dialog->path[0] != '\0' ? dialog->path : folder);
    enter(dialog, where);
}

void th_file_dialog_free(th_file_dialog *dialog) {
    th_folder_free(&dialog->folder);
    free(dialog->rows);
    free(dialog->picked);
    *dialog = (th_file_dialog){0};
}

static void open_chosen(th_file_dialog *dialog) {
    if (dialog->chosen >= dialog->row_count) return;
    const th_files_row *entry = &dialog->rows[dialog->chosen];
    if (entry->kind <= TH_FILES_FOLDER) {
        go(dialog, entry->name);
        return;
    }
    const bool root = strcmp(dialog->path, "/") == 0;
    free(dialog->picked);
    if (asprintf(&dialog->picked, "%s/%s", root ? "" : dialog->path, entry->name) < 0) {
        TH_ASSERT(false);
    }
    dialog->open = false;
}

static void move(th_file_dialog *dialog, int by) {
    const int last = dialog->row_count > 0 ? dialog->row_count - 1 : 0;
    const int to = dialog->chosen + by;
    dialog->chosen = to < 0 ? 0 : to > last ? last : to;
}

void th_file_dialog_command(th_file_dialog *dialog, th_action action, uint64_t argument) {
    switch (action) {
    case TH_ACTION_FILE:
        if (argument >= (uint64_t)dialog->row_count) break;
        if (dialog->chosen == (int)argument)
            open_chosen(dialog);
        else
            dialog->chosen = (int)argument;
        break;
    case TH_ACTION_CONFIRM: open_chosen(dialog); break;
    case TH_ACTION_FILES:
    case TH_ACTION_BACK: dialog->open = false; break;
    default: break;
    }
}

static void erase(th_file_dialog *dialog) {
    const size_t length = strlen(dialog->filter);
    if (length == 0) {
        go(dialog, "..");
        return;
    }
    dialog->filter[th_utf8_before(dialog->filter, length)] = '\0';
    refresh(dialog);
}

void th_file_dialog_key(th_file_dialog *dialog, int32_t key) {
    switch (key) {
    case SDLK_UP: move(dialog, -1); break;
    case SDLK_DOWN: move(dialog, 1); break;
    case SDLK_PAGEUP: move(dialog, -PAGE_ROWS); break;
    case SDLK_PAGEDOWN: move(dialog, PAGE_ROWS); break;
    case SDLK_HOME: move(dialog, -dialog->row_count); break;
    case SDLK_END: move(dialog, dialog->row_count); break;
    case SDLK_LEFT: go(dialog, ".."); break;
    case SDLK_RIGHT:
    case SDLK_RETURN:
    case SDLK_KP_ENTER: open_chosen(dialog); break;
    case SDLK_BACKSPACE: erase(dialog); break;
    case SDLK_ESCAPE: dialog->open = false; break;
    default: break;
    }
}

void th_file_dialog_type(th_file_dialog *dialog, const char *text) {
    const size_t length = strlen(dialog->filter), more = strlen(text);
    if (length + more >= sizeof(dialog->filter)) return;
    memcpy(dialog->filter + length, text, more + 1);
    refresh(dialog);
}

const th_files_scene *th_file_dialog_scene(th_file_dialog *dialog) {
    dialog->scene = (th_files_scene){
        .folder = dialog->path,
        .rows = dialog->rows,
        .row_count = dialog->row_count,
        .chosen = dialog->chosen,
        .filter = dialog->filter,
        .error = dialog->error,
    };
    return &dialog->scene;
}

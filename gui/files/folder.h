// What a folder holds that can be opened here.
#ifndef TH_GUI_FILES_FOLDER_H
#define TH_GUI_FILES_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum th_folder_kind {
    TH_FOLDER_UP,  // the folder above
    TH_FOLDER_FOLDER,
    TH_FOLDER_SCENARIO,  // NAME.lua
    TH_FOLDER_SAVED,     // NAME.schedule
} th_folder_kind;

typedef struct th_folder_entry {
    char *name;    // owned
    uint8_t kind;  // th_folder_kind
} th_folder_entry;

// Zero: an empty one.
typedef struct th_folder {
    th_folder_entry *items;  // the way up, then folders, then files, each by name
    int count, capacity;
} th_folder;

// Replaces what `folder` held; hidden files are left out. False: `error` is "path: what", one
// line, and nothing has changed.
bool th_folder_read(const char *path, th_folder *folder, char *error, size_t error_size);
void th_folder_free(th_folder *folder);

#endif

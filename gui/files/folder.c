#define _GNU_SOURCE
#include "gui/files/folder.h"

#include "gui/files/read.h"
#include "gui/files/saved.h"
#include "sim/base/assert.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void add(th_folder *folder, const char *name, th_folder_kind kind) {
    if (folder->count == folder->capacity) {
        folder->capacity = folder->capacity > 0 ? folder->capacity * 2 : 32;
        folder->items = realloc(folder->items, (size_t)folder->capacity * sizeof(*folder->items));
        TH_ASSERT(folder->items != NULL);
    }
    char *copy = strdup(name);
    TH_ASSERT(copy != NULL);
    folder->items[folder->count++] = (th_folder_entry){.name = copy, .kind = (uint8_t)kind};
}

static bool ends_with(const char *text, const char *ending) {
    const size_t length = strlen(text), most = strlen(ending);
    return length > most && strcmp(text + length - most, ending) == 0;
}

// False: it is nothing that can be opened here.
static bool kind_of(const char *path, const char *name, th_folder_kind *kind) {
    char full[TH_PATH_MAX];
    struct stat facts;
    const int length = snprintf(full, sizeof(full), "%s/%s", path, name);
    if (name[0] == '.' || length < 0 || (size_t)length >= sizeof(full)) return false;
    if (stat(full, &facts) != 0) return false;
    if (S_ISDIR(facts.st_mode))
        *kind = TH_FOLDER_FOLDER;
    else if (S_ISREG(facts.st_mode) && ends_with(name, ".lua"))
        *kind = TH_FOLDER_SCENARIO;
    else if (S_ISREG(facts.st_mode) && th_saved_is(name))
        *kind = TH_FOLDER_SAVED;
    else
        return false;
    return true;
}

static int compare(const void *a, const void *b) {
    const th_folder_entry *left = a, *right = b;
    const bool left_file = left->kind > TH_FOLDER_FOLDER,
               right_file = right->kind > TH_FOLDER_FOLDER;
    if (left_file != right_file) return left_file ? 1 : -1;
    return strcmp(left->name, right->name);
}

bool th_folder_read(const char *path, th_folder *folder, char *error, size_t error_size) {
    DIR *stream = opendir(path);
    if (stream == NULL) {
        snprintf(error, error_size, "%s: %s", path, strerror(errno));
        return false;
    }
    th_folder_free(folder);
    const struct dirent *entry;
    th_folder_kind kind;
    while ((entry = readdir(stream)) != NULL) {
        if (kind_of(path, entry->d_name, &kind)) add(folder, entry->d_name, kind);
    }
    closedir(stream);
    if (folder->count > 0) {
        qsort(folder->items, (size_t)folder->count, sizeof(*folder->items), compare);
    }
    if (strcmp(path, "/") == 0) return true;
    add(folder, "..", TH_FOLDER_UP);
    const th_folder_entry up = folder->items[folder->count - 1];
    memmove(folder->items + 1, folder->items, (size_t)(folder->count - 1) * sizeof(up));
    folder->items[0] = up;
    return true;
}

void th_folder_free(th_folder *folder) {
    for (int i = 0; i < folder->count; i++) free(folder->items[i].name);
    free(folder->items);
    *folder = (th_folder){0};
}

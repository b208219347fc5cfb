#define _GNU_SOURCE  // readlink, realpath, strdup
#include "gui/files/lessons.h"

#include "gui/files/read.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void th_paths_free(th_paths *paths) {
    for (int i = 0; i < paths->count; i++) free(paths->items[i]);
    free(paths->items);
    *paths = (th_paths){0};
}

static bool paths_add(th_paths *paths, const char *path) {
    if (paths->count == paths->capacity) {
        const int capacity = paths->capacity ? paths->capacity * 2 : 32;
        char **items = realloc(paths->items, (size_t)capacity * sizeof(*items));
        if (items == NULL) return false;
        paths->items = items;
        paths->capacity = capacity;
    }
    char *copy = strdup(path);
    if (copy == NULL) return false;
    paths->items[paths->count++] = copy;
    return true;
}

static bool is_folder(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

static bool join(const char *folder, const char *name, char *path, size_t path_size) {
    const size_t length = strlen(folder);
    const char *slash = length > 0 && folder[length - 1] == '/' ? "" : "/";
    const int needed = snprintf(path, path_size, "%s%s%s", folder, slash, name);
    return needed >= 0 && (size_t)needed < path_size;
}

// The folder of the program itself.
static bool program_folder(char *path, size_t path_size) {
    const ssize_t length = readlink("/proc/self/exe", path, path_size - 1);
    if (length <= 0) return false;
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (slash == NULL) return false;
    *slash = '\0';
    return true;
}

bool th_lessons_folder(char *path, size_t path_size) {
    const char *chosen = getenv("TOPHASH_SCRIPTS");
    if (chosen != NULL && *chosen != '\0') {
        return join(chosen, "", path, path_size) && is_folder(path);
    }
    static const char *const PLACES[] = {"../share/tophash/scripts", "../scripts", "../../scripts"};
    char program[TH_PATH_MAX];
    char place[TH_PATH_MAX + 32];
    if (program_folder(program, sizeof program)) {
        for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
            if (!join(program, PLACES[i], place, sizeof place) || !is_folder(place)) continue;
            char clean[TH_PATH_MAX];
            const char *shown = realpath(place, clean) != NULL ? clean : place;
            return (size_t)snprintf(path, path_size, "%s", shown) < path_size;
        }
    }
    return (size_t)snprintf(path, path_size, "scripts") < path_size && is_folder(path);
}

static bool is_scenario_name(const char *name) {
    const size_t length = strlen(name);
    return length > 4 && name[0] != '.' && strcmp(name + length - 4, ".lua") == 0;
}

static bool is_searched(const char *name) { return name[0] != '.' && strcmp(name, "lib") != 0; }

static bool collect(const char *folder, th_paths *found, char *error, size_t error_size) {
    DIR *entries = opendir(folder);
    if (entries == NULL) {
        snprintf(error, error_size, "%s: %s", folder, strerror(errno));
        return false;
    }
    bool good = true;
    for (struct dirent *entry = readdir(entries); entry != NULL && good; entry = readdir(entries)) {
        char path[TH_PATH_MAX];
        if (!join(folder, entry->d_name, path, sizeof path)) continue;
        if (is_folder(path)) {
            if (is_searched(entry->d_name)) good = collect(path, found, error, error_size);
        } else if (is_scenario_name(entry->d_name)) {
            good = paths_add(found, path);
            if (!good) snprintf(error, error_size, "out of memory");
        }
    }
    closedir(entries);
    return good;
}

static int compare(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool th_lessons_in(const char *path, th_paths *found, char *error, size_t error_size) {
    if (!is_folder(path)) return paths_add(found, path);
    if (!collect(path, found, error, error_size)) return false;
    if (found->count > 0) qsort(found->items, (size_t)found->count, sizeof(char *), compare);
    return true;
}

// The lesson's file below the folder of the lessons.
static bool find_lesson(const char *name, char *path, size_t path_size) {
    char folder[TH_PATH_MAX];
    char error[TH_PATH_MAX];
    if (!th_lessons_folder(folder, sizeof folder)) return false;
    th_paths all = {0};
    bool found = false;
    if (th_lessons_in(folder, &all, error, sizeof error)) {
        const size_t length = strlen(name);
        for (int i = 0; i < all.count && !found; i++) {
            const char *slash = strrchr(all.items[i], '/');
            const char *base = slash != NULL ? slash + 1 : all.items[i];
            found = strncmp(base, name, length) == 0 && strcmp(base + length, ".lua") == 0;
            if (found) snprintf(path, path_size, "%s", all.items[i]);
        }
    }
    th_paths_free(&all);
    return found;
}

bool th_lesson_path(const char *name, char *path, size_t path_size) {
    const bool is_name = strchr(name, '/') == NULL && !is_scenario_name(name);
    if (is_name && access(name, F_OK) != 0 && find_lesson(name, path, path_size)) return true;
    const int needed = snprintf(path, path_size, "%s", name);
    return needed >= 0 && (size_t)needed < path_size;
}

#include "gui/app/progress.h"

#include "sim/base/assert.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 1024, FILE_BYTES_MAX = 1 << 20 };

// The file's path; `make`: its folders too. False: there is no home to keep things in.
static bool path_of(char *out, size_t size, bool make) {
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    int length;
    if (state != NULL && state[0] == '/') {
        length = snprintf(out, size, "%s/tophash/progress.json", state);
    } else {
        if (home == NULL || home[0] != '/') return false;
        length = snprintf(out, size, "%s/.local/state/tophash/progress.json", home);
    }
    if (length < 0 || (size_t)length >= size) return false;
    for (char *at = out + 1; make && *at != '\0'; at++) {
        if (*at != '/') continue;
        *at = '\0';
        mkdir(out, 0700);
        *at = '/';
    }
    return true;
}

static th_progress_entry *entry_of(th_progress *progress, const char *id) {
    for (int i = 0; i < progress->count; i++) {
        if (strcmp(progress->entries[i].id, id) == 0) return &progress->entries[i];
    }
    if (progress->count == progress->capacity) {
        progress->capacity = progress->capacity ? progress->capacity * 2 : 16;
        progress->entries =
            realloc(progress->entries, (size_t)progress->capacity * sizeof(*progress->entries));
        TH_ASSERT(progress->entries != NULL);
    }
    th_progress_entry *entry = &progress->entries[progress->count++];
    *entry = (th_progress_entry){0};
    snprintf(entry->id, sizeof(entry->id), "%s", id);
    return entry;
}

static void copy_string(char *out, size_t size, const cJSON *object, const char *name) {
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    snprintf(out, size, "%s", text != NULL ? text : "");
}

static uint32_t number_of(const cJSON *object, const char *name) {
    const double number = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return number > 0 && number < UINT32_MAX ? (uint32_t)number : 0;
}

static void take(th_progress *progress, const cJSON *root) {
    copy_string(progress->last, sizeof(progress->last), root, "last");
    copy_string(progress->theme, sizeof(progress->theme), root, "theme");
    copy_string(progress->lang, sizeof(progress->lang), root, "lang");
    const cJSON *lessons = cJSON_GetObjectItemCaseSensitive(root, "lessons");
    const cJSON *lesson = NULL;
    cJSON_ArrayForEach(lesson, lessons) {
        if (!cJSON_IsObject(lesson) || lesson->string == NULL) continue;
        const double step = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(lesson, "step"));
        th_progress_entry *entry = entry_of(progress, lesson->string);
        if (step >= 0 && step < 1e15) entry->step = (uint64_t)step;
        entry->done = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(lesson, "done"));
        entry->best_steps = number_of(lesson, "steps");
        entry->best_switches = number_of(lesson, "switches");
    }
}

void th_progress_load(th_progress *progress) {
    *progress = (th_progress){0};
    char path[PATH_BYTES];
    if (!path_of(path, sizeof(path), false)) return;
    FILE *file = fopen(path, "rb");
    if (file == NULL) return;
    char *text = malloc(FILE_BYTES_MAX);
    TH_ASSERT(text != NULL);
    const size_t length = fread(text, 1, FILE_BYTES_MAX, file);
    fclose(file);
    cJSON *root = cJSON_ParseWithLength(text, length);
    if (cJSON_IsObject(root)) take(progress, root);
    cJSON_Delete(root);
    free(text);
}

void th_progress_free(th_progress *progress) {
    free(progress->entries);
    *progress = (th_progress){0};
}

static char *format(const th_progress *progress) {
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "last", progress->last);
    cJSON_AddStringToObject(root, "theme", progress->theme);
    cJSON_AddStringToObject(root, "lang", progress->lang);
    cJSON *lessons = cJSON_AddObjectToObject(root, "lessons");
    for (int i = 0; i < progress->count; i++) {
        cJSON *lesson = cJSON_AddObjectToObject(lessons, progress->entries[i].id);
        cJSON_AddNumberToObject(lesson, "step", (double)progress->entries[i].step);
        cJSON_AddBoolToObject(lesson, "done", progress->entries[i].done);
        if (progress->entries[i].best_steps == 0) continue;
        cJSON_AddNumberToObject(lesson, "steps", progress->entries[i].best_steps);
        cJSON_AddNumberToObject(lesson, "switches", progress->entries[i].best_switches);
    }
    char *text = cJSON_Print(root);
    cJSON_Delete(root);
    return text;
}

void th_progress_save(const th_progress *progress) {
    char path[PATH_BYTES], part[PATH_BYTES + 8];
    if (!path_of(path, sizeof(path), true)) return;
    snprintf(part, sizeof(part), "%s.part", path);
    char *text = format(progress);
    FILE *file = text == NULL ? NULL : fopen(part, "wb");
    if (file != NULL) {
        const bool written = fputs(text, file) >= 0;
        const bool closed = fclose(file) == 0;
        if (!written || !closed || rename(part, path) != 0) unlink(part);
    }
    free(text);
}

const th_progress_entry *th_progress_of(const th_progress *progress, const char *id) {
    for (int i = 0; i < progress->count; i++) {
        if (strcmp(progress->entries[i].id, id) == 0) return &progress->entries[i];
    }
    return NULL;
}

void th_progress_note(th_progress *progress, const char *id, uint64_t step, uint64_t length) {
    th_progress_entry *entry = entry_of(progress, id);
    entry->step = step;
    if (length > 0 && step >= length) entry->done = true;
    snprintf(progress->last, sizeof(progress->last), "%s", id);
}

void th_progress_note_solved(th_progress *progress, const char *id, uint32_t steps,
                             uint32_t switches) {
    th_progress_entry *entry = entry_of(progress, id);
    const bool better = entry->best_steps == 0 || steps < entry->best_steps ||
                        (steps == entry->best_steps && switches < entry->best_switches);
    entry->done = true;
    if (steps == 0 || !better) return;
    entry->best_steps = steps;
    entry->best_switches = switches;
}

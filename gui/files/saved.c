#include "gui/files/saved.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAVED_BYTES_MAX = 16 << 20 };  // a schedule of a million parts

static const char ENDING[] = ".schedule";

bool th_saved_is(const char *path) {
    const size_t length = strlen(path), ending = sizeof(ENDING) - 1;
    return length > ending && strcmp(path + length - ending, ENDING) == 0;
}

// The value behind a word at the start of the line; NULL: another word.
static char *after(char *line, const char *word) {
    const size_t length = strlen(word);
    return strncmp(line, word, length) == 0 && line[length] == ' ' ? line + length + 1 : NULL;
}

static bool take_path(th_saved *saved, const char *file, const char *path) {
    const char *slash = strrchr(file, '/');
    const int folder = path[0] == '/' || slash == NULL ? 0 : (int)(slash - file + 1);
    const int length =
        snprintf(saved->scenario, sizeof(saved->scenario), "%.*s%s", folder, file, path);
    return length > 0 && (size_t)length < sizeof(saved->scenario);
}

static bool take_line(th_saved *saved, const char *file, int number, char *line) {
    const size_t length = strlen(line);
    if (length > 0 && line[length - 1] == '\r') line[length - 1] = '\0';
    char *value = after(line, "scenario");
    if (value != NULL) return take_path(saved, file, value);
    value = after(line, "fix");
    if (value != NULL) return (saved->fix = value) != NULL;
    value = after(line, "schedule");
    if (value != NULL) {
        saved->schedule_line = number;
        return (saved->schedule = value) != NULL;
    }
    value = after(line, "seed");
    if (value == NULL) return line[0] == '\0' || line[0] == '#';
    char *end;
    saved->seed = strtoull(value, &end, 10);
    saved->has_seed = true;
    return *end == '\0' && end != value;
}

bool th_saved_read(const char *path, th_saved *saved, char *error, size_t error_size) {
    *saved = (th_saved){0};
    size_t length = 0;
    if (!th_file_read(path, SAVED_BYTES_MAX, &saved->text, &length, error, error_size))
        return false;
    int number = 1;
    for (char *line = saved->text, *next; line != NULL; line = next, number++) {
        next = strchr(line, '\n');
        if (next != NULL) *next++ = '\0';
        if (take_line(saved, path, number, line)) continue;
        snprintf(error, error_size, "%s:%d: not a line of a saved run", path, number);
        th_saved_free(saved);
        return false;
    }
    if (saved->scenario[0] != '\0' && saved->schedule != NULL) return true;
    snprintf(error, error_size, "%s: no saved run: it needs a scenario and a schedule", path);
    th_saved_free(saved);
    return false;
}

void th_saved_print(FILE *stream, const char *remark, const th_saved *saved) {
    fprintf(stream, "# %s\nscenario %s\n", remark, saved->scenario);
    if (saved->has_seed) fprintf(stream, "seed %" PRIu64 "\n", saved->seed);
    if (saved->fix != NULL) fprintf(stream, "fix %s\n", saved->fix);
    fprintf(stream, "schedule %s\n", saved->schedule);
}

void th_saved_free(th_saved *saved) {
    free(saved->text);
    *saved = (th_saved){0};
}

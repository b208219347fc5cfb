#include "gui/files/libraries.h"

#include "gui/files/lessons.h"
#include "gui/files/read.h"
#include "sim/base/limits.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

// The library in `folder`, whose name is `length` bytes long and is followed by "lib/". False: it
// is not there.
static bool find_in(const char *folder, size_t length, const char *name, char *path, size_t size) {
    const char *slash = length == 0 || folder[length - 1] == '/' ? "" : "/";
    const int needed = snprintf(path, size, "%.*s%slib/%s.lua", (int)length, folder, slash, name);
    return needed > 0 && (size_t)needed < size && access(path, F_OK) == 0;
}

static bool read_library(const void *context, const char *name, char **text, size_t *length,
                         char *error, size_t error_size) {
    const char *scenario_path = context;
    const char *slash = strrchr(scenario_path, '/');
    const size_t folder_length = slash == NULL ? 0 : (size_t)(slash - scenario_path) + 1;
    char lessons[TH_PATH_MAX];
    char path[TH_PATH_MAX + 64];
    if (find_in(scenario_path, folder_length, name, path, sizeof path) ||
        (th_lessons_folder(lessons, sizeof lessons) &&
         find_in(lessons, strlen(lessons), name, path, sizeof path))) {
        return th_file_read(path, TH_SCRIPT_SOURCE_BYTES, text, length, error, error_size);
    }
    snprintf(error, error_size,
             "there is no lib/%s.lua, neither beside this file nor with the lessons", name);
    return false;
}

th_libraries th_libraries_beside(const char *scenario_path) {
    return (th_libraries){.context = scenario_path, .read = read_library};
}

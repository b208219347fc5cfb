#define _GNU_SOURCE  // mkstemp, strdup
#include "gui/cli/file.h"

#include "gui/cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// The name beside `path` under which it is written.
static char *temporary_name(const char *path) {
    const size_t size = strlen(path) + sizeof ".XXXXXX";
    char *name = malloc(size);
    if (name != NULL) snprintf(name, size, "%s.XXXXXX", path);
    return name;
}

static bool is_regular_or_new(const char *path) {
    struct stat facts;
    return stat(path, &facts) != 0 || S_ISREG(facts.st_mode);
}

static bool open_temporary(th_output *output) {
    output->temporary = temporary_name(output->path);
    if (output->temporary == NULL) return false;
    const int descriptor = mkstemp(output->temporary);
    if (descriptor < 0) {
        free(output->temporary);
        output->temporary = NULL;
        return false;
    }
    const mode_t mask = umask(0);
    umask(mask);
    fchmod(descriptor, 0666 & ~mask);  // as a file made by its own name
    output->stream = fdopen(descriptor, "w");
    return output->stream != NULL;
}

bool th_output_open(th_output *output, const char *path) {
    *output = (th_output){0};
    errno = 0;
    if (strcmp(path, "-") == 0) {
        output->stream = stdout;
        return true;
    }
    output->path = strdup(path);
    // A device or a pipe is written as it is: renaming would replace it by a file.
    const bool open = output->path != NULL &&
                      (is_regular_or_new(path) ? open_temporary(output)
                                               : (output->stream = fopen(path, "w")) != NULL);
    if (open) return true;
    return th_output_fail(output);
}

bool th_output_fail(th_output *output) {
    th_cli_error("cannot write %s: %s", output->path != NULL ? output->path : "standard output",
                 strerror(errno != 0 ? errno : EIO));
    th_output_discard(output);
    return false;
}

bool th_output_commit(th_output *output) {
    if (output->path == NULL) {
        *output = (th_output){0};
        return th_cli_flush();
    }
    errno = 0;
    bool good = fflush(output->stream) == 0 && !ferror(output->stream);
    if (good) {
        good = fclose(output->stream) == 0;
        output->stream = NULL;
    }
    if (good && output->temporary != NULL) good = rename(output->temporary, output->path) == 0;
    if (!good) return th_output_fail(output);
    free(output->temporary);
    output->temporary = NULL;
    th_output_discard(output);
    return true;
}

void th_output_discard(th_output *output) {
    if (output->stream != NULL && output->path != NULL) fclose(output->stream);
    if (output->temporary != NULL) unlink(output->temporary);
    free(output->temporary);
    free(output->path);
    *output = (th_output){0};
}

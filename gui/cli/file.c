#define _GNU_SOURCE  // mkstemp, strdup
#include "gui/cli/file.h"

#include "gui/cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool refuse(const char *path, const char *what, char *error, size_t error_size) {
    snprintf(error, error_size, "%s: %s", path, what);
    return false;
}

static bool read_open(int descriptor, size_t max, char **text, size_t *length) {
    // One byte more than allowed tells that there is more.
    char *bytes = malloc(max + 2);
    if (bytes == NULL) return false;
    size_t count = 0;
    while (count <= max) {
        const ssize_t got = read(descriptor, bytes + count, max + 1 - count);
        if (got == 0) break;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            free(bytes);
            return false;
        }
        count += (size_t)got;
    }
    bytes[count] = '\0';
    char *fitting = realloc(bytes, count + 1);
    *text = fitting != NULL ? fitting : bytes;
    *length = count;
    return true;
}

bool th_file_read(const char *path, size_t max, char **text, size_t *length, char *error,
                  size_t error_size) {
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return refuse(path, strerror(errno), error, error_size);
    const bool good = read_open(descriptor, max, text, length);
    const int why = errno;
    close(descriptor);
    if (!good) return refuse(path, strerror(why), error, error_size);
    const char *what = NULL;
    char too_large[64];
    if (*length > max) {
        snprintf(too_large, sizeof too_large, "larger than %zu bytes, so it is no scenario", max);
        what = too_large;
    } else if (memchr(*text, '\0', *length) != NULL) {
        what = "not a text file";
    }
    if (what == NULL) return true;
    free(*text);
    *text = NULL;
    return refuse(path, what, error, error_size);
}

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

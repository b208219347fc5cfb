#define _GNU_SOURCE  // O_CLOEXEC
#include "gui/files/read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

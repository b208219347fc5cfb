#define _POSIX_C_SOURCE 200809L

#include "gui/export/out_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gui/export/error.h"
#include "gui/export/out_name.h"

enum { PARTS_AT_ONCE = 512 }; /* below every system's IOV_MAX */

int th_out_write(int descriptor, struct iovec *parts, int part_count) {
    while (part_count > 0) {
        const int count = part_count < PARTS_AT_ONCE ? part_count : PARTS_AT_ONCE;
        const ssize_t written = writev(descriptor, parts, count);
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return errno;
        }
        size_t left = (size_t)written;
        while (part_count > 0 && left >= parts->iov_len) {
            left -= parts->iov_len;
            parts++;
            part_count--;
        }
        if (left > 0) {
            parts->iov_base = (char *)parts->iov_base + left;
            parts->iov_len -= left;
        }
    }
    return 0;
}

bool th_out_create(const char *path, int *descriptor, th_export_error *error) {
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        return th_export_fail_io(error, "write", path, EISDIR); /* now, not after all the work */
    }
    char temporary[TH_OUT_PATH_MAX];
    if (!th_out_temporary(path, temporary, error)) {
        return false;
    }
    *descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return *descriptor >= 0 || th_export_fail_io(error, "write", path, errno);
}

bool th_out_close(const char *path, int descriptor, th_export_error *error) {
    return close(descriptor) == 0 || th_export_fail_io(error, "write", path, errno);
}

bool th_out_commit(const char *path, th_export_error *error) {
    char temporary[TH_OUT_PATH_MAX];
    if (!th_out_temporary(path, temporary, error)) {
        return false;
    }
    return rename(temporary, path) == 0 || th_export_fail_io(error, "write", path, errno);
}

void th_out_discard(const char *path) {
    char temporary[TH_OUT_PATH_MAX];
    th_export_error ignored;
    if (th_out_temporary(path, temporary, &ignored)) {
        unlink(temporary);
    }
}

bool th_out_save(const char *path, struct iovec *parts, int part_count, th_export_error *error) {
    int descriptor = -1;
    if (!th_out_create(path, &descriptor, error)) {
        return false;
    }
    const int failure = th_out_write(descriptor, parts, part_count);
    bool good = th_out_close(path, descriptor, error);
    if (failure != 0) {
        good = th_export_fail_io(error, "write", path, failure);
    }
    good = good && th_out_commit(path, error);
    if (!good) {
        th_out_discard(path);
    }
    return good;
}

#define _POSIX_C_SOURCE 200809L

#include "gui/export/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool th_export_fail(th_export_error *error, th_export_code code, const char *format, ...) {
    error->code = code;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    for (char *c = error->message; *c != '\0'; c++) {
        if (*c == '\n' || *c == '\r') {
            *c = ' '; /* a path or a program's message may hold one, and an error is one line */
        }
    }
    return false;
}

bool th_export_fail_io(th_export_error *error, const char *doing, const char *path, int number) {
    char reason[128];
    if (strerror_r(number, reason, sizeof reason) != 0) {
        snprintf(reason, sizeof reason, "error %d", number);
    }
    return th_export_fail(error, TH_EXPORT_IO, "cannot %s %s: %s", doing, path, reason);
}

bool th_export_fail_cancelled(th_export_error *error) {
    return th_export_fail(error, TH_EXPORT_CANCELLED, "interrupted; nothing was written");
}

bool th_export_fail_memory(th_export_error *error) {
    return th_export_fail(error, TH_EXPORT_NO_MEMORY, "not enough memory for the export");
}

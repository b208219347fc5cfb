/* Filling in a th_export_error. Shared by the files of gui/export. */
#ifndef TH_GUI_EXPORT_ERROR_H
#define TH_GUI_EXPORT_ERROR_H

#include <stdbool.h>

#include "gui/export/export.h"

/* Sets the code and the message (printf style, cut to fit, made one line) and returns false, so
 * that a caller can `return th_export_fail(...)`. */
bool th_export_fail(th_export_error *error, th_export_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* TH_EXPORT_IO: "cannot DOING PATH: what errno says", from the given errno. */
bool th_export_fail_io(th_export_error *error, const char *doing, const char *path, int number);

bool th_export_fail_cancelled(th_export_error *error);
bool th_export_fail_memory(th_export_error *error);

#endif

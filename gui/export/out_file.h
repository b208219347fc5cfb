/* Files that get their final name only once all is well. */
#ifndef TH_GUI_EXPORT_OUT_FILE_H
#define TH_GUI_EXPORT_OUT_FILE_H

#include <stdbool.h>
#include <sys/uio.h>

#include "gui/export/export.h"

/* Writes every byte of `parts`, which it alters. Returns 0 or an errno. */
int th_out_write(int descriptor, struct iovec *parts, int part_count);

/* Makes the temporary file of `path`, over what an earlier crash left there. */
bool th_out_create(const char *path, int *descriptor, th_export_error *error);

/* Closes it; false if that tells of a late failure to write. */
bool th_out_close(const char *path, int descriptor, th_export_error *error);

/* Gives the closed temporary file its name, replacing any file that had it. */
bool th_out_commit(const char *path, th_export_error *error);

/* Writes a whole file that consists of `parts`, which it alters; on failure none is left. */
bool th_out_save(const char *path, struct iovec *parts, int part_count, th_export_error *error);

/* Removes the temporary file, if there is one. */
void th_out_discard(const char *path);

#endif

// Reading the files that a person names.
#ifndef TH_GUI_FILES_READ_H
#define TH_GUI_FILES_READ_H

#include <stdbool.h>
#include <stddef.h>

enum { TH_PATH_MAX = 4096 };  // bytes of a path with its NUL, as on Linux

// Reads a text file of at most `max` bytes; free `*text`, which ends with a NUL that `*length` does
// not count. False: `error` is "path: what", one line.
bool th_file_read(const char *path, size_t max, char **text, size_t *length, char *error,
                  size_t error_size);

#endif

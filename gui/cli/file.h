// Files that the command line reads and writes. Messages go to standard error by th_cli_error
// unless a function has an `error` of its own.
#ifndef TH_GUI_CLI_FILE_H
#define TH_GUI_CLI_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

// Reads a text file of at most `max` bytes; free `*text`, which ends with a NUL that `*length` does
// not count. False: `error` is "path: what", one line.
bool th_file_read(const char *path, size_t max, char **text, size_t *length, char *error,
                  size_t error_size);

// A file that has its name only once it is complete. A zeroed one is not open.
typedef struct th_output {
    FILE *stream;
    char *path;  // NULL: standard output
    char *temporary;
} th_output;

// "-" is standard output. False, after a message.
bool th_output_open(th_output *output, const char *path);
// Gives the file its name. False, after a message, when anything could not be written; then nothing
// is left behind.
bool th_output_commit(th_output *output);
// The stream could not be written, as errno tells: says so and leaves nothing behind. Returns false.
bool th_output_fail(th_output *output);
// Leaves nothing behind. Does nothing to an output that is not open.
void th_output_discard(th_output *output);

#endif

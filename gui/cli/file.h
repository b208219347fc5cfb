// Files that the command line writes. Messages go to standard error by th_cli_error.
#ifndef TH_GUI_CLI_FILE_H
#define TH_GUI_CLI_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

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
// The stream could not be written, as errno tells: says so and leaves nothing behind. Returns
// false.
bool th_output_fail(th_output *output);
// Leaves nothing behind. Does nothing to an output that is not open.
void th_output_discard(th_output *output);

#endif

// Decodes the lines of a trace (docs/conform-format.md). Errors are texts without file and line.
#ifndef TH_GUI_CLI_CONFORM_LINE_H
#define TH_GUI_CLI_CONFORM_LINE_H

#include "sim/conform/conform.h"

#include <cjson/cJSON.h>

enum { TH_CONFORM_ERROR_MAX = 160 };

// The first line of a trace.
typedef struct th_conform_header {
    th_scalar key;
    int64_t hint;
    uint64_t op_count;
} th_conform_header;

// A line, decoded. Free it once the operation is done: `op` points into it.
typedef struct th_conform_line {
    const char *text;
    cJSON *object;
    uint64_t index;  // "i"
    th_conform_op op;
    th_conform_hash *hashes;
    char error[TH_CONFORM_ERROR_MAX];
} th_conform_line;

// `text` is one line, NUL ended. False: line->error. Free the line in either case.
bool th_conform_line_header(th_conform_line *line, const char *text, th_conform_header *header);
// The keys are of the replay's type.
bool th_conform_line_op(th_conform_line *line, const char *text, th_conform *replay);
void th_conform_line_free(th_conform_line *line);

#endif

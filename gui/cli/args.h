// Reading the command line, and the values in it.
#ifndef TH_GUI_CLI_ARGS_H
#define TH_GUI_CLI_ARGS_H

#include "gui/cli/cli.h"

// Parses the words after the program's name and the command's (argv[0] is skipped). 0, or
// TH_EXIT_USAGE after a message. `args->operands` points into `argv`, which is permuted.
int th_args_parse(const th_command *command, int argc, char **argv, th_args *args);

static inline bool th_args_has(const th_args *args, th_option option) {
    return args->value[option] != NULL;
}

// Values. False, after a message that names the option: no such value. When the option is absent
// they leave `*value` as it was.
bool th_args_u64(const th_args *args, th_option option, uint64_t *value);
bool th_args_int(const th_args *args, th_option option, int min, int max, int *value);
bool th_args_number(const th_args *args, th_option option, double min, double max, double *value);
bool th_args_size(const th_args *args, th_option option, int max, int *width, int *height);
// "A..B", "A.." (to the end: UINT64_MAX), "..B", "A" (that step alone).
bool th_args_range(const th_args *args, th_option option, uint64_t *first, uint64_t *last);
// Index of the value in a list that ends with NULL.
bool th_args_word(const th_args *args, th_option option, const char *const *words, int *index);

#endif

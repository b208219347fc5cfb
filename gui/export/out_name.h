/* What an output name means, and the names that are made from it. */
#ifndef TH_GUI_EXPORT_OUT_NAME_H
#define TH_GUI_EXPORT_OUT_NAME_H

#include <stdbool.h>

#include "gui/export/export.h"

enum {
    TH_OUT_PATH_MAX = 4096, /* bytes with the final zero: Linux's PATH_MAX */
    TH_OUT_DIGITS_MAX = 9   /* of a frame number, so that it fits an int */
};

/* A PNG sequence's names: prefix, number of at least `digits` digits, suffix. */
typedef struct th_out_pattern {
    char folder[TH_OUT_PATH_MAX]; /* "." if the name has none */
    char prefix[TH_OUT_PATH_MAX]; /* with the folder, if the name has one */
    char suffix[TH_OUT_PATH_MAX];
    int digits;
} th_out_pattern;

/* Reads `dir/` or a name with exactly one %0Nd in its last part and no other %. False, with
 * TH_EXPORT_BAD_NAME, for any other name, and if `frame_count` does not fit in N digits. */
bool th_out_pattern_parse(const char *out, int frame_count, th_out_pattern *pattern,
                          th_export_error *error);

/* The name of frame `index` (from 0); numbers start at 1. */
void th_out_pattern_path(const th_out_pattern *pattern, int index, char path[TH_OUT_PATH_MAX]);

/* The name to write under until all is well: `.NAME.part` in the same folder. False if it is too
 * long. */
bool th_out_temporary(const char *path, char temporary[TH_OUT_PATH_MAX], th_export_error *error);

#endif

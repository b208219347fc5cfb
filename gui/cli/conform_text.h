// Shows where two texts of a map's buckets differ (docs/conform-format.md has their form).
#ifndef TH_GUI_CLI_CONFORM_TEXT_H
#define TH_GUI_CLI_CONFORM_TEXT_H

#include "sim/gomap/type.h"

#include <stdio.h>

// The first few chains that differ, slot by slot, expected and actual side by side. `expected` may
// be any text; what is not of that form is shown as it is.
void th_conform_text_print(FILE *stream, const th_map_type *type, const char *expected,
                           const char *actual);

#endif

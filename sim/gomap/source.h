// The pseudo-source of the map's routines, in our own words, and where each access stands in it.
#ifndef TH_SIM_GOMAP_SOURCE_H
#define TH_SIM_GOMAP_SOURCE_H

#include "sim/gomap/type.h"

#include <stdint.h>

typedef struct th_source_line {
    const char *text;  // without indentation
    uint8_t indent;    // levels
} th_source_line;

typedef struct th_routine {
    const char *name;    // of the runtime's routine: "mapassign"
    const char *file;    // "runtime/map.go": where the real one stands
    uint16_t real_line;  // in Go 1.19's file
    const th_source_line *lines;
    uint16_t line_count;
} th_routine;

// The routine and line of an access site; false for site 0.
typedef struct th_site {
    const th_routine *routine;
    uint16_t line;  // index into routine->lines
} th_site;
bool th_source_site(uint16_t site, th_site *out);

// The runtime's name of a site's routine for a family: "mapassign_fast64".
const char *th_source_routine_name(uint16_t site, th_family family);

#endif

// Pseudo-source: what a reader is shown of a routine, and the line that each of its steps stands
// on. The texts are our own. sim/gomap and sim/sync have a table each (source.inc); the numbers of
// their access sites do not overlap (sim/world/place.h looks into both).
#ifndef TH_SIM_MEMORY_SOURCE_H
#define TH_SIM_MEMORY_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TH_SITE_SYNC_FIRST = 1024,  // sites of sim/gomap lie below
};

typedef struct th_source_line {
    const char *text;  // without indentation
    uint8_t indent;    // levels
} th_source_line;

typedef struct th_routine {
    const char *name;    // without its package: "mapassign", "(*Mutex).Lock"
    const char *file;    // "runtime/map.go": where the real one stands
    uint16_t real_line;  // in Go 1.19's file
    const th_source_line *lines;
    uint16_t line_count;
} th_routine;

// Where an access site stands.
typedef struct th_site {
    const th_routine *routine;
    uint16_t line;  // index into routine->lines
} th_site;

// In which order routines, their lines and the sites on these follow each other in a source.inc.
typedef enum th_source_mark {
    TH_MARK_ROUTINE,
    TH_MARK_LINE,
    TH_MARK_LINE_SITE,  // a line that holds a site
    TH_MARK_SITE,       // one more site on the line before
} th_source_mark;

typedef struct th_source_table {
    const th_routine *routines;
    const uint8_t *marks;  // th_source_mark
    size_t mark_count;
} th_source_table;

// The place of the nth site of a table, from 1; it has that many.
th_site th_source_find(const th_source_table *table, uint16_t nth);

// "runtime.mapassign", "sync.(*Mutex).Lock": the package is the folder that its file lies in.
// `name`: of the routine, without its package. Cut to `size`.
void th_source_full_name(const char *file, const char *name, char *text, size_t size);

// A function of Go's that a goroutine is inside of, as a dump tells of it.
typedef struct th_call {
    char name[40];     // "sync.(*Mutex).lockSlow"
    const char *file;  // "sync/mutex.go"
    uint16_t line;     // of Go 1.19; 0: not known
} th_call;

enum { TH_CALL_MAX = 8 };

// Innermost first.
typedef struct th_calls {
    th_call items[TH_CALL_MAX];
    uint32_t count;
} th_calls;

// There is room. `file` is static.
void th_calls_add(th_calls *calls, const char *name, const char *file, uint16_t line);

#endif

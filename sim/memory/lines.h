// Cache lines: which core owns which 64 bytes, and what the writes to them cost.
//
// A cost model of false sharing. Its numbers are made up, the effect is real: a core that writes to
// a line which another core (or none yet) owns fetches it first and owns it from then on; its next
// writes are cheap. Goroutines stand for cores, reads are free. Fed with the events of a run, in
// order:
//
//     th_lines lines = {0};
//     for each event: th_lines_take(&lines, event);
//     lines.ticks ... th_lines_of(&lines, address)->owner
//     th_lines_free(&lines);
#ifndef TH_SIM_MEMORY_LINES_H
#define TH_SIM_MEMORY_LINES_H

#include "sim/memory/event.h"

enum {
    TH_LINE_BYTES = 64,
    TH_LINE_FETCH_TICKS = 40,  // a write to a line that is another's
    TH_LINE_OWN_TICKS = 1,     // a write to the core's own line
};

typedef struct th_line {
    uint64_t address;  // of its first byte
    uint64_t write_count, fetch_count;
    uint16_t owner;  // goroutine
} th_line;

typedef struct th_lines {
    th_line *items;  // by address
    uint32_t count, capacity;
    uint64_t write_count, fetch_count;  // of all lines
    uint64_t ticks;
} th_lines;

void th_lines_free(th_lines *lines);
// Counts the event, if it writes to memory: once for each line it touches.
void th_lines_take(th_lines *lines, th_event event);
// The line that holds the address; NULL: nobody has written to it.
const th_line *th_lines_of(const th_lines *lines, uint64_t address);

#endif

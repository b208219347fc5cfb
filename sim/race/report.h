// A race report as text, in the shape of Go's detector.
#ifndef TH_SIM_RACE_REPORT_H
#define TH_SIM_RACE_REPORT_H

#include "sim/base/print.h"
#include "sim/race/detector.h"

enum { TH_RACE_FRAME_MAX = 8 };

// A line of a stack. The texts belong to whoever supplies them, until the next call.
typedef struct th_race_frame {
    const char *function;  // "runtime.mapassign_fast64()"
    const char *file;
    uint32_t line;
} th_race_frame;

// Who knows names. A NULL function says nothing.
typedef struct th_race_names {
    void *context;
    // Innermost first; returns how many, at most TH_RACE_FRAME_MAX.
    uint32_t (*stack)(void *context, const th_race_access *access, th_race_frame *frames);
    // Where g was started; 0 frames for one that the scenario declared.
    uint32_t (*creation)(void *context, uint16_t g, th_race_frame *frames);
    bool (*finished)(void *context, uint16_t g);  // when the race was found
    uint16_t main_g;                              // called "main goroutine"; 0: none
} th_race_names;

// "==================\nWARNING: DATA RACE\nWrite at 0x00c000092000 by goroutine 6:\n ..."
void th_race_print(th_print *out, const th_race_report *report, const th_race_names *names);
// Go's last line: "Found 2 data race(s)\n"; nothing for 0.
void th_race_print_count(th_print *out, uint64_t count);
// One line for a picture: why nothing orders the two.
void th_race_print_why(th_print *out, const th_race_report *report);

#endif

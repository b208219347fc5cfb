// A recorded step in words, for traces.
#ifndef TH_GUI_CLI_STEP_FACTS_H
#define TH_GUI_CLI_STEP_FACTS_H

#include "gui/cli/session.h"

typedef struct th_step_facts {
    uint64_t step;
    th_event event;
    const char *goroutine;  // its name
    const char *kind;
    uint64_t address;
    char name[96];        // of the address; "": none
    uint64_t value;       // read or written
    const char *request;  // what the goroutine was doing: "m[k] = v"
    const char *routine;  // of the runtime: "mapassign_fast64"; NULL: none
    const char *pseudo;   // its line of pseudo-source; NULL: none
    uint32_t line;        // of the scenario's file, 0: none
    const char *source;   // that line, not ended by NUL
    size_t source_length;
} th_step_facts;

// Facts of a step of the trunk. Going through the steps in order is fast. What is pointed to lives
// as long as the session's scenario.
void th_step_facts_of(const th_session *session, uint64_t step, th_step_facts *facts);

#endif

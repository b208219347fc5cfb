#ifndef TH_BASE_LIMITS_H
#define TH_BASE_LIMITS_H

#include <stdint.h>

/*
 * Every capacity of the simulator, in one place, each with the reason for its size. Reaching one
 * is a reported result (or a refused scenario) with a test of its own, never a silent drop.
 * A capacity that takes part in a run's state or hash must not depend on the machine.
 */

enum {
    // Goroutines of one run. Go has no limit; a picture, a clock vector and 14 bits of region do.
    TH_GOROUTINE_MAX = 8192,
    // Requests that take no step (captions, go statements, new) between two steps of a goroutine:
    // a body that loops over nothing else must end, not hang.
    TH_LOCAL_REQUESTS_MAX = 100000,
    /* Real cores have 40 to 80; the explorer copies a buffer with each state, and a picture has
     * room for few. A full one stops its goroutine until an entry has drained. */
    TH_STORE_BUFFER_MAX = 16,
    /* The cases of a select: a bit each in the mask of those that are ready. More are refused. */
    TH_SELECT_CASE_MAX = 32,
    /* 1 MiB of elements at most, so a declared channel cannot eat a region. */
    TH_CHANNEL_CAPACITY_MAX = 65536,
    /* GOMAXPROCS: what a picture can show side by side. */
    TH_PROCS_MAX = 16,
    /* Race reports kept, one for each pair of lines and address; further ones are counted alone.
     * Nobody reads more, and each is searched when a race is found. */
    TH_RACE_REPORT_MAX = 256,
    /* Lua's memory for one scenario, all replays of its bodies together: a lesson takes under 1
     * MiB, a model that builds big tables some more. */
    TH_SCRIPT_BYTES = 64 << 20,
    /* The longest string of a script. Comparing two takes a time that no instruction budget sees;
     * at this length it is two microseconds. */
    TH_SCRIPT_STRING_BYTES = 64 << 10,
    /* The largest block: 131072 elements of a Lua table, as many slots of a stack. Lua goes through
     * a whole block within one instruction now and then. */
    TH_SCRIPT_BLOCK_BYTES = 2 << 20,
    /* Lua instructions for loading a file and for each request of a body: a tenth of a second,
     * which a person does not feel and no honest body needs. */
    TH_SCRIPT_INSTRUCTIONS = 10000000,
    /* A scenario's file. Parsing is no instruction, so this bounds its time: some 50 ms. */
    TH_SCRIPT_SOURCE_BYTES = 1 << 20,
    /* Requests in a row that take no step (captions, allocations, go). More is a loop that would
     * hold the world for ever. */
    TH_SCRIPT_IDLE_MAX = 10000,
    /* Goroutines that start one another before any takes a step: each costs a frame of C's stack.
     */
    TH_SCRIPT_SPAWN_MAX = 500,
    /* Requests that all bodies of a scenario have made, on all paths: half a gigabyte. */
    TH_PROGRAM_NODE_MAX = 4 << 20,
    /* Bodies kept for paths other than the first, least recently used ones dropped: each holds a
     * coroutine and the file's globals, some kilobytes. */
    TH_SCRIPT_SPARE_MAX = 256,
    /* A struct's fields, and its bytes. More fits no picture. */
    TH_LAYOUT_FIELD_MAX = 64,
    TH_LAYOUT_BYTES_MAX = 64 << 10,
    /* Notes of a scenario: each new one is compared with all before it. */
    TH_NOTE_MAX = 4096,
};

// Steps of one run: an endless loop in a body ends here. Ten times what a long lesson takes.
#define TH_STEP_LIMIT_DEFAULT UINT64_C(100000000)

#endif

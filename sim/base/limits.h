#ifndef TH_BASE_LIMITS_H
#define TH_BASE_LIMITS_H

/*
 * Every capacity of the simulator, in one place, each with the reason for its size. Reaching one
 * is a reported result (or a refused scenario) with a test of its own, never a silent drop.
 * A capacity that takes part in a run's state or hash must not depend on the machine.
 */

enum {
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
};

#endif

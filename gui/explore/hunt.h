// Exploring a scenario on several threads, within a time, while somebody watches.
//
// Each thread loads the scenario for itself: worlds and Lua belong to one thread. What is kept in
// memory (all, dpor, bounded) is searched by one thread; single executions (random, pct) are shared
// out, and their findings do not depend on how many threads there are.
#ifndef TH_GUI_EXPLORE_HUNT_H
#define TH_GUI_EXPLORE_HUNT_H

#include "sim/explore/explore.h"
#include "sim/script/scenario.h"

#include <stdatomic.h>

enum { TH_HUNT_JOB_MAX = 64 };

typedef struct th_hunt_desc {
    th_scenario_desc scenario;
    // Picks by itself: `dpor` when that comes to an end in half the time, else what that, `bounded`
    // and `random` find together.
    bool automatic;
    th_explore_mode mode;  // unless automatic
    bool has_bound;
    uint32_t bound;  // see th_explore_desc
    bool has_seed;   // else the scenario's
    uint64_t seed;
    uint64_t execution_limit;  // of random and pct; of the others, states; 0: none
    double seconds;            // 0: until it is complete
    int jobs;                  // threads; 0: one for each processor
    // Becomes true from outside (a signal, a key): stop with what is known. NULL: never.
    const atomic_bool *stop;
    // Called a few times a second by the thread that called th_hunt_run. NULL: nobody watches.
    void (*watch)(void *context, const th_explore_progress *sum, double seconds);
    void *watch_context;
} th_hunt_desc;

typedef struct th_hunt_result {
    // Automatic and not complete: the counts are those of random runs; what only the other searches
    // found has none.
    th_findings *findings;
    double seconds;
    bool automatic;
} th_hunt_result;

// False: `error` is one line.
bool th_hunt_run(const th_hunt_desc *desc, th_hunt_result *result, char *error, size_t error_size);
void th_hunt_free(th_hunt_result *result);

// The desc of a search of a loaded scenario on its own thread. `scenario` must outlive it.
th_explore_desc th_hunt_explore_desc(th_scenario *scenario);

// The 95 % confidence interval of a share of which `hits` of `runs` were seen (Wilson, 1927).
void th_hunt_interval(double hits, double runs, double *low, double *high);

#endif

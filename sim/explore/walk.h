// Single executions: one run of a world from the start to its end, and who decides where it goes.
// Private to sim/explore.
#ifndef TH_SIM_EXPLORE_WALK_H
#define TH_SIM_EXPLORE_WALK_H

#include "sim/explore/explore.h"

// Who decides. Called once before each execution, then once before each step, where there is a
// choice among at least one.
typedef struct th_strategy {
    void (*begin)(struct th_strategy *self, uint64_t execution);
    uint32_t (*pick)(struct th_strategy *self, const th_choice *choices, uint32_t count);
} th_strategy;

// A uniform draw among the choices.
typedef struct th_random {
    th_strategy strategy;
    uint64_t seed;
    uint64_t state;
} th_random;
th_random th_random_make(uint64_t seed);

enum { TH_PCT_DEPTH_MAX = 16, TH_PCT_RANK_MAX = 256 };

// Random priorities; the highest goes on, and at depth - 1 random steps the one that is at it falls
// behind all others. Finds a bug of that depth in one of n * k^(depth-1) executions of n goroutines
// and k steps. Source: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A randomized scheduler with
// probabilistic guarantees of finding bugs", 2010.
typedef struct th_pct {
    th_strategy strategy;
    uint64_t seed;
    uint64_t key;                        // of this execution
    uint64_t length;                     // steps of an execution, about
    uint64_t changes[TH_PCT_DEPTH_MAX];  // the steps
    uint64_t step;
    uint32_t fallen[TH_PCT_RANK_MAX];  // by rank (a goroutine or its buffer): when it fell; 0: not
    uint32_t depth, fallen_count;
} th_pct;
th_pct th_pct_make(uint64_t seed, uint32_t depth, uint64_t length);

// Given choices; those that are not possible are left out. Beyond them, and where it left one out,
// whoever took the last step goes on as long as it can, else the first.
typedef struct th_given {
    th_strategy strategy;
    const th_choice *choices;
    uint32_t count;
    uint32_t next;
    uint16_t last;
    bool missed;  // one was left out
} th_given;
th_given th_given_make(const th_choice *choices, uint32_t count);

// An execution, and room for the next.
typedef struct th_walk {
    const th_explore_desc *desc;
    th_world world;
    th_events events;
    th_choice *choices;  // taken
    uint32_t count, capacity;
    uint32_t preemption_count;
    uint64_t step_max;  // an execution is given up after that many steps; 0: never
    const char *label;  // of the ended world
    th_choice *options;
    uint32_t option_capacity;
    th_explore_progress progress;  // what go_on is told; kept up by whoever runs walks
    bool stopped;                  // by go_on
    const char *error;             // why it failed; NULL: it did not
} th_walk;

// `desc` must outlive it.
void th_walk_init(th_walk *walk, const th_explore_desc *desc);
void th_walk_free(th_walk *walk);
// Runs to the end, or to step_max: the world then has not ended. False: walk->error, or stopped.
bool th_walk_run(th_walk *walk, th_strategy *strategy, uint64_t execution);
static inline bool th_walk_raced(const th_walk *walk) { return walk->world.race_step != 0; }

#endif

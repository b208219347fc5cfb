// Searching the interleavings of a scenario: what can happen, how often, and the simplest way to
// it.
//
//     th_findings *findings = th_explore_run(&(th_explore_desc){
//         .start = start, .resolver = resolver, .mode = TH_EXPLORE_DPOR});
//     for (uint32_t i = 0; i < findings->count; i++) ... findings->items[i] ...
//     th_findings_free(findings);
//
// Runs are told apart by how they ended, the message, the label of `finally`, and whether anything
// raced. Random draws follow the scenario's seed, so only who moves next is explored.
//
// `all`, `dpor` and `bounded` keep the states they have seen and go on from each once. States are
// compared part by part and in full, but for what the race detector knows, of which a 128-bit
// digest is compared: the chance that two of a billion states are taken for one is below 10^-20.
// `dpor` leaves out steps whose order makes no difference (reduce.c says why none of the outcomes
// is lost). Under `go` scheduling it leaves out none. No clock, no threads:
// `go_on` is asked often, and may stop the search. A desc's worlds, resolver and label belong to
// one thread; searches on several threads need a scenario each.
#ifndef TH_SIM_EXPLORE_EXPLORE_H
#define TH_SIM_EXPLORE_EXPLORE_H

#include "sim/explore/count.h"
#include "sim/world/world.h"

// X(NAME, "name")
#define TH_EXPLORE_MODES(X)                                                      \
    X(ALL, "all")         /* every maximal sequence of steps, counted exactly */ \
    X(DPOR, "dpor")       /* a part of them that has all outcomes */             \
    X(BOUNDED, "bounded") /* those of few preemptions, counted exactly */        \
    X(RANDOM, "random")   /* each step by a uniform draw */                      \
    X(PCT, "pct")         /* by random priorities that change at a few points */

typedef enum th_explore_mode {
#define X(name, text) TH_EXPLORE_##name,
    TH_EXPLORE_MODES(X)
#undef X
        TH_EXPLORE_MODE_COUNT,
} th_explore_mode;
const char *th_explore_mode_string(th_explore_mode mode);

typedef struct th_explore_progress {
    uint64_t states;      // kept
    uint64_t steps;       // taken
    uint64_t executions;  // of random and pct
    uint32_t finding_count;
    int64_t bound;     // preemptions of the executions looked at now; -1: any number
    bool simplifying;  // all is found; the simplest schedules are looked for
} th_explore_progress;

typedef struct th_explore_desc {
    const th_world *start;  // settled; must outlive the search
    th_resolver resolver;
    // The label of an ended world, copied. False: it failed. NULL: no labels.
    bool (*label)(void *context, const th_world *world, const char **label);
    void *label_context;
    bool label_ignores_memory;  // it depends on what goroutines said alone (th_goroutine.label)
    // Whether to go on; called at least once in some thousand steps. NULL: always.
    bool (*go_on)(void *context, const th_explore_progress *progress);
    void *go_on_context;
    uint64_t seed;             // of random and pct
    uint64_t execution_limit;  // of random and pct; 0: until go_on says no
    uint64_t state_limit;      // of the others; 0: TH_EXPLORE_STATE_MAX
    uint32_t bound;     // bounded: most preemptions; pct: priority changes. 0 unless has_bound
    bool has_bound;     // else bounded goes on until complete, and pct takes its default
    bool any_schedule;  // do not look for the simplest schedules
    // Random and pct: runs executions number job, job + job_count, ... 0: all of them.
    uint32_t job, job_count;
    uint8_t mode;  // th_explore_mode
} th_explore_desc;

// How it is known that a schedule is the simplest: of the fewest preemptions, then steps.
typedef enum th_proof {
    TH_PROOF_NONE,     // as it was found
    TH_PROOF_SHRUNK,   // the simplest that shrinking it came to
    TH_PROOF_MINIMAL,  // all simpler ones were looked at
} th_proof;
const char *th_proof_string(th_proof proof);  // "found", "shrunk", "minimal"

typedef struct th_finding {
    const char *message;  // NULL: none
    const char *label;    // NULL: none
    th_count count;       // executions; see th_findings.executions
    th_choice *choices;   // a schedule that leads there
    uint32_t choice_count;
    uint32_t preemption_count;
    uint8_t end;    // th_end
    uint8_t proof;  // th_proof
    bool raced;
} th_finding;

typedef struct th_findings {
    th_finding *items;  // sorted by end, message, label, raced
    uint32_t count, capacity;
    // All: maximal sequences of steps; dpor: those that stand for the others; bounded: those within
    // the bound; random and pct: runs.
    th_count executions;
    uint64_t steps;     // taken while searching
    uint64_t states;    // kept
    int64_t bound;      // bounded: all executions of that many preemptions were looked at; -1: none
    uint8_t mode;       // th_explore_mode
    bool complete;      // no execution, of dpor no outcome, was left out
    bool endless;       // some executions never end: they are not counted
    const char *error;  // why the search failed; NULL: it did not
    char **texts;       // owned: what the items' texts point to
    uint32_t text_count, text_capacity;
} th_findings;

enum {
    TH_EXPLORE_STATE_MAX = 16000000,  // some 100 bytes each, when memories are small
    TH_PCT_DEPTH_DEFAULT = 3,         // enough for nearly all known bugs (Burckhardt et al., 2010)
};

// A search that keeps states stops beyond that many bytes: a machine of 8 GiB can spare them.
#define TH_EXPLORE_BYTES_MAX (UINT64_C(3) << 30)

th_findings *th_explore_run(const th_explore_desc *desc);
void th_findings_free(th_findings *findings);
// Adds what another search of the same scenario found: counts are summed, simpler schedules win.
// What is said of the search itself stays `to`'s.
void th_findings_merge(th_findings *to, const th_findings *from);
// The finding of a class; NULL: none. NULL texts stand for none.
const th_finding *th_findings_find(const th_findings *findings, th_end end, const char *message,
                                   const char *label, bool raced);

// Takes the choices on a copy of `start`, which goes to `end` (zeroed or used before) and must be
// freed. False: one of them was not possible, or the resolver refused.
bool th_explore_replay(const th_explore_desc *desc, const th_choice *choices, uint32_t count,
                       th_world *end);

#endif

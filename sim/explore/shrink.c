#include "sim/explore/shrink.h"

#include "sim/base/assert.h"
#include "sim/explore/intern.h"

#include <stdlib.h>
#include <string.h>

// A schedule is tried with each of its preemptions taken out in turn: the steps of the goroutine
// that was preempted are brought forward, or those of the one that preempted it are put off, or all
// from there on is left to run without preemptions. What is simpler and leads to the same is kept,
// until nothing is.

enum { TRIES_MAX = 4000 };  // executions for one schedule

// A candidate may run on for ever where a goroutine spins: one that is so much longer than the
// schedule is no simpler to anybody.
enum { LONGER_TIMES = 4, LONGER_STEPS = 4096 };

typedef struct shrinking {
    th_walk *walk;
    th_finding *finding;
    th_choice *candidate;
    uint32_t candidate_capacity;
    uint32_t tries;
    bool stopped;
} shrinking;

static bool same_text(const char *a, const char *b) {
    if (a == NULL || b == NULL) return a == b;
    return strcmp(a, b) == 0;
}

static bool same_class(const th_walk *walk, const th_finding *finding) {
    return walk->world.outcome.end == finding->end && th_walk_raced(walk) == finding->raced &&
           same_text(walk->world.outcome.message, finding->message) &&
           same_text(walk->label, finding->label);
}

static void keep(shrinking *job) {
    th_finding *finding = job->finding;
    const th_walk *walk = job->walk;
    free(finding->choices);
    finding->choices = malloc((walk->count + UINT64_C(1)) * sizeof(*finding->choices));
    TH_ASSERT(finding->choices != NULL);
    memcpy(finding->choices, walk->choices, walk->count * sizeof(*finding->choices));
    finding->choice_count = walk->count;
    finding->preemption_count = walk->preemption_count;
}

// Runs the candidate and keeps it when it is simpler.
static bool try_candidate(shrinking *job, uint32_t count) {
    th_given given = th_given_make(job->candidate, count);
    const th_finding *finding = job->finding;
    th_walk *walk = job->walk;
    job->tries++;
    walk->step_max = finding->choice_count * UINT64_C(1) * LONGER_TIMES + LONGER_STEPS;
    if (!th_walk_run(walk, &given.strategy, 0)) {
        job->stopped = true;
        return false;
    }
    const bool simpler = walk->preemption_count < finding->preemption_count ||
                         (walk->preemption_count == finding->preemption_count &&
                          walk->count < finding->choice_count);
    if (!simpler || !same_class(walk, finding)) return false;
    keep(job);
    return true;
}

// The end of the run of steps of one goroutine that begins at `from`.
static uint32_t block_end(const th_finding *finding, uint32_t from) {
    uint32_t end = from + 1;
    while (end < finding->choice_count && finding->choices[end].g == finding->choices[from].g &&
           finding->choices[end].kind == finding->choices[from].kind) {
        end++;
    }
    return end;
}

// Puts block [from, until) in front of the one at `to`.
static void move_block(shrinking *job, uint32_t to, uint32_t from, uint32_t until) {
    const th_choice *choices = job->finding->choices;
    th_choice *out = job->candidate;
    memcpy(out, choices, to * sizeof(*out));
    memcpy(out + to, choices + from, (until - from) * sizeof(*out));
    memcpy(out + to + (until - from), choices + to, (from - to) * sizeof(*out));
    const uint32_t rest = job->finding->choice_count - until;
    memcpy(out + until, choices + until, rest * sizeof(*out));
}

// The next block of the same goroutine behind `from`; count when there is none.
static uint32_t next_block(const th_finding *finding, uint32_t from, th_choice like) {
    while (from < finding->choice_count &&
           (finding->choices[from].g != like.g || finding->choices[from].kind != like.kind)) {
        from = block_end(finding, from);
    }
    return from;
}

// Tries what can be done about the block at `at`. True: something helped.
static bool improve_at(shrinking *job, uint32_t at) {
    const th_finding *finding = job->finding;
    const uint32_t end = block_end(finding, at);
    const uint32_t again = next_block(finding, end, finding->choices[at]);
    if (again < finding->choice_count) {
        move_block(job, end, again, block_end(finding, again));
        if (try_candidate(job, finding->choice_count)) return true;
        if (job->stopped) return false;
        move_block(job, at, end, again);  // the others' first: this block goes to its next
        if (try_candidate(job, finding->choice_count)) return true;
        if (job->stopped) return false;
    }
    memcpy(job->candidate, finding->choices, end * sizeof(*job->candidate));
    return try_candidate(job, end);
}

static bool improve(shrinking *job) {
    const th_finding *finding = job->finding;
    job->candidate = th_explore_reserve(job->candidate, finding->choice_count + UINT64_C(1),
                                        &job->candidate_capacity, sizeof(*job->candidate));
    for (uint32_t at = 0; at < finding->choice_count; at = block_end(finding, at)) {
        if (job->stopped || job->tries >= TRIES_MAX) return false;
        if (improve_at(job, at)) return true;
    }
    return false;
}

bool th_shrink(th_walk *walk, th_finding *finding) {
    shrinking job = {.walk = walk, .finding = finding};
    while (improve(&job)) {
    }
    free(job.candidate);
    if (job.stopped) return false;
    finding->proof = TH_PROOF_SHRUNK;
    return true;
}

#include "sim/explore/walk.h"

#include "sim/base/rng.h"
#include "sim/explore/intern.h"

#include <stdlib.h>
#include <string.h>

enum { ASK_EVERY = 8192 };  // steps

// Streams of th_rng_at for executions: apart from those of runs and of goroutines.
enum { RANDOM_STREAM = 0x72616e64, PCT_STREAM = 0x706374 };

// --- strategies ---

static void random_begin(th_strategy *strategy, uint64_t execution) {
    th_random *self = (th_random *)strategy;
    self->state = th_rng_at(self->seed, RANDOM_STREAM, execution);
}

static uint32_t random_pick(th_strategy *strategy, const th_choice *choices, uint32_t count) {
    (void)choices;
    th_random *self = (th_random *)strategy;
    th_rng rng = {self->state};
    const uint32_t pick = (uint32_t)th_rng_below(&rng, count);
    self->state = rng.state;
    return pick;
}

th_random th_random_make(uint64_t seed) {
    return (th_random){.strategy = {random_begin, random_pick}, .seed = seed};
}

static void pct_begin(th_strategy *strategy, uint64_t execution) {
    th_pct *self = (th_pct *)strategy;
    th_rng rng = {th_rng_at(self->seed, PCT_STREAM, execution)};
    self->key = th_rng_next(&rng);
    for (uint32_t i = 0; i + 1 < self->depth; i++) {
        self->changes[i] = 1 + th_rng_below(&rng, self->length);
    }
    memset(self->fallen, 0, sizeof(self->fallen));
    self->fallen_count = 0;
    self->step = 0;
}

// A goroutine, its store buffer and a P have a rank each.
static uint32_t rank_of(th_choice choice) {
    return (choice.g * UINT32_C(3) + choice.kind) % TH_PCT_RANK_MAX;
}

// Whether a has priority over b.
static bool goes_before(const th_pct *self, th_choice a, th_choice b) {
    const uint32_t a_rank = rank_of(a), b_rank = rank_of(b);
    if (self->fallen[a_rank] != self->fallen[b_rank]) {
        return self->fallen[a_rank] < self->fallen[b_rank];
    }
    return th_hash_combine(self->key, a_rank) > th_hash_combine(self->key, b_rank);
}

static uint32_t pct_best(const th_pct *self, const th_choice *choices, uint32_t count) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++) {
        if (goes_before(self, choices[i], choices[best])) best = i;
    }
    return best;
}

static uint32_t pct_pick(th_strategy *strategy, const th_choice *choices, uint32_t count) {
    th_pct *self = (th_pct *)strategy;
    self->step++;
    for (uint32_t i = 0; i + 1 < self->depth; i++) {
        if (self->changes[i] != self->step) continue;
        const uint32_t rank = rank_of(choices[pct_best(self, choices, count)]);
        self->fallen[rank] = ++self->fallen_count;
    }
    return pct_best(self, choices, count);
}

th_pct th_pct_make(uint64_t seed, uint32_t depth, uint64_t length) {
    return (th_pct){
        .strategy = {pct_begin, pct_pick},
        .seed = seed,
        .length = length > 0 ? length : 1,
        .depth = depth < TH_PCT_DEPTH_MAX ? depth : TH_PCT_DEPTH_MAX,
    };
}

static void given_begin(th_strategy *strategy, uint64_t execution) {
    (void)execution;
    th_given *self = (th_given *)strategy;
    self->next = 0;
    self->last = 0;
    self->missed = false;
}

static bool same_choice(th_choice a, th_choice b) {
    return a.g == b.g && a.kind == b.kind && a.value == b.value;
}

static uint32_t given_pick(th_strategy *strategy, const th_choice *choices, uint32_t count) {
    th_given *self = (th_given *)strategy;
    uint32_t pick = count;
    while (self->next < self->count && pick == count) {
        const th_choice wanted = self->choices[self->next++];
        for (pick = 0; pick < count && !same_choice(choices[pick], wanted);) pick++;
        if (pick == count) self->missed = true;
    }
    for (uint32_t i = 0; i < count && pick == count; i++) {
        if (choices[i].kind == TH_CHOICE_RUN && choices[i].g == self->last) pick = i;
    }
    if (pick == count) pick = 0;
    if (choices[pick].kind == TH_CHOICE_RUN) self->last = choices[pick].g;
    return pick;
}

th_given th_given_make(const th_choice *choices, uint32_t count) {
    return (th_given){.strategy = {given_begin, given_pick}, .choices = choices, .count = count};
}

// --- executions ---

void th_walk_init(th_walk *walk, const th_explore_desc *desc) {
    *walk = (th_walk){.desc = desc, .progress.bound = -1};
}

void th_walk_free(th_walk *walk) {
    th_world_free(&walk->world);
    th_events_free(&walk->events);
    free(walk->choices);
    free(walk->options);
    *walk = (th_walk){0};
}

static uint32_t find_options(th_walk *walk) {
    uint32_t count = th_world_choices(&walk->world, walk->options, walk->option_capacity);
    if (count > walk->option_capacity) {
        walk->options = th_explore_reserve(walk->options, count, &walk->option_capacity,
                                           sizeof(*walk->options));
        count = th_world_choices(&walk->world, walk->options, walk->option_capacity);
    }
    return count;
}

static bool is_preemption(const th_choice *options, uint32_t count, uint32_t pick, uint16_t last) {
    if (last == 0 || options[pick].kind != TH_CHOICE_RUN || options[pick].g == last) return false;
    for (uint32_t i = 0; i < count; i++) {
        if (options[i].kind == TH_CHOICE_RUN && options[i].g == last) return true;
    }
    return false;
}

static void take(th_walk *walk, th_choice choice) {
    walk->choices = th_explore_reserve(walk->choices, walk->count + UINT64_C(1), &walk->capacity,
                                       sizeof(*walk->choices));
    walk->choices[walk->count++] = choice;
    walk->events.count = 0;
    th_world_step(&walk->world, choice, &walk->events);
    if (walk->world.race_step != 0) walk->world.skip_races = true;  // one is enough to know
}

static bool classify(th_walk *walk) {
    walk->label = NULL;
    const th_explore_desc *desc = walk->desc;
    if (desc->label == NULL) return true;
    if (desc->label(desc->label_context, &walk->world, &walk->label)) return true;
    walk->error = "finally failed";
    return false;
}

static bool goes_on(th_walk *walk) {
    const th_explore_desc *desc = walk->desc;
    walk->progress.steps++;
    if (walk->progress.steps % ASK_EVERY != 0 || desc->go_on == NULL) return true;
    walk->stopped = !desc->go_on(desc->go_on_context, &walk->progress);
    return !walk->stopped;
}

bool th_walk_run(th_walk *walk, th_strategy *strategy, uint64_t execution) {
    th_world_copy(&walk->world, walk->desc->start);
    walk->count = walk->preemption_count = 0;
    uint16_t last = 0;
    strategy->begin(strategy, execution);
    while (!th_world_ended(&walk->world)) {
        if (walk->step_max != 0 && walk->count >= walk->step_max) return true;
        const uint32_t count = find_options(walk);
        const uint32_t pick = strategy->pick(strategy, walk->options, count);
        walk->preemption_count += is_preemption(walk->options, count, pick, last);
        const th_choice choice = walk->options[pick];
        if (choice.kind == TH_CHOICE_RUN) last = choice.g;
        take(walk, choice);
        if (!goes_on(walk)) return false;
        if (th_world_settled(&walk->world)) continue;  // as after most steps
        if (!th_world_settle(&walk->world, walk->desc->resolver, &walk->events)) {
            walk->error = "a goroutine's body was refused";
            return false;
        }
    }
    return classify(walk);
}

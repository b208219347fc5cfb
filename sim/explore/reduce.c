// Partial order reduction: persistent sets (Godefroid, "Partial-Order Methods for the Verification
// of Concurrent Systems", 1996) whose ground, what goroutines may do in the future, is not known
// beforehand but learnt from the search itself.
//
// At each state a set T of goroutines is chosen, and only their enabled steps are taken. T is
// closed: no goroutine outside T may, as far as is known, ever announce an access in conflict with
// what one in T stands before (a blocked one included: so nobody outside T can unblock it either).
//
// Why no maximal run is lost but for reordering. Let the search be over, so that each state's T is
// closed for all that any expanded state was seen to lead to, and let w be a maximal run from an
// expanded state s. If a step of T is in w, take the first one, t: all before it in w are by
// goroutines outside T, so none is in conflict with t; t can be moved to the front, and the rest of
// w is a shorter run from a state that was expanded. If none is, the enabled ones of T stay enabled
// to the end of w, which then is not maximal; unless w ends the run for all (below). It remains
// that the goroutines outside T announce in w nothing that was not seen: the same argument, by
// induction over the length of w, shows each announced access announced in an expanded state, since
// w's steps can be led around T's until they are taken. That takes that one cannot go around for
// ever: on each cycle of the graph some state is expanded fully (search.c).
//
// A goroutine's store buffer belongs to it: its drains are steps of its own, with the footprint of
// what they write, and an outsider may come to those of the stores it holds besides all that it may
// announce. A goroutine that has returned counts as long as it has stores.
//
// Steps that end the run make a difference to all others, which then never happen:
// - t ends the run: everything enabled is taken.
// - w ends the run before any step of T: the runs t·w and w end in the same way. They are told
// apart
//   only by what t does by itself: it races, it writes what `finally` may read, or its goroutine
//   says its label. Then everything enabled is taken, too.
// What races with what is the same in all orders of one run, since steps that order others are in
// conflict with each other.
#include "sim/explore/search.h"

typedef struct closure {
    th_space *space;
    const uint32_t *state;
    uint64_t live;  // goroutines that have steps or stores left, a bit each
    uint64_t members;
    uint64_t enabled;  // members whose step can be taken
} closure;

typedef enum verdict { CLOSED, NOT_ENOUGH, FAILED } verdict;

static uint32_t local_of(const closure *set, uint32_t g) {
    return set->state[TH_STATE_LOCALS + g - 1];
}

static uint32_t lowest(uint64_t bits) { return (uint32_t)__builtin_ctzll(bits); }
static uint32_t size_of(uint64_t bits) { return (uint32_t)__builtin_popcountll(bits); }

// The stores in g's buffer, by what they touch.
typedef struct stores {
    const uint32_t *footprints;
    uint32_t count;
} stores;

static stores stores_of(const closure *set, uint32_t g) {
    const th_rest *rest = &set->space->rests[set->state[TH_STATE_REST]];
    if (rest->drains == NULL) return (stores){0};
    uint32_t first = 0;
    for (uint32_t other = 1; other < g; other++) first += rest->world.buffers[other].count;
    return (stores){rest->drains + first, rest->world.buffers[g].count};
}

// Whether a step with that footprint is in conflict with anything `other` may do.
static bool meets_future(const closure *set, uint32_t footprint, uint32_t other) {
    const th_futures *futures = &set->space->futures;
    const stores held = stores_of(set, other);
    for (uint32_t i = 0; i < held.count; i++) {
        if (th_futures_meet(futures, footprint, held.footprints[i])) return true;
    }
    return th_futures_conflict(futures, footprint, local_of(set, other));
}

// Whether a step that g might take now, or once it is enabled, is.
static bool is_met(const closure *set, uint32_t g, uint32_t other) {
    if (meets_future(set, set->space->locals[local_of(set, g)].footprint, other)) return true;
    const stores own = stores_of(set, g);
    for (uint32_t i = 0; i < own.count; i++) {
        if (meets_future(set, own.footprints[i], other)) return true;
    }
    return false;
}

// Adds those outside whose future is in conflict with a member's step.
static void close_set(closure *set, uint64_t added) {
    while (added != 0) {
        const uint32_t g = lowest(added);
        added &= added - 1;
        for (uint64_t others = set->live & ~set->members; others != 0; others &= others - 1) {
            const uint32_t other = lowest(others);
            if (!is_met(set, g, other)) continue;
            set->members |= UINT64_C(1) << other;
            added |= UINT64_C(1) << other;
        }
    }
}

// Those outside that may come to such a step.
static uint64_t outsiders(const closure *set, th_future_mark mark) {
    uint64_t found = 0;
    for (uint64_t others = set->live & ~set->members; others != 0; others &= others - 1) {
        const uint32_t other = lowest(others);
        if (th_futures_marked(&set->space->futures, local_of(set, other), mark)) {
            found |= UINT64_C(1) << other;
        }
    }
    return found;
}

// Whether a run that ends without the step differs from the same with it.
static bool matters_to_ends(const closure *set, th_choice choice, const th_hop *hop) {
    if (set->state[TH_STATE_RACED] >= TH_RACED_START &&
        hop->state[TH_STATE_RACED] == TH_RACED_YES) {
        return true;
    }
    if (set->space->desc.label == NULL) return false;
    const th_local *local = &set->space->locals[local_of(set, choice.g)];
    const bool writes = local->writes || choice.kind == TH_CHOICE_DRAIN;
    return (writes && !set->space->desc.label_ignores_memory) ||
           set->space->moves[hop->move].label != local->label;
}

// Looks at what one choice of member g does. Goroutines that this adds go to `added`.
static verdict look_at_choice(closure *set, th_choice choice, th_hop *hop, uint64_t *added) {
    switch (th_space_hop(set->space, set->state, choice, hop)) {
    case TH_HOP_FAILED: return FAILED;
    case TH_HOP_BLOCKED: return CLOSED;
    case TH_HOP_END: return NOT_ENOUGH;
    case TH_HOP_STATE: break;
    }
    set->enabled |= UINT64_C(1) << choice.g;
    if (set->space->moves[hop->move].born_count > 0) *added |= outsiders(set, TH_FUTURE_SPAWN);
    if (matters_to_ends(set, choice, hop) && outsiders(set, TH_FUTURE_END) != 0) {
        return NOT_ENOUGH;
    }
    return CLOSED;
}

static verdict look_at(closure *set, uint32_t g, th_hop *hop, uint64_t *added) {
    th_choice choices[TH_SPACE_CHOICE_EACH_MAX];
    const uint32_t count = th_space_choices_of(set->space, set->state, (uint16_t)g, choices);
    verdict found = CLOSED;
    for (uint32_t i = 0; i < count && found == CLOSED; i++) {
        found = look_at_choice(set, choices[i], hop, added);
    }
    return found;
}

static verdict close_from(closure *set, uint32_t seed, th_hop *hop) {
    set->enabled = 0;
    set->members = UINT64_C(1) << seed;
    close_set(set, set->members);
    uint64_t looked = 0;
    while ((set->members & ~looked) != 0 && set->members != set->live) {
        const uint32_t g = lowest(set->members & ~looked);
        uint64_t added = 0;
        looked |= UINT64_C(1) << g;
        const verdict found = look_at(set, g, hop, &added);
        if (found != CLOSED) return found;
        set->members |= added;
        close_set(set, added);
    }
    return set->enabled != 0 && set->members != set->live ? CLOSED : NOT_ENOUGH;
}

uint64_t th_reduce(th_space *space, const uint32_t *state, uint64_t taken, th_hop *hop) {
    const th_env *env = space->desc.start->env;
    if (env->schedule != TH_SCHEDULE_ANY) return TH_REDUCE_ALL;
    closure set = {.space = space, .state = state};
    const uint32_t count = th_space_goroutine_count(space, state[TH_STATE_REST]);
    for (uint32_t g = 1; g <= count; g++) {
        const bool over = space->locals[local_of(&set, g)].over;
        if (!over || stores_of(&set, g).count > 0) set.live |= UINT64_C(1) << g;
    }
    uint64_t best = TH_REDUCE_ALL;
    for (uint64_t seeds = set.live; seeds != 0; seeds &= seeds - 1) {
        const verdict found = close_from(&set, lowest(seeds), hop);
        if (found == FAILED) return 0;
        if (found == NOT_ENOUGH) continue;
        const uint32_t new_count = size_of(set.enabled & ~taken);
        if (best == TH_REDUCE_ALL || new_count < size_of(best & ~taken)) best = set.enabled;
        if (new_count <= (taken == 0)) break;
    }
    return best;
}

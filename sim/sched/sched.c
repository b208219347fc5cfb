#include "sim/sched/sched.h"

#include "sim/base/assert.h"
#include "sim/base/hash.h"
#include "sim/sched/queue.h"

#include <stdlib.h>
#include <string.h>

enum { G_CAPACITY_MIN = 16 };

const char *th_g_state_string(th_g_state state) {
    static const char *const texts[] = {
#define X(name, text) text,
        TH_G_STATES(X)
#undef X
    };
    TH_ASSERT(state < TH_G_STATE_COUNT);
    return texts[state];
}

const char *th_sched_source_string(th_sched_source source) {
    static const char *const texts[] = {"nothing",
#define X(name, text) text,
                                        TH_SCHED_SOURCES(X)
#undef X
    };
    TH_ASSERT(source < TH_SCHED_SOURCE_COUNT);
    return texts[source];
}

uint32_t th_sched_move_pack(th_sched_move move) {
    return move.p | (uint32_t)move.source << 8 | (uint32_t)move.victim << 16 |
           (uint32_t)move.count << 24;
}

th_sched_move th_sched_move_unpack(uint32_t value) {
    return (th_sched_move){.p = (uint8_t)value,
                           .source = (uint8_t)(value >> 8),
                           .victim = (uint8_t)(value >> 16),
                           .count = (uint8_t)(value >> 24)};
}

void th_sched_init(th_sched *sched, const th_sched_desc *desc) {
    *sched = (th_sched){.desc = *desc};
    if (sched->desc.procs == 0) sched->desc.procs = 1;
    if (sched->desc.slice_steps == 0) sched->desc.slice_steps = TH_SCHED_SLICE_STEPS_DEFAULT;
    if (sched->desc.global_tick == 0) sched->desc.global_tick = TH_SCHED_GLOBAL_TICK;
    TH_ASSERT(sched->desc.procs <= TH_PROCS_MAX);
    sched->ps = calloc(sched->desc.procs, sizeof(*sched->ps));
    TH_ASSERT(sched->ps != NULL);
}

void th_sched_free(th_sched *sched) {
    free(sched->ps);
    free(sched->states);
    free(sched->global);
    *sched = (th_sched){0};
}

static void *reserve(void *items, uint32_t count, uint32_t *capacity, size_t size) {
    if (count <= *capacity) return items;
    while (*capacity < count) *capacity = *capacity ? *capacity * 2 : G_CAPACITY_MIN;
    void *more = realloc(items, *capacity * size);
    TH_ASSERT(more != NULL);
    return more;
}

void th_sched_copy(th_sched *to, const th_sched *from) {
    if (to == from) return;
    if (to->desc.procs != from->desc.procs) {
        free(to->ps);
        to->ps = malloc(from->desc.procs * sizeof(*to->ps));
        TH_ASSERT(to->ps != NULL);
    }
    to->desc = from->desc;
    to->states = reserve(to->states, from->g_count, &to->g_capacity, sizeof(*to->states));
    to->global = reserve(to->global, from->global_count, &to->global_capacity, sizeof(*to->global));
    to->g_count = from->g_count;
    to->global_count = from->global_count;
    memcpy(to->ps, from->ps, from->desc.procs * sizeof(*to->ps));
    if (from->g_count > 0) memcpy(to->states, from->states, from->g_count);
    if (from->global_count > 0) {
        memcpy(to->global, from->global, from->global_count * sizeof(*to->global));
    }
}

static uint64_t hash_p(const th_sched *sched, const th_sched_p *p, uint64_t hash) {
    hash = th_hash_combine(hash, (uint64_t)p->runnext << 32 | (uint64_t)p->running << 16 |
                                     (uint64_t)p->state << 8 | (uint64_t)p->spinning << 1 |
                                     p->preempt);
    hash = th_hash_combine(hash, (uint64_t)(p->tick % sched->desc.global_tick) << 32 |
                                     (p->slice_limit - p->slice_used));
    hash = th_hash_combine(hash, (uint64_t)p->draw_count << 16 | p->count);
    for (uint32_t i = 0; i < p->count; i++) hash = th_hash_combine(hash, th_ring_at(p, i));
    return hash;
}

uint64_t th_sched_hash(const th_sched *sched) {
    uint64_t hash = sched->g_count;
    for (uint32_t i = 0; i < sched->desc.procs; i++) hash = hash_p(sched, &sched->ps[i], hash);
    hash = th_hash_combine(hash, sched->global_count);
    for (uint32_t i = 0; i < sched->global_count; i++) {
        hash = th_hash_combine(hash, sched->global[i]);
    }
    return th_hash_combine(hash, th_hash_fnv1a64(sched->states, sched->g_count));
}

// Adds a goroutine to those in queues or on Ps; each may be there once.
static void check_one(const th_sched *sched, uint8_t *seen, uint16_t g, th_g_state state) {
    TH_ASSERT(g > 0);
    TH_ASSERT(g < sched->g_count);
    TH_ASSERT(sched->states[g] == state);
    TH_ASSERT(seen[g] == 0);
    seen[g] = 1;
}

void th_sched_check(const th_sched *sched) {
    uint8_t *seen = calloc(sched->g_count + 1, 1);
    TH_ASSERT(seen != NULL);
    for (uint32_t i = 0; i < sched->desc.procs; i++) {
        const th_sched_p *p = &sched->ps[i];
        TH_ASSERT(p->count <= TH_SCHED_RING);
        TH_ASSERT((p->running != 0) == (p->state == TH_P_RUNNING));
        TH_ASSERT(!p->spinning || p->state == TH_P_LOOKING);
        if (p->running != 0) check_one(sched, seen, p->running, TH_G_RUNNING);
        if (p->runnext != 0) check_one(sched, seen, p->runnext, TH_G_RUNNABLE);
        for (uint32_t k = 0; k < p->count; k++) {
            check_one(sched, seen, th_ring_at(p, k), TH_G_RUNNABLE);
        }
    }
    for (uint32_t i = 0; i < sched->global_count; i++) {
        check_one(sched, seen, sched->global[i], TH_G_RUNNABLE);
    }
    for (uint32_t g = 0; g < sched->g_count; g++) {
        const bool queued = sched->states[g] == TH_G_RUNNABLE || sched->states[g] == TH_G_RUNNING;
        TH_ASSERT(seen[g] == queued);
    }
    free(seen);
}

static void make_runnable(th_sched *sched, uint16_t g, th_g_state from) {
    if (g >= sched->g_count) {
        const uint32_t count = g + 1U;
        sched->states = reserve(sched->states, count, &sched->g_capacity, sizeof(*sched->states));
        memset(sched->states + sched->g_count, TH_G_IDLE, count - sched->g_count);
        sched->g_count = count;
    }
    TH_ASSERT(g != 0);
    TH_ASSERT(sched->states[g] == from);
    sched->states[g] = TH_G_RUNNABLE;
}

void th_sched_start(th_sched *sched, uint16_t g) {
    make_runnable(sched, g, TH_G_IDLE);
    th_sched_put_global(sched, g);
    th_sched_wake(sched);
}

void th_sched_spawn(th_sched *sched, uint32_t p, uint16_t g) {
    make_runnable(sched, g, TH_G_IDLE);
    th_sched_put_local(sched, &sched->ps[p], g, true);
    th_sched_wake(sched);
}

void th_sched_ready(th_sched *sched, uint32_t p, uint16_t g) {
    make_runnable(sched, g, TH_G_WAITING);
    if (p == TH_SCHED_NO_P) {
        th_sched_put_global(sched, g);
    } else {
        th_sched_put_local(sched, &sched->ps[p], g, true);
    }
    th_sched_wake(sched);
}

// Takes the running goroutine off P p; the caller then puts it where it goes, and calls look.
static uint16_t drop(th_sched *sched, uint32_t p, th_g_state state) {
    th_sched_p *own = &sched->ps[p];
    const uint16_t g = own->running;
    TH_ASSERT(g != 0);
    own->running = 0;
    own->state = TH_P_LOOKING;
    sched->states[g] = (uint8_t)state;
    return g;
}

// A P without work in reach falls asleep: later work has to wake it.
static void look(th_sched *sched, uint32_t p) {
    if (!th_sched_finds(sched, p)) sched->ps[p].state = TH_P_IDLE;
}

void th_sched_park(th_sched *sched, uint32_t p) {
    drop(sched, p, TH_G_WAITING);
    look(sched, p);
}

void th_sched_exit(th_sched *sched, uint32_t p) {
    drop(sched, p, TH_G_DEAD);
    look(sched, p);
}

void th_sched_yield(th_sched *sched, uint32_t p) {
    th_sched_put_global(sched, drop(sched, p, TH_G_RUNNABLE));
    look(sched, p);
}

void th_sched_goyield(th_sched *sched, uint32_t p) {
    const uint16_t g = drop(sched, p, TH_G_RUNNABLE);
    th_sched_put_local(sched, &sched->ps[p], g, false);
    look(sched, p);
}

bool th_sched_tick(th_sched *sched, uint32_t p, bool safe_point) {
    th_sched_p *own = &sched->ps[p];
    TH_ASSERT(own->running != 0);
    if (own->slice_used < own->slice_limit) own->slice_used++;
    if (own->slice_used == own->slice_limit) own->preempt = 1;
    if (!own->preempt || !safe_point) return false;
    th_sched_yield(sched, p);
    return true;
}

bool th_sched_is_preempting(const th_sched *sched, uint32_t p) { return sched->ps[p].preempt != 0; }

uint16_t th_sched_running(const th_sched *sched, uint32_t p) { return sched->ps[p].running; }

uint32_t th_sched_p_of(const th_sched *sched, uint16_t g) {
    for (uint32_t i = 0; i < sched->desc.procs; i++) {
        if (sched->ps[i].running == g) return i;
    }
    return TH_SCHED_NO_P;
}

th_g_state th_sched_state(const th_sched *sched, uint16_t g) {
    return g < sched->g_count ? (th_g_state)sched->states[g] : TH_G_IDLE;
}

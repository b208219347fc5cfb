// findRunnable and execute: what a P that runs nothing takes up.
#include "sim/base/assert.h"
#include "sim/base/rng.h"
#include "sim/sched/queue.h"

enum { STEAL_ROUNDS = 4 };

static uint64_t draw(th_sched *sched, uint32_t p) {
    const uint64_t stream = UINT64_C(1) << 32 | p;  // below: the goroutines' own streams
    return th_rng_at(sched->desc.seed, stream, sched->ps[p].draw_count++);
}

static uint32_t gcd(uint32_t a, uint32_t b) {
    while (b != 0) {
        const uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

// The random order of one round: Ps first, first + stride, ... (a stride without common divisor
// reaches all of them), as runtime's randomOrder.
typedef struct steal_order {
    uint32_t position, stride, count;
} steal_order;

static steal_order random_order(uint64_t random, uint32_t count) {
    TH_ASSERT(count >= 1 && count <= TH_PROCS_MAX);
    uint32_t coprimes[TH_PROCS_MAX] = {1}, coprime_count = 1;
    for (uint32_t i = 2; i <= count; i++) {
        if (gcd(i, count) == 1) coprimes[coprime_count++] = i;
    }
    return (steal_order){.position = (uint32_t)(random % count),
                         .stride = coprimes[random / count % coprime_count],
                         .count = count};
}

static uint32_t order_next(steal_order *order) {
    const uint32_t p = order->position;
    order->position = (p + order->stride) % order->count;
    return p;
}

// runqsteal: half of the victim's ring, rounded up; the youngest of these runs.
static uint16_t steal_ring(th_sched *sched, th_sched_p *thief, th_sched_p *victim,
                           th_sched_move *move) {
    const uint32_t count = victim->count - victim->count / 2U;
    for (uint32_t i = 1; i < count; i++) {
        th_sched_put_local(sched, thief, th_sched_take_local(victim), false);
    }
    move->source = TH_SCHED_FROM_STOLEN;
    move->count = (uint8_t)count;
    return th_sched_take_local(victim);
}

static uint16_t steal_from(th_sched *sched, th_sched_p *thief, th_sched_p *victim, bool runnext_too,
                           th_sched_move *move) {
    if (victim->count > 0) return steal_ring(sched, thief, victim, move);
    if (!runnext_too) return 0;
    const uint16_t g = victim->runnext;
    victim->runnext = 0;
    move->source = TH_SCHED_FROM_STOLEN_RUNNEXT;
    return g;
}

static uint16_t steal(th_sched *sched, uint32_t p, th_sched_move *move) {
    for (uint32_t round = 0; round < STEAL_ROUNDS; round++) {
        steal_order order = random_order(draw(sched, p), sched->desc.procs);
        for (uint32_t i = 0; i < order.count; i++) {
            const uint32_t victim = order_next(&order);
            if (victim == p) continue;
            const uint16_t g = steal_from(sched, &sched->ps[p], &sched->ps[victim],
                                          round == STEAL_ROUNDS - 1, move);
            if (g == 0) continue;
            move->victim = (uint8_t)victim;
            return g;
        }
    }
    return 0;
}

// globrunqget: a fair share; the oldest runs, the others go to p's empty ring.
static uint16_t take_share(th_sched *sched, th_sched_p *own, th_sched_move *move) {
    uint32_t count = sched->global_count / sched->desc.procs + 1;
    if (count > sched->global_count) count = sched->global_count;
    if (count > TH_SCHED_RING / 2) count = TH_SCHED_RING / 2;
    const uint16_t g = th_sched_take_global(sched);
    for (uint32_t i = 1; i < count; i++) {
        th_sched_put_local(sched, own, th_sched_take_global(sched), false);
    }
    move->source = TH_SCHED_FROM_GLOBAL;
    move->count = (uint8_t)count;
    return g;
}

static uint16_t find_runnable(th_sched *sched, uint32_t p, th_sched_move *move) {
    th_sched_p *own = &sched->ps[p];
    if (own->tick % sched->desc.global_tick == 0 && sched->global_count > 0) {
        move->source = TH_SCHED_FROM_GLOBAL_TICK;
        return th_sched_take_global(sched);
    }
    if (own->runnext != 0) {
        const uint16_t g = own->runnext;
        own->runnext = 0;
        move->source = TH_SCHED_FROM_RUNNEXT;
        return g;
    }
    if (own->count > 0) {
        move->source = TH_SCHED_FROM_LOCAL;
        return th_sched_take_local(own);
    }
    if (sched->global_count > 0) return take_share(sched, own, move);
    return steal(sched, p, move);
}

// What runnext held goes on in the time slice of the one before it: two goroutines that keep waking
// each other must not starve the rest.
static void start_slice(th_sched *sched, uint32_t p) {
    th_sched_p *own = &sched->ps[p];
    const uint32_t length = sched->desc.slice_steps;
    own->tick++;
    own->slice_used = 0;
    own->slice_limit = length + (uint32_t)(draw(sched, p) % length);
    own->preempt = 0;
}

bool th_sched_can_pick(const th_sched *sched, uint32_t p) {
    return sched->ps[p].state == TH_P_LOOKING && th_sched_finds(sched, p);
}

uint16_t th_sched_pick(th_sched *sched, uint32_t p, th_events *events) {
    TH_ASSERT(th_sched_can_pick(sched, p));
    th_sched_p *own = &sched->ps[p];
    th_sched_move move = {.p = (uint8_t)p, .victim = TH_SCHED_NO_P, .count = 1};
    const uint16_t g = find_runnable(sched, p, &move);
    TH_ASSERT(g != 0);
    TH_ASSERT(sched->states[g] == TH_G_RUNNABLE);
    sched->states[g] = TH_G_RUNNING;
    own->running = g;
    own->state = TH_P_RUNNING;
    if (move.source != TH_SCHED_FROM_RUNNEXT) start_slice(sched, p);
    if (own->spinning) {  // resetspinning: the next one may look now
        own->spinning = 0;
        th_sched_wake(sched);
    }
    if (events != NULL) {
        th_events_append(
            events,
            (th_event){.kind = TH_EVENT_SCHEDULE, .g = g, .value = th_sched_move_pack(move)});
    }
    return g;
}

// Looking moves goroutines between queues and draws: so a copy looks.
uint16_t th_sched_next(const th_sched *sched, uint32_t p) {
    if (!th_sched_can_pick(sched, p)) return 0;
    th_sched copy = {0};
    th_sched_copy(&copy, sched);
    const uint16_t g = th_sched_pick(&copy, p, NULL);
    th_sched_free(&copy);
    return g;
}

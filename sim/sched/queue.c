#include "sim/sched/queue.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

enum { GLOBAL_CAPACITY_MIN = 16 };

void th_sched_put_global(th_sched *sched, uint16_t g) {
    if (sched->global_count == sched->global_capacity) {
        sched->global_capacity =
            sched->global_capacity ? sched->global_capacity * 2 : GLOBAL_CAPACITY_MIN;
        sched->global = realloc(sched->global, sched->global_capacity * sizeof(*sched->global));
        TH_ASSERT(sched->global != NULL);
    }
    sched->global[sched->global_count++] = g;
}

uint16_t th_sched_take_global(th_sched *sched) {
    TH_ASSERT(sched->global_count > 0);
    const uint16_t g = sched->global[0];
    sched->global_count--;
    memmove(sched->global, sched->global + 1, sched->global_count * sizeof(*sched->global));
    return g;
}

uint16_t th_sched_take_local(th_sched_p *p) {
    TH_ASSERT(p->count > 0);
    const uint16_t g = p->ring[p->head];
    p->head = (uint16_t)((p->head + 1) % TH_SCHED_RING);
    p->count--;
    return g;
}

void th_sched_put_local(th_sched *sched, th_sched_p *p, uint16_t g, bool next) {
    if (next) {
        const uint16_t kicked = p->runnext;
        p->runnext = g;
        if (kicked == 0) return;
        g = kicked;
    }
    if (p->count < TH_SCHED_RING) {
        p->ring[(p->head + p->count++) % TH_SCHED_RING] = g;
        return;
    }
    for (uint32_t i = 0; i < TH_SCHED_RING / 2; i++) {  // runqputslow
        th_sched_put_global(sched, th_sched_take_local(p));
    }
    th_sched_put_global(sched, g);
}

static uint32_t count_in_state(const th_sched *sched, th_p_state state) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < sched->desc.procs; i++) count += sched->ps[i].state == state;
    return count;
}

static uint32_t spinning_count(const th_sched *sched) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < sched->desc.procs; i++) count += sched->ps[i].spinning;
    return count;
}

bool th_sched_finds(const th_sched *sched, uint32_t p) {
    const th_sched_p *own = &sched->ps[p];
    if (own->runnext != 0 || own->count > 0 || sched->global_count > 0) return true;
    // Ps that look in vain cost time: no more than half as many as there are busy ones.
    const uint32_t busy = sched->desc.procs - count_in_state(sched, TH_P_IDLE);
    if (!own->spinning && 2 * spinning_count(sched) >= busy) return false;
    for (uint32_t i = 0; i < sched->desc.procs; i++) {
        if (i != p && (sched->ps[i].count > 0 || sched->ps[i].runnext != 0)) return true;
    }
    return false;
}

void th_sched_wake(th_sched *sched) {
    if (spinning_count(sched) > 0) return;
    for (uint32_t i = 0; i < sched->desc.procs; i++) {
        th_sched_p *p = &sched->ps[i];
        if (p->state != TH_P_IDLE) continue;
        p->spinning = 1;
        p->state = TH_P_LOOKING;
        if (th_sched_finds(sched, i)) return;
        p->spinning = 0;  // it would fall asleep at once
        p->state = TH_P_IDLE;
        return;
    }
}

bool th_sched_can_spin(const th_sched *sched, uint32_t p) {
    const th_sched_p *own = &sched->ps[p];
    return count_in_state(sched, TH_P_RUNNING) > 1 && own->count == 0 && own->runnext == 0;
}

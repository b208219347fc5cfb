// The queues of goroutines, as runtime/proc.go's runq... and globrunq... routines.
#ifndef TH_SIM_SCHED_QUEUE_H
#define TH_SIM_SCHED_QUEUE_H

#include "sim/sched/sched.h"

static inline uint16_t th_ring_at(const th_sched_p *p, uint32_t i) {
    return p->ring[(p->head + i) % TH_SCHED_RING];
}

// globrunqput: at the tail. globrunqget's first step: the oldest; there is one.
void th_sched_put_global(th_sched *sched, uint16_t g);
uint16_t th_sched_take_global(th_sched *sched);

// runqput: as runnext (its predecessor goes to the ring's tail) or at the ring's tail. A full ring
// sheds its older half, and the newcomer, to the global queue.
void th_sched_put_local(th_sched *sched, th_sched_p *p, uint16_t g, bool next);
// The ring's oldest; there is one.
uint16_t th_sched_take_local(th_sched_p *p);

// wakep: wakes an idle P, unless one that was woken still looks for work.
void th_sched_wake(th_sched *sched);
// Whether P p, awake, would find a goroutine (findRunnable).
bool th_sched_finds(const th_sched *sched, uint32_t p);

#endif

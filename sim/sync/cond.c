// Cond (sync/cond.go) on the runtime's notify lists (runtime/sema.go). A waiter takes a ticket and
// unlocks before it queues; whoever signals in between counts its ticket as notified.
#include "sim/sync/routine.h"

static uint64_t queue_of(const th_sync_step *step) {
    return step->frame->object + TH_COND_notify_head;
}

static uint64_t lock_of(const th_sync_step *step) {
    return th_sync_get64(step->port->memory, step->frame->object + TH_COND_L);
}

static bool locks_rwmutex(const th_sync_step *step) {
    const uint64_t type = th_sync_get64(step->port->memory, step->frame->object + TH_COND_L_type);
    return type == TH_SYNC_KIND_RWMUTEX;
}

// What a signal to a ticket whose goroutine does not wait yet is released to.
static uint64_t ticket_object(const th_sync_step *step, uint32_t ticket) {
    return step->frame->object | (uint64_t)(ticket % 0xffff + 1) << 48;
}

static void queue_up(th_sync_step *step) {
    const th_sync_waiter waiter = {.address = queue_of(step),
                                   .ticket = step->frame->ticket,
                                   .g = step->port->g,
                                   .flags = TH_WAITER_LINKED};
    th_sync_enqueue(step->sync, &waiter, false);
    th_sync_write_ends(step, waiter.address);
}

th_run th_sync_take_COND_WAIT(th_sync_step *step) {
    step->frame->ticket = (uint32_t)step->port->access.value;
    th_sync_push(step, TH_STEP_COND_QUEUE);
    if (!locks_rwmutex(step)) return th_sync_call_unlock(step, lock_of(step));
    step->frame->lock = lock_of(step);
    return th_sync_go(step, TH_STEP_RW_UNLOCK);
}

static th_run lock_again(th_sync_step *step) {
    step->frame->flags &= (uint8_t)~TH_SYNC_INNER;
    if (locks_rwmutex(step)) {
        step->frame->flags |= TH_SYNC_INNER;
        th_sync_push(step, TH_STEP_RW_LOCK_ANNOUNCE);
    }
    return th_sync_call_lock(step, lock_of(step));
}

th_run th_sync_take_COND_QUEUE(th_sync_step *step) {
    const uint64_t notify = step->frame->object + TH_COND_notify;
    const int32_t ahead =
        (int32_t)(step->frame->ticket - (uint32_t)th_sync_get(step->port->memory, notify));
    if (ahead < 0) {  // signalled meanwhile
        th_sync_acquired(step, ticket_object(step, step->frame->ticket));
        return lock_again(step);
    }
    queue_up(step);
    return th_sync_park(step, TH_STEP_COND_WAKE);
}

th_run th_sync_take_COND_WAKE(th_sync_step *step) {
    th_sync_take_wakeup(step);
    return th_sync_did_and(step, TH_SYNC_DID_WOKE, lock_again(step));
}

// Tells the goroutine with that ticket, waiting or about to.
static void notify_ticket(th_sync_step *step, uint32_t ticket) {
    const th_sync_waiter *waiter = th_sync_waiter_with_ticket(step->sync, queue_of(step), ticket);
    step->frame->did = TH_SYNC_DID_RELEASED;
    if (waiter == NULL) {
        th_sync_edge_add(step->io, TH_EDGE_PUBLISH, step->port->g, ticket_object(step, ticket), 0);
        return;
    }
    step->frame->did = TH_SYNC_DID_HANDED;
    th_sync_edge_add(step->io, TH_EDGE_HAND, step->port->g, 0, waiter->g);
    th_sync_wake(step, waiter, &(th_sync_wakeup){.ok = 1});
}

static th_run notify(th_sync_step *step, bool all) {
    const uint64_t object = step->frame->object;
    const uint32_t end = (uint32_t)th_sync_get(step->port->memory, object + TH_COND_notify_wait);
    uint32_t ticket = (uint32_t)th_sync_get(step->port->memory, object + TH_COND_notify);
    const uint32_t stop = all || ticket == end ? end : ticket + 1;
    for (; ticket != stop; ticket++) notify_ticket(step, ticket);
    th_sync_set(step, object + TH_COND_notify, (int32_t)stop);
    return TH_RUN_DONE;
}

th_run th_sync_take_COND_SIGNAL(th_sync_step *step) { return notify(step, false); }
th_run th_sync_take_COND_BROADCAST(th_sync_step *step) { return notify(step, true); }

th_run th_sync_take_BRIEF_COND_WAIT(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const uint64_t wait = frame->object + TH_COND_notify_wait;
    frame->lock = lock_of(step);
    frame->depth = 0;
    const th_run run =
        locks_rwmutex(step) ? th_sync_take_BRIEF_RW_UNLOCK(step) : th_sync_take_BRIEF_UNLOCK(step);
    if (run == TH_RUN_FATAL) return run;
    frame->ticket = (uint32_t)th_sync_get(step->port->memory, wait);
    th_sync_set(step, wait, (int32_t)(frame->ticket + 1));
    queue_up(step);
    return th_sync_park(step, TH_STEP_BRIEF_COND_WAKE);
}

th_run th_sync_take_BRIEF_COND_WAKE(th_sync_step *step) {
    th_sync_take_wakeup(step);
    return locks_rwmutex(step) ? th_sync_take_BRIEF_RW_ANNOUNCE(step)
                               : th_sync_take_BRIEF_LOCK(step);
}

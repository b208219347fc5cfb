// WaitGroup (sync/waitgroup.go) and Once (sync/once.go), as TH_SYNC_GO has them.
#include "sim/sync/routine.h"

static const char MISUSED[] = "sync: WaitGroup misuse: Add called concurrently with Wait";

// Go's detector reports a first Add and a first Wait that nothing orders: several Adds may be first
// at once, so those count as reads, the Wait as a write.
static void counts(th_sync_step *step, th_sync_edge_kind kind) {
    th_sync_counts(step, kind, step->frame->object + TH_WAITGROUP_state2, step->port->access.site);
}

// frame->next: the delta in the counter's half.
th_run th_sync_take_WG_ADD(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const int32_t delta = (int32_t)(frame->next >> 32);
    const uint64_t state = step->port->access.value + frame->next;
    const int32_t counter = (int32_t)(state >> 32);
    const uint32_t waiters = (uint32_t)state;
    if (delta < 0) th_sync_released(step, frame->object);
    if (delta > 0 && counter == delta) counts(step, TH_EDGE_READ);
    if (counter < 0) return th_sync_panic(step, "sync: negative WaitGroup counter");
    if (waiters != 0 && delta > 0 && counter == delta) return th_sync_panic(step, MISUSED);
    if (counter > 0 || waiters == 0) return TH_RUN_DONE;
    frame->old = state;
    return th_sync_go(step, TH_STEP_WG_ADD_CHECK);
}

th_run th_sync_take_WG_ADD_CHECK(th_sync_step *step) {
    if (step->port->access.value != step->frame->old) return th_sync_panic(step, MISUSED);
    step->frame->next = 0;
    return th_sync_go(step, TH_STEP_WG_ADD_RESET);
}

th_run th_sync_take_WG_ADD_RESET(th_sync_step *step) {
    return th_sync_sem_release(step, step->frame->object + TH_WAITGROUP_state2,
                               (uint32_t)step->frame->old);
}

th_run th_sync_take_WG_WAIT(th_sync_step *step) {
    const uint64_t state = step->port->access.value;
    if ((int32_t)(state >> 32) == 0) return TH_RUN_DONE;
    step->frame->old = state;
    step->frame->next = state + 1;
    return th_sync_go(step, TH_STEP_WG_WAIT_CLAIM);
}

th_run th_sync_take_WG_WAIT_CLAIM(th_sync_step *step) {
    if (!step->port->access.swapped) return th_sync_go(step, TH_STEP_WG_WAIT);
    if ((uint32_t)step->frame->old == 0) counts(step, TH_EDGE_WRITE);
    th_sync_push(step, TH_STEP_WG_WAIT_CHECK);
    return th_sync_sem_acquire(step, step->frame->object + TH_WAITGROUP_state2);
}

th_run th_sync_take_WG_WAIT_CHECK(th_sync_step *step) {
    if (step->port->access.value != 0) {
        return th_sync_panic(step, "sync: WaitGroup is reused before previous Wait has returned");
    }
    return TH_RUN_DONE;
}

th_run th_sync_take_ONCE_ENTER(th_sync_step *step) {
    if (step->port->access.value != 0) return TH_RUN_DONE;
    step->frame->flags |= TH_SYNC_INNER;
    th_sync_push(step, TH_STEP_ONCE_CHECK);
    return th_sync_call_lock(step, step->frame->object + TH_ONCE_m);
}

th_run th_sync_take_ONCE_CHECK(th_sync_step *step) {
    step->frame->ok = step->port->access.value == 0;
    if (step->frame->ok) return TH_RUN_DONE;  // with the lock, until ONCE_LEAVE
    return th_sync_call_unlock(step, step->frame->object + TH_ONCE_m);
}

th_run th_sync_take_ONCE_LEAVE(th_sync_step *step) {
    th_sync_released(step, step->frame->object);
    step->frame->flags |= TH_SYNC_INNER;
    return th_sync_call_unlock(step, step->frame->object + TH_ONCE_m);
}

// Locks, groups and once in the fewest indivisible steps (TH_SYNC_BRIEF). The bytes are Go's;
// nobody queues, since a step that cannot proceed is not enabled (run.c).
#include "sim/sync/routine.h"

static int32_t field(const th_sync_step *step, uint64_t offset) {
    return th_sync_get(step->port->memory, step->frame->lock + offset);
}

static void set_field(th_sync_step *step, uint64_t offset, int32_t value) {
    th_sync_set(step, step->frame->lock + offset, value);
}

static th_run acquired(th_sync_step *step) {
    return th_sync_did_and(step, TH_SYNC_DID_ACQUIRED, th_sync_return(step));
}

th_run th_sync_take_BRIEF_LOCK(th_sync_step *step) {
    set_field(step, TH_MUTEX_state, TH_MUTEX_LOCKED);
    th_sync_acquired(step, step->frame->lock);
    return acquired(step);
}

th_run th_sync_take_BRIEF_TRYLOCK(th_sync_step *step) {
    step->frame->ok = field(step, TH_MUTEX_state) == 0;
    if (!step->frame->ok) return TH_RUN_DONE;
    return th_sync_take_BRIEF_LOCK(step);
}

th_run th_sync_take_BRIEF_UNLOCK(th_sync_step *step) {
    if (field(step, TH_MUTEX_state) == 0) {
        return th_sync_fatal(step, "sync: unlock of unlocked mutex");
    }
    set_field(step, TH_MUTEX_state, 0);
    th_sync_released(step, step->frame->lock);
    return th_sync_did_and(step, TH_SYNC_DID_RELEASED, th_sync_return(step));
}

th_run th_sync_take_BRIEF_RW_ANNOUNCE(th_sync_step *step) {
    const int32_t readers = field(step, TH_RWMUTEX_readerCount);
    set_field(step, TH_MUTEX_state, TH_MUTEX_LOCKED);
    set_field(step, TH_RWMUTEX_readerWait, readers);
    set_field(step, TH_RWMUTEX_readerCount, readers - TH_RWMUTEX_MAX_READERS);
    return th_sync_did_and(step, TH_SYNC_DID_ANNOUNCED, th_sync_go(step, TH_STEP_BRIEF_RW_LOCK));
}

th_run th_sync_take_BRIEF_RW_LOCK(th_sync_step *step) { return acquired(step); }

th_run th_sync_take_BRIEF_RW_TRYLOCK(th_sync_step *step) {
    if (field(step, TH_MUTEX_state) != 0 || field(step, TH_RWMUTEX_readerCount) != 0) {
        return TH_RUN_DONE;
    }
    th_sync_take_BRIEF_RW_ANNOUNCE(step);
    step->frame->ok = 1;
    return acquired(step);
}

th_run th_sync_take_BRIEF_RW_UNLOCK(th_sync_step *step) {
    const int32_t readers = field(step, TH_RWMUTEX_readerCount);
    if (readers >= 0) return th_sync_fatal(step, "sync: Unlock of unlocked RWMutex");
    th_sync_released(step, step->frame->lock + TH_RWMUTEX_readerSem);
    set_field(step, TH_RWMUTEX_readerCount, readers + TH_RWMUTEX_MAX_READERS);
    set_field(step, TH_MUTEX_state, 0);
    return th_sync_did_and(step, TH_SYNC_DID_RELEASED, th_sync_return(step));
}

th_run th_sync_take_BRIEF_RLOCK(th_sync_step *step) {
    set_field(step, TH_RWMUTEX_readerCount, field(step, TH_RWMUTEX_readerCount) + 1);
    return acquired(step);
}

th_run th_sync_take_BRIEF_TRYRLOCK(th_sync_step *step) {
    step->frame->ok = field(step, TH_RWMUTEX_readerCount) >= 0;
    if (!step->frame->ok) return TH_RUN_DONE;
    return th_sync_take_BRIEF_RLOCK(step);
}

th_run th_sync_take_BRIEF_RUNLOCK(th_sync_step *step) {
    const int32_t readers = field(step, TH_RWMUTEX_readerCount);
    if (readers == 0 || readers == -TH_RWMUTEX_MAX_READERS) {
        return th_sync_fatal(step, "sync: RUnlock of unlocked RWMutex");
    }
    th_sync_released(step, step->frame->lock + TH_RWMUTEX_writerSem);
    set_field(step, TH_RWMUTEX_readerCount, readers - 1);
    if (readers < 0) {
        set_field(step, TH_RWMUTEX_readerWait, field(step, TH_RWMUTEX_readerWait) - 1);
    }
    return th_sync_did_and(step, TH_SYNC_DID_RELEASED, th_sync_return(step));
}

th_run th_sync_take_BRIEF_ADD(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const uint64_t state = th_sync_get64(step->port->memory, frame->object) + frame->next;
    th_sync_set64(step, frame->object, state);
    frame->did = TH_SYNC_DID_RELEASED;
    if ((int32_t)(frame->next >> 32) < 0) th_sync_released(step, frame->object);
    if ((int32_t)(state >> 32) < 0) return th_sync_panic(step, "sync: negative WaitGroup counter");
    return TH_RUN_DONE;
}

th_run th_sync_take_BRIEF_WAIT(th_sync_step *step) { return acquired(step); }

th_run th_sync_take_BRIEF_ENTER(th_sync_step *step) {
    const uint64_t object = step->frame->object;
    step->frame->did = TH_SYNC_DID_ACQUIRED;
    if (th_sync_get(step->port->memory, object + TH_ONCE_done) != 0) return TH_RUN_DONE;
    th_sync_set(step, object + TH_ONCE_m, TH_MUTEX_LOCKED);
    step->frame->ok = 1;
    return TH_RUN_DONE;
}

th_run th_sync_take_BRIEF_LEAVE(th_sync_step *step) {
    th_sync_set(step, step->frame->object + TH_ONCE_done, 1);
    th_sync_set(step, step->frame->object + TH_ONCE_m, 0);
    th_sync_released(step, step->frame->object);
    return th_sync_did_and(step, TH_SYNC_DID_RELEASED, TH_RUN_DONE);
}

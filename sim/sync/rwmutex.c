// The RWMutex (sync/rwmutex.go), as TH_SYNC_GO has it. Its Mutex w lies at offset 0: frame->lock
// names both.
#include "sim/sync/routine.h"

static int32_t after(const th_sync_step *step, int64_t delta) {
    return (int32_t)((int64_t)step->port->access.value + delta);
}

th_run th_sync_take_RW_RLOCK(th_sync_step *step) {
    if (after(step, 1) >= 0) return th_sync_return(step);
    return th_sync_sem_acquire(step, step->frame->lock + TH_RWMUTEX_readerSem);
}

th_run th_sync_take_RW_TRYRLOCK(th_sync_step *step) {
    const int32_t readers = after(step, 0);
    if (readers < 0) return TH_RUN_DONE;
    step->frame->old = (uint32_t)readers;
    step->frame->next = (uint32_t)readers + 1;
    return th_sync_go(step, TH_STEP_RW_TRYRLOCK_CLAIM);
}

th_run th_sync_take_RW_TRYRLOCK_CLAIM(th_sync_step *step) {
    if (!step->port->access.swapped) return th_sync_go(step, TH_STEP_RW_TRYRLOCK);
    step->frame->ok = 1;
    return TH_RUN_DONE;
}

th_run th_sync_take_RW_RUNLOCK(th_sync_step *step) {
    th_sync_released(step, step->frame->lock + TH_RWMUTEX_writerSem);
    const int32_t readers = after(step, -1);
    if (readers >= 0) return th_sync_return(step);
    if (readers + 1 == 0 || readers + 1 == -TH_RWMUTEX_MAX_READERS) {
        return th_sync_fatal(step, "sync: RUnlock of unlocked RWMutex");
    }
    return th_sync_go(step, TH_STEP_RW_RUNLOCK_LEFT);
}

th_run th_sync_take_RW_RUNLOCK_LEFT(th_sync_step *step) {
    if (after(step, -1) != 0) return th_sync_return(step);
    return th_sync_sem_release(step, step->frame->lock + TH_RWMUTEX_writerSem, 1);
}

th_run th_sync_take_RW_LOCK_ANNOUNCE(th_sync_step *step) {
    const int32_t readers = after(step, 0);
    if (readers == 0) return th_sync_return(step);
    step->frame->next = (uint64_t)(int64_t)readers;
    return th_sync_go(step, TH_STEP_RW_LOCK_LEFT);
}

th_run th_sync_take_RW_LOCK_LEFT(th_sync_step *step) {
    if (after(step, (int64_t)step->frame->next) == 0) return th_sync_return(step);
    step->frame->flags &= (uint8_t)~TH_SYNC_LIFO;
    return th_sync_sem_acquire(step, step->frame->lock + TH_RWMUTEX_writerSem);
}

th_run th_sync_take_RW_TRYLOCK_CLAIM(th_sync_step *step) {
    if (step->port->access.swapped) return th_sync_return(step);
    step->frame->ok = 0;
    return th_sync_call_unlock(step, step->frame->lock);
}

th_run th_sync_take_RW_UNLOCK(th_sync_step *step) {
    const uint64_t lock = step->frame->lock;
    th_sync_released(step, lock + TH_RWMUTEX_readerSem);
    const int32_t readers = after(step, TH_RWMUTEX_MAX_READERS);
    if (readers >= TH_RWMUTEX_MAX_READERS) {
        return th_sync_fatal(step, "sync: Unlock of unlocked RWMutex");
    }
    step->frame->flags = (uint8_t)((step->frame->flags | TH_SYNC_INNER) & ~TH_SYNC_HANDOFF);
    th_sync_push(step, TH_STEP_MU_UNLOCK);
    return th_sync_sem_release(step, lock + TH_RWMUTEX_readerSem, (uint32_t)readers);
}

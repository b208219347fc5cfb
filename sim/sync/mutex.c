// Semaphores (runtime/sema.go) and the Mutex on top of them (sync/mutex.go), as TH_SYNC_GO has it.
#include "sim/sync/routine.h"

enum { SPIN_ROUNDS = 4 };  // active_spin of runtime/proc.go

th_run th_sync_sem_acquire(th_sync_step *step, uint64_t sema) {
    step->frame->sema = sema;
    return th_sync_go(step, TH_STEP_SEM_ACQUIRE);
}

static bool sem_take(th_sync_step *step) {
    const int32_t count = th_sync_get(step->port->memory, step->frame->sema);
    if (count == 0) return false;
    th_sync_set(step, step->frame->sema, count - 1);
    return true;
}

static th_run sem_queue(th_sync_step *step) {
    const th_sync_waiter waiter = {.address = step->frame->sema, .g = step->port->g};
    th_sync_enqueue(step->sync, &waiter, (step->frame->flags & TH_SYNC_LIFO) != 0);
    return th_sync_park(step, TH_STEP_SEM_WAKE);
}

th_run th_sync_take_SEM_ACQUIRE(th_sync_step *step) {
    if (!sem_take(step)) return sem_queue(step);
    return th_sync_did_and(step, TH_SYNC_DID_ACQUIRED, th_sync_return(step));
}

// A woken goroutine competes with newcomers, and may have to queue again, unless it was handed the
// count.
th_run th_sync_take_SEM_WAKE(th_sync_step *step) {
    const th_sync_wakeup wakeup = th_sync_take_wakeup(step);
    if (!wakeup.handoff && !sem_take(step)) return sem_queue(step);
    return th_sync_did_and(step, TH_SYNC_DID_WOKE, th_sync_return(step));
}

th_run th_sync_sem_release(th_sync_step *step, uint64_t sema, uint32_t count) {
    step->frame->sema = sema;
    step->frame->count = count;
    return count == 0 ? th_sync_return(step) : th_sync_go(step, TH_STEP_SEM_RELEASE);
}

th_run th_sync_take_SEM_RELEASE(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    th_sync_set(step, frame->sema, th_sync_get(step->port->memory, frame->sema) + 1);
    const th_sync_waiter *waiter = th_sync_first_waiter(step->sync, frame->sema);
    frame->did = TH_SYNC_DID_RELEASED;
    if (waiter != NULL) {
        const bool handoff = (frame->flags & TH_SYNC_HANDOFF) != 0 && sem_take(step);
        if (handoff) frame->did = TH_SYNC_DID_HANDED;
        step->io->yield = handoff;
        th_sync_wake(step, waiter, &(th_sync_wakeup){.handoff = handoff});
    }
    return --frame->count == 0 ? th_sync_return(step) : TH_RUN_YIELD;
}

static th_run locked(th_sync_step *step) {
    if (!(step->frame->flags & TH_SYNC_INNER)) th_sync_acquired(step, step->frame->lock);
    step->frame->old = 0;
    return th_sync_return(step);
}

// One turn of lockSlow's loop, with the state just read.
static th_run lock_slow(th_sync_step *step, int32_t old) {
    th_sync_frame *frame = step->frame;
    const int32_t held = old & (TH_MUTEX_LOCKED | TH_MUTEX_STARVING);
    frame->old = (uint32_t)old;
    if (held == TH_MUTEX_LOCKED && frame->iteration < SPIN_ROUNDS && step->io->can_spin) {
        frame->iteration++;
        const bool tell = !(frame->flags & TH_SYNC_AWOKE) && !(old & TH_MUTEX_WOKEN) &&
                          old >> TH_MUTEX_WAITER_SHIFT != 0;
        frame->next = (uint32_t)(old | TH_MUTEX_WOKEN);
        return th_sync_go(step, tell ? TH_STEP_MU_LOCK_SPIN : TH_STEP_MU_LOCK_READ);
    }
    int32_t next = old;
    if (!(old & TH_MUTEX_STARVING)) next |= TH_MUTEX_LOCKED;
    if (held != 0) next += 1 << TH_MUTEX_WAITER_SHIFT;
    if ((frame->flags & TH_SYNC_STARVING) && (old & TH_MUTEX_LOCKED)) next |= TH_MUTEX_STARVING;
    if (frame->flags & TH_SYNC_AWOKE) {
        if (!(next & TH_MUTEX_WOKEN)) {
            return th_sync_fatal(step, "sync: inconsistent mutex state");
        }
        next &= ~TH_MUTEX_WOKEN;
    }
    frame->next = (uint32_t)next;
    return th_sync_go(step, TH_STEP_MU_LOCK_CLAIM);
}

th_run th_sync_take_MU_LOCK(th_sync_step *step) {
    if (step->port->access.swapped) return locked(step);
    return th_sync_go(step, TH_STEP_MU_LOCK_READ);
}

th_run th_sync_take_MU_LOCK_READ(th_sync_step *step) {
    return lock_slow(step, (int32_t)step->port->access.value);
}

th_run th_sync_take_MU_LOCK_SPIN(th_sync_step *step) {
    if (step->port->access.swapped) step->frame->flags |= TH_SYNC_AWOKE;
    return th_sync_go(step, TH_STEP_MU_LOCK_READ);
}

th_run th_sync_take_MU_LOCK_CLAIM(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    if (!step->port->access.swapped) return th_sync_go(step, TH_STEP_MU_LOCK_READ);
    if ((frame->old & (TH_MUTEX_LOCKED | TH_MUTEX_STARVING)) == 0) return locked(step);
    if (frame->waited_from != 0) frame->flags |= TH_SYNC_LIFO;
    if (frame->waited_from == 0) frame->waited_from = step->io->now + 1;
    th_sync_push(step, TH_STEP_MU_LOCK_AWAKE);
    return th_sync_sem_acquire(step, frame->lock + TH_MUTEX_sema);
}

th_run th_sync_take_MU_LOCK_AWAKE(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const int32_t old = (int32_t)step->port->access.value;
    if (step->io->now + 1 - frame->waited_from > step->sync->starve_steps) {
        frame->flags |= TH_SYNC_STARVING;
    }
    if (!(old & TH_MUTEX_STARVING)) {
        frame->flags |= TH_SYNC_AWOKE;
        frame->iteration = 0;
        return lock_slow(step, old);
    }
    // The lock was handed over: it is ours, though the state does not say so yet.
    const int32_t waiters = old >> TH_MUTEX_WAITER_SHIFT;
    if ((old & (TH_MUTEX_LOCKED | TH_MUTEX_WOKEN)) || waiters == 0) {
        return th_sync_fatal(step, "sync: inconsistent mutex state");
    }
    int32_t delta = TH_MUTEX_LOCKED - (1 << TH_MUTEX_WAITER_SHIFT);
    if (!(frame->flags & TH_SYNC_STARVING) || waiters == 1) delta -= TH_MUTEX_STARVING;
    frame->next = (uint64_t)(int64_t)delta;
    return th_sync_go(step, TH_STEP_MU_LOCK_GIVEN);
}

th_run th_sync_take_MU_LOCK_GIVEN(th_sync_step *step) { return locked(step); }

th_run th_sync_take_MU_TRYLOCK(th_sync_step *step) {
    const uint64_t old = step->port->access.value;
    if (old & (TH_MUTEX_LOCKED | TH_MUTEX_STARVING)) return TH_RUN_DONE;
    step->frame->old = old;
    step->frame->next = old | TH_MUTEX_LOCKED;
    return th_sync_go(step, TH_STEP_MU_TRYLOCK_CLAIM);
}

// Failing ends the request: an RWMutex's TryLock fails with its Mutex's.
th_run th_sync_take_MU_TRYLOCK_CLAIM(th_sync_step *step) {
    step->frame->ok = step->port->access.swapped;
    return step->frame->ok ? locked(step) : TH_RUN_DONE;
}

// One turn of unlockSlow's loop: wakes a waiter unless somebody sees to it already.
static th_run unlock_wake(th_sync_step *step, int32_t old) {
    const int32_t busy = TH_MUTEX_LOCKED | TH_MUTEX_WOKEN | TH_MUTEX_STARVING;
    if (old >> TH_MUTEX_WAITER_SHIFT == 0 || (old & busy) != 0) return th_sync_return(step);
    step->frame->old = (uint32_t)old;
    step->frame->next = (uint32_t)((old - (1 << TH_MUTEX_WAITER_SHIFT)) | TH_MUTEX_WOKEN);
    return th_sync_go(step, TH_STEP_MU_UNLOCK_WAKE);
}

th_run th_sync_take_MU_UNLOCK(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const int32_t left = (int32_t)step->port->access.value - 1;
    if (!(frame->flags & TH_SYNC_INNER)) th_sync_released(step, frame->lock);
    if (left == 0) return th_sync_return(step);
    if (!((left + 1) & TH_MUTEX_LOCKED)) {
        return th_sync_fatal(step, "sync: unlock of unlocked mutex");
    }
    if (!(left & TH_MUTEX_STARVING)) return unlock_wake(step, left);
    frame->flags |= TH_SYNC_HANDOFF;
    return th_sync_sem_release(step, frame->lock + TH_MUTEX_sema, 1);
}

th_run th_sync_take_MU_UNLOCK_READ(th_sync_step *step) {
    return unlock_wake(step, (int32_t)step->port->access.value);
}

th_run th_sync_take_MU_UNLOCK_WAKE(th_sync_step *step) {
    if (!step->port->access.swapped) return th_sync_go(step, TH_STEP_MU_UNLOCK_READ);
    return th_sync_sem_release(step, step->frame->lock + TH_MUTEX_sema, 1);
}

th_run th_sync_call_lock(th_sync_step *step, uint64_t mutex) {
    th_sync_frame *frame = step->frame;
    frame->flags &= (uint8_t) ~(TH_SYNC_STARVING | TH_SYNC_AWOKE | TH_SYNC_LIFO | TH_SYNC_HANDOFF);
    frame->lock = mutex;
    frame->old = 0;
    frame->iteration = 0;
    frame->waited_from = 0;
    return th_sync_go(step,
                      step->sync->fidelity == TH_SYNC_GO ? TH_STEP_MU_LOCK : TH_STEP_BRIEF_LOCK);
}

th_run th_sync_call_unlock(th_sync_step *step, uint64_t mutex) {
    step->frame->flags &= (uint8_t)~TH_SYNC_HANDOFF;
    step->frame->lock = mutex;
    return th_sync_go(step, step->sync->fidelity == TH_SYNC_GO ? TH_STEP_MU_UNLOCK
                                                               : TH_STEP_BRIEF_UNLOCK);
}

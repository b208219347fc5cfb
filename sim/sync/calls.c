#include "sim/sync/calls.h"

#include "sim/sync/routine.h"

#include <string.h>

static const char MUTEX[] = "sync/mutex.go", RWMUTEX[] = "sync/rwmutex.go",
                  WAITGROUP[] = "sync/waitgroup.go", ONCE[] = "sync/once.go",
                  COND[] = "sync/cond.go", MAP[] = "sync/map.go", SEMA[] = "runtime/sema.go",
                  PANIC[] = "runtime/panic.go";

// Does the goroutine wait for a Mutex, be it a part of another object?
static bool waits_for_mutex(const th_sync_frame *frame) {
    switch (frame->pc) {
    case TH_STEP_BRIEF_LOCK:
    case TH_STEP_BRIEF_RW_ANNOUNCE:
    case TH_STEP_BRIEF_ENTER:
    case TH_STEP_BRIEF_COND_WAKE: return true;
    case TH_STEP_SEM_WAKE: return frame->sema == frame->lock + TH_MUTEX_sema;
    default: return false;
    }
}

static bool locks_rwmutex(const th_sync_frame *frame) {
    if (frame->op == TH_SYNC_RW_LOCK) return true;
    if (frame->op != TH_SYNC_COND_WAIT) return false;
    for (uint32_t i = 0; i < frame->depth; i++) {
        if (frame->back[i] == TH_STEP_RW_LOCK_ANNOUNCE) return true;
    }
    return frame->pc == TH_STEP_BRIEF_RW_LOCK || frame->pc == TH_STEP_BRIEF_RW_ANNOUNCE ||
           (frame->pc == TH_STEP_SEM_WAKE && !waits_for_mutex(frame));
}

// Who called Lock: `line` is that of the call.
static void add_caller(th_sync_op op, th_calls *calls) {
    switch (op) {
    case TH_SYNC_ONCE_ENTER:
        th_calls_add(calls, "sync.(*Once).doSlow", ONCE, 70);
        th_calls_add(calls, "sync.(*Once).Do", ONCE, 65);
        break;
    case TH_SYNC_COND_WAIT: th_calls_add(calls, "sync.(*Cond).Wait", COND, 71); break;
    case TH_SYNC_MAP_LOAD: th_calls_add(calls, "sync.(*Map).Load", MAP, 114); break;
    case TH_SYNC_MAP_STORE: th_calls_add(calls, "sync.(*Map).Store", MAP, 150); break;
    case TH_SYNC_MAP_LOAD_OR_STORE: th_calls_add(calls, "sync.(*Map).LoadOrStore", MAP, 217); break;
    case TH_SYNC_MAP_DELETE:
    case TH_SYNC_MAP_LOAD_AND_DELETE:
        th_calls_add(calls, "sync.(*Map).LoadAndDelete", MAP, 280);
        if (op == TH_SYNC_MAP_DELETE) th_calls_add(calls, "sync.(*Map).Delete", MAP, 301);
        break;
    case TH_SYNC_MAP_RANGE: th_calls_add(calls, "sync.(*Map).Range", MAP, 338); break;
    default: break;
    }
}

static void add_lock_wait(const th_sync_frame *frame, th_calls *calls) {
    const bool mutex = waits_for_mutex(frame);
    th_calls_add(calls, "sync.runtime_SemacquireMutex", SEMA, 77);
    if (frame->op == TH_SYNC_RW_RLOCK) {
        th_calls_add(calls, "sync.(*RWMutex).RLock", RWMUTEX, 71);
        return;
    }
    if (mutex) {
        th_calls_add(calls, "sync.(*Mutex).lockSlow", MUTEX, 171);
        th_calls_add(calls, "sync.(*Mutex).Lock", MUTEX, 90);
    }
    if (locks_rwmutex(frame)) {
        th_calls_add(calls, "sync.(*RWMutex).Lock", RWMUTEX, mutex ? 147 : 152);
    }
    add_caller((th_sync_op)frame->op, calls);
}

void th_sync_wait_calls(const th_sync_frame *frame, th_sync_wait_reason why, th_calls *calls) {
    if (why == TH_SYNC_WAIT_COND_WAIT) {
        th_calls_add(calls, "sync.runtime_notifyListWait", SEMA, 517);
        th_calls_add(calls, "sync.(*Cond).Wait", COND, 70);
    } else if (why == TH_SYNC_WAIT_SEMACQUIRE && frame->op == TH_SYNC_WG_WAIT) {
        th_calls_add(calls, "sync.runtime_Semacquire", SEMA, 62);
        th_calls_add(calls, "sync.(*WaitGroup).Wait", WAITGROUP, 139);
    } else if (why == TH_SYNC_WAIT_SEMACQUIRE) {
        add_lock_wait(frame, calls);
    }
}

void th_sync_fatal_calls(const th_sync_frame *frame, th_calls *calls) {
    switch (frame->pc) {
    case TH_STEP_MU_UNLOCK:
    case TH_STEP_BRIEF_UNLOCK:
        th_calls_add(calls, "sync.fatal", PANIC, 1031);
        th_calls_add(calls, "sync.(*Mutex).unlockSlow", MUTEX, 229);
        th_calls_add(calls, "sync.(*Mutex).Unlock", MUTEX, 223);
        break;
    case TH_STEP_RW_RUNLOCK:
    case TH_STEP_BRIEF_RUNLOCK:
        th_calls_add(calls, "sync.fatal", PANIC, 1031);
        th_calls_add(calls, "sync.(*RWMutex).rUnlockSlow", RWMUTEX, 129);
        th_calls_add(calls, "sync.(*RWMutex).RUnlock", RWMUTEX, 119);
        break;
    case TH_STEP_RW_UNLOCK:
    case TH_STEP_BRIEF_RW_UNLOCK:
        th_calls_add(calls, "sync.fatal", PANIC, 1031);
        th_calls_add(calls, "sync.(*RWMutex).Unlock", RWMUTEX, 209);
        break;
    default: return;
    }
    if (frame->op == TH_SYNC_COND_WAIT) th_calls_add(calls, "sync.(*Cond).Wait", COND, 69);
}

void th_sync_panic_calls(th_sync_op op, const char *text, th_calls *calls) {
    if (op == TH_SYNC_WG_WAIT) {
        th_calls_add(calls, "sync.(*WaitGroup).Wait", WAITGROUP, 141);
    } else if (op == TH_SYNC_WG_ADD || op == TH_SYNC_WG_DONE) {
        const bool negative = strstr(text, "negative") != NULL;
        th_calls_add(calls, "sync.(*WaitGroup).Add", WAITGROUP, negative ? 83 : 86);
        if (op == TH_SYNC_WG_DONE) {
            th_calls_add(calls, "sync.(*WaitGroup).Done", WAITGROUP, 108);
        }
    }
}

// How the routines of sync/ are put together: one table of steps, one function a step.
//
// A step is announced from its row alone and taken by its function, which looks at port->access,
// changes the frame and names the next step. A routine that calls another pushes the step to go on
// at; th_sync_return pops it.
#ifndef TH_SIM_SYNC_ROUTINE_H
#define TH_SIM_SYNC_ROUTINE_H

#include "sim/sync/sync.h"

typedef struct th_sync_step {
    th_sync *sync;
    th_port *port;
    th_sync_frame *frame;
    th_sync_io *io;
} th_sync_step;

// The address that a row's offset counts from.
typedef enum th_sync_base {
    TH_BASE_OBJECT,  // frame->object
    TH_BASE_LOCK,    // frame->lock
    TH_BASE_SEMA,    // frame->sema
    TH_BASE_AT,      // frame->at
    TH_BASE_SELECT,  // the first channel of a select
} th_sync_base;

// X(NAME, base, offset, bytes, event kind, operand). Bytes of a SYNC step: what must be accessible.
// An access takes its operand from the row, or when that is 0 from frame->next; a compare-and-swap
// expects frame->old.
#define TH_SYNC_STEPS(X)                                                                      \
    /* Semaphores: runtime/sema.go */                                                         \
    X(SEM_ACQUIRE, SEMA, 0, 4, SYNC, 0)                                                       \
    X(SEM_WAKE, SEMA, 0, 4, SYNC, 0)                                                          \
    X(SEM_RELEASE, SEMA, 0, 4, SYNC, 0) /* frame->count of them */                            \
    /* sync/mutex.go */                                                                       \
    X(MU_LOCK, LOCK, TH_MUTEX_state, 4, ATOMIC_CAS, 1)                                        \
    X(MU_LOCK_READ, LOCK, TH_MUTEX_state, 4, READ, 0)                                         \
    X(MU_LOCK_SPIN, LOCK, TH_MUTEX_state, 4, ATOMIC_CAS, 0)                                   \
    X(MU_LOCK_CLAIM, LOCK, TH_MUTEX_state, 4, ATOMIC_CAS, 0)                                  \
    X(MU_LOCK_AWAKE, LOCK, TH_MUTEX_state, 4, READ, 0)                                        \
    X(MU_LOCK_GIVEN, LOCK, TH_MUTEX_state, 4, ATOMIC_RMW, 0)                                  \
    X(MU_TRYLOCK, LOCK, TH_MUTEX_state, 4, READ, 0)                                           \
    X(MU_TRYLOCK_CLAIM, LOCK, TH_MUTEX_state, 4, ATOMIC_CAS, 0)                               \
    X(MU_UNLOCK, LOCK, TH_MUTEX_state, 4, ATOMIC_RMW, -1)                                     \
    X(MU_UNLOCK_READ, LOCK, TH_MUTEX_state, 4, READ, 0)                                       \
    X(MU_UNLOCK_WAKE, LOCK, TH_MUTEX_state, 4, ATOMIC_CAS, 0)                                 \
    /* sync/rwmutex.go */                                                                     \
    X(RW_RLOCK, LOCK, TH_RWMUTEX_readerCount, 4, ATOMIC_RMW, 1)                               \
    X(RW_TRYRLOCK, LOCK, TH_RWMUTEX_readerCount, 4, ATOMIC_LOAD, 0)                           \
    X(RW_TRYRLOCK_CLAIM, LOCK, TH_RWMUTEX_readerCount, 4, ATOMIC_CAS, 0)                      \
    X(RW_RUNLOCK, LOCK, TH_RWMUTEX_readerCount, 4, ATOMIC_RMW, -1)                            \
    X(RW_RUNLOCK_LEFT, LOCK, TH_RWMUTEX_readerWait, 4, ATOMIC_RMW, -1)                        \
    X(RW_LOCK_ANNOUNCE, LOCK, TH_RWMUTEX_readerCount, 4, ATOMIC_RMW, -TH_RWMUTEX_MAX_READERS) \
    X(RW_LOCK_LEFT, LOCK, TH_RWMUTEX_readerWait, 4, ATOMIC_RMW, 0)                            \
    X(RW_TRYLOCK_CLAIM, LOCK, TH_RWMUTEX_readerCount, 4, ATOMIC_CAS, -TH_RWMUTEX_MAX_READERS) \
    X(RW_UNLOCK, LOCK, TH_RWMUTEX_readerCount, 4, ATOMIC_RMW, TH_RWMUTEX_MAX_READERS)         \
    /* sync/waitgroup.go */                                                                   \
    X(WG_ADD, OBJECT, TH_WAITGROUP_state1, 8, ATOMIC_RMW, 0)                                  \
    X(WG_ADD_CHECK, OBJECT, TH_WAITGROUP_state1, 8, READ, 0)                                  \
    X(WG_ADD_RESET, OBJECT, TH_WAITGROUP_state1, 8, WRITE, 0)                                 \
    X(WG_WAIT, OBJECT, TH_WAITGROUP_state1, 8, ATOMIC_LOAD, 0)                                \
    X(WG_WAIT_CLAIM, OBJECT, TH_WAITGROUP_state1, 8, ATOMIC_CAS, 0)                           \
    X(WG_WAIT_CHECK, OBJECT, TH_WAITGROUP_state1, 8, READ, 0)                                 \
    /* sync/once.go */                                                                        \
    X(ONCE_ENTER, OBJECT, TH_ONCE_done, 4, ATOMIC_LOAD, 0)                                    \
    X(ONCE_CHECK, OBJECT, TH_ONCE_done, 4, READ, 0)                                           \
    X(ONCE_LEAVE, OBJECT, TH_ONCE_done, 4, ATOMIC_STORE, 1)                                   \
    /* sync/cond.go, notify lists of runtime/sema.go */                                       \
    X(COND_WAIT, OBJECT, TH_COND_notify_wait, 4, ATOMIC_RMW, 1)                               \
    X(COND_QUEUE, OBJECT, 0, TH_COND_SIZE, SYNC, 0)                                           \
    X(COND_WAKE, OBJECT, 0, TH_COND_SIZE, SYNC, 0)                                            \
    X(COND_SIGNAL, OBJECT, 0, TH_COND_SIZE, SYNC, 0)                                          \
    X(COND_BROADCAST, OBJECT, 0, TH_COND_SIZE, SYNC, 0)                                       \
    /* runtime/chan.go, select.go: both fidelities */                                         \
    X(CHAN_SEND, OBJECT, 0, TH_HCHAN_SIZE, SYNC, 0)                                           \
    X(CHAN_RECV, OBJECT, 0, TH_HCHAN_SIZE, SYNC, 0)                                           \
    X(CHAN_WAKE, OBJECT, 0, TH_HCHAN_SIZE, SYNC, 0)                                           \
    X(CHAN_CLOSE, OBJECT, 0, TH_HCHAN_SIZE, SYNC, 0)                                          \
    X(CHAN_LEN, OBJECT, TH_HCHAN_qcount, 8, READ, 0)                                          \
    X(SELECT, SELECT, 0, TH_HCHAN_SIZE, SYNC, 0)                                              \
    X(SELECT_WAKE, SELECT, 0, TH_HCHAN_SIZE, SYNC, 0)                                         \
    /* TH_SYNC_BRIEF */                                                                       \
    X(BRIEF_LOCK, LOCK, 0, TH_MUTEX_SIZE, SYNC, 0)                                            \
    X(BRIEF_TRYLOCK, LOCK, 0, TH_MUTEX_SIZE, SYNC, 0)                                         \
    X(BRIEF_UNLOCK, LOCK, 0, TH_MUTEX_SIZE, SYNC, 0)                                          \
    X(BRIEF_RW_ANNOUNCE, LOCK, 0, TH_RWMUTEX_SIZE, SYNC, 0)                                   \
    X(BRIEF_RW_LOCK, LOCK, 0, TH_RWMUTEX_SIZE, SYNC, 0)                                       \
    X(BRIEF_RW_TRYLOCK, LOCK, 0, TH_RWMUTEX_SIZE, SYNC, 0)                                    \
    X(BRIEF_RW_UNLOCK, LOCK, 0, TH_RWMUTEX_SIZE, SYNC, 0)                                     \
    X(BRIEF_RLOCK, LOCK, 0, TH_RWMUTEX_SIZE, SYNC, 0)                                         \
    X(BRIEF_TRYRLOCK, LOCK, 0, TH_RWMUTEX_SIZE, SYNC, 0)                                      \
    X(BRIEF_RUNLOCK, LOCK, 0, TH_RWMUTEX_SIZE, SYNC, 0)                                       \
    X(BRIEF_ADD, OBJECT, 0, TH_WAITGROUP_SIZE, SYNC, 0)                                       \
    X(BRIEF_WAIT, OBJECT, 0, TH_WAITGROUP_SIZE, SYNC, 0)                                      \
    X(BRIEF_ENTER, OBJECT, 0, TH_ONCE_SIZE, SYNC, 0)                                          \
    X(BRIEF_LEAVE, OBJECT, 0, TH_ONCE_SIZE, SYNC, 0)                                          \
    X(BRIEF_COND_WAIT, OBJECT, 0, TH_COND_SIZE, SYNC, 0)                                      \
    X(BRIEF_COND_WAKE, OBJECT, 0, TH_COND_SIZE, SYNC, 0)                                      \
    /* sync/map.go: both fidelities (syncmap.c) */                                            \
    X(MAP_READ, OBJECT, TH_SYNCMAP_read, 8, ATOMIC_LOAD, 0)                                   \
    X(MAP_READ_AGAIN, OBJECT, TH_SYNCMAP_read, 8, ATOMIC_LOAD, 0)                             \
    X(MAP_FIND, AT, 0, 8, READ, 0)                                                            \
    X(MAP_FIND_AGAIN, AT, 0, 8, READ, 0)                                                      \
    X(MAP_FIND_DIRTY, AT, 0, 8, READ, 0)                                                      \
    X(MAP_DIRTY_DELETE, AT, 0, 8, WRITE, 0)                                                   \
    X(MAP_DIRTY_PUT, AT, 0, 8, WRITE, 0)                                                      \
    X(MAP_MISSES, OBJECT, TH_SYNCMAP_misses, 8, READ, 0)                                      \
    X(MAP_MISSED, OBJECT, TH_SYNCMAP_misses, 8, WRITE, 0)                                     \
    X(MAP_PROMOTE, OBJECT, TH_SYNCMAP_read, 8, ATOMIC_STORE, 0)                               \
    X(MAP_PROMOTED, OBJECT, TH_SYNCMAP_dirty, 8, WRITE, 0)                                    \
    X(MAP_FORGIVEN, OBJECT, TH_SYNCMAP_misses, 8, WRITE, 0)                                   \
    X(MAP_ENTRY, AT, 0, 8, ATOMIC_LOAD, 0)                                                    \
    X(MAP_SWAP, AT, 0, 8, ATOMIC_CAS, 0)                                                      \
    X(MAP_UNEXPUNGE, AT, 0, 8, ATOMIC_CAS, 0)                                                 \
    X(MAP_SET, AT, 0, 8, ATOMIC_STORE, 0)                                                     \
    X(MAP_DIRTY_MAKE, OBJECT, TH_SYNCMAP_dirty, 8, WRITE, 0)                                  \
    X(MAP_COPY, AT, 0, 8, ATOMIC_LOAD, 0)                                                     \
    X(MAP_EXPUNGE, AT, 0, 8, ATOMIC_CAS, 0)                                                   \
    X(MAP_COPY_PUT, AT, 0, 8, WRITE, 0)                                                       \
    X(MAP_AMEND, OBJECT, TH_SYNCMAP_read, 8, ATOMIC_STORE, 0)                                 \
    X(MAP_RANGE_NEXT, AT, 0, 8, ATOMIC_LOAD, 0)

enum {
    TH_STEP_NONE,
#define X(name, base, offset, size, kind, operand) TH_STEP_##name,
    TH_SYNC_STEPS(X)
#undef X
        TH_STEP_COUNT,
};

enum {  // frame->flags
    TH_SYNC_STARVING = 1,
    TH_SYNC_AWOKE = 2,
    TH_SYNC_LIFO = 4,   // queue in front: it has waited before
    TH_SYNC_INNER = 8,  // a Mutex inside another object: that one tells what it orders
    TH_SYNC_HANDOFF = 16,
    TH_SYNC_MAP_LOCKED = 32,
    TH_SYNC_MAP_MISS = 64,  // a miss is still to be counted
    TH_SYNC_MAP_NEW = 128,  // the key was in neither map
};

// Takes the step; port->access holds what it read. TH_RUN_YIELD: frame->pc is the next step.
#define X(name, base, offset, size, kind, operand) th_run th_sync_take_##name(th_sync_step *step);
TH_SYNC_STEPS(X)
#undef X

// The first step of a request. TH_STEP_NONE: it takes none (and is carried out).
uint16_t th_sync_first(th_sync_step *step);

static inline th_run th_sync_go(th_sync_step *step, uint16_t pc) {
    step->frame->pc = pc;
    return TH_RUN_YIELD;
}
static inline void th_sync_push(th_sync_step *step, uint16_t pc) {
    step->frame->back[step->frame->depth++] = pc;
}
static inline th_run th_sync_return(th_sync_step *step) {
    if (step->frame->depth == 0) return TH_RUN_DONE;
    return th_sync_go(step, step->frame->back[--step->frame->depth]);
}
static inline th_run th_sync_did_and(th_sync_step *step, th_sync_did did, th_run run) {
    step->frame->did = (uint8_t)did;
    return run;
}
static inline th_run th_sync_fatal(th_sync_step *step, const char *message) {
    step->port->message = message;
    return TH_RUN_FATAL;
}
static inline th_run th_sync_panic(th_sync_step *step, const char *message) {
    step->port->message = message;
    return TH_RUN_PANIC;
}

void th_sync_edge_add(th_sync_io *io, th_sync_edge_kind kind, uint16_t g, uint64_t object,
                      uint16_t other);
// Tells the race detector of a plain access that stands for a request (TH_EDGE_READ, _WRITE),
// before what that orders. `site`: where it stands.
void th_sync_counts(th_sync_step *step, th_sync_edge_kind kind, uint64_t address, uint16_t site);
// Of the step's own goroutine.
void th_sync_acquired(th_sync_step *step, uint64_t object);
void th_sync_released(th_sync_step *step, uint64_t object);

// Fields: int32 and 64-bit words of objects, without a step.
int32_t th_sync_get(const th_memory *memory, uint64_t address);
uint64_t th_sync_get64(const th_memory *memory, uint64_t address);
void th_sync_set(th_sync_step *step, uint64_t address, int32_t value);
void th_sync_set64(th_sync_step *step, uint64_t address, uint64_t value);

// Queues (queue.c). `front`: before those that wait already.
void th_sync_enqueue(th_sync *sync, const th_sync_waiter *waiter, bool front);
// The first waiter of a queue; NULL: nobody. Valid until the queues change.
const th_sync_waiter *th_sync_first_waiter(const th_sync *sync, uint64_t address);
const th_sync_waiter *th_sync_waiter_with_ticket(const th_sync *sync, uint64_t address,
                                                 uint32_t ticket);
bool th_sync_waits(const th_sync *sync, uint16_t g);
// Takes g out of all queues, keeping the ends in the channels' blocks up to date.
void th_sync_dequeue(th_sync_step *step, uint16_t g);
// Takes the waiter out of its queues, leaves it the wakeup and lists it as ready.
void th_sync_wake(th_sync_step *step, const th_sync_waiter *waiter, const th_sync_wakeup *wakeup);
const th_sync_wakeup *th_sync_wakeup_of(const th_sync *sync, uint16_t g);
// Takes it away; there is one. The goroutine is parked no longer.
th_sync_wakeup th_sync_take_wakeup(th_sync_step *step);
// Writes the goroutines at a queue's ends into the two words at `address`.
void th_sync_write_ends(th_sync_step *step, uint64_t address);
// The goroutine's step that queued it: it is parked and goes on at `pc`.
th_run th_sync_park(th_sync_step *step, uint16_t pc);
void *th_sync_reserve(void *items, uint32_t count, uint32_t *capacity, size_t size);

// Semaphores: returns to the step pushed last.
th_run th_sync_sem_acquire(th_sync_step *step, uint64_t sema);
th_run th_sync_sem_release(th_sync_step *step, uint64_t sema, uint32_t count);

// Locks as parts of others, in the sync's fidelity; each returns to the step pushed last.
th_run th_sync_call_lock(th_sync_step *step, uint64_t mutex);
th_run th_sync_call_unlock(th_sync_step *step, uint64_t mutex);

// Cases of a select.
uint32_t th_sync_cases(const th_sync *sync, uint16_t g, const th_sync_case **first);
void th_sync_add_case(th_sync *sync, const th_sync_case *added);
void th_sync_drop_cases(th_sync *sync, uint16_t g);

// Whether a channel operation would proceed without waiting.
bool th_chan_ready(const th_sync *sync, const th_memory *memory, uint64_t channel, bool is_send);
bool th_chan_unbuffered(const th_memory *memory, uint64_t channel);
// Tells the race detector of a send or a close, before what that orders. A nil channel is none.
void th_chan_count(th_sync_step *step, uint64_t channel, bool is_close);
// Carries it out; it is ready. A receive's result is in frame->result and frame->ok.
th_run th_chan_send_now(th_sync_step *step, uint64_t channel, th_value value);
th_run th_chan_recv_now(th_sync_step *step, uint64_t channel);
void th_chan_queue(th_sync_step *step, uint64_t channel, bool is_send, th_value value,
                   int case_index);
// What a woken receiver or sender finds.
th_run th_chan_woken(th_sync_step *step, uint64_t channel, bool is_send,
                     const th_sync_wakeup *wakeup);

bool th_select_enabled(const th_sync *sync, const th_memory *memory, const th_sync_frame *frame,
                       uint16_t g);

// What sync.Map's first step is; done at once when it takes none.
uint16_t th_syncmap_first(th_sync_step *step);

#endif

// What goroutines wait for each other with: sync's locks and groups, channels, sync.Map.
//
// The bytes of every object lie in simulated memory, in Go's layout (layout.h). What Go keeps
// elsewhere (the semaphores' queues, sudogs) is a th_sync. A request is a frame: plain data that
// th_sync_run advances, as th_gomap_run does, until it is done, fails or stands before its next
// step.
//
//     th_sync_begin(&frame, TH_SYNC_MUTEX_LOCK, mutex, 0, NULL, NULL);
//     port.budget = 0;                                  // announce the first step
//     run = th_sync_run(&sync, &port, &frame, &io);     // TH_RUN_YIELD: port.access is announced
//     ...
//     if (th_sync_enabled(&sync, memory, &frame, g)) {  // else it cannot be chosen: g waits
//         port.budget = 1;
//         run = th_sync_run(&sync, &port, &frame, &io); // takes it; then io says whom it woke
//     }
//
// Two fidelities, chosen by the way of scheduling:
//
// TH_SYNC_BRIEF (`any`): the fewest indivisible steps. A step that cannot proceed is not enabled.
//     Lock, RLock, Unlock, Add, Wait, a try of either, close, Signal: one step. Lock of an RWMutex:
//     two (announce: enabled when no other writer is pending; then wait: enabled when no reader is
//     left). Send and receive: one step, enabled when there is room, a value, a partner, or the
//     channel is closed. Without a buffer, whoever comes first queues (one step, always enabled),
//     the second hands over, the first goes on (one step, enabled when it was served). Cond.Wait:
//     two (queue and unlock; then lock again, enabled when signalled and free).
//     Whatever Go's machine allows, this one does; beyond it only: a TryLock never fails because of
//     another that is about to, and a select that queues may still meet a partner after one of its
//     buffered channels was closed.
// TH_SYNC_GO (`go`): the state machines of Go 1.19, one step an access: a Mutex's
// compare-and-swaps,
//     spinning, semaphore, starvation and handoff, the RWMutex's counts, the WaitGroup's word. What
//     Go does under a lock of the runtime's own (a channel, a semaphore's queue, a notify list) is
//     one step. A goroutine that cannot proceed is parked: th_sync_parked; whoever wakes it lists
//     it in io->ready, and its next step is then enabled.
//
// Every step of a request is an access of port->access.kind: a real access to the object's bytes,
// or TH_EVENT_SYNC with size 0 whose value is th_sync_did << 8 | th_sync_op. All but plain reads
// and writes are fences: under tso and weak they are not enabled while the goroutine's store buffer
// holds entries (th_buffer_allows).
// For a race detector the accesses of these routines count for nothing; io->edges says what they
// order.
#ifndef TH_SIM_SYNC_SYNC_H
#define TH_SIM_SYNC_SYNC_H

#include "sim/base/value.h"
#include "sim/memory/port.h"
#include "sim/sync/layout.h"

// Objects. X(NAME, "go type", bytes). A channel's block continues with its buffer.
#define TH_SYNC_KINDS(X)                                                                  \
    X(NONE, "", 0)                                                                        \
    X(MUTEX, "sync.Mutex", TH_MUTEX_SIZE)                                                 \
    X(RWMUTEX, "sync.RWMutex", TH_RWMUTEX_SIZE)                                           \
    X(WAITGROUP, "sync.WaitGroup", TH_WAITGROUP_SIZE)                                     \
    X(CHANNEL, "chan", TH_HCHAN_SIZE)                                                     \
    X(ONCE, "sync.Once", TH_ONCE_SIZE)                                                    \
    X(COND, "sync.Cond", TH_COND_SIZE)                                                    \
    X(MAP, "sync.Map", TH_SYNCMAP_SIZE)                                                   \
    X(MAP_READ_ONLY, "sync.readOnly", 16) /* the rest: parts of a sync.Map (syncmap.h) */ \
    X(MAP_TABLE, "map[any]*entry", 24)                                                    \
    X(MAP_SLOTS, "[]slot", 0) /* of a table, 32 bytes each */                             \
    X(MAP_ENTRY, "sync.entry", 8)                                                         \
    X(MAP_VALUE, "any", 24)                                                               \
    X(MAP_ITERATOR, "range", 24)

typedef enum th_sync_kind {
#define X(name, text, size) TH_SYNC_KIND_##name,
    TH_SYNC_KINDS(X)
#undef X
        TH_SYNC_KIND_COUNT,
} th_sync_kind;

const char *th_sync_kind_string(th_sync_kind kind);
uint32_t th_sync_kind_size(th_sync_kind kind);

// Requests: X(NAME, kind of object, "word in a scenario", "go name", operands)
// Operands, as the letters of: i an int (b.w[0]), v a value (b), k a key (b), e an element (c).
// Results, in frame.result[] and frame.ok:
//   TRY..., ONCE_ENTER (true: run the function, then ONCE_LEAVE): ok
//   CHAN_RECV: value in [0..1]; ok: false when closed and empty. CHAN_LEN, CHAN_CAP: [0]
//   SELECT (i: 1 when it has a default): [2] the index of the case taken, -1 the default; of a
//     receive, value and ok as CHAN_RECV. Its cases come before it, in order: CASE_SEND, CASE_RECV
//     (no step; done at once).
//   MAP_LOAD, MAP_LOAD_AND_DELETE, MAP_LOAD_OR_STORE: value in [0..1], its th_scalar in [2]; ok:
//     loaded
//   MAP_RANGE, MAP_NEXT: ok: there is a pair, key [0..1], value [2..3]; [4]: the iterator, which
//     MAP_NEXT takes as its object, and above TH_SYNC_TYPE_SHIFT the th_scalar of the key and, 8
//     bits higher, of the value
#define TH_SYNC_OPS(X)                                                               \
    X(MUTEX_LOCK, MUTEX, "lock", "sync.(*Mutex).Lock", "")                           \
    X(MUTEX_TRYLOCK, MUTEX, "trylock", "sync.(*Mutex).TryLock", "")                  \
    X(MUTEX_UNLOCK, MUTEX, "unlock", "sync.(*Mutex).Unlock", "")                     \
    X(RW_LOCK, RWMUTEX, "lock", "sync.(*RWMutex).Lock", "")                          \
    X(RW_TRYLOCK, RWMUTEX, "trylock", "sync.(*RWMutex).TryLock", "")                 \
    X(RW_UNLOCK, RWMUTEX, "unlock", "sync.(*RWMutex).Unlock", "")                    \
    X(RW_RLOCK, RWMUTEX, "rlock", "sync.(*RWMutex).RLock", "")                       \
    X(RW_TRYRLOCK, RWMUTEX, "tryrlock", "sync.(*RWMutex).TryRLock", "")              \
    X(RW_RUNLOCK, RWMUTEX, "runlock", "sync.(*RWMutex).RUnlock", "")                 \
    X(WG_ADD, WAITGROUP, "add", "sync.(*WaitGroup).Add", "i")                        \
    X(WG_DONE, WAITGROUP, "done", "sync.(*WaitGroup).Done", "")                      \
    X(WG_WAIT, WAITGROUP, "wait", "sync.(*WaitGroup).Wait", "")                      \
    X(CHAN_SEND, CHANNEL, "send", "chan send", "v")                                  \
    X(CHAN_RECV, CHANNEL, "recv", "chan receive", "")                                \
    X(CHAN_CLOSE, CHANNEL, "close", "close", "")                                     \
    X(CHAN_LEN, CHANNEL, "len", "len", "")                                           \
    X(CHAN_CAP, CHANNEL, "cap", "cap", "")                                           \
    X(CASE_SEND, CHANNEL, "on_send", "case send", "v")                               \
    X(CASE_RECV, CHANNEL, "on_recv", "case receive", "")                             \
    X(SELECT, NONE, "select", "select", "i")                                         \
    X(ONCE_ENTER, ONCE, "enter", "sync.(*Once).Do", "")                              \
    X(ONCE_LEAVE, ONCE, "leave", "sync.(*Once).Do", "")                              \
    X(COND_WAIT, COND, "wait", "sync.(*Cond).Wait", "")                              \
    X(COND_SIGNAL, COND, "signal", "sync.(*Cond).Signal", "")                        \
    X(COND_BROADCAST, COND, "broadcast", "sync.(*Cond).Broadcast", "")               \
    X(MAP_LOAD, MAP, "load", "sync.(*Map).Load", "k")                                \
    X(MAP_STORE, MAP, "store", "sync.(*Map).Store", "ke")                            \
    X(MAP_LOAD_OR_STORE, MAP, "load_or_store", "sync.(*Map).LoadOrStore", "ke")      \
    X(MAP_LOAD_AND_DELETE, MAP, "load_and_delete", "sync.(*Map).LoadAndDelete", "k") \
    X(MAP_DELETE, MAP, "delete", "sync.(*Map).Delete", "k")                          \
    X(MAP_RANGE, MAP, "range", "sync.(*Map).Range", "")                              \
    X(MAP_NEXT, MAP_ITERATOR, "next", "sync.(*Map).Range", "")

typedef enum th_sync_op {
    TH_SYNC_OP_NONE,
#define X(name, kind, word, text, operands) TH_SYNC_##name,
    TH_SYNC_OPS(X)
#undef X
        TH_SYNC_OP_COUNT,
} th_sync_op;

const char *th_sync_op_string(th_sync_op op);  // "sync.(*Mutex).Lock"
const char *th_sync_op_word(th_sync_op op);    // "lock"
th_sync_kind th_sync_op_kind(th_sync_op op);

// What a TH_EVENT_SYNC step did: the second byte of the event's value.
#define TH_SYNC_DIDS(X)                                                                     \
    X(TRIED, "tried")       /* found nothing to do, or failed */                            \
    X(ACQUIRED, "acquired") /* holds the lock now; entered; passed the wait */              \
    X(RELEASED, "released")                                                                 \
    X(ANNOUNCED, "announced") /* a pending writer: new readers wait from now on */          \
    X(QUEUED, "queued")       /* waits from now on */                                       \
    X(WOKE, "woke")           /* goes on after a wait */                                    \
    X(PUT, "put")             /* a value into a channel's buffer */                         \
    X(TOOK, "took")           /* a value out of it */                                       \
    X(HANDED, "handed over")  /* between two goroutines directly, or to those who waited */ \
    X(CLOSED, "closed")       /* closed the channel, or received that it is */              \
    X(FAILED, "failed")       /* ended in a panic or a fatal error */

typedef enum th_sync_did {
    TH_SYNC_DID_NONE,
#define X(name, text) TH_SYNC_DID_##name,
    TH_SYNC_DIDS(X)
#undef X
        TH_SYNC_DID_COUNT,
} th_sync_did;
const char *th_sync_did_string(th_sync_did did);

// Why a goroutine waits, in the words of Go's goroutine dumps.
#define TH_SYNC_WAITS(X)                           \
    X(SEMACQUIRE, "semacquire")                    \
    X(CHAN_RECEIVE, "chan receive")                \
    X(CHAN_SEND, "chan send")                      \
    X(CHAN_RECEIVE_NIL, "chan receive (nil chan)") \
    X(CHAN_SEND_NIL, "chan send (nil chan)")       \
    X(SELECT, "select")                            \
    X(SELECT_NONE, "select (no cases)")            \
    X(COND_WAIT, "sync.Cond.Wait")

typedef enum th_sync_wait_reason {
    TH_SYNC_WAIT_NONE,
#define X(name, text) TH_SYNC_WAIT_##name,
    TH_SYNC_WAITS(X)
#undef X
        TH_SYNC_WAIT_REASON_COUNT,
} th_sync_wait_reason;
const char *th_sync_wait_reason_string(th_sync_wait_reason reason);

typedef enum th_sync_fidelity { TH_SYNC_BRIEF, TH_SYNC_GO } th_sync_fidelity;

enum { TH_SYNC_FRAME_DEPTH = 3, TH_SYNC_RESULT_WORDS = 5, TH_SYNC_TYPE_SHIFT = 48 };

// A request in progress. Locals are named as in Go's routines.
typedef struct th_sync_frame {
    uint64_t object;
    th_value b, c;  // operands; key and element of a sync.Map
    uint64_t result[TH_SYNC_RESULT_WORDS];
    uint64_t old, next;    // a word read, and its successor
    uint64_t waited_from;  // Mutex: the step at which the waiting began, plus one
    uint64_t lock;        // the object that a called routine works on (the Mutex of an RWMutex ...)
    uint64_t sema;        // the semaphore waited for
    uint64_t at;          // sync.Map: the address that the next step accesses
    uint64_t read, e, p;  // sync.Map: readOnly, entry, what it points to
    uint32_t ticket;      // Cond
    uint32_t count;       // goroutines still to wake; sync.Map: entries copied
    uint16_t type;        // sync.Map: scalar of the key | scalar of the element << 8
    uint16_t back[TH_SYNC_FRAME_DEPTH];  // where the routines that called this one go on
    uint16_t pc;                         // the step that is announced
    uint8_t depth;
    uint8_t op;   // th_sync_op
    uint8_t did;  // th_sync_did of its last TH_EVENT_SYNC step
    uint8_t ok;
    uint8_t iteration;  // Mutex: rounds spun
    uint8_t flags;      // of the routine
    uint8_t parked;     // bool: its next step waits until another goroutine readies it
    uint8_t begun;      // bool: it has announced its first step
    uint8_t reserved[6];
} th_sync_frame;

enum {
    TH_WAITER_SELECT = 1,  // waits in other queues too
    TH_WAITER_LINKED = 2,  // the queue's ends are two words of the object, at its address
};

// A place in a queue: the semaphore's, a channel's recvq or sendq, a notify list. Kept sorted by
// address, in queue order within one, so equal states are equal byte for byte.
typedef struct th_sync_waiter {
    uint64_t address;  // of the queue: a sema field, recvq_first, sendq_first, notify_head
    th_value value;    // to be sent
    uint32_t ticket;   // Cond
    uint16_t g;
    uint8_t case_index;  // of a select
    uint8_t flags;       // TH_WAITER_...
} th_sync_waiter;

// What a waker left for the goroutine it woke, until that takes its next step. Sorted by g.
typedef struct th_sync_wakeup {
    th_value value;  // received
    uint16_t g;
    uint8_t case_index;  // which case of a select
    uint8_t ok;          // channels: a value was passed (else: closed)
    uint8_t handoff;     // semaphores: the count is already taken for it
    uint8_t reserved[3];
} th_sync_wakeup;

// A case of a select in the making. Sorted by g, in order of the cases.
typedef struct th_sync_case {
    uint64_t channel;  // 0: nil, never ready
    th_value value;
    uint16_t g;
    uint8_t is_send;
    uint8_t reserved[5];
} th_sync_case;

// What the simulated runtime keeps besides the objects' bytes. Invariants (th_sync_check): sorted
// as said above; ends of queues in the hchan blocks agree with the waiters; a goroutine has waiters
// of one request only, and none once it has a wakeup.
typedef struct th_sync {
    th_sync_waiter *waiters;
    th_sync_wakeup *wakeups;
    th_sync_case *cases;
    uint32_t waiter_count, waiter_capacity;
    uint32_t wakeup_count, wakeup_capacity;
    uint32_t case_count, case_capacity;
    uint32_t starve_steps;  // a Mutex whose waiter waits longer starves (Go: 1 ms)
    uint8_t fidelity;       // th_sync_fidelity
} th_sync;

// `starve_steps` 0: TH_STARVE_STEPS_DEFAULT.
void th_sync_init(th_sync *sync, th_sync_fidelity fidelity, uint32_t starve_steps);
void th_sync_free(th_sync *sync);
void th_sync_copy(th_sync *to, const th_sync *from);  // `to`: zeroed or used before
uint64_t th_sync_hash(const th_sync *sync);
// Of a goroutine's frame: what can influence its future.
uint64_t th_sync_frame_hash(const th_sync_frame *frame);
void th_sync_check(const th_sync *sync, const th_memory *memory);

// Happens-before edges of a step, in the order to apply them. Objects are named by an address.
typedef enum th_sync_edge_kind {
    TH_EDGE_ACQUIRE,     // g learns what was released to `object`
    TH_EDGE_RELEASE,     // `object` learns what g knows, besides what it had
    TH_EDGE_PUBLISH,     // `object` knows what g knows, and nothing else (an atomic store)
    TH_EDGE_EXCHANGE,    // a buffer's slot: both learn what the other knew before
    TH_EDGE_RENDEZVOUS,  // g and `other` learn what the other knew before
    TH_EDGE_HAND,        // `other` learns what g knows
    // No edges: what counts as a plain access to `object`, a byte, so that two requests that
    // nothing orders are reported as Go's detector does: a send is a read of its channel, a close a
    // write; under TH_SYNC_GO a WaitGroup's first Add is a read, the first Wait that has to wait a
    // write.
    TH_EDGE_READ,
    TH_EDGE_WRITE,
} th_sync_edge_kind;

typedef struct th_sync_edge {
    uint64_t object;
    uint16_t g;
    uint16_t other;
    uint8_t kind;  // th_sync_edge_kind
    uint8_t reserved;
    uint16_t site;  // of READ and WRITE
} th_sync_edge;

// What a run is told of its surroundings, and what it tells them. Zero it once; the lists grow and
// are reused; th_sync_run empties them first.
typedef struct th_sync_io {
    uint64_t now;     // in: steps taken by the whole run, the clock of starvation
    bool can_spin;    // in: more than one P, another one busy, own queue empty (th_sched_can_spin)
    bool yield;       // out: the time slice goes to the goroutine woken last (a Mutex's handoff)
    uint16_t *ready;  // out: goroutines whose wait is over, in the order to make them runnable
    uint32_t ready_count, ready_capacity;
    th_sync_edge *edges;  // out
    uint32_t edge_count, edge_capacity;
} th_sync_io;
void th_sync_io_free(th_sync_io *io);

// A new object in the region of port->g. Its address; 0: the region is full. `operand`, else NULL:
//   CHANNEL: w[0] capacity (at most TH_CHANNEL_CAPACITY_MAX), w[1] th_scalar of its elements
//   COND: w[0] address of its lock, w[1] TH_SYNC_KIND_MUTEX or _RWMUTEX
// Zeroed memory is a ready Mutex, RWMutex, WaitGroup, Once, sync.Map: inside a struct they need no
// make.
uint64_t th_sync_make(th_port *port, th_sync_kind kind, const th_value *operand, uint32_t object);

// Prepares a frame; a NULL operand is zero. `type`: see th_sync_frame.
void th_sync_begin(th_sync_frame *frame, th_sync_op op, uint64_t object, uint16_t type,
                   const th_value *b, const th_value *c);
// TH_RUN_YIELD: port->access is announced. The first call needs budget 0 (nothing is announced
// yet), unless the op may take its steps at once; CASE_* and CHAN_CAP are done without a step.
// TH_RUN_FATAL and TH_RUN_PANIC: port->message. TH_RUN_FAULT: the object is nil or freed.
th_run th_sync_run(th_sync *sync, th_port *port, th_sync_frame *frame, th_sync_io *io);

// Whether the announced step can be taken now.
bool th_sync_enabled(const th_sync *sync, const th_memory *memory, const th_sync_frame *frame,
                     uint16_t g);
// Whether g stands in a queue (and is off its P) until it is readied.
static inline bool th_sync_parked(const th_sync_frame *frame) { return frame->parked != 0; }
// The cases that the next step of a select may take, one bit each; 0 when there is nothing to
// choose. A choice's value (port->choice_value) names the case; -1: by seed.
uint32_t th_sync_ready_cases(const th_sync *sync, const th_memory *memory,
                             const th_sync_frame *frame, uint16_t g);
// Why g waits: what a dump prints in brackets. NONE: it does not.
th_sync_wait_reason th_sync_why(const th_sync *sync, const th_memory *memory,
                                const th_sync_frame *frame, uint16_t g);
// Who waits at a queue's address (layout.h), in order; returns how many, stores at most `max`.
uint32_t th_sync_queue(const th_sync *sync, uint64_t address, uint16_t *gs, uint32_t max);

#endif

// The scheduler of Go 1.19: goroutines (G) on processors (P), as runtime/proc.go has it.
//
//     th_sched_init(&sched, &(th_sched_desc){.procs = 2, .seed = 7});
//     th_sched_start(&sched, g, &events);              // goroutines of time zero
//     for (p = 0; p < sched.procs; p++) {              // the choices, in order of p:
//         if (th_sched_can_pick(&sched, p)) ...        //   P p takes a goroutine: th_sched_pick
//         if ((g = th_sched_running(&sched, p)) != 0)  //   g takes its announced step, and then
//             ...                                      //   th_sched_tick, _spawn, _park, ...
//     }
//
// Steps. One kind of step is the scheduler's own: P p looks for work and takes a goroutine up
// (findRunnable and execute; a TH_EVENT_SCHEDULE). It is enabled when p runs nothing, is awake and
// would find something; so the interleaving of the Ps stays free, and a woken P may come late. All
// else belongs to the step that causes it: a go statement puts the new goroutine into runnext and
// wakes a P, a park or an exit takes the goroutine off its P, the end of a time slice at a safe
// point puts it at the global queue's tail. When no P can pick and none runs: deadlock (or the
// end).
//
// Left out: system calls, timers, the network poller, garbage collection, Ms (each P has one).
// Time: a step is the unit. A slice ends after slice_steps to 2 * slice_steps steps (seeded), as
// sysmon, which looks every 10 ms, lets a goroutine run 10 to 20 ms.
// Draws (slices, whom to steal from first) come from streams of (seed, P): they do not depend on
// what the other Ps do.
#ifndef TH_SIM_SCHED_SCHED_H
#define TH_SIM_SCHED_SCHED_H

#include "sim/base/limits.h"
#include "sim/memory/event.h"

enum {
    TH_SCHED_RING = 256,                  // runtime2.go: p.runq
    TH_SCHED_GLOBAL_TICK = 61,            // proc.go: schedtick at which the global queue goes first
    TH_SCHED_SLICE_STEPS_DEFAULT = 1000,  // "10 ms": longer than any picture, shorter than a run
    TH_SCHED_NO_P = 255,
};

typedef struct th_sched_desc {
    uint64_t seed;
    uint32_t slice_steps;  // 0: TH_SCHED_SLICE_STEPS_DEFAULT
    uint16_t procs;        // GOMAXPROCS, 1 to TH_PROCS_MAX; 0: 1
    uint16_t global_tick;  // 0: TH_SCHED_GLOBAL_TICK
} th_sched_desc;

// X(NAME, "name"): of a goroutine, as the runtime's _G constants
#define TH_G_STATES(X)                          \
    X(IDLE, "idle")         /* never started */ \
    X(RUNNABLE, "runnable") /* in one queue */  \
    X(RUNNING, "running")   /* on one P */      \
    X(WAITING, "waiting")   /* parked */        \
    X(DEAD, "dead")

typedef enum th_g_state {
#define X(name, text) TH_G_##name,
    TH_G_STATES(X)
#undef X
        TH_G_STATE_COUNT,
} th_g_state;
const char *th_g_state_string(th_g_state state);

// Where a P found the goroutine it took up.
#define TH_SCHED_SOURCES(X)                   \
    X(RUNNEXT, "runnext")                     \
    X(LOCAL, "local queue")                   \
    X(GLOBAL, "global queue")                 \
    X(GLOBAL_TICK, "global queue, 61st tick") \
    X(STOLEN, "stolen")                       \
    X(STOLEN_RUNNEXT, "stolen runnext")

typedef enum th_sched_source {
    TH_SCHED_FROM_NOTHING,
#define X(name, text) TH_SCHED_FROM_##name,
    TH_SCHED_SOURCES(X)
#undef X
        TH_SCHED_SOURCE_COUNT,
} th_sched_source;
const char *th_sched_source_string(th_sched_source source);

// The value of a TH_EVENT_SCHEDULE (its g: the goroutine taken up).
typedef struct th_sched_move {
    uint8_t p;       // who took it up
    uint8_t source;  // th_sched_source
    uint8_t victim;  // STOLEN...: from whom; else TH_SCHED_NO_P
    uint8_t count;   // goroutines moved to p's queue or run: more than 1 for a batch (at most 128)
} th_sched_move;
uint32_t th_sched_move_pack(th_sched_move move);
th_sched_move th_sched_move_unpack(uint32_t value);

typedef enum th_p_state {
    TH_P_IDLE,     // asleep: nobody told it of work
    TH_P_LOOKING,  // awake, runs nothing
    TH_P_RUNNING,
} th_p_state;

// A processor. Entry i of its queue: ring[(head + i) % TH_SCHED_RING], oldest first.
typedef struct th_sched_p {
    uint16_t ring[TH_SCHED_RING];
    uint16_t head, count;
    uint16_t runnext;     // g, 0: none
    uint16_t running;     // g, 0: none
    uint32_t tick;        // schedtick
    uint32_t slice_used;  // steps since the tick last changed
    uint32_t slice_limit;
    uint32_t draw_count;
    uint8_t state;     // th_p_state
    uint8_t spinning;  // bool: was woken, has not found work yet
    uint8_t preempt;   // bool: to give way at the next safe point
    uint8_t reserved;
} th_sched_p;

// Plain data but for two owned arrays. Invariants (th_sched_check): each runnable goroutine is in
// exactly one queue, each running one on exactly one P, no other in any.
typedef struct th_sched {
    th_sched_desc desc;
    th_sched_p *ps;    // [desc.procs]
    uint8_t *states;   // [g_count]: th_g_state
    uint16_t *global;  // [global_count], oldest first
    uint32_t g_count, g_capacity;
    uint32_t global_count, global_capacity;
} th_sched;

void th_sched_init(th_sched *sched, const th_sched_desc *desc);
void th_sched_free(th_sched *sched);
void th_sched_copy(th_sched *to, const th_sched *from);  // `to`: zeroed or used before
uint64_t th_sched_hash(const th_sched *sched);
void th_sched_check(const th_sched *sched);

// A goroutine of time zero, at the global queue's tail; wakes a P.
void th_sched_start(th_sched *sched, uint16_t g);
// newproc: the goroutine on P p starts g.
void th_sched_spawn(th_sched *sched, uint32_t p, uint16_t g);
// goready by the goroutine on P p; TH_SCHED_NO_P: by no goroutine.
void th_sched_ready(th_sched *sched, uint32_t p, uint16_t g);

// The goroutine on P p ... waits from now on; is over; calls runtime.Gosched (global queue's tail);
// gives its time slice to the one it readied (own queue's tail; th_sync_io.yield).
void th_sched_park(th_sched *sched, uint32_t p);
void th_sched_exit(th_sched *sched, uint32_t p);
void th_sched_yield(th_sched *sched, uint32_t p);
void th_sched_goyield(th_sched *sched, uint32_t p);

// After each step of the goroutine on P p: time passes. `safe_point`: whether what it stands before
// now may be preempted (a function's prologue, an allocation, any step of a scenario's own body).
// True: it was, and is at the global queue's tail. Once the slice is over the request stands until
// a safe point comes. Not to be called when the step took the goroutine off p.
bool th_sched_tick(th_sched *sched, uint32_t p, bool safe_point);
// Whether its slice is over, and it is to give way at the next safe point.
bool th_sched_is_preempting(const th_sched *sched, uint32_t p);

// The scheduler's step. `pick` appends its TH_EVENT_SCHEDULE (events may be NULL) and returns the
// goroutine taken up.
bool th_sched_can_pick(const th_sched *sched, uint32_t p);
uint16_t th_sched_next(const th_sched *sched, uint32_t p);  // whom pick would take up; 0: it cannot
uint16_t th_sched_pick(th_sched *sched, uint32_t p, th_events *events);

uint16_t th_sched_running(const th_sched *sched, uint32_t p);  // 0: none
uint32_t th_sched_p_of(const th_sched *sched, uint16_t g);     // TH_SCHED_NO_P: not running
th_g_state th_sched_state(const th_sched *sched, uint16_t g);
// runtime_canSpin's part about the machine: several Ps, another one busy, own queue empty.
bool th_sched_can_spin(const th_sched *sched, uint32_t p);

#endif

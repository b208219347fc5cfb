// The world: a whole run as plain data, and the one function that changes it.
//
//     th_world_init(&world, &env);            // objects and goroutines are then declared
//     th_world_settle(&world, resolver, &events);
//     while (!th_world_ended(&world)) {
//         count = th_world_choices(&world, choices, max);
//         th_world_step(&world, choices[pick], &events);
//         th_world_settle(&world, resolver, &events);
//     }
//
// Invariants (th_world_check): every goroutine that is not over stands before exactly one announced
// access or a synchronisation; no goroutine waits for a program node once settled; the memory's
// hash equals that of its bytes.
#ifndef TH_SIM_WORLD_WORLD_H
#define TH_SIM_WORLD_WORLD_H

#include "sim/base/strings.h"
#include "sim/gomap/gomap.h"
#include "sim/memory/buffer.h"
#include "sim/race/log.h"
#include "sim/sched/sched.h"
#include "sim/sync/sync.h"
#include "sim/world/program.h"

typedef enum th_schedule_kind { TH_SCHEDULE_ANY, TH_SCHEDULE_GO } th_schedule_kind;
typedef enum th_memory_model { TH_MODEL_SC, TH_MODEL_TSO, TH_MODEL_WEAK } th_memory_model;

// What all worlds of one scenario share. Read by steps, never changed by them. It must outlive
// every world and keep its address.
typedef struct th_env {
    th_gomap_env gomap;  // map types, strings, pinned hashes
    th_programs *programs;
    const th_node_id *later;  // roots of goroutines that start by a choice alone; may grow
    uint32_t later_count;
    uint64_t seed;
    uint64_t step_limit;   // a run that long ends with TH_END_LIMIT; 0: TH_STEP_LIMIT_DEFAULT
    uint32_t slice_steps;  // of `go` scheduling; 0: the scheduler's default
    uint16_t procs;        // of `go` scheduling; 0: 1
    uint8_t schedule;      // th_schedule_kind
    uint8_t memory_model;  // th_memory_model
    bool skip_races;       // do not look for races (faster)
    bool hashing;          // keep the memory's hash up to date, for th_world_hash
} th_env;

typedef enum th_end {
    TH_END_RUNNING,
    TH_END_DONE,
    TH_END_FATAL,
    TH_END_PANIC,
    TH_END_DEADLOCK,
    TH_END_FAULT,
    TH_END_LIMIT,
} th_end;
const char *th_end_string(th_end end);  // "done", "fatal" ...: the words of --json

#define TH_DEADLOCK_MESSAGE "all goroutines are asleep - deadlock!"
#define TH_NIL_PANIC "runtime error: invalid memory address or nil pointer dereference"

typedef struct th_outcome {
    uint8_t end;    // th_end
    uint8_t fault;  // th_fault, of TH_END_FAULT
    uint16_t g;     // who caused it
    uint32_t reserved;
    const char *message;  // Go's, without "fatal error: "; static or interned; NULL: none
    uint64_t address;     // of the failing access, if any
} th_outcome;

typedef enum th_status {
    TH_STATUS_NEW,         // has not begun the request of its node
    TH_STATUS_READY,       // stands before a step (which may not be enabled: a held lock)
    TH_STATUS_UNRESOLVED,  // its next program node is still to be filled in
    TH_STATUS_FENCED,      // begins the request of its node once its store buffer is empty
    TH_STATUS_OFF_P,       // `go`: its request is done; goes on when a P takes it up again
    TH_STATUS_DEAD,        // returned
} th_status;

// A request of class CELL in progress.
typedef struct th_cell_frame {
    th_value seen;  // what was read so far
    uint32_t word;  // of a 16-byte value: the word that comes next
    uint32_t reserved;
} th_cell_frame;

// No pointers and no padding: goroutines are copied and hashed as bytes.
typedef struct th_goroutine {
    th_access access;  // announced: what its next step performs
    th_result result;  // of the last request, while UNRESOLVED or OFF_P
    union {            // the request in progress, by its class
        th_map_frame map;
        th_sync_frame sync;
        th_cell_frame cell;
    } frame;
    th_node_id node;  // the request in progress
    uint32_t draws;   // random numbers consumed
    uint16_t parent;  // who started it; 0: the scenario declared it
    uint16_t label;   // the note by which it named what it saw, plus one; 0: none
    uint8_t status;   // th_status
    uint8_t reserved[3];
} th_goroutine;

typedef enum th_choice_kind {
    TH_CHOICE_RUN,    // goroutine g takes its announced step
    TH_CHOICE_DRAIN,  // entry `value` of g's store buffer reaches memory
    TH_CHOICE_PICK,   // `go` scheduling: P number g looks for work
    TH_CHOICE_START,  // a person starts goroutine number g of env->later; nobody else does
} th_choice_kind;

// Named by what it chooses, never by a position in a list.
typedef struct th_choice {
    uint16_t g;
    uint8_t kind;  // th_choice_kind
    uint8_t reserved;
    int32_t value;  // RUN: a bounded random draw of this step (range start, case), -1: by seed
} th_choice;

typedef struct th_world {
    const th_env *env;
    th_memory memory;
    th_goroutine *goroutines;  // from 1; [0] is the scenario itself, as which declarations run
    th_store_buffer *buffers;  // one a goroutine; NULL under TH_MODEL_SC
    th_sync sync;
    th_sched sched;  // of `go` scheduling
    th_detector races;
    uint32_t goroutine_count;  // [0] included
    uint32_t goroutine_capacity;
    uint32_t begun_count;  // goroutines up to this number have begun
    uint32_t live_count;   // goroutines that are not over
    uint32_t unresolved_count;
    uint16_t main_g;  // 0: the run ends when all goroutines have ended
    uint16_t last_g;  // who took the last step
    uint8_t due;      // what `go` scheduling does about it once it is settled (th_due)
    uint64_t step_count;
    uint64_t race_step;  // the step whose access raced last, 0: none
    bool skip_races;     // as env says; also a copy that does without
    th_outcome outcome;
    th_sync_io io;          // of the step in progress: no state
    th_race_log *race_log;  // told instead of `races`; NULL: none. Not copied with the world
} th_world;

// Fills in program nodes. `next` returns the node that follows `node` after `result`, and adds it
// to the programs; 0: the scenario is refused (the resolver keeps why).
typedef struct th_resolver {
    void *context;
    th_node_id (*next)(void *context, th_node_id node, const th_result *result);
} th_resolver;

void th_world_init(th_world *world, const th_env *env);
void th_world_free(th_world *world);
// A snapshot: shares memory pages, copies the rest. `to` is zeroed or used before.
void th_world_copy(th_world *to, const th_world *from);
// The same, but the copy looks for no races from now on: a race detector's state is several times
// as large as the memory it watches, and its steps are several times slower.
void th_world_copy_without_races(th_world *to, const th_world *from);

// Starts a goroutine at time zero. Returns its number, from 1; 0 when there are too many.
uint16_t th_world_start(th_world *world, th_node_id root);
// Makes g the goroutine whose return ends the run.
void th_world_set_main(th_world *world, uint16_t g);
// Carries a request out at once, as part of no run: what a scenario declares (m[1] = 2 outside any
// body). False: it failed, with Go's message in `*message`.
bool th_world_declare(th_world *world, const th_request *request, th_result *result,
                      const char **message);

// Begins new goroutines (under `go` the P does that takes one up) and resolves the nodes that
// goroutines wait for, which may carry out requests without steps: their events are appended to
// those of the step before (`events` may be NULL). Ends the run when nobody can move. False: the
// resolver refused.
bool th_world_settle(th_world *world, th_resolver resolver, th_events *events);
bool th_world_settled(const th_world *world);

// All choices possible now: the goroutines by number, each one's drains behind its step, then the
// Ps. Returns how many there are, of which at most `max` are stored. A settled world that has not
// ended has at least one: without any, settling ends the run as a deadlock. Starts by hand are
// never among them: they are no part of what the program can do by itself.
uint32_t th_world_choices(const th_world *world, th_choice *choices, uint32_t max);
bool th_world_enabled(const th_world *world, th_choice choice);

// Takes one step. The choice must be enabled and the world settled. Events are appended: first the
// step's own, then what else it caused.
void th_world_step(th_world *world, th_choice choice, th_events *events);
// Takes up to `max` steps of one goroutine, as long as it can go on by itself; returns how many.
// The same as that many th_world_step, faster. Stops when the world must be settled.
uint64_t th_world_burst(th_world *world, th_choice choice, uint64_t max, th_events *events);

static inline bool th_world_ended(const th_world *world) {
    return world->outcome.end != TH_END_RUNNING;
}

// Equal worlds have equal hashes; two different ones have the same with chance 2^-64.
uint64_t th_world_hash(const th_world *world);
void th_world_check(const th_world *world);

// The request that a goroutine is in; NULL when it is over or stands between two.
const th_request *th_world_request(const th_world *world, uint16_t g);
// Whether it waits for another goroutine, and why, as a dump says it; NULL: it does not wait.
const char *th_world_waits(const th_world *world, uint16_t g);
const char *th_world_goroutine_name(const th_world *world, uint16_t g);  // "" when it has none

#endif

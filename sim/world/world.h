// The world: a whole run as plain data, and the one function that changes it.
//
//     th_world_init(&world, &env);            // objects and goroutines are then declared
//     th_world_settle(&world, resolver);
//     while (!th_world_ended(&world)) {
//         count = th_world_choices(&world, choices, max);
//         th_world_step(&world, choices[pick], &events);
//         th_world_settle(&world, resolver);
//     }
//
// Invariants (th_world_check): every goroutine that is not over stands before exactly one announced
// access or a synchronisation; no goroutine waits for a program node once settled; the memory's
// hash equals that of its bytes.
#ifndef TH_SIM_WORLD_WORLD_H
#define TH_SIM_WORLD_WORLD_H

#include "sim/base/strings.h"
#include "sim/gomap/gomap.h"
#include "sim/memory/port.h"
#include "sim/world/program.h"

typedef enum th_schedule_kind { TH_SCHEDULE_ANY, TH_SCHEDULE_GO } th_schedule_kind;
typedef enum th_memory_model { TH_MODEL_SC, TH_MODEL_TSO, TH_MODEL_WEAK } th_memory_model;

// What all worlds of one scenario share. Read by steps, never changed by them. It must outlive
// every world and keep its address.
typedef struct th_env {
    th_gomap_env gomap;     // map types, strings, pinned hashes
    th_programs *programs;
    uint64_t seed;
    uint64_t step_limit;    // a run that long ends with TH_END_LIMIT; 0: TH_STEP_LIMIT_DEFAULT
    uint16_t procs;
    uint8_t schedule;       // th_schedule_kind
    uint8_t memory_model;   // th_memory_model
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

typedef struct th_outcome {
    uint8_t end;           // th_end
    uint8_t fault;         // th_fault, of TH_END_FAULT
    uint16_t g;            // who caused it
    uint32_t reserved;
    const char *message;   // static or interned text: Go's message without "fatal error: "; NULL: none
    uint64_t address;      // of the failing access, if any
} th_outcome;

typedef enum th_status {
    TH_STATUS_RUNNABLE,  // stands before an access that can be performed
    TH_STATUS_WAITING,   // blocked in sync/ (a step of it is not enabled)
    TH_STATUS_DEAD,      // returned
    TH_STATUS_UNRESOLVED,  // its next program node is still to be filled in
} th_status;

typedef struct th_goroutine {
    th_node_id node;      // the request in progress
    uint32_t draws;       // random numbers consumed
    uint16_t parent;      // who started it; itself when the scenario declared it
    uint8_t status;       // th_status
    uint8_t in_operation; // bool: its current request has taken a step already
    uint32_t reserved;
    th_result result;     // of the last request, while UNRESOLVED
    th_access access;     // announced: what its next step performs
    th_map_frame map;     // of a TH_REQUEST_MAP request
} th_goroutine;

typedef enum th_choice_kind {
    TH_CHOICE_RUN,    // goroutine g takes its announced step
    TH_CHOICE_DRAIN,  // an entry of g's store buffer reaches memory; value: which (weak)
} th_choice_kind;

// Named by what it chooses, never by a position in a list.
typedef struct th_choice {
    uint16_t g;
    uint8_t kind;   // th_choice_kind
    uint8_t reserved;
    int32_t value;  // RUN: a bounded random draw of this step (range start), -1: by seed
} th_choice;

typedef struct th_world {
    const th_env *env;
    th_memory memory;
    th_goroutine *goroutines;  // [0] takes no part: declarations run as it
    uint32_t goroutine_count;
    uint32_t goroutine_capacity;
    uint32_t live_count;       // goroutines that are not over
    uint32_t unresolved_count;
    uint16_t main_g;           // 0: the run ends when all goroutines have ended
    uint16_t last_g;           // who took the last step
    uint64_t step_count;
    th_outcome outcome;
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

// Starts a goroutine at time zero. Returns its number, from 1; 0 when there are too many.
uint16_t th_world_start(th_world *world, th_node_id root);
// Makes g the goroutine whose return ends the run.
void th_world_set_main(th_world *world, uint16_t g);
// Carries a request out at once, as part of no run: what a scenario declares (m[1] = 2 outside any
// body). False: it failed, with Go's message in `*message`.
bool th_world_declare(th_world *world, const th_request *request, th_result *result,
                      const char **message);

// Resolves the nodes that goroutines wait for. False: the resolver refused.
bool th_world_settle(th_world *world, th_resolver resolver);
bool th_world_settled(const th_world *world);

// All choices possible now, in order of (g, kind, value); returns how many there are, of which at
// most `max` are stored. A run that has not ended and has none is deadlocked.
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

const char *th_world_goroutine_name(const th_world *world, uint16_t g);  // "" when it has none

#endif

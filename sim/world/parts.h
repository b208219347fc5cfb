// How the world's files share its work. Private to sim/world.
#ifndef TH_SIM_WORLD_PARTS_H
#define TH_SIM_WORLD_PARTS_H

#include "sim/base/assert.h"
#include "sim/world/world.h"

// A step, or a declaration, in progress.
typedef struct th_stride {
    th_world *world;
    const th_request *declared;  // a declaration's request, which is no program's; else NULL
    th_port port;
} th_stride;

th_stride th_stride_make(th_world *world, uint16_t g, th_events *events, int32_t choice_value);

// Goroutines move when one is added: never keep the pointer across a go statement.
static inline th_goroutine *th_stride_goroutine(const th_stride *stride) {
    return &stride->world->goroutines[stride->port.g];
}

// The request that the stride is about.
static inline const th_request *th_stride_request(const th_stride *stride) {
    if (stride->declared != NULL) return stride->declared;
    return th_programs_request(stride->world->env->programs, th_stride_goroutine(stride)->node);
}

// Requests of class CELL: announces the access to word `word` of the value; advances by at most
// port.budget steps; what it gave, whose last access was `access`.
void th_cell_announce(th_stride *stride, const th_request *request, uint32_t word);
th_run th_cell_run(th_stride *stride);
th_result th_cell_result(const th_request *request, const th_cell_frame *frame,
                         const th_access *access);

// Announces the first step of a request that takes steps. TH_RUN_YIELD, or how it ended without
// any.
th_run th_request_announce(th_stride *stride, const th_request *request);
// Carries out a request of class LOCAL.
th_result th_request_local(th_stride *stride, const th_request *request);
// Whether an AWAIT waits: under `any` its step is not enabled before the value is there, and one
// that would fault is. Under `go` it spins, as a loop in Go would: always enabled, repeated in
// vain.
bool th_request_awaits(const th_world *world, const th_request *request);
// What the body gets of a request that came back with `run`; false when that ended the run.
bool th_request_result(th_stride *stride, th_run run, th_result *result);
// Where the result is a pointer: says in the next word what it points to (program.h).
void th_result_add_pointee(const th_world *world, const th_request *request, th_result *result);
// Advances the goroutine's request by at most port.budget steps.
th_run th_request_run(th_stride *stride);
// Begins the request of node `node`, announcing its first step; carries out requests without
// steps, and goes on through the program until it stands before a step, waits for its next node or
// for its store buffer, or is over.
void th_request_begin(th_stride *stride, th_node_id node);
// The request in progress came back with something else than TH_RUN_YIELD.
void th_request_finish(th_stride *stride, th_run run);
// A P has taken the goroutine up: begins its first request, or goes on after the one in which it
// gave its P up.
void th_request_take_up(th_stride *stride);
// The program goes on after its last request gave `result`; false when the node is not there yet.
bool th_request_go_on(th_stride *stride, const th_result *result);

// What the scheduler still has to do about the goroutine that took the last step.
typedef enum th_due {
    TH_DUE_NOTHING,
    TH_DUE_TICK,
    TH_DUE_PREEMPT,
    TH_DUE_YIELD,
    TH_DUE_GOYIELD
} th_due;
void th_world_schedule(th_world *world);

// Begins the goroutines that are new, unless one waits for its next node. Not under `go`.
void th_world_begin_new(th_world *world, th_events *events);
// Ends the run, unless it has ended.
void th_world_end(th_world *world, th_port *port, th_end end, const char *message);
// Ends the run when everybody has ended, or nobody can move.
void th_world_end_if_over(th_world *world);

// The next free goroutine, standing before `root`; 0: there are too many.
uint16_t th_world_add(th_world *world, uint16_t parent, th_node_id root);
// Tells the race detector and, under `go`, the scheduler what a step of sync/ did. `events`: its
// own event is the last, and marked if it raced.
void th_world_take_edges(th_world *world, th_events *events);
void th_world_take_ready(th_world *world, uint16_t g);
// Shows the events from `first` on to the race detector.
void th_world_watch(th_world *world, th_events *events, uint32_t first);

#endif

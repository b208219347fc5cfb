// A small machine for tests of sim/sync: goroutines that carry out lists of requests, every choice
// open, copies and hashes of all of it.
#ifndef TH_TESTS_SYNC_DRIVER_H
#define TH_TESTS_SYNC_DRIVER_H

#include "sim/memory/memory.h"
#include "sim/sync/sync.h"

enum { TH_DRIVER_ACTORS_MAX = 5, TH_DRIVER_OPS_MAX = 12 };

typedef struct th_driver_op {
    th_sync_op op;
    uint64_t object;
    th_value b, c;
    uint16_t type;
} th_driver_op;

typedef struct th_driver_actor {
    const th_driver_op *ops;
    uint32_t op_count;
    uint32_t at;  // the request in progress
    bool over;
    th_sync_frame frame;
    th_access access;
    uint32_t draws;
    uint64_t log[TH_DRIVER_OPS_MAX];  // of each request done: a hash of its result
    const char *message;              // of a panic or a fatal error
} th_driver_actor;

typedef struct th_driver {
    th_memory memory;
    th_sync sync;
    th_driver_actor actors[TH_DRIVER_ACTORS_MAX];  // goroutine i + 1
    uint32_t actor_count;
    uint64_t step_count;
    bool ended;  // by a fatal error, panic or fault
    th_run last_run;
    bool can_spin;
    uint64_t seed;
} th_driver;

void th_driver_init(th_driver *driver, th_sync_fidelity fidelity);
void th_driver_free(th_driver *driver);
void th_driver_copy(th_driver *to, const th_driver *from);
uint64_t th_driver_hash(const th_driver *driver);

// Objects; before the actors begin.
uint64_t th_driver_make(th_driver *driver, th_sync_kind kind, uint64_t w0, uint64_t w1);
// The next goroutine. The array must outlive the driver.
void th_driver_add(th_driver *driver, const th_driver_op *ops, uint32_t op_count);

bool th_driver_enabled(const th_driver *driver, uint32_t actor);
// Takes one step; `io` (may be NULL) is what the step told.
void th_driver_step(th_driver *driver, uint32_t index, int64_t choice, th_sync_io *io);
// Nobody can move: 1 all are over, 2 deadlock, 0 somebody can.
int th_driver_over(const th_driver *driver);

// Every path, or with `merge` every state once. `each` sees the state at the end of each path.
typedef struct th_driver_tally {
    uint64_t paths, deadlocks, ended, states;
} th_driver_tally;
typedef void (*th_driver_visit)(void *context, const th_driver *driver);
th_driver_tally th_driver_explore(const th_driver *driver, bool merge, th_driver_visit each,
                                  void *context);

#endif

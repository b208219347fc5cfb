// What goroutines may still do, as far as an exploration has seen: the ground on which steps are
// left out by partial order reduction. Private to sim/explore.
//
// A footprint is what one step touches. Each local state has the set of footprints of all steps
// that its goroutine, and those that it starts, were seen to announce from there on. Sets only
// grow.
#ifndef TH_SIM_EXPLORE_FUTURES_H
#define TH_SIM_EXPLORE_FUTURES_H

#include "sim/explore/intern.h"

// Some of the 8 bytes of a word. Zero `reserved`: compared as bytes.
typedef struct th_touch {
    uint64_t address;       // 8-aligned; or one of th_touch_world
    uint8_t reads, writes;  // a bit a byte
    uint8_t reserved[6];
} th_touch;

// What steps share that lies at no address.
enum {
    TH_TOUCH_CHANNELS = 8,    // queues of a select lead from one channel to another
    TH_TOUCH_SYNC_MAPS = 16,  // their routines look at more than they announce
};

enum {
    TH_FOOTPRINT_NOTHING,
    TH_FOOTPRINT_ANYTHING,  // in conflict with all but NOTHING
};

// Properties of a future, beside footprints.
typedef enum th_future_mark {
    TH_FUTURE_END,    // a step that ends the run
    TH_FUTURE_SPAWN,  // a step that starts a goroutine: numbers are given in order
    TH_FUTURE_MARK_COUNT,
} th_future_mark;

typedef struct th_futures {
    th_intern touches;    // [footprint - 2]: th_touch list, sorted by address
    uint64_t *conflicts;  // [footprint][stride]: bits of those it is in conflict with
    uint64_t *sets;       // [local][stride]: bits of th_future_mark, then of footprints
    uint32_t stride;      // words of a set
    uint32_t footprint_count, conflict_capacity;
    uint32_t local_count, set_capacity;
    struct th_future_edge *edges;  // from a local to one that comes before it
    uint32_t edge_count, edge_capacity;
    uint32_t *first_edge;  // [local]
    uint32_t first_capacity;
    struct th_future_growth *waiting;  // to be handed back
    uint32_t waiting_count, waiting_capacity;
    uint64_t growth;  // how often any set has grown
} th_futures;

void th_futures_init(th_futures *futures);
void th_futures_free(th_futures *futures);
size_t th_futures_memory_used(const th_futures *futures);

// `touches` are sorted by address and name none twice.
uint32_t th_futures_footprint(th_futures *futures, const th_touch *touches, uint32_t count);
// Local states are numbered from 1; each is added once, in order, with what it stands before.
void th_futures_add(th_futures *futures, uint32_t local, uint32_t footprint);
// A goroutine went from one local state to another, or started a goroutine that stands there.
void th_futures_follow(th_futures *futures, uint32_t from, uint32_t to);
void th_futures_mark(th_futures *futures, uint32_t local, th_future_mark mark);

// Whether a step with that footprint is in conflict with anything in the local state's future.
bool th_futures_conflict(const th_futures *futures, uint32_t footprint, uint32_t local);
// Whether two footprints are in conflict.
bool th_futures_meet(const th_futures *futures, uint32_t a, uint32_t b);
bool th_futures_marked(const th_futures *futures, uint32_t local, th_future_mark mark);

#endif

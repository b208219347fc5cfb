// The classic map of Go 1.19 (the same up to 1.23), one memory access at a time.
//
// An operation is a frame: plain data that th_gomap_run advances through the port until it is
// complete, fails, or stands before its next access. The routines mirror runtime/map.go and
// map_fast{32,64,str}.go of Go 1.19: same accesses, same order, same bytes.
#ifndef TH_SIM_GOMAP_GOMAP_H
#define TH_SIM_GOMAP_GOMAP_H

#include "sim/base/strings.h"
#include "sim/gomap/hmap.h"
#include "sim/gomap/type.h"
#include "sim/memory/port.h"

typedef enum th_map_op {
    TH_MAP_NONE,
    TH_MAP_GET,
    TH_MAP_SET,
    TH_MAP_ADD,
    TH_MAP_DELETE,
    TH_MAP_CLEAR,
    TH_MAP_LEN,
    TH_MAP_RANGE,
    TH_MAP_NEXT,
} th_map_op;

enum {
    // The longest chain of calls: the caller, mapassign, growWork, evacuate, its chain, one item,
    // newoverflow, createOverflow.
    TH_MAP_FRAME_DEPTH = 8,
    TH_MAP_TYPE_MAX = 64,
};

// An operation in progress. Locals are named as in the runtime.
typedef struct th_map_frame {
    uint64_t m;   // the hmap, 0: nil map
    uint64_t it;  // the iterator of TH_MAP_RANGE and TH_MAP_NEXT
    th_value key;
    th_value elem;               // to store, or the addend of TH_MAP_ADD
    th_value out_key, out_elem;  // what was found
    uint64_t hash;
    uint64_t mask;
    uint64_t b;             // the bucket looked at
    uint64_t first;         // head of its chain
    uint64_t insert_b;      // bucket of the free slot found, 0: none
    uint64_t elem_address;  // slot of the value, which the caller reads or stores
    uint64_t key_address;   // slot of the key that an iterator stands on
    uint64_t scratch;       // a value read earlier in the same routine
    uint64_t bucket;        // its index
    uint64_t old;           // evacuate: the old bucket; its index
    uint64_t old_index;
    uint64_t new_bit;   // evacuate: number of old buckets
    uint64_t x_b, y_b;  // evacuate: destinations
    uint64_t overflow;  // newoverflow: the bucket in the making
    uint64_t overflow_of;
    th_value move_key;
    uint64_t move_hash;
    uint64_t iter_b;        // mapiternext: the bucket it reads
    uint64_t check_bucket;  // mapiternext
    uint64_t
        next_overflow;  // hashGrow, mapclear: first preallocated overflow bucket of the new array
    uint16_t pc[TH_MAP_FRAME_DEPTH];  // where each routine of the call chain stands
    uint16_t type;                    // index into th_gomap_env.types
    uint8_t op;                       // th_map_op
    uint8_t i;                        // slot
    uint8_t insert_i;
    uint8_t top;
    uint8_t flags;
    uint8_t log2;  // a B read earlier
    uint8_t x_i, y_i, move_i, move_top, use_y;
    uint8_t ok;  // found; has a next pair
    uint8_t iter_i;
    uint8_t maybe;    // faststr: the one slot whose long key may match, 8: none
    uint8_t it_log2;  // the iterator's B
    uint8_t it_offset;
    uint8_t reserved[6];
} th_map_frame;

typedef struct th_hash_pins th_hash_pins;

// Hashes that NaNs get, in order, where a trace tells them: a run draws them at random. Steps take
// from it, so it is for replaying one map alone, never for worlds that are copied.
typedef struct th_nan_hashes {
    const uint64_t *items;  // not owned
    uint32_t count;
    uint32_t taken;  // how often a NaN was hashed, past `count` too
} th_nan_hashes;

// What the routines consult and never change during a step.
typedef struct th_gomap_env {
    th_map_type types[TH_MAP_TYPE_MAX];
    uint32_t type_count;
    th_strings *strings;
    th_hash_pins *pins;         // hashes fixed by a scenario or a trace; NULL: none
    th_nan_hashes *nan_hashes;  // NULL: drawn
} th_gomap_env;

// Index of the type, added when new; -1: no such map or too many types.
int th_gomap_env_type(th_gomap_env *env, th_scalar key, th_scalar elem);

// makemap: a header (and buckets, for a hint above 8) in the region of port->g. 0: limit.
uint64_t th_gomap_make(const th_gomap_env *env, th_port *port, uint16_t type, int64_t hint,
                       uint32_t object);

// Prepares a frame; then run it until it is done. `it` = 0 for TH_MAP_RANGE: it is allocated.
void th_gomap_begin(th_map_frame *frame, th_map_op op, uint16_t type, uint64_t map, uint64_t it,
                    const th_value *key, const th_value *elem);
th_run th_gomap_run(const th_gomap_env *env, th_port *port, th_map_frame *frame);

// The simulated hash of a key (a mixer seeded by hash0: not Go's AES hash), or what was pinned.
uint64_t th_gomap_hash(const th_gomap_env *env, uint16_t type, th_value key, uint32_t hash0);
bool th_gomap_key_is_nan(const th_map_type *type, th_value key);
void th_gomap_pin(th_gomap_env *env, uint16_t type, th_value key, uint64_t hash);
// Frees what pinning allocated; the strings belong to whoever made them.
void th_gomap_env_free(th_gomap_env *env);

// The runtime routine (and line of it, our own pseudo-source) that a frame stands in.
uint16_t th_gomap_site(const th_map_frame *frame);

// Whether a goroutine that stands before this site may be preempted: at function prologues, after
// allocations and in the caller's own code, nowhere else in the runtime (runtime/preempt.go).
bool th_gomap_safe_point(uint16_t site);

// What must hold for a map that no operation is inside of: count equals live slots, old buckets are
// moved all or none, flags are without hashWriting, emptyRest stands only at a chain's end ... NULL
// when all does, else a static text saying what is broken: after a race that is a result.
const char *th_gomap_broken(const th_gomap_env *env, const th_memory *memory, uint64_t map);

#endif

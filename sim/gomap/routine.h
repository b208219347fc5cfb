// How a routine of the map is written: straight down, as in the runtime, and resumable in front of
// every access. Private to sim/gomap.
//
//     th_run th_gomap_example(const th_routine_context *cx, uint32_t level) {
//         BEGIN
//         READ(EXAMPLE_FLAGS, 1, f->m + TH_HMAP_flags)     // may return to the caller and be
//         if (VALUE & TH_FLAG_HASH_WRITING) return ...     // resumed right here by the next step
//         END
//     }
//
// Locals that live across an access are fields of the frame. `level` is the depth in the chain of
// calls: each depth keeps its own resume point.
#ifndef TH_SIM_GOMAP_ROUTINE_H
#define TH_SIM_GOMAP_ROUTINE_H

#include "sim/base/assert.h"
#include "sim/gomap/gomap.h"
#include "sim/gomap/site.h"

typedef struct th_routine_context {
    const th_gomap_env *env;
    const th_map_type *type;
    th_port *port;
    th_map_frame *frame;
} th_routine_context;

#define TH_FALLTHROUGH __attribute__((fallthrough))

#define BEGIN                              \
    th_port *const port = cx->port;        \
    th_map_frame *const f = cx->frame;     \
    const th_map_type *const t = cx->type; \
    (void)port;                            \
    (void)t;                               \
    TH_ASSERT(level < TH_MAP_FRAME_DEPTH); \
    switch (f->pc[level]) {                \
    case 0:

#define END                                                \
    break;                                                 \
    default: TH_ASSERT(!"a resume point of this routine"); \
        }                                                  \
        return th_routine_done(f, level);

// Stops the run; the frame stays where it failed.
#define STOP(run)                         \
    do {                                  \
        f->pc[level] = port->access.site; \
        return (run);                     \
    } while (0)
#define FAULT STOP(TH_RUN_FAULT)
#define FATAL(text) STOP(th_routine_fail(port, TH_RUN_FATAL, (text)))

// Stands before port->access until it is resumed, and performs it then.
#define STAND_AT(id)                  \
    port->access.site = TH_SITE_##id; \
    f->pc[level] = TH_SITE_##id;      \
    return TH_RUN_YIELD;              \
    case TH_SITE_##id:                \
        port->budget--;               \
        if (!th_port_perform(port)) FAULT;

// Announces port->access and performs it, now or when the routine is resumed.
#define ACCESS_AT(id)                      \
    if (port->budget > 0) {                \
        port->budget--;                    \
        port->access.site = TH_SITE_##id;  \
        if (!th_port_perform(port)) FAULT; \
    } else {                               \
        STAND_AT(id)                       \
    }

#define READ(id, bytes, where)                                                                  \
    if (port->budget > 0) {                                                                     \
        port->budget--;                                                                         \
        if (!th_port_load(port, TH_SITE_##id, (bytes), (where))) FAULT;                         \
    } else {                                                                                    \
        port->access = (th_access){.kind = TH_EVENT_READ, .size = (bytes), .address = (where)}; \
        STAND_AT(id)                                                                            \
    }

#define WRITE(id, bytes, where, what)                                                      \
    if (port->budget > 0) {                                                                \
        port->budget--;                                                                    \
        if (!th_port_store(port, TH_SITE_##id, (bytes), (where), (what))) FAULT;           \
    } else {                                                                               \
        port->access = (th_access){                                                        \
            .kind = TH_EVENT_WRITE, .size = (bytes), .address = (where), .value = (what)}; \
        STAND_AT(id)                                                                       \
    }

// memclr of a whole range, as one step.
#define CLEAR(id, where, bytes)                                                               \
    port->access = (th_access){.kind = TH_EVENT_CLEAR, .address = (where), .value = (bytes)}; \
    ACCESS_AT(id)

// What the last access read.
#define VALUE (port->access.value)

// Runs another routine to its end, one level deeper.
#define CALL(id, call)                        \
    f->pc[level] = TH_SITE_##id;              \
    TH_FALLTHROUGH;                           \
    case TH_SITE_##id: {                      \
        const th_run run_ = (call);           \
        if (run_ != TH_RUN_DONE) return run_; \
    }

static inline th_run th_routine_done(th_map_frame *f, uint32_t level) {
    f->pc[level] = 0;
    return TH_RUN_DONE;
}

static inline th_run th_routine_fail(th_port *port, th_run run, const char *text) {
    port->message = text;
    return run;
}

// A header field's address. `field` is a name of TH_HMAP_FIELDS.
#define HMAP(field) (f->m + TH_HMAP_##field)

static inline uint8_t th_tophash(uint64_t hash) {
    const uint8_t top = (uint8_t)(hash >> 56);
    return top < TH_TOP_MIN ? (uint8_t)(top + TH_TOP_MIN) : top;
}

static inline uint64_t th_bucket_mask(uint64_t log2) { return (UINT64_C(1) << (log2 & 63)) - 1; }

// overLoadFactor: more than 8 items and more than 6.5 a bucket.
static inline bool th_over_load_factor(uint64_t count, uint64_t log2) {
    return (int64_t)count > TH_BUCKET_SLOTS && count > 13 * ((UINT64_C(1) << (log2 & 63)) / 2);
}

static inline bool th_too_many_overflow(uint64_t noverflow, uint64_t log2) {
    return noverflow >= UINT64_C(1) << (log2 > 15 ? 15 : log2);
}

// Hashes the frame's operation key or any other with the given seed. A NaN draws a random number.
uint64_t th_routine_hash(const th_routine_context *cx, th_value key, uint32_t hash0);
// Equality of two keys of the map's type; strings are compared by their text, as memequal does.
bool th_routine_key_equal(const th_routine_context *cx, th_value a, th_value b);

// May a string's bytes be read? A nil pointer with a length, which only a torn read sees, is the
// fault it would be in Go.
bool th_routine_text_valid(th_port *port, uint64_t pointer, uint64_t length);

// The first word of a key as it was read, extended to 64 bits where its type is signed.
static inline uint64_t th_routine_key_word(const th_map_type *type, uint64_t word) {
    return type->key_size >= 8 ? word : th_scalar_extend((th_scalar)type->key, word);
}

// Bytes of one access to a key or value: 16-byte ones are read and written by words.
static inline uint8_t th_word_size(uint32_t size) { return (uint8_t)(size == 16 ? 8 : size); }

typedef th_run th_routine_fn(const th_routine_context *cx, uint32_t level);
th_routine_fn th_gomap_access_generic, th_gomap_access_fast, th_gomap_access_str;
// mapaccessK: f->key_address is the key looked for, in bucket memory, and then the one found.
th_routine_fn th_gomap_access_k;
th_routine_fn th_gomap_assign_generic, th_gomap_assign_fast, th_gomap_assign_str;
th_routine_fn th_gomap_delete, th_gomap_clear;
th_routine_fn th_gomap_iterinit, th_gomap_iternext;
th_routine_fn th_gomap_hash_grow, th_gomap_grow_work, th_gomap_evacuate, th_gomap_advance;
// Appends a bucket to the chain of f->overflow_of; gives it in f->overflow.
th_routine_fn th_gomap_newoverflow, th_gomap_create_overflow;

// makeBucketArray: the address (0: limit) and the first preallocated overflow bucket, 0 for none.
uint64_t th_gomap_make_buckets(const th_routine_context *cx, uint8_t log2, uint64_t *next_overflow);
// How many buckets such an array has, and its first preallocated one equals 1<<log2 unless fewer.
uint64_t th_gomap_bucket_count(const th_map_type *type, uint8_t log2);
// Bytes that Go's allocator hands out for a request (runtime.roundupsize).
uint64_t th_gomap_round_up_size(uint64_t size);
// A new block of the map's (mapextra, overflow bucket ...).
uint64_t th_gomap_allocate(const th_routine_context *cx, th_block_kind kind, uint64_t size);

#endif

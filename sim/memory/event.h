// What a step did, in 16 bytes, and the list that a step appends to.
#ifndef TH_SIM_MEMORY_EVENT_H
#define TH_SIM_MEMORY_EVENT_H

#include <stdbool.h>
#include <stdint.h>

struct th_memory;

// One list of all kinds: enum, name, how the kind touches memory.
// X(NAME, "name", reads, writes, is a step)
#define TH_EVENT_KINDS(X)                                                                     \
    X(READ, "read", 1, 0, 1)                                                                  \
    X(WRITE, "write", 0, 1, 1)                                                                \
    X(ATOMIC_LOAD, "atomic load", 1, 0, 1)                                                    \
    X(ATOMIC_STORE, "atomic store", 0, 1, 1)                                                  \
    X(ATOMIC_RMW, "atomic update", 1, 1, 1) /* add and or xor swap */                         \
    X(ATOMIC_CAS, "compare and swap", 1, 1, 1)                                                \
    X(ATOMIC_CAS_FAILED, "failed compare and swap", 1, 0, 1)                                  \
    X(CLEAR, "clear", 0, 1, 1)       /* memclr of a whole range; value: bytes */              \
    X(SYNC, "synchronise", 0, 0, 1)  /* a step of a lock, channel ...; address: the object */ \
    X(DRAIN, "drain", 0, 1, 1)       /* a store buffer's entry reaches memory */              \
    X(SCHEDULE, "schedule", 0, 0, 1) /* the scheduler moved a goroutine */                    \
    X(START, "start", 0, 0, 1)       /* by hand, of a goroutine kept for later */             \
    X(OP_BEGIN, "begin", 0, 0, 0)    /* value: program node */                                \
    X(OP_END, "end", 0, 0, 0)                                                                 \
    X(GO, "go", 0, 0, 0)     /* value: the new goroutine */                                   \
    X(EXIT, "exit", 0, 0, 0) /* a goroutine returned */                                       \
    X(PARK, "park", 0, 0, 0)                                                                  \
    X(READY, "ready", 0, 0, 0)       /* value: the goroutine made runnable */                 \
    X(NOTE, "note", 0, 0, 0)         /* value: a caption, focus ... of the scenario */        \
    X(GROW, "grow", 0, 0, 0)         /* address: the map; value: new B */                     \
    X(EVACUATE, "evacuate", 0, 0, 0) /* address: the old bucket; value: its index */          \
    X(MOVED, "moved", 0, 0,                                                                   \
      0) /* address: the new slot's bucket; value: old slot | new slot << 8 | Y << 16 */      \
    X(GROWN, "grown", 0, 0, 0)       /* address: the map; evacuation finished */              \
    X(ALLOCATE, "allocate", 0, 0, 0) /* address: the block; value: its size */                \
    X(RELEASE, "free", 0, 1, 1)      /* address: the block whose life ends */                 \
    X(FATAL, "fatal", 0, 0, 0)                                                                \
    X(PANIC, "panic", 0, 0, 0)                                                                \
    X(FAULT, "fault", 0, 0, 0)

typedef enum th_event_kind {
    TH_EVENT_NONE,
#define X(name, text, reads, writes, step) TH_EVENT_##name,
    TH_EVENT_KINDS(X)
#undef X
        TH_EVENT_KIND_COUNT,
} th_event_kind;

const char *th_event_kind_string(th_event_kind kind);
bool th_event_kind_reads(th_event_kind kind);
bool th_event_kind_writes(th_event_kind kind);
bool th_event_kind_is_step(th_event_kind kind);

typedef struct th_event {
    uint64_t offset : 44;    // address - TH_MEMORY_BASE; see th_event_address
    uint64_t kind : 8;       // th_event_kind
    uint64_t size : 4;       // bytes accessed, 0 to 8
    uint64_t race : 1;       // set by the recorder: this access raced with an earlier one
    uint64_t marked : 1;     // set by the recorder: events that are no steps belong to this step
    uint64_t has_value : 1;  // the choice carried a value: the recorder keeps it beside
    uint64_t reserved : 5;
    uint32_t value;  // low half of the value read or written (exact: replay the step)
    uint16_t g;      // goroutine
    uint16_t site;   // line of pseudo-source (gomap/source.h), 0: none
} th_event;

_Static_assert(sizeof(th_event) == 16, "the recorder counts on 16 bytes a step");

uint64_t th_event_address(th_event event);
// The whole value read or written. `after`: the memory after the step; a value that still waits in
// a store buffer is given by its low half.
uint64_t th_event_value(th_event event, const struct th_memory *after);

// An event as two words: compilers make much of seven bit-fields, and every access makes an event.
// Bit-fields are laid out from the low bit on, on all machines with little-endian numbers
// (tests/memory/event_test.c).
typedef union th_event_words {
    uint64_t words[2];
    th_event event;
} th_event_words;

// What the events of one goroutine's burst have in common.
static inline th_event_words th_event_stamp(uint16_t g, bool has_value) {
    return (th_event_words){{(uint64_t)has_value << 58, (uint64_t)g << 32}};
}

// `offset` is below 2^44.
static inline th_event th_event_stamped(th_event_words stamp, th_event_kind kind, uint32_t size,
                                        uint64_t offset, uint64_t value, uint16_t site) {
    stamp.words[0] |= offset | (uint64_t)kind << 44 | (uint64_t)size << 52;
    stamp.words[1] |= (uint32_t)value | (uint64_t)site << 48;
    return stamp.event;
}

// A step's out-list: `items` grows as needed and is reused; append never fails.
typedef struct th_events {
    th_event *items;
    uint32_t count;
    uint32_t capacity;
} th_events;

void th_events_free(th_events *events);
void th_events_grow(th_events *events);

static inline void th_events_append(th_events *events, th_event event) {
    if (events->count == events->capacity) th_events_grow(events);
    events->items[events->count++] = event;
}

#endif

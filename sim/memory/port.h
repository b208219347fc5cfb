// The port: the only way a goroutine's routine reaches shared memory.
//
// A routine announces an access, and either performs it at once, while the step's budget lasts, or
// stops in front of it. So between two steps every goroutine stands before exactly one announced
// access, which is what a scheduler, an explorer and a picture need to know.
#ifndef TH_SIM_MEMORY_PORT_H
#define TH_SIM_MEMORY_PORT_H

#include "sim/memory/event.h"
#include "sim/memory/memory.h"

typedef struct th_store_buffer th_store_buffer;

// An announced access; afterwards `value` is what was read (of a read-modify-write: the old value).
typedef struct th_access {
    uint64_t address;
    uint64_t value;     // to store; operand of a read-modify-write; new value of a cas
    uint64_t expected;  // of a cas
    uint16_t site;      // gomap/source.h
    uint8_t kind;       // th_event_kind that is a step
    uint8_t size;       // bytes
    uint8_t rmw;        // th_rmw
    uint8_t swapped;    // result of a cas
    uint16_t reserved;
} th_access;

typedef enum th_rmw { TH_RMW_ADD, TH_RMW_AND, TH_RMW_OR, TH_RMW_XOR, TH_RMW_SWAP } th_rmw;

// How a routine came back.
typedef enum th_run {
    TH_RUN_YIELD,  // stands before port->access
    TH_RUN_DONE,   // the operation is complete
    TH_RUN_FATAL,  // port->message: Go's `fatal error:` text
    TH_RUN_PANIC,  // port->message: a recoverable panic's text
    TH_RUN_FAULT,  // port->access failed with port->fault
} th_run;

typedef struct th_port {
    th_memory *memory;
    th_events *events;
    th_store_buffer *buffer;  // NULL: sequentially consistent
    uint64_t seed;            // of the run
    uint32_t *draws;          // random numbers the goroutine has consumed (its own stream)
    int64_t choice_value;     // a bounded draw made by the chooser for this step; -1: by seed
    uint32_t budget;          // accesses it may still perform
    uint16_t g;
    uint8_t fault;  // th_fault
    uint8_t limit;  // bool: an address region is full
    th_access access;
    th_event_words stamp;  // th_port_stamp
    const char *message;
} th_port;

// Performs port->access: memory, event. False: a fault (port->fault says which).
bool th_port_perform(th_port *port);

// Small once its size and site are known constants, which compilers do not see before inlining it.
#define TH_PORT_INLINE static inline __attribute__((always_inline))

// Announces a load or store and performs it at once, for routines that go on within their budget.
// th_port_stamp comes first, once for all that follow before `g` and `choice_value` change.
static inline void th_port_stamp(th_port *port);
TH_PORT_INLINE bool th_port_load(th_port *port, uint16_t site, uint32_t size, uint64_t address);
TH_PORT_INLINE bool th_port_store(th_port *port, uint16_t site, uint32_t size, uint64_t address,
                                  uint64_t value);

// Appends an event that is no step.
void th_port_note(th_port *port, th_event_kind kind, uint64_t address, uint32_t value);

// A random number of the goroutine's own stream: (seed, goroutine, how many before), so it does
// not depend on the interleaving.
uint64_t th_port_draw(th_port *port);
// The same, but a choice of the run may fix it; the result is below `bound` (a power of two).
uint64_t th_port_draw_bounded(th_port *port, uint64_t bound);

uint64_t th_port_allocate(th_port *port, th_block block);

// --- the common case, inline: aligned, live, in the memory itself ---

static inline void th_port_stamp(th_port *port) {
    port->stamp = th_event_stamp(port->g, port->choice_value >= 0);
}

static inline void th_port_record(th_port *port, th_event_kind kind, uint32_t size,
                                  uint64_t address, uint64_t value) {
    th_events_append(port->events,
                     th_event_stamped(port->stamp, kind, size, address - TH_MEMORY_BASE, value,
                                      port->access.site));
}

// One store, where site and size are constants: what lies beside them is written with them.
TH_PORT_INLINE void th_port_announce(th_port *port, uint16_t site, th_event_kind kind,
                                     uint32_t size, uint64_t address) {
    port->access.address = address;
    port->access.site = site;
    port->access.kind = (uint8_t)kind;
    port->access.size = (uint8_t)size;
    port->access.rmw = port->access.swapped = 0;
    port->access.reserved = 0;
}

TH_PORT_INLINE bool th_port_load(th_port *port, uint16_t site, uint32_t size, uint64_t address) {
    th_port_announce(port, site, TH_EVENT_READ, size, address);
    const th_page *page = th_memory_page(port->memory, address, size);
    if (page == NULL || port->buffer != NULL) {
        port->access.value = 0;
        return th_port_perform(port);
    }
    const uint64_t value = th_bytes_load(page->bytes + (address & (TH_PAGE_SIZE - 1)), size);
    port->access.value = value;
    th_port_record(port, TH_EVENT_READ, size, address, value);
    return true;
}

TH_PORT_INLINE bool th_port_store(th_port *port, uint16_t site, uint32_t size, uint64_t address,
                                  uint64_t value) {
    th_port_announce(port, site, TH_EVENT_WRITE, size, address);
    port->access.value = value;
    th_page *page = th_memory_page(port->memory, address, size);
    if (page == NULL || page->ref_count > 1 || port->buffer != NULL || port->memory->hashing) {
        return th_port_perform(port);
    }
    th_bytes_store(page->bytes + (address & (TH_PAGE_SIZE - 1)), size, value);
    th_port_record(port, TH_EVENT_WRITE, size, address, value);
    return true;
}

#endif

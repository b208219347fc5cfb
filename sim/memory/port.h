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
    uint8_t fault;            // th_fault
    uint8_t limit;            // bool: an address region is full
    th_access access;
    const char *message;
} th_port;

// Performs port->access: memory, event. False: a fault (port->fault says which).
bool th_port_perform(th_port *port);

// Appends an event that is no step.
void th_port_note(th_port *port, th_event_kind kind, uint64_t address, uint32_t value);

// A random number of the goroutine's own stream: (seed, goroutine, how many before), so it does
// not depend on the interleaving.
uint64_t th_port_draw(th_port *port);
// The same, but a choice of the run may fix it; the result is below `bound` (a power of two).
uint64_t th_port_draw_bounded(th_port *port, uint64_t bound);

uint64_t th_port_allocate(th_port *port, th_block block);

#endif

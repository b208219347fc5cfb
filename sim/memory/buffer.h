// Store buffers: where plain stores wait before they reach memory, under `tso` and `weak`.
//
// One for each goroutine. Real ones belong to processors; under `go` it comes to the same, since a
// goroutine leaves its P with an empty one: the switch goes through atomics of Go's scheduler, so
// it waits until the stores are in memory, as does a go statement (world/request.c). A load sees
// the own stores that wait, laid over what memory holds, byte by byte. Draining an entry is a step
// of its own, and a choice:
//   tso   the oldest entry only (x86)
//   weak  any entry that no older one overlaps: stores to one address stay in order, no others
// Atomics and every step of sync/ are fences: they are not enabled until the buffer is empty, so
// each drain stays a visible step. A full buffer stops its owner the same way, as a real one does.
// Nothing is drained by itself.
#ifndef TH_SIM_MEMORY_BUFFER_H
#define TH_SIM_MEMORY_BUFFER_H

#include "sim/base/limits.h"
#include "sim/memory/port.h"

typedef struct th_buffer_entry {
    uint64_t address;
    uint64_t value;
    uint16_t g;  // whose store it is
    uint16_t site;
    uint8_t size;  // bytes, 1 to 8
    uint8_t reserved[3];
} th_buffer_entry;

// Plain data: copied by assignment. entries[0] is the oldest.
struct th_store_buffer {
    th_buffer_entry entries[TH_STORE_BUFFER_MAX];
    uint8_t count;
    uint8_t capacity;  // at most TH_STORE_BUFFER_MAX
    uint8_t fifo;      // bool: tso
    uint8_t reserved[5];
};

// `capacity` 0: TH_STORE_BUFFER_MAX.
void th_buffer_init(th_store_buffer *buffer, bool fifo, uint8_t capacity);
// Copies what is used; faster than assignment.
void th_buffer_copy(th_store_buffer *to, const th_store_buffer *from);
uint64_t th_buffer_hash(const th_store_buffer *buffer);
void th_buffer_check(const th_store_buffer *buffer);

// Whether a step of that kind may be taken now. NULL buffer: always.
bool th_buffer_allows(const th_store_buffer *buffer, th_event_kind kind);

// What the owner sees where memory holds `value`: 1 to 8 bytes at `address`.
uint64_t th_buffer_forward(const th_store_buffer *buffer, uint64_t address, uint32_t size,
                           uint64_t value);
// Adds the store; the caller has looked for faults, and th_buffer_allows it.
void th_buffer_store(th_store_buffer *buffer, const th_buffer_entry *entry);

bool th_buffer_drainable(const th_store_buffer *buffer, uint32_t index);
// Carries entry `index` of port->buffer to memory, with a TH_EVENT_DRAIN of the goroutine that
// stored (port->access says what it did). False: the block was freed meanwhile (port->fault).
bool th_buffer_drain(th_port *port, uint32_t index);

#endif

#include "sim/memory/port.h"

#include "sim/base/assert.h"
#include "sim/base/rng.h"
#include "sim/memory/buffer.h"

#include <string.h>

static bool memory_load(th_port *port, const th_access *access, uint64_t *value) {
    const th_page *page = th_memory_page(port->memory, access->address, access->size);
    if (page == NULL) {
        return th_memory_load_slow(port->memory, access->address, access->size, value);
    }
    *value = th_bytes_load(page->bytes + (access->address & (TH_PAGE_SIZE - 1)), access->size);
    return true;
}

static bool memory_store(th_port *port, const th_access *access, uint64_t value) {
    th_page *page = th_memory_page(port->memory, access->address, access->size);
    if (page == NULL) {
        return th_memory_store_slow(port->memory, access->address, access->size, value);
    }
    if (page->ref_count > 1 || port->memory->hashing) {
        th_memory_poke(port->memory, access->address, access->size, value);
    } else {
        th_bytes_store(page->bytes + (access->address & (TH_PAGE_SIZE - 1)), access->size, value);
    }
    return true;
}

static uint64_t rmw(th_rmw op, uint64_t old, uint64_t operand) {
    switch (op) {
    case TH_RMW_ADD: return old + operand;
    case TH_RMW_AND: return old & operand;
    case TH_RMW_OR: return old | operand;
    case TH_RMW_XOR: return old ^ operand;
    case TH_RMW_SWAP: return operand;
    }
    return old;
}

static bool atomic_update(th_port *port, th_access *access, uint64_t *shown) {
    uint64_t old = 0;
    if (!memory_load(port, access, &old)) return false;
    const uint64_t next = rmw((th_rmw)access->rmw, old, access->value);
    *shown = next;
    access->value = old;
    return memory_store(port, access, next);
}

static bool compare_and_swap(th_port *port, th_access *access, uint64_t *shown) {
    uint64_t old = 0;
    if (!memory_load(port, access, &old)) return false;
    const uint64_t mask = access->size == 8 ? ~UINT64_C(0) : (UINT64_C(1) << access->size * 8) - 1;
    access->swapped = old == (access->expected & mask);
    *shown = access->swapped ? access->value : old;
    if (access->swapped && !memory_store(port, access, access->value)) return false;
    if (!access->swapped) access->kind = TH_EVENT_ATOMIC_CAS_FAILED;
    access->value = old;
    return true;
}

// memclr: bytes of live blocks only, checked at both ends (a range lies in one block).
static bool clear_range(th_port *port, const th_access *access) {
    const uint32_t size = (uint32_t)access->value;
    if (th_memory_fault(port->memory, access->address, 1) != TH_FAULT_NONE ||
        th_memory_fault(port->memory, access->address + size - 1, 1) != TH_FAULT_NONE) {
        return false;
    }
    th_memory_clear(port->memory, access->address, size);  // a fence: nothing is buffered now
    return true;
}

// Carries the access out; `shown` is the value that the event tells.
static bool carry_out(th_port *port, th_access *access, uint64_t *shown) {
    switch ((th_event_kind)access->kind) {
    case TH_EVENT_READ:
        if (!memory_load(port, access, &access->value)) return false;
        if (port->buffer != NULL) {
            access->value =
                th_buffer_forward(port->buffer, access->address, access->size, access->value);
        }
        *shown = access->value;
        return true;
    case TH_EVENT_WRITE:
        *shown = access->value;
        if (port->buffer != NULL) {
            if (th_memory_fault(port->memory, access->address, access->size) != TH_FAULT_NONE) {
                return false;
            }
            th_buffer_store(port->buffer, &(th_buffer_entry){.address = access->address,
                                                             .value = access->value,
                                                             .g = port->g,
                                                             .site = access->site,
                                                             .size = access->size});
            return true;
        }
        return memory_store(port, access, access->value);
    case TH_EVENT_CLEAR: *shown = access->value; return clear_range(port, access);
    case TH_EVENT_ATOMIC_LOAD:
        if (!memory_load(port, access, &access->value)) return false;
        *shown = access->value;
        return true;
    case TH_EVENT_ATOMIC_STORE:
        *shown = access->value;
        return memory_store(port, access, access->value);
    case TH_EVENT_ATOMIC_RMW: return atomic_update(port, access, shown);
    case TH_EVENT_ATOMIC_CAS: return compare_and_swap(port, access, shown);
    case TH_EVENT_RELEASE: *shown = 0; return th_memory_release(port->memory, access->address);
    case TH_EVENT_SYNC: *shown = access->value; return true;
    default: TH_ASSERT(!"an access that a port performs"); return false;
    }
}

bool th_port_perform(th_port *port) {
    uint64_t shown = 0;
    th_access *access = &port->access;
    const bool done = carry_out(port, access, &shown);
    if (!done) {
        port->fault = (uint8_t)th_memory_fault(port->memory, access->address, access->size);
        if (access->kind == TH_EVENT_RELEASE && port->fault == TH_FAULT_FREED) {
            port->fault = TH_FAULT_FREED_TWICE;
        }
        if (port->fault == TH_FAULT_NONE) port->fault = TH_FAULT_NO_BLOCK;
        shown = 0;
    }
    const uint64_t offset = (access->address - TH_MEMORY_BASE) & ((UINT64_C(1) << 44) - 1);
    th_events_append(port->events,
                     th_event_stamped(th_event_stamp(port->g, port->choice_value >= 0),
                                      (th_event_kind)access->kind, access->size & 15U, offset,
                                      shown, access->site));
    return done;
}

void th_port_note(th_port *port, th_event_kind kind, uint64_t address, uint32_t value) {
    const uint64_t offset =
        address < TH_MEMORY_BASE ? 0 : (address - TH_MEMORY_BASE) & ((UINT64_C(1) << 44) - 1);
    th_events_append(port->events, th_event_stamped(th_event_stamp(port->g, false), kind, 0, offset,
                                                    value, port->access.site));
}

uint64_t th_port_draw(th_port *port) { return th_rng_at(port->seed, port->g, (*port->draws)++); }

uint64_t th_port_draw_bounded(th_port *port, uint64_t bound) {
    TH_ASSERT(bound > 0 && (bound & (bound - 1)) == 0);
    const uint64_t drawn = th_port_draw(port);  // drawn always: a fixed choice shifts no later draw
    const uint64_t value = port->choice_value >= 0 ? (uint64_t)port->choice_value : drawn;
    return value & (bound - 1);
}

uint64_t th_port_allocate(th_port *port, th_block block) {
    block.owner = port->g;
    const uint64_t address = th_memory_allocate(port->memory, block);
    if (address == 0) {
        port->limit = 1;
        return 0;
    }
    th_port_note(port, TH_EVENT_ALLOCATE, address, block.size);
    return address;
}

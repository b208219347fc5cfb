#include "sim/memory/buffer.h"

#include "sim/base/assert.h"

#include <string.h>

_Static_assert(TH_STORE_BUFFER_MAX < 256, "an entry's index and the count fit a byte");

void th_buffer_init(th_store_buffer *buffer, bool fifo, uint8_t capacity) {
    TH_ASSERT(capacity <= TH_STORE_BUFFER_MAX);
    memset(buffer, 0, sizeof(*buffer));
    buffer->fifo = fifo;
    buffer->capacity = capacity != 0 ? capacity : TH_STORE_BUFFER_MAX;
}

void th_buffer_copy(th_store_buffer *to, const th_store_buffer *from) {
    memcpy(to->entries, from->entries, from->count * sizeof(*from->entries));
    to->count = from->count;
    to->capacity = from->capacity;
    to->fifo = from->fifo;
}

uint64_t th_buffer_hash(const th_store_buffer *buffer) {
    uint64_t hash = 0;
    for (uint32_t i = 0; i < buffer->count; i++) {
        const th_buffer_entry *entry = &buffer->entries[i];
        hash = th_hash_combine(hash, entry->address);
        hash = th_hash_combine(hash, entry->value);
        hash = th_hash_combine(hash, (uint64_t)entry->g << 8 | entry->size);
    }
    return hash;
}

void th_buffer_check(const th_store_buffer *buffer) {
    TH_ASSERT(buffer->capacity <= TH_STORE_BUFFER_MAX);
    TH_ASSERT(buffer->count <= buffer->capacity);
    for (uint32_t i = 0; i < buffer->count; i++) {
        TH_ASSERT(buffer->entries[i].size >= 1);
        TH_ASSERT(buffer->entries[i].size <= 8);
    }
}

bool th_buffer_allows(const th_store_buffer *buffer, th_event_kind kind) {
    if (buffer == NULL || kind == TH_EVENT_READ) return true;
    if (kind == TH_EVENT_WRITE) return buffer->count < buffer->capacity;
    return buffer->count == 0;
}

static bool overlap(uint64_t a, uint32_t a_size, uint64_t b, uint32_t b_size) {
    return a < b + b_size && b < a + a_size;
}

// Lays the bytes of an entry over `value`, which is what memory holds at `address`.
static uint64_t lay_over(const th_buffer_entry *entry, uint64_t address, uint32_t size,
                         uint64_t value) {
    for (uint32_t i = 0; i < size; i++) {
        const uint64_t at = address + i - entry->address;  // huge when before the entry
        if (at >= entry->size) continue;
        const uint64_t byte = entry->value >> (8 * at) & 0xff;
        value = (value & ~(UINT64_C(0xff) << (8 * i))) | byte << (8 * i);
    }
    return value;
}

uint64_t th_buffer_forward(const th_store_buffer *buffer, uint64_t address, uint32_t size,
                           uint64_t value) {
    for (uint32_t i = 0; i < buffer->count; i++) {  // oldest first: the newest wins
        const th_buffer_entry *entry = &buffer->entries[i];
        if (overlap(address, size, entry->address, entry->size)) {
            value = lay_over(entry, address, size, value);
        }
    }
    return value;
}

void th_buffer_store(th_store_buffer *buffer, const th_buffer_entry *entry) {
    TH_ASSERT(buffer->count < buffer->capacity);
    th_buffer_entry *own = &buffer->entries[buffer->count++];
    *own = *entry;
    if (own->size < 8) own->value &= (UINT64_C(1) << (8 * own->size)) - 1;
}

bool th_buffer_drainable(const th_store_buffer *buffer, uint32_t index) {
    if (index >= buffer->count) return false;
    if (buffer->fifo) return index == 0;
    const th_buffer_entry *entry = &buffer->entries[index];
    for (uint32_t i = 0; i < index; i++) {
        const th_buffer_entry *older = &buffer->entries[i];
        if (overlap(entry->address, entry->size, older->address, older->size)) return false;
    }
    return true;
}

bool th_buffer_drain(th_port *port, uint32_t index) {
    th_store_buffer *buffer = port->buffer;
    TH_ASSERT(th_buffer_drainable(buffer, index));
    const th_buffer_entry entry = buffer->entries[index];
    buffer->count--;
    memmove(&buffer->entries[index], &buffer->entries[index + 1],
            (buffer->count - index) * sizeof(entry));
    port->access = (th_access){.address = entry.address,
                               .value = entry.value,
                               .site = entry.site,
                               .kind = TH_EVENT_DRAIN,
                               .size = entry.size};
    const bool stored = th_memory_store_slow(port->memory, entry.address, entry.size, entry.value);
    if (!stored) {
        port->fault = (uint8_t)th_memory_fault(port->memory, entry.address, entry.size);
    }
    th_events_append(port->events, (th_event){.offset = (entry.address - TH_MEMORY_BASE) &
                                                        ((UINT64_C(1) << 44) - 1),
                                              .kind = TH_EVENT_DRAIN,
                                              .size = entry.size & 15U,
                                              .value = (uint32_t)entry.value,
                                              .g = entry.g,
                                              .site = entry.site});
    return stored;
}

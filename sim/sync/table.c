#include "sim/sync/table.h"

#include "sim/memory/buffer.h"

enum { SLOTS_MIN = 8 };

uint64_t th_table_word(const th_sync_step *step, uint64_t address) {
    const uint64_t value = th_sync_get64(step->port->memory, address);
    const th_store_buffer *buffer = step->port->buffer;
    return buffer == NULL ? value : th_buffer_forward(buffer, address, 8, value);
}

uint64_t th_table_count(const th_sync_step *step, uint64_t table) {
    return table == 0 ? 0 : th_table_word(step, table + TH_TABLE_count);
}

uint64_t th_table_slot(const th_sync_step *step, uint64_t table, uint64_t index) {
    return th_table_word(step, table + TH_TABLE_slots) + index * TH_SLOT_SIZE;
}

uint64_t th_table_find(const th_sync_step *step, uint64_t table, th_value key, uint64_t type) {
    const uint64_t count = th_table_count(step, table);
    for (uint64_t i = 0; i < count; i++) {
        const uint64_t slot = th_table_slot(step, table, i);
        if (th_table_word(step, slot + TH_SLOT_key) == key.w[0] &&
            th_table_word(step, slot + TH_SLOT_key + 8) == key.w[1] &&
            th_table_word(step, slot + TH_SLOT_type) == type) {
            return slot;
        }
    }
    return 0;
}

static uint64_t allocate(th_sync_step *step, th_sync_kind kind, uint32_t size) {
    // A Range's NEXT works on its iterator, all else on the Map: both know the object's number.
    const th_block *of = th_memory_block(step->port->memory, step->frame->object);
    return th_port_allocate(step->port, (th_block){.kind = TH_BLOCK_SYNC,
                                                   .type = (uint16_t)kind,
                                                   .size = size,
                                                   .object = of != NULL ? of->object : 0});
}

static uint64_t allocate_kind(th_sync_step *step, th_sync_kind kind) {
    return allocate(step, kind, th_sync_kind_size(kind));
}

uint64_t th_table_new(th_sync_step *step) {
    const uint64_t table = allocate_kind(step, TH_SYNC_KIND_MAP_TABLE);
    const uint64_t slots =
        table == 0 ? 0 : allocate(step, TH_SYNC_KIND_MAP_SLOTS, SLOTS_MIN * TH_SLOT_SIZE);
    if (slots == 0) return 0;
    th_sync_set64(step, table + TH_TABLE_capacity, SLOTS_MIN);
    th_sync_set64(step, table + TH_TABLE_slots, slots);
    return table;
}

uint64_t th_table_new_entry(th_sync_step *step, uint64_t p) {
    const uint64_t entry = allocate_kind(step, TH_SYNC_KIND_MAP_ENTRY);
    if (entry != 0) th_sync_set64(step, entry, p);
    return entry;
}

uint64_t th_table_new_any(th_sync_step *step, uint64_t type, th_value value) {
    const uint64_t any = allocate_kind(step, TH_SYNC_KIND_MAP_VALUE);
    if (any == 0) return 0;
    th_sync_set64(step, any + TH_ANY_type, type);
    th_sync_set64(step, any + TH_ANY_value, value.w[0]);
    th_sync_set64(step, any + TH_ANY_value + 8, value.w[1]);
    return any;
}

uint64_t th_table_new_read_only(th_sync_step *step, uint64_t table, bool amended) {
    const uint64_t read = allocate_kind(step, TH_SYNC_KIND_MAP_READ_ONLY);
    if (read == 0) return 0;
    th_sync_set64(step, read + TH_READ_ONLY_m, table);
    th_sync_set64(step, read + TH_READ_ONLY_amended, amended);
    return read;
}

uint64_t th_table_new_iterator(th_sync_step *step, uint64_t table) {
    const uint64_t iterator = allocate_kind(step, TH_SYNC_KIND_MAP_ITERATOR);
    const uint64_t count = th_table_count(step, table);
    if (iterator == 0) return 0;
    th_sync_set64(step, iterator + TH_ITERATOR_table, table);
    // Go starts a range over a map anywhere; that its order can be relied on must not be learnt.
    if (count > 1) {
        th_sync_set64(step, iterator + TH_ITERATOR_start, th_port_draw(step->port) % count);
    }
    return iterator;
}

static bool grow(th_sync_step *step, uint64_t table, uint64_t count) {
    const uint64_t old = th_table_word(step, table + TH_TABLE_slots);
    const uint64_t slots =
        allocate(step, TH_SYNC_KIND_MAP_SLOTS, (uint32_t)(2 * count * TH_SLOT_SIZE));
    if (slots == 0) return false;
    for (uint64_t at = 0; at < count * TH_SLOT_SIZE; at += 8) {
        th_sync_set64(step, slots + at, th_table_word(step, old + at));
    }
    th_sync_set64(step, table + TH_TABLE_capacity, 2 * count);
    th_sync_set64(step, table + TH_TABLE_slots, slots);
    return true;
}

bool th_table_append(th_sync_step *step, uint64_t table, th_value key, uint64_t type,
                     uint64_t entry) {
    const uint64_t count = th_table_count(step, table);
    if (count == th_table_word(step, table + TH_TABLE_capacity) && !grow(step, table, count)) {
        return false;
    }
    const uint64_t slot = th_table_slot(step, table, count);
    th_sync_set64(step, slot + TH_SLOT_key, key.w[0]);
    th_sync_set64(step, slot + TH_SLOT_key + 8, key.w[1]);
    th_sync_set64(step, slot + TH_SLOT_type, type);
    th_sync_set64(step, slot + TH_SLOT_entry, entry);
    return true;
}

void th_table_remove(th_sync_step *step, uint64_t table, uint64_t entry, uint64_t count) {
    const uint64_t end = th_table_slot(step, table, count);
    uint64_t slot = th_table_slot(step, table, 0);
    while (th_table_word(step, slot + TH_SLOT_entry) != entry) slot += TH_SLOT_SIZE;
    for (uint64_t at = slot; at + TH_SLOT_SIZE < end; at += 8) {
        th_sync_set64(step, at, th_sync_get64(step->port->memory, at + TH_SLOT_SIZE));
    }
    for (uint64_t at = end - TH_SLOT_SIZE; at < end; at += 8) th_sync_set64(step, at, 0);
}

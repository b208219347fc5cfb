#include "sim/sync/layout.h"
#include "sim/sync/syncmap.h"

static uint64_t word(const th_memory *memory, uint64_t address) {
    return th_memory_peek(memory, address, 8);
}

th_syncmap_view th_syncmap_look(const th_memory *memory, uint64_t map) {
    th_syncmap_view view = {
        .read = word(memory, map + TH_SYNCMAP_read),
        .dirty = word(memory, map + TH_SYNCMAP_dirty),
        .misses = word(memory, map + TH_SYNCMAP_misses),
        .locked = th_memory_peek(memory, map + TH_SYNCMAP_mu, 1) & TH_MUTEX_LOCKED,
    };
    if (view.read != 0) {
        view.read_m = word(memory, view.read + TH_READ_ONLY_m);
        view.amended = word(memory, view.read + TH_READ_ONLY_amended) != 0;
    }
    return view;
}

uint32_t th_syncmap_count(const th_memory *memory, uint64_t table) {
    return table == 0 ? 0 : (uint32_t)word(memory, table + TH_TABLE_count);
}

th_syncmap_slot th_syncmap_slot_at(const th_memory *memory, uint64_t table, uint32_t index) {
    const uint64_t address = word(memory, table + TH_TABLE_slots) + (uint64_t)index * TH_SLOT_SIZE;
    const uint64_t entry = word(memory, address + TH_SLOT_entry);
    th_syncmap_slot slot = {
        .key = {{word(memory, address + TH_SLOT_key), word(memory, address + TH_SLOT_key + 8)}},
        .address = address,
        .entry = entry,
        .p = word(memory, entry),
        .key_type = (uint8_t)word(memory, address + TH_SLOT_type),
    };
    if (slot.p == 0) {
        slot.state = TH_ENTRY_NIL;
    } else if (slot.p == TH_SYNCMAP_EXPUNGED) {
        slot.state = TH_ENTRY_EXPUNGED;
    } else {
        slot.state = TH_ENTRY_LIVE;
        slot.value_type = (uint8_t)word(memory, slot.p + TH_ANY_type);
        slot.value.w[0] = word(memory, slot.p + TH_ANY_value);
        slot.value.w[1] = word(memory, slot.p + TH_ANY_value + 8);
    }
    return slot;
}

static bool has_entry(const th_memory *memory, uint64_t table, uint64_t entry) {
    const uint32_t count = th_syncmap_count(memory, table);
    for (uint32_t i = 0; i < count; i++) {
        if (th_syncmap_slot_at(memory, table, i).entry == entry) return true;
    }
    return false;
}

const char *th_syncmap_broken(const th_memory *memory, uint64_t map) {
    const th_syncmap_view view = th_syncmap_look(memory, map);
    if (view.locked) return NULL;
    const uint32_t dirty_count = th_syncmap_count(memory, view.dirty);
    for (uint32_t i = 0; i < dirty_count; i++) {
        const th_syncmap_slot slot = th_syncmap_slot_at(memory, view.dirty, i);
        if (slot.state == TH_ENTRY_EXPUNGED) return "an expunged entry is in dirty";
        if (!view.amended && !has_entry(memory, view.read_m, slot.entry)) {
            return "a key is in dirty alone, but read is not amended";
        }
    }
    const uint32_t read_count = view.dirty == 0 ? 0 : th_syncmap_count(memory, view.read_m);
    for (uint32_t i = 0; i < read_count; i++) {
        const th_syncmap_slot slot = th_syncmap_slot_at(memory, view.read_m, i);
        if (slot.state != TH_ENTRY_EXPUNGED && !has_entry(memory, view.dirty, slot.entry)) {
            return "dirty lacks an entry of read";
        }
    }
    return NULL;
}

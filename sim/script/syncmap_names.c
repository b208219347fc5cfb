// Names inside a sync.Map: sm.read.m["A"], sm.dirty.count, sm["A"] for the entry that both share.
#include "sim/script/script.h"

#include "sim/sync/syncmap.h"

static void print_key(th_print *out, const th_scenario *scenario, const th_syncmap_slot *slot) {
    const th_scalar type = (th_scalar)slot->key_type;
    th_print_text(out, "[");
    if (type == TH_STRING) {
        const char *text = th_strings_text(scenario->env.gomap.strings, slot->key.w[0]);
        th_print_text(out, "\"");
        th_print_text(out, text ? text : "");
        th_print_text(out, "\"");
    } else if (type == TH_PTR) {
        th_print_hex(out, slot->key.w[0]);
    } else {
        th_print_int(out, (int64_t)th_scalar_extend(type, slot->key.w[0]));
    }
    th_print_text(out, "]");
}

// The key that holds the entry, in read or in dirty. An entry that is in neither yet has none.
static void print_entry(th_print *out, const th_scenario *scenario, const th_memory *memory,
                        const th_syncmap_view *view, uint64_t entry) {
    const uint64_t tables[2] = {view->read_m, view->dirty};
    for (int k = 0; k < 2; k++) {
        const uint32_t count = th_syncmap_count(memory, tables[k]);
        for (uint32_t i = 0; i < count; i++) {
            const th_syncmap_slot slot = th_syncmap_slot_at(memory, tables[k], i);
            if (slot.entry != entry) continue;
            print_key(out, scenario, &slot);
            return;
        }
    }
    th_print_text(out, ".entry");
}

static const char *table_name(const th_syncmap_view *view, uint64_t table) {
    if (table == view->read_m) return ".read.m";
    return table == view->dirty ? ".dirty" : ".m";
}

static void print_slot(th_print *out, const th_scenario *scenario, const th_memory *memory,
                       const th_syncmap_view *view, const th_block *block, uint64_t offset) {
    const uint64_t tables[2] = {view->read_m, view->dirty};
    for (int k = 0; k < 2; k++) {
        if (tables[k] == 0) continue;
        if (th_memory_peek(memory, tables[k] + TH_TABLE_slots, 8) != block->address) continue;
        const th_syncmap_slot slot =
            th_syncmap_slot_at(memory, tables[k], (uint32_t)(offset / TH_SLOT_SIZE));
        th_print_text(out, table_name(view, tables[k]));
        print_key(out, scenario, &slot);
        return;
    }
    th_print_text(out, ".slots");
}

void th_names_print_in_syncmap(th_print *out, const th_scenario *scenario, const th_memory *memory,
                               const th_block *block, uint64_t offset) {
    const th_object *objects = scenario->objects.items;
    const th_syncmap_view view = th_syncmap_look(memory, objects[block->object - 1].address);
    switch ((th_sync_kind)block->type) {
    case TH_SYNC_KIND_MAP_READ_ONLY:
        th_print_text(out, offset == TH_READ_ONLY_amended ? ".read.amended" : ".read.m");
        break;
    case TH_SYNC_KIND_MAP_TABLE:
        th_print_text(out, table_name(&view, block->address));
        if (offset == TH_TABLE_count) th_print_text(out, ".count");
        break;
    case TH_SYNC_KIND_MAP_SLOTS: print_slot(out, scenario, memory, &view, block, offset); break;
    case TH_SYNC_KIND_MAP_ENTRY: print_entry(out, scenario, memory, &view, block->address); break;
    case TH_SYNC_KIND_MAP_VALUE: th_print_text(out, ".value"); break;
    default: th_print_text(out, ".range"); break;
    }
}

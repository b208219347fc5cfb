// A sync.Map as three tables: the Map's own fields, the keys that are read without a lock, and the
// keys of dirty. An entry that both share is the same place in both: who touches it shows in each.
#include "gui/scene/objects.h"
#include "gui/scene/text.h"

#include "sim/sync/syncmap.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void add_field(const th_scene_context *cx, th_scene_object *object, const char *label,
                      uint64_t address, uint32_t size, const char *text) {
    th_scene_object_cell *added = th_scene_add_cell(cx->out, object, label);
    if (added == NULL) return;
    th_scene_cell *cell = &added->cell;
    *cell = (th_scene_cell){.address = address, .size = size, .swapped = true};
    snprintf(cell->text, sizeof(cell->text), "%s", text);
    memcpy(cell->old_text, cell->text, sizeof(cell->text));
    th_scene_mark_cell(cx->out, cell);
}

static void add_keys(const th_scene_context *cx, th_scene_object *object, uint64_t table) {
    const th_memory *memory = &cx->now->memory;
    const th_strings *strings = cx->env->gomap.strings;
    const uint32_t count = th_syncmap_count(memory, table);
    for (uint32_t i = 0; i < count; i++) {
        const th_syncmap_slot slot = th_syncmap_slot_at(memory, table, i);
        char key[TH_SCENE_NAME_MAX], text[TH_SCENE_VALUE_MAX];
        th_text_value(strings, (th_scalar)slot.key_type, slot.key, key, sizeof(key));
        switch ((th_entry_state)slot.state) {
        case TH_ENTRY_NIL: snprintf(text, sizeof(text), "nil"); break;
        case TH_ENTRY_EXPUNGED: snprintf(text, sizeof(text), "expunged"); break;
        case TH_ENTRY_LIVE:
            th_text_value(strings, (th_scalar)slot.value_type, slot.value, text, sizeof(text));
            break;
        }
        add_field(cx, object, key, slot.entry, 8, text);
    }
}

// The part of the map at the address, as a table of its own. NULL: there is none.
static th_scene_object *add_part(const th_scene_context *cx, const th_block *map, uint64_t address,
                                 const char *suffix, const char *kind) {
    const th_block *block = address == 0 ? NULL : th_memory_block(&cx->now->memory, address);
    th_scene_object *part = block == NULL ? NULL : th_scene_add_object(cx, map, kind);
    if (part == NULL) return NULL;
    part->address = address;
    strncat(part->name, suffix, sizeof(part->name) - strlen(part->name) - 1);
    return part;
}

static void text_keys(const th_memory *memory, uint64_t pointer, uint64_t table, char *out,
                      size_t size) {
    const uint32_t count = th_syncmap_count(memory, table);
    if (pointer == 0)
        snprintf(out, size, "nil");
    else
        snprintf(out, size, count == 1 ? "%" PRIu32 " key" : "%" PRIu32 " keys", count);
}

void th_scene_add_syncmap(const th_scene_context *cx, const th_block *block) {
    const th_memory *memory = &cx->now->memory;
    const uint64_t at = block->address;
    const th_syncmap_view view = th_syncmap_look(memory, at);
    th_scene_object *map = th_scene_add_object(cx, block, th_sync_kind_string(TH_SYNC_KIND_MAP));
    if (map == NULL) return;
    char text[TH_SCENE_VALUE_MAX];
    add_field(cx, map, "mu", at + TH_SYNCMAP_mu, 8, view.locked ? "locked" : "free");
    text_keys(memory, view.read, view.read_m, text, sizeof(text));
    add_field(cx, map, "read", at + TH_SYNCMAP_read, 8, text);
    text_keys(memory, view.dirty, view.dirty, text, sizeof(text));
    add_field(cx, map, "dirty", at + TH_SYNCMAP_dirty, 8, text);
    snprintf(text, sizeof(text), "%" PRIu64, view.misses);
    add_field(cx, map, "misses", at + TH_SYNCMAP_misses, 8, text);

    th_scene_object *read = add_part(cx, block, view.read, ".read", "readOnly");
    if (read != NULL) {
        add_field(cx, read, "amended", view.read + TH_READ_ONLY_amended, 8,
                  view.amended ? "true" : "false");
        add_keys(cx, read, view.read_m);
    }
    th_scene_object *dirty = add_part(cx, block, view.dirty, ".dirty", "map[any]*entry");
    if (dirty != NULL) add_keys(cx, dirty, view.dirty);
}

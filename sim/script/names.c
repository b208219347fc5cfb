// Names: objects are called as the Lua variables that hold them, addresses as what lies there.
#include "sim/script/script.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

// --- names of objects ---

// How sure a name is: a local variable's counts for more than a global's, the first more than the
// next.
typedef struct name_pass {
    th_scenario *scenario;
    uint8_t *named;  // by object: 0 not yet, 1 by a global, 2 for good
} name_pass;

// Gives the handle on top of the stack a name, if it is an object without.
static void name_handle(lua_State *L, const name_pass *naming, const char *name, bool is_global) {
    const th_handle *handle = th_to_handle(L, -1);
    if (handle == NULL || handle->address == 0) return;
    th_object *objects = naming->scenario->objects.items;
    for (uint32_t i = 0; i < naming->scenario->objects.count; i++) {
        if (objects[i].address != handle->address || naming->named[i] == 2) continue;
        // The order of globals means nothing: of several names the smallest holds.
        if (naming->named[i] == 1 && strcmp(name, objects[i].name) > 0) continue;
        objects[i].name = th_keep_text(naming->scenario, name);
        naming->named[i] = is_global ? 1 : 2;
    }
}

// The handle or the list of handles on top of the stack.
static void name_value(lua_State *L, const name_pass *naming, const char *name, bool is_global) {
    if (!lua_istable(L, -1)) {
        name_handle(L, naming, name, is_global);
        return;
    }
    const lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 0; i <= count; i++) {  // from 0, as in Go, or from 1, as in Lua
        char element[96];
        th_print out = th_print_to(element, sizeof(element));
        th_print_text(&out, name);
        th_print_text(&out, "[");
        th_print_int(&out, i);
        th_print_text(&out, "]");
        lua_rawgeti(L, -1, i);
        name_handle(L, naming, element, is_global);
        lua_pop(L, 1);
    }
}

static void name_globals(lua_State *L, const name_pass *naming) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, th_script_of(L)->instance->env_ref);
    lua_getmetatable(L, -1);
    lua_getfield(L, -1, "__index");
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        if (lua_type(L, -2) == LUA_TSTRING) name_value(L, naming, lua_tostring(L, -2), true);
    }
    lua_pop(L, 3);
}

void th_names_collect(lua_State *L, lua_Debug *ar) {
    th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_FILE || !script->instance->is_base) return;
    if (!lua_getinfo(L, "S", ar) || strcmp(ar->what, "main") != 0) return;
    if (strcmp(ar->source, TH_SCRIPT_CHUNK) != 0) return;  // a library
    const name_pass naming = {.scenario = script->scenario,
                              .named = calloc(script->scenario->objects.count + 1, 1)};
    TH_ASSERT(naming.named != NULL);
    const char *name;
    for (int i = 1; (name = lua_getlocal(L, ar, i)) != NULL; i++) {
        if (name[0] != '(') name_value(L, &naming, name, false);
        lua_pop(L, 1);
    }
    name_globals(L, &naming);
    free(naming.named);
}

// --- names of addresses ---

static bool has_several_maps(const th_scenario *scenario) {
    const th_object *objects = scenario->objects.items;
    uint32_t count = 0;
    for (uint32_t i = 0; i < scenario->objects.count; i++) {
        if (objects[i].kind == TH_OBJECT_MAP) count++;
    }
    return count > 1;
}

static void print_index(th_print *out, uint64_t index) {
    th_print_text(out, "[");
    th_print_uint(out, index);
    th_print_text(out, "]");
}

// ".slots[3]", ".mu.state": what lies at an offset of a struct.
static void print_field(th_print *out, const th_scenario *scenario, uint16_t index,
                        uint64_t offset) {
    const th_layout *layout = (const th_layout *)scenario->layouts.items + index;
    for (uint32_t i = 0; i < layout->field_count; i++) {
        const th_field *field = &layout->fields[i];
        const uint32_t size =
            field->layout ? ((const th_layout *)scenario->layouts.items)[field->layout - 1].size
                          : th_scalar_size((th_scalar)field->scalar);
        if (offset < field->offset || offset >= field->offset + (uint64_t)size * field->count) {
            continue;
        }
        th_print_text(out, ".");
        th_print_text(out, field->name);
        const uint64_t inside = offset - field->offset;
        if (field->layout != 0) {
            print_field(out, scenario, (uint16_t)(field->layout - 1), inside);
        } else if (field->count > 1) {
            print_index(out, inside / size);
        }
        return;
    }
    th_print_text(out, ".padding");
}

typedef struct sync_field {
    const char *object, *name;
    uint32_t offset, size;
} sync_field;

static const sync_field SYNC_FIELDS[] = {
#define X(object, field, offset, size) {#object, #field, offset, size},
    TH_SYNC_FIELDS(X)
#undef X
};

static const char *const SYNC_OBJECTS[TH_SYNC_KIND_COUNT] = {
    [TH_SYNC_KIND_MUTEX] = "MUTEX",         [TH_SYNC_KIND_RWMUTEX] = "RWMUTEX",
    [TH_SYNC_KIND_WAITGROUP] = "WAITGROUP", [TH_SYNC_KIND_CHANNEL] = "HCHAN",
    [TH_SYNC_KIND_ONCE] = "ONCE",           [TH_SYNC_KIND_COND] = "COND",
    [TH_SYNC_KIND_MAP] = "SYNCMAP",
};

// ".state", ".buf[2]": what lies at an offset of a lock, a channel ...
static void print_sync_field(th_print *out, const th_memory *memory, const th_block *block,
                             uint64_t offset) {
    const char *object = block->type < TH_SYNC_KIND_COUNT ? SYNC_OBJECTS[block->type] : NULL;
    if (block->type == TH_SYNC_KIND_CHANNEL && offset >= TH_HCHAN_SIZE) {
        const uint64_t size = th_memory_peek(memory, block->address + TH_HCHAN_elemsize, 2);
        th_print_text(out, ".buf");
        print_index(out, (offset - TH_HCHAN_SIZE) / (size > 0 ? size : 1));
        return;
    }
    for (size_t i = 0; object != NULL && i < sizeof(SYNC_FIELDS) / sizeof(SYNC_FIELDS[0]); i++) {
        const sync_field *field = &SYNC_FIELDS[i];
        if (strcmp(field->object, object) != 0 || offset - field->offset >= field->size) continue;
        th_print_text(out, ".");
        th_print_text(out, field->name);
        return;
    }
    th_print_text(out, "+");
    th_print_uint(out, offset);
}

static void print_in_block(th_print *out, const th_scenario *scenario, const th_memory *memory,
                           const th_block *block, uint64_t offset) {
    const bool known = block->object >= 1 && block->object <= scenario->objects.count;
    const th_object *objects = scenario->objects.items;
    th_print_text(out, known ? objects[block->object - 1].name : "?");
    if (offset >= block->size) {
        th_print_text(out, "+");
        th_print_uint(out, offset);
        th_print_text(out, " (past its end)");
        return;
    }
    switch ((th_block_kind)block->kind) {
    case TH_BLOCK_STRUCT: print_field(out, scenario, block->type, offset); break;
    case TH_BLOCK_SYNC:
        if (known && block->type > TH_SYNC_KIND_MAP) {
            th_names_print_in_syncmap(out, scenario, memory, block, offset);
        } else {
            print_sync_field(out, memory, block, offset);
        }
        break;
    default: break;
    }
}

void th_scenario_name(const th_scenario *scenario, const th_world *world, uint64_t address,
                      char *name, size_t size) {
    th_print out = th_print_to(name, size);
    const th_block *block = th_memory_block(&world->memory, address);
    if (address == 0 || block == NULL) {
        if (address == 0) th_print_text(&out, "nil");
        if (address != 0) th_print_hex(&out, address);
        return;
    }
    char part[96];
    const th_map_type *types = scenario->env.gomap.types;
    if (!th_gomap_name(&world->memory, types, address, part, sizeof(part))) {
        print_in_block(&out, scenario, &world->memory, block, address - block->address);
        return;
    }
    const bool known = block->object >= 1 && block->object <= scenario->objects.count;
    if (known && has_several_maps(scenario)) {
        th_print_text(&out, ((const th_object *)scenario->objects.items)[block->object - 1].name);
        th_print_text(&out, ".");
    }
    th_print_text(&out, part);
}

enum { LOOKED_AT_MAX = 1 << 20 };

static bool find_in_block(const th_scenario *scenario, const th_world *world, const th_block *block,
                          const char *name, uint64_t *address) {
    char found[128];
    for (uint32_t offset = 0; offset < block->size; offset++) {
        *address = block->address + offset;
        th_scenario_name(scenario, world, *address, found, sizeof(found));
        if (strcmp(found, name) == 0) return true;
    }
    return false;
}

bool th_scenario_find(const th_scenario *scenario, const th_world *world, const char *name,
                      uint64_t *address) {
    uint64_t looked_at = 0;
    for (uint32_t region = 0; region < world->memory.region_count; region++) {
        const th_block *block;
        for (uint32_t i = 0; (block = th_memory_block_number(&world->memory, region, i)) != NULL;
             i++) {
            if (block->freed) continue;
            looked_at += block->size;
            if (looked_at > LOOKED_AT_MAX) return false;
            if (find_in_block(scenario, world, block, name, address)) return true;
        }
    }
    return false;
}

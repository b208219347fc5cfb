// Handles: how a script holds simulated objects. A handle is an address and what is there; two
// handles of one address are equal.
#include "sim/script/script.h"

#include "sim/base/assert.h"

#include <string.h>

static const char *const KIND_STRINGS[TH_HANDLE_KIND_COUNT] = {
    [TH_HANDLE_MAP] = "map",         [TH_HANDLE_STRUCT] = "struct",
    [TH_HANDLE_ARRAY] = "array",     [TH_HANDLE_VAR] = "var",
    [TH_HANDLE_ATOMIC] = "atomic",   [TH_HANDLE_SYNC] = "sync",
    [TH_HANDLE_POINTER] = "pointer", [TH_HANDLE_LAYOUT] = "struct type",
    [TH_HANDLE_CASE] = "case",
};

const char *th_handle_kind_string(const th_handle *handle) {
    if (handle->kind == TH_HANDLE_SYNC) return th_sync_kind_string((th_sync_kind)handle->type);
    return KIND_STRINGS[handle->kind];
}

void th_push_handle(lua_State *L, th_handle handle) {
    th_handle *made = lua_newuserdatauv(L, sizeof(*made), handle.kind == TH_HANDLE_CASE ? 1 : 0);
    *made = handle;
    lua_rawgeti(L, LUA_REGISTRYINDEX, th_script_of(L)->metas[handle.kind]);
    lua_setmetatable(L, -2);
}

th_handle *th_to_handle(lua_State *L, int index) {
    return lua_type(L, index) == LUA_TUSERDATA ? lua_touserdata(L, index) : NULL;
}

th_handle *th_check_handle(lua_State *L, int index, th_handle_kind kind) {
    th_handle *handle = th_to_handle(L, index);
    if (lua_isnone(L, index) && kind == TH_HANDLE_SYNC) {
        luaL_error(L, "a method is called with a colon, as in mu:lock()");
    }
    if (handle == NULL || handle->kind != kind) {
        luaL_error(L, "a %s is expected, got %s", KIND_STRINGS[kind], th_value_type(L, index));
    }
    return handle;
}

th_handle th_handle_at(const th_scenario *scenario, uint64_t address, uint64_t block) {
    th_handle handle = {.address = address, .type = (uint16_t)(block >> 8)};
    switch ((th_block_kind)(block & 0xff)) {
    case TH_BLOCK_HMAP: handle.kind = TH_HANDLE_MAP; break;
    case TH_BLOCK_CELL: handle.kind = TH_HANDLE_VAR; break;
    case TH_BLOCK_STRUCT:
        handle.kind = TH_HANDLE_STRUCT;
        TH_ASSERT(handle.type < scenario->layouts.count);
        break;
    case TH_BLOCK_SYNC:
        handle.kind = TH_HANDLE_SYNC;
        handle.key = handle.elem = TH_I64;
        break;
    default: handle.kind = TH_HANDLE_POINTER;
    }
    return handle;
}

static int handle_tostring(lua_State *L) {
    const th_handle *handle = th_to_handle(L, 1);
    char text[96];
    th_print out = th_print_to(text, sizeof(text));
    th_print_text(&out, th_handle_kind_string(handle));
    th_print_text(&out, " ");
    th_print_hex(&out, handle->address);
    lua_pushstring(L, text);
    return 1;
}

static int handle_eq(lua_State *L) {
    const th_handle *a = th_to_handle(L, 1), *b = th_to_handle(L, 2);
    lua_pushboolean(L, a != NULL && b != NULL && a->address == b->address &&
                           a->kind != TH_HANDLE_LAYOUT);
    return 1;
}

// __index of kinds that have methods alone; upvalue: their table.
static int index_method(lua_State *L) {
    const th_handle *handle = th_to_handle(L, 1);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
    return th_script_no_key(L, lua_upvalueindex(1), th_handle_kind_string(handle),
                            luaL_tolstring(L, 2, NULL));
}

// `for k, v in m do` comes here.
static int refuse_call(lua_State *L) {
    const th_handle *handle = th_to_handle(L, 1);
    return luaL_error(L, "%s is no function: a loop goes over range(...) of it",
                      th_handle_kind_string(handle));
}

static int refuse_assignment(lua_State *L) {
    const th_handle *handle = th_to_handle(L, 1);
    return luaL_error(L, "%s has no field to assign '%s' to", th_handle_kind_string(handle),
                      luaL_tolstring(L, 2, NULL));
}

void th_handle_meta(lua_State *L, th_handle_kind kind, const luaL_Reg *meta,
                    const luaL_Reg *methods) {
    lua_newtable(L);
    lua_pushcfunction(L, handle_tostring);
    lua_setfield(L, -2, "__tostring");
    lua_pushcfunction(L, handle_eq);
    lua_setfield(L, -2, "__eq");
    lua_pushcfunction(L, refuse_assignment);
    lua_setfield(L, -2, "__newindex");
    if (kind == TH_HANDLE_MAP || kind == TH_HANDLE_SYNC) {
        lua_pushcfunction(L, refuse_call);
        lua_setfield(L, -2, "__call");
    }
    if (methods != NULL) {
        lua_newtable(L);
        luaL_setfuncs(L, methods, 0);
        lua_pushcclosure(L, index_method, 1);
        lua_setfield(L, -2, "__index");
    }
    if (meta != NULL) luaL_setfuncs(L, meta, 0);
    th_script_of(L)->metas[kind] = luaL_ref(L, LUA_REGISTRYINDEX);
}

const th_field *th_find_field(const th_scenario *scenario, uint16_t layout, const char *name) {
    const th_layout *of = (const th_layout *)scenario->layouts.items + layout;
    for (uint32_t i = 0; i < of->field_count; i++) {
        if (strcmp(of->fields[i].name, name) == 0) return &of->fields[i];
    }
    return NULL;
}

const th_field *th_check_field(lua_State *L, const th_handle *handle, int index) {
    const th_scenario *scenario = th_script_of(L)->scenario;
    const char *name = luaL_tolstring(L, index, NULL);
    const th_field *field = th_find_field(scenario, handle->type, name);
    lua_pop(L, 1);
    if (field != NULL) return field;
    const th_layout *layout = (const th_layout *)scenario->layouts.items + handle->type;
    const char *names[TH_LAYOUT_FIELD_MAX + 1] = {NULL};
    for (uint32_t i = 0; i < layout->field_count; i++) names[i] = layout->fields[i].name;
    const char *near = th_script_nearest(name, names);
    luaL_error(L, near ? "%s has no field '%s', did you mean '%s'?" : "%s has no field '%s'",
               layout->name, name, near);
    return NULL;
}

// The element `index` of a field, in the array at `address`. Out of range is Go's panic.
th_place th_check_element(lua_State *L, const th_field *field, uint64_t address, int index) {
    const lua_Integer i = luaL_checkinteger(L, index);
    if (i < 0 || (lua_Unsigned)i >= field->count) {
        char text[96];
        th_print out = th_print_to(text, sizeof(text));
        th_print_text(&out, "runtime error: index out of range [");
        th_print_int(&out, i);
        th_print_text(&out, "] with length ");
        th_print_uint(&out, field->count);
        th_body_panic(L, th_keep_text(th_script_of(L)->scenario, text));
    }
    const th_scalar scalar = (th_scalar)field->scalar;
    return (th_place){.address = address + (uint64_t)i * th_scalar_size(scalar), .scalar = scalar};
}

static const th_field *array_field(const th_scenario *scenario, const th_handle *array) {
    return &((const th_layout *)scenario->layouts.items + array->type)->fields[array->field];
}

static th_place struct_place(lua_State *L, const th_handle *handle, int index, int *next) {
    const th_field *field = th_check_field(L, handle, index);
    const uint64_t address = handle->address + field->offset;
    if (field->layout != 0)
        luaL_error(L, "field '%s' is a struct: name one of its fields", field->name);
    *next = index + 1;
    if (field->count == 1)
        return (th_place){.address = address, .scalar = (th_scalar)field->scalar};
    *next = index + 2;
    return th_check_element(L, field, address, index + 1);
}

th_place th_check_place(lua_State *L, int index, int *next) {
    const th_handle *handle = th_to_handle(L, index);
    const th_scenario *scenario = th_script_of(L)->scenario;
    switch (handle == NULL ? TH_HANDLE_KIND_COUNT : (th_handle_kind)handle->kind) {
    case TH_HANDLE_STRUCT: return struct_place(L, handle, index + 1, next);
    case TH_HANDLE_ARRAY:
        *next = index + 2;
        return th_check_element(L, array_field(scenario, handle), handle->address, index + 1);
    case TH_HANDLE_VAR:
        *next = index + 1;
        if (lua_type(L, *next) == LUA_TSTRING && strcmp(lua_tostring(L, *next), "value") == 0) {
            ++*next;
        }
        return (th_place){.address = handle->address, .scalar = (th_scalar)handle->type};
    default: break;
    }
    luaL_error(L, "a struct's field or a var is expected, got %s", th_value_type(L, index));
    return (th_place){0};
}

// struct(name, fields): layouts as Go lays them out, objects in memory, their fields and arrays.
#include "sim/script/script.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

// --- layouts ---

typedef struct layout_field {
    const char *object, *name;
    uint32_t offset, size;
} layout_field;

static const layout_field SYNC_FIELDS[] = {
#define X(object, field, offset, size) {#object, #field, offset, size},
    TH_SYNC_FIELDS(X)
#undef X
};

// What a struct may hold besides scalars and structs. The name of its fields' list in layout.h.
static const struct {
    const char *word, *object;
    th_sync_kind kind;
} SYNC_TYPES[] = {
    {"mutex", "MUTEX", TH_SYNC_KIND_MUTEX},
    {"rwmutex", "RWMUTEX", TH_SYNC_KIND_RWMUTEX},
    {"waitgroup", "WAITGROUP", TH_SYNC_KIND_WAITGROUP},
    {"once", "ONCE", TH_SYNC_KIND_ONCE},
};

typedef struct layout_draft {
    th_field fields[TH_LAYOUT_FIELD_MAX];
    uint32_t field_count;
    uint32_t size;
    uint32_t align;
} layout_draft;

static const th_layout *layout_at(const th_scenario *scenario, uint16_t index) {
    return (const th_layout *)scenario->layouts.items + index;
}

// A struct's alignment is that of its widest field.
static uint32_t layout_align(const th_scenario *scenario, uint16_t index) {
    const th_layout *layout = layout_at(scenario, index);
    uint32_t align = 1;
    for (uint32_t i = 0; i < layout->field_count; i++) {
        const th_field *field = &layout->fields[i];
        uint32_t own = field->layout ? layout_align(scenario, field->layout - 1)
                                     : th_scalar_size((th_scalar)field->scalar);
        if (own > 8) own = 8;
        if (own > align) align = own;
    }
    return align;
}

static void place_field(layout_draft *draft, th_field field, uint32_t size, uint32_t align) {
    if (align > 8) align = 8;
    if (align == 0) align = 1;
    field.offset = (draft->size + align - 1) / align * align;
    draft->size = field.offset + size * field.count;
    if (align > draft->align) draft->align = align;
    draft->fields[draft->field_count++] = field;
}

static uint16_t keep_layout(th_scenario *scenario, const char *name, const layout_draft *draft,
                            th_sync_kind kind) {
    const size_t size = draft->field_count * sizeof(th_field);
    th_field *fields = malloc(size > 0 ? size : 1);
    TH_ASSERT(fields != NULL);
    memcpy(fields, draft->fields, size);
    const uint32_t align = draft->align ? draft->align : 1;
    const th_layout layout = {.name = th_keep_text(scenario, name),
                              .fields = fields,
                              .field_count = draft->field_count,
                              .size = (draft->size + align - 1) / align * align};
    return th_scenario_add_layout(scenario, &layout, kind);
}

static th_scalar scalar_of_size(uint32_t size) {
    return size == 8 ? TH_U64 : size == 4 ? TH_U32 : size == 2 ? TH_U16 : TH_U8;
}

// The layout of a mutex ... inside a struct; its fields are seen, and reached through its methods.
static uint16_t sync_layout(th_scenario *scenario, size_t which) {
    const char *name = th_sync_kind_string(SYNC_TYPES[which].kind);
    const int known = th_scenario_find_layout(scenario, name);
    if (known >= 0) return (uint16_t)known;
    layout_draft draft = {.size = 0};
    for (size_t i = 0; i < sizeof(SYNC_FIELDS) / sizeof(SYNC_FIELDS[0]); i++) {
        const layout_field *from = &SYNC_FIELDS[i];
        if (strcmp(from->object, SYNC_TYPES[which].object) != 0) continue;
        const th_field field = {.name = th_keep_text(scenario, from->name),
                                .scalar = (uint8_t)scalar_of_size(from->size),
                                .count = 1};
        // RWMutex.w is a Mutex of two halves: 8 bytes that need an alignment of 4.
        place_field(&draft, field, from->size,
                    from->size == 8 && from->offset % 8 ? 4 : from->size);
        TH_ASSERT(draft.fields[draft.field_count - 1].offset == from->offset);
    }
    return keep_layout(scenario, name, &draft, SYNC_TYPES[which].kind);
}

// The type at `index`: a name, or a struct made before. Sets scalar or layout.
static void check_field_type(lua_State *L, int index, th_field *field) {
    th_scenario *scenario = th_script_of(L)->scenario;
    const th_handle *handle = th_to_handle(L, index);
    if (handle != NULL && handle->kind == TH_HANDLE_LAYOUT) {
        field->layout = (uint16_t)(handle->type + 1);
        return;
    }
    const char *name = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : "";
    for (size_t i = 0; i < sizeof(SYNC_TYPES) / sizeof(SYNC_TYPES[0]); i++) {
        if (strcmp(name, SYNC_TYPES[i].word) != 0) continue;
        field->layout = (uint16_t)(sync_layout(scenario, i) + 1);
        return;
    }
    if (*name == '\0') luaL_error(L, "field '%s' needs a type", field->name);
    field->scalar = (uint8_t)th_check_scalar(L, index);
}

// The field in the table on top: {"name", type, count}.
static void check_field(lua_State *L, layout_draft *draft) {
    th_scenario *scenario = th_script_of(L)->scenario;
    const int from = lua_gettop(L);
    if (!lua_istable(L, from) || lua_rawgeti(L, from, 1) != LUA_TSTRING) {
        luaL_error(L, "a field is written { \"name\", \"type\" } or { \"name\", \"type\", count }");
    }
    th_field field = {.name = th_keep_text(scenario, lua_tostring(L, -1)), .count = 1};
    for (uint32_t i = 0; i < draft->field_count; i++) {
        if (draft->fields[i].name == field.name) luaL_error(L, "two fields '%s'", field.name);
    }
    lua_rawgeti(L, from, 2);
    check_field_type(L, lua_gettop(L), &field);
    if (lua_rawgeti(L, from, 3) != LUA_TNIL) {
        const lua_Integer count = luaL_checkinteger(L, -1);
        if (count < 1 || count > TH_LAYOUT_BYTES_MAX) {
            luaL_error(L, "field '%s' cannot have %I elements", field.name, count);
        }
        field.count = (uint32_t)count;
    }
    uint32_t size = th_scalar_size((th_scalar)field.scalar), align = size;
    if (field.layout != 0) {
        if (field.count > 1) luaL_error(L, "field '%s': no arrays of structs", field.name);
        size = layout_at(scenario, field.layout - 1)->size;
        align = layout_align(scenario, field.layout - 1);
    }
    place_field(draft, field, size, align);
    if (draft->size > TH_LAYOUT_BYTES_MAX) luaL_error(L, "this struct is larger than 64 KiB");
    lua_settop(L, from);
}

static int word_struct(lua_State *L) {
    const char *name = luaL_checkstring(L, 1);
    luaL_checktype(L, 2, LUA_TTABLE);
    th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_FILE) return luaL_error(L, "struct belongs outside main and go");
    const int known = th_scenario_find_layout(script->scenario, name);
    if (known >= 0 && script->instance->is_base) {
        return luaL_error(L, "there is a struct %s already", name);
    }
    uint16_t index = (uint16_t)known;
    if (script->instance->is_base) {
        layout_draft draft = {.size = 0};
        const lua_Integer count = (lua_Integer)lua_rawlen(L, 2);
        if (count < 1) return luaL_error(L, "a struct needs fields");
        if (count > TH_LAYOUT_FIELD_MAX) return luaL_error(L, "a struct has at most 64 fields");
        for (lua_Integer i = 1; i <= count; i++) {
            lua_rawgeti(L, 2, i);
            check_field(L, &draft);
            lua_pop(L, 1);
        }
        index = keep_layout(script->scenario, name, &draft, TH_SYNC_KIND_NONE);
    } else if (known < 0) {
        return luaL_error(L, "the file declares other structs each time it is run");
    }
    th_push_handle(L, (th_handle){.kind = TH_HANDLE_LAYOUT, .type = index});
    return 1;
}

// --- T:new{...} ---

// One field of the given values at a time, in the order of the struct: (T, values, address).
static int store_given(lua_State *L, int status, lua_KContext next) {
    (void)status;
    const th_handle *type = th_to_handle(L, 1);
    const th_layout *layout = layout_at(th_script_of(L)->scenario, type->type);
    const uint64_t address = (uint64_t)lua_tointeger(L, 3);
    if (next > 0) th_script_answer(L);
    for (; lua_istable(L, 2) && next < (lua_KContext)layout->field_count; next++) {
        const th_field *field = &layout->fields[next];
        if (lua_getfield(L, 2, field->name) == LUA_TNIL) {
            lua_pop(L, 1);
            continue;
        }
        th_request request = {.op = TH_REQUEST_STORE,
                              .type = field->scalar,
                              .a = address + field->offset,
                              .b = th_check_value(L, -1, (th_scalar)field->scalar, field->name)};
        lua_pop(L, 1);
        if (request.b.w[0] == 0 && request.b.w[1] == 0) continue;
        return th_script_ask(L, &request, next + 1, store_given);
    }
    th_push_handle(L,
                   (th_handle){.kind = TH_HANDLE_STRUCT, .type = type->type, .address = address});
    return 1;
}

static int after_new(lua_State *L, int status, lua_KContext context) {
    lua_pushinteger(L, (lua_Integer)th_script_answer(L)->w[0]);
    return store_given(L, status, context);
}

// Raises when the values in table 2 do not fit the struct, before anything is made.
static void check_given(lua_State *L, const th_handle *type) {
    for (lua_pushnil(L); lua_next(L, 2); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        const th_field *field = th_check_field(L, type, lua_gettop(L));
        lua_pop(L, 1);
        if (field->layout != 0 || field->count > 1) {
            luaL_error(L, "T:new sets plain fields; '%s' is set after it", field->name);
        }
        th_check_value(L, -1, (th_scalar)field->scalar, field->name);
    }
}

static int struct_new(lua_State *L) {
    const th_handle *type = th_check_handle(L, 1, TH_HANDLE_LAYOUT);
    lua_settop(L, 2);
    if (!lua_isnil(L, 2)) {
        luaL_checktype(L, 2, LUA_TTABLE);
        check_given(L, type);
    }
    const th_layout *layout = layout_at(th_script_of(L)->scenario, type->type);
    const th_request request = {.op = TH_REQUEST_NEW,
                                .flags = TH_BLOCK_STRUCT,
                                .type = type->type,
                                .b = {{layout->size, 0}}};
    return th_script_ask(L, &request, 0, after_new);
}

// T:at(p): the object of that type at an address.
static int struct_at(lua_State *L) {
    const th_handle *type = th_check_handle(L, 1, TH_HANDLE_LAYOUT);
    const uint64_t address = th_check_value(L, 2, TH_PTR, "address").w[0];
    th_push_handle(L,
                   (th_handle){.kind = TH_HANDLE_STRUCT, .type = type->type, .address = address});
    return 1;
}

// --- x.f, x.f = v, x.f[i] ---

// A struct inside another, or a mutex ... there.
static void push_nested(lua_State *L, uint16_t layout, uint64_t address) {
    const th_sync_kind kind = th_scenario_layout_kind(th_script_of(L)->scenario, layout);
    th_handle handle = {.kind = TH_HANDLE_STRUCT, .type = layout, .address = address};
    if (kind != TH_SYNC_KIND_NONE) {
        handle.kind = TH_HANDLE_SYNC;
        handle.type = (uint16_t)kind;
    }
    th_push_handle(L, handle);
}

static int struct_index(lua_State *L) {
    const th_handle *handle = th_to_handle(L, 1);
    const th_field *field = th_check_field(L, handle, 2);
    const uint64_t address = handle->address + field->offset;
    if (field->layout != 0) {
        push_nested(L, (uint16_t)(field->layout - 1), address);
        return 1;
    }
    if (field->count == 1) {
        return th_ask_load(L, (th_place){.address = address, .scalar = (th_scalar)field->scalar});
    }
    const th_layout *layout = layout_at(th_script_of(L)->scenario, handle->type);
    th_push_handle(L, (th_handle){.kind = TH_HANDLE_ARRAY,
                                  .type = handle->type,
                                  .field = (uint16_t)(field - layout->fields),
                                  .address = address});
    return 1;
}

static int struct_newindex(lua_State *L) {
    const th_handle *handle = th_to_handle(L, 1);
    const th_field *field = th_check_field(L, handle, 2);
    if (field->layout != 0 || field->count > 1) {
        return luaL_error(L, "'%s' is no single value: set its parts", field->name);
    }
    const th_place place = {.address = handle->address + field->offset,
                            .scalar = (th_scalar)field->scalar};
    return th_ask_store(L, place, 3, field->name);
}

static th_place check_array(lua_State *L) {
    const th_handle *array = th_to_handle(L, 1);
    const th_field *field =
        &layout_at(th_script_of(L)->scenario, array->type)->fields[array->field];
    return th_check_element(L, field, array->address, 2);
}

static int array_index(lua_State *L) { return th_ask_load(L, check_array(L)); }
static int array_newindex(lua_State *L) { return th_ask_store(L, check_array(L), 3, "element"); }

static int array_len(lua_State *L) {
    const th_handle *array = th_to_handle(L, 1);
    const th_layout *layout = layout_at(th_script_of(L)->scenario, array->type);
    lua_pushinteger(L, layout->fields[array->field].count);
    return 1;
}

static const luaL_Reg STRUCT_META[] = {
    {"__index", struct_index},
    {"__newindex", struct_newindex},
    {NULL, NULL},
};

static const luaL_Reg ARRAY_META[] = {
    {"__index", array_index},
    {"__newindex", array_newindex},
    {"__len", array_len},
    {NULL, NULL},
};

static const luaL_Reg LAYOUT_METHODS[] = {
    {"new", struct_new},
    {"at", struct_at},
    {NULL, NULL},
};

static const luaL_Reg WORDS[] = {
    {"struct", word_struct},
    {NULL, NULL},
};

void th_bind_struct(lua_State *L) {
    luaL_setfuncs(L, WORDS, 0);
    th_handle_meta(L, TH_HANDLE_STRUCT, STRUCT_META, NULL);
    th_handle_meta(L, TH_HANDLE_ARRAY, ARRAY_META, NULL);
    th_handle_meta(L, TH_HANDLE_LAYOUT, NULL, LAYOUT_METHODS);
}

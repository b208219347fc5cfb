// Values on their way between Lua and simulated memory.
#include "sim/script/script.h"

#include "sim/base/assert.h"

#include <string.h>

// Short names of types, as structs like them.
static const struct {
    const char *name;
    th_scalar scalar;
} SHORT_NAMES[] = {
    {"u8", TH_U8},   {"u16", TH_U16}, {"u32", TH_U32}, {"u64", TH_U64},   {"i32", TH_I32},
    {"i64", TH_I64}, {"f64", TH_F64}, {"ptr", TH_PTR}, {"int64", TH_I64}, {"byte", TH_U8},
};

static bool find_scalar(const char *name, th_scalar *scalar) {
    if (th_scalar_parse(name, scalar)) return true;
    for (size_t i = 0; i < sizeof(SHORT_NAMES) / sizeof(SHORT_NAMES[0]); i++) {
        if (strcmp(name, SHORT_NAMES[i].name) != 0) continue;
        *scalar = SHORT_NAMES[i].scalar;
        return true;
    }
    return false;
}

bool th_scalar_find(lua_State *L, int index, th_scalar *scalar) {
    return lua_type(L, index) == LUA_TSTRING && find_scalar(lua_tostring(L, index), scalar);
}

th_scalar th_check_scalar(lua_State *L, int index) {
    const char *name = luaL_checkstring(L, index);
    th_scalar scalar = TH_BOOL;
    if (find_scalar(name, &scalar)) return scalar;
    const char *names[TH_SCALAR_COUNT + 1] = {NULL};
    for (int i = 0; i < TH_SCALAR_COUNT; i++) names[i] = th_scalar_string((th_scalar)i);
    const char *near = th_script_nearest(name, names);
    luaL_error(L, near ? "unknown type '%s', did you mean '%s'?" : "unknown type '%s'", name, near);
    return scalar;
}

const char *th_value_type(lua_State *L, int index) {
    const th_handle *handle = th_to_handle(L, index);
    if (handle != NULL) return th_handle_kind_string(handle);
    if (lua_type(L, index) == LUA_TNUMBER) return lua_isinteger(L, index) ? "int" : "float64";
    if (lua_type(L, index) == LUA_TBOOLEAN) return "bool";
    return luaL_typename(L, index);
}

// Raises "key must be int, got string 'x'".
static void mismatch(lua_State *L, int index, th_scalar scalar, const char *what) {
    const char *type = th_scalar_string(scalar);
    if (lua_type(L, index) == LUA_TSTRING) {
        luaL_error(L, "%s must be %s, got string '%s'", what, type, lua_tostring(L, index));
    } else if (lua_type(L, index) == LUA_TNUMBER) {
        lua_pushvalue(L, index);
        luaL_error(L, "%s must be %s, got %s", what, type, lua_tostring(L, -1));
    }
    luaL_error(L, "%s must be %s, got %s", what, type, th_value_type(L, index));
}

static th_value float_value(lua_Number number) {
    th_value value = {{0, 0}};
    memcpy(&value.w[0], &number, sizeof(number));
    return value;
}

static uint64_t pointer_value(lua_State *L, int index, const char *what) {
    if (lua_isnoneornil(L, index)) return 0;
    const th_handle *handle = th_to_handle(L, index);
    if (handle != NULL && handle->kind != TH_HANDLE_LAYOUT) return handle->address;
    if (!lua_isinteger(L, index)) mismatch(L, index, TH_PTR, what);
    return (uint64_t)lua_tointeger(L, index);
}

static th_value pair_value(lua_State *L, int index, const char *what) {
    th_value value = {{0, 0}};
    if (!lua_istable(L, index) || lua_rawlen(L, index) != 2) mismatch(L, index, TH_U64X2, what);
    for (int i = 0; i < 2; i++) {
        if (lua_rawgeti(L, index, i + 1) != LUA_TNUMBER || !lua_isinteger(L, -1)) {
            luaL_error(L, "%s must be [2]uint64: a table of two integers", what);
        }
        value.w[i] = (uint64_t)lua_tointeger(L, -1);
        lua_pop(L, 1);
    }
    return value;
}

th_value th_check_value(lua_State *L, int index, th_scalar scalar, const char *what) {
    index = lua_absindex(L, index);
    switch (scalar) {
    case TH_BOOL:
        if (!lua_isboolean(L, index)) mismatch(L, index, scalar, what);
        return (th_value){{(uint64_t)lua_toboolean(L, index), 0}};
    case TH_F64:
        if (lua_type(L, index) != LUA_TNUMBER) mismatch(L, index, scalar, what);
        return float_value(lua_tonumber(L, index));
    case TH_PTR: return (th_value){{pointer_value(L, index, what), 0}};
    case TH_STRING: {
        if (lua_type(L, index) != LUA_TSTRING) mismatch(L, index, scalar, what);
        size_t length;
        const char *text = lua_tolstring(L, index, &length);
        th_strings *strings = th_script_of(L)->scenario->env.gomap.strings;
        return th_strings_intern(strings, text, length);
    }
    case TH_U64X2: return pair_value(L, index, what);
    case TH_EMPTY: return (th_value){{0, 0}};
    default: break;
    }
    int is_integer = 0;
    const lua_Integer integer =
        lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &is_integer) : 0;
    if (!is_integer) mismatch(L, index, scalar, what);
    // Too wide a number wraps, as arithmetic of that type does in Go.
    return (th_value){{th_scalar_extend(scalar, (uint64_t)integer), 0}};
}

static void push_string(lua_State *L, const uint64_t words[2]) {
    const th_strings *strings = th_script_of(L)->scenario->env.gomap.strings;
    const char *text = th_strings_text(strings, words[0]);
    // A torn header may name one text and the length of another; none is read past its end.
    const size_t known = th_strings_length(strings, words[0]);
    lua_pushlstring(L, text == NULL ? "" : text, words[1] < known ? (size_t)words[1] : known);
}

static void push_pointer(lua_State *L, uint64_t address, uint64_t block) {
    if (address == 0) {
        lua_pushnil(L);
        return;
    }
    th_push_handle(L, th_handle_at(th_script_of(L)->scenario, address, block));
}

void th_push_value(lua_State *L, th_scalar scalar, const uint64_t words[2]) {
    lua_Number number;
    switch (scalar) {
    case TH_BOOL: lua_pushboolean(L, words[0] != 0); break;
    case TH_F64:
        memcpy(&number, &words[0], sizeof(number));
        lua_pushnumber(L, number);
        break;
    case TH_PTR: push_pointer(L, words[0], words[1]); break;
    case TH_STRING: push_string(L, words); break;
    case TH_U64X2:
        lua_createtable(L, 2, 0);
        lua_pushinteger(L, (lua_Integer)words[0]);
        lua_rawseti(L, -2, 1);
        lua_pushinteger(L, (lua_Integer)words[1]);
        lua_rawseti(L, -2, 2);
        break;
    case TH_EMPTY: lua_pushboolean(L, true); break;
    default: lua_pushinteger(L, (lua_Integer)words[0]); break;
    }
}

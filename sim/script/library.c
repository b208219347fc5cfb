// What is left of Lua's own library.
//
// Gone is whatever reaches the machine (io, os, package, debug, load ...), whatever could make a
// run depend on more than its results (random numbers, the order of next, addresses as text), and
// whatever works for long inside one instruction (patterns, table.move). There is no setmetatable,
// so no script code runs where Lua calls it unasked: no __gc, no __close.
#include "sim/script/script.h"

#include "sim/base/limits.h"

#include <lualib.h>
#include <string.h>

enum { PCALL_DEPTH_MAX = 150 };  // calls below a pcall

// Calls the function of Lua's that is upvalue 1 with all arguments.
static int call_original(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

// --- tostring, pcall ---

// Pushes a text for the value at `index`, the same in every run: Lua's own shows addresses.
static void push_text(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TTABLE:
    case LUA_TFUNCTION:
    case LUA_TTHREAD: lua_pushstring(L, luaL_typename(L, index)); break;
    default: luaL_tolstring(L, index, NULL); break;  // our objects have a __tostring
    }
}

static int lib_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    push_text(L, 1);
    return 1;
}

static int after_pcall(lua_State *L, int status, lua_KContext context) {
    (void)context;
    if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L);
    // Neither a panic nor a limit is the script's to catch.
    const bool over = status == LUA_ERRMEM || th_script_of(L)->denial == TH_DENIAL_TIME;
    if (over || th_body_is_panic(L, -1)) return lua_error(L);
    lua_pushboolean(L, false);
    lua_insert(L, -2);
    return 2;
}

static int lib_pcall(lua_State *L) {
    luaL_checkany(L, 1);
    lua_Debug ar;
    // What an error costs grows with the depth of the stack, so pcall in pcall in pcall ... would
    // take a time that no count of instructions shows.
    if (lua_getstack(L, PCALL_DEPTH_MAX, &ar)) return luaL_error(L, "pcall: too many nested calls");
    lua_pushboolean(L, true);
    lua_insert(L, 1);
    const int argument_count = lua_gettop(L) - 2;
    const int status = lua_pcallk(L, argument_count, LUA_MULTRET, 0, 0, after_pcall);
    return after_pcall(L, status, 0);
}

// --- string ---

static int lib_rep(lua_State *L) {
    size_t length, separator_length = 0;
    luaL_checklstring(L, 1, &length);
    luaL_optlstring(L, 3, "", &separator_length);
    const lua_Integer count = luaL_checkinteger(L, 2);
    const size_t piece = length + separator_length;
    if (count > 0 && piece > 0 && (uint64_t)count > TH_SCRIPT_STRING_BYTES / piece) {
        return luaL_error(L, "string.rep: the string would be longer than 64 KiB");
    }
    if (piece == 0) {  // Lua would count to the end
        lua_pushliteral(L, "");
        return 1;
    }
    return call_original(L);
}

// Any function of strings whose work grows with the text's length alone.
static int lib_linear(lua_State *L) {
    size_t length;
    luaL_checklstring(L, 1, &length);
    th_script_charge(L, length / 4);
    return call_original(L);
}

static int lib_format(lua_State *L) {
    const char *format = luaL_checkstring(L, 1);
    for (const char *at = format; (at = strchr(at, '%')) != NULL; at++) {
        at++;
        while (*at != '\0' && strchr("-+ #0123456789.", *at) != NULL) at++;
        if (*at == 'p') return luaL_error(L, "string.format: %%p is not the same in every run");
        if (*at == '\0') break;
    }
    const int count = lua_gettop(L);
    for (int i = 2; i <= count; i++) {
        const int type = lua_type(L, i);
        if (type == LUA_TTABLE || type == LUA_TFUNCTION) {
            push_text(L, i);
            lua_replace(L, i);
        }
    }
    return call_original(L);
}

// --- table ---

// Any function of a table whose work grows with its length.
static int lib_table(lua_State *L) {
    if (lua_isuserdata(L, 1)) return luaL_error(L, "a Lua table is expected, not an object");
    luaL_checktype(L, 1, LUA_TTABLE);
    th_script_charge(L, (size_t)lua_rawlen(L, 1));
    return call_original(L);
}

static int lib_unpack(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    const lua_Integer from = luaL_optinteger(L, 2, 1);
    const lua_Integer to = luaL_optinteger(L, 3, (lua_Integer)lua_rawlen(L, 1));
    if (to >= from) th_script_charge(L, (size_t)to - (size_t)from);
    return call_original(L);
}

// --- what is refused by name ---

static int no_random(lua_State *L) {
    return luaL_error(L, "math.random is not available: a run may depend on its seed and choices "
                         "alone");
}

static int no_such_field(lua_State *L) {
    const char *name = lua_tostring(L, lua_upvalueindex(1));
    const char *field = luaL_tolstring(L, 2, NULL);
    if (th_script_nearest_key(L, 1, field) != NULL) return th_script_no_key(L, 1, name, field);
    return luaL_error(L, "%s has no '%s' in scenarios", name, field);
}

static int no_assignment(lua_State *L) {
    return luaL_error(L, "%s cannot be changed", lua_tostring(L, lua_upvalueindex(1)));
}

void th_library_protect(lua_State *L, const char *name) {
    // Another table stands in front, so that assignments are seen: instances share the library.
    lua_newtable(L);
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, name);
    lua_pushcclosure(L, no_assignment, 1);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
    lua_createtable(L, 0, 1);
    lua_pushstring(L, name);
    lua_pushcclosure(L, no_such_field, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -3);
    lua_remove(L, -2);
}

// A function of the library: how it is guarded; NULL: as it is.
typedef struct entry {
    const char *name;
    lua_CFunction guard;
} entry;

static const entry BASE[] = {
    {"assert", NULL},   {"error", NULL}, {"ipairs", NULL},
    {"tonumber", NULL}, {"type", NULL},  {NULL, NULL},
};

static const entry STRING[] = {
    {"byte", lib_linear},  {"char", NULL},   {"format", lib_format},  {"len", NULL},
    {"lower", lib_linear}, {"rep", lib_rep}, {"reverse", lib_linear}, {"sub", lib_linear},
    {"upper", lib_linear}, {NULL, NULL},
};

static const entry TABLE[] = {
    {"concat", lib_table}, {"insert", lib_table},  {"pack", NULL},
    {"remove", lib_table}, {"unpack", lib_unpack}, {NULL, NULL},
};

static const entry MATH[] = {
    {"abs", NULL},  {"ceil", NULL},      {"floor", NULL},      {"fmod", NULL},       {"huge", NULL},
    {"max", NULL},  {"min", NULL},       {"maxinteger", NULL}, {"mininteger", NULL}, {"pi", NULL},
    {"sqrt", NULL}, {"tointeger", NULL}, {"type", NULL},       {"ult", NULL},        {NULL, NULL},
};

// Copies entries from the table at `from` to the one on top.
static void copy_entries(lua_State *L, int from, const entry *entries) {
    for (const entry *at = entries; at->name != NULL; at++) {
        lua_getfield(L, from, at->name);
        if (at->guard != NULL) lua_pushcclosure(L, at->guard, 1);
        lua_setfield(L, -2, at->name);
    }
}

// Opens a library of Lua's and leaves a table with the chosen entries on the stack.
static void open_chosen(lua_State *L, lua_CFunction open, const char *name, const entry *entries) {
    lua_pushcfunction(L, open);
    lua_pushstring(L, name);
    lua_call(L, 1, 1);
    lua_newtable(L);
    copy_entries(L, lua_absindex(L, -2), entries);
    lua_remove(L, -2);
}

void th_library_register(lua_State *L) {
    const int words = lua_gettop(L);
    open_chosen(L, luaopen_base, "_G", BASE);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, words);
    }
    lua_pop(L, 1);
    static const luaL_Reg OWN[] = {
        {"tostring", lib_tostring},
        {"pairs", th_order_pairs},
        {"pcall", lib_pcall},
        {NULL, NULL},
    };
    luaL_setfuncs(L, OWN, 0);

    open_chosen(L, luaopen_string, "string", STRING);
    lua_pushliteral(L, "");  // the methods of strings: s:rep(3)
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
    th_library_protect(L, "string");
    lua_setfield(L, words, "string");

    open_chosen(L, luaopen_table, "table", TABLE);
    lua_pushcfunction(L, th_order_sort);
    lua_setfield(L, -2, "sort");
    th_library_protect(L, "table");
    lua_setfield(L, words, "table");

    open_chosen(L, luaopen_math, "math", MATH);
    lua_pushcfunction(L, no_random);
    lua_setfield(L, -2, "random");
    lua_pushcfunction(L, no_random);
    lua_setfield(L, -2, "randomseed");
    th_library_protect(L, "math");
    lua_setfield(L, words, "math");
}

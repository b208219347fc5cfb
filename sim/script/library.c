// What is left of Lua's own library.
//
// Gone is whatever reaches the machine (io, os, package, debug, load ...), whatever could make a
// run depend on more than its results (random numbers, the order of next, addresses as text), and
// whatever works for long inside one instruction (patterns, table.move). There is no setmetatable,
// so no script code runs where Lua calls it unasked: no __gc, no __close.
#include "sim/script/script.h"

#include "sim/base/assert.h"
#include "sim/base/limits.h"

#include <lualib.h>
#include <stdlib.h>
#include <string.h>

enum { PCALL_DEPTH_MAX = 150 };  // calls below a pcall

// Calls the function of Lua's that is upvalue 1 with all arguments.
static int call_original(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

// --- tostring, pairs, pcall, select ---

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

typedef struct pairs_key {
    int type;  // LUA_TNUMBER, LUA_TSTRING, LUA_TBOOLEAN
    bool is_integer;
    lua_Integer integer;  // also of a boolean
    lua_Number number;
    const char *text;
    size_t length;
    size_t index;  // in the list of keys
} pairs_key;

static int compare_numbers(const pairs_key *a, const pairs_key *b) {
    if (a->is_integer && b->is_integer) {
        return (a->integer > b->integer) - (a->integer < b->integer);
    }
    return (a->number > b->number) - (a->number < b->number);
}

// Numbers, then strings by their bytes, then booleans.
static int compare_keys(const void *left, const void *right) {
    const pairs_key *a = left, *b = right;
    if (a->type != b->type) {
        if (a->type == LUA_TNUMBER || b->type == LUA_TNUMBER)
            return a->type == LUA_TNUMBER ? -1 : 1;
        return a->type == LUA_TSTRING ? -1 : 1;
    }
    if (a->type == LUA_TNUMBER) return compare_numbers(a, b);
    if (a->type == LUA_TBOOLEAN) return (int)(a->integer - b->integer);
    const size_t shorter = a->length < b->length ? a->length : b->length;
    const int order = memcmp(a->text, b->text, shorter);
    if (order != 0) return order;
    return (a->length > b->length) - (a->length < b->length);
}

static bool read_key(lua_State *L, int index, pairs_key *key) {
    key->type = lua_type(L, index);
    switch (key->type) {
    case LUA_TNUMBER:
        key->is_integer = lua_isinteger(L, index);
        key->number = lua_tonumber(L, index);
        key->integer = key->is_integer ? lua_tointeger(L, index) : 0;
        return true;
    case LUA_TSTRING: key->text = lua_tolstring(L, index, &key->length); return true;
    case LUA_TBOOLEAN: key->integer = lua_toboolean(L, index); return true;
    default: return false;
    }
}

// Pushes the list of the table's keys in whatever order; returns how many.
static size_t push_keys(lua_State *L, int table) {
    lua_Integer count = 0;
    lua_newtable(L);
    const int list = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        lua_rawseti(L, list, ++count);
    }
    return (size_t)count;
}

// Pushes the list of the table's keys in order.
static void push_sorted_keys(lua_State *L, int table) {
    const size_t count = push_keys(L, table);
    const int list = lua_gettop(L);
    th_script_charge(L, count * 32);
    lua_createtable(L, (int)count, 0);
    pairs_key *keys = calloc(count + 1, sizeof(*keys));
    TH_ASSERT(keys != NULL);  // from here to free() nothing may raise
    bool ordered = true;
    for (size_t i = 0; ordered && i < count; i++) {
        lua_rawgeti(L, list, (lua_Integer)i + 1);
        ordered = read_key(L, -1, &keys[i]);
        keys[i].index = i + 1;
        if (ordered) lua_pop(L, 1);
    }
    if (ordered) qsort(keys, count, sizeof(*keys), compare_keys);
    for (size_t i = 0; ordered && i < count; i++) {
        lua_rawgeti(L, list, (lua_Integer)keys[i].index);
        lua_rawseti(L, list + 1, (lua_Integer)i + 1);
    }
    free(keys);
    if (!ordered) luaL_error(L, "pairs: keys of type %s have no order", luaL_typename(L, -1));
    lua_remove(L, list);
}

// Upvalues: the table, its keys in order, how many were given.
static int pairs_next(lua_State *L) {
    for (;;) {
        const lua_Integer at = lua_tointeger(L, lua_upvalueindex(3)) + 1;
        lua_pushinteger(L, at);
        lua_replace(L, lua_upvalueindex(3));
        if (lua_rawgeti(L, lua_upvalueindex(2), at) == LUA_TNIL) return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 2;
        lua_pop(L, 2);  // removed meanwhile
    }
}

static int lib_pairs(lua_State *L) {
    if (lua_isuserdata(L, 1)) return luaL_error(L, "pairs goes over Lua's tables; use range(m)");
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    push_sorted_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, pairs_next, 3);
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

static bool comes_before(lua_State *L, int a, int b) {
    if (lua_isnil(L, 2)) return lua_compare(L, a, b, LUA_OPLT);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, a < 0 ? a - 1 : a);
    lua_pushvalue(L, b < 0 ? b - 2 : b);
    lua_call(L, 2, 1);
    const bool before = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return before;
}

// Merges [low, middle) and [middle, high) of table 1 into table 3.
static void merge(lua_State *L, lua_Integer low, lua_Integer middle, lua_Integer high) {
    lua_Integer left = low, right = middle;
    for (lua_Integer at = low; at < high; at++) {
        bool take_right = left >= middle;
        if (left < middle && right < high) {
            lua_rawgeti(L, 1, left);
            lua_rawgeti(L, 1, right);
            take_right = comes_before(L, -1, -2);  // equal ones keep their order
            lua_pop(L, 2);
        }
        lua_rawgeti(L, 1, take_right ? right++ : left++);
        lua_rawseti(L, 3, at);
    }
    for (lua_Integer at = low; at < high; at++) {
        lua_rawgeti(L, 3, at);
        lua_rawseti(L, 1, at);
    }
}

// Lua's own picks pivots by the clock; this one is stable, so equal items are in the same order in
// every run.
static int lib_sort(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_newtable(L);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    for (lua_Integer width = 1; width < count; width *= 2) {
        th_script_charge(L, (size_t)count * 8);
        for (lua_Integer low = 1; low + width <= count; low += 2 * width) {
            const lua_Integer middle = low + width;
            const lua_Integer high = middle + width;
            merge(L, low, middle, high <= count + 1 ? high : count + 1);
        }
    }
    return 0;
}

// --- what is refused by name ---

static int no_random(lua_State *L) {
    return luaL_error(L, "math.random is not available: a run may depend on its seed and choices "
                         "alone");
}

static int no_such_field(lua_State *L) {
    const char *name = lua_tostring(L, lua_upvalueindex(1));
    return luaL_error(L, "%s has no '%s' in scenarios", name, luaL_tolstring(L, 2, NULL));
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
        {"pairs", lib_pairs},
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
    lua_pushcfunction(L, lib_sort);
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

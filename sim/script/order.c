// pairs and table.sort, whose order in Lua depends on addresses, a random seed and the clock.
#include "sim/script/script.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

// --- pairs ---

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

int th_order_pairs(lua_State *L) {
    if (lua_isuserdata(L, 1)) return luaL_error(L, "pairs goes over Lua's tables; use range(m)");
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    push_sorted_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, pairs_next, 3);
    return 1;
}

// --- table.sort ---

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
int th_order_sort(lua_State *L) {
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

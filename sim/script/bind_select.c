// select { ch:on_recv(fn), ch:on_send(v, fn), default = fn }, and Lua's own select('#', ...).
#include "sim/script/script.h"

#include <string.h>

static int make_case(lua_State *L, th_sync_op op, int fn_index) {
    const th_handle *channel = th_check_handle(L, 1, TH_HANDLE_SYNC);
    if (channel->type != TH_SYNC_KIND_CHANNEL) {
        return luaL_error(L, "%s has no '%s'", th_value_type(L, 1), th_sync_op_word(op));
    }
    if (!lua_isnoneornil(L, fn_index)) luaL_checktype(L, fn_index, LUA_TFUNCTION);
    if (op == TH_SYNC_CASE_SEND) th_check_value(L, 2, (th_scalar)channel->elem, "value");
    lua_settop(L, fn_index);
    th_handle of = *channel;
    of.kind = TH_HANDLE_CASE;
    of.field = (uint16_t)op;
    th_push_handle(L, of);
    lua_createtable(L, 2, 0);
    lua_pushvalue(L, fn_index);
    lua_rawseti(L, -2, 1);
    if (op == TH_SYNC_CASE_SEND) {
        lua_pushvalue(L, 2);
        lua_rawseti(L, -2, 2);
    }
    lua_setiuservalue(L, -2, 1);
    return 1;
}

int th_select_on_recv(lua_State *L) { return make_case(L, TH_SYNC_CASE_RECV, 2); }
int th_select_on_send(lua_State *L) { return make_case(L, TH_SYNC_CASE_SEND, 3); }

// The chosen case has been taken: (cases, ...). Runs its function.
static int after_select(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    const th_result *result = th_script_answer(L);
    const int64_t taken = (int64_t)result->w[2];
    lua_settop(L, 1);
    if (taken < 0) {
        lua_getfield(L, 1, "default");
        if (lua_isfunction(L, -1)) lua_callk(L, 0, 0, 0, th_body_nothing);
        return 0;
    }
    lua_rawgeti(L, 1, taken + 1);
    const th_handle *of = th_to_handle(L, -1);
    lua_getiuservalue(L, -1, 1);
    lua_rawgeti(L, -1, 1);
    if (!lua_isfunction(L, -1)) return 0;
    int argument_count = 0;
    if (of->field == TH_SYNC_CASE_RECV) {
        th_push_value(L, (th_scalar)of->elem, result->w);
        lua_pushboolean(L, result->ok);
        argument_count = 2;
    }
    lua_callk(L, argument_count, 0, 0, th_body_nothing);
    return 0;
}

// Asks for the cases one by one, then for the select itself. `next`: how many were asked for.
static int ask_cases(lua_State *L, int status, lua_KContext next) {
    (void)status;
    if (next > 0) th_script_answer(L);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    if (next == count) {
        lua_getfield(L, 1, "default");
        const th_request request = {
            .op = TH_REQUEST_SYNC, .flags = TH_SYNC_SELECT, .b = {{!lua_isnil(L, -1), 0}}};
        lua_pop(L, 1);
        return th_script_ask(L, &request, 0, after_select);
    }
    lua_rawgeti(L, 1, next + 1);
    const th_handle *of = th_check_handle(L, -1, TH_HANDLE_CASE);
    th_request request = {.op = TH_REQUEST_SYNC, .flags = (uint8_t)of->field, .a = of->address};
    if (of->field == TH_SYNC_CASE_SEND) {
        lua_getiuservalue(L, -1, 1);
        lua_rawgeti(L, -1, 2);
        request.b = th_check_value(L, -1, (th_scalar)of->elem, "value");
    }
    lua_settop(L, 1);
    return th_script_ask(L, &request, next + 1, ask_cases);
}

// Lua's own select('#', ...) and select(n, ...).
static int select_arguments(lua_State *L) {
    const lua_Integer count = lua_gettop(L);
    if (lua_type(L, 1) == LUA_TSTRING && strcmp(lua_tostring(L, 1), "#") == 0) {
        lua_pushinteger(L, count - 1);
        return 1;
    }
    lua_Integer from = luaL_checkinteger(L, 1);
    if (from < 0) from = count + from;
    if (from < 1) return luaL_error(L, "select: index out of range");
    return from >= count ? 0 : (int)(count - from);
}

static int word_select(lua_State *L) {
    if (!lua_istable(L, 1)) return select_arguments(L);
    lua_settop(L, 1);
    if (lua_rawlen(L, 1) > TH_SELECT_CASE_MAX) {
        return luaL_error(L, "a select has at most %d cases", TH_SELECT_CASE_MAX);
    }
    return ask_cases(L, LUA_OK, 0);
}

static const luaL_Reg WORDS[] = {
    {"select", word_select},
    {NULL, NULL},
};

void th_bind_select(lua_State *L) {
    luaL_setfuncs(L, WORDS, 0);
    th_handle_meta(L, TH_HANDLE_CASE, NULL, NULL);
}

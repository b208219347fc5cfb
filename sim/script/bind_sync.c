// Words that wait for others: mutex, rwmutex, waitgroup, channel, once, cond, syncmap, select.
// Their methods come from th_sync_op's list.
#include "sim/script/script.h"

#include <string.h>

typedef struct op_facts {
    const char *word;
    const char *operands;  // i v k e: see TH_SYNC_OPS
    th_sync_kind kind;
} op_facts;

static const op_facts OPS[TH_SYNC_OP_COUNT] = {
#define X(name, kind, word, text, operands) \
    [TH_SYNC_##name] = {word, operands, TH_SYNC_KIND_##kind},
    TH_SYNC_OPS(X)
#undef X
};

// --- making ---

// Context of a continuation: kind and the scalars of what the object holds.
static lua_KContext pack(th_sync_kind kind, th_scalar key, th_scalar elem) {
    return (lua_KContext)kind | (lua_KContext)key << 8 | (lua_KContext)elem << 16;
}

static int after_make(lua_State *L, int status, lua_KContext context) {
    (void)status;
    th_push_handle(L, (th_handle){.kind = TH_HANDLE_SYNC,
                                  .type = (uint16_t)(context & 0xff),
                                  .key = (uint8_t)(context >> 8 & 0xff),
                                  .elem = (uint8_t)(context >> 16 & 0xff),
                                  .address = th_script_answer(L)->w[0]});
    return 1;
}

static int make(lua_State *L, th_value operand, lua_KContext context) {
    const th_request request = {.op = TH_REQUEST_NEW,
                                .flags = TH_BLOCK_SYNC,
                                .type = (uint16_t)(context & 0xff),
                                .b = operand};
    return th_script_ask(L, &request, context, after_make);
}

static int make_plain(lua_State *L, th_sync_kind kind) {
    return make(L, (th_value){{0, 0}}, pack(kind, TH_I64, TH_I64));
}

static int word_mutex(lua_State *L) { return make_plain(L, TH_SYNC_KIND_MUTEX); }
static int word_rwmutex(lua_State *L) { return make_plain(L, TH_SYNC_KIND_RWMUTEX); }
static int word_waitgroup(lua_State *L) { return make_plain(L, TH_SYNC_KIND_WAITGROUP); }
static int word_once(lua_State *L) { return make_plain(L, TH_SYNC_KIND_ONCE); }

// channel(n [, type])
static int word_channel(lua_State *L) {
    const lua_Integer capacity = luaL_optinteger(L, 1, 0);
    const th_scalar elem = lua_isnoneornil(L, 2) ? TH_I64 : th_check_scalar(L, 2);
    if (capacity < 0 || capacity > TH_CHANNEL_CAPACITY_MAX) {
        return luaL_error(L, "a channel's capacity is 0 to %d, not %I", TH_CHANNEL_CAPACITY_MAX,
                          capacity);
    }
    return make(L, (th_value){{(uint64_t)capacity, elem}},
                pack(TH_SYNC_KIND_CHANNEL, TH_I64, elem));
}

// nil_channel([type]): what a channel's variable holds before anything is made.
static int word_nil_channel(lua_State *L) {
    const th_scalar elem = lua_isnoneornil(L, 1) ? TH_I64 : th_check_scalar(L, 1);
    th_push_handle(L, (th_handle){.kind = TH_HANDLE_SYNC,
                                  .type = TH_SYNC_KIND_CHANNEL,
                                  .key = TH_I64,
                                  .elem = (uint8_t)elem});
    return 1;
}

static int word_cond(lua_State *L) {
    const th_handle *lock = th_check_handle(L, 1, TH_HANDLE_SYNC);
    if (lock->type != TH_SYNC_KIND_MUTEX && lock->type != TH_SYNC_KIND_RWMUTEX) {
        return luaL_error(L, "cond needs a mutex or rwmutex, got %s", th_value_type(L, 1));
    }
    return make(L, (th_value){{lock->address, lock->type}},
                pack(TH_SYNC_KIND_COND, TH_I64, TH_I64));
}

// syncmap([key type, element type])
static int word_syncmap(lua_State *L) {
    const th_scalar key = lua_isnoneornil(L, 1) ? TH_I64 : th_check_scalar(L, 1);
    const th_scalar elem = lua_isnoneornil(L, 2) ? TH_I64 : th_check_scalar(L, 2);
    return make(L, (th_value){{0, 0}}, pack(TH_SYNC_KIND_MAP, key, elem));
}

// --- requests ---

static th_scalar value_scalar(const th_handle *self) { return (th_scalar)self->elem; }

// The request of a method; its operands begin at argument 2.
static th_request request_of(lua_State *L, const th_handle *self, th_sync_op op) {
    th_request request = {.op = TH_REQUEST_SYNC, .flags = (uint8_t)op, .a = self->address};
    if (self->type == TH_SYNC_KIND_MAP) request.type = (uint16_t)(self->key | self->elem << 8);
    switch (OPS[op].operands[0]) {
    case 'i': request.b.w[0] = (uint64_t)luaL_checkinteger(L, 2); break;
    case 'v': request.b = th_check_value(L, 2, value_scalar(self), "value"); break;
    case 'k':
        request.b = th_check_value(L, 2, (th_scalar)self->key, "key");
        if (OPS[op].operands[1] == 'e') {
            request.c = th_check_value(L, 3, value_scalar(self), "value");
        }
        break;
    default: break;
    }
    return request;
}

// Leaves what a method returns: context is its th_sync_op.
static int after_method(lua_State *L, int status, lua_KContext op) {
    (void)status;
    const th_result *result = th_script_answer(L);
    const th_handle *self = th_to_handle(L, 1);
    switch ((th_sync_op)op) {
    case TH_SYNC_MUTEX_TRYLOCK:
    case TH_SYNC_RW_TRYLOCK:
    case TH_SYNC_RW_TRYRLOCK: lua_pushboolean(L, result->ok); return 1;
    case TH_SYNC_CHAN_LEN:
    case TH_SYNC_CHAN_CAP: lua_pushinteger(L, (lua_Integer)result->w[0]); return 1;
    case TH_SYNC_CHAN_RECV:
    case TH_SYNC_MAP_LOAD:
    case TH_SYNC_MAP_LOAD_OR_STORE:
    case TH_SYNC_MAP_LOAD_AND_DELETE:
        if (result->ok || op == TH_SYNC_CHAN_RECV || op == TH_SYNC_MAP_LOAD_OR_STORE) {
            th_push_value(L, value_scalar(self), result->w);
        } else {
            lua_pushnil(L);
        }
        lua_pushboolean(L, result->ok);
        return 2;
    default: return 0;
    }
}

// Upvalue: the th_sync_op.
static int call_method(lua_State *L) {
    const th_sync_op op = (th_sync_op)lua_tointeger(L, lua_upvalueindex(1));
    const th_handle *self = th_check_handle(L, 1, TH_HANDLE_SYNC);
    if (self->type != OPS[op].kind) {
        return luaL_error(L, "%s has no '%s'", th_value_type(L, 1), OPS[op].word);
    }
    const th_request request = request_of(L, self, op);
    return th_script_ask(L, &request, op, after_method);
}

// --- once:do_(fn) ---

static int after_once(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    th_script_answer(L);
    return lua_toboolean(L, 3) ? th_body_again(L) : 0;
}

// The function has returned or panicked; either way it will not be run again, as in Go.
static int leave_once(lua_State *L, int status, lua_KContext context) {
    const bool panicked = status != LUA_OK && status != LUA_YIELD;
    if (panicked && !th_body_is_panic(L, -1)) return lua_error(L);
    lua_settop(L, 2);
    lua_pushboolean(L, panicked);
    const th_request request = {
        .op = TH_REQUEST_SYNC, .flags = TH_SYNC_ONCE_LEAVE, .a = th_to_handle(L, 1)->address};
    return th_script_ask(L, &request, context, after_once);
}

static int enter_once(lua_State *L, int status, lua_KContext context) {
    (void)status;
    if (!th_script_answer(L)->ok) return 0;
    lua_pushvalue(L, 2);
    return leave_once(L, lua_pcallk(L, 0, 0, 0, context, leave_once), context);
}

static int once_do(lua_State *L) {
    const th_handle *self = th_check_handle(L, 1, TH_HANDLE_SYNC);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    const th_request request = {
        .op = TH_REQUEST_SYNC, .flags = TH_SYNC_ONCE_ENTER, .a = self->address};
    return th_script_ask(L, &request, 0, enter_once);
}

// --- range over a channel or a sync.Map ---

static int after_receive(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    const th_result *result = th_script_answer(L);
    const th_handle *channel = lua_touserdata(L, lua_upvalueindex(1));
    if (!result->ok) return 0;
    th_push_value(L, value_scalar(channel), result->w);
    return 1;
}

static int receive_next(lua_State *L) {
    const th_handle *channel = lua_touserdata(L, lua_upvalueindex(1));
    const th_request request = {
        .op = TH_REQUEST_SYNC, .flags = TH_SYNC_CHAN_RECV, .a = channel->address};
    return th_script_ask(L, &request, 0, after_receive);
}

static int after_pair(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    const th_result *result = th_script_answer(L);
    const th_handle *map = lua_touserdata(L, lua_upvalueindex(1));
    lua_pushinteger(L, (lua_Integer)result->w[4]);
    lua_replace(L, lua_upvalueindex(2));
    if (!result->ok) return 0;
    th_push_value(L, (th_scalar)map->key, result->w);
    th_push_value(L, value_scalar(map), result->w + 2);
    return 2;
}

static int pair_next(lua_State *L) {
    const th_handle *map = lua_touserdata(L, lua_upvalueindex(1));
    th_request request = {.op = TH_REQUEST_SYNC,
                          .flags = TH_SYNC_MAP_RANGE,
                          .type = (uint16_t)(map->key | map->elem << 8),
                          .a = map->address};
    if (!lua_isnil(L, lua_upvalueindex(2))) {
        request.flags = TH_SYNC_MAP_NEXT;
        request.a = (uint64_t)lua_tointeger(L, lua_upvalueindex(2));
    }
    return th_script_ask(L, &request, 0, after_pair);
}

int th_sync_range(lua_State *L, const th_handle *handle) {
    lua_settop(L, 1);
    lua_pushnil(L);
    switch (handle->type) {
    case TH_SYNC_KIND_CHANNEL: lua_pushcclosure(L, receive_next, 2); return 1;
    case TH_SYNC_KIND_MAP: lua_pushcclosure(L, pair_next, 2); return 1;
    default:
        return luaL_error(L, "range goes over maps and channels, not a %s", th_value_type(L, 1));
    }
}

// sm:range(fn), as Go's Range: fn(k, v) for each pair until it returns false.
static int map_range_answer(lua_State *L, int status, lua_KContext context);

static int map_range_ask(lua_State *L, th_sync_op op, uint64_t object) {
    const th_handle *map = th_to_handle(L, 1);
    const th_request request = {.op = TH_REQUEST_SYNC,
                                .flags = (uint8_t)op,
                                .type = (uint16_t)(map->key | map->elem << 8),
                                .a = object};
    return th_script_ask(L, &request, 0, map_range_answer);
}

static int map_range_called(lua_State *L, int status, lua_KContext iterator) {
    (void)status;
    const bool stop = lua_isboolean(L, -1) && !lua_toboolean(L, -1);
    lua_settop(L, 2);
    return stop ? 0 : map_range_ask(L, TH_SYNC_MAP_NEXT, (uint64_t)iterator);
}

static int map_range_answer(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    const th_result *result = th_script_answer(L);
    const th_handle *map = th_to_handle(L, 1);
    if (!result->ok) return 0;
    const lua_KContext iterator = (lua_KContext)result->w[4];
    lua_pushvalue(L, 2);
    th_push_value(L, (th_scalar)map->key, result->w);
    th_push_value(L, value_scalar(map), result->w + 2);
    lua_callk(L, 2, 1, iterator, map_range_called);
    return map_range_called(L, LUA_OK, iterator);
}

static int map_range(lua_State *L) {
    const th_handle *map = th_check_handle(L, 1, TH_HANDLE_SYNC);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    return map_range_ask(L, TH_SYNC_MAP_RANGE, map->address);
}

// --- tables ---

static const luaL_Reg WORDS[] = {
    {"mutex", word_mutex},
    {"rwmutex", word_rwmutex},
    {"waitgroup", word_waitgroup},
    {"channel", word_channel},
    {"once", word_once},
    {"cond", word_cond},
    {"syncmap", word_syncmap},
    {"nil_channel", word_nil_channel},
    {NULL, NULL},
};

// Methods that are more than one request. `do` is a word of Lua, so Once's has an underscore.
static const struct {
    th_sync_kind kind;
    const char *name;
    lua_CFunction fn;
} SPECIAL[] = {
    {TH_SYNC_KIND_ONCE, "do_", once_do},
    {TH_SYNC_KIND_CHANNEL, "on_recv", th_select_on_recv},
    {TH_SYNC_KIND_CHANNEL, "on_send", th_select_on_send},
    {TH_SYNC_KIND_MAP, "range", map_range},
};

static bool is_method(th_sync_op op) {
    switch (op) {
    case TH_SYNC_OP_NONE:
    case TH_SYNC_SELECT:
    case TH_SYNC_CASE_SEND:
    case TH_SYNC_CASE_RECV:
    case TH_SYNC_ONCE_ENTER:
    case TH_SYNC_ONCE_LEAVE:
    case TH_SYNC_MAP_RANGE:
    case TH_SYNC_MAP_NEXT: return false;
    default: return true;
    }
}

// __index: (object, name); upvalue: the methods' tables by kind.
static int sync_index(lua_State *L) {
    const th_handle *self = th_to_handle(L, 1);
    lua_rawgeti(L, lua_upvalueindex(1), self->type);
    lua_pushvalue(L, 2);
    if (lua_istable(L, -2) && lua_rawget(L, -2) != LUA_TNIL) return 1;
    lua_settop(L, 3);
    return th_script_no_key(L, 3, th_handle_kind_string(self), luaL_tolstring(L, 2, NULL));
}

static void push_methods(lua_State *L, th_sync_kind kind) {
    lua_newtable(L);
    for (int op = 0; op < TH_SYNC_OP_COUNT; op++) {
        if (!is_method((th_sync_op)op) || OPS[op].kind != kind) continue;
        lua_pushinteger(L, op);
        lua_pushcclosure(L, call_method, 1);
        lua_setfield(L, -2, OPS[op].word);
    }
    for (size_t i = 0; i < sizeof(SPECIAL) / sizeof(SPECIAL[0]); i++) {
        if (SPECIAL[i].kind != kind) continue;
        lua_pushcfunction(L, SPECIAL[i].fn);
        lua_setfield(L, -2, SPECIAL[i].name);
    }
}

void th_bind_sync(lua_State *L) {
    luaL_setfuncs(L, WORDS, 0);
    th_handle_meta(L, TH_HANDLE_SYNC, NULL, NULL);
    lua_rawgeti(L, LUA_REGISTRYINDEX, th_script_of(L)->metas[TH_HANDLE_SYNC]);
    lua_newtable(L);
    for (int kind = 1; kind < TH_SYNC_KIND_COUNT; kind++) {
        push_methods(L, (th_sync_kind)kind);
        lua_rawseti(L, -2, kind);
    }
    lua_pushcclosure(L, sync_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

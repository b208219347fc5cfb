// Words about single cells: var, atomic, atomic accesses to fields, raw addresses, free.
#include "sim/script/script.h"

#include <string.h>

static int after_load(lua_State *L, int status, lua_KContext scalar) {
    (void)status;
    th_push_value(L, (th_scalar)scalar, th_script_answer(L)->w);
    return 1;
}

static int after_swap(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    lua_pushboolean(L, th_script_answer(L)->ok);
    return 1;
}

static int after_nothing(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    th_script_answer(L);
    return 0;
}

static th_request request_at(th_place place, th_request_op op) {
    return (th_request){.op = (uint8_t)op, .type = (uint16_t)place.scalar, .a = place.address};
}

int th_ask_load(lua_State *L, th_place place) {
    const th_request request = request_at(place, TH_REQUEST_LOAD);
    return th_script_ask(L, &request, place.scalar, after_load);
}

int th_ask_store(lua_State *L, th_place place, int index, const char *what) {
    th_request request = request_at(place, TH_REQUEST_STORE);
    request.b = th_check_value(L, index, place.scalar, what);
    return th_script_ask(L, &request, 0, after_nothing);
}

// An atomic access is one step, so it is one word wide.
static th_place check_atomic(lua_State *L, th_place place) {
    if (th_scalar_size(place.scalar) > 8 || place.scalar == TH_EMPTY) {
        luaL_error(L, "there are no atomic accesses to a %s", th_scalar_string(place.scalar));
    }
    return place;
}

static int ask_atomic_load(lua_State *L, th_place place) {
    const th_request request = request_at(check_atomic(L, place), TH_REQUEST_ATOMIC_LOAD);
    return th_script_ask(L, &request, place.scalar, after_load);
}

static int ask_atomic_store(lua_State *L, th_place place, int index) {
    th_request request = request_at(check_atomic(L, place), TH_REQUEST_ATOMIC_STORE);
    request.b = th_check_value(L, index, place.scalar, "value");
    return th_script_ask(L, &request, 0, after_nothing);
}

static int ask_rmw(lua_State *L, th_place place, th_rmw rmw, int index, lua_KFunction k) {
    th_request request = request_at(check_atomic(L, place), TH_REQUEST_ATOMIC_RMW);
    const bool is_number =
        place.scalar != TH_BOOL && place.scalar != TH_PTR && place.scalar != TH_F64;
    if (rmw != TH_RMW_SWAP && !is_number) {
        return luaL_error(L, "atomic arithmetic needs integers, not %s",
                          th_scalar_string(place.scalar));
    }
    request.flags = (uint8_t)rmw;
    request.b = th_check_value(L, index, place.scalar, "value");
    return th_script_ask(L, &request, place.scalar, k);
}

static int ask_cas(lua_State *L, th_place place, int index) {
    th_request request = request_at(check_atomic(L, place), TH_REQUEST_ATOMIC_CAS);
    request.b = th_check_value(L, index, place.scalar, "old value");
    request.c = th_check_value(L, index + 1, place.scalar, "new value");
    return th_script_ask(L, &request, 0, after_swap);
}

// --- var(type, v) and atomic(type, v) ---

enum { SCALAR_BITS = 8 };  // of a continuation's context: the scalar; above it the handle's kind

static int push_made(lua_State *L, lua_KContext context) {
    th_push_handle(L, (th_handle){.kind = (uint8_t)(context >> SCALAR_BITS),
                                  .type = (uint16_t)(context & 0xff),
                                  .address = (uint64_t)lua_tointeger(L, 3)});
    return 1;
}

static int after_first_store(lua_State *L, int status, lua_KContext context) {
    (void)status;
    th_script_answer(L);
    return push_made(L, context);
}

static int after_new(lua_State *L, int status, lua_KContext context) {
    (void)status;
    const uint64_t address = th_script_answer(L)->w[0];
    lua_pushinteger(L, (lua_Integer)address);
    if (lua_isnil(L, 2)) return push_made(L, context);
    const th_place place = {.address = address, .scalar = (th_scalar)(context & 0xff)};
    const bool atomic = context >> SCALAR_BITS == TH_HANDLE_ATOMIC;
    th_request request = request_at(place, atomic ? TH_REQUEST_ATOMIC_STORE : TH_REQUEST_STORE);
    request.b = th_check_value(L, 2, place.scalar, "value");
    if (request.b.w[0] == 0 && request.b.w[1] == 0) return push_made(L, context);
    return th_script_ask(L, &request, context, after_first_store);
}

static int make_cell(lua_State *L, th_handle_kind kind) {
    const th_scalar scalar = th_check_scalar(L, 1);
    lua_settop(L, 2);
    if (!lua_isnil(L, 2)) th_check_value(L, 2, scalar, "value");
    const th_request request = {.op = TH_REQUEST_NEW,
                                .flags = TH_BLOCK_CELL,
                                .type = (uint16_t)scalar,
                                .b = {{th_scalar_size(scalar), 0}}};
    return th_script_ask(L, &request, (lua_KContext)kind << SCALAR_BITS | (lua_KContext)scalar,
                         after_new);
}

static int word_var(lua_State *L) { return make_cell(L, TH_HANDLE_VAR); }

static int word_atomic(lua_State *L) {
    check_atomic(L, (th_place){.scalar = th_check_scalar(L, 1)});
    return make_cell(L, TH_HANDLE_ATOMIC);
}

static th_place check_value_field(lua_State *L) {
    const th_handle *var = th_to_handle(L, 1);
    if (lua_type(L, 2) != LUA_TSTRING || strcmp(lua_tostring(L, 2), "value") != 0) {
        luaL_error(L, "a var has only .value, not '%s'", luaL_tolstring(L, 2, NULL));
    }
    return (th_place){.address = var->address, .scalar = (th_scalar)var->type};
}

static int var_index(lua_State *L) { return th_ask_load(L, check_value_field(L)); }

static int var_newindex(lua_State *L) { return th_ask_store(L, check_value_field(L), 3, "value"); }

// --- methods of atomic(...), as Go's atomic.Int64 has them: add returns the new value ---

static th_place self_place(lua_State *L) {
    const th_handle *self = th_check_handle(L, 1, TH_HANDLE_ATOMIC);
    return (th_place){.address = self->address, .scalar = (th_scalar)self->type};
}

static int after_add(lua_State *L, int status, lua_KContext scalar) {
    (void)status;
    const uint64_t old = th_script_answer(L)->w[0];
    const uint64_t addend = th_check_value(L, 2, (th_scalar)scalar, "value").w[0];
    const uint64_t words[2] = {th_scalar_extend((th_scalar)scalar, old + addend), 0};
    th_push_value(L, (th_scalar)scalar, words);
    return 1;
}

static int atomic_load(lua_State *L) { return ask_atomic_load(L, self_place(L)); }
static int atomic_store(lua_State *L) { return ask_atomic_store(L, self_place(L), 2); }
static int atomic_cas(lua_State *L) { return ask_cas(L, self_place(L), 2); }
static int atomic_add(lua_State *L) { return ask_rmw(L, self_place(L), TH_RMW_ADD, 2, after_add); }
static int atomic_swap(lua_State *L) {
    return ask_rmw(L, self_place(L), TH_RMW_SWAP, 2, after_load);
}
static int atomic_and(lua_State *L) { return ask_rmw(L, self_place(L), TH_RMW_AND, 2, after_load); }
static int atomic_or(lua_State *L) { return ask_rmw(L, self_place(L), TH_RMW_OR, 2, after_load); }

// --- cas(x, "f", old, new), atomic_add(x, "f", v) ...: they return the old value ---

static int word_cas(lua_State *L) {
    int next;
    const th_place place = th_check_place(L, 1, &next);
    return ask_cas(L, place, next);
}

static int word_atomic_load(lua_State *L) {
    int next;
    return ask_atomic_load(L, th_check_place(L, 1, &next));
}

static int word_atomic_store(lua_State *L) {
    int next;
    const th_place place = th_check_place(L, 1, &next);
    return ask_atomic_store(L, place, next);
}

static int field_rmw(lua_State *L, th_rmw rmw) {
    int next;
    const th_place place = th_check_place(L, 1, &next);
    return ask_rmw(L, place, rmw, next, after_load);
}

static int word_atomic_add(lua_State *L) { return field_rmw(L, TH_RMW_ADD); }
static int word_atomic_and(lua_State *L) { return field_rmw(L, TH_RMW_AND); }
static int word_atomic_or(lua_State *L) { return field_rmw(L, TH_RMW_OR); }
static int word_atomic_xor(lua_State *L) { return field_rmw(L, TH_RMW_XOR); }
static int word_atomic_swap(lua_State *L) { return field_rmw(L, TH_RMW_SWAP); }

// A loop that waits for a value, as one step. Elsewhere than in a body nothing could bring it.
static int word_await(lua_State *L) {
    int next;
    const th_place place = check_atomic(L, th_check_place(L, 1, &next));
    if (th_script_of(L)->mode != TH_MODE_BODY)
        return luaL_error(L, "await belongs into main or go");
    th_request request = request_at(place, TH_REQUEST_AWAIT);
    request.b = th_check_value(L, next, place.scalar, "value");
    return th_script_ask(L, &request, 0, after_nothing);
}

// --- raw addresses ---

static int word_addr(lua_State *L) {
    const th_handle *handle = th_to_handle(L, 1);
    if (handle == NULL) return luaL_error(L, "addr needs an object, got %s", th_value_type(L, 1));
    uint64_t address = handle->address;
    if (!lua_isnoneornil(L, 2)) {
        if (handle->kind != TH_HANDLE_STRUCT) return luaL_error(L, "only a struct has fields");
        const th_field *field = th_check_field(L, handle, 2);
        address += field->offset;
        // An index past the end is an address like any other: that is what addr is for.
        const uint64_t size = field->layout == 0 ? th_scalar_size((th_scalar)field->scalar) : 0;
        address += (uint64_t)luaL_optinteger(L, 3, 0) * size;
    }
    lua_pushinteger(L, (lua_Integer)address);
    return 1;
}

static th_place check_raw(lua_State *L) {
    const uint64_t address = th_check_value(L, 1, TH_PTR, "address").w[0];
    return (th_place){.address = address, .scalar = th_check_scalar(L, 2)};
}

static int word_load_at(lua_State *L) { return th_ask_load(L, check_raw(L)); }
static int word_store_at(lua_State *L) { return th_ask_store(L, check_raw(L), 3, "value"); }
static int word_cas_at(lua_State *L) { return ask_cas(L, check_raw(L), 3); }

static int word_free(lua_State *L) {
    const uint64_t address = th_check_value(L, 1, TH_PTR, "what free ends").w[0];
    const th_request request = {.op = TH_REQUEST_FREE, .a = address};
    return th_script_ask(L, &request, 0, after_nothing);
}

static const luaL_Reg VAR_META[] = {
    {"__index", var_index},
    {"__newindex", var_newindex},
    {NULL, NULL},
};

static const luaL_Reg ATOMIC_METHODS[] = {
    {"load", atomic_load}, {"store", atomic_store}, {"add", atomic_add}, {"swap", atomic_swap},
    {"cas", atomic_cas},   {"and_", atomic_and},    {"or_", atomic_or},  {NULL, NULL},
};

static const luaL_Reg POINTER_METHODS[] = {{NULL, NULL}};

static const luaL_Reg WORDS[] = {
    {"var", word_var},
    {"atomic", word_atomic},
    {"cas", word_cas},
    {"atomic_load", word_atomic_load},
    {"atomic_store", word_atomic_store},
    {"atomic_add", word_atomic_add},
    {"atomic_and", word_atomic_and},
    {"atomic_or", word_atomic_or},
    {"atomic_xor", word_atomic_xor},
    {"atomic_swap", word_atomic_swap},
    {"await", word_await},
    {"addr", word_addr},
    {"load_at", word_load_at},
    {"store_at", word_store_at},
    {"cas_at", word_cas_at},
    {"free", word_free},
    {NULL, NULL},
};

void th_bind_cell(lua_State *L) {
    luaL_setfuncs(L, WORDS, 0);
    th_handle_meta(L, TH_HANDLE_VAR, VAR_META, NULL);
    th_handle_meta(L, TH_HANDLE_ATOMIC, NULL, ATOMIC_METHODS);
    th_handle_meta(L, TH_HANDLE_POINTER, NULL, POINTER_METHODS);
}

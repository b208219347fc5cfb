// Words about maps: map.make, map.none, m[k] and its kind, delete, clear, len, range.
#include "sim/gomap/routine.h"
#include "sim/script/script.h"

static th_map_type *type_of(lua_State *L, const th_handle *map) {
    return &th_script_of(L)->scenario->env.gomap.types[map->type];
}

static th_value check_key(lua_State *L, const th_handle *map, int index) {
    return th_check_value(L, index, (th_scalar)type_of(L, map)->key, "key");
}

static th_value check_elem(lua_State *L, const th_handle *map, int index) {
    if (lua_isnil(L, index) && type_of(L, map)->elem != TH_PTR) {
        luaL_error(L, "value must be %s, got nil (delete(m, k) removes a key)",
                   th_scalar_string((th_scalar)type_of(L, map)->elem));
    }
    return th_check_value(L, index, (th_scalar)type_of(L, map)->elem, "value");
}

static th_request request_of(const th_handle *map, th_request_op op) {
    return (th_request){.op = (uint8_t)op, .type = map->type, .a = map->address};
}

// A request whose result nobody wants.
static int after_nothing(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    th_script_answer(L);
    return 0;
}

// --- map.make, map.none ---

// The map type of arguments 1 and 2.
static uint16_t check_type(lua_State *L) {
    const th_scalar key = th_check_scalar(L, 1), elem = th_check_scalar(L, 2);
    th_map_type type;
    if (!th_map_type_make(key, elem, &type)) {
        luaL_error(L,
                   "there is no map[%s]%s here: a key is int uint64 uint32 uint16 int32 float64 "
                   "string or [2]uint64",
                   th_scalar_string(key), th_scalar_string(elem));
    }
    const int index = th_gomap_env_type(&th_script_of(L)->scenario->env.gomap, key, elem);
    if (index < 0) luaL_error(L, "too many types of maps");
    return (uint16_t)index;
}

static int after_make(lua_State *L, int status, lua_KContext type) {
    (void)status;
    const th_result *result = th_script_answer(L);
    th_push_handle(
        L, (th_handle){.kind = TH_HANDLE_MAP, .type = (uint16_t)type, .address = result->w[0]});
    return 1;
}

static int map_make(lua_State *L) {
    const uint16_t type = check_type(L);
    const lua_Integer hint = luaL_optinteger(L, 3, 0);
    const th_request request = {
        .op = TH_REQUEST_MAP_MAKE, .type = type, .b = {{(uint64_t)hint, 0}}};
    return th_script_ask(L, &request, type, after_make);
}

static int map_none(lua_State *L) {
    th_push_handle(L, (th_handle){.kind = TH_HANDLE_MAP, .type = check_type(L)});
    return 1;
}

// --- m[k], m:get(k), m[k] = v, m:add(k, d) ---

// Pushes an element; whether the key was there is all that a struct{} tells.
static void push_elem(lua_State *L, const th_handle *map, const uint64_t words[2], bool ok) {
    const th_scalar elem = (th_scalar)type_of(L, map)->elem;
    if (elem == TH_EMPTY) {
        lua_pushboolean(L, ok);
    } else {
        th_push_value(L, elem, words);
    }
}

static int after_index(lua_State *L, int status, lua_KContext result_count) {
    (void)status;
    const th_result *result = th_script_answer(L);
    push_elem(L, th_to_handle(L, 1), result->w, result->ok);
    if (result_count > 1) lua_pushboolean(L, result->ok);
    return (int)result_count;
}

static int ask_get(lua_State *L, const th_handle *map, int result_count) {
    th_request request = request_of(map, TH_REQUEST_MAP_GET);
    request.b = check_key(L, map, 2);
    lua_settop(L, 2);
    return th_script_ask(L, &request, result_count, after_index);
}

static int map_get(lua_State *L) { return ask_get(L, th_check_handle(L, 1, TH_HANDLE_MAP), 2); }

// __index: a method, or m[k]; upvalue: the methods. In a map with string keys the names of methods
// are no keys for m[k]: m:get("get") reads such a one.
static int map_index(lua_State *L) {
    const th_handle *map = th_to_handle(L, 1);
    if (lua_type(L, 2) == LUA_TSTRING) {
        lua_pushvalue(L, 2);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
        lua_pop(L, 1);
    }
    return ask_get(L, map, 1);
}

static int map_newindex(lua_State *L) {
    const th_handle *map = th_to_handle(L, 1);
    th_request request = request_of(map, TH_REQUEST_MAP_SET);
    request.b = check_key(L, map, 2);
    request.c = check_elem(L, map, 3);
    return th_script_ask(L, &request, 0, after_nothing);
}

static int map_add(lua_State *L) {
    const th_handle *map = th_check_handle(L, 1, TH_HANDLE_MAP);
    const th_scalar elem = (th_scalar)type_of(L, map)->elem;
    if (elem == TH_PTR || elem == TH_BOOL || elem >= TH_STRING) {
        return luaL_error(L, "m:add needs numbers, not %s", th_scalar_string(elem));
    }
    th_request request = request_of(map, TH_REQUEST_MAP_ADD);
    request.b = check_key(L, map, 2);
    request.c = check_elem(L, map, 3);
    return th_script_ask(L, &request, 0, after_nothing);
}

// --- m:seed(h), m:hash(k, h): before the run alone ---

// Whether the file's declarations are made now, and not only repeated.
static bool declares(lua_State *L, const char *word) {
    const th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_FILE) {
        luaL_error(L, "%s belongs outside main and go: it is set before the run", word);
    }
    return script->instance->is_base;
}

static int map_seed(lua_State *L) {
    const th_handle *map = th_check_handle(L, 1, TH_HANDLE_MAP);
    const lua_Integer seed = luaL_checkinteger(L, 2);
    if (!declares(L, "m:seed")) return 0;
    if (map->address == 0) return luaL_error(L, "a nil map has no seed");
    th_memory *memory = &th_script_of(L)->scenario->start.memory;
    th_memory_poke(memory, map->address + TH_HMAP_hash0, 4, (uint64_t)seed & UINT32_MAX);
    return 0;
}

static int map_hash(lua_State *L) {
    const th_handle *map = th_check_handle(L, 1, TH_HANDLE_MAP);
    const th_value key = check_key(L, map, 2);
    const lua_Integer hash = luaL_checkinteger(L, 3);
    if (!declares(L, "m:hash")) return 0;
    th_gomap_pin(&th_script_of(L)->scenario->env.gomap, map->type, key, (uint64_t)hash);
    return 0;
}

// --- m:bucket(k), m:tophash(k): where a key belongs, once a world is judged ---

static uint64_t judged_hash(lua_State *L, th_hmap *header) {
    const th_handle *map = th_check_handle(L, 1, TH_HANDLE_MAP);
    const th_value key = check_key(L, map, 2);
    const th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_FINALLY) {
        luaL_error(L, "a key's place belongs into an answer or finally: it depends on the moment");
    }
    if (map->address == 0) luaL_error(L, "a nil map has no buckets");
    th_hmap_read(&script->judged->memory, map->address, header);
    return th_gomap_hash(&script->scenario->env.gomap, map->type, key, header->hash0);
}

static int map_bucket(lua_State *L) {
    th_hmap header;
    const uint64_t hash = judged_hash(L, &header);
    lua_pushinteger(L, (lua_Integer)(hash & ((UINT64_C(1) << header.B) - 1)));
    return 1;
}

static int map_tophash(lua_State *L) {
    th_hmap header;
    lua_pushinteger(L, th_tophash(judged_hash(L, &header)));
    return 1;
}

// --- delete, clear, len ---

static int word_delete(lua_State *L) {
    const th_handle *map = th_check_handle(L, 1, TH_HANDLE_MAP);
    th_request request = request_of(map, TH_REQUEST_MAP_DELETE);
    request.b = check_key(L, map, 2);
    return th_script_ask(L, &request, 0, after_nothing);
}

static int word_clear(lua_State *L) {
    const th_request request =
        request_of(th_check_handle(L, 1, TH_HANDLE_MAP), TH_REQUEST_MAP_CLEAR);
    return th_script_ask(L, &request, 0, after_nothing);
}

static int after_len(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    lua_pushinteger(L, (lua_Integer)th_script_answer(L)->w[0]);
    return 1;
}

static int word_len(lua_State *L) {
    const th_handle *handle = th_to_handle(L, 1);
    if (handle == NULL) {
        if (lua_type(L, 1) != LUA_TSTRING) luaL_checktype(L, 1, LUA_TTABLE);
        lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
        return 1;
    }
    if (handle->kind == TH_HANDLE_SYNC && handle->type == TH_SYNC_KIND_CHANNEL) {
        const th_request request = {
            .op = TH_REQUEST_SYNC, .flags = TH_SYNC_CHAN_LEN, .a = handle->address};
        return th_script_ask(L, &request, 0, after_len);
    }
    const th_request request = request_of(th_check_handle(L, 1, TH_HANDLE_MAP), TH_REQUEST_MAP_LEN);
    return th_script_ask(L, &request, 0, after_len);
}

// --- range ---

// The loop's iterator function. Upvalues: the map, the simulated iterator (nil: not begun).
static int after_next(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    const th_result *result = th_script_answer(L);
    const th_handle *map = lua_touserdata(L, lua_upvalueindex(1));
    lua_pushinteger(L, (lua_Integer)result->w[4]);
    lua_replace(L, lua_upvalueindex(2));
    if (!result->ok) return 0;
    th_push_value(L, (th_scalar)type_of(L, map)->key, result->w);
    push_elem(L, map, result->w + 2, true);
    return 2;
}

static int range_next(lua_State *L) {
    const th_handle *map = lua_touserdata(L, lua_upvalueindex(1));
    th_request request = request_of(map, TH_REQUEST_RANGE);
    if (!lua_isnil(L, lua_upvalueindex(2))) {
        request.op = TH_REQUEST_RANGE_NEXT;
        request.a = (uint64_t)lua_tointeger(L, lua_upvalueindex(2));
    }
    return th_script_ask(L, &request, 0, after_next);
}

static int word_range(lua_State *L) {
    const th_handle *handle = th_to_handle(L, 1);
    if (handle != NULL && handle->kind == TH_HANDLE_SYNC) return th_sync_range(L, handle);
    th_check_handle(L, 1, TH_HANDLE_MAP);
    lua_settop(L, 1);
    lua_pushnil(L);
    lua_pushcclosure(L, range_next, 2);
    return 1;
}

static const luaL_Reg METHODS[] = {
    {"get", map_get},       {"add", map_add},         {"seed", map_seed}, {"hash", map_hash},
    {"bucket", map_bucket}, {"tophash", map_tophash}, {NULL, NULL},
};

static const luaL_Reg META[] = {
    {"__newindex", map_newindex},
    {NULL, NULL},
};

static const luaL_Reg MAP[] = {
    {"make", map_make},
    {"none", map_none},
    {NULL, NULL},
};

static const luaL_Reg WORDS[] = {
    {"delete", word_delete}, {"clear", word_clear}, {"len", word_len},
    {"range", word_range},   {NULL, NULL},
};

void th_bind_map(lua_State *L) {
    luaL_setfuncs(L, WORDS, 0);
    lua_newtable(L);
    luaL_setfuncs(L, MAP, 0);
    th_library_protect(L, "map");
    lua_setfield(L, -2, "map");
    th_handle_meta(L, TH_HANDLE_MAP, META, NULL);
    lua_rawgeti(L, LUA_REGISTRYINDEX, th_script_of(L)->metas[TH_HANDLE_MAP]);
    lua_newtable(L);
    luaL_setfuncs(L, METHODS, 0);
    lua_pushcclosure(L, map_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

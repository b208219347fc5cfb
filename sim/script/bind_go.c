// Words about goroutines: go, main, gosched, and how they fail: panic, recover, defer, fatal.
#include "sim/script/script.h"

#include <string.h>

// Pushes a start: {fn, arguments ..., n = how many of these, name =}. They begin at `first`.
static void push_start(lua_State *L, int first, const char *name) {
    const int count = lua_gettop(L) - first + 1;
    lua_createtable(L, count, 2);
    for (int i = 0; i < count; i++) {
        lua_pushvalue(L, first + i);
        lua_rawseti(L, -2, i + 1);
    }
    lua_pushinteger(L, count);
    lua_setfield(L, -2, "n");
    lua_pushlightuserdata(L, (void *)(uintptr_t)name);
    lua_setfield(L, -2, "name");
}

static int add_start(lua_State *L, int first, const char *name) {
    th_instance *instance = th_script_of(L)->instance;
    lua_rawgeti(L, LUA_REGISTRYINDEX, instance->starts_ref);
    lua_insert(L, first);
    push_start(L, first + 1, name);
    lua_rawseti(L, first, ++instance->start_count);
    return 0;
}

static void check_name(lua_State *L, const char *name) {
    if (!th_schedule_name_fits(name)) {
        luaL_error(L, "'%s' cannot name a goroutine: no spaces, none of * @ # : ~ ^ +", name);
    }
}

static int after_go(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    th_script_answer(L);
    return 0;
}

static int word_go(lua_State *L) {
    th_script *script = th_script_of(L);
    const char *name = "";
    int first = 1;
    if (lua_type(L, 1) == LUA_TSTRING) {
        name = lua_tostring(L, 1);
        check_name(L, name);
        first = 2;
    }
    if (lua_type(L, first) != LUA_TFUNCTION) {
        return luaL_error(L, "go needs a function: go(name, fn, ...), got %s",
                          th_value_type(L, first));
    }
    name = th_keep_text(script->scenario, name);
    if (script->mode == TH_MODE_FILE) return add_start(L, first, name);
    if (script->mode == TH_MODE_FINALLY) return luaL_error(L, "the run is over: no go here");
    push_start(L, first, name);
    script->body->draft.name = name;
    script->body->draft.start_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    const th_request request = {.op = TH_REQUEST_GO};
    return th_script_ask(L, &request, 0, after_go);
}

// later(name, fn, ...): a goroutine that somebody starts by hand, or the schedule by +name.
static int word_later(lua_State *L) {
    th_script *script = th_script_of(L);
    const char *name = luaL_checkstring(L, 1);
    check_name(L, name);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    if (script->mode != TH_MODE_FILE) return luaL_error(L, "later belongs outside main and go");
    if (script->instance->is_base) {
        *(uint32_t *)th_list_add(&script->scenario->later_starts, sizeof(uint32_t)) =
            script->instance->start_count;
    }
    return add_start(L, 2, th_keep_text(script->scenario, name));
}

static int word_main(lua_State *L) {
    th_script *script = th_script_of(L);
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 1);
    if (script->mode != TH_MODE_FILE) return luaL_error(L, "main belongs outside main and go");
    if (script->instance->main_index != 0) return luaL_error(L, "there is a main already");
    script->instance->main_index = script->instance->start_count + 1;
    return add_start(L, 1, th_keep_text(script->scenario, "main"));
}

static int word_gosched(lua_State *L) {
    const th_request request = {.op = TH_REQUEST_GOSCHED};
    return th_script_ask(L, &request, 0, after_go);
}

// The text of what panic or fatal were given.
static const char *check_message(lua_State *L) {
    if (!lua_isstring(L, 1)) luaL_error(L, "a message is expected, got %s", th_value_type(L, 1));
    size_t length;
    const char *text = lua_tolstring(L, 1, &length);
    return th_keep(th_script_of(L)->scenario, text, length);
}

static int word_panic(lua_State *L) { return th_body_panic(L, check_message(L)); }

static int word_fatal(lua_State *L) {
    const char *text = check_message(L);
    th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_BODY) return luaL_error(L, "fatal error: %s", text);
    th_request request = {.op = TH_REQUEST_FATAL};
    request.b = th_strings_intern(script->scenario->env.gomap.strings, text, strlen(text));
    return th_script_ask(L, &request, 0, after_go);
}

// Whether the function that calls the word is the outermost one of its coroutine.
static bool called_from_outermost(lua_State *L) {
    lua_Debug ar;
    return lua_getstack(L, 2, &ar) && !lua_getstack(L, 3, &ar);
}

static int word_defer(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    th_body *body = th_script_of(L)->body;
    if (th_script_of(L)->mode != TH_MODE_BODY) return luaL_error(L, "defer belongs into a body");
    if (body->returned || !called_from_outermost(L)) {
        return luaL_error(L, "defer works in a goroutine's own function, not in one it calls");
    }
    if (body->defers_ref == LUA_NOREF) {
        lua_newtable(L);
        body->defers_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, body->defers_ref);
    lua_pushvalue(L, 1);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    return 0;
}

// As in Go, it recovers only in a function that was deferred, called by nobody else.
static int word_recover(lua_State *L) {
    th_script *script = th_script_of(L);
    th_body *body = script->body;
    const bool deferred =
        script->mode == TH_MODE_BODY && body->returned && called_from_outermost(L);
    if (!deferred || body->panic == NULL) {
        lua_pushnil(L);
    } else {
        lua_pushstring(L, body->panic);
        body->recovered = body->panic;
        body->panic = NULL;
    }
    return 1;
}

static const luaL_Reg WORDS[] = {
    {"later", word_later},     {"go", word_go},           {"main", word_main},
    {"gosched", word_gosched}, {"panic", word_panic},     {"fatal", word_fatal},
    {"defer", word_defer},     {"recover", word_recover}, {NULL, NULL},
};

// A null pointer is Lua's nil: x.f and x.f = v of one panic, as in Go.
static int nil_access(lua_State *L) {
    th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_BODY) {
        return luaL_error(L, "nil has no '%s'", luaL_tolstring(L, 2, NULL));
    }
    return th_body_nil_panic(L);
}

static void bind_nil(lua_State *L) {
    lua_pushnil(L);
    lua_newtable(L);
    lua_pushcfunction(L, nil_access);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, nil_access);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);  // of every nil
    lua_pop(L, 1);
}

void th_bind_go(lua_State *L) {
    luaL_setfuncs(L, WORDS, 0);
    bind_nil(L);
}

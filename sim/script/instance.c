// Instances: the scenario's file, run in an environment of its own.
#include "sim/script/script.h"

#include "sim/base/assert.h"

#include <stdlib.h>

// __newindex of _ENV: (env, name, value); upvalue: the table of globals.
static int set_global(lua_State *L) {
    th_script *script = th_script_of(L);
    const char *name = luaL_checkstring(L, 2);
    if (script->mode != TH_MODE_FILE) {
        return luaL_error(L,
                          "'%s' would be a global set while the run goes on: goroutines share "
                          "simulated memory alone (write local, or use var)",
                          name);
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, script->words_ref);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, -2) != LUA_TNIL) {
        return luaL_error(L, "'%s' is a word of scenarios: choose another name", name);
    }
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 3);
    lua_rawset(L, lua_upvalueindex(1));
    return 0;
}

// _ENV stays empty, so that every assignment to a global is seen.
static void push_env(lua_State *L, const th_script *script) {
    lua_newtable(L);
    lua_createtable(L, 0, 2);
    lua_newtable(L);  // globals
    lua_createtable(L, 0, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, script->words_ref);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, set_global, 1);
    lua_setfield(L, -3, "__newindex");
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

// A coroutine that will run the file in the instance.
static lua_State *new_run(th_script *script, th_instance *instance, int *co_ref) {
    lua_State *L = script->L;
    lua_State *co = lua_newthread(L);
    *co_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_rawgeti(co, LUA_REGISTRYINDEX, script->chunk_ref);
    push_env(co, script);
    lua_pushvalue(co, -1);
    instance->env_ref = luaL_ref(co, LUA_REGISTRYINDEX);
    lua_newtable(co);
    instance->starts_ref = luaL_ref(co, LUA_REGISTRYINDEX);
    return co;
}

th_instance *th_instance_new(th_script *script, bool is_base) {
    th_instance *instance = calloc(1, sizeof(*instance));
    TH_ASSERT(instance != NULL);
    *instance = (th_instance){
        .ref_count = 1, .finally_ref = LUA_NOREF, .libraries_ref = LUA_NOREF, .is_base = is_base};
    int co_ref;
    lua_State *co = new_run(script, instance, &co_ref);
    if (is_base) th_script_watch_returns(co);
    script->mode = TH_MODE_FILE;
    script->instance = instance;
    const int status = th_script_resume(script, co, 1);
    TH_ASSERT(status != LUA_YIELD);
    if (status != LUA_OK) th_script_fail_lua(script, co, status);
    luaL_unref(script->L, LUA_REGISTRYINDEX, co_ref);
    if (status == LUA_OK) return instance;
    th_instance_drop(script, instance);
    return NULL;
}

void th_instance_drop(th_script *script, th_instance *instance) {
    if (instance == NULL || --instance->ref_count > 0) return;
    luaL_unref(script->L, LUA_REGISTRYINDEX, instance->env_ref);
    luaL_unref(script->L, LUA_REGISTRYINDEX, instance->starts_ref);
    luaL_unref(script->L, LUA_REGISTRYINDEX, instance->finally_ref);
    luaL_unref(script->L, LUA_REGISTRYINDEX, instance->libraries_ref);
    free(instance);
}

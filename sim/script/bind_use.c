// use "name": what a library returns, a Lua file beside scenarios that they share.
//
// It runs as a part of the file that uses it, in the same environment and once for each instance;
// its text is read once, so every instance and the audit run the same.
#include "sim/script/script.h"

#include "sim/base/limits.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 32 };

static const char *check_library_name(lua_State *L) {
    const char *name = luaL_checkstring(L, 1);
    const size_t length = lua_rawlen(L, 1);
    const size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-");
    if (length == 0 || length > NAME_MAX_LENGTH || good != length) {
        luaL_error(L, "use: a library's name has small letters, digits, _ and - alone, at most %d",
                   NAME_MAX_LENGTH);
    }
    return name;
}

static const th_library *find_library(const th_scenario *scenario, const char *name) {
    const th_library *libraries = scenario->libraries.items;
    for (uint32_t i = 0; i < scenario->libraries.count; i++) {
        if (strcmp(libraries[i].name, name) == 0) return &libraries[i];
    }
    return NULL;
}

static const th_library *read_library(lua_State *L, const char *name) {
    th_scenario *scenario = th_script_of(L)->scenario;
    const th_library *known = find_library(scenario, name);
    if (known != NULL) return known;
    const th_libraries *from = &scenario->library_source;
    if (from->read == NULL) {
        luaL_error(L, "use: there are no libraries here");
        return NULL;
    }
    char *text = NULL;
    size_t length = 0;
    char error[256];
    if (!from->read(from->context, name, &text, &length, error, sizeof(error))) {
        luaL_error(L, "use: %s", error);
    }
    if (length > TH_SCRIPT_SOURCE_BYTES) {
        free(text);
        luaL_error(L, "use: the library '%s' is larger than 1 MiB", name);
        return NULL;
    }
    th_library *library = th_list_add(&scenario->libraries, sizeof(*library));
    *library = (th_library){.name = th_keep_text(scenario, name), .text = text, .length = length};
    return library;
}

// Pushes the table of what the instance's libraries gave.
static void push_given(lua_State *L, th_instance *instance) {
    if (instance->libraries_ref == LUA_NOREF) {
        lua_newtable(L);
        instance->libraries_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, instance->libraries_ref);
}

// Runs the library and pushes what it returns.
static void run_library(lua_State *L, const th_instance *instance, const th_library *library) {
    char chunk[NAME_MAX_LENGTH + 8];
    th_print out = th_print_to(chunk, sizeof(chunk));
    th_print_text(&out, "=lib/");
    th_print_text(&out, library->name);
    if (th_script_load(L, chunk, library->text, library->length) != LUA_OK) lua_error(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, instance->env_ref);
    lua_call(L, 1, 1);
    if (lua_isnil(L, -1)) luaL_error(L, "use: the library '%s' returns nothing", library->name);
}

static int word_use(lua_State *L) {
    const char *name = check_library_name(L);
    const th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_FILE) return luaL_error(L, "use belongs outside main and go");
    th_instance *instance = script->instance;
    lua_settop(L, 1);
    push_given(L, instance);
    if (lua_getfield(L, 2, name) != LUA_TNIL) return 1;
    run_library(L, instance, read_library(L, name));
    lua_pushvalue(L, -1);
    lua_setfield(L, 2, name);
    return 1;
}

static const luaL_Reg WORDS[] = {
    {"use", word_use},
    {NULL, NULL},
};

void th_bind_use(lua_State *L) { luaL_setfuncs(L, WORDS, 0); }

// Bodies: a goroutine's function as a coroutine, with Go's defer, panic and recover around it.
#include "sim/script/script.h"

#include "sim/base/assert.h"
#include "sim/base/limits.h"

#include <stdlib.h>
#include <string.h>

static const char PANIC = 0;  // its address is what a panic raises

bool th_body_is_panic(lua_State *L, int index) {
    return lua_touserdata(L, index) == (const void *)&PANIC;
}

// A panic is raised while another one is not over: a deferred function runs for that.
static void list_panic(th_script *script, th_body *body) {
    const char *earlier = body->panic != NULL ? body->panic : body->recovered;
    if (earlier == NULL) return;
    char text[512];
    th_print out = th_print_to(text, sizeof(text));
    th_print_text(&out, body->panics_before != NULL ? body->panics_before : "");
    th_print_text(&out, earlier);
    th_print_text(&out, body->panic == NULL ? " [recovered]\n\tpanic: " : "\n\tpanic: ");
    body->panics_before = th_keep_text(script->scenario, text);
    body->recovered = NULL;
}

static int raise_panic(lua_State *L, const char *text, bool of_nil) {
    th_script *script = th_script_of(L);
    th_body *body = script->body;
    lua_Debug ar = {.currentline = 0};
    if (lua_getstack(L, 1, &ar)) lua_getinfo(L, "l", &ar);
    list_panic(script, body);
    body->panic = text;
    body->panic_line = ar.currentline > 0 ? (uint32_t)ar.currentline : 0;
    body->panic_of_nil = of_nil;
    return th_body_again(L);
}

int th_body_panic(lua_State *L, const char *text) {
    if (th_script_of(L)->mode != TH_MODE_BODY) return luaL_error(L, "panic: %s", text);
    return raise_panic(L, text, false);
}

int th_body_nil_panic(lua_State *L) { return raise_panic(L, TH_NIL_PANIC, true); }

int th_body_again(lua_State *L) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)&PANIC);
    return lua_error(L);
}

int th_body_nothing(lua_State *L, int status, lua_KContext context) {
    (void)L, (void)status, (void)context;
    return 0;
}

// Pushes the function deferred last and forgets it. False: there is none left.
static bool pop_deferred(lua_State *L, const th_body *body) {
    if (body->defers_ref == LUA_NOREF) return false;
    lua_rawgeti(L, LUA_REGISTRYINDEX, body->defers_ref);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    if (count == 0) {
        lua_pop(L, 1);
        return false;
    }
    lua_rawgeti(L, -1, count);
    lua_pushnil(L);
    lua_rawseti(L, -3, count);
    lua_remove(L, -2);
    return true;
}

static int run_deferred(lua_State *L, int status, lua_KContext context) {
    (void)status;
    th_body *body = th_script_of(L)->body;
    body->returned = true;
    lua_settop(L, 0);
    while (pop_deferred(L, body)) {
        body->recovered = NULL;
        if (body->panic == NULL) body->panics_before = NULL;  // who recovered has returned
        lua_callk(L, 0, 0, context, run_deferred);
    }
    return 0;
}

// The first function of a coroutine: (fn, arguments ...), or nothing when a panic unwinds.
static int run_body(lua_State *L) {
    const int count = lua_gettop(L);
    if (count > 0) lua_callk(L, count - 1, 0, 0, run_deferred);
    return run_deferred(L, LUA_OK, 0);
}

// A new coroutine for the body; what it is to run goes onto its stack.
static void new_coroutine(th_script *script, th_body *body) {
    luaL_unref(script->L, LUA_REGISTRYINDEX, body->co_ref);
    body->co = lua_newthread(script->L);
    body->co_ref = luaL_ref(script->L, LUA_REGISTRYINDEX);
    lua_pushcfunction(body->co, run_body);
}

static uint32_t end_line_of(lua_State *L, int index) {
    lua_Debug ar;
    lua_pushvalue(L, index);
    lua_getinfo(L, ">S", &ar);
    return ar.lastlinedefined > 0 ? (uint32_t)ar.lastlinedefined : 0;
}

th_body *th_body_new(th_script *script, th_instance *instance, int start_ref) {
    th_body *body = calloc(1, sizeof(*body));
    TH_ASSERT(body != NULL);
    body->instance = instance;
    instance->ref_count++;
    body->co_ref = LUA_NOREF;
    body->defers_ref = LUA_NOREF;
    body->draft.start_ref = LUA_NOREF;
    new_coroutine(script, body);
    lua_State *co = body->co;
    lua_rawgeti(co, LUA_REGISTRYINDEX, start_ref);
    lua_getfield(co, -1, "name");
    body->name = lua_touserdata(co, -1);
    lua_getfield(co, -2, "n");
    const int count = (int)lua_tointeger(co, -1);
    lua_pop(co, 2);
    TH_ASSERT(lua_checkstack(co, count + LUA_MINSTACK));
    for (int i = 1; i <= count; i++) lua_rawgeti(co, 2, i);
    lua_remove(co, 2);
    body->end_line = end_line_of(co, 2);
    return body;
}

th_body *th_body_of_start(th_script *script, th_instance *instance, uint32_t index) {
    if (index >= instance->start_count) {
        th_script_fail(script, 0, "the file starts other goroutines each time it is run");
        return NULL;
    }
    lua_rawgeti(script->L, LUA_REGISTRYINDEX, instance->starts_ref);
    lua_rawgeti(script->L, -1, (lua_Integer)index + 1);
    const int start_ref = luaL_ref(script->L, LUA_REGISTRYINDEX);
    lua_pop(script->L, 1);
    th_body *body = th_body_new(script, instance, start_ref);
    luaL_unref(script->L, LUA_REGISTRYINDEX, start_ref);
    return body;
}

void th_body_free(th_script *script, th_body *body) {
    if (body == NULL) return;
    TH_ASSERT(body->node == 0);
    th_body_free(script, body->child);
    luaL_unref(script->L, LUA_REGISTRYINDEX, body->co_ref);
    luaL_unref(script->L, LUA_REGISTRYINDEX, body->defers_ref);
    luaL_unref(script->L, LUA_REGISTRYINDEX, body->draft.start_ref);
    th_instance_drop(script, body->instance);
    free(body);
}

// The request of a body that is over.
static void draft_end(th_script *script, th_body *body) {
    body->draft = (th_draft){.start_ref = LUA_NOREF};
    th_request *request = &body->draft.request;
    request->op = TH_REQUEST_RETURN;
    request->line = body->end_line;
    if (body->panic == NULL) return;
    request->op = TH_REQUEST_PANICKED;
    request->line = body->panic_line;
    request->flags = body->panic_of_nil;
    th_strings *strings = script->scenario->env.gomap.strings;
    request->b = th_strings_intern(strings, body->panic, strlen(body->panic));
    if (body->panics_before == NULL) return;
    request->c = th_strings_intern(strings, body->panics_before, strlen(body->panics_before));
}

static bool check_idle(th_script *script, th_body *body) {
    const th_request *request = &body->draft.request;
    const bool local = th_request_op_class((th_request_op)request->op) == TH_CLASS_LOCAL;
    body->idle_count = local ? body->idle_count + 1 : 0;
    if (body->idle_count <= TH_SCRIPT_IDLE_MAX) return true;
    th_script_fail(script, (int)request->line,
                   "a goroutine goes round and round here without taking a step");
    return false;
}

bool th_body_resume(th_script *script, th_body *body, const th_result *result) {
    if (result != NULL) script->result = *result;
    luaL_unref(script->L, LUA_REGISTRYINDEX, body->draft.start_ref);
    body->draft.start_ref = LUA_NOREF;
    script->mode = TH_MODE_BODY;
    script->body = body;
    script->instance = body->instance;
    const int argument_count = body->begun ? 0 : lua_gettop(body->co) - 1;
    body->begun = true;
    int status = th_script_resume(script, body->co, argument_count);
    while (status > LUA_YIELD && th_body_is_panic(body->co, -1)) {
        new_coroutine(script, body);
        status = th_script_resume(script, body->co, 0);
    }
    if (status == LUA_YIELD) return check_idle(script, body);
    if (status == LUA_OK) {
        draft_end(script, body);
        return true;
    }
    th_script_fail_lua(script, body->co, status);
    return false;
}

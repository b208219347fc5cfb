// expect{...}: how the run ends, and what exploring finds.
#include "sim/script/script.h"

#include <string.h>

static const char *const END_KEYS[] = {"fatal", "panic", "deadlock", "done", "fault", "limit"};
static const th_end ENDS[] = {TH_END_FATAL, TH_END_PANIC, TH_END_DEADLOCK,
                              TH_END_DONE,  TH_END_FAULT, TH_END_LIMIT};
enum { END_COUNT = sizeof(ENDS) / sizeof(ENDS[0]) };

static const char *kept(lua_State *L, int index) {
    return th_keep_text(th_script_of(L)->scenario, lua_tostring(L, index));
}

// Reads the ends of the table at `index`: `fatal = "message"`, `done = true`. At most one.
static th_end check_end(lua_State *L, int index, const char *word, const char **message) {
    th_end end = TH_END_RUNNING;
    for (int i = 0; i < END_COUNT; i++) {
        const int type = lua_getfield(L, index, END_KEYS[i]);
        if (type == LUA_TNIL) {
            lua_pop(L, 1);
            continue;
        }
        if (end != TH_END_RUNNING) luaL_error(L, "%s: a run has one end", word);
        end = ENDS[i];
        const bool has_text = end == TH_END_FATAL || end == TH_END_PANIC || end == TH_END_FAULT;
        if (type == LUA_TSTRING && has_text) {
            *message = kept(L, -1);
        } else if (type != LUA_TBOOLEAN || !lua_toboolean(L, -1)) {
            luaL_error(L, has_text ? "%s: %s is a message, or true for any" : "%s: %s is true",
                       word, END_KEYS[i]);
        }
        lua_pop(L, 1);
    }
    return end;
}

static int8_t check_flag(lua_State *L, int index, const char *name) {
    int8_t flag = -1;
    if (lua_getfield(L, index, name) != LUA_TNIL) {
        if (!lua_isboolean(L, -1)) luaL_error(L, "%s is true or false", name);
        flag = (int8_t)lua_toboolean(L, -1);
    }
    lua_pop(L, 1);
    return flag;
}

static const char *check_label(lua_State *L, int index) {
    const char *label = NULL;
    if (lua_getfield(L, index, "label") != LUA_TNIL) {
        if (lua_type(L, -1) != LUA_TSTRING) luaL_error(L, "label is a text");
        label = kept(L, -1);
    }
    lua_pop(L, 1);
    return label;
}

static int64_t check_count(lua_State *L, int index, const char *name) {
    int64_t count = -1;
    if (lua_getfield(L, index, name) != LUA_TNIL) {
        int is_integer;
        count = lua_tointegerx(L, -1, &is_integer);
        if (!is_integer || count < 0) luaL_error(L, "%s is a whole number", name);
    }
    lua_pop(L, 1);
    return count;
}

th_exploration_outcome th_check_outcome(lua_State *L, int index, const char *word) {
    static const char *const KEYS[] = {"fatal", "panic", "deadlock", "done",  "fault",
                                       "limit", "label", "race",     "count", NULL};
    luaL_checktype(L, index, LUA_TTABLE);
    th_check_keys(L, index, word, KEYS);
    th_exploration_outcome outcome = {.message = NULL};
    outcome.end = (uint8_t)check_end(L, index, word, &outcome.message);
    outcome.label = check_label(L, index);
    outcome.race = check_flag(L, index, "race");
    outcome.count = check_count(L, index, "count");
    return outcome;
}

// explore = { mode = "all", executions = 20, outcomes = { { fatal = "...", count = 8 }, ... } }
static void check_outcomes(lua_State *L, int index) {
    th_scenario *scenario = th_script_of(L)->scenario;
    if (lua_getfield(L, index, "outcomes") != LUA_TNIL) {
        luaL_checktype(L, -1, LUA_TTABLE);
        const lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
        for (lua_Integer i = 1; i <= count; i++) {
            lua_rawgeti(L, -1, i);
            const int at = lua_gettop(L);
            const th_exploration_outcome outcome = th_check_outcome(L, at, "an outcome");
            *(th_exploration_outcome *)th_list_add(&scenario->exploration_outcomes,
                                                   sizeof(outcome)) = outcome;
            lua_settop(L, at - 1);
        }
    }
    lua_pop(L, 1);
    scenario->exploration.outcomes = scenario->exploration_outcomes.items;
    scenario->exploration.outcome_count = scenario->exploration_outcomes.count;
}

static void check_exploration(lua_State *L, int index, uint32_t line) {
    static const char *const KEYS[] = {"mode",   "bound",    "limit",    "executions",
                                       "states", "complete", "outcomes", NULL};
    static const char *const MODES[] = {"all", "dpor", "bounded", "random", "pct", NULL};
    th_exploration *exploration = &th_script_of(L)->scenario->exploration;
    luaL_checktype(L, index, LUA_TTABLE);
    th_check_keys(L, index, "explore", KEYS);
    if (lua_getfield(L, index, "mode") == LUA_TNIL) lua_pushliteral(L, "all");
    for (const char *const *mode = MODES; *mode != NULL; mode++) {
        if (lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), *mode) == 0) {
            exploration->mode = *mode;
        }
    }
    if (exploration->mode == NULL) {
        luaL_error(L, "explore: mode is all, dpor, bounded, random or pct");
    }
    exploration->bound = check_count(L, index, "bound");
    exploration->limit = check_count(L, index, "limit");
    exploration->executions = check_count(L, index, "executions");
    exploration->states = check_count(L, index, "states");
    exploration->complete = check_flag(L, index, "complete");
    exploration->line = line;
    check_outcomes(L, index);
}

static int word_expect(lua_State *L) {
    static const char *const KEYS[] = {"fatal", "panic", "deadlock", "done",    "fault",
                                       "limit", "label", "race",     "explore", NULL};
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    th_check_keys(L, 1, "expect", KEYS);
    th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_FILE) return luaL_error(L, "expect belongs outside main and go");
    if (!script->instance->is_base) return 0;
    th_expect *expect = &script->scenario->expect;
    if (expect->given) return luaL_error(L, "there is an expect{...} already");
    lua_Debug ar = {.currentline = 0};
    if (lua_getstack(L, 1, &ar)) lua_getinfo(L, "l", &ar);
    expect->given = true;
    expect->line = ar.currentline > 0 ? (uint32_t)ar.currentline : 0;
    expect->end = (uint8_t)check_end(L, 1, "expect", &expect->message);
    expect->label = check_label(L, 1);
    expect->race = check_flag(L, 1, "race");
    if (lua_getfield(L, 1, "explore") != LUA_TNIL) check_exploration(L, 2, expect->line);
    return 0;
}

static const luaL_Reg WORDS[] = {
    {"expect", word_expect},
    {NULL, NULL},
};

void th_bind_expect(lua_State *L) { luaL_setfuncs(L, WORDS, 0); }

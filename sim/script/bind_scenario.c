// Words that describe the scenario itself: scenario, schedule, fixes, fix, finally.
#include "sim/script/script.h"

#include <string.h>

// The index of the text in the field `name`; `missing` when there is no such field.
static int check_choice(lua_State *L, const char *name, const char *const *options, int missing) {
    if (lua_getfield(L, 1, name) == LUA_TNIL) {
        lua_pop(L, 1);
        return missing;
    }
    const char *given = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
    for (int i = 0; options[i] != NULL; i++) {
        if (strcmp(given, options[i]) != 0) continue;
        lua_pop(L, 1);
        return i;
    }
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (int i = 0; options[i] != NULL; i++) {
        luaL_addstring(&buffer, i > 0 ? " or \"" : "\"");
        luaL_addstring(&buffer, options[i]);
        luaL_addstring(&buffer, "\"");
    }
    luaL_pushresult(&buffer);
    return luaL_error(L, "%s is %s", name, lua_tostring(L, -1));
}

static lua_Integer check_number(lua_State *L, const char *name, lua_Integer low, lua_Integer high,
                                lua_Integer missing) {
    lua_Integer value = missing;
    if (lua_getfield(L, 1, name) != LUA_TNIL) {
        int is_integer;
        value = lua_tointegerx(L, -1, &is_integer);
        if (!is_integer || value < low || value > high) {
            luaL_error(L, "%s is a whole number from %I to %I", name, low, high);
        }
    }
    lua_pop(L, 1);
    return value;
}

static const char *check_string(lua_State *L, const char *name) {
    const char *kept = "";
    if (lua_getfield(L, 1, name) != LUA_TNIL) {
        if (lua_type(L, -1) != LUA_TSTRING) luaL_error(L, "%s must be a text", name);
        kept = th_keep_text(th_script_of(L)->scenario, lua_tostring(L, -1));
    }
    lua_pop(L, 1);
    return kept;
}

static void set_env(lua_State *L, th_env *env) {
    static const char *const SCHEDULES[] = {"any", "go", NULL};
    static const char *const MEMORIES[] = {"sc", "tso", "weak", NULL};
    env->schedule = (uint8_t)check_choice(L, "schedule", SCHEDULES, TH_SCHEDULE_ANY);
    env->memory_model = (uint8_t)check_choice(L, "memory", MEMORIES, TH_MODEL_SC);
    env->procs = (uint16_t)check_number(L, "procs", 1, TH_PROCS_MAX, 1);
    env->step_limit = (uint64_t)check_number(L, "steps", 1, (lua_Integer)TH_STEP_LIMIT_DEFAULT, 0);
    env->slice_steps = (uint32_t)check_number(L, "slice", 1, 1000000, 0);
    const lua_Integer seed = check_number(L, "seed", LUA_MININTEGER, LUA_MAXINTEGER, 1);
    if (!th_script_of(L)->scenario->seed_given) env->seed = (uint64_t)seed;
}

static int word_scenario(lua_State *L) {
    static const char *const KEYS[] = {"id",       "chapter", "order",    "truth",  "title",
                                       "question", "procs",   "schedule", "memory", "seed",
                                       "steps",    "slice",   NULL};
    static const char *const TRUTHS[] = {"real", "model", NULL};
    luaL_checktype(L, 1, LUA_TTABLE);
    th_check_keys(L, 1, "scenario", KEYS);
    th_script *script = th_script_of(L);
    th_scenario *scenario = script->scenario;
    if (script->mode != TH_MODE_FILE) return luaL_error(L, "scenario belongs outside main and go");
    if (!script->instance->is_base) return 0;
    if (scenario->described) return luaL_error(L, "there is a scenario{...} already");
    if (scenario->world_begun) {
        return luaL_error(L, "scenario{...} comes before what the file declares");
    }
    scenario->described = true;
    scenario->id = check_string(L, "id");
    if (scenario->id[0] == '\0') return luaL_error(L, "scenario needs an id");
    scenario->chapter = check_string(L, "chapter");
    scenario->order = (uint16_t)check_number(L, "order", 1, TH_ORDER_MAX, TH_ORDER_MAX);
    const int truth = check_choice(L, "truth", TRUTHS, -1);
    if (truth < 0) {
        return luaL_error(L,
                          "scenario needs truth = \"real\" (Go does this) or \"model\" (a mistaken "
                          "idea made visible)");
    }
    scenario->truth = (th_truth)truth;
    if (lua_getfield(L, 1, "title") != LUA_TNIL) scenario->title = th_check_text(L, -1);
    if (lua_getfield(L, 1, "question") != LUA_TNIL) scenario->question = th_check_text(L, -1);
    set_env(L, &scenario->env);
    return 0;
}

// The list of strings that fixes offers. Whether --fix names one is seen when the file has run.
static int word_fixes(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_FILE) return luaL_error(L, "fixes belongs outside main and go");
    if (!script->instance->is_base) return 0;
    if (script->scenario->fixes.count > 0) return luaL_error(L, "there is a fixes{...} already");
    const lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    if (count < 1) return luaL_error(L, "fixes { \"none\", ... } needs names");
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(L, 1, i) != LUA_TSTRING) return luaL_error(L, "fixes: names are texts");
        const char *name = th_keep_text(script->scenario, lua_tostring(L, -1));
        *(const char **)th_list_add(&script->scenario->fixes, sizeof(name)) = name;
        lua_pop(L, 1);
    }
    return 0;
}

static int word_fix(lua_State *L) {
    const th_scenario *scenario = th_script_of(L)->scenario;
    const char *chosen = th_scenario_fix_chosen(scenario);
    if (chosen == NULL && scenario->fixes.count == 0) {
        return luaL_error(L, "fix() needs a fixes { \"none\", ... } before it");
    }
    lua_pushstring(L, chosen);
    return 1;
}

static int word_schedule(lua_State *L) {
    const char *text = luaL_checkstring(L, 1);
    th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_FILE) return luaL_error(L, "schedule belongs outside main and go");
    char error[160];
    th_schedule *schedule = th_schedule_parse(text, error, sizeof(error));
    if (schedule == NULL) return luaL_error(L, "%s", error);
    th_schedule_free(schedule);
    if (!script->instance->is_base) return 0;
    script->scenario->schedule = th_keep_text(script->scenario, text);
    script->scenario->schedule_line = (uint32_t)th_script_line(L);
    return 0;
}

static int word_finally(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_FILE) return luaL_error(L, "finally belongs outside main and go");
    if (script->instance->finally_ref != LUA_NOREF) {
        return luaL_error(L, "there is a finally already");
    }
    lua_settop(L, 1);
    script->instance->finally_ref = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

static const luaL_Reg WORDS[] = {
    {"scenario", word_scenario}, {"fixes", word_fixes},     {"fix", word_fix},
    {"schedule", word_schedule}, {"finally", word_finally}, {NULL, NULL},
};

void th_bind_scenario(lua_State *L) { luaL_setfuncs(L, WORDS, 0); }

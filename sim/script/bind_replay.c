// replay{...}: the file is played as it was played once. What a person saves from the window ends
// with it.
#include "sim/script/script.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

static const char *check_text(lua_State *L, const char *name) {
    const char *text = NULL;
    if (lua_getfield(L, 1, name) != LUA_TNIL) {
        if (lua_type(L, -1) != LUA_TSTRING) luaL_error(L, "replay: %s is a text", name);
        text = th_keep_text(th_script_of(L)->scenario, lua_tostring(L, -1));
    }
    lua_pop(L, 1);
    return text;
}

static bool check_integer(lua_State *L, const char *name, lua_Integer *value) {
    const bool given = lua_getfield(L, 1, name) != LUA_TNIL;
    int is_integer = 1;
    if (given) *value = lua_tointegerx(L, -1, &is_integer);
    if (!is_integer) luaL_error(L, "replay: %s is a whole number", name);
    lua_pop(L, 1);
    return given;
}

static const char *check_schedule(lua_State *L) {
    const char *text = check_text(L, "schedule");
    if (text == NULL) luaL_error(L, "replay needs a schedule");
    char error[160];
    th_schedule *schedule = th_schedule_parse(text, error, sizeof(error));
    if (schedule == NULL) luaL_error(L, "%s", error);
    th_schedule_free(schedule);
    return text;
}

// The last one of a file holds.
static int word_replay(lua_State *L) {
    static const char *const KEYS[] = {"schedule", "seed", "fix", "own", "ends", NULL};
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    th_check_keys(L, 1, "replay", KEYS);
    th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_FILE) return luaL_error(L, "replay belongs outside main and go");
    if (!script->instance->is_base) return 0;
    lua_Integer seed = 0, own = -1;
    th_replay replay = {.given = true, .line = (uint32_t)th_script_line(L)};
    replay.schedule = check_schedule(L);
    replay.fix = check_text(L, "fix");
    replay.has_seed = check_integer(L, "seed", &seed);
    replay.seed = (uint64_t)seed;
    if (check_integer(L, "own", &own) && own < 0) return luaL_error(L, "replay: own is at least 0");
    replay.own_until = own < 0 ? UINT64_MAX : (uint64_t)own;
    if (lua_getfield(L, 1, "ends") != LUA_TNIL) {
        const th_exploration_outcome ends = th_check_outcome(L, 2, "ends");
        replay.expect = (th_expect){.message = ends.message,
                                    .label = ends.label,
                                    .line = replay.line,
                                    .end = ends.end,
                                    .race = ends.race,
                                    .given = true};
    }
    script->scenario->replay = replay;
    return 0;
}

bool th_replay_wants_other(const th_scenario *scenario, const th_scenario_desc *desc,
                           th_scenario_desc *other) {
    const th_replay *replay = &scenario->replay;
    if (!replay->given) return false;
    *other = *desc;
    if (desc->fix == NULL) other->fix = replay->fix;
    if (!desc->has_seed && replay->has_seed) {
        other->seed = replay->seed;
        other->has_seed = true;
    }
    return other->fix != desc->fix || other->has_seed != desc->has_seed;
}

void th_replay_apply(th_scenario *scenario) {
    th_replay *replay = &scenario->replay;
    const char *fix = th_scenario_fix_chosen(scenario);
    // With another cure it is another program.
    if (replay->fix != NULL && (fix == NULL || strcmp(fix, replay->fix) != 0)) {
        replay->given = false;
    }
    if (!replay->given) return;
    scenario->schedule = replay->schedule;
    scenario->schedule_line = replay->line;
    scenario->expect = replay->expect;
    if (!replay->expect.given) scenario->expect.race = -1;
    scenario->exploration = (th_exploration){0};
}

uint64_t th_scenario_own_until(const th_scenario *scenario) {
    return scenario->replay.given ? scenario->replay.own_until : UINT64_MAX;
}

static const luaL_Reg WORDS[] = {
    {"replay", word_replay},
    {NULL, NULL},
};

void th_bind_replay(lua_State *L) { luaL_setfuncs(L, WORDS, 0); }

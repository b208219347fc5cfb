// labels{...} and challenge{...}: what outcomes mean, and what a student is to bring about. For the
// viewer alone: none has an effect on a run.
#include "sim/script/script.h"

static bool keeps(lua_State *L, const char *word) {
    const th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_FILE) luaL_error(L, "%s belongs outside main and go", word);
    return script->instance->is_base;
}

static int8_t check_right(lua_State *L, int index) {
    int8_t right = -1;
    if (lua_getfield(L, index, "right") != LUA_TNIL) {
        if (!lua_isboolean(L, -1)) luaL_error(L, "labels: right is true or false");
        right = (int8_t)lua_toboolean(L, -1);
    }
    lua_pop(L, 1);
    return right;
}

// What is said of the label whose table is on top.
static th_label check_label(lua_State *L) {
    static const char *const KEYS[] = {"en", "zh", "right", NULL};
    const int at = lua_gettop(L);
    luaL_checktype(L, at, LUA_TTABLE);
    th_check_keys(L, at, "a label", KEYS);
    th_label label = {.right = check_right(L, at)};
    const bool has_en = lua_getfield(L, at, "en") != LUA_TNIL;
    const bool has_zh = lua_getfield(L, at, "zh") != LUA_TNIL;
    lua_settop(L, at);
    if (has_en || has_zh) label.text = th_check_text(L, at);
    return label;
}

// labels { ["count 1"] = { en = "one is lost", zh = "丢了一个", right = false }, ... }
static int word_labels(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    const bool is_kept = keeps(L, "labels");
    th_scenario *scenario = th_script_of(L)->scenario;
    th_push_pairs(L, 1);
    for (;;) {
        lua_pushvalue(L, -1);
        lua_call(L, 0, 2);
        if (lua_isnil(L, -2)) return 0;
        if (lua_type(L, -2) != LUA_TSTRING) return luaL_error(L, "labels: each entry is a label");
        th_label label = check_label(L);
        label.name = th_keep_text(scenario, lua_tostring(L, -2));
        if (is_kept) *(th_label *)th_list_add(&scenario->labels, sizeof(label)) = label;
        lua_pop(L, 2);
    }
}

static th_text check_optional_text(lua_State *L, const char *name) {
    th_text text = {{NULL, NULL}};
    if (lua_getfield(L, 1, name) != LUA_TNIL) text = th_check_text(L, -1);
    lua_pop(L, 1);
    return text;
}

// challenge { goal = { fatal = "..." }, task = {...}, hint = {...}, praise = {...}, cure = true }
static int word_challenge(lua_State *L) {
    static const char *const KEYS[] = {"goal", "task", "hint", "praise", "cure", NULL};
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    th_check_keys(L, 1, "challenge", KEYS);
    th_script *script = th_script_of(L);
    th_challenge challenge = {.line = (uint32_t)th_script_line(L)};
    if (lua_getfield(L, 1, "goal") == LUA_TNIL) {
        return luaL_error(L, "challenge needs a goal, such as { fatal = true }");
    }
    challenge.goal = th_check_outcome(L, 2, "a goal");
    if (challenge.goal.end == TH_END_RUNNING && challenge.goal.label == NULL) {
        return luaL_error(L, "a goal names an end or a label");
    }
    lua_settop(L, 1);
    challenge.task = check_optional_text(L, "task");
    challenge.hint = check_optional_text(L, "hint");
    challenge.praise = check_optional_text(L, "praise");
    if (lua_getfield(L, 1, "cure") != LUA_TNIL) {
        if (!lua_isboolean(L, -1)) return luaL_error(L, "challenge: cure is true or false");
        challenge.cure = lua_toboolean(L, -1) != 0;
    }
    if (!keeps(L, "challenge")) return 0;
    if (script->scenario->is_challenge) return luaL_error(L, "there is a challenge{...} already");
    script->scenario->challenge = challenge;
    script->scenario->is_challenge = true;
    return 0;
}

static const luaL_Reg WORDS[] = {
    {"labels", word_labels}, {"challenge", word_challenge}, {NULL, NULL}};

void th_bind_challenge(lua_State *L) { luaL_setfuncs(L, WORDS, 0); }

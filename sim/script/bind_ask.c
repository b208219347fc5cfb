// ask: a question before a reveal, whose right answer the simulator finds.
#include "sim/script/script.h"

#include <string.h>

bool th_script_is_value(lua_State *L, int index) {
    const int type = lua_type(L, index);
    return type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TBOOLEAN;
}

const char *th_script_value_text(lua_State *L, int index) {
    luaL_argcheck(L, th_script_is_value(L, index), index,
                  "a number, a text or a boolean is needed");
    lua_pushvalue(L, index);
    int is_integer = 0;
    const lua_Integer whole = lua_tointegerx(L, -1, &is_integer);
    if (is_integer && lua_type(L, -1) == LUA_TNUMBER) {
        lua_pop(L, 1);
        lua_pushinteger(L, whole);
    }
    const char *kept = th_keep_text(th_script_of(L)->scenario, luaL_tolstring(L, -1, NULL));
    lua_pop(L, 2);
    return kept;
}

// An option is what it is, { en =, zh =, is = value }, or its text: then that is the value, too.
static void check_option(lua_State *L, th_note *note, int option) {
    const int index = lua_absindex(L, -1);
    const int type = lua_type(L, index);
    if (type == LUA_TNUMBER || type == LUA_TBOOLEAN) {
        note->values[option] = th_script_value_text(L, index);
        note->options[option].in[TH_LANG_EN] = note->values[option];
        return;
    }
    static const char *const KEYS[] = {"en", "zh", "is", NULL};
    if (type == LUA_TTABLE) th_check_keys(L, index, "an option", KEYS);
    note->options[option] = th_check_text(L, index);
    const th_text *text = &note->options[option];
    note->values[option] = text->in[TH_LANG_EN] ? text->in[TH_LANG_EN] : text->in[TH_LANG_ZH];
    if (type != LUA_TTABLE) return;
    if (lua_getfield(L, index, "is") != LUA_TNIL)
        note->values[option] = th_script_value_text(L, -1);
    lua_pop(L, 1);
}

static void check_options(lua_State *L, th_note *note) {
    if (lua_getfield(L, 1, "options") != LUA_TTABLE) luaL_error(L, "ask needs options = { ... }");
    const lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    if (count < 2 || count > TH_ASK_OPTION_MAX) {
        luaL_error(L, "ask: from 2 to %d options", TH_ASK_OPTION_MAX);
    }
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, -1, i + 1);
        check_option(L, note, (int)i);
        lua_pop(L, 1);
    }
    note->option_count = (uint8_t)count;
    lua_pop(L, 1);
}

// An index, or a function that is kept in the registry.
static void check_answer(lua_State *L, th_note *note) {
    if (lua_getfield(L, 1, "answer") == LUA_TFUNCTION) {
        note->answers = luaL_ref(L, LUA_REGISTRYINDEX);
        return;
    }
    int is_integer = 0;
    const lua_Integer answer = lua_tointegerx(L, -1, &is_integer);
    if (!is_integer || answer < 0 || answer >= note->option_count) {
        luaL_error(L, "ask: answer is a function, or the index of an option, from 0");
    }
    note->answer = (uint8_t)answer;
    lua_pop(L, 1);
}

// When it can be told: at = "end", or a moment as in when.
static void check_moment(lua_State *L, th_note *note) {
    if (lua_getfield(L, 1, "at") != LUA_TNIL) {
        const char *text = luaL_checkstring(L, -1);
        // "end" alone would be the end of a goroutine.
        if (strcmp(text, "end") != 0) note->moment = th_check_rule(L, -1);
    }
    lua_pop(L, 1);
}

static int word_ask(lua_State *L) {
    static const char *const KEYS[] = {"en", "zh", "options", "answer", "at", "why", NULL};
    luaL_checktype(L, 1, LUA_TTABLE);
    th_check_keys(L, 1, "ask", KEYS);
    lua_settop(L, 1);
    th_note note = {.kind = TH_NOTE_ASK, .text = th_check_text(L, 1)};
    check_options(L, &note);
    check_moment(L, &note);
    if (lua_getfield(L, 1, "why") != LUA_TNIL) note.why = th_check_text(L, -1);
    lua_pop(L, 1);
    check_answer(L, &note);
    return th_script_place_note(L, &note);
}

static const luaL_Reg WORDS[] = {
    {"ask", word_ask},
    {NULL, NULL},
};

void th_bind_ask(lua_State *L) { luaL_setfuncs(L, WORDS, 0); }

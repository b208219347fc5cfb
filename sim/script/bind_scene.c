// Words for the viewer alone: caption, focus, pause, when, claim, layout; ask is in bind_ask.c.
// None has an effect on a run; inside a body a note marks the moment it is for.
#include "sim/script/script.h"

#include "sim/base/assert.h"

#include <string.h>

static const char *kept_field(lua_State *L, int index, const char *name) {
    const char *text = NULL;
    const int type = lua_getfield(L, index, name);
    if (type == LUA_TSTRING) {
        size_t length;
        const char *found = lua_tolstring(L, -1, &length);
        text = th_keep(th_script_of(L)->scenario, found, length);
    } else if (type != LUA_TNIL) {
        luaL_error(L, "%s must be a text, got %s", name, th_value_type(L, -1));
    }
    lua_pop(L, 1);
    return text;
}

th_text th_check_text(lua_State *L, int index) {
    index = lua_absindex(L, index);
    th_text text = {{NULL, NULL}};
    if (lua_type(L, index) == LUA_TSTRING) {
        text.in[TH_LANG_EN] = th_keep_text(th_script_of(L)->scenario, lua_tostring(L, index));
        return text;
    }
    if (!lua_istable(L, index)) {
        luaL_error(L, "a text is written { en = \"...\", zh = \"...\" }, not %s",
                   th_value_type(L, index));
    }
    text.in[TH_LANG_EN] = kept_field(L, index, "en");
    text.in[TH_LANG_ZH] = kept_field(L, index, "zh");
    if (text.in[TH_LANG_EN] == NULL && text.in[TH_LANG_ZH] == NULL) {
        luaL_error(L, "a text needs en or zh");
    }
    return text;
}

void th_push_pairs(lua_State *L, int index) {
    const int table = lua_absindex(L, index);
    lua_rawgeti(L, LUA_REGISTRYINDEX, th_script_of(L)->words_ref);
    lua_getfield(L, -1, "pairs");
    lua_remove(L, -2);
    lua_pushvalue(L, table);
    lua_call(L, 1, 1);
}

// Raises when the table has a key that is none of these.
void th_check_keys(lua_State *L, int index, const char *word, const char *const *keys) {
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING) luaL_error(L, "%s: every entry has a name", word);
        const char *key = lua_tostring(L, -2);
        bool known = false;
        for (const char *const *at = keys; *at != NULL; at++) known |= strcmp(key, *at) == 0;
        if (known) continue;
        const char *near = th_script_nearest(key, keys);
        luaL_error(L, near ? "%s has no '%s', did you mean '%s'?" : "%s has no '%s'", word, key,
                   near);
    }
}

static int after_note(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    th_script_answer(L);
    return 0;
}

int th_script_place_note(lua_State *L, th_note *note) {
    th_script *script = th_script_of(L);
    note->line = (uint32_t)th_script_line(L);
    if (script->scenario->notes.count >= TH_NOTE_MAX) {
        return luaL_error(L, "a scenario has at most %d captions and marks", TH_NOTE_MAX);
    }
    const uint32_t index = th_scenario_add_note(script->scenario, note);
    // Made again by another run of the same line: its function is kept already.
    const int32_t kept = th_scenario_note(script->scenario, index)->answers;
    if (note->answers != 0 && kept != note->answers)
        luaL_unref(L, LUA_REGISTRYINDEX, note->answers);
    if (script->collected != NULL) {
        *(uint32_t *)th_list_add(script->collected, sizeof(uint32_t)) = index;
        return 0;
    }
    if (script->mode == TH_MODE_BODY) {
        const th_request request = {
            .op = TH_REQUEST_NOTE, .flags = note->kind == TH_NOTE_LABEL, .b = {{index, 0}}};
        return th_script_ask(L, &request, 0, after_note);
    }
    if (script->mode == TH_MODE_FILE && note->kind == TH_NOTE_CAPTION) {
        if (script->instance->is_base) script->scenario->opening = index + 1;
        return 0;
    }
    if (script->mode == TH_MODE_FILE && note->kind == TH_NOTE_ASK) {
        if (script->instance->is_base) script->scenario->first_question = index + 1;
        return 0;
    }
    return luaL_error(L, "this marks a moment of the run: it belongs into main, go or when");
}

static int word_caption(lua_State *L) {
    static const char *const KEYS[] = {"en", "zh", NULL};
    if (lua_istable(L, 1)) th_check_keys(L, 1, "caption", KEYS);
    th_note note = {.kind = TH_NOTE_CAPTION, .text = th_check_text(L, 1)};
    return th_script_place_note(L, &note);
}

static int word_pause(lua_State *L) {
    th_note note = {.kind = TH_NOTE_PAUSE};
    return th_script_place_note(L, &note);
}

static int word_focus(lua_State *L) {
    th_note note = {.kind = TH_NOTE_FOCUS};
    if (lua_gettop(L) > 1) {
        int next;
        note.address = th_check_place(L, 1, &next).address;
    } else {
        note.address = th_check_value(L, 1, TH_PTR, "what focus shows").w[0];
    }
    return th_script_place_note(L, &note);
}

// label(text): what the goroutine saw, as a name of the run's outcome (th_scenario_finish).
static int word_label(lua_State *L) {
    luaL_checkstring(L, 1);
    th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_BODY || script->collected != NULL) {
        return luaL_error(L, "label belongs into main or go; elsewhere, return it from finally");
    }
    th_note note = {.kind = TH_NOTE_LABEL, .text = th_check_text(L, 1)};
    return th_script_place_note(L, &note);
}

static bool declares(lua_State *L, const char *word) {
    const th_script *script = th_script_of(L);
    if (script->mode != TH_MODE_FILE) luaL_error(L, "%s belongs outside main and go", word);
    return script->instance->is_base;
}

// when(pattern, fn): fn is run now, and the notes it makes are kept for the moment.
static int word_when(lua_State *L) {
    th_rule rule = th_check_rule(L, 1);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    if (!declares(L, "when")) return 0;
    th_script *script = th_script_of(L);
    th_list notes = {0};
    script->collected = &notes;
    lua_pushvalue(L, 2);
    const int status = lua_pcall(L, 0, 0, 0);
    script->collected = NULL;
    if (status != LUA_OK) {
        th_list_free(&notes);
        return lua_error(L);
    }
    rule.notes = notes.items;
    rule.note_count = notes.count;
    rule.line = (uint32_t)th_script_line(L);
    *(th_rule *)th_list_add(&script->scenario->rules, sizeof(rule)) = rule;
    return 0;
}

static th_text check_claim_text(lua_State *L, const char *name) {
    if (lua_getfield(L, 1, name) == LUA_TNIL) luaL_error(L, "claim needs %s", name);
    const th_text text = th_check_text(L, -1);
    lua_pop(L, 1);
    return text;
}

// claim{ says = {...}, verdict = "partly", evidence = {...}, source = "runtime/map.go:1058" }
static int word_claim(lua_State *L) {
    static const char *const KEYS[] = {"says", "verdict", "evidence", "source", NULL};
    static const char *const VERDICTS[] = {"true", "partly", "false", NULL};
    luaL_checktype(L, 1, LUA_TTABLE);
    th_check_keys(L, 1, "claim", KEYS);
    th_claim claim = {.says = check_claim_text(L, "says"),
                      .evidence = check_claim_text(L, "evidence"),
                      .verdict = kept_field(L, 1, "verdict"),
                      .source = kept_field(L, 1, "source"),
                      .line = (uint32_t)th_script_line(L)};
    bool known = false;
    for (const char *const *at = VERDICTS; *at != NULL; at++) {
        known |= claim.verdict != NULL && strcmp(claim.verdict, *at) == 0;
    }
    if (!known) return luaL_error(L, "claim: verdict is \"true\", \"partly\" or \"false\"");
    if (!declares(L, "claim")) return 0;
    *(th_claim *)th_list_add(&th_script_of(L)->scenario->claims, sizeof(claim)) = claim;
    return 0;
}

// layout{...}: texts, numbers and booleans with names, or a list of them.
static int word_layout(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    const bool keeps = declares(L, "layout");
    th_scenario *scenario = th_script_of(L)->scenario;
    th_push_pairs(L, 1);
    for (;;) {
        lua_pushvalue(L, -1);
        lua_call(L, 0, 2);
        if (lua_isnil(L, -2)) return 0;
        if (lua_istable(L, -1) || lua_isfunction(L, -1)) {
            return luaL_error(L, "layout takes texts, numbers and booleans");
        }
        const char *key = luaL_tolstring(L, -2, NULL);
        const char *value = luaL_tolstring(L, -2, NULL);
        if (keeps) {
            th_setting *setting = th_list_add(&scenario->settings, sizeof(*setting));
            *setting = (th_setting){.key = th_keep_text(scenario, key),
                                    .value = th_keep_text(scenario, value)};
        }
        lua_pop(L, 4);
    }
}

static const luaL_Reg WORDS[] = {
    {"caption", word_caption}, {"focus", word_focus}, {"pause", word_pause},
    {"label", word_label},     {"when", word_when},   {"claim", word_claim},
    {"layout", word_layout},   {NULL, NULL},
};

void th_bind_scene(lua_State *L) { luaL_setfuncs(L, WORDS, 0); }

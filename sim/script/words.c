// The table of words, and what happens to a word that is not in it.
#include "sim/script/script.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 32 };  // longer ones have no neighbours

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

// Who writes Go has Lock for lock.
static bool alike(char a, char b) {
    if (a >= 'A' && a <= 'Z') a = (char)(a - 'A' + 'a');
    if (b >= 'A' && b <= 'Z') b = (char)(b - 'A' + 'a');
    return a == b;
}

static bool swapped(const char *a, const char *b, size_t i, size_t j) {
    return i > 1 && j > 1 && alike(a[i - 1], b[j - 2]) && alike(a[i - 2], b[j - 1]);
}

// Optimal string alignment, capitals or not: insertions, removals, replacements of a byte, swaps of
// neighbours.
static size_t distance(const char *a, const char *b) {
    const size_t a_length = strlen(a), b_length = strlen(b);
    if (a_length >= WORD_MAX || b_length >= WORD_MAX) return WORD_MAX;
    size_t rows[3][WORD_MAX];  // of a's prefixes; the last three in turn
    for (size_t i = 0; i <= a_length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        for (size_t j = 0; j <= b_length; j++) {
            if (i == 0 || j == 0) {
                row[j] = i + j;
                continue;
            }
            const size_t replaced = above[j - 1] + !alike(a[i - 1], b[j - 1]);
            row[j] = smaller(replaced, smaller(above[j], row[j - 1]) + 1);
            if (swapped(a, b, i, j)) row[j] = smaller(row[j], before[j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

// A third of the letters may be wrong.
static size_t tolerance(const char *name) { return strlen(name) / 3 + (strlen(name) == 2); }

const char *th_script_nearest(const char *name, const char *const *words) {
    const char *best = NULL;
    size_t best_distance = tolerance(name) + 1;
    for (; *words != NULL; words++) {
        const size_t far = distance(name, *words);
        if (far < best_distance || (far == best_distance && best && strcmp(*words, best) < 0)) {
            best = *words;
            best_distance = far;
        }
    }
    return best;
}

const char *th_script_nearest_key(lua_State *L, int table, const char *name) {
    const char *best = NULL;
    size_t best_distance = tolerance(name) + 1;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        const char *word = lua_tostring(L, -2);
        const size_t far = distance(name, word);
        if (far < best_distance || (far == best_distance && best && strcmp(word, best) < 0)) {
            best = word;
            best_distance = far;
        }
    }
    return best;
}

// Words of Lua that a scenario does not have, and what stands in their place.
static const char *const MISSING[][2] = {
    {"io", "a scenario touches no files"},
    {"os", "a scenario has no clock and no files"},
    {"debug", "a scenario cannot look into its host"},
    {"package", "a scenario is one file"},
    {"require", "use \"NAME\" takes a library"},
    {"dofile", "a scenario is one file"},
    {"loadfile", "a scenario is one file"},
    {"load", "a scenario's code is its file"},
    {"print", "use caption{ en = ... } to tell the viewer something"},
    {"next", "use pairs"},
    {"xpcall", "use pcall"},
    {"coroutine", "use go"},
    {"setmetatable", "use struct"},
    {"getmetatable", "use struct"},
    {"collectgarbage", "memory is not a scenario's business"},
    {"rawget", "tables have no metatables here"},
    {"rawset", "tables have no metatables here"},
    {"rawequal", "tables have no metatables here"},
    {"rawlen", "use #"},
    {"utf8", "use string"},
    {"_G", "use locals"},
};

int th_script_no_key(lua_State *L, int table, const char *owner, const char *name) {
    const char *near = th_script_nearest_key(L, table, name);
    return luaL_error(L, near ? "%s has no '%s', did you mean '%s'?" : "%s has no '%s'", owner,
                      name, near);
}

// __index of the words: (words, name).
static int unknown_word(lua_State *L) {
    const char *name = luaL_tolstring(L, 2, NULL);
    for (size_t i = 0; i < sizeof(MISSING) / sizeof(MISSING[0]); i++) {
        if (strcmp(name, MISSING[i][0]) == 0) {
            return luaL_error(L, "'%s' is not available: %s", name, MISSING[i][1]);
        }
    }
    const char *near = th_script_nearest_key(L, 1, name);
    if (near == NULL) return luaL_error(L, "unknown word '%s'", name);
    return luaL_error(L, "unknown word '%s', did you mean '%s'?", name, near);
}

void th_script_build_words(th_script *script) {
    lua_State *L = script->L;
    lua_newtable(L);
    th_library_register(L);
    th_bind_map(L);
    th_bind_cell(L);
    th_bind_struct(L);
    th_bind_go(L);
    th_bind_sync(L);
    th_bind_select(L);
    th_bind_scene(L);
    th_bind_ask(L);
    th_bind_scenario(L);
    th_bind_use(L);
    th_bind_expect(L);
    th_bind_replay(L);
    th_bind_challenge(L);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, unknown_word);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    script->words_ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

// The walls: memory, string length and instructions are limited while script code runs, and what
// goes wrong in it becomes one line of text.
#include "sim/script/script.h"

#include "sim/base/assert.h"
#include "sim/base/limits.h"

#include <stdlib.h>
#include <string.h>

enum {
    HOOK_INTERVAL = 1000,  // instructions between looks at the budget
    BYTES_A_UNIT = 8,      // allocating is charged: copying that much takes about an instruction,
    BLOCK_UNITS = 32,      // and what a table does to grow takes longer than that
    ARGUMENT_MAX = 4096,   // one instruction copies all arguments of a function(...)
};

static bool denied(th_script *script, bool is_string, size_t added, size_t new_size) {
    if (!script->guarded) return false;
    if (is_string && new_size > TH_SCRIPT_STRING_BYTES) {
        script->denial = TH_DENIAL_STRING;
        return true;
    }
    if (new_size > TH_SCRIPT_BLOCK_BYTES) {
        script->denial = TH_DENIAL_BLOCK;
        return true;
    }
    if (script->bytes + added > TH_SCRIPT_BYTES) {
        script->denial = TH_DENIAL_MEMORY;
        return true;
    }
    script->budget -= (int64_t)(added / BYTES_A_UNIT) + BLOCK_UNITS;  // the hook will see it
    return false;
}

static void *allocate(void *data, void *block, size_t old_size, size_t new_size) {
    th_script *script = data;
    const bool is_string = block == NULL && old_size == LUA_TSTRING;
    if (block == NULL) old_size = 0;  // Lua passes the object's type there
    if (new_size == 0) {
        free(block);
        script->bytes -= old_size;
        return NULL;
    }
    if (new_size > old_size && denied(script, is_string, new_size - old_size, new_size))
        return NULL;
    void *moved = realloc(block, new_size);
    TH_ASSERT(moved != NULL);
    script->bytes += new_size - old_size;
    return moved;
}

th_script *th_script_of(lua_State *L) {
    void *script;
    lua_getallocf(L, &script);
    return script;
}

void th_script_charge(lua_State *L, size_t instruction_count) {
    th_script *script = th_script_of(L);
    if (!script->guarded) return;
    script->budget -= (int64_t)instruction_count;
    if (script->budget >= 0) return;
    script->denial = TH_DENIAL_TIME;
    luaL_error(L, "over the limit");  // th_script_resume says it better
}

static void hook(lua_State *L, lua_Debug *ar) {
    if (ar->event == LUA_HOOKRET) {
        th_names_collect(L, ar);
        return;
    }
    if (lua_getlocal(L, ar, -ARGUMENT_MAX) != NULL) {
        th_script_of(L)->denial = TH_DENIAL_TIME;
        luaL_error(L, "over the limit");
    }
    th_script_charge(L, HOOK_INTERVAL);
}

void th_script_watch_returns(lua_State *co) {
    lua_sethook(co, hook, LUA_MASKCOUNT | LUA_MASKRET, HOOK_INTERVAL);
}

static int unprotected_error(lua_State *L) {
    (void)L;
    TH_ASSERT(!"an error of Lua outside any protected call");
    return 0;
}

th_script *th_script_new(th_scenario *scenario) {
    th_script *script = calloc(1, sizeof(*script));
    TH_ASSERT(script != NULL);
    script->scenario = scenario;
    script->L = lua_newstate(allocate, script);
    TH_ASSERT(script->L != NULL);
    lua_atpanic(script->L, unprotected_error);
    lua_sethook(script->L, hook, LUA_MASKCOUNT, HOOK_INTERVAL);  // coroutines inherit it
    return script;
}

void th_script_free(th_script *script) {
    if (script == NULL) return;
    th_host_clear(script);
    lua_close(script->L);
    TH_ASSERT(script->bytes == 0);
    free(script);
}

int th_script_line(lua_State *L) {
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        if (!lua_getinfo(L, "Sl", &ar) || ar.currentline <= 0) continue;
        if (strcmp(ar.source, TH_SCRIPT_CHUNK) == 0) return ar.currentline;
    }
    return 0;
}

void th_script_fail(th_script *script, int line, const char *what) {
    th_print out = th_print_to(script->error, sizeof(script->error));
    th_print_text(&out, script->scenario->path);
    th_print_text(&out, ":");
    if (line > 0) {
        th_print_uint(&out, (uint64_t)line);
        th_print_text(&out, ":");
    }
    th_print_text(&out, " ");
    th_print_text(&out, what);
    for (char *at = script->error; *at != '\0'; at++) {
        if ((unsigned char)*at < ' ' || *at == 0x7f) *at = ' ';  // one line, whatever a script says
    }
}

static const char *denial_text(th_denial denial) {
    switch (denial) {
    case TH_DENIAL_TIME: return "this takes too long (an endless loop?)";
    case TH_DENIAL_STRING: return "a string is longer than 64 KiB";
    case TH_DENIAL_BLOCK: return "a table or the stack of calls grows beyond 2 MiB";
    case TH_DENIAL_MEMORY:
    case TH_DENIAL_NONE: break;
    }
    return "the script needs more than 64 MiB of memory";
}

// The first character outside of texts and comments that is not ASCII; its bytes. 0: none.
static size_t foreign_character(const char *line, size_t length, const char **start) {
    char quote = '\0';
    for (size_t i = 0; i < length; i++) {
        if (quote != '\0') {
            if (line[i] == '\\')
                i++;
            else if (line[i] == quote)
                quote = '\0';
        } else if (line[i] == '"' || line[i] == '\'') {
            quote = line[i];
        } else if ((unsigned char)line[i] >= 0x80) {
            size_t end = i + 1;
            while (end < length && ((unsigned char)line[end] & 0xc0) == 0x80) end++;
            *start = line + i;
            return end - i;
        }
    }
    return 0;
}

// Lua names a byte that it cannot read by its number: the character says more, such as a comma of
// another keyboard. False: `text` is not about that.
static bool fail_at_character(th_script *script, int line, const char *text) {
    const char *near = strstr(text, " near '<\\");
    if (near == NULL || line <= 0) return false;
    size_t length;
    const char *source = th_scenario_source_line(script->scenario, (uint32_t)line, &length);
    const char *character;
    const size_t bytes = source ? foreign_character(source, length, &character) : 0;
    if (bytes == 0) return false;
    char what[200];
    th_print out = th_print_to(what, sizeof(what));
    th_print_bytes(&out, text, (size_t)(near - text));
    th_print_text(&out, " near '");
    th_print_bytes(&out, character, bytes);
    th_print_text(&out, "': outside of texts and comments only ASCII is read");
    th_script_fail(script, line, what);
    return true;
}

void th_script_fail_lua(th_script *script, lua_State *co, int status) {
    if (status == LUA_ERRMEM || script->denial == TH_DENIAL_TIME) {
        th_script_fail(script, th_script_line(co), denial_text((th_denial)script->denial));
        return;
    }
    if (lua_type(co, -1) != LUA_TSTRING) {
        th_script_fail(script, th_script_line(co), "an error that is no text");
        return;
    }
    // Lua's texts begin with "chunk:line: "; the chunk's name is a short form of the path.
    const char *text = lua_tostring(co, -1);
    const size_t length = strlen(TH_SCRIPT_CHUNK) - 1;
    int line = 0;
    if (strncmp(text, TH_SCRIPT_CHUNK + 1, length) == 0 && text[length] == ':') {
        char *end;
        line = (int)strtol(text + length + 1, &end, 10);
        if (end[0] == ':' && end[1] == ' ') text = end + 2;
    } else {
        line = th_script_line(co);
    }
    if (!fail_at_character(script, line, text)) th_script_fail(script, line, text);
}

int th_script_resume_for(th_script *script, lua_State *co, int argument_count, int *result_count) {
    script->budget = TH_SCRIPT_INSTRUCTIONS;
    script->denial = TH_DENIAL_NONE;
    script->guarded = true;
    const int status = lua_resume(co, NULL, argument_count, result_count);
    script->guarded = false;
    return status;
}

int th_script_resume(th_script *script, lua_State *co, int argument_count) {
    int result_count;
    const int status = th_script_resume_for(script, co, argument_count, &result_count);
    if (status == LUA_OK || status == LUA_YIELD) lua_pop(co, result_count);
    return status;
}

typedef struct text_reader {
    const char *text;
    size_t length;
    int piece;
} text_reader;

// The text becomes a function of its _ENV, so that each call makes an instance of its own.
static const char *read_piece(lua_State *L, void *data, size_t *size) {
    (void)L;
    static const char PREFIX[] = "local _ENV=...;";
    text_reader *reader = data;
    switch (reader->piece++) {
    case 0: *size = sizeof(PREFIX) - 1; return PREFIX;
    case 1: *size = reader->length; return reader->text;
    default: *size = 0; return NULL;
    }
}

int th_script_load(lua_State *L, const char *chunk, const char *text, size_t length) {
    text_reader reader = {.text = text, .length = length};
    return lua_load(L, read_piece, &reader, chunk, "t");
}

bool th_script_compile(th_script *script) {
    const th_scenario *scenario = script->scenario;
    static const char MARK[] = "\xef\xbb\xbf";  // some editors begin a file with it
    const size_t skipped = strncmp(scenario->source, MARK, 3) == 0 ? 3 : 0;
    script->budget = TH_SCRIPT_INSTRUCTIONS;
    script->denial = TH_DENIAL_NONE;
    script->guarded = true;
    const int status = th_script_load(script->L, TH_SCRIPT_CHUNK, scenario->source + skipped,
                                      scenario->source_length - skipped);
    script->guarded = false;
    if (status == LUA_OK) {
        script->chunk_ref = luaL_ref(script->L, LUA_REGISTRYINDEX);
        return true;
    }
    th_script_fail_lua(script, script->L, status);
    lua_settop(script->L, 0);
    return false;
}

// Lines typed while a run stands: each becomes a goroutine that is kept for later, at the end of
// the scenario's text, as if the file had said so.
#include "sim/script/script.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

// The text and what was compiled from it, to go back to.
typedef struct typed_before {
    char *source;
    size_t source_length;
    th_list lines;
    int chunk_ref;
    uint32_t later_count;
} typed_before;

// Whether Lua takes the text as a whole chunk; else its message, without a position, in
// script->error.
static bool compiles(th_script *script, const char *text) {
    lua_State *L = script->L;
    script->budget = TH_SCRIPT_INSTRUCTIONS;
    script->denial = TH_DENIAL_NONE;
    script->guarded = true;
    const int status = th_script_load(L, "=typed", text, strlen(text));
    script->guarded = false;
    if (status != LUA_OK) {
        static const char POSITION[] = "typed:1: ";
        const char *message = lua_tostring(L, -1);
        if (strncmp(message, POSITION, strlen(POSITION)) == 0) message += strlen(POSITION);
        th_print out = th_print_to(script->error, sizeof(script->error));
        th_print_text(&out, message);
    }
    lua_settop(L, 0);
    return status == LUA_OK;
}

// "local _ = m[5]" for "m[5]": an expression is a statement, too. False: script->error.
static bool make_statement(th_script *script, const char *typed, char *statement, size_t size) {
    th_print out = th_print_to(statement, size);
    th_print_text(&out, "local _ = ");
    th_print_text(&out, typed);
    // The message about the statement is the one that helps.
    const bool is_expression = out.length < size && compiles(script, statement);
    if (compiles(script, typed)) {
        out = th_print_to(statement, size);
        th_print_text(&out, typed);
        return true;
    }
    return is_expression;
}

// "c1", "c2" ...: the first that nobody kept for later has.
static const char *free_name(th_scenario *scenario) {
    char name[16];
    for (uint32_t number = 1;; number++) {
        th_print out = th_print_to(name, sizeof(name));
        th_print_text(&out, "c");
        th_print_uint(&out, number);
        bool taken = false;
        for (uint32_t i = 0; i < scenario->env.later_count; i++) {
            const th_node_id root = scenario->env.later[i];
            taken |= strcmp(th_programs_name(scenario->env.programs, root), name) == 0;
        }
        if (!taken) return th_keep_text(scenario, name);
    }
}

static char *extended(const th_scenario *scenario, const char *name, const char *statement,
                      size_t *length) {
    const size_t room = scenario->source_length + strlen(statement) + strlen(name) + 64;
    char *text = malloc(room);
    TH_ASSERT(text != NULL);
    memcpy(text, scenario->source, scenario->source_length);
    th_print out = th_print_to(text + scenario->source_length, room - scenario->source_length);
    const bool ends_line =
        scenario->source_length > 0 && scenario->source[scenario->source_length - 1] == '\n';
    th_print_text(&out, ends_line ? "later(\"" : "\nlater(\"");
    th_print_text(&out, name);
    th_print_text(&out, "\", function() ");
    th_print_text(&out, statement);
    th_print_text(&out, " end)\n");
    *length = scenario->source_length + out.length;
    return text;
}

// Compiles the longer text, runs it in an instance of its own and its last function to its first
// request.
static bool take_text(th_script *script, th_node_id *root) {
    th_scenario *scenario = script->scenario;
    if (scenario->source_length > TH_SCRIPT_SOURCE_BYTES) {
        th_script_fail(script, 0, "the file is larger than 1 MiB");
        return false;
    }
    if (!th_script_compile(script)) return false;
    th_instance *instance = th_instance_new(script, false);
    if (instance == NULL) return false;
    *root = 0;
    if (instance->start_count != scenario->roots.count + 1) {
        th_script_fail(script, 0, "the file starts other goroutines each time it is run");
    } else {
        *root = th_host_start_one(script, instance, scenario->roots.count);
    }
    th_instance_drop(script, instance);
    return *root != 0;
}

static void go_back(th_script *script, typed_before *before) {
    th_scenario *scenario = script->scenario;
    free(scenario->source);
    th_list_free(&scenario->lines);
    if (script->chunk_ref != before->chunk_ref) {
        luaL_unref(script->L, LUA_REGISTRYINDEX, script->chunk_ref);
    }
    scenario->source = before->source;
    scenario->source_length = before->source_length;
    scenario->lines = before->lines;
    script->chunk_ref = before->chunk_ref;
    scenario->later_starts.count = before->later_count;
}

// What went wrong, without the place where the line would have stood.
static const char *without_place(const th_scenario *scenario, const char *message) {
    const size_t length = strlen(scenario->path);
    if (strncmp(message, scenario->path, length) != 0 || message[length] != ':') return message;
    const char *at = message + length + 1;
    while (*at >= '0' && *at <= '9') at++;
    return strncmp(at, ": ", 2) == 0 ? at + 2 : message;
}

bool th_scenario_type(th_scenario *scenario, const char *typed, const char **name, char *error,
                      size_t error_size) {
    th_script *script = scenario->script;
    char statement[TH_TYPED_MAX + 16];
    bool good =
        strlen(typed) < TH_TYPED_MAX && make_statement(script, typed, statement, sizeof(statement));
    if (good) {
        typed_before before = {scenario->source, scenario->source_length, scenario->lines,
                               script->chunk_ref, scenario->later_starts.count};
        *name = free_name(scenario);
        scenario->source = extended(scenario, *name, statement, &scenario->source_length);
        scenario->lines = (th_list){0};
        th_scenario_find_lines(scenario);
        *(uint32_t *)th_list_add(&scenario->later_starts, sizeof(uint32_t)) = scenario->roots.count;
        th_node_id root;
        good = take_text(script, &root);
        if (good) {
            th_host_keep_root(scenario, root);
            free(before.source);
            th_list_free(&before.lines);
            luaL_unref(script->L, LUA_REGISTRYINDEX, before.chunk_ref);
        } else {
            go_back(script, &before);
        }
    }
    if (good) return true;
    th_print out = th_print_to(error, error_size);
    th_print_text(&out, strlen(typed) < TH_TYPED_MAX ? without_place(scenario, script->error)
                                                     : "this line is too long");
    return false;
}

// Judging a finished run: label, finally, expect.
#include "sim/script/script.h"

#include <string.h>

enum {
    LABEL_PART_MAX = 8,  // more different labels than that name no outcome
    LABEL_BYTES = 512,
};

// Runs `finally` in the judge: an instance in which no body has ever run.
static bool run_finally(th_script *script, lua_State *co, const char **label) {
    int result_count;
    script->mode = TH_MODE_FINALLY;
    script->instance = script->judge;
    const int status = th_script_resume_for(script, co, 0, &result_count);
    if (status != LUA_OK) {
        th_script_fail_lua(script, co, status);
        return false;
    }
    *label = NULL;
    if (result_count == 0 || lua_isnil(co, -result_count)) return true;
    if (lua_type(co, -result_count) != LUA_TSTRING) {
        th_script_fail(script, 0, "finally returns a text, the outcome's label, or nothing");
        return false;
    }
    *label = th_keep_text(script->scenario, lua_tostring(co, -result_count));
    return true;
}

static bool judge(th_script *script, const char **label) {
    if (script->judge == NULL) script->judge = th_instance_new(script, false);
    if (script->judge == NULL) return false;
    lua_State *co = lua_newthread(script->L);
    const int co_ref = luaL_ref(script->L, LUA_REGISTRYINDEX);
    lua_rawgeti(co, LUA_REGISTRYINDEX, script->judge->finally_ref);
    const bool ok = run_finally(script, co, label);
    luaL_unref(script->L, LUA_REGISTRYINDEX, co_ref);
    return ok;
}

const char *th_script_said(th_scenario *scenario, const th_world *world) {
    char joined[LABEL_BYTES] = "";
    th_print out = th_print_to(joined, sizeof(joined));
    const char *texts[LABEL_PART_MAX];
    uint32_t count = 0;
    for (uint32_t g = 1; g < world->goroutine_count && count < LABEL_PART_MAX; g++) {
        if (world->goroutines[g].label == 0) continue;
        const th_note *note = th_scenario_note(scenario, world->goroutines[g].label - 1U);
        const char *text = note->text.in[TH_LANG_EN];
        uint32_t i = 0;
        while (i < count && texts[i] != text) i++;  // equal texts are one
        if (i < count) continue;
        texts[count++] = text;
        if (count > 1) th_print_text(&out, ", ");
        th_print_text(&out, text);
    }
    return count == 0 ? NULL : th_keep_text(scenario, joined);
}

// A run that failed may have left a map being written. Whoever reads it now is alone, so the flag
// by which the map would refuse is taken away.
static void settle_maps(const th_scenario *scenario, th_memory *memory) {
    const th_object *objects = scenario->objects.items;
    for (uint32_t i = 0; i < scenario->objects.count; i++) {
        if (objects[i].kind != TH_OBJECT_MAP || objects[i].address == 0) continue;
        const uint64_t flags = objects[i].address + TH_HMAP_flags;
        th_memory_poke(memory, flags, 1,
                       th_memory_peek(memory, flags, 1) & ~(uint64_t)TH_FLAG_HASH_WRITING);
    }
}

void th_script_copy_judged(const th_scenario *scenario, const th_world *world, th_world *copy) {
    th_world_copy(copy, world);
    copy->outcome = (th_outcome){0};
    copy->step_count = 0;
    settle_maps(scenario, &copy->memory);
}

bool th_scenario_has_finally(const th_scenario *scenario) {
    return scenario->script->base->finally_ref != LUA_NOREF;
}

bool th_scenario_finish(th_scenario *scenario, const th_world *world, const char **label,
                        char *error, size_t error_size) {
    th_script *script = scenario->script;
    *label = th_script_said(scenario, world);
    if (*label != NULL || script->base->finally_ref == LUA_NOREF) return true;
    th_world copy = {0};
    th_script_copy_judged(scenario, world, &copy);
    script->judged = &copy;
    const bool ok = judge(script, label);
    script->judged = NULL;
    th_world_free(&copy);
    if (!ok) {
        th_print out = th_print_to(error, error_size);
        th_print_text(&out, script->error);
    }
    return ok;
}

static void print_end(th_print *out, th_end end, const char *message) {
    th_print_text(out, th_end_string(end));
    if (message == NULL) return;
    th_print_text(out, " \"");
    th_print_text(out, message);
    th_print_text(out, "\"");
}

static void begin_why(th_print *out, const th_scenario *scenario) {
    th_print_text(out, scenario->path);
    th_print_text(out, ":");
    th_print_uint(out, scenario->expect.line);
    th_print_text(out, ": expected ");
}

static bool verify_end(const th_scenario *scenario, const th_world *world, th_print *out) {
    const th_expect *expect = &scenario->expect;
    const th_outcome *outcome = &world->outcome;
    if (expect->end == TH_END_RUNNING) return true;
    const bool same_message =
        expect->message == NULL ||
        (outcome->message != NULL && strcmp(expect->message, outcome->message) == 0);
    if (expect->end == outcome->end && same_message) return true;
    begin_why(out, scenario);
    print_end(out, (th_end)expect->end, expect->message);
    th_print_text(out, ", got ");
    print_end(out, (th_end)outcome->end, outcome->message);
    th_print_text(out, " after step ");
    th_print_uint(out, world->step_count);
    return false;
}

static bool verify_label(th_scenario *scenario, const th_world *world, th_print *out) {
    const th_expect *expect = &scenario->expect;
    if (expect->label == NULL) return true;
    const char *label;
    char error[sizeof(scenario->error)];
    if (!th_scenario_finish(scenario, world, &label, error, sizeof(error))) {
        th_print_text(out, error);
        return false;
    }
    if (label != NULL && strcmp(label, expect->label) == 0) return true;
    begin_why(out, scenario);
    th_print_text(out, "the label \"");
    th_print_text(out, expect->label);
    th_print_text(out, label ? "\", got \"" : "\", got none");
    if (label != NULL) th_print_text(out, label);
    if (label != NULL) th_print_text(out, "\"");
    return false;
}

bool th_scenario_verify(th_scenario *scenario, const th_world *world, char *why, size_t why_size) {
    th_print out = th_print_to(why, why_size);
    if (!verify_end(scenario, world, &out) || !verify_label(scenario, world, &out)) return false;
    const bool raced = world->races.race_count > 0;
    if (scenario->expect.race < 0 || (scenario->expect.race == 1) == raced) return true;
    begin_why(&out, scenario);
    th_print_text(&out, raced ? "no data race, got one" : "a data race, got none");
    return false;
}

// Answers to the scenario's questions, found in the run.
#include "sim/script/script.h"

#include <string.h>

// --- the moment ---

// The step of the moment that the question names, behind `asked` unless it is counted (#n), and its
// event. 0: the branch, as far as it is played, does not come to it.
static uint64_t find_moment(const th_scenario *scenario, const th_rule *rule, th_timeline *timeline,
                            th_branch_id branch, uint64_t asked, th_event *event) {
    const uint64_t length = th_timeline_length(timeline, branch);
    uint32_t seen = 0;
    th_events events = {0};
    uint64_t found = 0;
    for (uint64_t at = rule->ordinal > 0 ? 1 : asked + 1; at <= length && found == 0; at++) {
        events.count = 0;
        th_timeline_events(timeline, branch, at, &events);
        for (uint32_t i = 0; i < events.count && found == 0; i++) {
            const th_world *end = th_timeline_end(timeline, branch);
            if (!th_rule_may_fit(rule, end, &events.items[i])) continue;
            const th_world *before = th_timeline_seek(timeline, branch, at - 1);
            if (!th_rule_fits(rule, scenario, before, &events.items[i])) continue;
            if (++seen < rule->ordinal) continue;
            found = at;
            *event = events.items[i];
        }
    }
    th_events_free(&events);
    return found;
}

// --- the answer ---

static void set_text(lua_State *L, const char *name, const char *text) {
    lua_pushstring(L, text);
    lua_setfield(L, -2, name);
}

// Of the step at the moment of the answer: who took it, where, and the value that it read or wrote.
static void set_event(lua_State *L, const th_scenario *scenario, const th_world *after,
                      th_event event) {
    if (event.kind == TH_EVENT_NONE) return;
    set_text(L, "goroutine", th_world_goroutine_name(after, event.g));
    if (th_event_address(event) == 0) return;
    char place[128];
    th_scenario_name(scenario, after, th_event_address(event), place, sizeof(place));
    set_text(L, "place", place);
    lua_pushinteger(L, (lua_Integer)th_event_value(event, &after->memory));
    lua_setfield(L, -2, "value");
}

// What the function is told of the run: { outcome =, message =, crashed =, label =, steps = }.
static void push_run(lua_State *L, const th_world *world, const char *label) {
    const th_outcome *outcome = &world->outcome;
    const bool crashed = outcome->end == TH_END_FATAL || outcome->end == TH_END_PANIC ||
                         outcome->end == TH_END_FAULT;
    lua_createtable(L, 0, 8);
    set_text(L, "outcome", th_end_string((th_end)outcome->end));
    set_text(L, "message", outcome->message != NULL ? outcome->message : "");
    set_text(L, "crashed", crashed ? th_world_goroutine_name(world, outcome->g) : "nobody");
    set_text(L, "label", label != NULL ? label : "");
    lua_pushinteger(L, (lua_Integer)world->step_count);
    lua_setfield(L, -2, "steps");
}

// The option whose value the function's result, on top of `co`, is. Not among them: error.
static bool match(th_script *script, lua_State *co, const th_note *question, uint8_t *option) {
    const char *text =
        th_script_is_value(co, -1) ? th_script_value_text(co, -1) : luaL_typename(co, -1);
    for (uint8_t i = 0; i < question->option_count; i++) {
        if (!th_script_is_value(co, -1) || strcmp(question->values[i], text) != 0) continue;
        *option = i;
        return true;
    }
    char what[160];
    th_print out = th_print_to(what, sizeof(what));
    th_print_text(&out, "ask: the answer is ");
    th_print_text(&out, text);
    th_print_text(&out, ", which is none of the options");
    th_script_fail(script, (int)question->line, what);
    return false;
}

static bool run_function(th_script *script, lua_State *co, const th_note *question,
                         const th_world *world, th_event event, const char *label,
                         uint8_t *option) {
    lua_rawgeti(co, LUA_REGISTRYINDEX, question->answers);
    push_run(co, world, label);
    set_event(co, script->scenario, world, event);
    script->mode = TH_MODE_FINALLY;
    script->instance = script->base;
    int result_count;
    const int status = th_script_resume_for(script, co, 1, &result_count);
    if (status != LUA_OK) {
        th_script_fail_lua(script, co, status);
        return false;
    }
    if (result_count == 0) lua_pushnil(co);
    lua_settop(co, lua_gettop(co) - (result_count > 1 ? result_count - 1 : 0));
    return match(script, co, question, option);
}

static bool find_option(th_script *script, const th_note *question, const th_world *world,
                        th_event event, uint8_t *option) {
    // `finally` judges what has ended; before, it is what goroutines have said so far.
    const char *label = th_script_said(script->scenario, world);
    char error[sizeof(script->error)];
    if (label == NULL && th_world_ended(world) &&
        !th_scenario_finish(script->scenario, world, &label, error, sizeof(error))) {
        return false;
    }
    th_world copy = {0};
    th_script_copy_judged(script->scenario, world, &copy);
    script->judged = &copy;
    lua_State *co = lua_newthread(script->L);
    const int co_ref = luaL_ref(script->L, LUA_REGISTRYINDEX);
    const bool found = run_function(script, co, question, world, event, label, option);
    luaL_unref(script->L, LUA_REGISTRYINDEX, co_ref);
    script->judged = NULL;
    th_world_free(&copy);
    return found;
}

bool th_scenario_answer(th_scenario *scenario, const th_note *question, th_timeline *timeline,
                        th_branch_id branch, uint64_t asked, uint8_t *option, uint64_t *step,
                        char *error, size_t error_size) {
    th_script *script = scenario->script;
    const bool at_end = question->moment.kind == TH_EVENT_NONE;
    const bool ended = th_world_ended(th_timeline_end(timeline, branch));
    th_event event = {.kind = TH_EVENT_NONE};
    *step = at_end ? th_timeline_length(timeline, branch)
                   : find_moment(scenario, &question->moment, timeline, branch, asked, &event);
    *option = question->answer;
    bool good = at_end ? ended || question->answers == 0 : *step > 0;
    if (!good) {
        th_script_fail(script, (int)question->line,
                       "ask: this run does not come to the moment of the answer");
    } else if (question->answers != 0) {
        const th_world *world = th_timeline_seek(timeline, branch, *step);
        good = find_option(script, question, world, event, option);
    }
    if (good) return true;
    th_print out = th_print_to(error, error_size);
    th_print_text(&out, script->error);
    return false;
}

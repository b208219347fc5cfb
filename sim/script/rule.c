// The patterns of when: which moment of a run a rule is about.
#include "sim/script/script.h"

#include <string.h>

typedef struct rule_text {
    const char *at;
    size_t length;
} rule_text;

static rule_text trimmed(const char *from, const char *to) {
    while (from < to && *from == ' ') from++;
    while (to > from && to[-1] == ' ') to--;
    return (rule_text){from, (size_t)(to - from)};
}

// The kind of event whose name the text begins with; `rest` is what follows it.
static th_event_kind leading_kind(rule_text text, rule_text *rest) {
    th_event_kind best = TH_EVENT_NONE;
    size_t best_length = 0;
    for (int kind = 1; kind < TH_EVENT_KIND_COUNT; kind++) {
        const char *name = th_event_kind_string((th_event_kind)kind);
        const size_t length = strlen(name);
        if (length < best_length || length > text.length) continue;
        if (strncmp(text.at, name, length) != 0) continue;
        if (length < text.length && text.at[length] != ' ') continue;
        best = (th_event_kind)kind;
        best_length = length;
    }
    *rest = trimmed(text.at + best_length, text.at + text.length);
    return best;
}

static int unknown_kind(lua_State *L, rule_text text) {
    const char *names[TH_EVENT_KIND_COUNT + 1] = {NULL};
    for (int kind = 1; kind < TH_EVENT_KIND_COUNT; kind++) {
        names[kind - 1] = th_event_kind_string((th_event_kind)kind);
    }
    const char *what = lua_pushlstring(L, text.at, text.length);
    const char *near = th_script_nearest(what, names);
    return luaL_error(L, near ? "when: no event '%s', did you mean '%s'?" : "when: no event '%s'",
                      what, near);
}

// Takes "#3" off the end of the text; 0: there is none.
static uint32_t check_ordinal(lua_State *L, rule_text *text) {
    const char *hash = memchr(text->at, '#', text->length);
    if (hash == NULL) return 0;
    uint32_t number = 0;
    const char *at = hash + 1;
    const char *end = text->at + text->length;
    for (; at < end && *at >= '0' && *at <= '9' && number < 1000000; at++) {
        number = number * 10 + (uint32_t)(*at - '0');
    }
    if (at != end || number == 0) luaL_error(L, "when: # is followed by a number from 1");
    *text = trimmed(text->at, hash);
    return number;
}

th_rule th_check_rule(lua_State *L, int index) {
    th_scenario *scenario = th_script_of(L)->scenario;
    const char *pattern = luaL_checkstring(L, index);
    th_rule rule = {.pattern = th_keep_text(scenario, pattern)};
    const char *end = pattern + strlen(pattern);
    const char *colon = strchr(pattern, ':');
    if (colon != NULL) {
        const rule_text name = trimmed(pattern, colon);
        rule.goroutine = th_keep(scenario, name.at, name.length);
    }
    rule_text text = trimmed(colon != NULL ? colon + 1 : pattern, end);
    rule.ordinal = check_ordinal(L, &text);
    rule_text place;
    rule.kind = (uint8_t)leading_kind(text, &place);
    if (rule.kind == TH_EVENT_NONE) unknown_kind(L, text);
    if (place.length > 0) rule.place = th_keep(scenario, place.at, place.length);
    return rule;
}

static bool named(const th_world *world, uint16_t g, const char *name) {
    if (strcmp(th_world_goroutine_name(world, g), name) == 0) return true;
    return th_schedule_name_number(name, strlen(name)) == g && g != 0;
}

bool th_rule_may_fit(const th_rule *rule, const th_world *world, const th_event *event) {
    if (rule->kind != event->kind) return false;
    return rule->goroutine == NULL || named(world, event->g, rule->goroutine);
}

bool th_rule_fits(const th_rule *rule, const th_scenario *scenario, const th_world *before,
                  const th_event *event) {
    if (!th_rule_may_fit(rule, before, event)) return false;
    if (rule->place == NULL) return true;
    char name[128];
    th_scenario_name(scenario, before, th_event_address(*event), name, sizeof(name));
    return strcmp(name, rule->place) == 0;
}

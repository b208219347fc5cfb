// Loading a scenario, and what it tells of itself.
#include "sim/script/script.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

void th_scenario_find_lines(th_scenario *scenario) {
    *(size_t *)th_list_add(&scenario->lines, sizeof(size_t)) = 0;
    for (size_t i = 0; i < scenario->source_length; i++) {
        if (scenario->source[i] != '\n') continue;
        *(size_t *)th_list_add(&scenario->lines, sizeof(size_t)) = i + 1;
    }
}

static th_scenario *new_scenario(const th_scenario_desc *desc) {
    th_scenario *scenario = calloc(1, sizeof(*scenario));
    TH_ASSERT(scenario != NULL);
    scenario->texts = th_strings_new();
    scenario->path = th_keep_text(scenario, desc->path);
    scenario->source = malloc(desc->source_length + 1);
    TH_ASSERT(scenario->source != NULL);
    if (desc->source_length > 0) memcpy(scenario->source, desc->source, desc->source_length);
    scenario->source[desc->source_length] = '\0';
    scenario->source_length = desc->source_length;
    th_scenario_find_lines(scenario);
    scenario->library_source = desc->libraries;
    scenario->env.gomap.strings = th_strings_new();
    scenario->env.programs = th_programs_new();
    scenario->env.seed = desc->seed;
    scenario->seed_given = desc->has_seed;
    if (desc->fix != NULL) scenario->fix_wanted = th_keep_text(scenario, desc->fix);
    scenario->expect.race = -1;
    scenario->id = scenario->chapter = "";
    return scenario;
}

// What must be there once the file has run. NULL: all is well.
static const char *missing(const th_scenario *scenario) {
    if (!scenario->described) return "the file has no scenario{...}";
    if (scenario->script->base->start_count == scenario->later_starts.count) {
        return "the file starts no goroutine: use main(fn) or go(name, fn)";
    }
    if (scenario->fix_wanted != NULL && scenario->fixes.count == 0) {
        return "the scenario offers no fixes";
    }
    if (scenario->fix_wanted != NULL && th_scenario_fix_chosen(scenario) == NULL) {
        return "the scenario offers no fix of that name";
    }
    return NULL;
}

static bool is_later(const th_scenario *scenario, th_node_id root) {
    for (uint32_t i = 0; i < scenario->env.later_count; i++) {
        if (scenario->env.later[i] == root) return true;
    }
    return false;
}

// Puts the goroutines into the world: main is number 1, as in Go.
static bool start_world(th_scenario *scenario) {
    const th_node_id *roots = scenario->roots.items;
    const uint32_t main_index = scenario->script->base->main_index;
    if (main_index > 0) {
        th_world_set_main(&scenario->start,
                          th_world_start(&scenario->start, roots[main_index - 1]));
    }
    for (uint32_t i = 0; i < scenario->roots.count; i++) {
        if (i + 1 == main_index || is_later(scenario, roots[i])) continue;
        if (th_world_start(&scenario->start, roots[i]) != 0) continue;
        th_script_fail(scenario->script, 0, "the file starts too many goroutines");
        return false;
    }
    if (th_world_settle(&scenario->start, th_scenario_resolver(scenario), NULL)) return true;
    return false;
}

static bool load(th_scenario *scenario) {
    th_script *script = scenario->script = th_script_new(scenario);
    if (scenario->source_length > TH_SCRIPT_SOURCE_BYTES) {
        th_script_fail(script, 0, "the file is larger than 1 MiB");
        return false;
    }
    th_script_build_words(script);
    if (!th_script_compile(script)) return false;
    script->base = th_instance_new(script, true);
    if (script->base == NULL) return false;
    const char *lack = missing(scenario);
    if (lack != NULL) {
        th_script_fail(script, 0, lack);
        return false;
    }
    th_scenario_begin_world(scenario);
    return th_host_start(script) && start_world(scenario);
}

th_scenario *th_scenario_load(const th_scenario_desc *desc, char *error, size_t error_size) {
    th_scenario *scenario = new_scenario(desc);
    bool good = load(scenario);
    th_scenario_desc other;
    if (good && th_replay_wants_other(scenario, desc, &other)) {
        th_scenario *first = scenario;  // keeps the texts of `other`
        scenario = new_scenario(&other);
        good = load(scenario);
        th_scenario_free(first);
    }
    if (good) {
        th_replay_apply(scenario);
        return scenario;
    }
    th_print out = th_print_to(error, error_size);
    th_print_text(&out, scenario->script->error);
    th_scenario_free(scenario);
    return NULL;
}

void th_scenario_free(th_scenario *scenario) {
    if (scenario == NULL) return;
    th_script_free(scenario->script);
    if (scenario->world_begun) th_world_free(&scenario->start);
    const th_layout *layouts = scenario->layouts.items;
    for (uint32_t i = 0; i < scenario->layouts.count; i++)
        free((void *)(uintptr_t)layouts[i].fields);
    const th_rule *rules = scenario->rules.items;
    for (uint32_t i = 0; i < scenario->rules.count; i++) free((void *)(uintptr_t)rules[i].notes);
    const th_library *libraries = scenario->libraries.items;
    for (uint32_t i = 0; i < scenario->libraries.count; i++) free(libraries[i].text);
    th_list *lists[] = {
        &scenario->lines,       &scenario->fixes,        &scenario->exploration_outcomes,
        &scenario->roots,       &scenario->declarations, &scenario->objects,
        &scenario->layouts,     &scenario->layout_kinds, &scenario->notes,
        &scenario->rules,       &scenario->claims,       &scenario->settings,
        &scenario->libraries,   &scenario->labels,       &scenario->later,
        &scenario->later_starts};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) th_list_free(lists[i]);
    th_gomap_env_free(&scenario->env.gomap);
    th_programs_free(scenario->env.programs);
    th_strings_free(scenario->env.gomap.strings);
    th_strings_free(scenario->texts);
    free(scenario->source);
    free(scenario);
}

const th_world *th_scenario_start(const th_scenario *scenario) { return &scenario->start; }

th_resolver th_scenario_resolver(th_scenario *scenario) {
    return (th_resolver){.context = scenario, .next = th_host_next};
}

const char *th_scenario_error(const th_scenario *scenario) { return scenario->error; }
const th_env *th_scenario_env(const th_scenario *scenario) { return &scenario->env; }
const char *th_scenario_id(const th_scenario *scenario) { return scenario->id; }
const char *th_scenario_chapter(const th_scenario *scenario) { return scenario->chapter; }

uint16_t th_scenario_order(const th_scenario *scenario) { return scenario->order; }
th_text th_scenario_title(const th_scenario *scenario) { return scenario->title; }
th_text th_scenario_question(const th_scenario *scenario) { return scenario->question; }
th_truth th_scenario_truth(const th_scenario *scenario) { return scenario->truth; }
const char *th_scenario_path(const th_scenario *scenario) { return scenario->path; }
const char *th_scenario_schedule(const th_scenario *scenario) { return scenario->schedule; }
uint32_t th_scenario_schedule_line(const th_scenario *scenario) { return scenario->schedule_line; }

const char *th_scenario_source(const th_scenario *scenario, size_t *length) {
    *length = scenario->source_length;
    return scenario->source;
}

const char *th_scenario_source_line(const th_scenario *scenario, uint32_t line, size_t *length) {
    if (line == 0 || line > scenario->lines.count) return NULL;
    const size_t *lines = scenario->lines.items;
    const size_t end = line < scenario->lines.count ? lines[line] - 1 : scenario->source_length;
    *length = end - lines[line - 1];
    if (*length > 0 && scenario->source[end - 1] == '\r') --*length;
    return scenario->source + lines[line - 1];
}

const th_object *th_scenario_objects(const th_scenario *scenario, uint32_t *count) {
    *count = scenario->objects.count;
    return scenario->objects.items;
}

const th_layout *th_scenario_layout(const th_scenario *scenario, uint16_t index) {
    if (index >= scenario->layouts.count) return NULL;
    return (const th_layout *)scenario->layouts.items + index;
}

const th_note *th_scenario_note(const th_scenario *scenario, uint32_t index) {
    if (index >= scenario->notes.count) return NULL;
    return (const th_note *)scenario->notes.items + index;
}

const th_note *th_scenario_opening(const th_scenario *scenario) {
    return scenario->opening == 0 ? NULL : th_scenario_note(scenario, scenario->opening - 1);
}

const th_note *th_scenario_first_question(const th_scenario *scenario) {
    if (scenario->first_question == 0) return NULL;
    return th_scenario_note(scenario, scenario->first_question - 1);
}

const th_rule *th_scenario_rules(const th_scenario *scenario, uint32_t *count) {
    *count = scenario->rules.count;
    return scenario->rules.items;
}

const th_claim *th_scenario_claims(const th_scenario *scenario, uint32_t *count) {
    *count = scenario->claims.count;
    return scenario->claims.items;
}

const th_setting *th_scenario_settings(const th_scenario *scenario, uint32_t *count) {
    *count = scenario->settings.count;
    return scenario->settings.items;
}

const th_label *th_scenario_labels(const th_scenario *scenario, uint32_t *count) {
    *count = scenario->labels.count;
    return scenario->labels.items;
}

const th_challenge *th_scenario_challenge(const th_scenario *scenario) {
    return scenario->is_challenge ? &scenario->challenge : NULL;
}

static bool same_or_any(const char *asked, const char *is) {
    return asked == NULL || (is != NULL && strcmp(asked, is) == 0);
}

bool th_exploration_outcome_fits(const th_exploration_outcome *outcome, th_end end,
                                 const char *message, const char *label, bool raced) {
    return (outcome->end == TH_END_RUNNING || outcome->end == end) &&
           (outcome->race < 0 || (outcome->race == 1) == raced) &&
           same_or_any(outcome->message, message) && same_or_any(outcome->label, label);
}

const char *th_scenario_fix(const th_scenario *scenario, uint32_t index) {
    return index < scenario->fixes.count ? ((const char **)scenario->fixes.items)[index] : NULL;
}

const char *th_scenario_fix_chosen(const th_scenario *scenario) {
    if (scenario->fix_wanted == NULL) return th_scenario_fix(scenario, 0);
    for (uint32_t i = 0; i < scenario->fixes.count; i++) {
        const char *name = th_scenario_fix(scenario, i);
        if (strcmp(name, scenario->fix_wanted) == 0) return name;
    }
    return NULL;
}

bool th_scenario_expects(const th_scenario *scenario) { return scenario->expect.given; }

const th_exploration *th_scenario_exploration(const th_scenario *scenario) {
    return &scenario->exploration;
}

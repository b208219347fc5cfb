#include "gui/cli/moments.h"

#include "gui/scene/array.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void th_moments_free(th_moments *moments) {
    free(moments->items);
    *moments = (th_moments){0};
}

static th_moment *find(th_moments *moments, const th_moment *moment) {
    for (uint32_t i = 0; i < moments->count; i++) {
        th_moment *known = &moments->items[i];
        if (known->line == moment->line && strcmp(known->pattern, moment->pattern) == 0) {
            return known;
        }
    }
    moments->items = th_array_reserve(moments->items, moments->count, &moments->capacity,
                                      sizeof(*moments->items));
    moments->items[moments->count] = *moment;
    return &moments->items[moments->count++];
}

static bool came(const th_rule *rule, const th_scene_index *index) {
    if (rule->note_count == 0) return true;  // it has nothing to say
    for (uint32_t i = 0; i < index->note_count; i++) {
        if (index->notes[i].note == rule->notes[0]) return true;
    }
    return false;
}

void th_moments_take(th_moments *moments, const th_scenario *scenario,
                     const th_scene_index *index) {
    uint32_t count;
    const th_rule *rules = th_scenario_rules(scenario, &count);
    for (uint32_t i = 0; i < count; i++) {
        th_moment moment = {.line = rules[i].line};
        snprintf(moment.pattern, sizeof moment.pattern, "%s", rules[i].pattern);
        th_moment *known = find(moments, &moment);
        known->came = known->came || came(&rules[i], index);
    }
}

const th_moment *th_moments_missing(const th_moments *moments) {
    for (uint32_t i = 0; i < moments->count; i++) {
        if (!moments->items[i].came) return &moments->items[i];
    }
    return NULL;
}

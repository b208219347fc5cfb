#include "sim/script/store.h"

#include "sim/base/assert.h"
#include "sim/base/print.h"

#include <stdlib.h>
#include <string.h>

void *th_list_add(th_list *list, size_t item_size) {
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? list->capacity * 2 : 8;
        list->items = realloc(list->items, list->capacity * item_size);
        TH_ASSERT(list->items != NULL);
    }
    char *item = (char *)list->items + list->count++ * item_size;
    memset(item, 0, item_size);
    return item;
}

void th_list_free(th_list *list) {
    free(list->items);
    *list = (th_list){0};
}

const char *th_keep(th_scenario *scenario, const char *text, size_t length) {
    if (length == 0) return "";
    const th_value kept = th_strings_intern(scenario->texts, text, length);
    return th_strings_text(scenario->texts, kept.w[0]);
}

const char *th_keep_text(th_scenario *scenario, const char *text) {
    return th_keep(scenario, text, strlen(text));
}

void th_scenario_begin_world(th_scenario *scenario) {
    if (scenario->world_begun) return;
    scenario->world_begun = true;
    th_world_init(&scenario->start, &scenario->env);
}

static const char *default_base(const th_scenario *scenario, th_object_kind kind, uint16_t type) {
    switch (kind) {
    case TH_OBJECT_MAP: return "m";
    case TH_OBJECT_CELL: return "v";
    case TH_OBJECT_SYNCMAP: return "sm";
    case TH_OBJECT_STRUCT: return ((const th_layout *)scenario->layouts.items)[type].name;
    case TH_OBJECT_SYNC: break;
    }
    switch (type) {
    case TH_SYNC_KIND_MUTEX: return "mu";
    case TH_SYNC_KIND_RWMUTEX: return "rw";
    case TH_SYNC_KIND_WAITGROUP: return "wg";
    case TH_SYNC_KIND_CHANNEL: return "ch";
    case TH_SYNC_KIND_ONCE: return "once";
    default: return "cond";
    }
}

// "m1", "mu2": until the name of the Lua variable is known.
static const char *default_name(th_scenario *scenario, th_object_kind kind, uint16_t type) {
    uint32_t number = 1;
    const th_object *objects = scenario->objects.items;
    for (uint32_t i = 0; i < scenario->objects.count; i++) {
        if (objects[i].kind == kind && objects[i].type == type) number++;
    }
    char name[64];
    th_print out = th_print_to(name, sizeof(name));
    th_print_text(&out, default_base(scenario, kind, type));
    th_print_uint(&out, number);
    return th_keep_text(scenario, name);
}

uint32_t th_scenario_add_object(th_scenario *scenario, th_object_kind kind, uint16_t type) {
    const char *name = default_name(scenario, kind, type);
    th_object *object = th_list_add(&scenario->objects, sizeof(*object));
    *object = (th_object){.kind = (uint8_t)kind, .type = type, .name = name};
    return scenario->objects.count;
}

th_object *th_scenario_object(th_scenario *scenario, uint32_t number) {
    TH_ASSERT(number >= 1 && number <= scenario->objects.count);
    return (th_object *)scenario->objects.items + number - 1;
}

static bool same_text(th_text a, th_text b) {
    for (int lang = 0; lang < TH_LANG_COUNT; lang++) {
        if (a.in[lang] != b.in[lang]) return false;  // kept texts: equal ones are the same
    }
    return true;
}

static bool same_note(const th_note *a, const th_note *b) {
    if (a->kind != b->kind || a->line != b->line || a->address != b->address) return false;
    if (a->option_count != b->option_count || a->answer != b->answer) return false;
    if ((a->answers != 0) != (b->answers != 0) || !same_text(a->why, b->why)) return false;
    if (a->moment.pattern != b->moment.pattern) return false;
    for (int i = 0; i < a->option_count; i++) {
        if (!same_text(a->options[i], b->options[i]) || a->values[i] != b->values[i]) return false;
    }
    return same_text(a->text, b->text);
}

uint32_t th_scenario_add_note(th_scenario *scenario, const th_note *note) {
    const th_note *notes = scenario->notes.items;
    for (uint32_t i = 0; i < scenario->notes.count; i++) {
        if (same_note(&notes[i], note)) return i;
    }
    *(th_note *)th_list_add(&scenario->notes, sizeof(*note)) = *note;
    return scenario->notes.count - 1;
}

int th_scenario_find_layout(const th_scenario *scenario, const char *name) {
    const th_layout *layouts = scenario->layouts.items;
    for (uint32_t i = 0; i < scenario->layouts.count; i++) {
        if (strcmp(layouts[i].name, name) == 0) return (int)i;
    }
    return -1;
}

uint16_t th_scenario_add_layout(th_scenario *scenario, const th_layout *layout, th_sync_kind kind) {
    *(th_layout *)th_list_add(&scenario->layouts, sizeof(*layout)) = *layout;
    *(uint8_t *)th_list_add(&scenario->layout_kinds, sizeof(uint8_t)) = (uint8_t)kind;
    return (uint16_t)(scenario->layouts.count - 1);
}

th_sync_kind th_scenario_layout_kind(const th_scenario *scenario, uint16_t layout) {
    TH_ASSERT(layout < scenario->layout_kinds.count);
    return (th_sync_kind)((const uint8_t *)scenario->layout_kinds.items)[layout];
}

// A card for each goroutine: what it does, where in the routine it stands, its locals.
#include "gui/scene/map.h"
#include "gui/scene/text.h"

#include "sim/gomap/source.h"
#include "sim/sync/sync.h"
#include "sim/world/place.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SOURCE_AROUND_LINES = 8 };

static th_scene_status status_of(const th_scene_context *cx, uint16_t g) {
    const th_world *world = cx->now;
    const th_goroutine *goroutine = &world->goroutines[g];
    if (th_world_ended(world) && world->outcome.g == g &&
        (world->outcome.end == TH_END_FATAL || world->outcome.end == TH_END_PANIC ||
         world->outcome.end == TH_END_FAULT)) {
        return TH_SCENE_FAILED;
    }
    if (goroutine->status == TH_STATUS_DEAD) return TH_SCENE_OVER;
    if (g == cx->event.g) return TH_SCENE_RUNNING;
    return th_world_waits(world, g) != NULL ? TH_SCENE_WAITING : TH_SCENE_READY;
}

// The request that g's last access belonged to; until it has one, the request that it stands
// before.
static th_node_id shown_node(const th_scene_context *cx, uint16_t g) {
    const bool waits = th_world_waits(cx->now, g) != NULL;
    return cx->last[g].step == 0 || waits ? cx->now->goroutines[g].node : cx->last[g].node;
}

static void add_line(th_scene_card *card, const char *text, size_t length, uint8_t indent) {
    if (card->line_count == TH_SCENE_LINE_MAX) return;
    card->lines[card->line_count++] =
        (th_scene_line){.text = text, .length = (uint16_t)length, .indent = indent};
}

static void add_routine(th_scene_card *card, th_site where, uint8_t indent) {
    for (uint16_t i = 0; i < where.routine->line_count; i++) {
        const th_source_line *line = &where.routine->lines[i];
        if (i == where.line) card->active = card->line_count;
        add_line(card, line->text, strlen(line->text), (uint8_t)(indent + line->indent));
    }
}

static uint8_t indent_of(const char *text, size_t length) {
    size_t spaces = 0;
    while (spaces < length && (text[spaces] == ' ' || text[spaces] == '\t')) spaces++;
    return (uint8_t)(spaces / 2);
}

// Without the blanks that it begins with, which `indent` counts in levels. NULL: there is no such
// line.
static const char *line_at(const th_scene_context *cx, uint32_t line, size_t *length,
                           uint8_t *indent) {
    const char *text = th_scenario_source_line(cx->in->scenario, line, length);
    if (text == NULL) return NULL;
    *indent = indent_of(text, *length);
    while (*length > 0 && (*text == ' ' || *text == '\t')) {
        text++;
        (*length)--;
    }
    return text;
}

// How far all lines that are not empty are indented.
static uint8_t common_indent(const th_scene_context *cx, uint32_t first, uint32_t end) {
    uint8_t common = UINT8_MAX;
    for (uint32_t at = first; at < end; at++) {
        size_t length;
        uint8_t indent;
        if (line_at(cx, at, &length, &indent) == NULL) break;
        if (length > 0 && indent < common) common = indent;
    }
    return common;
}

// The routine of sync that a line's request is inside of, under that line. Its name, where the
// request does not say it already.
static void add_inner_routine(th_scene_card *card, const th_request *request, th_site where,
                              uint8_t indent) {
    const th_routine *routine = where.routine;
    const int first = card->line_count;
    char name[TH_SCENE_NAME_MAX];
    th_source_full_name(routine->file, routine->name, name, sizeof(name));
    const bool said = strcmp(name, th_sync_op_string((th_sync_op)request->flags)) == 0;
    if (!said && routine->real_line != 0) {
        add_line(card, routine->name, strlen(routine->name), indent);
    }
    add_routine(card, where, indent);
    for (int i = first; i < card->line_count; i++) card->lines[i].inner = indent;
}

// The scenario's own lines around the one that the request stands on. `inside`: a routine of sync;
// NULL: none.
static void show_scenario(const th_scene_context *cx, th_scene_card *card,
                          const th_request *request, const th_site *inside) {
    const uint32_t line = request->line;
    if (line == 0) return;
    const uint32_t first = line > SOURCE_AROUND_LINES / 2 ? line - SOURCE_AROUND_LINES / 2 : 1;
    const uint32_t end = first + SOURCE_AROUND_LINES;
    const uint8_t common = common_indent(cx, first, end);
    for (uint32_t at = first; at < end; at++) {
        size_t length;
        uint8_t indent;
        const char *text = line_at(cx, at, &length, &indent);
        if (text == NULL) break;
        indent = indent < common ? 0 : (uint8_t)(indent - common);
        if (at == line) card->active = card->line_count;
        add_line(card, text, length, indent);
        if (at != line || inside == NULL) continue;
        add_inner_routine(card, request, *inside, indent > 0 ? indent : 1);
    }
}

static void add_number_chip(th_scene_card *card, const char *name, uint64_t value) {
    if (card->chip_count == TH_SCENE_CHIP_MAX) return;
    th_scene_chip *chip = &card->chips[card->chip_count++];
    chip->name = name;
    snprintf(chip->value, sizeof(chip->value), "%" PRIu64, value);
}

static void add_top_chip(th_scene_card *card, uint8_t top) {
    if (card->chip_count == TH_SCENE_CHIP_MAX || top < TH_TOP_MIN) return;
    th_scene_chip *chip = &card->chips[card->chip_count++];
    chip->name = "top";
    snprintf(chip->value, sizeof(chip->value), "%02x", top);
}

static void add_name_chip(const th_scene_context *cx, th_scene_card *card, const char *name,
                          uint64_t address) {
    if (address == 0 || card->chip_count == TH_SCENE_CHIP_MAX) return;
    th_scene_chip *chip = &card->chips[card->chip_count];
    char text[TH_SCENE_VALUE_MAX];
    if (!th_gomap_name(&cx->now->memory, cx->env->gomap.types, address, text, sizeof(text))) return;
    text[strcspn(text, ".")] = 0;
    chip->name = name;
    memcpy(chip->value, text, sizeof(text));
    card->chip_count++;
}

static bool in_routine(uint16_t site, const char *name) {
    th_site where;
    return th_gomap_source(site, &where) && strcmp(where.routine->name, name) == 0;
}

// Locals of the routine, as far as it has computed them.
static void show_locals(const th_scene_context *cx, th_scene_card *card, uint16_t site) {
    const th_map_frame *frame = th_scene_frame(cx, card->g);
    if (frame == NULL) return;
    if (in_routine(site, "evacuate")) {
        add_name_chip(cx, card, "old", frame->old);
        add_number_chip(card, "i", frame->move_i);
        add_top_chip(card, frame->move_top);
        if (frame->move_top >= TH_TOP_MIN) {
            add_name_chip(cx, card, "dst", frame->use_y ? frame->y_b : frame->x_b);
        }
        return;
    }
    add_top_chip(card, frame->top);
    add_name_chip(cx, card, "b", frame->b);
    if (frame->insert_b != 0)
        add_number_chip(card, "slot", frame->insert_i);
    else if (frame->b != 0 && frame->i < TH_BUCKET_SLOTS)
        add_number_chip(card, "i", frame->i);
}

static void show_wait(const th_scene_context *cx, th_scene_card *card, const th_request *request) {
    if (th_world_waits(cx->now, card->g) == NULL || card->chip_count == TH_SCENE_CHIP_MAX) return;
    th_scene_chip *chip = &card->chips[card->chip_count++];
    chip->name = "blocked on";
    snprintf(chip->value, sizeof(chip->value), "%s",
             th_text_object(cx->in->scenario, cx->now, request->a));
}

static uint8_t p_of(const th_scene *scene, uint16_t g) {
    for (int p = 0; p < scene->proc_count; p++) {
        if (scene->procs[p].running == g) return (uint8_t)p;
    }
    return TH_SCENE_NO_P;
}

static void build_card(const th_scene_context *cx, uint16_t g, th_scene_card *card) {
    *card = (th_scene_card){
        .g = g,
        .status = (uint8_t)status_of(cx, g),
        .p = p_of(cx->out, g),
        .name = th_world_goroutine_name(cx->now, g),
        .active = -1,
        .last_step = cx->last[g].step,
    };
    const bool moved = card->last_step != 0;
    card->racing = moved && th_scene_event(cx, card->last_step).race;
    const th_node_id node = shown_node(cx, g);
    const th_request *request = node == 0 ? NULL : th_programs_request(cx->env->programs, node);
    if (request == NULL) return;
    th_text_request(cx->in->scenario, cx->now, request, card->op, sizeof(card->op));
    // In the middle of an operation the last access says where; before its first, the announced
    // one.
    const bool of_last = moved && node == cx->last[g].node;
    const uint16_t site =
        of_last ? th_scene_event(cx, card->last_step).site : cx->now->goroutines[g].access.site;
    const bool is_map = th_request_op_class((th_request_op)request->op) == TH_CLASS_MAP;
    th_site where;
    const bool placed = th_place_find(site, &where);
    if (is_map && placed) {
        add_routine(card, where, 0);
    } else {
        show_scenario(cx, card, request, placed ? &where : NULL);
    }
    if (is_map) show_locals(cx, card, site);
    show_wait(cx, card, request);
}

// Those that moved last, then those that still live, then the first of the others.
static void choose_cards(const th_scene_context *cx, bool *chosen) {
    int left = TH_SCENE_CARD_MAX;
    memset(chosen, 0, (TH_SCENE_G_MAX + 1) * sizeof(*chosen));
    for (int pass = 0; pass < 3; pass++) {
        for (uint32_t g = 1; g < cx->now->goroutine_count && g <= TH_SCENE_G_MAX; g++) {
            const bool alive = cx->now->goroutines[g].status != TH_STATUS_DEAD;
            const bool fits = pass == 0 ? cx->last[g].step > 0 : pass == 2 || alive;
            if (!fits || chosen[g] || left == 0) continue;
            chosen[g] = true;
            left--;
        }
    }
}

void th_scene_build_cards(const th_scene_context *cx) {
    th_scene *scene = cx->out;
    scene->goroutine_count = (int)cx->now->goroutine_count - 1;
    bool chosen[TH_SCENE_G_MAX + 1];
    choose_cards(cx, chosen);
    scene->card_count = 0;
    for (int g = 1; g <= scene->goroutine_count && g <= TH_SCENE_G_MAX; g++) {
        if (chosen[g]) build_card(cx, (uint16_t)g, &scene->cards[scene->card_count++]);
    }
    th_choice choices[TH_SCENE_ENABLED_MAX];
    uint32_t count = th_world_choices(cx->now, choices, TH_SCENE_ENABLED_MAX);
    if (count > TH_SCENE_ENABLED_MAX) count = TH_SCENE_ENABLED_MAX;
    scene->enabled_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (choices[i].kind != TH_CHOICE_RUN) continue;
        const bool again =
            scene->enabled_count > 0 && scene->enabled[scene->enabled_count - 1] == choices[i].g;
        if (!again) scene->enabled[scene->enabled_count++] = choices[i].g;
    }
}

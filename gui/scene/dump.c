#include "gui/scene/dump.h"

#include "sim/world/stack.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct dump {
    const th_scenario *scenario;
    const th_world *world;
    th_scene_dump_line *lines;
    int max, count;
} dump;

__attribute__((format(printf, 4, 5))) static void add(dump *to, th_dump_style style, uint16_t g,
                                                      const char *format, ...) {
    const int at = to->count++;
    if (at >= to->max) return;
    th_scene_dump_line *line = &to->lines[at];
    *line = (th_scene_dump_line){.g = g, .style = (uint8_t)style};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line->text, sizeof(line->text), format, arguments);
    va_end(arguments);
}

void th_dump_title(const th_world *world, char *title, size_t size) {
    const th_outcome *outcome = &world->outcome;
    const char *message = outcome->message == NULL ? "" : outcome->message;
    switch (outcome->end) {
    case TH_END_FATAL: snprintf(title, size, "fatal error: %s", message); break;
    case TH_END_PANIC: snprintf(title, size, "panic: %s", message); break;
    case TH_END_DEADLOCK:
        snprintf(title, size, "fatal error: all goroutines are asleep - deadlock!");
        break;
    case TH_END_FAULT:
        snprintf(title, size, "fault: %s at 0x%" PRIx64, th_fault_string((th_fault)outcome->fault),
                 outcome->address);
        break;
    default: title[0] = 0; break;
    }
}

static const char *state_of(const dump *to, uint16_t g) {
    const th_outcome *outcome = &to->world->outcome;
    const bool failed = outcome->end != TH_END_DEADLOCK && outcome->g == g;
    if (failed) return "running";
    const char *waits = th_world_waits(to->world, g);
    return waits != NULL ? waits : "runnable";
}

static void add_place(dump *to, uint32_t line) {
    if (line == 0) return;
    add(to, TH_DUMP_FILE, 0, "    %s:%" PRIu32, th_scenario_path(to->scenario), line);
}

// Of the one that failed, by name alone: a picture has no room for how the others wait.
static void add_calls(dump *to, uint16_t g) {
    th_calls calls;
    if (to->world->outcome.end == TH_END_DEADLOCK || to->world->outcome.g != g) return;
    th_stack_calls(to->world, g, &calls);
    for (uint32_t i = 0; i < calls.count; i++) {
        add(to, TH_DUMP_CALL, 0, "%s(...)", calls.items[i].name);
    }
}

static void add_goroutine(dump *to, uint16_t g) {
    const th_programs *programs = th_scenario_env(to->scenario)->programs;
    const th_goroutine *goroutine = &to->world->goroutines[g];
    const th_request *request = th_programs_request(programs, goroutine->node);
    if (to->count > 0) add(to, TH_DUMP_BLANK, 0, "%s", "");
    add(to, TH_DUMP_HEAD, g, "goroutine %u [%s]:", (unsigned)g, state_of(to, g));
    add_calls(to, g);
    const char *name = th_world_goroutine_name(to->world, g);
    add(to, TH_DUMP_CALL, 0, "main.%s()", name[0] == 0 ? "func" : name);
    if (request != NULL) add_place(to, request->line);
    const th_node_id starter =
        th_programs_starter(programs, th_programs_root_of(programs, goroutine->node));
    if (starter == 0 || goroutine->parent == 0) return;
    const char *parent = th_world_goroutine_name(to->world, goroutine->parent);
    add(to, TH_DUMP_FILE, 0, "created by main.%s", parent[0] == 0 ? "func" : parent);
    const th_request *start = th_programs_request(programs, starter);
    if (start != NULL) add_place(to, start->line);
}

int th_dump_lines(const th_scenario *scenario, const th_world *world, th_scene_dump_line *lines,
                  int max) {
    dump to = {.scenario = scenario, .world = world, .lines = lines, .max = max};
    uint64_t address;
    if (th_stack_segfaults(world, &address)) {
        char where[32] = "";
        if (address != UINT64_MAX) snprintf(where, sizeof(where), " addr=0x%" PRIx64, address);
        add(&to, TH_DUMP_CALL, 0, "[signal SIGSEGV: segmentation violation code=0x1%s]", where);
    }
    const uint16_t first = world->outcome.end == TH_END_DEADLOCK ? 0 : world->outcome.g;
    if (first > 0 && first < world->goroutine_count) add_goroutine(&to, first);
    for (uint16_t g = 1; g < world->goroutine_count; g++) {
        if (g != first && world->goroutines[g].status != TH_STATUS_DEAD) add_goroutine(&to, g);
    }
    return to.count;
}

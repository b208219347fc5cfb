#include "gui/app/console_parts.h"

#include "gui/app/model_parts.h"
#include "sim/base/assert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

th_console *th_console_of(th_model *model) {
    if (model->console != NULL) return model->console;
    model->console = calloc(1, sizeof(*model->console));
    TH_ASSERT(model->console != NULL);
    return model->console;
}

void th_console_free(th_console *console) {
    if (console == NULL) return;
    for (int i = 0; i < console->typed_count; i++) free(console->typed[i]);
    free(console->typed);
    free(console);
}

void th_console_keep_typed(th_console *console, const char *lua) {
    console->typed =
        realloc(console->typed, ((size_t)console->typed_count + 1) * sizeof(*console->typed));
    TH_ASSERT(console->typed != NULL);
    console->typed[console->typed_count] = strdup(lua);
    TH_ASSERT(console->typed[console->typed_count] != NULL);
    console->typed_count++;
}

void th_console_carry_over(th_model *to, th_model *from) {
    th_console *console = from->console;
    if (console == NULL) return;
    to->console = console;
    from->console = NULL;
    for (int i = 0; i < console->typed_count; i++) {
        const char *name;
        char error[sizeof(console->said)], text[TH_TYPED_MAX + sizeof(error)];
        if (th_scenario_type(to->scenario, console->typed[i], &name, error, sizeof(error))) {
            continue;
        }
        snprintf(text, sizeof(text), "%s: %s", console->typed[i], error);
        snprintf(console->said, sizeof(console->said), "%.*s", (int)sizeof(console->said) - 1,
                 text);
        console->bad = true;
    }
}

bool th_console_is_open(const th_model *model) {
    return model->console != NULL && model->console->open;
}

void th_console_toggle(th_model *model) {
    th_console *console = th_console_of(model);
    console->open = console->fresh = !console->open;
    console->said[0] = '\0';
    if (console->open) th_console_match(model);
    model->changed = true;
}

// Opens it with a line that waits for its last words; `cursor` stands before what follows.
static void begin_line(th_model *model, const char *text, size_t cursor) {
    if (!th_console_is_open(model)) th_console_toggle(model);
    th_console *console = model->console;
    snprintf(console->line, sizeof(console->line), "%s", text);
    console->cursor = cursor;
    console->history_at = console->history_count;
    console->said[0] = '\0';
    th_console_match(model);
}

void th_console_begin_spawn(th_model *model) {
    static const char LINE[] = "go(function()  end)";
    begin_line(model, LINE, strlen("go(function() "));
}

void th_console_begin_edit(th_model *model, uint64_t address) {
    if (address == 0) address = model->filter != 0 ? model->filter : model->hover;
    if (address == 0 && model->step > 0) {
        address = th_event_address(th_timeline_event(model->timeline, model->branch, model->step));
    }
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    if (th_memory_block(&world->memory, address) == NULL) {
        begin_line(model, "set ", strlen("set "));
        return;
    }
    char name[128], line[160];
    th_scenario_name(model->scenario, world, address, name, sizeof(name));
    snprintf(line, sizeof(line), "set %s = ", name);
    begin_line(model, line, strlen(line));
    model->filter = address;  // the place is marked, and its accesses are listed
    model->filter_g = 0;
}

bool th_console_enter(th_model *model, const char *line) {
    th_console_of(model);
    model->changed = true;
    model->hover = 0;  // what the mouse rested on may soon lie elsewhere
    th_console_arrive(model);
    return th_console_do(model, line);
}

void th_console_arrive(th_model *model) {
    if (model->play_until > 0) th_model_rest_at(model, model->play_until);
    model->playing = false;
    model->play_until = 0;
}

th_desk_console th_console_look(const th_model *model) {
    const th_console *console = model->console;
    if (console == NULL || !console->open) return (th_desk_console){0};
    th_desk_console look = {.open = true,
                            .line = console->line,
                            .cursor = console->cursor,
                            .said = console->said,
                            .bad = console->bad,
                            .match_count = console->match_count};
    for (int i = 0; i < console->match_count; i++) look.matches[i] = console->matches[i];
    return look;
}

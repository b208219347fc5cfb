#include "gui/app/console_parts.h"

#include "gui/app/branching.h"
#include "gui/app/model_parts.h"
#include "sim/base/assert.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

th_console *th_console_of(th_model *model) {
    if (model->console != NULL) return model->console;
    model->console = calloc(1, sizeof(*model->console));
    TH_ASSERT(model->console != NULL);
    return model->console;
}

void th_console_free(th_console *console) { free(console); }

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

static bool say(th_console *console, bool good, const char *text) {
    snprintf(console->said, sizeof(console->said), "%s", text);
    console->bad = !good;
    return good;
}

// --- what a line asks for ---

// Lua: it becomes a goroutine that starts here and goes on as long as it can; playing shows it.
static bool run_lua(th_model *model, const char *line) {
    th_console *console = model->console;
    char error[sizeof(console->said)], schedule[64];
    const char *name;
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    const bool over = th_world_ended(world) && (world->outcome.end != TH_END_DONE || world->main_g);
    if (over) return say(console, false, th_word_string(TH_WORD_CONSOLE_OVER, model->lang));
    if (!th_scenario_type(model->scenario, line, &name, error, sizeof(error))) {
        return say(console, false, error);
    }
    snprintf(schedule, sizeof(schedule), "+%s %s*", name, name);
    uint64_t until;
    if (!th_branching_schedule(model, schedule, &until, error, sizeof(error))) {
        return say(console, false, error);
    }
    th_model_play_until(model, until);
    return say(console, true, name);
}

static bool run_schedule(th_model *model, const char *text) {
    char error[sizeof(model->console->said)];
    uint64_t until;
    if (!th_branching_schedule(model, text, &until, error, sizeof(error))) {
        return say(model->console, false, error);
    }
    th_model_play_until(model, until);
    return say(model->console, true, "");
}

static bool seek(th_model *model, const char *text) {
    char *end;
    const long long number = strtoll(text, &end, 10);
    if (end == text || *end != '\0') {
        return say(model->console, false, th_word_string(TH_WORD_CONSOLE_SEEK, model->lang));
    }
    const bool relative = text[0] == '+' || text[0] == '-';
    const long long step = relative ? (long long)model->step + number : number;
    th_model_command(model, TH_ACTION_SEEK, step < 0 ? 0 : (uint64_t)step);
    return say(model->console, true, "");
}

static bool find_place(th_model *model, const char *name, uint64_t *address) {
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    if (th_scenario_find(model->scenario, world, name, address)) return true;
    char text[sizeof(model->console->said)];
    snprintf(text, sizeof(text), th_word_string(TH_WORD_CONSOLE_NO_PLACE, model->lang), name);
    return say(model->console, false, text);
}

static bool watch(th_model *model, const char *name) {
    uint64_t address = 0;
    if (name[0] != '\0' && !find_place(model, name, &address)) return false;
    model->watch = address;
    return say(model->console, true, "");
}

// The goroutine that is called so, or its number in g2; 0: none.
static uint16_t goroutine_named(th_model *model, const char *name) {
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    for (uint32_t g = 1; g < world->goroutine_count; g++) {
        if (strcmp(th_world_goroutine_name(world, (uint16_t)g), name) == 0) return (uint16_t)g;
    }
    const uint16_t number = th_schedule_name_number(name, strlen(name));
    return number < world->goroutine_count ? number : 0;
}

static bool filter(th_model *model, const char *name) {
    model->filter_g = name[0] != '\0' ? goroutine_named(model, name) : 0;
    uint64_t address = 0;
    if (name[0] != '\0' && model->filter_g == 0 && !find_place(model, name, &address)) return false;
    model->filter = address;
    return say(model->console, true, "");
}

static bool save(th_model *model, const char *name) {
    char path[TH_TYPED_MAX + 8], error[sizeof(model->console->said)];
    const size_t length = strlen(name);
    const bool has_ending = length > 4 && strcmp(name + length - 4, ".lua") == 0;
    if (length == 0) {
        return say(model->console, false, th_word_string(TH_WORD_CONSOLE_NAME, model->lang));
    }
    snprintf(path, sizeof(path), "%s%s", name, has_ending ? "" : ".lua");
    if (!th_console_save(model, path, error, sizeof(error))) {
        return say(model->console, false, error);
    }
    return say(model->console, true, path);
}

static bool help(th_model *model, const char *text) {
    (void)text;
    th_model_command(model, TH_ACTION_HELP, 0);
    return say(model->console, true, "");
}

static const struct {
    const char *word;
    bool (*run)(th_model *model, const char *rest);
} COMMANDS[] = {{"seek", seek},     {"run", run_schedule}, {"watch", watch},
                {"filter", filter}, {"save", save},        {"help", help}};

// What stands behind the command's word: NULL: the line is no such command. "run(3)" and "run = 3"
// are Lua.
static const char *rest_of(const char *line, const char *word) {
    const size_t length = strlen(word);
    if (strncmp(line, word, length) != 0) return NULL;
    const char *rest = line + length;
    if (*rest != '\0' && *rest != ' ') return NULL;
    while (*rest == ' ') rest++;
    return *rest == '=' || *rest == '(' ? NULL : rest;
}

bool th_console_enter(th_model *model, const char *line) {
    th_console_of(model);
    model->changed = true;
    if (model->play_until > 0) th_model_rest_at(model, model->play_until);
    model->playing = false;
    model->play_until = 0;
    for (size_t i = 0; i < sizeof(COMMANDS) / sizeof(*COMMANDS); i++) {
        const char *rest = rest_of(line, COMMANDS[i].word);
        if (rest != NULL) return COMMANDS[i].run(model, rest);
    }
    return run_lua(model, line);
}

// --- the line ---

static void set_line(th_console *console, const char *text) {
    snprintf(console->line, sizeof(console->line), "%s", text);
    console->cursor = strlen(console->line);
}

// The start of the character before, or behind, a place in UTF-8.
static size_t before(const char *text, size_t at) {
    while (at > 0) {
        at--;
        if (((unsigned char)text[at] & 0xC0) != 0x80) break;
    }
    return at;
}

static size_t behind(const char *text, size_t at) {
    if (text[at] == '\0') return at;
    do at++;
    while (((unsigned char)text[at] & 0xC0) == 0x80);
    return at;
}

static void erase(th_console *console, size_t from, size_t to) {
    memmove(console->line + from, console->line + to, strlen(console->line + to) + 1);
    console->cursor = from;
}

void th_console_type(th_model *model, const char *text) {
    th_console *console = th_console_of(model);
    const size_t length = strlen(text), have = strlen(console->line);
    model->changed = true;
    if (have + length + 1 > sizeof(console->line)) return;
    char *at = console->line + console->cursor;
    memmove(at + length, at, have - console->cursor + 1);
    memcpy(at, text, length);
    console->cursor += length;
    th_console_match(model);
}

static void keep_in_history(th_console *console) {
    const int last = console->history_count - 1;
    if (last < 0 || strcmp(console->history[last], console->line) != 0) {
        if (console->history_count == TH_CONSOLE_HISTORY_MAX) {
            memmove(console->history[0], console->history[1],
                    sizeof(console->history) - sizeof(console->history[0]));
            console->history_count--;
        }
        memcpy(console->history[console->history_count++], console->line, sizeof(console->line));
    }
    console->history_at = console->history_count;
}

static void look_into_history(th_console *console, int by) {
    const int at = console->history_at + by;
    if (at < 0 || at > console->history_count) return;
    if (console->history_at == console->history_count) {
        memcpy(console->kept, console->line, sizeof(console->kept));
    }
    console->history_at = at;
    set_line(console, at == console->history_count ? console->kept : console->history[at]);
}

// An empty line's Enter goes to the end of what is being played.
static void enter(th_model *model) {
    th_console *console = model->console;
    if (console->line[0] == '\0') {
        if (model->play_until > 0) th_model_rest_at(model, model->play_until);
        model->playing = false;
        model->play_until = 0;
        return;
    }
    keep_in_history(console);
    char line[TH_TYPED_MAX];
    memcpy(line, console->line, sizeof(line));
    if (th_console_enter(model, line)) set_line(console, "");
}

void th_console_press(th_model *model, th_console_key key) {
    th_console *console = th_console_of(model);
    const char *line = console->line;
    const size_t cursor = console->cursor;
    model->changed = true;
    switch (key) {
    case TH_CONSOLE_ENTER: enter(model); break;
    case TH_CONSOLE_ERASE: erase(console, before(line, cursor), cursor); break;
    case TH_CONSOLE_ERASE_NEXT: erase(console, cursor, behind(line, cursor)); break;
    case TH_CONSOLE_LEFT: console->cursor = before(line, cursor); break;
    case TH_CONSOLE_RIGHT: console->cursor = behind(line, cursor); break;
    case TH_CONSOLE_HOME: console->cursor = 0; break;
    case TH_CONSOLE_END: console->cursor = strlen(line); break;
    case TH_CONSOLE_EARLIER: look_into_history(console, -1); break;
    case TH_CONSOLE_LATER: look_into_history(console, 1); break;
    case TH_CONSOLE_COMPLETE: th_console_complete(model); break;
    }
    th_console_match(model);
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

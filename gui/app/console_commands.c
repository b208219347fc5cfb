// What the lines of the console ask for.
#include "gui/app/console_parts.h"

#include "gui/app/branch_save.h"
#include "gui/app/branching.h"
#include "gui/app/model_parts.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool say(th_console *console, bool good, const char *text) {
    snprintf(console->said, sizeof(console->said), "%s", text);
    console->bad = !good;
    return good;
}

// A sentence of the word table about `what`.
static bool say_of(th_model *model, bool good, th_word word, const char *what) {
    char text[sizeof(model->console->said)];
    snprintf(text, sizeof(text), th_word_string(word, model->lang), what);
    return say(model->console, good, text);
}

static bool say_word(th_model *model, bool good, th_word word) {
    return say(model->console, good, th_word_string(word, model->lang));
}

// --- what makes another future ---

// A program that has ended by itself, without main, can still be told to do more.
static bool is_over(th_model *model) {
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    return th_world_ended(world) && (world->outcome.end != TH_END_DONE || world->main_g);
}

static bool run_schedule(th_model *model, const char *text) {
    char error[sizeof(model->console->said)];
    if (*text == '\0') return say_word(model, false, TH_WORD_CONSOLE_RUN);
    uint64_t until;
    if (!th_branching_schedule(model, text, &until, error, sizeof(error))) {
        return say(model->console, false, error);
    }
    th_model_play_until(model, until);
    return say_word(model, true, TH_WORD_CONSOLE_RAN);
}

// Lua: it becomes a goroutine that starts here and goes on as long as it can; playing shows it.
static bool run_lua(th_model *model, const char *lua, const char *shown) {
    char error[sizeof(model->console->said)], schedule[64];
    const char *name;
    if (is_over(model)) return say_word(model, false, TH_WORD_CONSOLE_OVER);
    if (!th_scenario_type(model->scenario, lua, &name, error, sizeof(error))) {
        return say(model->console, false, error);
    }
    th_console_keep_typed(model->console, lua);
    snprintf(schedule, sizeof(schedule), "+%s %s*", name, name);
    if (!run_schedule(model, schedule)) return false;
    char text[TH_TYPED_MAX + 64];
    snprintf(text, sizeof(text), "%s: %.*s", name, 160, shown);
    return say_of(model, true, TH_WORD_CONSOLE_DOES, text);
}

static bool set(th_model *model, const char *text) {
    char lua[TH_TYPED_MAX], place[128];
    uint64_t address;
    const char *value = th_console_split_edit(text, place, sizeof(place));
    if (value == NULL) return say_word(model, false, TH_WORD_CONSOLE_SET);
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    if (!th_scenario_find(model->scenario, world, place, &address)) {
        return say_of(model, false, TH_WORD_CONSOLE_NO_PLACE, place);
    }
    if (!th_console_edit(model, address, value, lua, sizeof(lua))) {
        return say_of(model, false, TH_WORD_CONSOLE_FIXED, place);
    }
    return run_lua(model, lua, text);
}

static bool undo(th_model *model, const char *text) {
    (void)text;
    if (!th_model_undo(model)) return say_word(model, false, TH_WORD_CONSOLE_NO_UNDO);
    return say_word(model, true, TH_WORD_CONSOLE_UNDONE);
}

// --- what looks ---

static bool seek(th_model *model, const char *text) {
    char *end;
    const long long number = strtoll(text, &end, 10);
    if (end == text || *end != '\0') return say_word(model, false, TH_WORD_CONSOLE_SEEK);
    const bool relative = text[0] == '+' || text[0] == '-';
    const long long step = relative ? (long long)model->step + number : number;
    th_model_command(model, TH_ACTION_SEEK, step < 0 ? 0 : (uint64_t)step);
    return say(model->console, true, "");
}

static bool find_place(th_model *model, const char *name, uint64_t *address) {
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    if (th_scenario_find(model->scenario, world, name, address)) return true;
    return say_of(model, false, TH_WORD_CONSOLE_NO_PLACE, name);
}

static bool watch(th_model *model, const char *name) {
    uint64_t address = 0;
    if (name[0] != '\0' && !find_place(model, name, &address)) return false;
    model->watch = address;
    if (address == 0) return say_word(model, true, TH_WORD_CONSOLE_UNWATCHED);
    return say_of(model, true, TH_WORD_CONSOLE_WATCHED, name);
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
    const uint16_t g = name[0] != '\0' ? goroutine_named(model, name) : 0;
    uint64_t address = 0;
    if (name[0] != '\0' && g == 0 && !find_place(model, name, &address)) return false;
    model->filter_g = g;
    model->filter = address;
    if (name[0] == '\0') return say_word(model, true, TH_WORD_CONSOLE_UNFILTERED);
    return say_of(model, true, TH_WORD_CONSOLE_FILTERED, name);
}

// --- what keeps ---

static bool save(th_model *model, const char *name) {
    static const char *const ENDINGS[] = {".lua", NULL};
    char path[TH_TYPED_MAX + 8], error[sizeof(model->console->said)];
    const size_t length = strlen(name);
    const bool has_ending = length > 4 && strcmp(name + length - 4, ".lua") == 0;
    char stem[256];
    th_branch_save_name(model, model->branch, ENDINGS, stem, sizeof(stem));
    snprintf(path, sizeof(path), "%s%s", length > 0 ? name : stem, has_ending ? "" : ".lua");
    const uint64_t steps = th_branch_save_length(model, model->branch);
    if (!th_branch_save(model, model->branch, steps, path, error, sizeof(error))) {
        return say(model->console, false, error);
    }
    char *real = realpath(path, NULL);
    say_of(model, true, TH_WORD_CONSOLE_SAVED, real != NULL ? real : path);
    free(real);
    return true;
}

static bool name_branch(th_model *model, const char *name) {
    if (*name == '\0') return say_word(model, false, TH_WORD_CONSOLE_NAME);
    th_branch_note note = th_branches_of(&model->branches, model->branch);
    snprintf(note.name, sizeof(note.name), "%s", name);
    th_branches_set(&model->branches, model->branch, note);
    return say_of(model, true, TH_WORD_CONSOLE_NAMED, note.name);
}

static bool help(th_model *model, const char *text) {
    (void)text;
    th_model_command(model, TH_ACTION_HELP, 0);
    return say(model->console, true, "");
}

static const struct {
    const char *word;
    bool (*run)(th_model *model, const char *rest);
} COMMANDS[] = {{"seek", seek},        {"run", run_schedule}, {"watch", watch},
                {"filter", filter},    {"set", set},          {"undo", undo},
                {"name", name_branch}, {"save", save},        {"help", help}};

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

bool th_console_do(th_model *model, const char *line) {
    char text[TH_TYPED_MAX];
    snprintf(text, sizeof(text), "%s", line + strspn(line, " "));
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ') text[--length] = '\0';
    for (size_t i = 0; i < sizeof(COMMANDS) / sizeof(*COMMANDS); i++) {
        const char *rest = rest_of(text, COMMANDS[i].word);
        if (rest != NULL) return COMMANDS[i].run(model, rest);
    }
    return run_lua(model, text, text);
}

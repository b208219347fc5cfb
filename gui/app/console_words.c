// Completion: the words that can stand where the cursor is.
#include "gui/app/console_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const COMMANDS[] = {"seek ", "run ",  "watch ", "filter ", "set ",
                                       "undo",  "name ", "save ",  "help",    NULL};
static const char *const LUA[] = {"delete(", "clear(", "len(", "range(", "go(function() ", NULL};
static const char *const FIELDS[] = {"h.count",   "h.flags",      "h.B",         "h.noverflow",
                                     "h.buckets", "h.oldbuckets", "h.nevacuate", NULL};

// The word before the cursor: letters, digits and what names are made of.
static size_t word_start(const th_console *console) {
    size_t at = console->cursor;
    while (at > 0 && (isalnum((unsigned char)console->line[at - 1]) ||
                      strchr("_.[]", console->line[at - 1]) != NULL)) {
        at--;
    }
    return at;
}

static void offer(th_console *console, const char *word) {
    const size_t start = word_start(console), length = console->cursor - start;
    if (console->match_count == TH_DESK_MATCH_MAX) return;
    if (strncmp(word, console->line + start, length) != 0 || strlen(word) == length) return;
    for (int i = 0; i < console->match_count; i++) {
        if (strcmp(console->matches[i], word) == 0) return;
    }
    snprintf(console->matches[console->match_count++], TH_CONSOLE_WORD_MAX, "%s", word);
}

static void offer_all(th_console *console, const char *const *words) {
    for (; *words != NULL; words++) offer(console, *words);
}

static void offer_objects(const th_model *model, bool with_maps) {
    uint32_t count;
    const th_object *objects = th_scenario_objects(model->scenario, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (with_maps || objects[i].kind != TH_OBJECT_MAP) offer(model->console, objects[i].name);
    }
}

static void offer_goroutines(th_model *model) {
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    for (uint32_t g = 1; g < world->goroutine_count; g++) {
        offer(model->console, th_world_goroutine_name(world, (uint16_t)g));
    }
}

static void offer_places(th_model *model) {
    const th_scene *scene = th_model_scene(model);
    for (int i = scene->log_count; i-- > 0;) offer(model->console, scene->log[i].name);
    if (scene->map.present) offer_all(model->console, FIELDS);
    offer_objects(model, false);
}

static bool begins(const th_console *console, const char *word) {
    return strncmp(console->line, word, strlen(word)) == 0;
}

void th_console_match(th_model *model) {
    th_console *console = th_console_of(model);
    console->match_count = 0;
    if (console->line[0] == '\0') return;
    if (begins(console, "run ")) {
        offer_goroutines(model);
    } else if (begins(console, "watch ")) {
        offer_places(model);
    } else if (begins(console, "set ")) {
        if (strchr(console->line, '=') == NULL) offer_places(model);
    } else if (begins(console, "filter ")) {
        offer_goroutines(model);
        offer_places(model);
    } else if (!begins(console, "save ") && !begins(console, "seek ") &&
               !begins(console, "name ")) {
        if (word_start(console) == 0) offer_all(console, COMMANDS);
        offer_objects(model, true);
        offer_all(console, LUA);
    }
}

void th_console_complete(th_model *model) {
    th_console *console = th_console_of(model);
    if (console->match_count == 0) return;
    char common[TH_CONSOLE_WORD_MAX];
    memcpy(common, console->matches[0], sizeof(common));
    for (int i = 1; i < console->match_count; i++) {
        size_t same = 0;
        while (common[same] != '\0' && common[same] == console->matches[i][same]) same++;
        common[same] = '\0';
    }
    const size_t typed = console->cursor - word_start(console);
    if (strlen(common) > typed) th_console_type(model, common + typed);
}

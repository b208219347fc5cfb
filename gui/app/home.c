#include "gui/app/home.h"

#include "gui/draw/utf8.h"
#include "gui/view/home.h"
#include "gui/view/words.h"

#include "sim/base/assert.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool contains(const char *text, const char *part) {
    const size_t length = strlen(part);
    for (; *text != '\0'; text++) {
        size_t i = 0;
        while (i < length && text[i] != '\0' &&
               tolower((unsigned char)text[i]) == tolower((unsigned char)part[i])) {
            i++;
        }
        if (i == length) return true;
    }
    return length == 0;
}

static bool fits_search(const th_home_state *state, const th_lesson *lesson) {
    const char *part = state->home.search;
    if (part[0] == '\0') return true;
    for (int lang = 0; lang < TH_LANG_COUNT; lang++) {
        if (contains(lesson->title[lang], part) || contains(lesson->question[lang], part))
            return true;
    }
    return contains(lesson->id, part) || contains(lesson->chapter, part);
}

static int index_of_id(const th_home_state *state, const char *id) {
    if (id[0] == '\0') return -1;
    for (int i = 0; i < state->catalog.count; i++) {
        if (strcmp(state->catalog.lessons[i].id, id) == 0) return i;
    }
    return -1;
}

// Makes the list of shown lessons anew, with the same one chosen where it still is there.
static void refresh(th_home_state *state, const char *chosen_path) {
    th_home *home = &state->home;
    home->lessons = state->catalog.lessons;
    home->lesson_count = state->catalog.count;
    home->shown_count = 0;
    home->chosen = -1;
    for (int i = 0; i < state->catalog.count; i++) {
        th_lesson *lesson = &state->catalog.lessons[i];
        const th_progress_entry *entry = th_progress_of(&state->progress, lesson->id);
        lesson->seen_step = entry != NULL ? entry->step : 0;
        lesson->done = entry != NULL && entry->done;
        if (!fits_search(state, lesson)) continue;
        if (chosen_path != NULL && strcmp(chosen_path, lesson->path) == 0) {
            home->chosen = home->shown_count;
        }
        state->shown[home->shown_count++] = i;
    }
    if (home->chosen < 0 && home->shown_count > 0) home->chosen = 0;
    home->shown = state->shown;
    home->recent = index_of_id(state, state->progress.last);
    state->changed = true;
}

static const char *chosen_path(const th_home_state *state) {
    const th_home *home = &state->home;
    if (home->chosen < 0 || home->chosen >= home->shown_count) return NULL;
    return home->lessons[home->shown[home->chosen]].path;
}

void th_home_open(th_home_state *state, char *const *paths, int count, th_theme_name theme,
                  th_lang lang, bool asked) {
    *state = (th_home_state){.theme = theme, .lang = lang};
    th_catalog_init(&state->catalog, paths, count);
    th_progress_load(&state->progress);
    if (!asked && strcmp(state->progress.theme, "light") == 0) state->theme = TH_THEME_LIGHT;
    if (!asked && strcmp(state->progress.lang, "zh") == 0) state->lang = TH_LANG_ZH;
    state->shown = calloc((size_t)count + 1, sizeof(*state->shown));
    TH_ASSERT(state->shown != NULL);
    refresh(state, NULL);
}

void th_home_close(th_home_state *state) {
    snprintf(state->progress.theme, sizeof(state->progress.theme), "%s",
             state->theme == TH_THEME_LIGHT ? "light" : "dark");
    snprintf(state->progress.lang, sizeof(state->progress.lang), "%s",
             state->lang == TH_LANG_ZH ? "zh" : "en");
    th_progress_save(&state->progress);
    th_catalog_free(&state->catalog);
    th_progress_free(&state->progress);
    free(state->shown);
    free(state->open);
    *state = (th_home_state){0};
}

bool th_home_learn(th_home_state *state) {
    char *keep = NULL;
    const char *path = chosen_path(state);
    if (path != NULL && state->home.chosen > 0) keep = strdup(path);
    const bool more = th_catalog_look(&state->catalog);
    if (more) refresh(state, keep);
    free(keep);
    return more;
}

static void open_lesson(th_home_state *state, int lesson, uint64_t step) {
    if (lesson < 0 || lesson >= state->catalog.count) return;
    free(state->open);
    state->open_step = step;
    state->open = strdup(state->catalog.lessons[lesson].path);
}

static void open_position(th_home_state *state, uint64_t position) {
    if (position >= (uint64_t)state->home.shown_count) return;
    state->home.chosen = (int)position;
    open_lesson(state, state->home.shown[position], 0);
}

// The lesson that was open last, where it was left; else the first one.
static void continue_lesson(th_home_state *state) {
    const int recent = state->home.recent;
    open_lesson(state, recent >= 0 ? recent : 0,
                recent >= 0 ? state->home.lessons[recent].seen_step : 0);
}

static void go_back(th_home_state *state) {
    th_home *home = &state->home;
    if (home->about || home->help) {
        home->about = home->help = false;
    } else if (home->searching || home->search[0] != '\0') {
        home->searching = false;
        home->search[0] = '\0';
        refresh(state, chosen_path(state));
    } else {
        state->quit = true;
    }
}

void th_home_command(th_home_state *state, th_action action, uint64_t argument) {
    th_home *home = &state->home;
    state->changed = true;
    home->message[0] = '\0';
    // A key that is pressed in the help is seen to do what it does.
    if (action != TH_ACTION_HELP && action != TH_ACTION_BACK) home->help = false;
    switch (action) {
    case TH_ACTION_OPEN: open_position(state, argument); break;
    case TH_ACTION_CONFIRM:
        if (home->chosen >= 0) open_position(state, (uint64_t)home->chosen);
        break;
    case TH_ACTION_RUN:  // the digits: lessons by number
        if (argument > 0) open_position(state, argument - 1);
        break;
    case TH_ACTION_CONTINUE: continue_lesson(state); break;
    case TH_ACTION_SEARCH: home->searching = true; break;
    case TH_ACTION_HELP: home->help = !home->help; break;
    case TH_ACTION_NEW:
        snprintf(home->message, sizeof(home->message), "%s",
                 th_word_string(TH_WORD_NEW_HINT, state->lang));
        break;
    case TH_ACTION_ABOUT: home->about = !home->about; break;
    case TH_ACTION_THEME:
        state->theme = state->theme == TH_THEME_LIGHT ? TH_THEME_DARK : TH_THEME_LIGHT;
        break;
    case TH_ACTION_LANGUAGE:
        state->lang = state->lang == TH_LANG_ZH ? TH_LANG_EN : TH_LANG_ZH;
        break;
    case TH_ACTION_BACK: go_back(state); break;
    default: break;
    }
}

void th_home_arrow(th_home_state *state, int direction, int width, int height) {
    state->home.chosen = th_view_home_next(&state->home, width, height, (th_direction)direction);
    state->changed = true;
}

void th_home_type(th_home_state *state, const char *text) {
    th_home *home = &state->home;
    if (!home->searching) return;
    const size_t length = strlen(home->search);
    if (length + strlen(text) + 1 > sizeof(home->search)) return;
    memcpy(home->search + length, text, strlen(text) + 1);
    refresh(state, chosen_path(state));
}

void th_home_type_back(th_home_state *state) {
    th_home *home = &state->home;
    const size_t length = strlen(home->search);
    if (!home->searching || length == 0) return;
    home->search[th_utf8_before(home->search, length)] = '\0';
    refresh(state, chosen_path(state));
}

void th_home_note(th_home_state *state, const char *path, uint64_t step, uint64_t length) {
    for (int i = 0; i < state->catalog.count; i++) {
        const th_lesson *lesson = &state->catalog.lessons[i];
        if (strcmp(lesson->path, path) != 0 || lesson->id[0] == '\0') continue;
        th_progress_note(&state->progress, lesson->id, step, length);
    }
    th_progress_save(&state->progress);
    char *keep = strdup(path);
    refresh(state, keep);
    free(keep);
}

void th_home_note_solved(th_home_state *state, const char *id, uint32_t steps, uint32_t switches) {
    th_progress_note_solved(&state->progress, id, steps, switches);
    th_progress_save(&state->progress);
}

const th_home *th_home_view(th_home_state *state) {
    state->changed = false;
    return &state->home;
}

#include "gui/app/explorer.h"

#include "sim/base/assert.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { MORE = 8, FIX_MAX = TH_EXPLORE_FIX_MAX };

// What is known with one fix. Only th_explorer_* functions, on the window's thread, touch it.
typedef struct entry {
    char *fix;  // NULL: the scenario's first
    th_survey *survey;
    uint64_t state_limit;
    bool asked;
} entry;

// What both threads touch, under `mutex`.
typedef struct shared {
    bool running;  // a search is under way
    bool stop;
    bool news;
    th_explore_progress progress;
    th_survey *result;  // of the search that has ended
} shared;

struct th_explorer {
    th_scenario_desc scenario;
    char *path, *source;
    entry entries[FIX_MAX];
    int entry_count;
    uint32_t survey_count;  // made so far
    int working;            // entry whose search is under way; -1: none
    pthread_t thread;
    pthread_mutex_t mutex;
    th_survey_desc job;
    shared shared;
};

static char *copy_text(const char *text) {
    if (text == NULL) return NULL;
    char *copy = strdup(text);
    TH_ASSERT(copy != NULL);
    return copy;
}

th_explorer *th_explorer_new(const th_scenario_desc *scenario) {
    th_explorer *explorer = calloc(1, sizeof(*explorer));
    TH_ASSERT(explorer != NULL);
    explorer->scenario = *scenario;
    explorer->path = copy_text(scenario->path);
    explorer->source = malloc(scenario->source_length + 1);
    TH_ASSERT(explorer->source != NULL);
    memcpy(explorer->source, scenario->source, scenario->source_length);
    explorer->scenario.path = explorer->path;
    explorer->scenario.source = explorer->source;
    explorer->working = -1;
    pthread_mutex_init(&explorer->mutex, NULL);
    return explorer;
}

// --- the other thread ---

static bool go_on(void *context, const th_explore_progress *progress) {
    th_explorer *explorer = context;
    pthread_mutex_lock(&explorer->mutex);
    explorer->shared.progress = *progress;
    explorer->shared.news = true;
    const bool stop = explorer->shared.stop;
    pthread_mutex_unlock(&explorer->mutex);
    return !stop;
}

static void *work(void *context) {
    th_explorer *explorer = context;
    th_survey *survey = th_survey_run(&explorer->job);
    pthread_mutex_lock(&explorer->mutex);
    explorer->shared.result = survey;
    explorer->shared.running = false;
    explorer->shared.news = true;
    pthread_mutex_unlock(&explorer->mutex);
    return NULL;
}

// --- the window's ---

static entry *find(const th_explorer *explorer, const char *fix) {
    for (int i = 0; i < explorer->entry_count; i++) {
        const entry *of = &explorer->entries[i];
        const bool same =
            fix == NULL || of->fix == NULL ? fix == of->fix : strcmp(fix, of->fix) == 0;
        if (same) return (entry *)(uintptr_t)of;
    }
    return NULL;
}

static void start_next(th_explorer *explorer) {
    if (explorer->working >= 0) return;
    for (int i = 0; i < explorer->entry_count && explorer->working < 0; i++) {
        if (explorer->entries[i].asked) explorer->working = i;
    }
    if (explorer->working < 0) return;
    const entry *of = &explorer->entries[explorer->working];
    explorer->job = (th_survey_desc){.scenario = explorer->scenario,
                                     .state_limit = of->state_limit,
                                     .go_on = go_on,
                                     .context = explorer};
    explorer->job.scenario.fix = of->fix;
    explorer->shared = (shared){.running = true};
    const int failed = pthread_create(&explorer->thread, NULL, work, explorer);
    TH_ASSERT(failed == 0);
}

// Takes the survey of a thread that has ended.
static void finish(th_explorer *explorer) {
    pthread_join(explorer->thread, NULL);
    entry *of = &explorer->entries[explorer->working];
    th_survey_free(of->survey);
    of->survey = explorer->shared.result;
    of->survey->serial = ++explorer->survey_count;
    of->asked = false;
    explorer->shared.result = NULL;
    explorer->working = -1;
}

void th_explorer_ask(th_explorer *explorer, const char *fix) {
    entry *of = find(explorer, fix);
    if (of != NULL && (of->asked || of->survey != NULL)) return;
    if (of == NULL) {
        if (explorer->entry_count == FIX_MAX) return;
        of = &explorer->entries[explorer->entry_count++];
        of->fix = copy_text(fix);
        of->state_limit = TH_SURVEY_STATES;
    }
    of->asked = true;
    start_next(explorer);
}

void th_explorer_ask_more(th_explorer *explorer, const char *fix) {
    entry *of = find(explorer, fix);
    if (of == NULL || of->asked || of->survey == NULL || of->survey->chart != NULL) return;
    of->state_limit *= MORE;
    if (of->state_limit > TH_EXPLORE_STATE_MAX) of->state_limit = TH_EXPLORE_STATE_MAX;
    of->asked = true;
    start_next(explorer);
}

void th_explorer_stop(th_explorer *explorer) {
    pthread_mutex_lock(&explorer->mutex);
    explorer->shared.stop = true;
    pthread_mutex_unlock(&explorer->mutex);
}

bool th_explorer_poll(th_explorer *explorer) {
    if (explorer->working < 0) return false;
    pthread_mutex_lock(&explorer->mutex);
    const bool ended = !explorer->shared.running;
    const bool news = explorer->shared.news;
    explorer->shared.news = false;
    pthread_mutex_unlock(&explorer->mutex);
    if (ended) {
        finish(explorer);
        start_next(explorer);
    }
    return news || ended;
}

const th_survey *th_explorer_survey(const th_explorer *explorer, const char *fix) {
    const entry *of = find(explorer, fix);
    return of == NULL ? NULL : of->survey;
}

bool th_explorer_is_asked(const th_explorer *explorer, const char *fix) {
    const entry *of = find(explorer, fix);
    return of != NULL && of->asked;
}

bool th_explorer_is_busy(th_explorer *explorer, th_explore_progress *progress) {
    if (explorer->working < 0) return false;
    pthread_mutex_lock(&explorer->mutex);
    *progress = explorer->shared.progress;
    pthread_mutex_unlock(&explorer->mutex);
    return true;
}

uint64_t th_explorer_state_limit(const th_explorer *explorer, const char *fix) {
    const entry *of = find(explorer, fix);
    return of == NULL ? TH_SURVEY_STATES : of->state_limit;
}

void th_explorer_wait(th_explorer *explorer) {
    while (explorer->working >= 0) {
        finish(explorer);
        start_next(explorer);
    }
}

void th_explorer_free(th_explorer *explorer) {
    if (explorer == NULL) return;
    for (int i = 0; i < explorer->entry_count; i++) explorer->entries[i].asked = false;
    th_explorer_stop(explorer);
    th_explorer_wait(explorer);
    for (int i = 0; i < explorer->entry_count; i++) {
        th_survey_free(explorer->entries[i].survey);
        free(explorer->entries[i].fix);
    }
    pthread_mutex_destroy(&explorer->mutex);
    free(explorer->path);
    free(explorer->source);
    free(explorer);
}

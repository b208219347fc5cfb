#include "gui/cli/session.h"

#include "gui/files/lessons.h"
#include "gui/files/libraries.h"
#include "gui/files/read.h"
#include "sim/base/limits.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool th_run_options_read(const th_args *args, th_run_options *options) {
    *options = (th_run_options){
        .schedule = args->value[TH_OPTION_SCHEDULE],
        .fix = args->value[TH_OPTION_FIX],
        .has_seed = th_args_has(args, TH_OPTION_SEED),
    };
    return th_args_u64(args, TH_OPTION_SEED, &options->seed);
}

__attribute__((format(printf, 2, 3))) static bool fail(th_session *session, const char *format,
                                                       ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(session->error, sizeof session->error, format, arguments);
    va_end(arguments);
    return false;
}

// FILE is a saved run: what it says holds where no option says otherwise.
static bool read_saved(th_session *session) {
    th_saved *saved = &session->saved;
    if (!th_saved_read(session->path, saved, session->error, sizeof session->error)) return false;
    memcpy(session->saved_path, session->path, sizeof session->path);
    snprintf(session->path, sizeof session->path, "%s", saved->scenario);
    th_run_options *options = &session->options;
    if (options->schedule == NULL) options->schedule = saved->schedule;
    if (options->fix == NULL) options->fix = saved->fix;
    if (!options->has_seed && saved->has_seed) {
        options->seed = saved->seed;
        options->has_seed = true;
    }
    return true;
}

bool th_session_read(th_session *session, const char *name, const th_run_options *options) {
    *session = (th_session){.options = *options};
    if (!th_lesson_path(name, session->path, sizeof session->path)) {
        return fail(session, "%.80s...: the path is too long", name);
    }
    if (th_saved_is(session->path) && !read_saved(session)) return false;
    return th_file_read(session->path, TH_SCRIPT_SOURCE_BYTES, &session->source,
                        &session->source_length, session->error, sizeof session->error);
}

bool th_session_is_other_run(const th_session *session) {
    return session->options.schedule != NULL || session->options.has_seed;
}

th_scenario_desc th_session_desc(const th_session *session) {
    return (th_scenario_desc){
        .path = session->path,
        .source = session->source,
        .source_length = session->source_length,
        .seed = session->options.seed,
        .has_seed = session->options.has_seed,
        .fix = session->options.fix,
        .libraries = th_libraries_beside(session->path),
    };
}

// `why` begins with "schedule, ".
static bool fail_schedule(th_session *session, const char *why) {
    const char *given = session->options.schedule;
    if (given != NULL && given == session->saved.schedule) {
        return fail(session, "%s:%d: %s", session->saved_path, session->saved.schedule_line, why);
    }
    if (given != NULL) return fail(session, "--%s", why);
    const unsigned line = th_scenario_schedule_line(session->scenario);
    return fail(session, "%s:%u: %s", session->path, line, why);
}

// The schedule of --schedule, else the scenario's own.
static bool load_schedule(th_session *session) {
    const char *text = session->options.schedule;
    if (text == NULL) text = th_scenario_schedule(session->scenario);
    if (text == NULL) return true;
    char why[256];
    session->schedule = th_schedule_parse(text, why, sizeof why);
    if (session->schedule != NULL) return true;
    return fail_schedule(session, why);
}

bool th_session_load(th_session *session, const char *name, const th_run_options *options) {
    if (!th_session_read(session, name, options)) return false;
    const th_scenario_desc desc = th_session_desc(session);
    session->scenario = th_scenario_load(&desc, session->error, sizeof session->error);
    return session->scenario != NULL && load_schedule(session);
}

bool th_session_play(th_session *session) {
    th_scenario *scenario = session->scenario;
    session->timeline =
        th_timeline_new(th_scenario_start(scenario), th_scenario_resolver(scenario));
    th_chooser chooser = {
        .schedule = session->schedule,
        .seed = th_scenario_env(scenario)->seed,
    };
    char why[256] = "";
    if (!th_timeline_play(session->timeline, 0, &chooser, UINT64_MAX, why, sizeof why)) {
        const char *refused = th_scenario_error(scenario);
        return *why == '\0' ? fail(session, "%s", refused) : fail_schedule(session, why);
    }
    return th_scenario_finish(scenario, th_timeline_end(session->timeline, 0), &session->label,
                              session->error, sizeof session->error);
}

void th_session_close(th_session *session) {
    th_timeline_free(session->timeline);
    if (session->schedule != NULL) th_schedule_free(session->schedule);
    if (session->scenario != NULL) th_scenario_free(session->scenario);
    free(session->source);
    th_saved_free(&session->saved);
    *session = (th_session){0};
}

char *th_session_schedule_text(const th_session *session) {
    const uint64_t length = th_timeline_length(session->timeline, 0);
    th_choice *choices = malloc((size_t)(length + 1) * sizeof(*choices));
    if (choices == NULL) return NULL;
    for (uint64_t step = 1; step <= length; step++) {
        choices[step - 1] = th_timeline_choice(session->timeline, 0, step);
    }
    const th_world *end = th_timeline_end(session->timeline, 0);
    const size_t needed = th_schedule_format(end, choices, (size_t)length, NULL, 0);
    char *text = malloc(needed + 1);
    if (text != NULL) th_schedule_format(end, choices, (size_t)length, text, needed + 1);
    free(choices);
    return text;
}

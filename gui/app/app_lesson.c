// The lesson that is open: loading it, loading it again when its file was saved, leaving it.
#include "gui/app/app_parts.h"

#include "gui/app/console.h"
#include "gui/app/exploring.h"
#include "gui/app/model_renew.h"
#include "gui/files/libraries.h"
#include "sim/base/limits.h"

#include <SDL_stdinc.h>
#include <stdlib.h>
#include <sys/stat.h>

static struct timespec written_at(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0 ? facts.st_mtim : (struct timespec){0};
}

// A file that is loaded again keeps the fix that was chosen.
static const char *fix_of(const th_app *of, bool asked) {
    if (of->in_lesson) return th_scenario_fix_chosen(of->model.scenario);
    if (of->is_saved_run) return of->run.fix;
    return asked ? of->desc->fix : NULL;
}

static bool load(th_app *of, const char *path, th_model *model, char **source, char *error,
                 size_t error_size) {
    size_t length = 0;
    if (!th_file_read(path, TH_SCRIPT_SOURCE_BYTES, source, &length, error, error_size))
        return false;
    const bool asked = of->desc->path != NULL && SDL_strcmp(path, of->desc->path) == 0;
    const th_saved *run = of->is_saved_run ? &of->run : NULL;
    const th_model_desc desc = {
        .scenario = {.path = of->path,
                     .source = *source,
                     .source_length = length,
                     .seed = run != NULL ? run->seed
                             : asked     ? of->desc->seed
                                         : 0,
                     .has_seed = run != NULL ? run->has_seed : asked && of->desc->has_seed,
                     .fix = fix_of(of, asked),
                     .libraries = th_libraries_beside(of->path)},
        .schedule = run != NULL ? run->schedule
                    : asked     ? of->desc->schedule
                                : NULL,
        .speed = of->desc->speed,
        .theme = of->home.theme,
        .lang = of->home.lang,
        .reduced_motion = of->reduced_motion,
        .live = true,
    };
    if (th_model_open(model, &desc, error, error_size)) return true;
    free(*source);
    *source = NULL;
    return false;
}

// What was kept of a challenge from before.
static void remember_best(th_app *of, th_model *model) {
    const th_progress_entry *entry =
        th_progress_of(&of->home.progress, th_scenario_id(model->scenario));
    if (entry == NULL || entry->best_steps == 0) return;
    th_exploring_set_best(model, entry->best_steps, entry->best_switches);
}

// Which file it is: of a saved run the scenario, with its choices.
static bool choose_run(th_app *of, const char *path, char *error, size_t error_size) {
    th_saved_free(&of->run);
    of->is_saved_run = th_saved_is(path);
    if (of->is_saved_run && !th_saved_read(path, &of->run, error, error_size)) return false;
    SDL_strlcpy(of->path, of->is_saved_run ? of->run.scenario : path, sizeof(of->path));
    return true;
}

bool th_app_open_lesson(th_app *of, const char *path, char *error, size_t error_size) {
    if (!choose_run(of, path, error, error_size)) return false;
    if (!load(of, of->path, &of->model, &of->source, error, error_size)) return false;
    remember_best(of, &of->model);
    of->saved = written_at(of->path);
    of->in_lesson = true;
    of->announcer = (th_announcer){0};
    of->model.fullscreen = of->window.fullscreen;
    return true;
}

// What is kept of a challenge is whether and how well it was solved, not where its run stands.
void th_app_note_progress(th_app *of) {
    uint32_t steps, switches;
    const th_scenario *scenario = of->model.scenario;
    const bool challenge = th_scenario_challenge(scenario) != NULL;
    if (challenge && th_exploring_solved(&of->model, &steps, &switches)) {
        th_home_note_solved(&of->home, th_scenario_id(scenario), steps, switches);
    }
    th_home_note(&of->home, of->path, challenge ? 0 : of->model.step,
                 challenge ? 0 : th_model_length(&of->model));
}

void th_app_close_lesson(th_app *of) {
    th_app_note_progress(of);
    th_speaker_window_close(&of->speaker);
    of->home.theme = of->model.theme;
    of->home.lang = of->model.lang;
    of->reduced_motion = of->model.reduced_motion;
    th_model_close(&of->model);
    of->model = (th_model){0};
    free(of->source);
    of->source = NULL;
    of->in_lesson = of->scrubbing = false;
}

// To that step, or to the last one where the run is shorter.
static void go_to(th_model *model, uint64_t step) {
    th_model_extend(model, step);
    th_model_command(model, TH_ACTION_SEEK, step);
}

// The file was saved: it is loaded again, at the same step where there still is one. A file that
// does not load leaves the old one open and says what is wrong.
void th_app_reload(th_app *of) {
    const struct timespec now = written_at(of->path);
    // Some programs write a file by putting another in its place: for a moment there is none.
    if (now.tv_sec == 0) return;
    if (now.tv_sec == of->saved.tv_sec && now.tv_nsec == of->saved.tv_nsec) return;
    of->saved = now;
    th_model fresh = {0};
    char *source = NULL;
    char error[TH_MODEL_ERROR_MAX];
    if (!load(of, of->path, &fresh, &source, error, sizeof(error))) {
        SDL_strlcpy(of->model.message, error, sizeof(of->model.message));
        of->model.changed = true;
        return;
    }
    fresh.desc.scenario.fix = th_scenario_fix_chosen(fresh.scenario);  // the old name goes
    th_model_keep_settings(&fresh, &of->model);
    th_console_carry_over(&fresh, &of->model);
    remember_best(of, &fresh);
    if (!th_model_keep_branches(&fresh, &of->model)) go_to(&fresh, of->model.step);
    th_model_close(&of->model);
    free(of->source);
    of->model = fresh;
    of->source = source;
    of->model.changed = true;
}

void th_app_open_from_home(th_app *of, const char *path, uint64_t step) {
    char error[TH_APP_ERROR_MAX];
    if (th_app_open_lesson(of, path, error, sizeof(error))) {
        go_to(&of->model, step);
        return;
    }
    SDL_strlcpy(of->home.home.message, error, sizeof(of->home.home.message));
    of->home.changed = true;
}

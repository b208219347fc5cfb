#include "gui/app/branch_export.h"

#include "gui/app/branch_save.h"
#include "gui/app/frames.h"
#include "sim/base/assert.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Small enough to be made while one talks, large enough for a handout.
enum { WIDTH = 1280, HEIGHT = 720 };

struct th_branch_export {
    th_frames_desc frames;
    char *path, *source, *out;
    th_frame_source real;  // the frames; what is exported counts them
    pthread_t thread;
    volatile sig_atomic_t cancel;
    pthread_mutex_t mutex;
    // Under the mutex:
    int frame_count, done_count;
    bool over;
    char error[512];
};

static char *copy_line(const char *text) {
    char *copy = strdup(text);
    TH_ASSERT(copy != NULL);
    return copy;
}

static bool render(void *context, int index, uint32_t *pixels, th_frame_change *change) {
    th_branch_export *export = context;
    pthread_mutex_lock(&export->mutex);
    export->done_count = index;
    pthread_mutex_unlock(&export->mutex);
    return export->real.render(export->real.context, index, pixels, change);
}

static bool make(th_branch_export *export, char *error, size_t error_size) {
    if (!th_frames_open(&export->frames, &export->real, error, error_size)) return false;
    pthread_mutex_lock(&export->mutex);
    export->frame_count = export->real.frame_count;
    pthread_mutex_unlock(&export->mutex);
    // No clone: one job, so that the window keeps a processor.
    const th_frame_source counted = {.context = export,
                                     .width = export->real.width,
                                     .height = export->real.height,
                                     .frame_count = export->real.frame_count,
                                     .render = render};
    const th_export_desc desc = {.out = export->out,
                                 .fps = export->frames.fps,
                                 .jobs = 1,
                                 .progress = TH_EXPORT_PROGRESS_QUIET,
                                 .cancel = &export->cancel};
    th_export_error why;
    const bool good = th_export_run(&desc, &counted, &why);
    if (!good) snprintf(error, error_size, "%s", why.message);
    th_frames_close(&export->real);
    return good;
}

static void *work(void *context) {
    th_branch_export *export = context;
    char error[sizeof(export->error)] = "";
    make(export, error, sizeof(error));
    pthread_mutex_lock(&export->mutex);
    memcpy(export->error, error, sizeof(error));
    export->over = true;
    pthread_mutex_unlock(&export->mutex);
    return NULL;
}

th_branch_export *th_branch_export_start(th_model *model, th_branch_id branch, uint64_t first_step,
                                         uint64_t last_step, int fps, const char *out) {
    th_branch_export *export = calloc(1, sizeof(*export));
    TH_ASSERT(export != NULL);
    export->frames = (th_frames_desc){
        .scenario = model->desc.scenario,
        .width = WIDTH,
        .height = HEIGHT,
        .fps = fps,
        .speed = model->speed,
        .theme = model->theme,
        .lang = model->lang,
        .has_steps = true,
        .first_step = first_step,
        .last_step = last_step,
    };
    th_scenario_desc *scenario = &export->frames.scenario;
    scenario->path = export->path = copy_line(scenario->path);
    scenario->source = export->source = th_branch_text(
        model, branch, th_timeline_length(model->timeline, branch), &scenario->source_length);
    scenario->fix = NULL;  // the text has its own
    scenario->has_seed = false;
    export->out = copy_line(out);
    pthread_mutex_init(&export->mutex, NULL);
    const int failed = pthread_create(&export->thread, NULL, work, export);
    TH_ASSERT(failed == 0);
    return export;
}

bool th_branch_export_goes_on(th_branch_export *export, uint32_t *millionths, char *error,
                              size_t error_size) {
    pthread_mutex_lock(&export->mutex);
    const bool over = export->over;
    const int count = export->frame_count;
    *millionths = count > 0 ? (uint32_t)((int64_t) export->done_count * 1000000 / count) : 0;
    snprintf(error, error_size, "%s", export->error);
    pthread_mutex_unlock(&export->mutex);
    return !over;
}

void th_branch_export_free(th_branch_export *export) {
    if (export == NULL) return;
    export->cancel = 1;
    pthread_join(export->thread, NULL);
    pthread_mutex_destroy(&export->mutex);
    free(export->path);
    free(export->source);
    free(export->out);
    free(export);
}

#include "gui/app/branch_export.h"

#include "sim/base/assert.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct th_branch_export {
    th_frames_desc frames;
    char *path, *source, *fix, *schedule, *out;
    th_frame_source real;  // the frames; what is exported counts them
    pthread_t thread;
    volatile sig_atomic_t cancel;
    pthread_mutex_t mutex;
    // Under the mutex:
    int frame_count, done_count;
    bool over;
    char error[512];
};

static char *copy_text(const char *text, size_t length) {
    char *copy = malloc(length + 1);
    TH_ASSERT(copy != NULL);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

static char *copy_line(const char *text) {
    return text == NULL ? NULL : copy_text(text, strlen(text));
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

th_branch_export *th_branch_export_start(const th_frames_desc *frames, const char *out) {
    th_branch_export *export = calloc(1, sizeof(*export));
    TH_ASSERT(export != NULL);
    export->frames = *frames;
    const th_scenario_desc *scenario = &frames->scenario;
    export->frames.scenario.path = export->path = copy_line(scenario->path);
    export->frames.scenario.source = export->source =
        copy_text(scenario->source, scenario->source_length);
    export->frames.scenario.fix = export->fix = copy_line(scenario->fix);
    export->frames.schedule = export->schedule = copy_line(frames->schedule);
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
    free(export->fix);
    free(export->schedule);
    free(export->out);
    free(export);
}

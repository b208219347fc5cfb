#define _POSIX_C_SOURCE 200809L

#include "gui/export/export.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gui/export/error.h"
#include "gui/export/progress.h"
#include "gui/export/renderer.h"
#include "gui/export/workers.h"
#include "gui/export/writers.h"

static volatile sig_atomic_t caught;

static void note_signal(int number) { caught = number; }

const volatile sig_atomic_t *th_export_catch_signals(void) {
    struct sigaction action = {.sa_handler = note_signal};
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART; /* the flag is looked at before each frame */
    const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        sigaction(signals[i], &action, NULL);
    }
    return &caught;
}

static bool check_range(const char *what, int value, int min, int max, th_export_error *error) {
    return (value >= min && value <= max) ||
           th_export_fail(error, TH_EXPORT_BAD_VALUE, "%s is %d, but must be %d to %d", what, value,
                          min, max);
}

static bool check(const th_export_desc *desc, const th_frame_source *source,
                  th_export_error *error) {
    if (source->frame_count < 1) {
        return th_export_fail(error, TH_EXPORT_BAD_VALUE, "there are no frames to export");
    }
    return check_range("the width", source->width, 1, TH_FRAME_SIDE_MAX, error) &&
           check_range("the height", source->height, 1, TH_FRAME_SIDE_MAX, error) &&
           check_range("fps", desc->fps, 0, TH_EXPORT_FPS_MAX, error) &&
           check_range("the number of jobs", desc->jobs, 0, TH_EXPORT_JOBS_MAX, error);
}

/* The format from the name, and from the description where it says more. */
static bool settle_format(const th_export_desc *desc, th_export_format *format,
                          th_export_error *error) {
    if (!th_export_format_of(desc->out, format, error)) {
        return false;
    }
    if (desc->format != TH_EXPORT_AUTO && desc->format != *format) {
        return th_export_fail(error, TH_EXPORT_BAD_NAME,
                              "%s: the name asks for another format than the one chosen",
                              desc->out);
    }
    return true;
}

static int job_count(const th_export_desc *desc, const th_frame_source *source) {
    long count = desc->jobs != 0 ? desc->jobs : sysconf(_SC_NPROCESSORS_ONLN);
    if (count > source->frame_count) {
        count = source->frame_count;
    }
    if (count > TH_EXPORT_JOBS_MAX) {
        count = TH_EXPORT_JOBS_MAX;
    }
    return source->clone == NULL || count < 1 ? 1 : (int)count;
}

static th_progress_style progress_style(const th_export_desc *desc) {
    switch (desc->progress) {
    case TH_EXPORT_PROGRESS_LINES: return TH_PROGRESS_LINES;
    case TH_EXPORT_PROGRESS_QUIET: return TH_PROGRESS_NONE;
    case TH_EXPORT_PROGRESS_AUTO: break;
    }
    return th_progress_style_of(stderr);
}

static bool run_writer(th_export_job *job, th_export_format format, th_export_error *error) {
    switch (format) {
    case TH_EXPORT_PNG: return th_export_png(job, error);
    case TH_EXPORT_GIF: return th_export_gif(job, error);
    default: return th_export_video(job, format, error);
    }
}

static bool run_job(th_export_job *job, th_export_format format, th_export_error *error) {
    for (int i = 0; i < job->jobs; i++) {
        if (!th_renderer_open(&job->renderers[i], job->source, i > 0, error)) {
            return false;
        }
    }
    return run_writer(job, format, error);
}

bool th_export_run(const th_export_desc *desc, const th_frame_source *source,
                   th_export_error *error) {
    th_export_format format;
    error->code = TH_EXPORT_OK;
    error->message[0] = '\0';
    if (!check(desc, source, error) || !settle_format(desc, &format, error)) {
        return false;
    }
    if (format == TH_EXPORT_SVG) return th_export_svg(desc->out, source, error);
    th_progress progress;
    th_export_job job = {
        .desc = desc,
        .source = source,
        .frame_count = source->frame_count,
        .fps = desc->fps != 0 ? desc->fps : TH_EXPORT_FPS_DEFAULT,
        .jobs = job_count(desc, source),
        .progress = &progress,
    };
    job.renderers = calloc((size_t)job.jobs, sizeof *job.renderers);
    if (job.renderers == NULL) {
        return th_export_fail_memory(error);
    }
    th_progress_begin(&progress, stderr, progress_style(desc), desc->out, job.frame_count);
    const bool done = run_job(&job, format, error);
    th_progress_end(&progress);
    for (int i = 0; i < job.jobs; i++) {
        th_renderer_close(&job.renderers[i]);
    }
    free(job.renderers);
    return done;
}

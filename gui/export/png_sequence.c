/* Writes a PNG of each frame into a folder. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gui/export/error.h"
#include "gui/export/out_file.h"
#include "gui/export/out_name.h"
#include "gui/export/png_frame.h"
#include "gui/export/writers.h"

/* A worker keeps to a stretch of the clip, where frames are alike and bands can be kept. */
enum { BATCH_LENGTH = 64 };

typedef struct png_sequence {
    th_out_pattern pattern;
    int width, height;
} png_sequence;

typedef struct png_worker {
    th_png_frame *png;
    struct iovec *parts; /* alters while it is written, so it is filled for each frame */
} png_worker;

static void close_worker(void *context, void *state) {
    (void)context;
    png_worker *worker = state;
    th_png_frame_close(worker->png);
    free(worker->parts);
    free(worker);
}

static bool open_worker(void *context, void **state, th_export_error *error) {
    const png_sequence *sequence = context;
    png_worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL) {
        return th_export_fail_memory(error);
    }
    *state = worker;
    worker->png = th_png_frame_open(sequence->width, sequence->height);
    if (worker->png == NULL) {
        return th_export_fail_memory(error);
    }
    worker->parts = calloc((size_t)th_png_frame_part_count(worker->png), sizeof *worker->parts);
    return worker->parts != NULL || th_export_fail_memory(error);
}

static bool write_frame(void *context, void *state, const th_export_frame *frame,
                        th_export_error *error) {
    const png_sequence *sequence = context;
    png_worker *worker = state;
    if (!th_png_frame_update(worker->png, frame->pixels, frame->change)) {
        return th_export_fail_memory(error);
    }
    char path[TH_OUT_PATH_MAX];
    th_out_pattern_path(&sequence->pattern, frame->index, path);
    int descriptor;
    if (!th_out_create(path, &descriptor, error)) {
        return false;
    }
    th_png_frame_parts(worker->png, worker->parts);
    const int failure =
        th_out_write(descriptor, worker->parts, th_png_frame_part_count(worker->png));
    if (failure != 0) {
        close(descriptor);
        return th_export_fail_io(error, "write", path, failure);
    }
    return th_out_close(path, descriptor, error);
}

static bool commit_all(const png_sequence *sequence, int frame_count, th_export_error *error) {
    for (int i = 0; i < frame_count; i++) {
        char path[TH_OUT_PATH_MAX];
        th_out_pattern_path(&sequence->pattern, i, path);
        if (!th_out_commit(path, error)) {
            while (i-- > 0) {
                th_out_pattern_path(&sequence->pattern, i, path);
                unlink(path);
            }
            return false;
        }
    }
    return true;
}

static void discard_all(const png_sequence *sequence, int frame_count) {
    for (int i = 0; i < frame_count; i++) {
        char path[TH_OUT_PATH_MAX];
        th_out_pattern_path(&sequence->pattern, i, path);
        th_out_discard(path);
    }
}

static bool make_folder(const char *folder, bool *made, th_export_error *error) {
    *made = mkdir(folder, 0777) == 0;
    return *made || errno == EEXIST || th_export_fail_io(error, "make folder", folder, errno);
}

bool th_export_png(th_export_job *job, th_export_error *error) {
    png_sequence sequence = {.width = job->source->width, .height = job->source->height};
    bool made;
    if (!th_out_pattern_parse(job->desc->out, job->frame_count, &sequence.pattern, error) ||
        !make_folder(sequence.pattern.folder, &made, error)) {
        return false;
    }
    const th_export_sink sink = {
        .context = &sequence,
        .batch_length = BATCH_LENGTH,
        .open = open_worker,
        .close = close_worker,
        .encode = write_frame,
    };
    if (th_workers_run(job, &sink, error) && commit_all(&sequence, job->frame_count, error)) {
        return true;
    }
    discard_all(&sequence, job->frame_count);
    if (made) {
        rmdir(sequence.pattern.folder);
    }
    return false;
}

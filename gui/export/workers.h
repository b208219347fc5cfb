/* The threads of an export: each renders batches of frames with a clone of the source and hands
 * them to a sink, which encodes them at once and emits what it made in the frames' order.
 *
 * A sink's bytes must depend on the frames alone. Whether the worker rendered some other frame
 * before the batch must not show; a sink that encodes differences sets `with_previous`.
 */
#ifndef TH_GUI_EXPORT_WORKERS_H
#define TH_GUI_EXPORT_WORKERS_H

#include <stdbool.h>
#include <stdint.h>

#include "gui/export/export.h"
#include "gui/export/progress.h"
#include "gui/export/renderer.h"

/* An export with all defaults filled in. Frames are numbered as they are written; a writer that
 * cannot show them all (a GIF above 50 fps) lowers both numbers of frames. */
typedef struct th_export_job {
    const th_export_desc *desc;
    const th_frame_source *source;
    int frame_count;
    int fps;
    th_renderer *renderers; /* one for each job; they last for all passes over the frames */
    int jobs;
    th_progress *progress;
    int done_count; /* frames already reported to progress by earlier passes */
} th_export_job;

typedef struct th_export_frame {
    int index;
    int width, height;
    const uint32_t *pixels;
    const th_frame_change *change; /* since the frame that this worker's state took in before */
    bool is_reference; /* only to have been seen: the one before the batch; not to be written */
} th_export_frame;

/* What is done with the frames. All functions return false with the error filled in on failure. */
typedef struct th_export_sink {
    void *context;
    int batch_length;   /* frames in a row that one worker takes, at most */
    bool with_previous; /* each batch but the first is preceded by a reference frame */

    /* The state of one worker; all are made, and later closed, on the calling thread. */
    bool (*open)(void *context, void **worker, th_export_error *error);
    void (*close)(void *context, void *worker);

    /* Takes in one frame; several workers at the same time. */
    bool (*encode)(void *context, void *worker, const th_export_frame *frame,
                   th_export_error *error);

    /* Writes what the batch's frames became: one worker at a time, in the order of the frames.
     * NULL if encode writes on its own. */
    bool (*emit)(void *context, void *worker, th_export_error *error);
} th_export_sink;

/* Runs the whole job through a sink. Signals that a write may raise stay blocked in the threads,
 * so encode and emit see EPIPE and EFBIG as plain errors. */
bool th_workers_run(th_export_job *job, const th_export_sink *sink, th_export_error *error);

#endif

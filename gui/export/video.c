/* Writes video: yuv420p frames into ffmpeg for mp4 and webm, or as YUV4MPEG2 to standard output.
 * The workers convert, each what changed in its own frames; the frames then go out in order. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gui/export/error.h"
#include "gui/export/ffmpeg.h"
#include "gui/export/out_file.h"
#include "gui/export/out_name.h"
#include "gui/export/writers.h"
#include "gui/export/yuv.h"

typedef struct video_pass {
    int width, height;
    int fps;
    bool is_y4m;
    int descriptor; /* frames are written here */
    int failure;    /* the errno of a write that failed, else 0 */
} video_pass;

typedef struct video_worker {
    th_yuv yuv;
    bool is_first; /* the clip's first frame is the one to be emitted */
} video_worker;

static void close_worker(void *context, void *state) {
    (void)context;
    video_worker *worker = state;
    th_yuv_close(&worker->yuv);
    free(worker);
}

static bool open_worker(void *context, void **state, th_export_error *error) {
    const video_pass *pass = context;
    video_worker *worker = calloc(1, sizeof *worker);
    *state = worker;
    return (worker != NULL && th_yuv_open(&worker->yuv, pass->width, pass->height)) ||
           th_export_fail_memory(error);
}

static bool convert_frame(void *context, void *state, const th_export_frame *frame,
                          th_export_error *error) {
    (void)context;
    (void)error;
    video_worker *worker = state;
    th_yuv_update(&worker->yuv, frame->pixels, frame->change);
    worker->is_first = frame->index == 0;
    return true;
}

static bool write_frame(void *context, void *state, th_export_error *error) {
    video_pass *pass = context;
    video_worker *worker = state;
    char header[128] = "";
    if (pass->is_y4m && worker->is_first) {
        snprintf(header, sizeof header,
                 "YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg XYSCSS=420JPEG XCOLORRANGE=LIMITED\n",
                 worker->yuv.width, worker->yuv.height, pass->fps);
    }
    static char mark[] = "FRAME\n";
    struct iovec parts[] = {
        {header, strlen(header)},
        {mark, pass->is_y4m ? sizeof mark - 1 : 0},
        {worker->yuv.planes, worker->yuv.size},
    };
    pass->failure = th_out_write(pass->descriptor, parts, 3);
    return pass->failure == 0 ||
           th_export_fail_io(error, "write", pass->is_y4m ? "standard output" : "to ffmpeg",
                             pass->failure);
}

static bool write_frames(th_export_job *job, video_pass *pass, th_export_error *error) {
    const th_export_sink sink = {
        .context = pass,
        .batch_length = 1, /* neighbours are encoded at once, and wait for each other least */
        .open = open_worker,
        .close = close_worker,
        .encode = convert_frame,
        .emit = write_frame,
    };
    return th_workers_run(job, &sink, error);
}

/* ffmpeg closes the pipe when it fails, and then its own message says why. */
static bool run_ffmpeg(th_export_job *job, video_pass *pass, const th_ffmpeg_desc *desc,
                       th_export_error *error) {
    th_ffmpeg ffmpeg;
    if (!th_ffmpeg_start(&ffmpeg, desc, error)) {
        return false;
    }
    pass->descriptor = ffmpeg.input;
    if (write_frames(job, pass, error)) {
        return th_ffmpeg_finish(&ffmpeg, job->desc->cancel, error);
    }
    if (pass->failure == EPIPE) {
        th_ffmpeg_finish(&ffmpeg, job->desc->cancel, error);
    } else {
        th_ffmpeg_kill(&ffmpeg);
    }
    return false;
}

/* The file is made here first: "Permission denied" is then told before any work, and of the name
 * that was asked for. */
static bool write_file(th_export_job *job, th_export_format format, video_pass *pass,
                       th_export_error *error) {
    const char *path = job->desc->out;
    char temporary[TH_OUT_PATH_MAX];
    int descriptor;
    if (!th_ffmpeg_find(error) || !th_out_temporary(path, temporary, error) ||
        !th_out_create(path, &descriptor, error)) {
        return false;
    }
    const th_ffmpeg_desc desc = {
        .format = format,
        .width = pass->width + (pass->width & 1),
        .height = pass->height + (pass->height & 1),
        .fps = job->fps,
        .path = temporary,
    };
    if (th_out_close(path, descriptor, error) && run_ffmpeg(job, pass, &desc, error) &&
        th_out_commit(path, error)) {
        return true;
    }
    th_out_discard(path);
    return false;
}

bool th_export_video(th_export_job *job, th_export_format format, th_export_error *error) {
    video_pass pass = {
        .width = job->source->width,
        .height = job->source->height,
        .fps = job->fps,
        .is_y4m = format == TH_EXPORT_Y4M,
        .descriptor = STDOUT_FILENO,
    };
    return pass.is_y4m ? write_frames(job, &pass, error) : write_file(job, format, &pass, error);
}

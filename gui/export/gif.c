/* Writes an animated GIF, in two passes over the frames: one counts the colours, one encodes. Each
 * worker takes stretches of the clip and renders the frame before a stretch as well, so that what
 * is counted and written is the difference of neighbouring frames, whoever does it. */
#define _POSIX_C_SOURCE 200809L

#include <stdlib.h>
#include <unistd.h>

#include "gui/export/error.h"
#include "gui/export/gif_canvas.h"
#include "gui/export/gif_palette.h"
#include "gui/export/gif_stream.h"
#include "gui/export/out_file.h"
#include "gui/export/writers.h"

enum {
    COUNT_BATCH = 32,
    ENCODE_BATCH = 16 /* a worker holds as many encoded frames in memory */
};

/* The first pass. */

typedef struct count_pass {
    int width, height;
    th_color_table *colors; /* of all workers that were closed */
} count_pass;

typedef struct count_worker {
    th_color_table colors;
    uint32_t *previous; /* the last frame, with alpha set; 0 before the first */
} count_worker;

static void close_count(void *context, void *state) {
    count_pass *pass = context;
    count_worker *worker = state;
    if (worker->colors.slots != NULL) {
        th_color_table_merge(pass->colors, &worker->colors);
    }
    th_color_table_close(&worker->colors);
    free(worker->previous);
    free(worker);
}

static bool open_count(void *context, void **state, th_export_error *error) {
    const count_pass *pass = context;
    count_worker *worker = calloc(1, sizeof *worker);
    *state = worker;
    if (worker == NULL) {
        return th_export_fail_memory(error);
    }
    worker->previous = calloc((size_t)pass->width * (size_t)pass->height, sizeof(uint32_t));
    if (worker->previous == NULL || !th_color_table_open(&worker->colors)) {
        return th_export_fail_memory(error);
    }
    return true;
}

/* Copies what differs; counts it in runs of one colour, if there is a table. */
static void count_row(const uint32_t *row, uint32_t *previous, int x0, int x1,
                      th_color_table *colors) {
    uint32_t run_color = 0;
    uint64_t run_length = 0;
    for (int x = x0; x < x1; x++) {
        const uint32_t color = row[x] | 0xff000000u;
        if (previous[x] == color) {
            continue;
        }
        previous[x] = color;
        if (color != run_color && run_length > 0 && colors != NULL) {
            th_color_table_add(colors, run_color, run_length);
        }
        run_length = color == run_color ? run_length + 1 : 1;
        run_color = color;
    }
    if (run_length > 0 && colors != NULL) {
        th_color_table_add(colors, run_color, run_length);
    }
}

static bool count_frame(void *context, void *state, const th_export_frame *frame,
                        th_export_error *error) {
    (void)context;
    (void)error;
    count_worker *worker = state;
    for (int i = 0; i < frame->change->rect_count; i++) {
        const th_pixel_rect *rect = &frame->change->rects[i];
        for (int y = rect->y0; y < rect->y1; y++) {
            const size_t start = (size_t)y * (size_t)frame->width;
            count_row(frame->pixels + start, worker->previous + start, rect->x0, rect->x1,
                      frame->is_reference ? NULL : &worker->colors);
        }
    }
    return true;
}

static bool count_colors(th_export_job *job, th_color_table *colors, th_export_error *error) {
    count_pass pass = {
        .width = job->source->width, .height = job->source->height, .colors = colors};
    const th_export_sink sink = {
        .context = &pass,
        .batch_length = COUNT_BATCH,
        .with_previous = true,
        .open = open_count,
        .close = close_count,
        .encode = count_frame,
    };
    return th_workers_run(job, &sink, error);
}

/* The second pass. */

typedef struct encode_pass {
    int width, height;
    int frame_count;
    const th_color_table *colors;
    th_gif_palette palette;
    th_gif_stream stream;
} encode_pass;

typedef struct encode_worker {
    th_gif_canvas canvas;
    th_bytes data;                     /* of all images, one behind the other */
    th_gif_image images[ENCODE_BATCH]; /* their data is found again by adding up sizes */
    int image_count;
} encode_worker;

static void close_encode(void *context, void *state) {
    (void)context;
    encode_worker *worker = state;
    th_gif_canvas_close(&worker->canvas);
    th_bytes_free(&worker->data);
    free(worker);
}

static bool open_encode(void *context, void **state, th_export_error *error) {
    const encode_pass *pass = context;
    encode_worker *worker = calloc(1, sizeof *worker);
    *state = worker;
    if (worker == NULL) {
        return th_export_fail_memory(error);
    }
    return th_gif_canvas_open(&worker->canvas, pass->width, pass->height, pass->colors,
                              &pass->palette) ||
           th_export_fail_memory(error);
}

static bool encode_frame(void *context, void *state, const th_export_frame *frame,
                         th_export_error *error) {
    (void)context;
    encode_worker *worker = state;
    th_gif_canvas *canvas = &worker->canvas;
    th_gif_canvas_update(canvas, frame->pixels, frame->change, frame->index == 0);
    if (frame->is_reference) {
        th_gif_canvas_settle(canvas);
        return true;
    }
    th_gif_image *image = &worker->images[worker->image_count++];
    const size_t start = worker->data.count;
    image->index = frame->index;
    image->is_unchanged = canvas->changed.x0 == canvas->changed.x1;
    th_gif_canvas_encode(canvas, &worker->data, &image->rect);
    image->size = worker->data.count - start;
    return !worker->data.failed || th_export_fail_memory(error);
}

static bool add_images(th_gif_stream *stream, encode_worker *worker, th_export_error *error) {
    const uint8_t *data = worker->data.items;
    for (int i = 0; i < worker->image_count; i++) {
        th_gif_image *image = &worker->images[i];
        image->data = data;
        data += image->size;
        if (!th_gif_stream_add(stream, image, error)) {
            return false;
        }
    }
    return true;
}

/* All writing is done here, in threads where a signal cannot end the program half-way. */
static bool emit_images(void *context, void *state, th_export_error *error) {
    encode_pass *pass = context;
    encode_worker *worker = state;
    const int first = worker->images[0].index, end = first + worker->image_count;
    const bool written = (first > 0 || th_gif_stream_begin(&pass->stream, pass->width, pass->height,
                                                           &pass->palette, error)) &&
                         add_images(&pass->stream, worker, error) &&
                         (end < pass->frame_count || th_gif_stream_end(&pass->stream, end, error));
    worker->data.count = 0;
    worker->image_count = 0;
    return written;
}

static bool encode_images(th_export_job *job, encode_pass *pass, th_export_error *error) {
    const th_export_sink sink = {
        .context = pass,
        .batch_length = ENCODE_BATCH,
        .with_previous = true,
        .open = open_encode,
        .close = close_encode,
        .encode = encode_frame,
        .emit = emit_images,
    };
    return th_workers_run(job, &sink, error);
}

static bool write_file(th_export_job *job, encode_pass *pass, th_export_error *error) {
    const char *path = job->desc->out;
    pass->stream = (th_gif_stream){.path = path, .fps = job->fps};
    if (!th_out_create(path, &pass->stream.descriptor, error)) {
        return false;
    }
    const bool encoded = encode_images(job, pass, error);
    th_gif_stream_free(&pass->stream);
    th_export_error late;
    const bool closed = th_out_close(path, pass->stream.descriptor, encoded ? error : &late);
    if (encoded && closed && th_out_commit(path, error)) {
        return true;
    }
    th_out_discard(path);
    return false;
}

/* A clip that is too fast for a GIF keeps its length and loses frames. */
static void limit_fps(th_export_job *job) {
    if (job->fps > TH_GIF_FPS_MAX) {
        job->frame_count =
            (int)(((int64_t)job->frame_count * TH_GIF_FPS_MAX + job->fps - 1) / job->fps);
        job->fps = TH_GIF_FPS_MAX;
    }
}

bool th_export_gif(th_export_job *job, th_export_error *error) {
    th_color_table colors;
    if (!th_color_table_open(&colors)) {
        return th_export_fail_memory(error);
    }
    limit_fps(job);
    job->progress->total = 2 * job->frame_count;
    encode_pass pass = {.width = job->source->width,
                        .height = job->source->height,
                        .frame_count = job->frame_count,
                        .colors = &colors};
    bool done = count_colors(job, &colors, error);
    if (done && !th_gif_palette_build(&colors, &pass.palette)) {
        done = th_export_fail_memory(error);
    }
    done = done && write_file(job, &pass, error);
    th_color_table_close(&colors);
    return done;
}

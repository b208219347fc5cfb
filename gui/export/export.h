/* Export: turns the frames of a source into files.
 *
 *     th_export_desc desc = { .out = "lesson/%05d.png", .fps = 30 };
 *     th_export_error error;
 *     if (!th_export_run(&desc, &source, &error)) {
 *         fprintf(stderr, "tophash: %s\n", error.message);
 *     }
 *
 * The name says what is made:
 *     dir/%05d.png  dir/   a PNG of each frame, numbered from 1 (`dir/` means `dir/%05d.png`)
 *     name.gif             an animated GIF that loops for ever
 *     name.mp4  name.webm  a video; needs the program ffmpeg in PATH
 *     name.svg             one frame as a drawing that stays sharp at any size
 *     -                    YUV4MPEG2 on standard output
 *
 * Video and YUV4MPEG2 are 4:2:0 in BT.709, limited range, with colour in the middle of its four
 * pixels; an odd width or height is made even by repeating the last column or row. A GIF has one
 * palette for the whole clip; above 50 fps, which viewers do not play, it leaves frames out.
 *
 * The same frames make the same bytes, whatever the number of jobs. A file has its final name only
 * once the whole export has succeeded; on failure nothing that was written remains, nor a folder
 * that was made. The library prints nothing but progress, and that on stderr alone.
 */
#ifndef TH_GUI_EXPORT_EXPORT_H
#define TH_GUI_EXPORT_EXPORT_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "gui/draw/draw.h" /* th_pixel_rect */

enum {
    TH_FRAME_SIDE_MAX = 16384, /* px; x264 goes no further, and a GIF stores 16 bits */
    TH_FRAME_RECTS_MAX = 256,  /* as many as th_raster reports; more must be merged */
    TH_EXPORT_FPS_DEFAULT = 30,
    TH_EXPORT_FPS_MAX = 240,
    TH_EXPORT_JOBS_MAX = 64
};

/* What a render altered in the pixels that it was handed. Handed out as "everything" (known is
 * false); a source that knows better sets known and lists every pixel that may differ. Rectangles
 * may overlap or be empty; they must lie inside the frame. */
typedef struct th_frame_change {
    bool known;
    int rect_count;
    th_pixel_rect rects[TH_FRAME_RECTS_MAX];
} th_frame_change;

/* Where frames come from: pixels are a pure function of the index. */
typedef struct th_frame_source {
    void *context;
    int width, height;
    int frame_count;

    /* Draws frame `index` (from 0) into pixels: 0xAARRGGBB, opaque, `width` to a row, top first.
     * A context is always handed the same buffer, which still holds the frame that it rendered
     * last, so that only what differs need be drawn; indices may jump either way. The first time
     * the buffer is all zero, and `change` is ignored. Returns false if it fails. */
    bool (*render)(void *context, int index, uint32_t *pixels, th_frame_change *change);

    /* A second, independent context for another thread; NULL if that fails. Without this function
     * there is one job. Called from th_export_run's thread, before any rendering. */
    void *(*clone)(void *context);

    /* Frees what clone gave. The original context stays the caller's. */
    void (*release)(void *context);

    /* Writes frame `index` as an SVG document. Errors of writing are the stream's; false if the
     * source failed. Optional: without it there is no SVG. */
    bool (*vector)(void *context, int index, FILE *out);

    /* Why the last render of this context failed: one line, valid until the next call. Optional. */
    const char *(*message)(void *context);
} th_frame_source;

typedef enum th_export_format {
    TH_EXPORT_AUTO, /* from the name */
    TH_EXPORT_PNG,
    TH_EXPORT_GIF,
    TH_EXPORT_MP4,
    TH_EXPORT_WEBM,
    TH_EXPORT_Y4M,
    TH_EXPORT_SVG
} th_export_format;

/* How progress is told on stderr. */
typedef enum th_export_progress {
    TH_EXPORT_PROGRESS_AUTO,  /* a bar if stderr is a terminal, otherwise nothing */
    TH_EXPORT_PROGRESS_LINES, /* a plain line every few seconds */
    TH_EXPORT_PROGRESS_QUIET
} th_export_progress;

/* Zero is the sensible default everywhere but for `out`. */
typedef struct th_export_desc {
    const char *out;         /* see above */
    th_export_format format; /* must agree with the name's ending, if both are given */
    int fps;                 /* 1..TH_EXPORT_FPS_MAX; 0: TH_EXPORT_FPS_DEFAULT */
    int jobs;                /* threads, up to TH_EXPORT_JOBS_MAX; 0: one for each processor */
    th_export_progress progress;
    const volatile sig_atomic_t *cancel; /* ends the export once not 0; may be NULL */
} th_export_desc;

typedef enum th_export_code {
    TH_EXPORT_OK,
    TH_EXPORT_BAD_NAME,  /* no known ending, or a bad number pattern */
    TH_EXPORT_BAD_VALUE, /* a size, fps, or number of jobs or frames out of range */
    TH_EXPORT_IO,        /* a file cannot be made or written */
    TH_EXPORT_NO_FFMPEG, /* the program is not in PATH */
    TH_EXPORT_FFMPEG,    /* the program failed */
    TH_EXPORT_RENDER,    /* the source failed */
    TH_EXPORT_CANCELLED,
    TH_EXPORT_NO_MEMORY
} th_export_code;

/* One line without a prefix or an end of line, such as
 * "cannot write out/00001.png: No space left on device". */
typedef struct th_export_error {
    th_export_code code;
    char message[512];
} th_export_error;

/* The format that a name asks for; "-" asks for Y4M. False, with TH_EXPORT_BAD_NAME, if it asks
 * for none. The disk is not touched. */
bool th_export_format_of(const char *out, th_export_format *format, th_export_error *error);

/* Renders and writes every frame. False, with the error filled in, if anything failed. Different
 * sources may be exported on different threads at once. */
bool th_export_run(const th_export_desc *desc, const th_frame_source *source,
                   th_export_error *error);

/* Makes SIGINT, SIGTERM and SIGHUP set the flag that is returned, for th_export_desc.cancel: the
 * export then ends tidily with TH_EXPORT_CANCELLED. For main alone, once. */
const volatile sig_atomic_t *th_export_catch_signals(void);

#endif

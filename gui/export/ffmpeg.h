/* The program ffmpeg as a child process that reads raw frames from a pipe. */
#ifndef TH_GUI_EXPORT_FFMPEG_H
#define TH_GUI_EXPORT_FFMPEG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "gui/export/export.h"

typedef struct th_ffmpeg {
    pid_t child;  /* 0: none */
    int input;    /* the pipe's end to write frames to; -1: closed */
    FILE *errors; /* what it said on its stderr */
} th_ffmpeg;

typedef struct th_ffmpeg_desc {
    th_export_format format; /* MP4 or WEBM */
    int width, height;       /* even; frames are yuv420p as th_yuv makes them */
    int fps;
    const char *path; /* the file to make */
} th_ffmpeg_desc;

/* False, with TH_EXPORT_NO_FFMPEG, if there is no such program in PATH. */
bool th_ffmpeg_find(th_export_error *error);

/* Starts it, in a process group of its own so that Ctrl-C is ours to handle. */
bool th_ffmpeg_start(th_ffmpeg *ffmpeg, const th_ffmpeg_desc *desc, th_export_error *error);

/* Closes the pipe and waits until the file is done. False, with its last message, if it failed;
 * false, with TH_EXPORT_CANCELLED, once `cancel` (may be NULL) is not 0. */
bool th_ffmpeg_finish(th_ffmpeg *ffmpeg, const volatile sig_atomic_t *cancel,
                      th_export_error *error);

/* Ends it at once. Does nothing after th_ffmpeg_finish. */
void th_ffmpeg_kill(th_ffmpeg *ffmpeg);

#endif

/* Progress of a long export: a bar on a terminal, or a plain line every few seconds.
 *
 *     lesson.gif  [########............]  40%  120/300  58 fps  ETA 0:03
 *
 * It writes to the given stream alone, which is stderr but for tests, never to stdout: that may be
 * the video itself.
 */
#ifndef TH_GUI_EXPORT_PROGRESS_H
#define TH_GUI_EXPORT_PROGRESS_H

#include <stdint.h>
#include <stdio.h>

typedef enum th_progress_style {
    TH_PROGRESS_NONE,
    TH_PROGRESS_BAR,  /* one line, painted anew */
    TH_PROGRESS_LINES /* a line of its own each time */
} th_progress_style;

typedef struct th_progress {
    FILE *stream;      /* borrowed */
    const char *label; /* borrowed */
    th_progress_style style;
    int total;
    int64_t start_ms, painted_ms;
} th_progress;

/* Milliseconds of a clock that never goes back. */
int64_t th_progress_clock_ms(void);

/* The style that suits a stream: a bar if it is a terminal, otherwise none. */
th_progress_style th_progress_style_of(FILE *stream);

void th_progress_begin(th_progress *progress, FILE *stream, th_progress_style style,
                       const char *label, int total);

/* Tells that `done` of the total are done at `now_ms`, at most a few times a second. */
void th_progress_update(th_progress *progress, int done, int64_t now_ms);

/* Wipes the bar, so that what is printed next starts on a clean line. */
void th_progress_end(th_progress *progress);

#endif

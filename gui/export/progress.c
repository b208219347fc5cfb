#define _POSIX_C_SOURCE 200809L

#include "gui/export/progress.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    BAR_CELLS = 20,
    LABEL_MAX = 20, /* bytes */
    BAR_PERIOD_MS = 100,
    LINE_PERIOD_MS = 2000,
    SPEED_AFTER_MS = 500 /* an earlier estimate would be noise */
};

int64_t th_progress_clock_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

th_progress_style th_progress_style_of(FILE *stream) {
    return isatty(fileno(stream)) == 1 ? TH_PROGRESS_BAR : TH_PROGRESS_NONE;
}

void th_progress_begin(th_progress *progress, FILE *stream, th_progress_style style,
                       const char *label, int total) {
    *progress = (th_progress){.stream = stream, .label = label, .style = style, .total = total};
    progress->start_ms = progress->painted_ms = th_progress_clock_ms();
}

static void print_counts(const th_progress *progress, int done, int64_t elapsed_ms) {
    FILE *stream = progress->stream;
    fprintf(stream, "%3d%%  %d/%d", (int)((int64_t)done * 100 / progress->total), done,
            progress->total);
    if (elapsed_ms < SPEED_AFTER_MS || done == 0) {
        return;
    }
    const int64_t left_s = elapsed_ms * (progress->total - done) / done / 1000;
    fprintf(stream, "  %d fps  ETA %d:%02d", (int)((int64_t)done * 1000 / elapsed_ms),
            (int)(left_s / 60), (int)(left_s % 60));
}

static void print_bar(const th_progress *progress, int done) {
    char cells[BAR_CELLS + 1];
    const int full = (int)((int64_t)done * BAR_CELLS / progress->total);
    for (int i = 0; i < BAR_CELLS; i++) {
        cells[i] = i < full ? '#' : '.';
    }
    cells[BAR_CELLS] = '\0';
    fprintf(progress->stream, "[%s] ", cells);
}

void th_progress_update(th_progress *progress, int done, int64_t now_ms) {
    const bool bar = progress->style == TH_PROGRESS_BAR;
    const char *label = progress->label; /* its end, if it is long: a bar must fit in one line */
    label += strlen(label) > LABEL_MAX ? strlen(label) - LABEL_MAX : 0;
    const int period_ms = bar ? BAR_PERIOD_MS : LINE_PERIOD_MS;
    if (progress->style == TH_PROGRESS_NONE || progress->total <= 0 ||
        now_ms - progress->painted_ms < period_ms) {
        return;
    }
    progress->painted_ms = now_ms;
    fprintf(progress->stream, "%s%s  ", bar ? "\r\033[K" : "", label);
    if (bar) {
        print_bar(progress, done);
    }
    print_counts(progress, done, now_ms - progress->start_ms);
    if (!bar) {
        fputc('\n', progress->stream);
    }
    fflush(progress->stream);
}

void th_progress_end(th_progress *progress) {
    if (progress->style == TH_PROGRESS_BAR) {
        fputs("\r\033[K", progress->stream);
        fflush(progress->stream);
    }
}

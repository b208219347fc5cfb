/* Drawing the stage against copying one frame of its size, in the same run. Prints ratios; never
 * passes or fails.
 *
 * The stage is the sheet of all marks. Each thing is done ROUNDS times in turn with the others, so
 * that all meet the same caches, and the fastest time counts.
 */
#define _DEFAULT_SOURCE

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "gui/draw/raster.h"
#include "tests/draw/specimen.h"

enum { ROUNDS = 200, FRAME_BYTES = TH_SPECIMEN_WIDTH * TH_SPECIMEN_HEIGHT * 4 };

typedef enum task { COPY, BUILD, FULL, STEP, NOTHING, TASK_COUNT } task;

typedef struct bench {
    th_raster raster;
    th_draw_list list;
    th_fonts *fonts;
    const th_theme *theme;
    int step;
} bench;

static unsigned char frames[2][FRAME_BYTES];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void build(bench *b) {
    th_draw_reset(&b->list);
    th_specimen_build(&b->list, b->theme, b->fonts, b->step);
}

static void run(bench *b, task what) {
    switch (what) {
    case COPY: memcpy(frames[1], frames[0], FRAME_BYTES); break;
    case BUILD:
        b->step = (b->step + 1) % 40;
        build(b);
        break;
    case FULL: th_raster_draw(&b->raster, &b->list, b->theme->color.bg); break;
    case STEP:
    case NOTHING: th_raster_draw_dirty(&b->raster, &b->list, b->theme->color.bg); break;
    case TASK_COUNT: break;
    }
}

static void measure(bench *b, const task *order, int count, double best[TASK_COUNT]) {
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < count; i++) {
            double start = now();
            run(b, order[i]);
            double seconds = now() - start;
            if (round > 40 && seconds < best[order[i]]) best[order[i]] = seconds;
        }
    }
}

int main(void) {
    char error[256];
    bench b = {.theme = th_theme_get(TH_THEME_DARK)};
    double best[TASK_COUNT] = {1, 1, 1, 1, 1};
    b.fonts = th_fonts_open(error, sizeof error);
    if (b.fonts == NULL) {
        fprintf(stderr, "raster_bench: %s\n", error);
        return 1;
    }
    memset(frames[0], 1, FRAME_BYTES);
    memset(frames[1], 2, FRAME_BYTES);
    th_raster_init(&b.raster, b.fonts, TH_SPECIMEN_WIDTH, TH_SPECIMEN_HEIGHT);
    build(&b);
    measure(&b, (const task[]){COPY, FULL}, 2, best);
    measure(&b, (const task[]){BUILD, STEP, NOTHING}, 3, best);
    printf("draw: %d commands at %dx%d\n", b.list.command_count, TH_SPECIMEN_WIDTH,
           TH_SPECIMEN_HEIGHT);
    printf("draw: full redraw / copying a frame       %6.2f  (goal: at most 6)\n",
           best[FULL] / best[COPY]);
    printf("draw: full redraw / redraw after a step   %6.1f  (goal: at least 50)\n",
           best[FULL] / best[STEP]);
    printf("draw: full redraw / redraw of no change   %6.1f\n", best[FULL] / best[NOTHING]);
    printf("draw: full redraw / building the list     %6.1f\n", best[FULL] / best[BUILD]);
    th_raster_free(&b.raster);
    th_draw_free(&b.list);
    th_fonts_close(b.fonts);
    return 0;
}

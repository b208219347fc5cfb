/* Playing lessons in a window of 1920x1080: how long each frame takes in which something moves,
 * from the passing of time to the pixels in the window, and how much of it is drawn again. Prints
 * times and ratios; never passes or fails.
 *
 *     frames_bench [LESSON.lua...]      three lessons if none is named
 *
 * Time is that of the processor: how smooth playing is must not depend on what else the machine
 * does. The window is SDL's dummy one: pixels are converted and copied, no display shows them.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gui/draw/present.h"
#include "tests/support/play.h"

enum {
    WIDTH = 1920,
    HEIGHT = 1080,
    FPS = 60,
    FRAMES = 1000,           // in which something moves; a lesson that ends is played again
    FRAMES_MAX = 300 * FPS,  // in all: while a caption is read nothing does
    ROUNDS = 50,             // the fastest full redraw and the fastest copy of a frame count
};

typedef struct bench {
    th_model model;
    th_window window;
    th_raster raster;
    th_fonts *fonts;
    th_draw_list list;
    th_hits hits;
    double first;  // seconds: the first frame, which renders all its text
    double frames[FRAMES];
    double redraws[FRAMES];  // the raster's part of them
    int count;
} bench;

static const double FRAME_SECONDS = 1.0 / FPS;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int compare(const void *a, const void *b) {
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

// Lets a frame's time pass and goes on when the lesson waits: a person would.
static void play_on(th_model *model) {
    if (th_model_advance(model, 1000.0 / FPS)) return;
    const th_desk_question question = th_model_desk(model)->question;
    if (question.note != NULL && question.given < 0)
        th_model_command(model, TH_ACTION_ANSWER, 0);
    else if (model->step == th_model_length(model))
        th_model_command(model, TH_ACTION_FIRST, 0);
    if (!model->playing) th_model_command(model, TH_ACTION_PLAY, 0);
}

static void draw(bench *b) {
    const th_frame_desc desc = th_model_frame(&b->model, b->fonts, WIDTH, HEIGHT);
    th_view_frame(&desc, &b->list, &b->hits);
}

// One frame, kept if something moved; returns its seconds.
static double time_frame(bench *b) {
    const th_color ground = th_theme_get(b->model.theme)->color.bg;
    const double start = now();
    play_on(&b->model);
    draw(b);
    const double drawn = now();
    th_raster_draw_dirty(&b->raster, &b->list, ground);
    const double redrawn = now();
    th_window_present(&b->window, &b->raster, false);
    const double seconds = now() - start;
    if (b->raster.dirty_count == 0) return seconds;
    b->redraws[b->count] = redrawn - drawn;
    b->frames[b->count++] = seconds;
    return seconds;
}

// The fastest full redraw and the fastest copy of a frame, done in turn: both meet the same caches.
static void time_full(bench *b, double *full, double *copy) {
    const size_t size = (size_t)b->raster.height * (size_t)b->raster.pitch;
    char *to = malloc(size);
    *full = *copy = 1;
    for (int i = 0; i < ROUNDS; i++) {
        const double start = now();
        th_raster_draw(&b->raster, &b->list, th_theme_get(b->model.theme)->color.bg);
        const double drawn = now();
        memcpy(to, b->raster.pixels, size);
        __asm__ volatile("" : : "r"(to) : "memory");
        const double copied = now();
        if (drawn - start < *full) *full = drawn - start;
        if (copied - drawn < *copy) *copy = copied - drawn;
    }
    free(to);
}

static double part_of(const bench *b, const double *sorted, int percent) {
    return sorted[(b->count - 1) * percent / 100];
}

static void print(bench *b, const char *path) {
    int in_time = 0;
    double full, copy;
    for (int i = 0; i < b->count; i++) in_time += b->frames[i] <= FRAME_SECONDS;
    qsort(b->frames, (size_t)b->count, sizeof *b->frames, compare);
    qsort(b->redraws, (size_t)b->count, sizeof *b->redraws, compare);
    time_full(b, &full, &copy);
    printf("%s: %d frames in which something moves, of some %d commands\n", path, b->count,
           b->list.command_count);
    printf("  frame: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms, max %.2f ms; %.2f%% within 16.7 ms; "
           "the first one %.1f ms\n",
           part_of(b, b->frames, 50) * 1e3, part_of(b, b->frames, 95) * 1e3,
           part_of(b, b->frames, 99) * 1e3, part_of(b, b->frames, 100) * 1e3,
           100.0 * in_time / b->count, b->first * 1e3);
    printf("  full redraw / copying a frame %.1f; full redraw / redraw of what moved p50 %.1f, "
           "p95 %.1f\n",
           full / copy, full / part_of(b, b->redraws, 50), full / part_of(b, b->redraws, 95));
}

static void play(bench *b, const char *path) {
    th_play_file(&b->model, path);
    th_raster_init(&b->raster, b->fonts, WIDTH, HEIGHT);
    th_model_command(&b->model, TH_ACTION_PLAY, 0);
    b->first = time_frame(b);
    b->count = 0;
    for (int i = 0; i < FRAMES_MAX && b->count < FRAMES; i++) time_frame(b);
    if (b->count > 0) print(b, path);
    th_raster_free(&b->raster);
    th_model_close(&b->model);
}

int main(int argc, char **argv) {
    static const char *const LESSONS[] = {"scripts/ch1-read-write.lua", "scripts/ch2-growwork.lua",
                                          "scripts/ch5-work-stealing.lua"};
    static bench b;
    char error[256];
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    const th_window_desc window = {.title = "frames_bench", .width = WIDTH, .height = HEIGHT};
    b.fonts = th_fonts_open(error, sizeof error);
    if (b.fonts == NULL || !th_window_open(&b.window, &window, error, sizeof error)) {
        fprintf(stderr, "frames_bench: %s\n", error);
        return 1;
    }
    if (argc == 1) {
        for (size_t i = 0; i < sizeof LESSONS / sizeof *LESSONS; i++) play(&b, LESSONS[i]);
    }
    for (int i = 1; i < argc; i++) play(&b, argv[i]);
    th_draw_free(&b.list);
    th_window_close(&b.window);
    th_fonts_close(b.fonts);
    return 0;
}

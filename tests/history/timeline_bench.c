/* Recording and going back, against yardsticks timed in the same run. Prints ratios; never passes
 * or fails.
 *
 *     timeline_bench [STEPS]     10 million if not given
 */
#define _POSIX_C_SOURCE 200809L

#include "sim/history/timeline.h"
#include "tests/support/program_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    KEYS = 20000,  // a world of some 1 MB
    SEEKS = 2000,
    WORLD_COPIES = 50,
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);  // neighbours count less
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

// One goroutine that goes on for `steps` steps at least; every request resolved, as in a second
// run.
static void build(th_builder *builder, uint64_t steps) {
    th_rng rng = {1};
    th_builder_init(builder, (th_env){.seed = 1});
    th_builder_mix mix = {
        .goroutine_count = 1,
        .request_count = (uint32_t)(steps / 8),
        .key_max = KEYS,
        .map = th_builder_map(builder, TH_I64, TH_I64, 0),
        .cell = th_builder_cell(builder, TH_U64),
    };
    th_builder_random(builder, &rng, mix);
    th_world_settle(&builder->world, th_builder_resolver(builder), NULL);
}

static double run_unrecorded(th_builder *builder, uint64_t steps) {
    th_world world = {0};
    th_events events = {0};
    th_world_copy(&world, &builder->world);
    const double start = now();
    while (world.step_count < steps && !th_world_ended(&world)) {
        events.count = 0;
        th_world_burst(&world, (th_choice){.g = 1, .value = -1}, 512, &events);
        th_world_settle(&world, th_builder_resolver(builder), &events);
    }
    const double seconds = now() - start;
    th_events_free(&events);
    th_world_free(&world);
    return seconds;
}

static double run_recorded(th_builder *builder, uint64_t steps, th_timeline **timeline) {
    char error[128];
    th_schedule *schedule = th_schedule_parse("a*", error, sizeof error);
    th_chooser chooser = {.schedule = schedule};
    if (*timeline == NULL) {
        *timeline = th_timeline_new(&builder->world, th_builder_resolver(builder));
    } else {
        th_timeline_restart(*timeline, &builder->world, th_builder_resolver(builder));
    }
    const double start = now();
    th_timeline_play(*timeline, 0, &chooser, steps, error, sizeof error);
    const double seconds = now() - start;
    th_schedule_free(schedule);
    return seconds;
}

static int compare(const void *a, const void *b) {
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double time_copy(const th_world *world) {
    const size_t size = (size_t)world->memory.byte_count;
    char *from = malloc(size);
    char *to = malloc(size);
    memset(from, 1, size);
    memset(to, 1, size);
    double best = 1e9;
    for (int i = 0; i < WORLD_COPIES; i++) {
        const double start = now();
        memcpy(to, from, size);
        __asm__ volatile("" : : "r"(to) : "memory");
        const double seconds = now() - start;
        if (seconds < best) best = seconds;
    }
    free(from);
    free(to);
    return best;
}

// Seconds of each seek, sorted.
static double *time_seeks(th_timeline *timeline, uint64_t first, int64_t stride, uint64_t length) {
    double *seconds = calloc(SEEKS, sizeof(*seconds));
    th_rng rng = {2};
    uint64_t step = first;
    for (int i = 0; i < SEEKS; i++) {
        step = stride == 0 ? th_rng_below(&rng, length) : step + (uint64_t)stride;
        const double start = now();
        th_timeline_seek(timeline, 0, step);
        seconds[i] = now() - start;
    }
    qsort(seconds, SEEKS, sizeof(*seconds), compare);
    return seconds;
}

static void print_seeks(const char *what, double *seconds, double yardstick) {
    double sum = 0;
    for (int i = 0; i < SEEKS; i++) sum += seconds[i];
    printf("  %-22s mean %8.1f us, p50 %8.1f us, p99 %8.1f us = %5.1f copies of the memory\n", what,
           sum / SEEKS * 1e6, seconds[SEEKS / 2] * 1e6, seconds[SEEKS * 99 / 100] * 1e6,
           seconds[SEEKS * 99 / 100] / yardstick);
    free(seconds);
}

int main(int argc, char **argv) {
    const uint64_t steps = argc > 1 ? strtoull(argv[1], NULL, 10) : 10000000;
    th_builder builder;
    build(&builder, steps);
    run_unrecorded(&builder, steps);  // fills the program in
    const double unrecorded = run_unrecorded(&builder, steps);
    th_timeline *timeline = NULL;
    const double first = run_recorded(&builder, steps, &timeline);
    const double recorded = run_recorded(&builder, steps, &timeline);
    const uint64_t length = th_timeline_length(timeline, 0);
    const th_world *end = th_timeline_end(timeline, 0);
    printf("timeline of %llu steps, memory of %llu bytes\n", (unsigned long long)length,
           (unsigned long long)end->memory.byte_count);
    printf("  unrecorded %.1f ns a step, recorded %.1f ns (on fresh memory %.1f): %.2fx\n",
           unrecorded * 1e9 / (double)length, recorded * 1e9 / (double)length,
           first * 1e9 / (double)length, recorded / unrecorded);
    const double copy = time_copy(end);
    printf("  copying the memory once %.1f us\n", copy * 1e6);
    print_seeks("seek anywhere", time_seeks(timeline, 0, 0, length), copy);
    print_seeks("step back", time_seeks(timeline, length / 2, -1, length), copy);
    print_seeks("step forward", time_seeks(timeline, length / 2, 1, length), copy);
    th_timeline_free(timeline);
    th_builder_free(&builder);
    return 0;
}

// Operations on the simulated map, every access performed and recorded as an event, against the
// same operations on the real one (tests/bench/gomap, where Go is installed). Prints nanoseconds
// of processor time and ratios; never passes or fails.
//
//     gomap_bench [OPERATIONS]
#include "sim/base/rng.h"
#include "sim/gomap/gomap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    RUNS = 7,              // the fastest counts
    LOG_EVENTS = 4 << 20,  // 64 MiB, used again from the start
};

typedef struct bench {
    th_memory memory;
    th_events events;
    th_gomap_env env;
    th_port port;
    uint32_t draws;
    uint64_t map;
    uint64_t key_count;
    uint64_t op_count;
    const uint64_t *keys;  // in the order of use
    th_event *log;
    uint64_t log_at;
    uint64_t logged;
    uint64_t sink;
} bench;

static double now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

// Copies the step's events to the log, as a timeline does.
static void record(bench *b) {
    const uint32_t count = b->events.count;
    if (b->log_at + count > LOG_EVENTS) b->log_at = 0;
    memcpy(b->log + b->log_at, b->events.items, count * sizeof *b->log);
    b->log_at += count;
    b->logged += count;
    b->events.count = 0;
}

static void operate(bench *b, th_map_frame *frame, th_map_op op, uint64_t k, uint64_t it) {
    const th_value key = {{k, 0}};
    th_gomap_begin(frame, op, 0, b->map, it, &key, &key);
    b->port.budget = UINT32_MAX;
    const th_run run = th_gomap_run(&b->env, &b->port, frame);
    TH_ASSERT(run == TH_RUN_DONE);
    record(b);
}

static void open_map(bench *b) {
    th_memory_init(&b->memory);
    b->port = (th_port){.memory = &b->memory,
                        .events = &b->events,
                        .seed = 1,
                        .draws = &b->draws,
                        .choice_value = -1,
                        .g = 1};
    b->map = th_gomap_make(&b->env, &b->port, 0, 0, 1);
}

static void fill(bench *b, uint64_t count) {
    th_map_frame frame;
    for (uint64_t k = 0; k < count; k++) operate(b, &frame, TH_MAP_SET, k, 0);
}

static void get(bench *b) {
    th_map_frame frame;
    for (uint64_t i = 0; i < b->op_count; i++) {
        operate(b, &frame, TH_MAP_GET, b->keys[i], 0);
        b->sink += frame.out_elem.w[0];
    }
}

static void set(bench *b) {
    th_map_frame frame;
    for (uint64_t i = 0; i < b->op_count; i++) operate(b, &frame, TH_MAP_SET, b->keys[i], 0);
}

static void churn(bench *b) {
    th_map_frame frame;
    for (uint64_t i = 0; i < b->op_count; i += 2) {
        operate(b, &frame, TH_MAP_DELETE, b->keys[i], 0);
        operate(b, &frame, TH_MAP_SET, b->keys[i], 0);
    }
}

static void insert(bench *b) {
    for (uint64_t left = b->op_count; left > 0;) {
        const uint64_t count = left < b->key_count ? left : b->key_count;
        th_memory_free(&b->memory);
        open_map(b);
        fill(b, count);
        left -= count;
    }
}

static void range(bench *b) {
    th_map_frame frame;
    for (uint64_t left = b->op_count; left > 0;) {
        operate(b, &frame, TH_MAP_RANGE, 0, 0);
        const uint64_t it = frame.it;
        for (; frame.ok && left > 0; left--) operate(b, &frame, TH_MAP_NEXT, 0, it);
    }
}

typedef struct workload {
    const char *name;
    void (*run)(bench *b);
} workload;

static const workload WORKLOADS[] = {
    {"get", get}, {"set", set}, {"churn", churn}, {"insert", insert}, {"range", range}};

// Nanoseconds for each operation, and how many accesses each made.
static double measure(bench *b, const workload *of, double *accesses) {
    double best = 1e30;
    for (int i = 0; i < RUNS; i++) {
        open_map(b);
        fill(b, b->key_count);
        const uint64_t before = b->logged;
        const double start = now_ns();
        of->run(b);
        const double took = (now_ns() - start) / (double)b->op_count;
        *accesses = (double)(b->logged - before) / (double)b->op_count;
        if (took < best) best = took;
        th_memory_free(&b->memory);
    }
    return best;
}

typedef struct yardstick {
    char name[16];
    unsigned long keys;
    double ns;
} yardstick;

enum { YARDSTICK_MAX = 32 };

// What the Go program measures; none where there is no Go.
static int measure_go(yardstick *items) {
    FILE *stream = popen("cd tests/bench/gomap && for go in \"$GO\" go /usr/lib/go-1.19/bin/go; do "
                         "command -v \"$go\" >/dev/null && exec \"$go\" run . 2>/dev/null; done",
                         "r");
    int count = 0;
    if (stream == NULL) return 0;
    while (count < YARDSTICK_MAX && fscanf(stream, "%15s %lu %lf", items[count].name,
                                           &items[count].keys, &items[count].ns) == 3) {
        count++;
    }
    pclose(stream);
    return count;
}

static void print_row(const char *name, uint64_t keys, double ns, double accesses,
                      const yardstick *items, int count) {
    printf("%-8s %8llu keys %8.1f ns %6.1f accesses %5.2f ns each", name, (unsigned long long)keys,
           ns, accesses, ns / accesses);
    for (int i = 0; i < count; i++) {
        if (strcmp(items[i].name, name) != 0 || items[i].keys != keys) continue;
        printf("   Go %7.1f ns: %5.1f times", items[i].ns, ns / items[i].ns);
    }
    putchar('\n');
}

static uint64_t *make_keys(uint64_t count, uint64_t key_count) {
    uint64_t *keys = malloc(count * sizeof *keys);
    th_rng rng = {1};
    TH_ASSERT(keys != NULL);
    for (uint64_t i = 0; i < count; i++) keys[i] = th_rng_next(&rng) % key_count;
    return keys;
}

int main(int argc, char **argv) {
    static const uint64_t KEY_COUNTS[] = {1000, 100000};
    yardstick go[YARDSTICK_MAX];
    const int go_count = measure_go(go);
    bench b = {.op_count = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000};
    b.log = malloc(sizeof *b.log * LOG_EVENTS);
    TH_ASSERT(b.log != NULL && th_gomap_env_type(&b.env, TH_I64, TH_I64) == 0);
    memset(b.log, 0, sizeof *b.log * LOG_EVENTS);
    for (size_t k = 0; k < sizeof KEY_COUNTS / sizeof *KEY_COUNTS; k++) {
        b.key_count = KEY_COUNTS[k];
        uint64_t *keys = make_keys(b.op_count, b.key_count);
        b.keys = keys;
        for (size_t i = 0; i < sizeof WORKLOADS / sizeof *WORKLOADS; i++) {
            double accesses = 0;
            const double ns = measure(&b, &WORKLOADS[i], &accesses);
            print_row(WORKLOADS[i].name, b.key_count, ns, accesses, go, go_count);
        }
        free(keys);
    }
    if (go_count == 0) puts("(Go is not installed: no ratios)");
    th_events_free(&b.events);
    free(b.log);
    return 0;
}

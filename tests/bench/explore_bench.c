/* Exploring all interleavings against SPIN on the same model, in the same run, and how many random
 * executions a second there are. Prints ratios; never passes or fails.
 *
 *     explore_bench [WRITERS] [WRITES]      3 and 3
 *
 * The model is protocol.pml, the program protocol.c. SPIN's verifier is compiled with -O2, for
 * safety alone, with its partial order reduction; compiling does not count. Each side runs in a
 * process of its own, as often as RUNS says, and the fastest run counts: its processor time, since
 * other programs may be running. Ours includes finding the simplest schedules.
 */
#define _DEFAULT_SOURCE

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sim/explore/explore.h"
#include "tests/bench/protocol.h"

enum { RUNS = 5, THREADS = 2, EXECUTIONS = 1000000, COPIES = 1000000 };

typedef struct measurement {
    double seconds;
    double megabytes;
    unsigned long long states;
} measurement;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double seconds_of(const struct timeval *time) {
    return (double)time->tv_sec + (double)time->tv_usec * 1e-6;
}

// Waits for a child. False: it failed.
static bool wait_for(pid_t child, measurement *taken) {
    int status = 0;
    struct rusage used;
    if (wait4(child, &status, 0, &used) != child || status != 0) return false;
    taken->seconds = seconds_of(&used.ru_utime) + seconds_of(&used.ru_stime);
    taken->megabytes = (double)used.ru_maxrss / 1024;
    return true;
}

// --- ours ---

typedef struct subject {
    th_protocol protocol;
    th_world start;
} subject;

static void open_subject(subject *s, uint32_t writers, uint32_t writes) {
    th_protocol_make(&s->protocol, writers, writes);
    s->start = (th_world){0};
    th_world_copy(&s->start, &s->protocol.builder.world);
    th_world_settle(&s->start, th_builder_resolver(&s->protocol.builder), NULL);
}

static void close_subject(subject *s) {
    th_world_free(&s->start);
    th_builder_free(&s->protocol.builder);
}

static th_explore_desc desc_of(subject *s, th_explore_mode mode) {
    return (th_explore_desc){.start = &s->start,
                             .resolver = th_builder_resolver(&s->protocol.builder),
                             .mode = (uint8_t)mode};
}

static void explore(uint32_t writers, uint32_t writes, th_explore_mode mode, int out) {
    subject s;
    open_subject(&s, writers, writes);
    const th_explore_desc desc = desc_of(&s, mode);
    th_findings *findings = th_explore_run(&desc);
    const unsigned long long states = findings->complete ? findings->states : 0;
    if (write(out, &states, sizeof states) != sizeof states) _exit(1);
    _exit(0);
}

static bool run_ours(uint32_t writers, uint32_t writes, th_explore_mode mode, measurement *taken) {
    int ends[2];
    if (pipe(ends) != 0) return false;
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) explore(writers, writes, mode, ends[1]);
    close(ends[1]);
    const bool good = read(ends[0], &taken->states, sizeof taken->states) == sizeof taken->states;
    close(ends[0]);
    return child > 0 && wait_for(child, taken) && good;
}

// --- SPIN ---

static bool build_spin(const char *folder, uint32_t writers, uint32_t writes, const char *flag) {
    char command[1024];
    snprintf(command, sizeof command,
             "cp tests/bench/protocol.pml %s/ && cd %s && "
             "spin -DWRITERS=%u -DWRITES=%u %s -a protocol.pml >/dev/null && "
             "cc -O2 -w -DSAFETY -DNOFAIR -o pan pan.c",
             folder, folder, writers, writes, flag);
    return system(command) == 0;
}

static void remove_folder(const char *folder) {
    char command[512];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0) printf("  %s could not be removed\n", folder);
}

static unsigned long long states_in(const char *path) {
    FILE *file = fopen(path, "r");
    char line[256];
    unsigned long long states = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        double number;
        if (sscanf(line, "%lf states, stored", &number) == 1 && strstr(line, "states, stored")) {
            states = (unsigned long long)number;
        }
    }
    if (file != NULL) fclose(file);
    return states;
}

static bool run_spin(const char *folder, measurement *taken) {
    char log[512];
    snprintf(log, sizeof log, "%s/pan.log", folder);
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        if (chdir(folder) != 0 || freopen("pan.log", "w", stdout) == NULL) _exit(1);
        execl("./pan", "pan", "-E", "-m1000000", "-w23", (char *)NULL);
        _exit(1);
    }
    if (child < 0 || !wait_for(child, taken)) return false;
    taken->states = states_in(log);
    return true;
}

// --- comparing ---

static void keep_fastest(measurement *best, const measurement *taken, int run) {
    if (run == 0 || taken->seconds < best->seconds) *best = *taken;
}

static void print(const char *name, const measurement *of) {
    printf("  %-28s %7.3f s  %9llu states  %6.0f MB\n", name, of->seconds, of->states,
           of->megabytes);
}

static void compare(const char *folder, uint32_t writers, uint32_t writes, const char *flag,
                    const char *name, const measurement *ours) {
    measurement spin = {0};
    if (!build_spin(folder, writers, writes, flag)) {
        printf("  %s: skipped, cannot be compiled\n", name);
        return;
    }
    for (int run = 0; run < RUNS; run++) {
        measurement taken = {0};
        if (!run_spin(folder, &taken)) {
            printf("  %s: skipped, pan failed\n", name);
            return;
        }
        keep_fastest(&spin, &taken, run);
    }
    print(name, &spin);
    printf("  ours / %-21s %7.3f\n", name, ours->seconds / spin.seconds);
}

static bool has_spin(void) {
    return system("command -v spin >/dev/null 2>&1 && command -v cc >/dev/null 2>&1") == 0;
}

static void bench_exploring(uint32_t writers, uint32_t writes) {
    static const th_explore_mode MODES[] = {TH_EXPLORE_ALL, TH_EXPLORE_DPOR};
    printf("explore all interleavings of %u writers, %u writes each (processor time)\n", writers,
           writes);
    measurement best = {0};
    for (size_t mode = 0; mode < sizeof MODES / sizeof *MODES; mode++) {
        measurement ours = {0};
        for (int run = 0; run < RUNS; run++) {
            measurement taken = {0};
            if (!run_ours(writers, writes, MODES[mode], &taken)) return;
            keep_fastest(&ours, &taken, run);
        }
        print(th_explore_mode_string(MODES[mode]), &ours);
        if (mode == 0) best = ours;
    }
    char folder[] = "/tmp/explore-bench-XXXXXX";
    if (!has_spin()) {
        printf("  skipped: no spin, or no cc, to compare with\n");
    } else if (mkdtemp(folder) != NULL) {
        compare(folder, writers, writes, "", "spin", &best);
        compare(folder, writers, writes, "-DLEAN", "spin, lean model", &best);
        remove_folder(folder);
    }
}

// --- random executions ---

typedef struct worker {
    pthread_t thread;
    uint32_t job;
    uint64_t steps;
} worker;

static void *run_random(void *context) {
    worker *own = context;
    subject s;
    open_subject(&s, 2, 1);
    th_explore_desc desc = desc_of(&s, TH_EXPLORE_RANDOM);
    desc.execution_limit = EXECUTIONS;
    desc.job = own->job;
    desc.job_count = THREADS;
    desc.any_schedule = true;
    th_findings *findings = th_explore_run(&desc);
    own->steps = findings->steps;
    th_findings_free(findings);
    close_subject(&s);
    return NULL;
}

static void bench_random(void) {
    worker workers[THREADS] = {0};
    const double start = now();
    const clock_t clock_start = clock();
    for (uint32_t i = 0; i < THREADS; i++) {
        workers[i].job = i;
        pthread_create(&workers[i].thread, NULL, run_random, &workers[i]);
    }
    uint64_t steps = 0;
    for (uint32_t i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
        steps += workers[i].steps;
    }
    const double seconds = now() - start;
    const double processor = (double)(clock() - clock_start) / CLOCKS_PER_SEC;
    printf("random executions of 2 writers, 1 write each: %.1f steps\n",
           (double)steps / EXECUTIONS);
    printf("  %d threads %25.2f million a second\n", THREADS, EXECUTIONS / seconds * 1e-6);
    printf("  a second of a processor %12.2f million\n", EXECUTIONS / processor * 1e-6);
}

static void bench_copy(uint32_t writers) {
    subject s;
    open_subject(&s, writers, 1);
    th_world copy = {0};
    const clock_t start = clock();
    for (int i = 0; i < COPIES; i++) th_world_copy(&copy, &s.start);
    const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    printf("copying a world of %u goroutines: %.0f ns\n", writers, seconds / COPIES * 1e9);
    th_world_free(&copy);
    close_subject(&s);
}

int main(int argc, char **argv) {
    const uint32_t writers = argc > 1 ? (uint32_t)atoi(argv[1]) : 3;
    const uint32_t writes = argc > 2 ? (uint32_t)atoi(argv[2]) : 3;
    bench_exploring(writers, writes);
    bench_random();
    bench_copy(2);
    bench_copy(4);
    return 0;
}

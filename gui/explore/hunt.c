#include "gui/explore/hunt.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    WATCH_MS = 200,
    DEFAULT_SECONDS = 10,  // of an automatic hunt
    ERROR_MAX = 512,
};

// After its time, or when it is told to stop, a search may still make simple what it found.
static const double GRACE_SECONDS = 1.0;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

typedef struct hunt_state {
    const th_hunt_desc *desc;
    double start, deadline;  // deadline 0: none
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int running;       // jobs
    atomic_bool over;  // some job has found everything, or failed: the others may stop
} hunt_state;

// One thread's part.
typedef struct hunt_job {
    hunt_state *hunt;
    int index, count;
    th_explore_mode mode;
    bool automatic;  // goes on to the next way when one does not come to an end
    bool started;
    double phase_deadline;  // 0: none
    double stopped_at;      // when it was first told to stop; 0: not yet
    th_explore_progress progress;
    th_findings *findings;
    char error[ERROR_MAX];
    pthread_t thread;
} hunt_job;

static bool is_over(const hunt_job *job, double time) {
    const hunt_state *hunt = job->hunt;
    if (hunt->desc->stop != NULL && atomic_load(hunt->desc->stop)) return true;
    if (atomic_load(&hunt->over)) return true;
    if (hunt->deadline > 0 && time > hunt->deadline) return true;
    return job->phase_deadline > 0 && time > job->phase_deadline;
}

static bool go_on(void *context, const th_explore_progress *progress) {
    hunt_job *job = context;
    pthread_mutex_lock(&job->hunt->lock);
    job->progress = *progress;
    pthread_mutex_unlock(&job->hunt->lock);
    const double time = now();
    if (!is_over(job, time)) return true;
    if (job->stopped_at == 0) job->stopped_at = time;
    return progress->simplifying && time < job->stopped_at + GRACE_SECONDS;
}

static bool label_of(void *scenario, const th_world *world, const char **label) {
    char error[ERROR_MAX];
    return th_scenario_finish(scenario, world, label, error, sizeof error);
}

th_explore_desc th_hunt_explore_desc(th_scenario *scenario) {
    return (th_explore_desc){.start = th_scenario_start(scenario),
                             .resolver = th_scenario_resolver(scenario),
                             .label = label_of,
                             .label_context = scenario,
                             .label_ignores_memory = !th_scenario_has_finally(scenario),
                             .seed = th_scenario_env(scenario)->seed};
}

static th_explore_desc explore_desc(hunt_job *job, th_scenario *scenario) {
    const th_hunt_desc *desc = job->hunt->desc;
    th_explore_desc explore = th_hunt_explore_desc(scenario);
    explore.go_on = go_on;
    explore.go_on_context = job;
    explore.mode = (uint8_t)job->mode;
    explore.has_bound = desc->has_bound;
    explore.bound = desc->bound;
    explore.execution_limit = explore.state_limit = desc->execution_limit;
    explore.job = (uint32_t)job->index;
    explore.job_count = (uint32_t)job->count;
    if (desc->has_seed) explore.seed = desc->seed;
    return explore;
}

static void forget_counts(th_findings *findings) {
    for (uint32_t i = 0; i < findings->count; i++) findings->items[i].count = th_count_of(0);
    findings->executions = th_count_of(0);
}

// Runs one search; keeps what it found beside what was found before. False: failed.
static bool explore(hunt_job *job, th_scenario *scenario, th_explore_mode mode) {
    job->mode = mode;
    job->stopped_at = 0;
    const th_explore_desc desc = explore_desc(job, scenario);
    th_findings *findings = th_explore_run(&desc);
    if (findings->error != NULL) {
        const char *why = th_scenario_error(scenario);
        const bool has_line = *why != '\0';
        snprintf(job->error, sizeof job->error, "%s%s%s",
                 has_line ? why : th_scenario_path(scenario), has_line ? "" : ": ",
                 has_line ? "" : findings->error);
    }
    if (job->findings != NULL) {
        // Counts of two searches have nothing to do with each other: the later one's are kept.
        forget_counts(job->findings);
        th_findings_merge(findings, job->findings);
        th_findings_free(job->findings);
    }
    job->findings = findings;
    return *job->error == '\0';
}

static void explore_automatically(hunt_job *job, th_scenario *scenario) {
    const hunt_state *hunt = job->hunt;
    const double third = (hunt->deadline - hunt->start) / 3;
    job->phase_deadline = hunt->start + (job->count > 1 ? 1.5 : 1) * third;
    if (!explore(job, scenario, TH_EXPLORE_DPOR) || job->findings->complete) return;
    job->phase_deadline = job->count > 1 ? 0 : hunt->start + 2 * third;
    if (!explore(job, scenario, TH_EXPLORE_BOUNDED) || job->findings->complete) return;
    if (job->count > 1) return;  // others have run random executions in the meantime
    job->phase_deadline = 0;
    const int64_t bound = job->findings->bound;
    const uint64_t states = job->findings->states;
    explore(job, scenario, TH_EXPLORE_RANDOM);
    job->findings->bound = bound;
    job->findings->states = states;
}

static void run_job(hunt_job *job) {
    const th_hunt_desc *desc = job->hunt->desc;
    th_scenario *scenario = th_scenario_load(&desc->scenario, job->error, sizeof job->error);
    if (scenario == NULL) return;
    if (job->automatic && job->index == 0) {
        explore_automatically(job, scenario);
    } else if (job->automatic) {
        job->index--;  // of those that run random executions
        job->count--;
        explore(job, scenario, TH_EXPLORE_RANDOM);
    } else {
        explore(job, scenario, job->mode);
    }
    th_scenario_free(scenario);
}

static void *run_thread(void *context) {
    hunt_job *job = context;
    run_job(job);
    hunt_state *hunt = job->hunt;
    pthread_mutex_lock(&hunt->lock);
    if (*job->error != '\0' || (job->findings != NULL && job->findings->complete)) {
        atomic_store(&hunt->over, true);
    }
    hunt->running--;
    pthread_cond_signal(&hunt->changed);
    pthread_mutex_unlock(&hunt->lock);
    return NULL;
}

static void add_milliseconds(struct timespec *time, long ms) {
    time->tv_nsec += ms * 1000000;
    time->tv_sec += time->tv_nsec / 1000000000;
    time->tv_nsec %= 1000000000;
}

// The jobs' progress as one. The lock is held.
static th_explore_progress sum_of(const hunt_job *jobs, int count) {
    th_explore_progress sum = {.bound = -1};
    for (int i = 0; i < count; i++) {
        const th_explore_progress *each = &jobs[i].progress;
        sum.states += each->states;
        sum.steps += each->steps;
        sum.executions += each->executions;
        if (each->finding_count > sum.finding_count) sum.finding_count = each->finding_count;
        if (each->bound > sum.bound) sum.bound = each->bound;
        sum.simplifying |= each->simplifying;
    }
    return sum;
}

static void watch(hunt_state *hunt, const hunt_job *jobs, int count) {
    struct timespec until;
    pthread_mutex_lock(&hunt->lock);
    while (hunt->running > 0) {
        clock_gettime(CLOCK_REALTIME, &until);
        add_milliseconds(&until, WATCH_MS);
        pthread_cond_timedwait(&hunt->changed, &hunt->lock, &until);
        if (hunt->desc->watch == NULL || hunt->running == 0) continue;
        const th_explore_progress sum = sum_of(jobs, count);
        pthread_mutex_unlock(&hunt->lock);
        hunt->desc->watch(hunt->desc->watch_context, &sum, now() - hunt->start);
        pthread_mutex_lock(&hunt->lock);
    }
    pthread_mutex_unlock(&hunt->lock);
}

// Threads that are of use.
static int job_count(const th_hunt_desc *desc) {
    const long count = desc->jobs > 0 ? desc->jobs : sysconf(_SC_NPROCESSORS_ONLN);
    const bool alone =
        !desc->automatic && desc->mode != TH_EXPLORE_RANDOM && desc->mode != TH_EXPLORE_PCT;
    if (alone || count < 1) return 1;
    return count < TH_HUNT_JOB_MAX ? (int)count : TH_HUNT_JOB_MAX;
}

static th_findings *take(hunt_job *job) {
    th_findings *findings = job->findings;
    job->findings = NULL;
    return findings;
}

// Gathers what the jobs found: into what is complete; else into the counts of random runs.
static th_findings *gather(hunt_job *jobs, int count) {
    th_findings *all = take(&jobs[0]);
    const bool parts = jobs[0].automatic && count > 1;
    if (parts && all->complete) return all;
    if (parts) {
        th_findings *random = take(&jobs[1]);
        forget_counts(all);
        th_findings_merge(random, all);
        random->bound = all->bound;
        random->states = all->states;
        th_findings_free(all);
        all = random;
    }
    for (int i = 1; i < count; i++) {
        if (jobs[i].findings != NULL) th_findings_merge(all, jobs[i].findings);
    }
    return all;
}

static void start_jobs(hunt_state *hunt, hunt_job *jobs, int count) {
    hunt->running = count;
    for (int i = 0; i < count; i++) {
        jobs[i] = (hunt_job){.hunt = hunt,
                             .index = i,
                             .count = count,
                             .mode = hunt->desc->mode,
                             .automatic = hunt->desc->automatic,
                             .progress.bound = -1};
    }
    for (int i = 0; i < count; i++) {
        jobs[i].started = pthread_create(&jobs[i].thread, NULL, run_thread, &jobs[i]) == 0;
        if (jobs[i].started) continue;
        snprintf(jobs[i].error, sizeof jobs[i].error, "cannot start a thread");
        pthread_mutex_lock(&hunt->lock);
        hunt->running--;
        pthread_mutex_unlock(&hunt->lock);
    }
}

// Waits for the jobs. NULL: all went well, else why not.
static const char *join_jobs(hunt_job *jobs, int count) {
    const char *why = NULL;
    for (int i = 0; i < count; i++) {
        if (jobs[i].started) pthread_join(jobs[i].thread, NULL);
        if (why == NULL && *jobs[i].error != '\0') why = jobs[i].error;
    }
    return why;
}

static double deadline_of(const th_hunt_desc *desc, double start) {
    if (desc->seconds > 0) return start + desc->seconds;
    return desc->automatic ? start + DEFAULT_SECONDS : 0;
}

bool th_hunt_run(const th_hunt_desc *desc, th_hunt_result *result, char *error, size_t error_size) {
    *result = (th_hunt_result){.automatic = desc->automatic};
    const int count = job_count(desc);
    hunt_job *jobs = calloc((size_t)count, sizeof *jobs);
    if (jobs == NULL) {
        snprintf(error, error_size, "out of memory");
        return false;
    }
    hunt_state hunt = {.desc = desc, .start = now()};
    hunt.deadline = deadline_of(desc, hunt.start);
    pthread_mutex_init(&hunt.lock, NULL);
    pthread_cond_init(&hunt.changed, NULL);
    start_jobs(&hunt, jobs, count);
    watch(&hunt, jobs, count);
    const char *why = join_jobs(jobs, count);
    if (why == NULL) result->findings = gather(jobs, count);
    if (why != NULL) snprintf(error, error_size, "%s", why);
    for (int i = 0; i < count; i++) th_findings_free(jobs[i].findings);
    free(jobs);
    pthread_cond_destroy(&hunt.changed);
    pthread_mutex_destroy(&hunt.lock);
    result->seconds = now() - hunt.start;
    return result->findings != NULL;
}

void th_hunt_free(th_hunt_result *result) {
    th_findings_free(result->findings);
    *result = (th_hunt_result){0};
}

void th_hunt_interval(double hits, double runs, double *low, double *high) {
    const double z = 1.959964;  // of 95 %
    const double share = runs > 0 ? hits / runs : 0;
    *low = 0;
    *high = 1;
    if (runs <= 0) return;
    const double z2 = z * z / runs;
    const double middle = (share + z2 / 2) / (1 + z2);
    const double half = z / (1 + z2) * sqrt(share * (1 - share) / runs + z2 / (4 * runs));
    *low = fmax(0, middle - half);
    *high = fmin(1, middle + half);
}

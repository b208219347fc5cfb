#define _POSIX_C_SOURCE 200809L

#include "gui/export/workers.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "gui/export/error.h"
#include "gui/export/frame_diff.h"
#include "sim/base/assert.h"

enum { TICK_MS = 50 }; /* how often progress is looked at */

typedef struct th_pool {
    th_export_job *job;
    const th_export_sink *sink;
    int batch_length;

    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t turn;   /* next_emitted, or failed, has changed */
    pthread_cond_t ended;  /* running_count has changed */
    int next_batch;        /* the first that nobody has taken */
    int next_emitted;      /* the batch whose turn it is to be emitted */
    int done_count;        /* frames encoded */
    int running_count;     /* workers that have not ended */
    bool failed;
    th_export_error error; /* the first failure's */
} th_pool;

typedef struct th_worker {
    th_pool *pool;
    th_renderer *renderer;
    void *sink_state;
    int last_index; /* the frame that sink_state took in last; -1: none */
    pthread_t thread;
} th_worker;

static void fail(th_pool *pool, const th_export_error *error) {
    pthread_mutex_lock(&pool->mutex);
    if (!pool->failed) {
        pool->failed = true;
        pool->error = *error;
    }
    pthread_cond_broadcast(&pool->turn);
    pthread_mutex_unlock(&pool->mutex);
}

static bool take_batch(th_pool *pool, int *batch) {
    pthread_mutex_lock(&pool->mutex);
    const int64_t first = (int64_t)pool->next_batch * pool->batch_length;
    const bool any = !pool->failed && first < pool->job->frame_count;
    if (any) {
        *batch = pool->next_batch++;
    }
    pthread_mutex_unlock(&pool->mutex);
    return any;
}

/* The source's index of a frame to be written: they differ where frames are left out. */
static int source_index(const th_export_job *job, int index) {
    const int source_fps = job->desc->fps != 0 ? job->desc->fps : TH_EXPORT_FPS_DEFAULT;
    return (int)((int64_t)index * source_fps / job->fps);
}

static bool encode(th_worker *worker, int index, bool is_reference, th_export_error *error) {
    const th_export_job *job = worker->pool->job;
    const th_export_sink *sink = worker->pool->sink;
    th_renderer *renderer = worker->renderer;
    if (job->desc->cancel != NULL && *job->desc->cancel != 0) {
        return th_export_fail_cancelled(error);
    }
    if (!th_renderer_draw(renderer, source_index(job, index), error)) {
        return false;
    }
    const int width = job->source->width, height = job->source->height;
    if (worker->last_index < 0) {
        th_frame_change_all(width, height, &renderer->change); /* another pass's state saw less */
    }
    const th_export_frame frame = {
        .index = index,
        .width = width,
        .height = height,
        .pixels = renderer->pixels,
        .change = &renderer->change,
        .is_reference = is_reference,
    };
    worker->last_index = index;
    if (!sink->encode(sink->context, worker->sink_state, &frame, error)) {
        return false;
    }
    if (!is_reference) {
        pthread_mutex_lock(&worker->pool->mutex);
        worker->pool->done_count++;
        pthread_mutex_unlock(&worker->pool->mutex);
    }
    return true;
}

/* Waits until every earlier batch was emitted; false once the export has failed. */
static bool wait_for_turn(th_pool *pool, int batch) {
    pthread_mutex_lock(&pool->mutex);
    while (!pool->failed && pool->next_emitted != batch) {
        pthread_cond_wait(&pool->turn, &pool->mutex);
    }
    const bool mine = !pool->failed;
    pthread_mutex_unlock(&pool->mutex);
    return mine;
}

static void pass_turn(th_pool *pool) {
    pthread_mutex_lock(&pool->mutex);
    pool->next_emitted++;
    pthread_cond_broadcast(&pool->turn);
    pthread_mutex_unlock(&pool->mutex);
}

static bool run_batch(th_worker *worker, int batch, th_export_error *error) {
    th_pool *pool = worker->pool;
    const th_export_sink *sink = pool->sink;
    const int first = batch * pool->batch_length;
    const int left = pool->job->frame_count - first;
    const int end = first + (left < pool->batch_length ? left : pool->batch_length);
    if (sink->with_previous && first > 0 && worker->last_index != first - 1 &&
        !encode(worker, first - 1, true, error)) {
        return false;
    }
    for (int index = first; index < end; index++) {
        if (!encode(worker, index, false, error)) {
            return false;
        }
    }
    if (sink->emit == NULL || !wait_for_turn(pool, batch)) {
        return true;
    }
    if (!sink->emit(sink->context, worker->sink_state, error)) {
        return false;
    }
    pass_turn(pool);
    return true;
}

static void *run_worker(void *argument) {
    th_worker *worker = argument;
    th_pool *pool = worker->pool;
    th_export_error error;
    int batch;
    while (take_batch(pool, &batch)) {
        if (!run_batch(worker, batch, &error)) {
            fail(pool, &error);
        }
    }
    pthread_mutex_lock(&pool->mutex);
    pool->running_count--;
    pthread_cond_signal(&pool->ended);
    pthread_mutex_unlock(&pool->mutex);
    return NULL;
}

/* Signals that writing raises, and those that the main thread is to handle. */
static void block_signals(sigset_t *before) {
    sigset_t blocked;
    sigemptyset(&blocked);
    const int signals[] = {SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        sigaddset(&blocked, signals[i]);
    }
    pthread_sigmask(SIG_BLOCK, &blocked, before);
}

/* Starts what threads it can; at least one, or fails. */
static void start_workers(th_pool *pool, th_worker *workers, int count, int *started_count) {
    sigset_t before;
    block_signals(&before); /* new threads inherit the mask */
    *started_count = 0;
    for (int i = 0; i < count; i++) {
        pthread_mutex_lock(&pool->mutex);
        pool->running_count++;
        pthread_mutex_unlock(&pool->mutex);
        if (pthread_create(&workers[i].thread, NULL, run_worker, &workers[i]) != 0) {
            pthread_mutex_lock(&pool->mutex);
            pool->running_count--;
            pthread_mutex_unlock(&pool->mutex);
            break;
        }
        (*started_count)++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void watch_progress(th_pool *pool) {
    pthread_mutex_lock(&pool->mutex);
    while (pool->running_count > 0) {
        const int done = pool->job->done_count + pool->done_count;
        pthread_mutex_unlock(&pool->mutex);
        th_progress_update(pool->job->progress, done, th_progress_clock_ms());
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += TICK_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        pthread_mutex_lock(&pool->mutex);
        if (pool->running_count > 0) {
            pthread_cond_timedwait(&pool->ended, &pool->mutex, &until);
        }
    }
    pool->job->done_count += pool->done_count;
    pthread_mutex_unlock(&pool->mutex);
}

static void run_pool(th_pool *pool, th_worker *workers, int count) {
    int started_count;
    start_workers(pool, workers, count, &started_count);
    if (started_count == 0) {
        th_export_error error;
        th_export_fail(&error, TH_EXPORT_NO_MEMORY, "cannot start a thread for the export");
        fail(pool, &error);
    }
    watch_progress(pool);
    for (int i = 0; i < started_count; i++) {
        pthread_join(workers[i].thread, NULL);
    }
}

bool th_workers_run(th_export_job *job, const th_export_sink *sink, th_export_error *error) {
    const int count = job->jobs;
    const int fair_share = (job->frame_count - 1) / count + 1;
    th_pool pool = {
        .job = job,
        .sink = sink,
        .batch_length = sink->batch_length < fair_share ? sink->batch_length : fair_share,
    };
    th_worker *workers = calloc((size_t)count, sizeof *workers);
    if (workers == NULL) {
        return th_export_fail_memory(error);
    }
    pthread_mutex_init(&pool.mutex, NULL);
    pthread_cond_init(&pool.turn, NULL);
    pthread_cond_init(&pool.ended, NULL);

    bool opened = true;
    for (int i = 0; i < count && opened; i++) {
        workers[i] = (th_worker){.pool = &pool, .renderer = &job->renderers[i], .last_index = -1};
        opened = sink->open(sink->context, &workers[i].sink_state, error);
    }
    if (opened) {
        run_pool(&pool, workers, count);
    }
    for (int i = 0; i < count; i++) {
        if (workers[i].sink_state != NULL) {
            sink->close(sink->context, workers[i].sink_state);
        }
    }
    pthread_cond_destroy(&pool.ended);
    pthread_cond_destroy(&pool.turn);
    pthread_mutex_destroy(&pool.mutex);
    free(workers);
    if (opened && pool.failed) {
        *error = pool.error;
    }
    return opened && !pool.failed;
}

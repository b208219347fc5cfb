// The log: 16 bytes a step, in chunks; what 16 bytes do not hold stands beside.
#include "sim/history/history.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

void *th_history_reserve(void *items, uint32_t count, uint32_t *capacity, size_t size) {
    if (count < *capacity) return items;
    *capacity = *capacity ? *capacity * 2 : 16;
    void *grown = realloc(items, *capacity * size);
    TH_ASSERT(grown != NULL);
    return grown;
}

void th_log_free(th_log *log, th_chunk_pool *pool) {
    for (uint32_t i = 0; i < log->chunk_count; i++) {
        pool->items =
            th_history_reserve(pool->items, pool->count, &pool->capacity, sizeof(*pool->items));
        pool->items[pool->count++] = log->chunks[i];
    }
    free(log->chunks);
    *log = (th_log){0};
}

void th_chunk_pool_free(th_chunk_pool *pool) {
    for (uint32_t i = 0; i < pool->count; i++) free(pool->items[i]);
    free(pool->items);
    *pool = (th_chunk_pool){0};
}

static void add_chunk(th_log *log, th_chunk_pool *pool) {
    log->chunks = th_history_reserve(log->chunks, log->chunk_count, &log->chunk_capacity,
                                     sizeof(*log->chunks));
    th_event *chunk =
        pool->count > 0 ? pool->items[--pool->count] : malloc(TH_CHUNK_STEPS * sizeof(*chunk));
    TH_ASSERT(chunk != NULL);
    log->chunks[log->chunk_count++] = chunk;
}

// The place of the next event; `*room` of them fit from there on.
static th_event *log_place(th_log *log, th_chunk_pool *pool, uint32_t *room) {
    const uint32_t at = (uint32_t)(log->count % TH_CHUNK_STEPS);
    if (at == 0) add_chunk(log, pool);
    *room = TH_CHUNK_STEPS - at;
    return &log->chunks[log->count / TH_CHUNK_STEPS][at];
}

uint64_t th_branch_length(const th_branch *branch) { return branch->fork + branch->log.count; }

const th_event *th_branch_event(const th_branch *branch, uint64_t step) {
    TH_ASSERT(step > branch->fork && step <= th_branch_length(branch));
    const uint64_t index = step - branch->fork - 1;
    return &branch->log.chunks[index / TH_CHUNK_STEPS][index % TH_CHUNK_STEPS];
}

// The choice that an event tells by itself.
static th_choice told_choice(const th_event *event) {
    const bool drain = event->kind == TH_EVENT_DRAIN;
    return (th_choice){
        .g = event->g,
        .kind = drain ? TH_CHOICE_DRAIN : TH_CHOICE_RUN,
        .value = drain ? 0 : -1,
    };
}

static bool is_told(const th_event *event, th_choice choice) {
    const th_choice told = told_choice(event);
    return told.g == choice.g && told.kind == choice.kind && told.value == choice.value;
}

static void keep_choice(th_branch *branch, th_choice choice) {
    branch->choices = th_history_reserve(branch->choices, branch->choice_count,
                                         &branch->choice_capacity, sizeof(*branch->choices));
    branch->choices[branch->choice_count++] =
        (th_kept_choice){.step = th_branch_length(branch), .choice = choice};
}

// Kinds as sets of bits: asked for every event.
#define X(name, text, reads, writes, step) | ((uint64_t)(step) << TH_EVENT_##name)
static const uint64_t STEP_KINDS = 0 TH_EVENT_KINDS(X);
#undef X
#define KIND(name) (UINT64_C(1) << TH_EVENT_##name)
static const uint64_t MARKED_KINDS = KIND(GO) | KIND(EXIT) | KIND(NOTE) | KIND(GROW) | KIND(GROWN) |
                                     KIND(FATAL) | KIND(PANIC) | KIND(FAULT);
#undef KIND
_Static_assert(TH_EVENT_KIND_COUNT <= 64, "a set of kinds is one word");

static bool is_in(uint64_t kinds, th_event event) { return (kinds >> event.kind & 1) != 0; }

static void mark(th_branch *branch, th_event event) {
    branch->markers = th_history_reserve(branch->markers, branch->marker_count,
                                         &branch->marker_capacity, sizeof(*branch->markers));
    branch->markers[branch->marker_count++] =
        (th_marker){.step = th_branch_length(branch), .event = event};
}

// Records the steps at the start of `events` that need no more than copying, and what came with
// them; returns how many events that were. They are most, and recording must cost little beside
// taking the step: where the operations begin and end is no branch, which none could foresee.
static uint32_t record_simple(th_log *log, th_chunk_pool *pool, uint16_t g, const th_event *events,
                              uint32_t count) {
    const uint64_t special = MARKED_KINDS | UINT64_C(1) << TH_EVENT_DRAIN;
    if (!is_in(STEP_KINDS, events[0])) return 0;
    uint32_t room = 0;
    th_event *place = log_place(log, pool, &room);
    uint32_t i = 0, steps = 0;
    while (i < count && steps < room) {
        th_event event = events[i++];
        if (event.race || event.g != g || is_in(special, event)) {
            i--;
            break;
        }
        event.marked = i < count && !is_in(STEP_KINDS, events[i]);
        place[steps] = event;  // the next step replaces what is none
        steps += is_in(STEP_KINDS, event);
    }
    log->count += steps;
    return i;
}

static void record_step(th_branch *branch, th_chunk_pool *pool, th_choice choice, th_event event) {
    uint32_t room = 0;
    th_event *place = log_place(&branch->log, pool, &room);
    event.has_value = !is_told(&event, choice);
    *place = event;
    branch->log.count++;
    if (event.has_value) keep_choice(branch, choice);
}

// An event that belongs to the step before.
static void record_note(th_branch *branch) {
    TH_ASSERT(branch->log.count > 0);
    const uint64_t index = branch->log.count - 1;
    branch->log.chunks[index / TH_CHUNK_STEPS][index % TH_CHUNK_STEPS].marked = 1;
}

void th_branch_record(th_branch *branch, th_chunk_pool *pool, th_choice choice, uint64_t taken,
                      const th_events *events) {
    const uint64_t length = branch->log.count + taken;
    const bool is_plain = choice.kind == TH_CHOICE_RUN && choice.value == -1;
    for (uint32_t i = 0; i < events->count; i++) {
        if (is_plain) {
            i += record_simple(&branch->log, pool, choice.g, events->items + i, events->count - i);
            if (i == events->count) break;
        }
        const th_event event = events->items[i];
        if (is_in(STEP_KINDS, event)) {
            record_step(branch, pool, choice, event);
        } else {
            record_note(branch);
        }
        if (event.race || is_in(MARKED_KINDS, event)) mark(branch, event);
    }
    TH_ASSERT(branch->log.count == length);
}

th_choice th_branch_choice(const th_branch *branch, uint64_t step) {
    const th_event *event = th_branch_event(branch, step);
    if (!event->has_value) return told_choice(event);
    uint32_t low = 0;
    uint32_t high = branch->choice_count;
    while (low + 1 < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (branch->choices[middle].step <= step) {
            low = middle;
        } else {
            high = middle;
        }
    }
    TH_ASSERT(low < high && branch->choices[low].step == step);
    return branch->choices[low].choice;
}

#include "sim/world/world.h"

#include "sim/world/parts.h"

#include <stdlib.h>
#include <string.h>

const char *th_end_string(th_end end) {
    static const char *const NAMES[] = {"running",  "done",  "fatal", "panic",
                                        "deadlock", "fault", "limit"};
    TH_ASSERT((size_t)end < sizeof(NAMES) / sizeof(NAMES[0]));
    return NAMES[end];
}

static void reserve(th_world *world, uint32_t count) {
    if (count <= world->goroutine_capacity) return;
    uint32_t capacity = world->goroutine_capacity ? world->goroutine_capacity : 4;
    while (capacity < count) capacity *= 2;
    world->goroutines = realloc(world->goroutines, capacity * sizeof(*world->goroutines));
    TH_ASSERT(world->goroutines != NULL);
    if (world->env->memory_model != TH_MODEL_SC) {
        world->buffers = realloc(world->buffers, capacity * sizeof(*world->buffers));
        TH_ASSERT(world->buffers != NULL);
    }
    world->goroutine_capacity = capacity;
}

static void tell_start(th_world *world, uint16_t parent, uint16_t g) {
    if (world->skip_races) return;
    if (world->race_log == NULL) {
        th_detector_start(&world->races, parent, g);
        return;
    }
    th_race_log_append(world->race_log,
                       &(th_race_word){.kind = TH_RACE_START, .g = g, .other = parent});
}

uint16_t th_world_add(th_world *world, uint16_t parent, th_node_id root) {
    if (world->goroutine_count == TH_GOROUTINE_MAX) return 0;
    reserve(world, world->goroutine_count + 1);
    const uint16_t g = (uint16_t)world->goroutine_count++;
    world->goroutines[g] = (th_goroutine){.node = root, .parent = parent};
    if (world->buffers != NULL) {
        th_buffer_init(&world->buffers[g], world->env->memory_model == TH_MODEL_TSO, 0);
    }
    if (g == 0) return g;
    world->live_count++;
    tell_start(world, parent, g);
    if (world->env->schedule != TH_SCHEDULE_GO) return g;
    const uint32_t p = parent == 0 ? TH_SCHED_NO_P : th_sched_p_of(&world->sched, parent);
    if (p == TH_SCHED_NO_P) {
        th_sched_start(&world->sched, g);
    } else {
        th_sched_spawn(&world->sched, p, g);
    }
    return g;
}

void th_world_init(th_world *world, const th_env *env) {
    *world = (th_world){.env = env, .skip_races = env->skip_races};
    th_memory_init(&world->memory);
    world->memory.hashing = env->hashing;
    th_detector_init(&world->races);
    const bool go = env->schedule == TH_SCHEDULE_GO;
    th_sync_init(&world->sync, go ? TH_SYNC_GO : TH_SYNC_BRIEF, 0);
    if (go) {
        th_sched_init(&world->sched, &(th_sched_desc){.seed = env->seed,
                                                      .slice_steps = env->slice_steps,
                                                      .procs = env->procs});
    }
    th_world_add(world, 0, 0);
}

void th_world_free(th_world *world) {
    th_memory_free(&world->memory);
    th_sync_free(&world->sync);
    th_sync_io_free(&world->io);
    if (world->env != NULL && world->env->schedule == TH_SCHEDULE_GO) {
        th_sched_free(&world->sched);
    }
    th_detector_free(&world->races);
    free(world->goroutines);
    free(world->buffers);
    *world = (th_world){0};
}

static void copy_but_races(th_world *to, const th_world *from) {
    if (to->env != from->env) {
        th_world_free(to);
        th_world_init(to, from->env);
    }
    th_memory_copy(&to->memory, &from->memory);
    th_sync_copy(&to->sync, &from->sync);
    if (from->env->schedule == TH_SCHEDULE_GO) th_sched_copy(&to->sched, &from->sched);
    reserve(to, from->goroutine_count);
    memcpy(to->goroutines, from->goroutines, from->goroutine_count * sizeof(*to->goroutines));
    for (uint32_t g = 0; from->buffers != NULL && g < from->goroutine_count; g++) {
        th_buffer_copy(&to->buffers[g], &from->buffers[g]);
    }
    to->goroutine_count = from->goroutine_count;
    to->begun_count = from->begun_count;
    to->live_count = from->live_count;
    to->unresolved_count = from->unresolved_count;
    to->main_g = from->main_g;
    to->last_g = from->last_g;
    to->due = from->due;
    to->step_count = from->step_count;
    to->race_step = from->race_step;
    to->outcome = from->outcome;
}

void th_world_copy(th_world *to, const th_world *from) {
    if (to == from) return;
    copy_but_races(to, from);
    th_detector_copy(&to->races, &from->races);
    to->skip_races = from->skip_races;
}

void th_world_copy_without_races(th_world *to, const th_world *from) {
    TH_ASSERT(to != from);
    copy_but_races(to, from);
    th_detector_free(&to->races);
    th_detector_init(&to->races);
    to->skip_races = true;
}

uint16_t th_world_start(th_world *world, th_node_id root) { return th_world_add(world, 0, root); }

void th_world_set_main(th_world *world, uint16_t g) {
    TH_ASSERT(g > 0 && g < world->goroutine_count);
    world->main_g = g;
}

const th_request *th_world_request(const th_world *world, uint16_t g) {
    const th_goroutine *goroutine = &world->goroutines[g];
    if (goroutine->node == 0 || goroutine->status == TH_STATUS_DEAD) return NULL;
    return th_programs_request(world->env->programs, goroutine->node);
}

const char *th_world_waits(const th_world *world, uint16_t g) {
    const th_goroutine *goroutine = &world->goroutines[g];
    const th_request *request = th_world_request(world, g);
    if (request == NULL || goroutine->status != TH_STATUS_READY) return NULL;
    if (th_request_awaits(world, request)) return "await";
    if (request->op != TH_REQUEST_SYNC) return NULL;
    const th_sync_wait_reason why =
        th_sync_why(&world->sync, &world->memory, &goroutine->frame.sync, g);
    return why == TH_SYNC_WAIT_NONE ? NULL : th_sync_wait_reason_string(why);
}

const char *th_world_goroutine_name(const th_world *world, uint16_t g) {
    const th_node_id node = world->goroutines[g].node;
    return node == 0 ? "" : th_programs_name(world->env->programs, node);
}

static bool all_begun(const th_world *world) {
    return world->env->schedule == TH_SCHEDULE_GO ||
           world->begun_count + 1 >= world->goroutine_count;
}

bool th_world_settled(const th_world *world) {
    return world->unresolved_count == 0 && all_begun(world);
}

void th_world_begin_new(th_world *world, th_events *events) {
    // While one waits for its next node it might start others: they would be numbered in another
    // order than where all nodes are known.
    while (!all_begun(world) && world->unresolved_count == 0 && !th_world_ended(world)) {
        const uint16_t g = (uint16_t)++world->begun_count;
        th_stride stride = th_stride_make(world, g, events, -1);
        th_request_begin(&stride, world->goroutines[g].node);
    }
}

static bool resolve(th_world *world, uint16_t g, th_resolver resolver, th_events *events) {
    th_goroutine *goroutine = &world->goroutines[g];
    const th_result result = goroutine->result;
    if (th_programs_next(world->env->programs, goroutine->node, &result) == 0 &&
        resolver.next(resolver.context, goroutine->node, &result) == 0) {
        return false;
    }
    goroutine->result = (th_result){0};
    goroutine->status = TH_STATUS_NEW;
    world->unresolved_count--;
    th_stride stride = th_stride_make(world, g, events, -1);
    th_request_go_on(&stride, &result);
    if (world->due != TH_DUE_NOTHING && g == world->last_g && !th_world_ended(world) &&
        world->goroutines[g].status != TH_STATUS_UNRESOLVED) {
        th_world_schedule(world);
    }
    return true;
}

static bool settle(th_world *world, th_resolver resolver, th_events *events) {
    th_world_begin_new(world, events);
    while (world->unresolved_count > 0 && !th_world_ended(world)) {
        for (uint32_t g = 1; g < world->goroutine_count && !th_world_ended(world); g++) {
            if (world->goroutines[g].status != TH_STATUS_UNRESOLVED) continue;
            if (!resolve(world, (uint16_t)g, resolver, events)) return false;
        }
        th_world_begin_new(world, events);
    }
    th_world_end_if_over(world);
    return true;
}

bool th_world_settle(th_world *world, th_resolver resolver, th_events *events) {
    if (events != NULL) return settle(world, resolver, events);
    th_events unseen = {0};
    const bool settled = settle(world, resolver, &unseen);
    th_events_free(&unseen);
    return settled;
}

void th_world_end(th_world *world, th_port *port, th_end end, const char *message) {
    if (th_world_ended(world)) return;
    world->outcome.end = (uint8_t)end;
    world->outcome.g = port->g;
    world->outcome.message = message;
    world->outcome.address = port->access.address;
    if (end == TH_END_FATAL) th_port_note(port, TH_EVENT_FATAL, port->access.address, 0);
    if (end == TH_END_FAULT) th_port_note(port, TH_EVENT_FAULT, port->access.address, 0);
    if (end == TH_END_PANIC) th_port_note(port, TH_EVENT_PANIC, 0, 0);
}

static bool buffers_empty(const th_world *world) {
    for (uint32_t g = 1; world->buffers != NULL && g < world->goroutine_count; g++) {
        if (world->buffers[g].count > 0) return false;
    }
    return true;
}

void th_world_end_if_over(th_world *world) {
    if (th_world_ended(world) || !th_world_settled(world)) return;
    if (world->live_count == 0 && buffers_empty(world)) {
        world->outcome.end = TH_END_DONE;
        return;
    }
    const th_choice again = {.g = world->last_g, .kind = TH_CHOICE_RUN, .value = -1};
    if (th_world_enabled(world, again) || th_world_choices(world, NULL, 0) > 0) return;
    world->outcome.end = TH_END_DEADLOCK;
    world->outcome.message = TH_DEADLOCK_MESSAGE;
}

// True: the access raced.
static bool tell_access(th_world *world, const th_race_access *access) {
    if (world->race_log == NULL) {
        th_race_report report;
        return th_detector_access(&world->races, access, &report);
    }
    th_race_log_append(world->race_log,
                       &(th_race_word){.kind = TH_RACE_ACCESS, .g = access->g, .access = *access});
    return false;
}

// True: it is an access, and raced.
static bool tell_edge(th_world *world, const th_sync_edge *edge) {
    if (edge->kind == TH_EDGE_READ || edge->kind == TH_EDGE_WRITE) {
        const th_request *request = th_world_request(world, edge->g);
        const th_race_access access = {
            .address = edge->object,
            .step = world->races.step,
            .node = world->goroutines[edge->g].node,
            .line = request == NULL ? 0 : request->line,
            .size = 1,
            .site = edge->site,
            .g = edge->g,
            .kind = edge->kind == TH_EDGE_READ ? TH_EVENT_READ : TH_EVENT_WRITE,
        };
        return tell_access(world, &access);
    }
    if (world->race_log == NULL) {
        th_detector_edge(&world->races, (th_hb)edge->kind, edge->g, edge->object, edge->other);
        return false;
    }
    th_race_log_append(world->race_log, &(th_race_word){.kind = TH_RACE_EDGE,
                                                        .edge = edge->kind,
                                                        .g = edge->g,
                                                        .other = edge->other,
                                                        .object = edge->object});
    return false;
}

void th_world_take_edges(th_world *world, th_events *events) {
    if (world->skip_races) return;
    for (uint32_t i = 0; i < world->io.edge_count; i++) {
        if (world->io.edges[i].g == 0) continue;  // the scenario itself: before everything
        if (!tell_edge(world, &world->io.edges[i])) continue;
        events->items[events->count - 1].race = 1;
        world->race_step = world->races.step;
    }
    world->io.edge_count = 0;
}

void th_world_take_ready(th_world *world, uint16_t g) {
    if (world->env->schedule != TH_SCHEDULE_GO) return;
    const uint32_t p = th_sched_p_of(&world->sched, g);
    for (uint32_t i = 0; i < world->io.ready_count; i++) {
        th_sched_ready(&world->sched, p, world->io.ready[i]);
    }
    world->io.ready_count = 0;
}

// The accesses that a race detector counts: a body's own and the map's. Those of sync/ order
// others, they do not race.
static bool races_count(const th_world *world, const th_event *event) {
    return (th_event_kind_reads((th_event_kind)event->kind) ||
            th_event_kind_writes((th_event_kind)event->kind)) &&
           event->kind != TH_EVENT_DRAIN && !world->skip_races;
}

static uint32_t bytes_touched(const th_world *world, const th_event *event) {
    if (event->kind == TH_EVENT_CLEAR) return event->value;
    if (event->kind != TH_EVENT_RELEASE) return event->size;
    const th_block *block = th_memory_block(&world->memory, th_event_address(*event));
    return block == NULL ? 0 : block->size;
}

void th_world_watch(th_world *world, th_events *events, uint32_t first) {
    if (world->skip_races) return;
    if (world->race_log == NULL && world->races.started_count < 2) return;
    // All of these are of the request that the last step belongs to.
    const th_request *request = th_world_request(world, world->last_g);
    uint64_t step = world->step_count;
    for (uint32_t i = first; i < events->count; i++) {
        step -= th_event_kind_is_step((th_event_kind)events->items[i].kind);
    }
    for (uint32_t i = first; i < events->count; i++) {
        th_event *event = &events->items[i];
        step += th_event_kind_is_step((th_event_kind)event->kind);
        if (!races_count(world, event)) continue;
        const th_race_access access = {
            .address = th_event_address(*event),
            .step = step,
            .node = world->goroutines[world->last_g].node,
            .line = request == NULL ? 0 : request->line,
            .size = bytes_touched(world, event),
            .site = event->site,
            .g = event->g,
            .kind = event->kind,
        };
        if (!tell_access(world, &access)) continue;
        event->race = 1;
        world->race_step = step;
    }
}

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size) {
    const uint8_t *at = bytes;
    for (size_t i = 0; i + 8 <= size; i += 8) {
        uint64_t word;
        memcpy(&word, at + i, 8);
        hash = th_hash_combine(hash, word);
    }
    return hash;
}

_Static_assert(sizeof(th_goroutine) % 8 == 0, "goroutines are hashed by words");

uint64_t th_world_hash(const th_world *world) {
    TH_ASSERT(world->memory.hashing);
    uint64_t hash = world->memory.hash;
    hash = hash_bytes(hash, world->goroutines + 1,
                      (world->goroutine_count - 1) * sizeof(th_goroutine));
    hash = th_hash_combine(hash, th_sync_hash(&world->sync));
    for (uint32_t g = 1; world->buffers != NULL && g < world->goroutine_count; g++) {
        hash = th_hash_combine(hash, th_buffer_hash(&world->buffers[g]));
    }
    if (world->env->schedule == TH_SCHEDULE_GO) {
        hash = th_hash_combine(hash, th_sched_hash(&world->sched));
    }
    return th_hash_combine(hash, world->outcome.end);
}

// Whoever leaves a P under `go` leaves no stores behind.
static void check_buffer(const th_world *world, uint16_t g) {
    const th_store_buffer *buffer = &world->buffers[g];
    th_buffer_check(buffer);
    if (world->env->schedule != TH_SCHEDULE_GO || th_world_ended(world)) return;
    TH_ASSERT(buffer->count == 0 || th_sched_p_of(&world->sched, g) != TH_SCHED_NO_P);
}

void th_world_check(const th_world *world) {
    th_memory_check(&world->memory);
    th_sync_check(&world->sync, &world->memory);
    if (world->env->schedule == TH_SCHEDULE_GO) th_sched_check(&world->sched);
    uint32_t live = 0, unresolved = 0;
    for (uint32_t g = 1; g < world->goroutine_count; g++) {
        const th_goroutine *goroutine = &world->goroutines[g];
        live += goroutine->status != TH_STATUS_DEAD;
        unresolved += goroutine->status == TH_STATUS_UNRESOLVED;
        if (goroutine->status == TH_STATUS_READY) {
            TH_ASSERT(goroutine->access.kind != TH_EVENT_NONE);
            TH_ASSERT(th_event_kind_is_step((th_event_kind)goroutine->access.kind));
        }
        if (world->buffers != NULL) check_buffer(world, (uint16_t)g);
    }
    TH_ASSERT(live == world->live_count || th_world_ended(world));
    TH_ASSERT(unresolved == world->unresolved_count || th_world_ended(world));
}

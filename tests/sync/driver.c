#include "tests/sync/driver.h"

#include "sim/base/assert.h"
#include "sim/base/hash.h"

#include <stdlib.h>
#include <string.h>

void th_driver_init(th_driver *driver, th_sync_fidelity fidelity) {
    memset(driver, 0, sizeof(*driver));
    th_memory_init(&driver->memory);
    driver->memory.hashing = true;
    th_sync_init(&driver->sync, fidelity, 0);
}

void th_driver_free(th_driver *driver) {
    th_memory_free(&driver->memory);
    th_sync_free(&driver->sync);
}

void th_driver_copy(th_driver *to, const th_driver *from) {
    th_memory_copy(&to->memory, &from->memory);
    th_sync_copy(&to->sync, &from->sync);
    memcpy(to->actors, from->actors, sizeof(to->actors));
    to->actor_count = from->actor_count;
    to->step_count = from->step_count;
    to->ended = from->ended;
    to->last_run = from->last_run;
    to->can_spin = from->can_spin;
    to->seed = from->seed;
}

uint64_t th_driver_hash(const th_driver *driver) {
    uint64_t hash = th_hash_combine(driver->memory.hash, th_sync_hash(&driver->sync));
    for (uint32_t i = 0; i < driver->actor_count; i++) {
        const th_driver_actor *actor = &driver->actors[i];
        th_sync_frame frame = actor->frame;
        frame.waited_from = frame.waited_from != 0;  // starvation is off: time does not count
        hash = th_hash_combine(hash, th_sync_frame_hash(&frame));
        hash = th_hash_combine(hash, th_hash_fnv1a64(actor->log, sizeof(actor->log)));
        hash = th_hash_combine(hash, (uint64_t)actor->at << 1 | actor->over);
    }
    return th_hash_combine(hash, driver->ended);
}

static th_port port_of(th_driver *driver, uint32_t index, th_events *events) {
    th_driver_actor *actor = &driver->actors[index];
    return (th_port){.memory = &driver->memory,
                     .events = events,
                     .seed = driver->seed,
                     .draws = &actor->draws,
                     .choice_value = -1,
                     .g = (uint16_t)(index + 1),
                     .access = actor->access};
}

uint64_t th_driver_make(th_driver *driver, th_sync_kind kind, uint64_t w0, uint64_t w1) {
    th_events events = {0};
    uint32_t draws = 0;
    th_port port = {.memory = &driver->memory, .events = &events, .draws = &draws};
    const uint64_t address = th_sync_make(&port, kind, &(th_value){{w0, w1}}, 1);
    th_events_free(&events);
    return address;
}

static uint64_t result_hash(const th_sync_frame *frame) {
    uint64_t hash = frame->ok;
    for (uint32_t i = 0; i < TH_SYNC_RESULT_WORDS; i++) {
        const bool address = frame->op == TH_SYNC_MAP_RANGE || frame->op == TH_SYNC_MAP_NEXT;
        hash = th_hash_combine(hash, address && i == 4 ? 0 : frame->result[i]);
    }
    return hash;
}

// Goes on through requests until the actor stands before a step.
static void go_on(th_driver *driver, uint32_t index, th_port *port, th_run run, th_sync_io *io) {
    th_driver_actor *actor = &driver->actors[index];
    while (run == TH_RUN_DONE) {
        if (actor->frame.op != TH_SYNC_OP_NONE)
            actor->log[actor->at++] = result_hash(&actor->frame);
        if (actor->at == actor->op_count) {
            actor->over = true;
            memset(&actor->frame, 0, sizeof(actor->frame));
            return;
        }
        const th_driver_op *op = &actor->ops[actor->at];
        th_sync_begin(&actor->frame, op->op, op->object, op->type, &op->b, &op->c);
        port->budget = 0;
        th_sync_io none = {0};
        run = th_sync_run(&driver->sync, port, &actor->frame, &none);
        TH_ASSERT(none.edge_count == 0);
        th_sync_io_free(&none);
    }
    (void)io;
    actor->access = port->access;
    driver->last_run = run;
    if (run == TH_RUN_YIELD) return;
    actor->message = run == TH_RUN_FAULT ? "fault" : port->message;
    actor->log[actor->at] = th_hash_fnv1a64(actor->message, strlen(actor->message));
    driver->ended = true;
}

void th_driver_add(th_driver *driver, const th_driver_op *ops, uint32_t op_count) {
    const uint32_t index = driver->actor_count++;
    TH_ASSERT(index < TH_DRIVER_ACTORS_MAX);
    TH_ASSERT(op_count <= TH_DRIVER_OPS_MAX);
    driver->actors[index] = (th_driver_actor){.ops = ops, .op_count = op_count};
    th_events events = {0};
    th_port port = port_of(driver, index, &events);
    go_on(driver, index, &port, TH_RUN_DONE, NULL);
    th_events_free(&events);
}

bool th_driver_enabled(const th_driver *driver, uint32_t index) {
    const th_driver_actor *actor = &driver->actors[index];
    return !driver->ended && !actor->over &&
           th_sync_enabled(&driver->sync, &driver->memory, &actor->frame, (uint16_t)(index + 1));
}

void th_driver_step(th_driver *driver, uint32_t index, int64_t choice, th_sync_io *io) {
    static th_events events;  // reused: its memory is the cost of a step
    th_driver_actor *actor = &driver->actors[index];
    th_sync_io own = {0};
    if (io == NULL) io = &own;
    events.count = 0;
    th_port port = port_of(driver, index, &events);
    port.budget = 1;
    port.choice_value = choice;
    io->now = driver->step_count++;
    io->can_spin = driver->can_spin;
    const th_run run = th_sync_run(&driver->sync, &port, &actor->frame, io);
    TH_ASSERT(port.budget == 0);
    uint32_t steps = 0;
    for (uint32_t i = 0; i < events.count; i++) {
        steps += th_event_kind_is_step((th_event_kind)events.items[i].kind);
    }
    TH_ASSERT(steps == 1);
    go_on(driver, index, &port, run, io);
    th_sync_check(&driver->sync, &driver->memory);
    th_sync_io_free(&own);
    th_events_free(&events);
}

int th_driver_over(const th_driver *driver) {
    bool all = true;
    for (uint32_t i = 0; i < driver->actor_count; i++) {
        if (th_driver_enabled(driver, i)) return 0;
        all = all && driver->actors[i].over;
    }
    return all ? 1 : 2;
}

// Open addressing; 0 is no hash.
typedef struct hash_set {
    uint64_t *items;
    uint64_t count, capacity;
} hash_set;

static bool add_hash(hash_set *set, uint64_t hash) {
    if (set->count * 2 >= set->capacity) {
        const hash_set old = *set;
        set->capacity = old.capacity ? old.capacity * 2 : 1024;
        set->items = calloc(set->capacity, sizeof(*set->items));
        TH_ASSERT(set->items != NULL);
        set->count = 0;
        for (uint64_t i = 0; i < old.capacity; i++) {
            if (old.items[i] != 0) add_hash(set, old.items[i]);
        }
        free(old.items);
    }
    hash |= hash == 0;
    uint64_t at = hash & (set->capacity - 1);
    while (set->items[at] != 0 && set->items[at] != hash) at = (at + 1) & (set->capacity - 1);
    if (set->items[at] == hash) return false;
    set->items[at] = hash;
    set->count++;
    return true;
}

typedef struct search {
    hash_set seen;
    bool merge;
    th_driver_visit each;
    void *context;
    th_driver_tally tally;
    th_driver stack[400];  // one copy for each depth
} search;

static void explore(search *s, uint32_t depth) {
    th_driver *here = &s->stack[depth];
    if (s->merge && !add_hash(&s->seen, th_driver_hash(here))) return;
    s->tally.states++;
    const int over = here->ended ? 3 : th_driver_over(here);
    if (over != 0) {
        s->tally.paths++;
        s->tally.deadlocks += over == 2;
        s->tally.ended += over == 3;
        if (s->each != NULL) s->each(s->context, here);
        return;
    }
    TH_ASSERT(depth + 1 < sizeof(s->stack) / sizeof(s->stack[0]));
    for (uint32_t i = 0; i < here->actor_count; i++) {
        if (!th_driver_enabled(here, i)) continue;
        const uint32_t cases = th_sync_ready_cases(&here->sync, &here->memory,
                                                   &here->actors[i].frame, (uint16_t)(i + 1));
        for (int64_t value = cases == 0 ? -1 : 0; value < 32; value++) {
            if (value >= 0 && !(cases >> (uint32_t)value & 1)) continue;
            th_driver_copy(&s->stack[depth + 1], here);
            th_driver_step(&s->stack[depth + 1], i, value, NULL);
            explore(s, depth + 1);
            if (value < 0) break;
        }
    }
}

th_driver_tally th_driver_explore(const th_driver *driver, bool merge, th_driver_visit each,
                                  void *context) {
    search *s = calloc(1, sizeof(*s));
    TH_ASSERT(s != NULL);
    s->merge = merge;
    s->each = each;
    s->context = context;
    th_driver_copy(&s->stack[0], driver);
    explore(s, 0);
    for (uint32_t i = 0; i < sizeof(s->stack) / sizeof(s->stack[0]); i++) {
        th_driver_free(&s->stack[i]);
    }
    const th_driver_tally tally = s->tally;
    free(s->seen.items);
    free(s);
    return tally;
}

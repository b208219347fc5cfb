// Announces and takes the steps of requests.
#include "sim/base/assert.h"
#include "sim/base/limits.h"
#include "sim/sync/routine.h"
#include "sim/sync/site.h"

#include <stdlib.h>

typedef struct step_row {
    th_run (*take)(th_sync_step *step);
    int64_t operand;
    uint8_t base, offset, size, kind;
} step_row;

static const step_row rows[TH_STEP_COUNT] = {{0},
#define X(name, base, offset, size, kind, operand) \
    {th_sync_take_##name, operand, TH_BASE_##base, offset, size, TH_EVENT_##kind},
                                             TH_SYNC_STEPS(X)
#undef X
};

void th_sync_io_free(th_sync_io *io) {
    free(io->ready);
    free(io->edges);
    *io = (th_sync_io){0};
}

void th_sync_edge_add(th_sync_io *io, th_sync_edge_kind kind, uint16_t g, uint64_t object,
                      uint16_t other) {
    io->edges =
        th_sync_reserve(io->edges, io->edge_count + 1, &io->edge_capacity, sizeof(*io->edges));
    io->edges[io->edge_count++] =
        (th_sync_edge){.object = object, .g = g, .other = other, .kind = (uint8_t)kind};
}

void th_sync_counts(th_sync_step *step, th_sync_edge_kind kind, uint64_t address, uint16_t site) {
    th_sync_edge_add(step->io, kind, step->port->g, address, 0);
    step->io->edges[step->io->edge_count - 1].site = site;
}

void th_sync_acquired(th_sync_step *step, uint64_t object) {
    th_sync_edge_add(step->io, TH_EDGE_ACQUIRE, step->port->g, object, 0);
}

void th_sync_released(th_sync_step *step, uint64_t object) {
    th_sync_edge_add(step->io, TH_EDGE_RELEASE, step->port->g, object, 0);
}

int32_t th_sync_get(const th_memory *memory, uint64_t address) {
    return (int32_t)th_memory_peek(memory, address, 4);
}

uint64_t th_sync_get64(const th_memory *memory, uint64_t address) {
    return th_memory_peek(memory, address, 8);
}

void th_sync_set(th_sync_step *step, uint64_t address, int32_t value) {
    th_memory_poke(step->port->memory, address, 4, (uint32_t)value);
}

void th_sync_set64(th_sync_step *step, uint64_t address, uint64_t value) {
    th_memory_poke(step->port->memory, address, 8, value);
}

static uint16_t first_step(th_sync_op op, bool go) {
    switch (op) {
    case TH_SYNC_MUTEX_LOCK: return go ? TH_STEP_MU_LOCK : TH_STEP_BRIEF_LOCK;
    case TH_SYNC_MUTEX_TRYLOCK: return go ? TH_STEP_MU_TRYLOCK : TH_STEP_BRIEF_TRYLOCK;
    case TH_SYNC_MUTEX_UNLOCK: return go ? TH_STEP_MU_UNLOCK : TH_STEP_BRIEF_UNLOCK;
    case TH_SYNC_RW_LOCK: return go ? TH_STEP_MU_LOCK : TH_STEP_BRIEF_RW_ANNOUNCE;
    case TH_SYNC_RW_TRYLOCK: return go ? TH_STEP_MU_TRYLOCK : TH_STEP_BRIEF_RW_TRYLOCK;
    case TH_SYNC_RW_UNLOCK: return go ? TH_STEP_RW_UNLOCK : TH_STEP_BRIEF_RW_UNLOCK;
    case TH_SYNC_RW_RLOCK: return go ? TH_STEP_RW_RLOCK : TH_STEP_BRIEF_RLOCK;
    case TH_SYNC_RW_TRYRLOCK: return go ? TH_STEP_RW_TRYRLOCK : TH_STEP_BRIEF_TRYRLOCK;
    case TH_SYNC_RW_RUNLOCK: return go ? TH_STEP_RW_RUNLOCK : TH_STEP_BRIEF_RUNLOCK;
    case TH_SYNC_WG_ADD:
    case TH_SYNC_WG_DONE: return go ? TH_STEP_WG_ADD : TH_STEP_BRIEF_ADD;
    case TH_SYNC_WG_WAIT: return go ? TH_STEP_WG_WAIT : TH_STEP_BRIEF_WAIT;
    case TH_SYNC_CHAN_SEND: return TH_STEP_CHAN_SEND;
    case TH_SYNC_CHAN_RECV: return TH_STEP_CHAN_RECV;
    case TH_SYNC_CHAN_CLOSE: return TH_STEP_CHAN_CLOSE;
    case TH_SYNC_CHAN_LEN: return TH_STEP_CHAN_LEN;
    case TH_SYNC_SELECT: return TH_STEP_SELECT;
    case TH_SYNC_ONCE_ENTER: return go ? TH_STEP_ONCE_ENTER : TH_STEP_BRIEF_ENTER;
    case TH_SYNC_ONCE_LEAVE: return go ? TH_STEP_ONCE_LEAVE : TH_STEP_BRIEF_LEAVE;
    case TH_SYNC_COND_WAIT: return go ? TH_STEP_COND_WAIT : TH_STEP_BRIEF_COND_WAIT;
    case TH_SYNC_COND_SIGNAL: return TH_STEP_COND_SIGNAL;
    case TH_SYNC_COND_BROADCAST: return TH_STEP_COND_BROADCAST;
    default: return TH_STEP_NONE;
    }
}

static void add_case(th_sync_step *step, bool is_send) {
    const th_sync_frame *frame = step->frame;
    const th_sync_case *first;
    TH_ASSERT(th_sync_cases(step->sync, step->port->g, &first) < TH_SELECT_CASE_MAX);
    th_sync_add_case(step->sync, &(th_sync_case){.channel = frame->object,
                                                 .value = frame->b,
                                                 .g = step->port->g,
                                                 .is_send = is_send});
}

uint16_t th_sync_first(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const th_sync_op op = (th_sync_op)frame->op;
    const bool go = step->sync->fidelity == TH_SYNC_GO;
    frame->lock = frame->object;
    switch (op) {
    case TH_SYNC_RW_LOCK:
        if (go) th_sync_push(step, TH_STEP_RW_LOCK_ANNOUNCE);
        frame->flags |= TH_SYNC_INNER;
        break;
    case TH_SYNC_RW_TRYLOCK:
        if (go) th_sync_push(step, TH_STEP_RW_TRYLOCK_CLAIM);
        frame->flags |= TH_SYNC_INNER;
        break;
    case TH_SYNC_WG_ADD: frame->next = frame->b.w[0] << 32; break;
    case TH_SYNC_WG_DONE: frame->next = UINT64_C(0xffffffff) << 32; break;
    case TH_SYNC_CASE_SEND: add_case(step, true); break;
    case TH_SYNC_CASE_RECV: add_case(step, false); break;
    case TH_SYNC_CHAN_CAP:
    case TH_SYNC_CHAN_LEN:
        if (frame->object == 0) return TH_STEP_NONE;
        frame->result[0] = th_sync_get64(step->port->memory, frame->object + TH_HCHAN_dataqsiz);
        break;
    default: break;
    }
    return op >= TH_SYNC_MAP_LOAD ? th_syncmap_first(step) : first_step(op, go);
}

static uint64_t first_channel(const th_sync *sync, uint16_t g) {
    const th_sync_case *cases;
    const uint32_t count = th_sync_cases(sync, g, &cases);
    for (uint32_t i = 0; i < count; i++) {
        if (cases[i].channel != 0) return cases[i].channel;
    }
    return 0;
}

static uint64_t address_of(const th_sync *sync, const th_sync_frame *frame, uint16_t g) {
    const step_row *row = &rows[frame->pc];
    switch ((th_sync_base)row->base) {
    case TH_BASE_OBJECT: return frame->object + row->offset;
    case TH_BASE_LOCK: return frame->lock + row->offset;
    case TH_BASE_SEMA: return frame->sema;
    case TH_BASE_AT: return frame->at;
    case TH_BASE_SELECT: return first_channel(sync, g);
    }
    return 0;
}

static void announce(const th_sync_step *step) {
    const th_sync_frame *frame = step->frame;
    const step_row *row = &rows[frame->pc];
    const bool sync = row->kind == TH_EVENT_SYNC;
    const uint64_t address = address_of(step->sync, frame, step->port->g);
    step->port->access = (th_access){
        .address = sync && address == 0 ? TH_MEMORY_BASE : address,  // of an event: none
        .value = row->operand != 0 ? (uint64_t)row->operand : frame->next,
        .expected = frame->old,
        .site = th_sync_site(frame),
        .kind = row->kind,
        .size = sync ? 0 : row->size,
        .rmw = TH_RMW_ADD,
    };
}

// Where the step of a lock or channel would fault, and how; a nil channel is none.
static th_fault fault_at(const th_sync *sync, const th_memory *memory, const th_sync_frame *frame,
                         uint16_t g, uint64_t *address) {
    const step_row *row = &rows[frame->pc];
    *address = address_of(sync, frame, g);
    if (row->kind != TH_EVENT_SYNC) return TH_FAULT_NONE;  // the port looks
    if (row->base == TH_BASE_SELECT) {
        const th_sync_case *cases;
        const uint32_t count = th_sync_cases(sync, g, &cases);
        for (uint32_t i = 0; i < count; i++) {
            *address = cases[i].channel;
            const th_fault fault = th_memory_fault(memory, *address, row->size);
            if (*address != 0 && fault != TH_FAULT_NONE) return fault;
        }
        return TH_FAULT_NONE;
    }
    if (*address == 0 && th_sync_op_kind((th_sync_op)frame->op) == TH_SYNC_KIND_CHANNEL) {
        return TH_FAULT_NONE;
    }
    return th_memory_fault(memory, *address, row->size);
}

static th_run take_sync(th_sync_step *step) {
    th_port *port = step->port;
    th_sync_frame *frame = step->frame;
    uint64_t address;
    const th_fault fault = fault_at(step->sync, port->memory, frame, port->g, &address);
    if (fault != TH_FAULT_NONE) {
        port->access.address = address;
        port->fault = (uint8_t)fault;
        th_port_perform(port);
        return TH_RUN_FAULT;
    }
    frame->did = TH_SYNC_DID_TRIED;
    const uint16_t pc = frame->pc;
    const th_run run = rows[pc].take(step);
    if (run == TH_RUN_PANIC || run == TH_RUN_FATAL) frame->did = TH_SYNC_DID_FAILED;
    const uint16_t went = th_sync_site_after(pc, (th_sync_did)frame->did);
    if (went != 0) port->access.site = went;
    port->access.value = frame->op | (uint32_t)frame->did << 8;
    th_port_perform(port);
    return run;
}

static th_run take(th_sync_step *step) {
    const step_row *row = &rows[step->frame->pc];
    if (row->kind == TH_EVENT_SYNC) return take_sync(step);
    return th_port_perform(step->port) ? row->take(step) : TH_RUN_FAULT;
}

static void acquired_rwmutex(th_sync_step *step, uint64_t lock, bool writer) {
    th_sync_acquired(step, lock + TH_RWMUTEX_readerSem);
    if (writer) th_sync_acquired(step, lock + TH_RWMUTEX_writerSem);
}

// What a completed request has learnt; a Mutex sees to itself.
static void finish(th_sync_step *step) {
    const th_sync_frame *frame = step->frame;
    const uint64_t object = frame->object;
    switch ((th_sync_op)frame->op) {
    case TH_SYNC_RW_TRYLOCK:
    case TH_SYNC_RW_TRYRLOCK:
        if (!frame->ok) return;
        acquired_rwmutex(step, object, frame->op == TH_SYNC_RW_TRYLOCK);
        return;
    case TH_SYNC_RW_LOCK: acquired_rwmutex(step, object, true); return;
    case TH_SYNC_RW_RLOCK: acquired_rwmutex(step, object, false); return;
    case TH_SYNC_WG_WAIT: th_sync_acquired(step, object); return;
    case TH_SYNC_ONCE_ENTER:
        if (!frame->ok) th_sync_acquired(step, object);
        return;
    case TH_SYNC_COND_WAIT:
        if (th_sync_get64(step->port->memory, object + TH_COND_L_type) == TH_SYNC_KIND_RWMUTEX) {
            acquired_rwmutex(step, frame->lock, true);
        }
        return;
    default: return;
    }
}

th_run th_sync_run(th_sync *sync, th_port *port, th_sync_frame *frame, th_sync_io *io) {
    th_sync_step step = {sync, port, frame, io};
    io->ready_count = 0;
    io->edge_count = 0;
    io->yield = false;
    if (!frame->begun) {
        frame->begun = 1;
        frame->pc = th_sync_first(&step);
    }
    if (frame->pc == TH_STEP_NONE) return TH_RUN_DONE;
    for (;;) {
        announce(&step);
        if (port->budget == 0 || !th_sync_enabled(sync, port->memory, frame, port->g)) {
            return TH_RUN_YIELD;
        }
        port->budget--;
        const th_run run = take(&step);
        if (run == TH_RUN_DONE) finish(&step);
        if (run != TH_RUN_YIELD) return run;
    }
}

// A step of TH_SYNC_BRIEF that may have to wait.
static bool brief_enabled(const th_sync *sync, const th_memory *memory, const th_sync_frame *frame,
                          uint16_t g) {
    const uint64_t lock = frame->lock;
    const uint64_t object = frame->object;
    switch (frame->pc) {
    case TH_STEP_BRIEF_LOCK:
    case TH_STEP_BRIEF_RW_ANNOUNCE: return th_sync_get(memory, lock + TH_MUTEX_state) == 0;
    case TH_STEP_BRIEF_RW_LOCK: return th_sync_get(memory, lock + TH_RWMUTEX_readerWait) == 0;
    case TH_STEP_BRIEF_RLOCK: return th_sync_get(memory, lock + TH_RWMUTEX_readerCount) >= 0;
    case TH_STEP_BRIEF_WAIT: return th_sync_get64(memory, object) >> 32 == 0;
    case TH_STEP_BRIEF_ENTER:
        return th_sync_get(memory, object + TH_ONCE_done) != 0 ||
               th_sync_get(memory, object + TH_ONCE_m) == 0;
    case TH_STEP_BRIEF_COND_WAKE:
        return th_sync_wakeup_of(sync, g) != NULL &&
               th_sync_get(memory, lock + TH_MUTEX_state) == 0;
    case TH_STEP_CHAN_SEND:
    case TH_STEP_CHAN_RECV:
        return object != 0 && (th_chan_unbuffered(memory, object) ||
                               th_chan_ready(sync, memory, object, frame->pc == TH_STEP_CHAN_SEND));
    default: return true;
    }
}

bool th_sync_enabled(const th_sync *sync, const th_memory *memory, const th_sync_frame *frame,
                     uint16_t g) {
    uint64_t address;
    if (fault_at(sync, memory, frame, g, &address) != TH_FAULT_NONE) return true;
    switch (frame->pc) {
    case TH_STEP_SEM_WAKE:
    case TH_STEP_COND_WAKE:
    case TH_STEP_CHAN_WAKE: return th_sync_wakeup_of(sync, g) != NULL;
    case TH_STEP_SELECT:
    case TH_STEP_SELECT_WAKE: return th_select_enabled(sync, memory, frame, g);
    default: return sync->fidelity == TH_SYNC_GO || brief_enabled(sync, memory, frame, g);
    }
}

th_sync_wait_reason th_sync_why(const th_sync *sync, const th_memory *memory,
                                const th_sync_frame *frame, uint16_t g) {
    if (frame->op == TH_SYNC_OP_NONE || th_sync_enabled(sync, memory, frame, g)) {
        return TH_SYNC_WAIT_NONE;
    }
    const th_sync_case *cases;
    switch ((th_sync_op)frame->op) {
    case TH_SYNC_CHAN_SEND:
        return frame->object ? TH_SYNC_WAIT_CHAN_SEND : TH_SYNC_WAIT_CHAN_SEND_NIL;
    case TH_SYNC_CHAN_RECV:
        return frame->object ? TH_SYNC_WAIT_CHAN_RECEIVE : TH_SYNC_WAIT_CHAN_RECEIVE_NIL;
    case TH_SYNC_SELECT:
        return th_sync_cases(sync, g, &cases) ? TH_SYNC_WAIT_SELECT : TH_SYNC_WAIT_SELECT_NONE;
    case TH_SYNC_COND_WAIT:
        if (frame->pc == TH_STEP_COND_WAKE ||
            (frame->pc == TH_STEP_BRIEF_COND_WAKE && th_sync_wakeup_of(sync, g) == NULL)) {
            return TH_SYNC_WAIT_COND_WAIT;
        }
        return TH_SYNC_WAIT_SEMACQUIRE;
    default: return TH_SYNC_WAIT_SEMACQUIRE;
    }
}

// Requests of bodies: how each begins, is advanced, and ends with a result.
#include "sim/world/parts.h"

#include <string.h>

th_stride th_stride_make(th_world *world, uint16_t g, th_events *events, int32_t choice_value) {
    return (th_stride){
        .world = world,
        .port = {.memory = &world->memory,
                 .events = events,
                 .buffer = world->buffers == NULL ? NULL : &world->buffers[g],
                 .seed = world->env->seed,
                 .draws = &world->goroutines[g].draws,
                 .choice_value = choice_value,
                 .g = g},
    };
}

static th_map_op map_op(th_request_op op) {
    switch (op) {
    case TH_REQUEST_MAP_GET: return TH_MAP_GET;
    case TH_REQUEST_MAP_SET: return TH_MAP_SET;
    case TH_REQUEST_MAP_ADD: return TH_MAP_ADD;
    case TH_REQUEST_MAP_DELETE: return TH_MAP_DELETE;
    case TH_REQUEST_MAP_CLEAR: return TH_MAP_CLEAR;
    case TH_REQUEST_MAP_LEN: return TH_MAP_LEN;
    case TH_REQUEST_RANGE: return TH_MAP_RANGE;
    case TH_REQUEST_RANGE_NEXT: return TH_MAP_NEXT;
    default: return TH_MAP_NONE;
    }
}

// --- advancing ---

static th_run run_sync(th_stride *stride) {
    th_world *world = stride->world;
    th_sync_frame *frame = &th_stride_goroutine(stride)->frame.sync;
    if (th_stride_request(stride)->op == TH_REQUEST_GOSCHED) {
        if (stride->port.budget == 0) return TH_RUN_YIELD;
        stride->port.budget--;
        th_port_note(&stride->port, TH_EVENT_SCHEDULE, 0, 0);
        return TH_RUN_DONE;
    }
    world->io.now = world->step_count;
    world->io.can_spin = false;
    if (world->env->schedule == TH_SCHEDULE_GO) {
        const uint32_t p = th_sched_p_of(&world->sched, stride->port.g);
        world->io.can_spin = p != TH_SCHED_NO_P && th_sched_can_spin(&world->sched, p);
    }
    // One step at a time: whom it wakes and what it orders is told after each.
    const uint32_t budget = stride->port.budget;
    if (budget > 1) stride->port.budget = 1;
    const uint32_t given = stride->port.budget;
    const th_run run = th_sync_run(&world->sync, &stride->port, frame, &world->io);
    stride->port.budget = budget - (given - stride->port.budget);
    th_world_take_edges(world, stride->port.events);
    return run;
}

th_run th_request_run(th_stride *stride) {
    th_goroutine *goroutine = th_stride_goroutine(stride);
    const th_request *request = th_stride_request(stride);
    switch (th_request_op_class((th_request_op)request->op)) {
    case TH_CLASS_MAP:
        return th_gomap_run(&stride->world->env->gomap, &stride->port, &goroutine->frame.map);
    case TH_CLASS_CELL: return th_cell_run(stride);
    case TH_CLASS_SYNC: return run_sync(stride);
    case TH_CLASS_LOCAL:
    case TH_CLASS_END: break;
    }
    TH_ASSERT(!"a request that takes steps");
    return TH_RUN_DONE;
}

// --- results ---

static th_result map_result(const th_map_frame *frame) {
    th_result result = {.ok = frame->ok};
    if (frame->op == TH_MAP_RANGE || frame->op == TH_MAP_NEXT) {
        result.w[4] = frame->it;
        if (!frame->ok) return result;
        result.w[0] = frame->out_key.w[0];
        result.w[1] = frame->out_key.w[1];
        result.w[2] = frame->out_elem.w[0];
        result.w[3] = frame->out_elem.w[1];
    } else if (frame->op == TH_MAP_LEN || (frame->op == TH_MAP_GET && frame->ok)) {
        result.w[0] = frame->out_elem.w[0];
        result.w[1] = frame->out_elem.w[1];
    } else if (frame->op != TH_MAP_GET) {
        result.ok = 1;
    }
    return result;
}

static th_result sync_result(const th_sync_frame *frame) {
    th_result result = {.ok = frame->ok};
    for (uint32_t i = 0; i < TH_SYNC_RESULT_WORDS; i++) result.w[i] = frame->result[i];
    return result;
}

static th_result result_of(const th_stride *stride) {
    const th_goroutine *goroutine = th_stride_goroutine(stride);
    const th_request *request = th_stride_request(stride);
    th_result result = {.ok = 1};
    switch (th_request_op_class((th_request_op)request->op)) {
    case TH_CLASS_MAP: result = map_result(&goroutine->frame.map); break;
    case TH_CLASS_CELL:
        result = th_cell_result(request, &goroutine->frame.cell, &stride->port.access);
        break;
    case TH_CLASS_SYNC:
        if (request->op == TH_REQUEST_SYNC) result = sync_result(&goroutine->frame.sync);
        break;
    default: break;
    }
    th_result_add_pointee(stride->world, request, &result);
    return result;
}

// The body is told to panic instead of getting a result. Of a nil dereference w[2] is its address.
static th_result panic_result(const th_stride *stride, const char *message) {
    const th_value text =
        th_strings_intern(stride->world->env->gomap.strings, message, strlen(message));
    return (th_result){.w = {text.w[0], text.w[1]}, .panic = 1};
}

bool th_request_result(th_stride *stride, th_run run, th_result *result) {
    th_world *world = stride->world;
    th_port *port = &stride->port;
    switch (run) {
    case TH_RUN_DONE: *result = result_of(stride); return true;
    case TH_RUN_FATAL: th_world_end(world, port, TH_END_FATAL, port->message); return false;
    case TH_RUN_PANIC: *result = panic_result(stride, port->message); break;
    default:
        if (port->limit) {
            th_world_end(world, port, TH_END_LIMIT, "a goroutine's memory is full");
            return false;
        }
        if (port->fault != TH_FAULT_NIL) {
            world->outcome.fault = port->fault;
            th_world_end(world, port, TH_END_FAULT, th_fault_string((th_fault)port->fault));
            return false;
        }
        *result = panic_result(stride, TH_NIL_PANIC);
        result->w[2] = port->access.address;
    }
    th_port_note(port, TH_EVENT_PANIC, port->access.address, 0);
    port->fault = TH_FAULT_NONE;
    return true;
}

static void end_request(th_stride *stride, const th_result *result) {
    th_port_note(&stride->port, TH_EVENT_OP_END, 0, th_stride_goroutine(stride)->node);
    th_request_go_on(stride, result);
}

// Whether the goroutine gives its P up within the request that is done: what follows it, comes only
// once a P takes it up again.
static bool leaves_p(const th_stride *stride) {
    const th_world *world = stride->world;
    return world->env->schedule == TH_SCHEDULE_GO &&
           (th_stride_request(stride)->op == TH_REQUEST_GOSCHED || world->io.yield);
}

void th_request_finish(th_stride *stride, th_run run) {
    th_result result;
    if (!th_request_result(stride, run, &result)) return;
    if (!leaves_p(stride)) {
        end_request(stride, &result);
        return;
    }
    th_goroutine *goroutine = th_stride_goroutine(stride);
    goroutine->access = (th_access){0};
    goroutine->result = result;
    goroutine->status = TH_STATUS_OFF_P;
}

void th_request_take_up(th_stride *stride) {
    th_goroutine *goroutine = th_stride_goroutine(stride);
    if (goroutine->status == TH_STATUS_NEW) {
        th_request_begin(stride, goroutine->node);
    } else if (goroutine->status == TH_STATUS_OFF_P) {
        const th_result result = goroutine->result;
        goroutine->result = (th_result){0};
        end_request(stride, &result);
    }
}

// --- requests that take no step ---

static th_result do_go(th_stride *stride, const th_request *request) {
    const uint16_t g = th_world_add(stride->world, stride->port.g, (th_node_id)request->b.w[0]);
    stride->port.draws = &th_stride_goroutine(stride)->draws;  // goroutines may have moved
    if (stride->world->buffers != NULL) {
        stride->port.buffer = &stride->world->buffers[stride->port.g];
    }
    if (g == 0) {
        th_world_end(stride->world, &stride->port, TH_END_LIMIT, "too many goroutines");
        return (th_result){.ok = 0};
    }
    th_port_note(&stride->port, TH_EVENT_GO, 0, g);
    return (th_result){.w = {g}, .ok = 1};
}

static th_result do_new(th_stride *stride, const th_request *request) {
    if (request->flags == TH_BLOCK_SYNC) {
        return (th_result){.w = {th_sync_make(&stride->port, (th_sync_kind)request->type,
                                              &request->b, (uint32_t)request->c.w[0])},
                           .ok = 1};
    }
    const uint64_t address =
        th_port_allocate(&stride->port, (th_block){.kind = request->flags,
                                                   .type = request->type,
                                                   .size = (uint32_t)request->b.w[0],
                                                   .object = (uint32_t)request->c.w[0]});
    return (th_result){.w = {address}, .ok = 1};
}

th_result th_request_local(th_stride *stride, const th_request *request) {
    th_port *port = &stride->port;
    th_result result = {.ok = 1};
    switch ((th_request_op)request->op) {
    case TH_REQUEST_GO: result = do_go(stride, request); break;
    case TH_REQUEST_NEW: result = do_new(stride, request); break;
    case TH_REQUEST_MAP_MAKE:
        result.w[0] = th_gomap_make(&stride->world->env->gomap, port, request->type,
                                    (int64_t)request->b.w[0], (uint32_t)request->c.w[0]);
        break;
    case TH_REQUEST_NOTE:
        th_port_note(port, TH_EVENT_NOTE, 0, (uint32_t)request->b.w[0]);
        if (request->flags != 0)
            th_stride_goroutine(stride)->label = (uint16_t)(request->b.w[0] + 1);
        break;
    case TH_REQUEST_FATAL:
        th_world_end(stride->world, port, TH_END_FATAL,
                     th_strings_text(stride->world->env->gomap.strings, request->b.w[0]));
        break;
    default: TH_ASSERT(!"a request without steps");
    }
    if (port->limit) {
        th_world_end(stride->world, port, TH_END_LIMIT, "a goroutine's memory is full");
    }
    return result;
}

static void end_goroutine(th_stride *stride, const th_request *request) {
    th_world *world = stride->world;
    const uint16_t g = stride->port.g;
    if (request->op == TH_REQUEST_PANICKED) {
        const char *text = th_strings_text(world->env->gomap.strings, request->b.w[0]);
        th_world_end(world, &stride->port, TH_END_PANIC, text == NULL ? "" : text);
        return;
    }
    th_goroutine *goroutine = th_stride_goroutine(stride);
    *goroutine = (th_goroutine){.node = goroutine->node,
                                .draws = goroutine->draws,
                                .parent = goroutine->parent,
                                .label = goroutine->label,
                                .status = TH_STATUS_DEAD};
    world->live_count--;
    th_port_note(&stride->port, TH_EVENT_EXIT, 0, 0);
    if (world->env->schedule == TH_SCHEDULE_GO) {
        const uint32_t p = th_sched_p_of(&world->sched, g);
        if (p != TH_SCHED_NO_P) th_sched_exit(&world->sched, p);
    }
    if (g == world->main_g) th_world_end(world, &stride->port, TH_END_DONE, NULL);
}

// --- beginning ---

th_run th_request_announce(th_stride *stride, const th_request *request) {
    th_goroutine *goroutine = th_stride_goroutine(stride);
    stride->port.access = (th_access){0};
    memset(&goroutine->frame, 0, sizeof(goroutine->frame));  // no trace of the last request
    switch (th_request_op_class((th_request_op)request->op)) {
    case TH_CLASS_MAP: {
        const bool is_next = request->op == TH_REQUEST_RANGE_NEXT;
        th_gomap_begin(&goroutine->frame.map, map_op((th_request_op)request->op), request->type,
                       is_next ? 0 : request->a, is_next ? request->a : 0, &request->b,
                       &request->c);
        return th_gomap_run(&stride->world->env->gomap, &stride->port, &goroutine->frame.map);
    }
    case TH_CLASS_CELL: th_cell_announce(stride, request, 0); return TH_RUN_YIELD;
    default:
        if (request->op == TH_REQUEST_GOSCHED) {
            stride->port.access.kind = TH_EVENT_SCHEDULE;
            return TH_RUN_YIELD;
        }
        th_sync_begin(&goroutine->frame.sync, (th_sync_op)request->flags, request->a, request->type,
                      &request->b, &request->c);
        return run_sync(stride);
    }
}

// Stores what the goroutine stands before, as plain state.
static void stand(th_stride *stride) {
    th_goroutine *goroutine = th_stride_goroutine(stride);
    goroutine->access = stride->port.access;
    goroutine->status = TH_STATUS_READY;
}

// Sets the goroutine before its next node, or marks it as waiting for one. The node, 0: none yet.
static th_node_id next_node(th_stride *stride, const th_result *result) {
    th_goroutine *goroutine = th_stride_goroutine(stride);
    const th_node_id next = th_programs_next(stride->world->env->programs, goroutine->node, result);
    goroutine->access = (th_access){0};  // between two requests it stands before nothing
    goroutine->status = TH_STATUS_NEW;
    if (next == 0) {
        goroutine->status = TH_STATUS_UNRESOLVED;
        goroutine->result = *result;
        stride->world->unresolved_count++;
    }
    return next;
}

// Whether the request has to wait for the goroutine's stores: what is before a go statement, the
// new goroutine sees; and a goroutine leaves its P through atomics of the scheduler.
static bool is_fenced(const th_stride *stride, const th_request *request) {
    const th_world *world = stride->world;
    if (world->buffers == NULL || world->buffers[stride->port.g].count == 0) return false;
    return request->op == TH_REQUEST_GO ||
           (request->op == TH_REQUEST_RETURN && world->env->schedule == TH_SCHEDULE_GO);
}

void th_request_begin(th_stride *stride, th_node_id node) {
    const uint32_t budget = stride->port.budget;
    stride->port.access = (th_access){0};  // what is noted from now on is of no access
    for (uint32_t n = 0; node != 0 && !th_world_ended(stride->world); n++) {
        if (n == TH_LOCAL_REQUESTS_MAX) {
            th_world_end(stride->world, &stride->port, TH_END_LIMIT,
                         "a body asks for too much without taking a step");
            return;
        }
        th_stride_goroutine(stride)->node = node;
        const th_request *request = th_stride_request(stride);
        const th_request_class class = th_request_op_class((th_request_op)request->op);
        if (is_fenced(stride, request)) {
            th_stride_goroutine(stride)->status = TH_STATUS_FENCED;
            return;
        }
        if (class == TH_CLASS_END) {
            end_goroutine(stride, request);
            return;
        }
        th_result result;
        if (class == TH_CLASS_LOCAL) {
            result = th_request_local(stride, request);
        } else {
            th_port_note(&stride->port, TH_EVENT_OP_BEGIN, 0, node);
            stride->port.budget = 0;
            const th_run run = th_request_announce(stride, request);
            stride->port.budget = budget;
            if (run == TH_RUN_YIELD) {
                stand(stride);
                return;
            }
            if (!th_request_result(stride, run, &result)) return;
        }
        node = next_node(stride, &result);
    }
}

bool th_request_go_on(th_stride *stride, const th_result *result) {
    const th_node_id next = next_node(stride, result);
    if (next == 0) return false;
    th_request_begin(stride, next);
    return true;
}

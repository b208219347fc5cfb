// Requests of class CELL: one access to one address, or two for a 16-byte value.
#include "sim/world/parts.h"

static th_event_kind cell_kind(th_request_op op) {
    switch (op) {
    case TH_REQUEST_LOAD: return TH_EVENT_READ;
    case TH_REQUEST_STORE: return TH_EVENT_WRITE;
    case TH_REQUEST_ATOMIC_LOAD:
    case TH_REQUEST_AWAIT: return TH_EVENT_ATOMIC_LOAD;
    case TH_REQUEST_ATOMIC_STORE: return TH_EVENT_ATOMIC_STORE;
    case TH_REQUEST_ATOMIC_RMW: return TH_EVENT_ATOMIC_RMW;
    case TH_REQUEST_ATOMIC_CAS: return TH_EVENT_ATOMIC_CAS;
    default: return TH_EVENT_RELEASE;
    }
}

void th_cell_announce(th_stride *stride, const th_request *request, uint32_t word) {
    const uint32_t size = th_scalar_size((th_scalar)request->type);
    const bool swaps = request->op == TH_REQUEST_ATOMIC_CAS;
    stride->port.access = (th_access){
        .address = request->a + word * 8U,
        .value = swaps ? request->c.w[0] : request->b.w[word],
        .expected = request->b.w[0],
        .kind = (uint8_t)cell_kind((th_request_op)request->op),
        .size = (uint8_t)(size > 8 ? 8 : size),
        .rmw = request->flags,
    };
    if (request->op == TH_REQUEST_FREE) stride->port.access.size = 0;
}

static bool holds_awaited(const th_request *request, uint64_t value) {
    const th_scalar scalar = (th_scalar)request->type;
    return th_scalar_extend(scalar, value) == th_scalar_extend(scalar, request->b.w[0]);
}

bool th_request_awaits(const th_world *world, const th_request *request) {
    if (request->op != TH_REQUEST_AWAIT || world->env->schedule == TH_SCHEDULE_GO) return false;
    const uint32_t size = th_scalar_size((th_scalar)request->type);
    if (th_memory_fault(&world->memory, request->a, size) != TH_FAULT_NONE) return false;
    return !holds_awaited(request, th_memory_peek(&world->memory, request->a, size));
}

th_run th_cell_run(th_stride *stride) {
    const th_request *request = th_stride_request(stride);
    th_cell_frame *frame = &th_stride_goroutine(stride)->frame.cell;
    const uint32_t words = th_scalar_size((th_scalar)request->type) > 8 ? 2 : 1;
    while (stride->port.budget > 0) {
        stride->port.budget--;
        if (!th_port_perform(&stride->port)) return TH_RUN_FAULT;
        if (request->op == TH_REQUEST_AWAIT && !holds_awaited(request, stride->port.access.value)) {
            th_cell_announce(stride, request, 0);
            continue;
        }
        frame->seen.w[frame->word] = stride->port.access.value;
        if (++frame->word == words) return TH_RUN_DONE;
        th_cell_announce(stride, request, frame->word);
    }
    return TH_RUN_YIELD;
}

th_result th_cell_result(const th_request *request, const th_cell_frame *frame,
                         const th_access *access) {
    th_result result = {.ok = access->swapped};
    result.w[0] = th_scalar_extend((th_scalar)request->type, frame->seen.w[0]);
    result.w[1] = frame->seen.w[1];
    if (request->op == TH_REQUEST_STORE || request->op == TH_REQUEST_ATOMIC_STORE ||
        request->op == TH_REQUEST_AWAIT || request->op == TH_REQUEST_FREE) {
        return (th_result){.ok = 1};
    }
    return result;
}

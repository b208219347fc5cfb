#include "sim/world/stack.h"

#include "sim/gomap/source.h"
#include "sim/sync/calls.h"

#include <string.h>

bool th_stack_throws(const th_world *world) {
    static const char *const MESSAGES[] = {"bad map state", "oldoverflow is not nil",
                                           "sync: inconsistent mutex state"};
    const th_outcome *outcome = &world->outcome;
    if (outcome->end != TH_END_FATAL || outcome->message == NULL) return false;
    for (size_t i = 0; i < sizeof(MESSAGES) / sizeof(MESSAGES[0]); i++) {
        if (strcmp(outcome->message, MESSAGES[i]) == 0) return true;
    }
    return false;
}

// The node after the request whose panic ended the run; 0: the body panicked by itself.
static th_node_id after_panic(const th_world *world) {
    const th_programs *programs = world->env->programs;
    if (world->outcome.end != TH_END_PANIC) return 0;
    const th_node_id end = world->goroutines[world->outcome.g].node;
    const uint64_t text = th_programs_request(programs, end)->b.w[0];
    for (th_node_id node = end; th_programs_parent(programs, node) != 0;
         node = th_programs_parent(programs, node)) {
        const th_result *edge = th_programs_edge(programs, node);
        if (edge->panic && edge->w[0] == text) return node;
    }
    return 0;
}

bool th_stack_segfaults(const th_world *world, uint64_t *address) {
    const th_node_id node = after_panic(world);
    if (world->outcome.end != TH_END_PANIC) return false;
    const th_node_id end = world->goroutines[world->outcome.g].node;
    *address = UINT64_MAX;
    if (th_programs_request(world->env->programs, end)->flags != 0) return true;
    if (node == 0 || strcmp(world->outcome.message, TH_NIL_PANIC) != 0) return false;
    *address = th_programs_edge(world->env->programs, node)->w[2];
    return true;
}

static void add_panic_calls(const th_world *world, th_calls *calls) {
    const th_node_id node = after_panic(world);
    if (node == 0) return;
    const th_programs *programs = world->env->programs;
    const th_request *request = th_programs_request(programs, th_programs_parent(programs, node));
    if (request->op != TH_REQUEST_SYNC) return;
    th_sync_panic_calls((th_sync_op)request->flags, world->outcome.message, calls);
}

static void add_map_calls(const th_world *world, uint16_t g, const th_request *request,
                          th_calls *calls) {
    if (!th_stack_throws(world)) return;
    const th_goroutine *goroutine = &world->goroutines[g];
    const th_family family = (th_family)world->env->gomap.types[request->type].family;
    if (world->outcome.g == g) th_calls_add(calls, "runtime.throw", "runtime/panic.go", 1047);
    th_gomap_calls(&goroutine->frame.map, family, calls);
}

void th_stack_calls(const th_world *world, uint16_t g, th_calls *calls) {
    const th_outcome *outcome = &world->outcome;
    const th_goroutine *goroutine = &world->goroutines[g];
    calls->count = 0;
    if (outcome->end == TH_END_PANIC && outcome->g == g) {
        add_panic_calls(world, calls);
        return;
    }
    const th_request *request = th_world_request(world, g);
    if (request == NULL || goroutine->status != TH_STATUS_READY) return;
    if (th_request_op_class((th_request_op)request->op) == TH_CLASS_MAP) {
        add_map_calls(world, g, request, calls);
    } else if (request->op == TH_REQUEST_SYNC && outcome->end == TH_END_FATAL && outcome->g == g) {
        th_sync_fatal_calls(&goroutine->frame.sync, calls);
    } else if (request->op == TH_REQUEST_SYNC) {
        const th_sync_wait_reason why =
            th_sync_why(&world->sync, &world->memory, &goroutine->frame.sync, g);
        th_sync_wait_calls(&goroutine->frame.sync, why, calls);
    }
}

// What a scenario does outside any body: carried out at once, as no step of any run.
#include "sim/world/parts.h"

#define WOULD_BLOCK "would block for ever: nothing else runs yet"

// Runs the announced request to its end.
static th_run run_through(th_stride *stride, th_run run, const char **message) {
    th_world *world = stride->world;
    while (run == TH_RUN_YIELD) {
        const bool waits =
            stride->declared->op == TH_REQUEST_SYNC &&
            !th_sync_enabled(&world->sync, &world->memory, &world->goroutines[0].frame.sync, 0);
        if (waits) {
            *message = WOULD_BLOCK;
            return TH_RUN_YIELD;
        }
        stride->port.budget = UINT32_MAX;
        run = th_request_run(stride);
    }
    return run;
}

static bool carry_out(th_stride *stride, th_result *result, const char **message) {
    const th_request *request = stride->declared;
    if (th_request_op_class((th_request_op)request->op) == TH_CLASS_LOCAL) {
        *result = th_request_local(stride, request);
        *message = stride->world->outcome.message;
        return !th_world_ended(stride->world);
    }
    stride->port.budget = 0;
    const th_run run = run_through(stride, th_request_announce(stride, request), message);
    if (run == TH_RUN_YIELD) return false;
    if (!th_request_result(stride, run, result)) {
        *message = stride->world->outcome.message;
        return false;
    }
    if (!result->panic) return true;
    *message = th_strings_text(stride->world->env->gomap.strings, result->w[0]);
    return false;
}

bool th_world_declare(th_world *world, const th_request *request, th_result *result,
                      const char **message) {
    TH_ASSERT(world->step_count == 0);
    th_events unseen = {0};
    th_stride stride = th_stride_make(world, 0, &unseen, -1);
    stride.port.buffer = NULL;  // before time zero every store has reached memory
    stride.declared = request;
    *message = NULL;
    *result = (th_result){0};
    const bool done = carry_out(&stride, result, message);
    world->io.ready_count = 0;
    world->goroutines[0] = (th_goroutine){.draws = world->goroutines[0].draws};
    th_events_free(&unseen);
    return done;
}

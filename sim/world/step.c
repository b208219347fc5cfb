// The step: the only way a world changes.
#include "sim/world/parts.h"

#include <string.h>

// May what the goroutine stands before be preempted? Any step of its own body; inside the map's
// routines only where the runtime looks: before an operation's first access, which is a function's
// prologue, and at the prologues and allocations that th_gomap_safe_point knows.
static bool at_safe_point(const th_world *world, uint16_t g) {
    const th_goroutine *goroutine = &world->goroutines[g];
    if (goroutine->status != TH_STATUS_READY) return true;
    const th_request *request = th_world_request(world, g);
    if (th_request_op_class((th_request_op)request->op) != TH_CLASS_MAP) return true;
    return th_gomap_safe_point(goroutine->access.site);
}

static bool has_stores(const th_world *world, uint16_t g) {
    return world->buffers != NULL && world->buffers[g].count > 0;
}

// Whether P p has a goroutine to give up, as soon as that one's stores are in memory: a switch goes
// through the scheduler's atomics.
static bool gives_way(const th_world *world, uint32_t p, uint16_t g) {
    return th_sched_is_preempting(&world->sched, p) && at_safe_point(world, g);
}

// What a dump shows of a goroutine that waits for others under `any` scheduling is known to sync/;
// this tells whether the announced step may be taken.
static bool request_enabled(const th_world *world, uint16_t g) {
    const th_goroutine *goroutine = &world->goroutines[g];
    if (goroutine->status != TH_STATUS_READY) return false;
    if (world->buffers != NULL &&
        !th_buffer_allows(&world->buffers[g], (th_event_kind)goroutine->access.kind)) {
        return false;
    }
    const th_request *request = th_world_request(world, g);
    if (request->op != TH_REQUEST_SYNC) return !th_request_awaits(world, request);
    return th_sync_enabled(&world->sync, &world->memory, &goroutine->frame.sync, g);
}

static bool run_enabled(const th_world *world, uint16_t g) {
    if (g == 0 || g >= world->goroutine_count) return false;
    if (world->env->schedule == TH_SCHEDULE_GO) {
        const uint32_t p = th_sched_p_of(&world->sched, g);
        if (p == TH_SCHED_NO_P || (has_stores(world, g) && gives_way(world, p, g))) return false;
    }
    return request_enabled(world, g);
}

static bool drain_enabled(const th_world *world, uint16_t g, int32_t entry) {
    return world->buffers != NULL && g < world->goroutine_count && entry >= 0 &&
           entry < world->buffers[g].count &&
           th_buffer_drainable(&world->buffers[g], (uint32_t)entry);
}

// Where all goroutines have returned, and not main, another one may still come.
static bool start_enabled(const th_world *world, uint16_t index) {
    const bool waits = world->outcome.end == TH_END_DONE && world->main_g == 0;
    return (!th_world_ended(world) || waits) && index < world->env->later_count &&
           world->goroutine_count < TH_GOROUTINE_MAX;
}

bool th_world_enabled(const th_world *world, th_choice choice) {
    if (!th_world_settled(world)) return false;
    if (choice.kind == TH_CHOICE_START) return start_enabled(world, choice.g);
    if (th_world_ended(world)) return false;
    switch ((th_choice_kind)choice.kind) {
    case TH_CHOICE_RUN: return run_enabled(world, choice.g);
    case TH_CHOICE_DRAIN: return drain_enabled(world, choice.g, choice.value);
    case TH_CHOICE_PICK:
        return world->env->schedule == TH_SCHEDULE_GO && choice.g < world->sched.desc.procs &&
               th_sched_can_pick(&world->sched, choice.g);
    case TH_CHOICE_START: break;
    }
    return false;
}

typedef struct choice_list {
    th_choice *items;
    uint32_t count, max;
} choice_list;

static void add_choice(choice_list *list, th_choice choice) {
    if (list->count < list->max) list->items[list->count] = choice;
    list->count++;
}

// The step of goroutine g: one choice, or one for each case that a select may take.
static void add_run(const th_world *world, uint16_t g, choice_list *list) {
    uint32_t cases = 0;
    if (th_world_request(world, g)->op == TH_REQUEST_SYNC) {
        cases =
            th_sync_ready_cases(&world->sync, &world->memory, &world->goroutines[g].frame.sync, g);
    }
    if (cases == 0) add_choice(list, (th_choice){.g = g, .kind = TH_CHOICE_RUN, .value = -1});
    for (int32_t index = 0; cases >> index != 0; index++) {
        if ((cases >> index & 1) == 0) continue;
        add_choice(list, (th_choice){.g = g, .kind = TH_CHOICE_RUN, .value = index});
    }
}

uint32_t th_world_choices(const th_world *world, th_choice *choices, uint32_t max) {
    choice_list list = {choices, 0, max};
    if (th_world_ended(world) || !th_world_settled(world)) return 0;
    for (uint32_t g = 1; g < world->goroutine_count; g++) {
        if (run_enabled(world, (uint16_t)g)) add_run(world, (uint16_t)g, &list);
        if (world->buffers == NULL) continue;
        for (int32_t entry = 0; entry < world->buffers[g].count; entry++) {
            if (!drain_enabled(world, (uint16_t)g, entry)) continue;
            add_choice(&list,
                       (th_choice){.g = (uint16_t)g, .kind = TH_CHOICE_DRAIN, .value = entry});
        }
    }
    if (world->env->schedule != TH_SCHEDULE_GO) return list.count;
    for (uint32_t p = 0; p < world->sched.desc.procs; p++) {
        if (!th_sched_can_pick(&world->sched, p)) continue;
        add_choice(&list, (th_choice){.g = (uint16_t)p, .kind = TH_CHOICE_PICK, .value = -1});
    }
    return list.count;
}

// What `go` scheduling does after a step of the goroutine that took it: it may have blocked,
// yielded, ended, or used its time slice up.
void th_world_schedule(th_world *world) {
    const uint16_t g = world->last_g;
    const th_due due = (th_due)world->due;
    world->due = TH_DUE_NOTHING;
    const uint32_t p = th_sched_p_of(&world->sched, g);
    if (p == TH_SCHED_NO_P) return;
    const th_goroutine *goroutine = &world->goroutines[g];
    const th_request *request = th_world_request(world, g);
    const bool parked = goroutine->status == TH_STATUS_READY && request->op == TH_REQUEST_SYNC &&
                        th_sync_parked(&goroutine->frame.sync);
    if (parked) {
        th_sched_park(&world->sched, p);
    } else if (due == TH_DUE_PREEMPT) {  // no step of its own was taken: no time has passed
        if (!has_stores(world, g) && gives_way(world, p, g)) th_sched_yield(&world->sched, p);
    } else if (due == TH_DUE_YIELD) {
        th_sched_yield(&world->sched, p);
    } else if (due == TH_DUE_GOYIELD) {
        th_sched_goyield(&world->sched, p);
    } else {
        th_sched_tick(&world->sched, p, !has_stores(world, g) && at_safe_point(world, g));
    }
}

// Lets the goroutine take up to `budget` steps of its request. Returns how many it took. Others are
// told what it did before its body goes on: a go statement that follows comes after it.
static uint32_t advance(th_stride *stride, uint32_t budget) {
    th_world *world = stride->world;
    const uint32_t first = stride->port.events->count;
    th_goroutine *goroutine = th_stride_goroutine(stride);
    stride->port.access = goroutine->access;
    stride->port.budget = budget;
    const bool synchronises = th_world_request(world, stride->port.g)->op == TH_REQUEST_SYNC;
    world->races.step = world->step_count + 1;  // the time of what it releases
    const th_run run = th_request_run(stride);
    const uint32_t taken = budget - stride->port.budget;
    world->step_count += taken;
    world->last_g = stride->port.g;
    th_stride_goroutine(stride)->access = stride->port.access;  // or what it failed at
    // What sync/ touches orders others; it does not race.
    if (!synchronises) th_world_watch(world, stride->port.events, first);
    th_world_take_ready(world, stride->port.g);
    if (run != TH_RUN_YIELD) th_request_finish(stride, run);
    return taken;
}

static void run_step(th_world *world, th_choice choice, th_events *events) {
    const bool yields = th_world_request(world, choice.g)->op == TH_REQUEST_GOSCHED;
    th_stride stride = th_stride_make(world, choice.g, events, choice.value);
    world->io.ready_count = 0;
    world->io.yield = false;
    advance(&stride, 1);
    if (world->env->schedule != TH_SCHEDULE_GO || th_world_ended(world)) return;
    world->due = yields ? TH_DUE_YIELD : world->io.yield ? TH_DUE_GOYIELD : TH_DUE_TICK;
    // Whether it goes on, waits or is over shows only once its next node is there.
    if (world->goroutines[choice.g].status != TH_STATUS_UNRESOLVED) th_world_schedule(world);
}

// The goroutine's stores are all in memory: what waited for that happens.
static void go_on_fenced(th_stride *stride) {
    th_world *world = stride->world;
    const uint16_t g = stride->port.g;
    const th_goroutine *goroutine = th_stride_goroutine(stride);
    if (goroutine->status == TH_STATUS_FENCED) th_request_begin(stride, goroutine->node);
    if (world->env->schedule != TH_SCHEDULE_GO || th_world_ended(world)) return;
    world->due = TH_DUE_PREEMPT;
    if (world->goroutines[g].status != TH_STATUS_UNRESOLVED) th_world_schedule(world);
}

static void drain_step(th_world *world, th_choice choice, th_events *events) {
    th_stride stride = th_stride_make(world, choice.g, events, -1);
    stride.port.access = (th_access){0};
    world->races.step = ++world->step_count;
    world->last_g = choice.g;
    if (th_buffer_drain(&stride.port, (uint32_t)choice.value)) {
        if (!has_stores(world, choice.g)) go_on_fenced(&stride);
        return;
    }
    world->outcome.fault = stride.port.fault;
    th_world_end(world, &stride.port, TH_END_FAULT, th_fault_string((th_fault)stride.port.fault));
}

static void pick_step(th_world *world, th_choice choice, th_events *events) {
    const uint16_t g = th_sched_pick(&world->sched, choice.g, events);
    world->races.step = ++world->step_count;
    world->last_g = g;
    th_stride stride = th_stride_make(world, g, events, -1);
    th_request_take_up(&stride);
}

static bool started_by_hand(const th_world *world, uint16_t g) {
    const th_env *env = world->env;
    const th_node_id root = th_programs_root_of(env->programs, world->goroutines[g].node);
    for (uint32_t i = 0; i < env->later_count; i++) {
        if (env->later[i] == root) return true;
    }
    return false;
}

// A person starts the next one having seen the last one end: it comes after it, as if that had
// started it.
static uint16_t last_by_hand(const th_world *world) {
    for (uint32_t g = world->goroutine_count - 1; g > 0; g--) {
        if (!started_by_hand(world, (uint16_t)g)) continue;
        return world->goroutines[g].status == TH_STATUS_DEAD ? (uint16_t)g : 0;
    }
    return 0;
}

static void start_step(th_world *world, th_choice choice, th_events *events) {
    const uint16_t g = th_world_add(world, last_by_hand(world), world->env->later[choice.g]);
    TH_ASSERT(g != 0);
    world->outcome = (th_outcome){0};
    world->step_count++;
    world->last_g = g;
    th_events_append(events, (th_event){.kind = TH_EVENT_START, .g = g, .value = choice.g});
}

static void check_limit(th_world *world, th_events *events) {
    const uint64_t limit =
        world->env->step_limit != 0 ? world->env->step_limit : TH_STEP_LIMIT_DEFAULT;
    if (world->step_count < limit || th_world_ended(world)) return;
    th_stride stride = th_stride_make(world, world->last_g, events, -1);
    th_world_end(world, &stride.port, TH_END_LIMIT, "too many steps");
}

void th_world_step(th_world *world, th_choice choice, th_events *events) {
    TH_ASSERT(th_world_enabled(world, choice));
    switch ((th_choice_kind)choice.kind) {
    case TH_CHOICE_RUN: run_step(world, choice, events); break;
    case TH_CHOICE_DRAIN: drain_step(world, choice, events); break;
    case TH_CHOICE_PICK: pick_step(world, choice, events); break;
    case TH_CHOICE_START: start_step(world, choice, events); break;
    }
    th_world_begin_new(world, events);
    check_limit(world, events);
    th_world_end_if_over(world);
}

// Can the goroutine's steps be taken in one go, without looking left or right after each?
static bool runs_alone(const th_world *world, uint16_t g) {
    if (world->env->schedule == TH_SCHEDULE_GO || world->buffers != NULL) return false;
    if (world->goroutines[g].status != TH_STATUS_READY) return false;
    return th_request_op_class((th_request_op)th_world_request(world, g)->op) != TH_CLASS_SYNC;
}

static uint64_t steps_left(const th_world *world) {
    const uint64_t limit =
        world->env->step_limit != 0 ? world->env->step_limit : TH_STEP_LIMIT_DEFAULT;
    return limit - world->step_count;
}

uint64_t th_world_burst(th_world *world, th_choice choice, uint64_t max, th_events *events) {
    uint64_t taken = 0;
    while (taken < max && th_world_enabled(world, choice)) {
        if (choice.kind != TH_CHOICE_RUN || choice.value >= 0 || !runs_alone(world, choice.g)) {
            th_world_step(world, choice, events);
            taken++;
            if (choice.kind == TH_CHOICE_RUN && choice.value < 0) continue;
            return taken;
        }
        uint64_t budget = max - taken;
        if (budget > steps_left(world)) budget = steps_left(world);
        if (budget > UINT32_MAX) budget = UINT32_MAX;
        th_stride stride = th_stride_make(world, choice.g, events, -1);
        world->io.ready_count = 0;
        taken += advance(&stride, (uint32_t)budget);
        th_world_begin_new(world, events);
        check_limit(world, events);
        th_world_end_if_over(world);
    }
    return taken;
}

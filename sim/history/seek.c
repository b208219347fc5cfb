// Going to a step: from the nearest world kept before it, by taking the recorded choices again.
#include "sim/history/history.h"

#include "sim/base/assert.h"

// Steps from `step` + 1 on that one goroutine takes without a choice of its own, so that they can
// be taken in one burst.
static uint64_t run_length(const th_branch *branch, uint64_t step, uint64_t max) {
    const th_event *event = th_branch_event(branch, step + 1);
    const uint64_t in_chunk = TH_CHUNK_STEPS - (step - branch->fork) % TH_CHUNK_STEPS;
    if (max > in_chunk) max = in_chunk;
    const uint16_t g = event->g;
    uint64_t count = 0;
    while (count < max && event->g == g && event->kind != TH_EVENT_DRAIN && !event->has_value) {
        count++;
        event++;
    }
    return count;
}

// Takes the recorded steps after `position` up to `to`, all of which its branch owns.
static void replay_own(th_timeline *timeline, const th_branch *branch, th_position *position,
                       uint64_t to) {
    while (position->step < to) {
        TH_ASSERT(th_world_settled(&position->world));
        const th_choice choice = th_branch_choice(branch, position->step + 1);
        const uint64_t left = to - position->step;
        const uint64_t run =
            run_length(branch, position->step, left < TH_BURST_STEPS ? left : TH_BURST_STEPS);
        timeline->scratch.count = 0;
        if (run > 1) {
            const uint64_t taken =
                th_world_burst(&position->world, choice, run, &timeline->scratch);
            TH_ASSERT(taken > 0);
            position->step += taken;
        } else {
            th_world_step(&position->world, choice, &timeline->scratch);
            position->step++;
        }
        // A refusal was met when the step was recorded, and is the last thing on its branch.
        th_world_settle(&position->world, timeline->resolver, &timeline->scratch);
    }
}

void th_timeline_replay(th_timeline *timeline, th_branch_id branch, th_position *position,
                        uint64_t to) {
    while (position->step < to) {
        uint64_t last = 0;
        position->branch = th_timeline_owner(timeline, branch, position->step + 1, &last);
        replay_own(timeline, th_branch_of(timeline, position->branch), position,
                   last < to ? last : to);
    }
}

// As th_timeline_replay, leaving copies on the way for steps further back.
static void replay_leaving_copies(th_timeline *timeline, th_branch_id branch, th_position *position,
                                  uint64_t to) {
    while (to - position->step >= 2 * TH_RECENT_STRIDE) {
        th_timeline_replay(timeline, branch, position, position->step + (to - position->step) / 2);
        th_recent_keep(timeline, position->branch, position->step, &position->world, to);
    }
    th_timeline_replay(timeline, branch, position, to);
}

// Makes `current` the best of the worlds kept at or before the step.
static void start_near(th_timeline *timeline, th_branch_id branch, uint64_t step) {
    uint64_t last = 0;
    const th_branch_id owner = th_timeline_owner(timeline, branch, step, &last);
    const th_position *best = th_keyframe_before(&th_branch_of(timeline, owner)->keyframes, step);
    const th_position *recent = th_recent_before(timeline, branch, step);
    if (recent != NULL && recent->step > best->step) best = recent;
    const th_position *current = &timeline->current;
    if (current->step >= best->step && th_position_leads_to(timeline, current, branch, step))
        return;
    th_position_set(&timeline->current, best->branch, best->step, &best->world);
}

static bool steps_back(const th_timeline *timeline, th_branch_id branch, uint64_t step) {
    if (timeline->asked_step <= step || timeline->asked_step - step > TH_RECENT_REACH) return false;
    uint64_t last = 0;
    const th_branch_id owner = th_timeline_owner(timeline, branch, step, &last);
    return th_timeline_owner(timeline, timeline->asked_branch, step, &last) == owner;
}

// Brings `current` to the step.
static void go_to(th_timeline *timeline, th_branch_id branch, uint64_t step) {
    start_near(timeline, branch, step);
    if (steps_back(timeline, branch, step)) {
        replay_leaving_copies(timeline, branch, &timeline->current, step);
    } else {
        th_timeline_replay(timeline, branch, &timeline->current, step);
    }
}

const th_world *th_timeline_seek(th_timeline *timeline, th_branch_id branch, uint64_t step) {
    const th_branch *at = th_branch_of(timeline, branch);
    TH_ASSERT(step <= th_branch_length(at));
    const bool at_end = step == th_branch_length(at);
    if (!at_end) go_to(timeline, branch, step);
    uint64_t last = 0;
    timeline->asked_branch = th_timeline_owner(timeline, branch, step, &last);
    timeline->asked_step = step;
    return at_end ? &at->end : &timeline->current.world;
}

// A replay looks for no races; that an event raced stands in its mark.
static bool raced(const th_branch *branch, uint64_t step, const th_event *event) {
    uint32_t low = 0;
    uint32_t high = branch->marker_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (branch->markers[middle].step < step) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < branch->marker_count && branch->markers[low].step == step; low++) {
        const th_event *marked = &branch->markers[low].event;
        if (marked->race && marked->kind == event->kind && marked->offset == event->offset) {
            return true;
        }
    }
    return false;
}

// Makes `last` the events of the step, by taking it again.
static void take_again(th_timeline *timeline, th_branch_id owner, uint64_t step) {
    const th_branch *branch = th_branch_of(timeline, owner);
    th_position *current = &timeline->current;
    go_to(timeline, owner, step - 1);
    timeline->last.count = 0;
    th_world_step(&current->world, th_branch_choice(branch, step), &timeline->last);
    th_world_settle(&current->world, timeline->resolver, &timeline->last);
    current->branch = owner;
    current->step = step;
    timeline->last_branch = owner;
    timeline->last_step = step;
    timeline->last.items[0] = *th_branch_event(branch, step);
    for (uint32_t i = 1; i < timeline->last.count; i++) {
        th_event *event = &timeline->last.items[i];
        event->race = raced(branch, step, event);
    }
}

void th_timeline_events(th_timeline *timeline, th_branch_id branch, uint64_t step,
                        th_events *events) {
    uint64_t last = 0;
    const th_branch_id owner = th_timeline_owner(timeline, branch, step, &last);
    const th_event *recorded = th_branch_event(th_branch_of(timeline, owner), step);
    if (!recorded->marked) {
        th_events_append(events, *recorded);
        return;
    }
    if (timeline->last_branch != owner || timeline->last_step != step) {
        take_again(timeline, owner, step);
    }
    for (uint32_t i = 0; i < timeline->last.count; i++) {
        th_events_append(events, timeline->last.items[i]);
    }
}

// Keyframes: copies of the world on the way, from which a seek replays.
#include "sim/history/history.h"

#include "sim/base/assert.h"

void th_position_set(th_position *position, th_branch_id branch, uint64_t step,
                     const th_world *world) {
    th_world_copy(&position->world, world);
    position->branch = branch;
    position->step = step;
}

bool th_position_leads_to(const th_timeline *timeline, const th_position *position,
                          th_branch_id branch, uint64_t step) {
    uint64_t last = 0;
    return position->step <= step &&
           th_timeline_owner(timeline, branch, position->step, &last) == position->branch;
}

void th_keyframe_add(th_branch *branch, th_branch_id owner) {
    branch->keyframes = th_history_reserve(branch->keyframes, branch->keyframe_count,
                                           &branch->keyframe_capacity, sizeof(*branch->keyframes));
    th_position *keyframe = &branch->keyframes[branch->keyframe_count++];
    *keyframe = (th_position){0};
    th_position_set(keyframe, owner, th_branch_length(branch), &branch->end);
}

static uint64_t pages_bytes(const th_pages *pages) { return (uint64_t)pages->count * TH_PAGE_SIZE; }

// What a copy of the world may come to hold alone, once all of it was written again.
static uint64_t world_bytes(const th_world *world) {
    const th_detector *races = &world->races;
    uint64_t bytes = world->memory.byte_count;
    bytes += world->goroutine_count * sizeof(*world->goroutines);
    bytes += pages_bytes(&races->cells) + pages_bytes(&races->clocks);
    for (uint32_t i = 0; i < races->shadow_count; i++) bytes += pages_bytes(&races->shadows[i]);
    return bytes;
}

uint64_t th_keyframe_due(const th_branch *branch) {
    const uint64_t last = branch->keyframes[branch->keyframe_count - 1].step;
    const uint64_t taken = th_branch_length(branch) - last;
    uint64_t distance = world_bytes(&branch->end) / TH_KEYFRAME_BYTES_PER_STEP;
    if (distance < TH_KEYFRAME_STEPS) distance = TH_KEYFRAME_STEPS;
    return taken >= distance ? 0 : distance - taken;
}

const th_position *th_keyframe_before(const th_branch *branch, uint64_t step) {
    TH_ASSERT(step >= branch->fork);
    uint32_t low = 0;
    uint32_t high = branch->keyframe_count;
    while (low + 1 < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (branch->keyframes[middle].step <= step) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &branch->keyframes[low];
}

// Keyframes: copies of the world on the way, from which others are reached by taking steps again.
//
// There are two kinds. Those that seeks start from leave the race detector out, and come often.
// Full ones, which a fork starts from, hold it as well, and come as seldom as its size asks for.
#include "sim/history/history.h"

#include "sim/base/assert.h"

#include <stdlib.h>

void th_position_set(th_position *position, th_branch_id branch, uint64_t step,
                     const th_world *world) {
    th_world_copy_without_races(&position->world, world);
    position->branch = branch;
    position->step = step;
}

bool th_position_leads_to(const th_timeline *timeline, const th_position *position,
                          th_branch_id branch, uint64_t step) {
    uint64_t last = 0;
    return position->step <= step &&
           th_timeline_owner(timeline, branch, position->step, &last) == position->branch;
}

static th_position *keyframes_add(th_keyframes *keyframes, uint64_t length) {
    keyframes->items = th_history_reserve(keyframes->items, keyframes->count, &keyframes->capacity,
                                          sizeof(*keyframes->items));
    th_position *keyframe = &keyframes->items[keyframes->count++];
    *keyframe = (th_position){.step = length};
    return keyframe;
}

static void keyframes_free(th_keyframes *keyframes) {
    for (uint32_t i = 0; i < keyframes->count; i++) th_world_free(&keyframes->items[i].world);
    free(keyframes->items);
    *keyframes = (th_keyframes){0};
}

void th_branch_free_keyframes(th_branch *branch) {
    keyframes_free(&branch->keyframes);
    keyframes_free(&branch->full);
}

// What a copy may come to hold alone, once all of it was written again, in bytes.
static uint64_t light_bytes(const th_world *world) {
    return world->memory.byte_count + world->goroutine_count * sizeof(*world->goroutines);
}

static uint64_t full_bytes(const th_world *world) {
    const th_detector *races = &world->races;
    uint64_t pages = (uint64_t)races->cells.count + races->clocks.count;
    for (uint32_t i = 0; i < races->shadow_count; i++) pages += races->shadows[i].count;
    return light_bytes(world) + pages * TH_PAGE_SIZE;
}

// Steps to take before the next one is due; 0: now.
static uint64_t steps_before(const th_keyframes *keyframes, uint64_t length, uint64_t bytes,
                             uint64_t least) {
    uint64_t distance = bytes / TH_KEYFRAME_BYTES_PER_STEP;
    if (distance < least) distance = least;
    const uint64_t taken = length - keyframes->items[keyframes->count - 1].step;
    return taken >= distance ? 0 : distance - taken;
}

static uint64_t light_due(const th_branch *branch) {
    return steps_before(&branch->keyframes, th_branch_length(branch), light_bytes(&branch->end),
                        TH_KEYFRAME_STEPS);
}

static uint64_t full_due(const th_branch *branch) {
    return steps_before(&branch->full, th_branch_length(branch), full_bytes(&branch->end),
                        TH_FULL_KEYFRAME_STEPS);
}

uint64_t th_keyframe_due(const th_branch *branch) {
    const uint64_t light = light_due(branch);
    const uint64_t full = full_due(branch);
    return light < full ? light : full;
}

void th_keyframe_add_first(th_branch *branch, th_branch_id owner) {
    const uint64_t length = th_branch_length(branch);
    th_position_set(keyframes_add(&branch->keyframes, length), owner, length, &branch->end);
    th_position *full = keyframes_add(&branch->full, length);
    full->branch = owner;
    th_world_copy(&full->world, &branch->end);
}

void th_keyframe_add_due(th_branch *branch, th_branch_id id) {
    const uint64_t length = th_branch_length(branch);
    if (light_due(branch) == 0) {
        th_position_set(keyframes_add(&branch->keyframes, length), id, length, &branch->end);
    }
    if (full_due(branch) == 0) {
        th_position *full = keyframes_add(&branch->full, length);
        full->branch = id;
        th_world_copy(&full->world, &branch->end);
    }
}

const th_position *th_keyframe_before(const th_keyframes *keyframes, uint64_t step) {
    TH_ASSERT(keyframes->count > 0 && step >= keyframes->items[0].step);
    uint32_t low = 0;
    uint32_t high = keyframes->count;
    while (low + 1 < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (keyframes->items[middle].step <= step) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &keyframes->items[low];
}

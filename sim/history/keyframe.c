// Keyframes: copies of the world on the way, from which others are reached by taking steps again.
//
// There are two kinds. Those that seeks start from leave the race detector out, and come often.
// Full ones, which a fork starts from, hold it as well, and come as seldom as its size asks for,
// each where one of the others does: so they share the pages of the memory.
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

// What a copy costs at once: its goroutines, and sharing the pages of its memory.
static uint64_t share_bytes(const th_world *world) {
    return world->memory.byte_count / TH_KEYFRAME_SHARE +
           world->goroutine_count * sizeof(*world->goroutines);
}

// What a full copy may come to hold alone besides, once all that races are found by was written.
static uint64_t races_bytes(const th_world *world) {
    const th_detector *races = &world->races;
    uint64_t pages = (uint64_t)races->cells.count + races->clocks.count;
    for (uint32_t i = 0; i < races->shadow_count; i++) pages += races->shadows[i].count;
    return pages * TH_PAGE_SIZE;
}

// Is a keyframe of `bytes` due, the last of its kind having been taken `taken` steps ago?
static bool is_due(uint64_t taken, uint64_t least, uint64_t bytes) {
    return taken >= least && taken >= bytes / TH_KEYFRAME_BYTES_PER_STEP;
}

// The last keyframe holds alone what was copied since: it is paid for by the steps since then.
static bool light_due(const th_branch *branch, uint64_t length) {
    const th_position *last = &branch->keyframes.items[branch->keyframes.count - 1];
    const th_memory *memory = &branch->end.memory;
    const uint64_t copied = memory->copied_bytes - last->world.memory.copied_bytes;
    return is_due(length - last->step, TH_KEYFRAME_STEPS, share_bytes(&branch->end) + copied);
}

static bool full_due(const th_branch *branch, uint64_t length) {
    const th_position *last = &branch->full.items[branch->full.count - 1];
    return is_due(length - last->step, TH_FULL_KEYFRAME_STEPS, races_bytes(&branch->end));
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
    if (!light_due(branch, length)) return;
    th_position_set(keyframes_add(&branch->keyframes, length), id, length, &branch->end);
    if (!full_due(branch, length)) return;
    th_position *full = keyframes_add(&branch->full, length);
    full->branch = id;
    th_world_copy(&full->world, &branch->end);
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

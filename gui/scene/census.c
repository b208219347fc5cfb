#include "gui/scene/census.h"

#include "gui/scene/map.h"
#include "sim/base/assert.h"

#include <stdlib.h>

enum { CHAIN_MAX = 16 };

void th_census_free(th_census *census) {
    free(census->now.buckets);
    free(census->old.buckets);
    *census = (th_census){0};
}

static uint8_t count_bucket(const th_memory *memory, const th_map_type *type, uint64_t bucket) {
    int items = 0;
    uint8_t marks = 0;
    for (int depth = 0; bucket != 0 && depth < CHAIN_MAX; depth++) {
        uint8_t top[TH_BUCKET_SLOTS];
        th_memory_peek_bytes(memory, bucket, TH_BUCKET_SLOTS, top);
        for (int slot = 0; slot < TH_BUCKET_SLOTS; slot++) items += top[slot] >= TH_TOP_MIN;
        if (depth == 0 && th_top_is_evacuated(top[0])) marks = TH_CENSUS_EVACUATED;
        if (depth == 1) marks |= TH_CENSUS_OVERFLOW;
        bucket = th_scene_overflow_of(memory, type, bucket);
    }
    return (uint8_t)(marks | (items < TH_CENSUS_ITEMS ? items : TH_CENSUS_ITEMS));
}

static void count_array(const th_memory *memory, const th_map_type *type, uint64_t address,
                        uint64_t count, th_census_array *out) {
    out->address = address;
    out->count = (uint32_t)count;
    if (out->count > out->capacity) {
        out->capacity = out->count;
        out->buckets = realloc(out->buckets, out->capacity);
        TH_ASSERT(out->buckets != NULL);
    }
    for (uint32_t i = 0; i < out->count; i++) {
        out->buckets[i] = count_bucket(memory, type, address + i * (uint64_t)type->bucket_size);
    }
}

static bool same_arrays(const th_census *census, const th_scene_map *map) {
    const uint64_t old = map->now.growing ? map->header.oldbuckets : 0;
    return census->now.address == map->header.buckets &&
           census->now.count == map->now.bucket_count && census->old.address == old &&
           census->old.count == map->now.old_count;
}

// Counts again what the step may have changed. False: that is not known.
static bool follow_step(th_census *census, const th_scene_context *cx, const th_map_type *type) {
    if (!th_event_kind_writes(cx->event.kind) || cx->event.size == 0) return true;
    const uint64_t at = th_event_address(cx->event);
    const th_block *block = th_memory_block(&cx->now->memory, at);
    if (block == NULL || block->kind == TH_BLOCK_HMAP || !th_scene_is_map_block(block)) return true;
    const uint64_t bucket = th_scene_bucket_at(cx, at);
    th_census_array *const arrays[2] = {&census->now, &census->old};
    for (int i = 0; i < 2; i++) {
        const uint64_t index = (bucket - arrays[i]->address) / type->bucket_size;
        if (bucket < arrays[i]->address || index >= arrays[i]->count) continue;
        arrays[i]->buckets[index] = count_bucket(&cx->now->memory, type, bucket);
        return true;
    }
    const th_block *map = th_memory_block(&cx->now->memory, cx->out->map.address);
    if (block->object != map->object) return true;
    const uint64_t head = th_scene_chain_head(cx, bucket);  // an overflow bucket of some chain
    for (int i = 0; i < 2; i++) {
        const uint64_t index = (head - arrays[i]->address) / type->bucket_size;
        if (head == 0 || head < arrays[i]->address || index >= arrays[i]->count) continue;
        arrays[i]->buckets[index] = count_bucket(&cx->now->memory, type, head);
        return true;
    }
    return false;
}

void th_census_update(th_census *census, const th_scene_context *cx) {
    const th_scene_map *map = &cx->out->map;
    const th_map_type *type = th_scene_map_type(cx);
    const uint64_t step = cx->in->step;
    const bool near = census->valid && census->branch == cx->in->branch && same_arrays(census, map);
    const bool known = near && (census->step == step ||
                                (census->step + 1 == step && follow_step(census, cx, type)));
    if (!known) {
        const th_memory *memory = &cx->now->memory;
        count_array(memory, type, map->header.buckets, map->now.bucket_count, &census->now);
        count_array(memory, type, map->now.growing ? map->header.oldbuckets : 0, map->now.old_count,
                    &census->old);
    }
    census->valid = true;
    census->branch = cx->in->branch;
    census->step = step;
}

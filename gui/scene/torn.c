// A torn slot: its tophash says one key, its key is another's, and different goroutines stored
// them.
#include "gui/scene/map.h"

#include <stdio.h>
#include <string.h>

enum { WRITER_LOOK_BACK_STEPS = 2000 };

static uint16_t last_writer(const th_scene_context *cx, uint64_t address, uint32_t size) {
    const uint64_t step = cx->in->step;
    for (uint64_t at = step; at > 0 && step - at < WRITER_LOOK_BACK_STEPS; at--) {
        const th_event event = th_scene_event(cx, at);
        const uint64_t written = th_event_address(event);
        if (event.size > 0 && th_event_kind_writes(event.kind) && written < address + size &&
            address < written + event.size) {
            return event.g;
        }
    }
    return 0;
}

static bool is_torn(const th_scene_context *cx, const th_map_type *type, const th_bucket *bucket,
                    int slot) {
    const uint8_t top = bucket->top[slot];
    if (top < TH_TOP_MIN || !type->reflexive_key) return false;
    const uint64_t hash = th_gomap_hash(&cx->env->gomap, (uint16_t)(type - cx->env->gomap.types),
                                        bucket->key[slot], cx->out->map.header.hash0);
    uint8_t of_key = (uint8_t)(hash >> 56);
    if (of_key < TH_TOP_MIN) of_key = (uint8_t)(of_key + TH_TOP_MIN);
    return of_key != top;
}

static bool examine(const th_scene_context *cx, const th_scene_bucket *shown) {
    const th_map_type *type = th_scene_map_type(cx);
    th_bucket bucket;
    th_bucket_read(&cx->now->memory, type, shown->address, &bucket);
    for (int i = 0; i < TH_BUCKET_SLOTS; i++) {
        if (!is_torn(cx, type, &bucket, i)) continue;
        const uint16_t top_g = last_writer(cx, shown->address + (uint64_t)i, 1);
        const uint16_t key_g =
            last_writer(cx, th_slot_key(type, shown->address, (uint32_t)i), type->key_size);
        if (top_g == 0 || key_g == 0 || top_g == key_g) continue;
        th_scene_torn *torn = &cx->out->map.torn;
        *torn = (th_scene_torn){.present = true,
                                .bucket = shown->address,
                                .slot = (uint8_t)i,
                                .top_g = top_g,
                                .key_g = key_g};
        memcpy(torn->top, shown->top[i].text, sizeof(torn->top));
        memcpy(torn->key, shown->key[i].text, sizeof(torn->key));
        return true;
    }
    return false;
}

// Of the bucket in use alone: it is the one that has room for the remark.
void th_scene_build_torn(const th_scene_context *cx) {
    const th_scene_map *map = &cx->out->map;
    cx->out->map.torn.present = false;
    if (map->now.focus >= 0 && map->now.focus < map->bucket_count && !map->now.growing) {
        examine(cx, &map->buckets[map->now.focus]);
    }
}

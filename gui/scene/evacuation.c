// How far a growth has come.
#include "gui/scene/map.h"

#include <string.h>

enum {
    COUNTED_BUCKETS_MAX = 4096,
    CHAIN_MAX = 16,  // a torn overflow pointer may lead in a circle
};

uint32_t th_scene_slots_left(const th_memory *memory, const th_map_type *type, uint64_t bucket) {
    uint32_t left = 0;
    for (int depth = 0; bucket != 0 && depth < CHAIN_MAX; depth++) {
        uint8_t top[TH_BUCKET_SLOTS];
        th_memory_peek_bytes(memory, bucket, TH_BUCKET_SLOTS, top);
        for (int i = 0; i < TH_BUCKET_SLOTS; i++) left += !th_top_is_evacuated(top[i]);
        bucket = th_scene_overflow_of(memory, type, bucket);
    }
    return left;
}

static void count_bucket(const th_memory *memory, const th_map_type *type, uint64_t bucket,
                         th_scene_evacuation *out, int *moved, int *total) {
    *moved = *total = 0;
    for (int depth = 0; bucket != 0 && depth < CHAIN_MAX; depth++) {
        for (uint32_t i = 0; i < TH_BUCKET_SLOTS; i++) {
            const uint8_t top = (uint8_t)th_memory_peek(memory, bucket + i, 1);
            const bool left = top == TH_TOP_EVACUATED_X || top == TH_TOP_EVACUATED_Y;
            *moved += left;
            *total += left || top >= TH_TOP_MIN;
        }
        bucket = th_scene_overflow_of(memory, type, bucket);
    }
    out->moved += (uint64_t)*moved;
    out->total += (uint64_t)*total;
}

// The first rows, but always with the bucket that is being emptied among them.
static uint64_t first_row(const th_scene_context *cx, uint64_t count) {
    const th_scene_placement *places = &cx->out->map.now;
    if (count <= TH_SCENE_EVACUATION_ROWS || places->head < 0) return 0;
    const th_scene_place *head = &places->items[places->head];
    const uint64_t at = head->index & (count - 1);
    const uint64_t first = at > 0 ? at - 1 : 0;
    return first + TH_SCENE_EVACUATION_ROWS > count ? count - TH_SCENE_EVACUATION_ROWS : first;
}

void th_scene_build_evacuation(const th_scene_context *cx) {
    const th_scene_map *map = &cx->out->map;
    th_scene_evacuation *out = &cx->out->evacuation;
    *out = (th_scene_evacuation){0};
    if (!map->present || !map->now.growing) return;
    const th_memory *memory = &cx->now->memory;
    const th_map_type *type = th_scene_map_type(cx);
    out->present = true;
    out->same_size = (map->header.flags & TH_FLAG_SAME_SIZE_GROW) != 0;
    out->bucket_count = map->now.old_count;
    const uint64_t first = first_row(cx, out->bucket_count);
    for (uint64_t i = 0; i < out->bucket_count && i < COUNTED_BUCKETS_MAX; i++) {
        const uint64_t bucket = map->header.oldbuckets + i * type->bucket_size;
        int moved, total;
        count_bucket(memory, type, bucket, out, &moved, &total);
        const uint8_t top0 = (uint8_t)th_memory_peek(memory, bucket, 1);
        const bool done = th_scene_slots_left(memory, type, bucket) == 0;
        out->buckets_done += done;
        if (i < first || out->row_count == TH_SCENE_EVACUATION_ROWS) continue;
        const int row = out->row_count++;
        out->rows[row].moved = moved;
        out->rows[row].total = total;
        out->rows[row].active = th_top_is_evacuated(top0) && !done;
        th_memory_peek_bytes(memory, bucket, TH_BUCKET_SLOTS, out->rows[row].top);
        th_gomap_name(memory, cx->env->gomap.types, bucket, out->rows[row].name,
                      sizeof(out->rows[row].name));
        out->rows[row].name[strcspn(out->rows[row].name, ".")] = 0;
    }
}

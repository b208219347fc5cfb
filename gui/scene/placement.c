// Which buckets stand on the stage, and which of them is in use.
#include "gui/scene/array.h"
#include "gui/scene/map.h"

#include "sim/gomap/site.h"

#include <stdlib.h>
#include <string.h>

enum {
    DETAIL_MAX = 40,   // buckets that fit on a stage with at least their tophash bytes
    CHAIN_MAX = 16,    // a torn overflow pointer may lead in a circle
    ARRAY_B_MAX = 24,  // of a header whose bytes are torn
    FOCUS_LOOK_BACK_STEPS = 256,
};

uint64_t th_scene_bucket_at(const th_scene_context *cx, uint64_t address) {
    const th_block *block = th_memory_block(&cx->now->memory, address);
    if (block == NULL || (block->kind != TH_BLOCK_BUCKETS && block->kind != TH_BLOCK_OVERFLOW)) {
        return 0;
    }
    const uint64_t size = cx->env->gomap.types[block->type].bucket_size;
    return address - (address - block->address) % size;
}

static void add_place(th_scene_placement *out, th_scene_place place) {
    uint32_t capacity = (uint32_t)out->capacity;
    out->items = th_array_reserve(out->items, (uint32_t)out->count, &capacity, sizeof(*out->items));
    out->capacity = (int)capacity;
    out->items[out->count++] = place;
}

static uint64_t overflow_of(const th_memory *memory, const th_map_type *type, uint64_t bucket) {
    const uint64_t next = th_memory_peek(memory, bucket + type->overflow_offset, 8);
    const th_block *block = next == 0 ? NULL : th_memory_block(memory, next);
    return block != NULL && th_scene_is_map_block(block) ? next : 0;
}

// The overflow buckets of the heads placed so far, in order of their heads, then of depth.
static void add_chains(const th_memory *memory, const th_map_type *type, th_scene_placement *out,
                       int first, int end) {
    for (int head = first; head < end; head++) {
        int parent = head;
        uint64_t next = overflow_of(memory, type, out->items[head].address);
        for (int depth = 1; next != 0 && depth < CHAIN_MAX; depth++) {
            add_place(out, (th_scene_place){.address = next,
                                            .role = out->items[head].role,
                                            .chain = (uint8_t)depth,
                                            .parent = (int16_t)parent,
                                            .index = out->items[head].index});
            parent = out->count - 1;
            next = overflow_of(memory, type, next);
        }
    }
}

static void add_array(const th_memory *memory, const th_map_type *type, uint64_t array,
                      uint64_t count, th_bucket_role role, const uint64_t only[2],
                      th_scene_placement *out) {
    const th_block *block = array == 0 ? NULL : th_memory_block(memory, array);
    if (block == NULL || !th_scene_is_map_block(block)) return;
    const int first = out->count;
    for (uint64_t i = 0; i < count; i++) {
        const uint64_t address = array + i * type->bucket_size;
        if (only != NULL && address != only[0] && address != only[1]) continue;
        add_place(out, (th_scene_place){.address = address,
                                        .role = (uint8_t)role,
                                        .parent = -1,
                                        .index = (uint32_t)i});
    }
    add_chains(memory, type, out, first, out->count);
}

static int place_of(const th_scene_placement *of, uint64_t address) {
    for (int i = 0; i < of->count; i++) {
        if (of->items[i].address == address) return i;
    }
    return -1;
}

// The bucket that evacuate stands in, when the event is an access of it.
static uint64_t evacuated_by(const th_scene_context *cx, th_event event) {
    th_site site;
    if (!th_source_site(event.site, &site) || strcmp(site.routine->name, "evacuate") != 0) return 0;
    return event.g < cx->before->goroutine_count ? cx->before->goroutines[event.g].frame.map.old
                                                 : 0;
}

// The bucket in use after `step`: the one of the latest access to any.
static uint64_t bucket_in_use(const th_scene_context *cx, uint64_t step) {
    for (uint64_t at = step; at > 0 && step - at < FOCUS_LOOK_BACK_STEPS; at--) {
        const th_event event = th_scene_event(cx, at);
        if (!th_scene_is_access(event)) continue;
        const uint64_t evacuated = at + 1 >= cx->in->step ? evacuated_by(cx, event) : 0;
        const uint64_t bucket =
            evacuated != 0 ? evacuated : th_scene_bucket_at(cx, th_event_address(event));
        const th_block *block = bucket == 0 ? NULL : th_memory_block(&cx->now->memory, bucket);
        const th_block *map = th_memory_block(&cx->now->memory, cx->out->map.address);
        if (block != NULL && block->object == map->object) return bucket;
    }
    return 0;
}

// A focus that the scenario asks for holds until it asks for another.
static uint64_t bucket_asked_for(const th_scene_context *cx, uint64_t step) {
    const th_scene_index *index = cx->in->index;
    for (uint32_t i = index->note_count; i-- > 0;) {
        if (index->notes[i].step > step) continue;
        const th_note *note = th_scenario_note(cx->in->scenario, index->notes[i].note);
        if (note != NULL && note->kind == TH_NOTE_FOCUS) {
            return th_scene_bucket_at(cx, note->address);
        }
    }
    return 0;
}

// The buckets an array really has. h.B may say otherwise: hashGrow stores it before h.buckets.
static uint64_t buckets_in(const th_world *world, uint64_t array) {
    const th_block *block = array == 0 ? NULL : th_memory_block(&world->memory, array);
    if (block == NULL || !th_scene_is_map_block(block)) return 0;
    const uint32_t log2 = block->kind == TH_BLOCK_BUCKETS ? block->generation : 0;
    return UINT64_C(1) << (log2 < ARRAY_B_MAX ? log2 : ARRAY_B_MAX);
}

static void place(const th_scene_context *cx, const th_world *world, const th_hmap *header,
                  uint64_t step, th_scene_placement *out) {
    const th_map_type *type = th_scene_map_type(cx);
    out->count = 0;
    out->bucket_count = buckets_in(world, header->buckets);
    out->growing = header->oldbuckets != 0 && header->oldbuckets != header->buckets;
    out->old_count = out->growing ? buckets_in(world, header->oldbuckets) : 0;
    uint64_t use = cx->in->fit ? 0 : bucket_asked_for(cx, step);
    if (use == 0 && !cx->in->fit) use = bucket_in_use(cx, step);
    const uint64_t only[2] = {use, evacuated_by(cx, cx->event)};
    const bool crowded = out->bucket_count + out->old_count > DETAIL_MAX;
    if (out->growing) {
        add_array(&world->memory, type, header->oldbuckets, out->old_count, TH_BUCKET_OLD,
                  crowded ? only : NULL, out);
    }
    add_array(&world->memory, type, header->buckets, out->bucket_count, TH_BUCKET_CURRENT,
              crowded ? only : NULL, out);
    out->focus = out->head = place_of(out, use);
    while (out->head >= 0 && out->items[out->head].parent >= 0) {
        out->head = out->items[out->head].parent;
    }
}

static void build_field(const th_scene_context *cx, uint64_t array, uint64_t count,
                        th_scene_field *field) {
    const th_memory *memory = &cx->now->memory;
    const th_map_type *type = th_scene_map_type(cx);
    field->count = count;
    field->shown = (uint32_t)(count < TH_SCENE_FIELD_MAX ? count : TH_SCENE_FIELD_MAX);
    while (field->capacity < field->shown) {
        field->live = th_array_reserve(field->live, field->capacity, &field->capacity, 1);
    }
    for (uint32_t i = 0; i < field->shown; i++) {
        const uint64_t bucket = array + i * (uint64_t)type->bucket_size;
        uint8_t top[TH_BUCKET_SLOTS];
        th_memory_peek_bytes(memory, bucket, TH_BUCKET_SLOTS, top);
        uint8_t live = 0;
        for (int slot = 0; slot < TH_BUCKET_SLOTS; slot++) {
            live = (uint8_t)(live + (top[slot] >= TH_TOP_MIN));
        }
        if (th_memory_peek(memory, bucket + type->overflow_offset, 8) != 0) live |= 1 << 4;
        if (th_top_is_evacuated(top[0])) live |= 1 << 5;
        field->live[i] = live;
    }
}

void th_scene_build_placement(const th_scene_context *cx) {
    th_scene_map *map = &cx->out->map;
    const th_motion *motion = &cx->in->motion;
    place(cx, cx->now, &map->header, cx->in->step, &map->now);
    place(cx, cx->before, &map->before, cx->in->step > 0 ? cx->in->step - 1 : 0, &map->was);
    map->camera = th_motion_at(motion, 0, motion->theme->camera.focus_ms, motion->theme->in_out);
    map->crowded = map->now.bucket_count + map->now.old_count > DETAIL_MAX;
    map->current.shown = map->old.shown = 0;
    map->current.count = map->old.count = 0;
    if (!map->crowded) return;
    build_field(cx, map->header.buckets, map->now.bucket_count, &map->current);
    if (map->now.growing) {
        build_field(cx, map->header.oldbuckets, map->now.old_count, &map->old);
    }
}

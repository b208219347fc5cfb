// Buckets in detail: each cell from the bytes of memory.
#include "gui/scene/array.h"
#include "gui/scene/map.h"
#include "gui/scene/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static th_scene_face face_of_top(uint8_t top) {
    switch (top) {
    case TH_TOP_EMPTY_REST: return TH_FACE_EMPTY_REST;
    case TH_TOP_EMPTY_ONE: return TH_FACE_EMPTY_ONE;
    case TH_TOP_EVACUATED_X: return TH_FACE_EVACUATED_X;
    case TH_TOP_EVACUATED_Y: return TH_FACE_EVACUATED_Y;
    case TH_TOP_EVACUATED_EMPTY: return TH_FACE_EVACUATED_EMPTY;
    default: return TH_FACE_TOP;
    }
}

static bool all_zero(const th_memory *memory, uint64_t address, uint32_t size) {
    uint8_t bytes[16];
    th_memory_peek_bytes(memory, address, size, bytes);
    for (uint32_t i = 0; i < size; i++) {
        if (bytes[i] != 0) return false;
    }
    return true;
}

// A key or value: in an empty slot it is blank, or a ghost of what was there, unless somebody is
// just filling the slot (the generic routines store the key before its tophash).
static th_scene_face face_of_item(const th_memory *memory, uint8_t top, const th_scene_cell *cell) {
    if (top >= TH_TOP_MIN) return TH_FACE_VALUE;
    if (cell->writer != 0 || cell->write_trail != 0) return TH_FACE_VALUE;
    if (top == TH_TOP_EVACUATED_X || top == TH_TOP_EVACUATED_Y) return TH_FACE_GHOST;
    return all_zero(memory, cell->address, cell->size) ? TH_FACE_BLANK : TH_FACE_GHOST;
}

static void build_slot(const th_scene_context *cx, const th_map_type *type, th_scene_bucket *bucket,
                       uint32_t i) {
    th_scene_build_cell(cx, bucket->address + i, 1, &bucket->top[i]);
    th_scene_build_cell(cx, th_slot_key(type, bucket->address, i), type->key_size, &bucket->key[i]);
    th_scene_build_cell(cx, th_slot_elem(type, bucket->address, i), type->elem_size,
                        &bucket->elem[i]);
    const uint8_t now = (uint8_t)th_memory_peek(&cx->now->memory, bucket->address + i, 1);
    const uint8_t was = (uint8_t)th_memory_peek(&cx->before->memory, bucket->address + i, 1);
    bucket->top[i].face = (uint8_t)face_of_top(now);
    bucket->top[i].before = (uint8_t)face_of_top(was);
    bucket->live = (uint8_t)(bucket->live + (now >= TH_TOP_MIN));
    th_scene_cell *const items[2] = {&bucket->key[i], &bucket->elem[i]};
    for (int k = 0; k < 2; k++) {
        items[k]->face = (uint8_t)face_of_item(&cx->now->memory, now, items[k]);
        items[k]->before = (uint8_t)face_of_item(&cx->before->memory, was, items[k]);
        // A cell that this step fills was blank before it.
        if (!items[k]->swapped &&
            all_zero(&cx->before->memory, items[k]->address, items[k]->size) && was < TH_TOP_MIN) {
            items[k]->before = TH_FACE_BLANK;
        }
    }
}

static void name_bucket(const th_scene_context *cx, uint64_t address, char *name, size_t size) {
    if (!th_gomap_name(&cx->now->memory, cx->env->gomap.types, address, name, size)) name[0] = 0;
    name[strcspn(name, ".")] = 0;
}

static void build_bucket(const th_scene_context *cx, const th_scene_place *place, int parent,
                         th_scene_bucket *bucket) {
    const th_map_type *type = th_scene_map_type(cx);
    *bucket = (th_scene_bucket){
        .address = place->address,
        .role = place->role,
        .chain = place->chain,
        .parent = (int16_t)parent,
        .index = place->index,
    };
    for (uint32_t i = 0; i < TH_BUCKET_SLOTS; i++) build_slot(cx, type, bucket, i);
    th_scene_build_cell(cx, place->address + type->overflow_offset, 8, &bucket->overflow);
    bucket->has_overflow = th_scene_overflow_of(&cx->now->memory, type, place->address) != 0;
    name_bucket(cx, place->address, bucket->name, sizeof(bucket->name));
    const uint8_t first = (uint8_t)th_memory_peek(&cx->now->memory, place->address, 1);
    const uint32_t left = th_scene_slots_left(&cx->now->memory, type, place->address);
    bucket->done = place->role == TH_BUCKET_OLD && left == 0;
    bucket->evacuating = place->role == TH_BUCKET_OLD && th_top_is_evacuated(first) && left > 0;
}

void th_scene_build_buckets(const th_scene_context *cx) {
    th_scene_map *map = &cx->out->map;
    const th_scene_placement *places = &map->now;
    map->bucket_count = 0;
    for (int i = 0; i < places->count && i < TH_SCENE_BUCKET_MAX; i++) {
        uint32_t capacity = (uint32_t)map->bucket_capacity;
        map->buckets = th_array_reserve(map->buckets, (uint32_t)map->bucket_count, &capacity,
                                        sizeof(*map->buckets));
        map->bucket_capacity = (int)capacity;
        // Buckets stand in the order of their places, so indices are the same.
        build_bucket(cx, &places->items[i], places->items[i].parent, &map->buckets[i]);
        map->bucket_count++;
    }
}

// The bucket that the lens is held over: the one under the mouse, else the one in use.
static uint64_t lens_middle(const th_scene_context *cx, bool *old) {
    const th_scene_crowd *crowd = &cx->out->map.crowd;
    const th_scene_map *map = &cx->out->map;
    const uint64_t hover = cx->in->hover == 0 ? 0 : th_scene_bucket_at(cx, cx->in->hover);
    const uint64_t arrays[2] = {map->header.buckets, map->header.oldbuckets};
    const uint64_t counts[2] = {map->now.bucket_count, map->now.old_count};
    for (int i = 0; i < 2; i++) {
        const uint64_t index = (hover - arrays[i]) / crowd->bucket_bytes;
        if (hover < arrays[i] || index >= counts[i]) continue;
        *old = i == 1;
        return index;
    }
    *old = map->now.growing && (crowd->focus_old || !crowd->has_focus || crowd->held);
    if (crowd->held) return cx->in->camera.at;
    return crowd->focus + (crowd->focus_high && !*old ? crowd->base : 0);
}

void th_scene_build_lens(const th_scene_context *cx) {
    th_scene_map *map = &cx->out->map;
    map->lens_count = 0;
    if (map->crowd.detail != TH_DETAIL_FIELD) return;
    bool old;
    const uint64_t middle = lens_middle(cx, &old);
    const uint64_t count = old ? map->now.old_count : map->now.bucket_count;
    const uint64_t array = old ? map->header.oldbuckets : map->header.buckets;
    uint64_t first = middle > TH_SCENE_LENS_MAX / 2 ? middle - TH_SCENE_LENS_MAX / 2 : 0;
    if (first + TH_SCENE_LENS_MAX > count) {
        first = count > TH_SCENE_LENS_MAX ? count - TH_SCENE_LENS_MAX : 0;
    }
    map->lens_middle = (int)(middle - first);
    for (uint64_t i = first; i < count && map->lens_count < TH_SCENE_LENS_MAX; i++) {
        const th_scene_place place = {.address = array + i * map->crowd.bucket_bytes,
                                      .role = old ? TH_BUCKET_OLD : TH_BUCKET_CURRENT,
                                      .parent = -1,
                                      .index = (uint32_t)i};
        build_bucket(cx, &place, -1, &map->lens[map->lens_count++]);
    }
}

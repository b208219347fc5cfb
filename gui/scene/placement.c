// Which buckets stand on the stage, and which of them is in use.
#include "gui/scene/array.h"
#include "gui/scene/map.h"

#include "sim/gomap/site.h"
#include "sim/gomap/source.h"

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

uint64_t th_scene_overflow_of(const th_memory *memory, const th_map_type *type, uint64_t bucket) {
    const uint64_t next = th_memory_peek(memory, bucket + type->overflow_offset, 8);
    const th_block *block = next == 0 ? NULL : th_memory_block(memory, next);
    return block != NULL && th_scene_is_map_block(block) ? next : 0;
}

// The overflow buckets of the heads placed so far, in order of their heads, then of depth.
static void add_chains(const th_memory *memory, const th_map_type *type, th_scene_placement *out,
                       int first, int end) {
    for (int head = first; head < end; head++) {
        int parent = head;
        uint64_t next = th_scene_overflow_of(memory, type, out->items[head].address);
        for (int depth = 1; next != 0 && depth < CHAIN_MAX; depth++) {
            add_place(out, (th_scene_place){.address = next,
                                            .role = out->items[head].role,
                                            .chain = (uint8_t)depth,
                                            .parent = (int16_t)parent,
                                            .index = out->items[head].index});
            parent = out->count - 1;
            next = th_scene_overflow_of(memory, type, next);
        }
    }
}

// A run of buckets in an array.
typedef struct span {
    uint64_t first, count;
} span;

static void add_array(const th_memory *memory, const th_map_type *type, uint64_t array, span of,
                      th_bucket_role role, th_scene_placement *out) {
    const th_block *block = array == 0 ? NULL : th_memory_block(memory, array);
    if (block == NULL || !th_scene_is_map_block(block)) return;
    const int first = out->count;
    for (uint64_t i = of.first; i < of.first + of.count; i++) {
        add_place(out, (th_scene_place){.address = array + i * type->bucket_size,
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

uint64_t th_scene_evacuated_by(const th_scene_context *cx, th_event event) {
    th_site site;
    if (!th_gomap_source(event.site, &site)) return 0;
    if (strcmp(site.routine->name, "evacuate") != 0) return 0;
    return event.g < cx->before->goroutine_count ? cx->before->goroutines[event.g].frame.map.old
                                                 : 0;
}

// The bucket in use after `step`: the one of the latest access to any.
static uint64_t bucket_in_use(const th_scene_context *cx, uint64_t step) {
    for (uint64_t at = step; at > 0 && step - at < FOCUS_LOOK_BACK_STEPS; at--) {
        const th_event event = th_scene_event(cx, at);
        if (!th_scene_is_access(event)) continue;
        const uint64_t evacuated = at + 1 >= cx->in->step ? th_scene_evacuated_by(cx, event) : 0;
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

static bool in_chain(const th_memory *memory, const th_map_type *type, uint64_t head,
                     uint64_t bucket) {
    for (int depth = 0; head != 0 && depth < CHAIN_MAX; depth++) {
        if (head == bucket) return true;
        head = th_scene_overflow_of(memory, type, head);
    }
    return false;
}

uint64_t th_scene_chain_head(const th_scene_context *cx, uint64_t bucket) {
    const th_memory *memory = &cx->now->memory;
    const th_block *block = bucket == 0 ? NULL : th_memory_block(memory, bucket);
    if (block == NULL || block->kind != TH_BLOCK_OVERFLOW) return bucket;
    const th_map_type *type = th_scene_map_type(cx);
    const th_hmap *header = &cx->out->map.header;
    const uint64_t arrays[2] = {header->buckets, header->oldbuckets};
    for (uint16_t g = 1; g < cx->now->goroutine_count && g <= TH_SCENE_G_MAX; g++) {
        const th_map_frame *frame = th_scene_frame(cx, g);
        if (frame == NULL) continue;
        const uint64_t known[] = {frame->old, frame->x_b, frame->y_b};
        for (int i = 0; i < 2; i++) {
            const uint64_t count = buckets_in(cx->now, arrays[i]);
            if (count == 0) continue;
            const uint64_t head = arrays[i] + (frame->hash & (count - 1)) * type->bucket_size;
            if (in_chain(memory, type, head, bucket)) return head;
        }
        for (int i = 0; i < 3; i++) {
            const th_block *of = known[i] == 0 ? NULL : th_memory_block(memory, known[i]);
            const bool head = of != NULL && of->kind == TH_BLOCK_BUCKETS;
            if (head && in_chain(memory, type, known[i], bucket)) return known[i];
        }
    }
    return 0;
}

static th_detail detail_of(const th_scene_context *cx, bool crowded) {
    const uint8_t asked = cx->in->camera.detail;
    if (asked == TH_DETAIL_FIELD) return TH_DETAIL_FIELD;
    if (!crowded) return cx->in->fit ? TH_DETAIL_BUCKETS : TH_DETAIL_CELLS;
    return asked == TH_DETAIL_AUTO ? TH_DETAIL_FIELD : (th_detail)asked;
}

// Neighbours on each side that stand beside the bucket in the middle.
static uint64_t reach_of(th_detail detail, bool growing) {
    if (detail == TH_DETAIL_FIELD) return 0;
    if (detail == TH_DETAIL_BUCKETS) return growing ? 3 : 7;
    return growing ? 1 : 2;
}

static span around(uint64_t middle, uint64_t reach, uint64_t base) {
    const uint64_t first = middle > reach ? middle - reach : 0;
    const uint64_t end = middle + reach + 1 < base ? middle + reach + 1 : base;
    return (span){first < base ? first : base - 1, end > first ? end - first : 1};
}

// The index of a bucket, folded into the smaller array; 0 where it is in none.
static uint64_t index_in(const th_hmap *header, const th_scene_placement *of,
                         const th_map_type *type, uint64_t bucket, uint64_t base) {
    const uint64_t arrays[2] = {header->buckets, header->oldbuckets};
    const uint64_t counts[2] = {of->bucket_count, of->old_count};
    for (int i = 0; i < 2; i++) {
        const uint64_t index = (bucket - arrays[i]) / type->bucket_size;
        if (bucket >= arrays[i] && index < counts[i]) return index & (base - 1);
    }
    return 0;
}

// Some buckets of many: those around the one in use, or around the one that was asked for.
static void place_some(const th_scene_context *cx, const th_world *world, const th_hmap *header,
                       uint64_t use, th_scene_placement *out) {
    const th_map_type *type = th_scene_map_type(cx);
    const uint64_t base = out->growing ? out->old_count : out->bucket_count;
    const th_stage_camera *camera = &cx->in->camera;
    const uint64_t middle = camera->held ? camera->at : index_in(header, out, type, use, base);
    const th_detail detail = (th_detail)cx->out->map.crowd.detail;
    const span near = around(middle, reach_of(detail, out->growing), base);
    if (out->growing) {
        add_array(&world->memory, type, header->oldbuckets, near, TH_BUCKET_OLD, out);
    }
    add_array(&world->memory, type, header->buckets, near, TH_BUCKET_CURRENT, out);
    if (!out->growing || out->bucket_count < 2 * base) return;
    const span high = {near.first + base, near.count};
    add_array(&world->memory, type, header->buckets, high, TH_BUCKET_CURRENT, out);
}

static void place_all(const th_scene_context *cx, const th_world *world, const th_hmap *header,
                      th_scene_placement *out) {
    const th_map_type *type = th_scene_map_type(cx);
    if (out->growing) {
        add_array(&world->memory, type, header->oldbuckets, (span){0, out->old_count},
                  TH_BUCKET_OLD, out);
    }
    add_array(&world->memory, type, header->buckets, (span){0, out->bucket_count},
              TH_BUCKET_CURRENT, out);
}

static void place(const th_scene_context *cx, const th_world *world, const th_hmap *header,
                  uint64_t step, th_scene_placement *out) {
    const bool crowded = out->bucket_count + out->old_count > DETAIL_MAX;
    uint64_t use = cx->in->fit && !crowded ? 0 : bucket_asked_for(cx, step);
    if (use == 0 && (crowded || !cx->in->fit)) use = bucket_in_use(cx, step);
    out->count = 0;
    if (crowded)
        place_some(cx, world, header, th_scene_chain_head(cx, use), out);
    else
        place_all(cx, world, header, out);
    out->focus = out->head = place_of(out, use);
    while (out->head >= 0 && out->items[out->head].parent >= 0) {
        out->head = out->items[out->head].parent;
    }
}

static void count_arrays(const th_world *world, const th_hmap *header, th_scene_placement *out) {
    out->bucket_count = buckets_in(world, header->buckets);
    out->growing = header->oldbuckets != 0 && header->oldbuckets != header->buckets;
    out->old_count = out->growing ? buckets_in(world, header->oldbuckets) : 0;
    if (out->old_count == 0) out->growing = false;
}

void th_scene_build_placement(const th_scene_context *cx) {
    th_scene_map *map = &cx->out->map;
    const th_motion *motion = &cx->in->motion;
    count_arrays(cx->now, &map->header, &map->now);
    count_arrays(cx->before, &map->before, &map->was);
    map->crowded = map->now.bucket_count + map->now.old_count > DETAIL_MAX;
    map->crowd.detail = (uint8_t)detail_of(cx, map->crowded);
    place(cx, cx->now, &map->header, cx->in->step, &map->now);
    place(cx, cx->before, &map->before, cx->in->step > 0 ? cx->in->step - 1 : 0, &map->was);
    map->camera = th_motion_at(motion, 0, motion->theme->camera.focus_ms, motion->theme->in_out);
}

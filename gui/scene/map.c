// The map's header and which map is shown.
#include "gui/scene/map.h"
#include "gui/scene/context.h"
#include "gui/scene/text.h"

#include <string.h>

enum { MAP_LOOK_BACK_STEPS = 256 };

bool th_scene_is_map_block(const th_block *block) {
    return block->kind == TH_BLOCK_HMAP || block->kind == TH_BLOCK_BUCKETS ||
           block->kind == TH_BLOCK_OVERFLOW;
}

const th_map_type *th_scene_map_type(const th_scene_context *cx) {
    const th_block *block = th_memory_block(&cx->now->memory, cx->out->map.address);
    return &cx->env->gomap.types[block->type];
}

const th_map_frame *th_scene_frame(const th_scene_context *cx, uint16_t g) {
    if (g == 0 || g >= cx->now->goroutine_count) return NULL;
    const th_goroutine *of = &cx->now->goroutines[g];
    if (g > TH_SCENE_G_MAX || cx->last[g].step == 0) return NULL;
    if (cx->last[g].node != of->node) {  // the operation is over
        if (g != cx->event.g) return NULL;
        of = &cx->before->goroutines[g];
    }
    const th_request *request = th_programs_request(cx->env->programs, of->node);
    const bool is_map =
        request != NULL && th_request_op_class((th_request_op)request->op) == TH_CLASS_MAP;
    return is_map ? &of->frame.map : NULL;
}

// The header of the map with that object number.
static uint64_t map_of_object(const th_scene_context *cx, uint32_t object) {
    uint32_t count;
    const th_object *objects = th_scenario_objects(cx->in->scenario, &count);
    if (object == 0 || object > count || objects[object - 1].kind != TH_OBJECT_MAP) return 0;
    return objects[object - 1].address;
}

static uint64_t map_of_block(const th_scene_context *cx, const th_block *block) {
    if (block == NULL || !th_scene_is_map_block(block)) return 0;
    if (block->kind == TH_BLOCK_HMAP) return block->address;
    return map_of_object(cx, block->object);
}

// The map of the last access to any, else the first one declared.
static uint64_t shown_map(const th_scene_context *cx) {
    const th_block *held = th_memory_block(&cx->now->memory, cx->in->camera.map);
    if (cx->in->camera.map != 0 && held != NULL && held->kind == TH_BLOCK_HMAP) {
        return cx->in->camera.map;
    }
    for (uint64_t at = cx->in->step; at > 0 && cx->in->step - at < MAP_LOOK_BACK_STEPS; at--) {
        const th_event event = th_scene_event(cx, at);
        if (!th_scene_is_access(event)) continue;
        const uint64_t map =
            map_of_block(cx, th_memory_block(&cx->now->memory, th_event_address(event)));
        if (map != 0) return map;
    }
    uint32_t count;
    const th_object *objects = th_scenario_objects(cx->in->scenario, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (objects[i].kind == TH_OBJECT_MAP && objects[i].address != 0) return objects[i].address;
    }
    return 0;
}

void th_scene_build_cell(const th_scene_context *cx, uint64_t address, uint32_t size,
                         th_scene_cell *cell) {
    *cell = (th_scene_cell){.address = address, .size = size, .swapped = true};
    th_text_bytes(cx->in->scenario, cx->now, address, size, cell->text, sizeof(cell->text));
    memcpy(cell->old_text, cell->text, sizeof(cell->text));
    const uint64_t at = th_event_address(cx->event);
    const bool written = th_event_kind_writes(cx->event.kind) && cx->event.size > 0 &&
                         at < address + size && address < at + cx->event.size;
    if (written) {
        th_text_bytes(cx->in->scenario, cx->before, address, size, cell->old_text,
                      sizeof(cell->old_text));
        cell->swapped =
            th_motion_past(&cx->in->motion, cx->in->motion.theme->write_pulse.value_swap_ms);
    }
    th_scene_mark_cell(cx->out, cell);
}

static void build_leds(const th_scene_context *cx, th_scene_map *map) {
    const th_motion *motion = &cx->in->motion;
    const float progress = th_motion_at(motion, motion->theme->write_pulse.value_swap_ms,
                                        motion->theme->led_toggle_ms, motion->theme->out);
    for (int i = 0; i < 4; i++) {
        const float was = (float)(map->before.flags >> i & 1);
        const float is = (float)(map->header.flags >> i & 1);
        map->led[i] = was + (is - was) * progress;
    }
}

static void build_fields(const th_scene_context *cx, th_scene_map *map) {
    static const struct {
        uint32_t offset, size;
    } places[TH_FIELD_COUNT] = {
#define X(name, offset, size) {offset, size},
        TH_HMAP_FIELDS(X)
#undef X
    };
    for (int i = 0; i < TH_FIELD_COUNT; i++) {
        th_scene_build_cell(cx, map->address + places[i].offset, places[i].size, &map->field[i]);
    }
}

// What the step's goroutine has computed from its key.
static void build_hash(const th_scene_context *cx, th_scene_map *map) {
    const th_map_frame *frame = th_scene_frame(cx, cx->event.g);
    map->hash.present = false;
    if (frame == NULL || frame->hash == 0 || frame->m != map->address) return;
    th_scene_hash *hash = &map->hash;
    *hash = (th_scene_hash){.present = true, .g = cx->event.g, .hash = frame->hash};
    hash->B = map->header.B;
    hash->bucket = frame->hash & ((UINT64_C(1) << (hash->B & 63)) - 1);
    hash->top = (uint8_t)(frame->hash >> 56);
    if (hash->top < TH_TOP_MIN) hash->top = (uint8_t)(hash->top + TH_TOP_MIN);
    th_text_value(cx->env->gomap.strings, (th_scalar)th_scene_map_type(cx)->key, frame->key,
                  hash->key, sizeof(hash->key));
}

// All maps that are declared, with who is at work there.
static void build_maps(const th_scene_context *cx) {
    th_scene *scene = cx->out;
    uint32_t count;
    const th_object *objects = th_scenario_objects(cx->in->scenario, &count);
    scene->map_count = scene->maps_hidden = 0;
    scene->map_held = scene->map.address == cx->in->camera.map ? scene->map.address : 0;
    for (uint32_t i = 0; i < count; i++) {
        if (objects[i].kind != TH_OBJECT_MAP || objects[i].address == 0) continue;
        if (scene->map_count == TH_SCENE_MAP_MAX) {
            scene->maps_hidden++;
            continue;
        }
        th_hmap header;
        th_hmap_read(&cx->now->memory, objects[i].address, &header);
        scene->maps[scene->map_count++] = (th_scene_map_name){
            .address = objects[i].address,
            .count = header.count,
            .name = th_text_object(cx->in->scenario, cx->now, objects[i].address)};
    }
    if (scene->map_count < 2) scene->map_count = 0;
    for (int i = 0; i < scene->mark_count; i++) {
        const th_scene_mark *mark = &scene->marks[i];
        if (mark->trail) continue;
        const uint64_t at = map_of_block(cx, th_memory_block(&cx->now->memory, mark->address));
        for (int k = 0; k < scene->map_count; k++) {
            if (scene->maps[k].address == at && scene->maps[k].g == 0) scene->maps[k].g = mark->g;
        }
    }
}

void th_scene_build_map(const th_scene_context *cx) {
    th_scene_map *map = &cx->out->map;
    map->address = shown_map(cx);
    map->present = map->address != 0;
    build_maps(cx);
    map->flight_count = 0;
    map->torn.present = false;
    map->bucket_count = map->lens_count = 0;
    map->iterator_count = map->iterators_hidden = 0;
    if (!map->present) return;
    map->name = th_text_object(cx->in->scenario, cx->now, map->address);
    th_hmap_read(&cx->now->memory, map->address, &map->header);
    th_hmap_read(&cx->before->memory, map->address, &map->before);
    build_leds(cx, map);
    build_fields(cx, map);
    build_hash(cx, map);
    th_scene_build_placement(cx);
    th_scene_build_buckets(cx);
    th_scene_build_crowd(cx);
    th_scene_build_lens(cx);
    th_scene_build_flights(cx);
    th_scene_build_torn(cx);
    th_scene_build_iterators(cx);
}

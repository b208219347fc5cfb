// Items on their way from an old bucket to a new one.
//
// An item leaves when its old tophash is marked 2 (X) or 3 (Y), and its tophash, key and value then
// land one store after the other. All of it is told by the recorded accesses and their sites.
#include "gui/scene/map.h"
#include "gui/scene/text.h"

#include "sim/gomap/site.h"

#include <stdio.h>

enum {
    FLIGHT_LOOK_BACK_STEPS = 200,
    TRAIL_STEPS = 14,  // a trail is forgotten that long after its goroutine moved its last item
};

// How far the block has come after each of its stores.
static const float AT_MARK = 0.42f, AT_TOP = 0.62f, AT_KEY = 0.82f;

typedef struct moved {
    uint64_t mark_step, last_step;  // steps of the mark and of its latest store
    uint64_t from, to;
    uint8_t from_slot, to_slot;
    bool y, top, key, elem;
} moved;

// Takes the stores that followed a mark in. Steps run backwards: these come before their mark.
static bool take_store(const th_scene_context *cx, th_event event, uint64_t step, moved *item) {
    const uint64_t address = th_event_address(event);
    bool *landed = NULL;
    switch (event.site) {
    case TH_SITE_EVAC_PUT_TOP: landed = &item->top; break;
    case TH_SITE_EVAC_PUT_KEY:
    case TH_SITE_EVAC_PUT_KEY_HI: landed = &item->key; break;
    case TH_SITE_EVAC_PUT_ELEM:
    case TH_SITE_EVAC_PUT_ELEM_HI: landed = &item->elem; break;
    default: return false;
    }
    *landed = true;
    if (item->last_step == 0) item->last_step = step;
    item->to = th_scene_bucket_at(cx, address);
    if (event.site == TH_SITE_EVAC_PUT_TOP && item->to != 0) {
        item->to_slot = (uint8_t)(address - item->to);
    }
    return true;
}

// Fills in the path of an item whose first byte has not landed yet, from its goroutine's locals.
static bool find_target(const th_scene_context *cx, uint16_t g, moved *item) {
    const th_map_frame *frame = th_scene_frame(cx, g);
    if (frame == NULL || frame->move_i != item->from_slot) return false;
    item->to = frame->use_y ? frame->y_b : frame->x_b;
    item->to_slot = frame->use_y ? frame->y_i : frame->x_i;
    return item->to != 0 && item->to_slot < TH_BUCKET_SLOTS;
}

static float progress_after(const moved *item) {
    if (item->elem) return 1;
    if (item->key) return AT_KEY;
    return item->top ? AT_TOP : AT_MARK;
}

static float progress_before(const moved *item) {
    if (item->elem) return AT_KEY;
    if (item->key) return AT_TOP;
    return item->top ? AT_MARK : 0;
}

static void describe(const th_scene_context *cx, uint16_t g, th_scene_flight *flight) {
    const th_map_type *type = th_scene_map_type(cx);
    const th_memory *memory = &cx->now->memory;
    const uint64_t key = th_slot_key(type, flight->from, flight->from_slot);
    const uint64_t elem = th_slot_elem(type, flight->from, flight->from_slot);
    th_text_bytes(cx->in->scenario, cx->now, key, type->key_size, flight->key, sizeof(flight->key));
    th_text_bytes(cx->in->scenario, cx->now, elem, type->elem_size, flight->elem,
                  sizeof(flight->elem));
    th_bucket bucket;
    th_bucket_read(memory, type, flight->from, &bucket);
    flight->hash = th_gomap_hash(&cx->env->gomap, (uint16_t)(type - cx->env->gomap.types),
                                 bucket.key[flight->from_slot], cx->out->map.header.hash0);
    flight->new_bit =
        cx->out->map.header.flags & TH_FLAG_SAME_SIZE_GROW ? 0 : cx->out->map.now.old_count;
    const th_map_frame *frame = th_scene_frame(cx, g);
    const uint8_t top = frame != NULL ? frame->move_top : 0;
    snprintf(flight->top, sizeof(flight->top), "%02x", top);
}

static void add_flight(const th_scene_context *cx, uint16_t g, moved item, uint64_t last_move) {
    th_scene_map *map = &cx->out->map;
    const th_motion *motion = &cx->in->motion;
    const uint64_t step = cx->in->step;
    if (map->flight_count == TH_SCENE_TRAIL_MAX) return;
    const bool in_hand = !item.elem;
    const bool landing = item.elem && item.last_step == step &&
                         !th_motion_past(motion, motion->theme->evacuation.ms);
    bool has_target = item.top || item.key || item.elem;
    if (!has_target) has_target = find_target(cx, g, &item);
    if (!has_target && !in_hand) return;
    th_scene_flight *flight = &map->flights[map->flight_count++];
    *flight = (th_scene_flight){
        .g = g,
        .from = item.from,
        .to = item.to,
        .from_slot = item.from_slot,
        .to_slot = item.to_slot,
        .y = item.y,
        .active = in_hand || landing,
        .has_target = has_target,
        .top_landed = item.top,
        .key_landed = item.key,
        .elem_landed = item.elem,
        .at = progress_after(&item),
    };
    const bool moves_now = item.mark_step == step || item.last_step == step;
    if (moves_now) {
        const float t =
            th_motion_at(motion, 0, motion->theme->evacuation.ms, motion->theme->in_out);
        flight->at = progress_before(&item) + (progress_after(&item) - progress_before(&item)) * t;
    }
    const float age = (float)(step - last_move) / TRAIL_STEPS;
    flight->alpha = age >= 1 ? 0 : 1 - age;
    describe(cx, g, flight);
}

// The items that one goroutine moved lately, the latest first, all of one old bucket.
static void build_for(const th_scene_context *cx, uint16_t g) {
    const uint64_t step = cx->in->step;
    moved item = {0};
    uint64_t last_move = 0, of_bucket = 0;
    for (uint64_t at = step; at > 0 && step - at < FLIGHT_LOOK_BACK_STEPS; at--) {
        const th_event event = th_scene_event(cx, at);
        if (event.g != g) continue;
        if (take_store(cx, event, at, &item)) {
            if (last_move == 0) last_move = at;
            continue;
        }
        if (event.site != TH_SITE_EVAC_MARK) continue;
        if (last_move == 0) last_move = at;
        if (step - last_move >= TRAIL_STEPS) return;
        item.from = th_scene_bucket_at(cx, th_event_address(event));
        item.from_slot = (uint8_t)(th_event_address(event) - item.from);
        item.mark_step = at;
        item.y = event.value == TH_TOP_EVACUATED_Y;
        if (of_bucket == 0) of_bucket = item.from;
        if (item.from != of_bucket || item.from == 0) return;
        add_flight(cx, g, item, last_move);
        item = (moved){0};
    }
}

void th_scene_build_flights(const th_scene_context *cx) {
    cx->out->map.flight_count = 0;
    if (!cx->out->map.now.growing && !cx->out->map.was.growing) return;
    bool seen[TH_SCENE_G_MAX + 1] = {false};
    for (int i = 0; i < cx->out->mark_count; i++) {
        const uint16_t g = cx->out->marks[i].g;
        if (seen[g]) continue;
        seen[g] = true;
        build_for(cx, g);
    }
}

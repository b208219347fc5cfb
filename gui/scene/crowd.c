// A map seen from afar: cells that stand for its buckets, counts, and where goroutines are.
#include "gui/scene/array.h"
#include "gui/scene/census.h"
#include "gui/scene/map.h"

#include <stdlib.h>
#include <string.h>

enum { WHOLE_CELLS_MAX = 1024, ITEMS_SHOWN_MAX = TH_BUCKET_SLOTS };

static void add_bucket(th_field_cell *cell, uint8_t counted) {
    const int items = counted & TH_CENSUS_ITEMS;
    cell->buckets++;
    cell->items += (uint32_t)(items < ITEMS_SHOWN_MAX ? items : ITEMS_SHOWN_MAX);
    cell->overflow += (counted & TH_CENSUS_OVERFLOW) != 0;
    cell->evacuated += (counted & TH_CENSUS_EVACUATED) != 0;
}

// Cells for `count` buckets from `first` on, at most `max` of them.
static void build_field(const th_census_array *from, uint64_t first, uint64_t count, uint32_t max,
                        th_scene_field *out) {
    out->array = from->address;
    out->first = first;
    out->count = first + count <= from->count ? count : 0;
    out->per = 1;
    while (out->count / out->per > max) out->per *= 2;
    out->shown = (uint32_t)((out->count + out->per - 1) / out->per);
    while (out->capacity < out->shown) {
        out->cells =
            th_array_reserve(out->cells, out->capacity, &out->capacity, sizeof(*out->cells));
    }
    if (out->shown > 0) memset(out->cells, 0, out->shown * sizeof(*out->cells));
    for (uint64_t i = 0; i < out->count; i++) {
        add_bucket(&out->cells[i / out->per], from->buckets[first + i]);
    }
}

static void build_parts(const th_census *census, th_scene_crowd *crowd) {
    const uint64_t base = crowd->base;
    const bool halves = census->old.count > 0 && census->now.count >= 2 * base;
    for (int part = 0; part < TH_PART_COUNT; part++) {
        const th_census_array *from = part == TH_PART_OLD ? &census->old : &census->now;
        const uint64_t shift = part == TH_PART_Y ? base : 0;
        const bool present = from->count > 0 && (part != TH_PART_Y || halves);
        build_field(from, crowd->first + shift, present ? crowd->count : 0, TH_SCENE_FIELD_MAX,
                    &crowd->part[part]);
        build_field(from, shift, present ? base : 0, WHOLE_CELLS_MAX, &crowd->whole[part]);
    }
}

static void add_to(th_scene_histogram *histogram, uint8_t counted) {
    const int items = counted & TH_CENSUS_ITEMS;
    histogram->buckets[items < TH_SCENE_HISTOGRAM_BINS ? items : TH_SCENE_HISTOGRAM_BINS - 1]++;
    histogram->items += (uint64_t)items;
    histogram->total++;
}

static void build_histograms(const th_census *census, th_scene_crowd *crowd) {
    crowd->waiting = crowd->moved = (th_scene_histogram){0};
    crowd->old_done = crowd->old_holding = 0;
    for (uint32_t i = 0; i < census->old.count; i++) {
        const uint8_t counted = census->old.buckets[i];
        if (counted & TH_CENSUS_EVACUATED) {
            crowd->old_done++;
            continue;
        }
        add_to(&crowd->waiting, counted);
        crowd->old_holding += (counted & TH_CENSUS_ITEMS) != 0;
    }
    for (uint32_t i = 0; i < census->now.count; i++) {
        const bool growing = census->old.count > 0;
        if (growing && !(census->old.buckets[i & (census->old.count - 1)] & TH_CENSUS_EVACUATED)) {
            continue;
        }
        add_to(&crowd->moved, census->now.buckets[i]);
    }
}

// The window of the field around the middle that is asked for.
static void build_window(const th_scene_context *cx, th_scene_crowd *crowd) {
    const th_stage_camera *camera = &cx->in->camera;
    crowd->count = crowd->base;
    for (int i = 0; i < camera->zoom && crowd->count > 1; i++) crowd->count /= 2;
    const uint64_t middle = camera->held ? camera->at : crowd->focus;
    crowd->middle = middle;
    crowd->first = middle > crowd->count / 2 ? middle - crowd->count / 2 : 0;
    if (crowd->first + crowd->count > crowd->base) crowd->first = crowd->base - crowd->count;
}

static void build_focus(const th_scene_context *cx, th_scene_crowd *crowd) {
    const th_scene_placement *places = &cx->out->map.now;
    crowd->has_focus = places->head >= 0;
    crowd->moving = false;
    crowd->focus = 0;
    crowd->focus_old = crowd->focus_high = false;
    if (!crowd->has_focus) return;
    const th_scene_place *head = &places->items[places->head];
    crowd->focus_old = head->role == TH_BUCKET_OLD;
    crowd->focus_high = !crowd->focus_old && head->index >= crowd->base;
    crowd->focus = head->index & (crowd->base - 1);
    crowd->moving = crowd->focus_old && th_scene_evacuated_by(cx, cx->event) != 0;
}

static void build_spots(const th_scene_context *cx, th_scene_crowd *crowd) {
    const th_scene *scene = cx->out;
    crowd->spot_count = 0;
    for (int i = 0; i < scene->mark_count && crowd->spot_count < TH_SCENE_SPOT_MAX; i++) {
        const th_scene_mark *mark = &scene->marks[i];
        if (mark->trail) continue;
        const uint64_t bucket = th_scene_bucket_at(cx, mark->address);
        for (int part = 0; part < TH_PART_COUNT; part++) {
            const th_scene_field *field = &crowd->whole[part];
            const uint64_t start = field->array + field->first * crowd->bucket_bytes;
            if (field->count == 0 || bucket < start) continue;
            const uint64_t index = (bucket - start) / crowd->bucket_bytes;
            if (index >= field->count) continue;
            crowd->spots[crowd->spot_count++] = (th_scene_spot){
                .g = mark->g, .part = (uint8_t)part, .write = mark->write, .index = index};
            break;
        }
    }
}

void th_scene_build_crowd(const th_scene_context *cx) {
    th_scene_map *map = &cx->out->map;
    th_scene_crowd *crowd = &map->crowd;
    crowd->held = cx->in->camera.held;
    crowd->bucket_bytes = th_scene_map_type(cx)->bucket_size;
    crowd->base = map->now.growing ? map->now.old_count : map->now.bucket_count;
    if (crowd->base == 0) crowd->base = 1;
    build_focus(cx, crowd);
    build_window(cx, crowd);
    if (crowd->detail != TH_DETAIL_FIELD) return;
    th_census_update(cx->census, cx);
    build_parts(cx->census, crowd);
    build_histograms(cx->census, crowd);
    build_spots(cx, crowd);
}

void th_scene_crowd_free(th_scene_crowd *crowd) {
    for (int part = 0; part < TH_PART_COUNT; part++) {
        free(crowd->part[part].cells);
        free(crowd->whole[part].cells);
    }
    *crowd = (th_scene_crowd){0};
}

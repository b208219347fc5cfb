// The stage: header, buckets and everything between them.
#include "gui/view/stage.h"

#include <math.h>
#include <string.h>

static const float OBJECTS_H = 48;

enum { BOARD_OBJECTS_MAX = 4 };  // more leave no room for the Ps

static void draw_grid(const th_view *view) {
    const th_rect stage = view->at->stage;
    const float pitch = 24;
    for (float y = stage.y + pitch / 2; y < stage.y + stage.h; y += pitch) {
        for (float x = stage.x + pitch / 2; x < stage.x + stage.w; x += pitch) {
            th_view_fill(view, (th_rect){x, y, 1.5f, 1.5f}, 0, view->theme->color.grid);
        }
    }
}

static th_rect mix_rect(th_rect a, th_rect b, float t) {
    return (th_rect){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.w + (b.w - a.w) * t,
                     a.h + (b.h - a.h) * t};
}

// The camera on its way from the places before the step to those after it, bucket by bucket.
static void move_camera(const th_scene_map *map, const th_stage_layout *was, th_stage_layout *now) {
    const float t = map->camera;
    for (int i = 0; i < now->count; i++) {
        th_box *box = &now->boxes[i];
        int before = -1;
        for (int k = 0; k < map->was.count && k < was->count && before < 0; k++) {
            if (map->was.items[k].address == map->now.items[i].address) before = k;
        }
        if (before < 0) {
            box->alpha = t;
            continue;
        }
        const th_box *from = &was->boxes[before];
        box->rect = mix_rect(from->rect, box->rect, t);
        box->header = from->header + (box->header - from->header) * t;
        box->footer = from->footer + (box->footer - from->footer) * t;
    }
    now->bus_y = was->bus_y + (now->bus_y - was->bus_y) * t;
}

static void arrange(const th_view *view, th_rect area, float pointer_x, th_stage_layout *out) {
    const th_scene_map *map = &view->scene->map;
    th_stage_arrange(&map->now, area, pointer_x, out);
    if (map->camera >= 1 || map->was.count == 0) return;
    th_stage_layout was;
    th_stage_arrange(&map->was, area, pointer_x, &was);
    move_camera(map, &was, out);
}

static void draw_message(const th_view *view, th_rect area, th_word word) {
    th_view_text(view, th_type_center(th_type_ui(22, 500, view->theme->color.dim)),
                 area.x + area.w / 2, area.y + area.h / 2, area.w - 60, th_view_word(view, word));
}

static void draw_buckets(const th_view *view, const th_strip *strip, th_rect area) {
    const th_scene_map *map = &view->scene->map;
    th_stage_layout layout;
    arrange(view, area, strip->dot_x[TH_FIELD_buckets], &layout);
    th_view_pointers(view, strip, &layout);
    if (layout.growing) {
        th_view_flights(view, &layout, true);
        th_view_halves(view, &layout);
    }
    const int focus = map->now.focus;
    for (int i = 0; i < layout.count && i < map->bucket_count; i++) {
        if (i != focus) th_view_bucket(view, &map->buckets[i], &layout.boxes[i], false);
    }
    if (focus >= 0 && focus < layout.count && focus < map->bucket_count) {
        th_view_bucket(view, &map->buckets[focus], &layout.boxes[focus], true);
    }
    th_view_chains(view, &layout);
    for (int i = 0; i < layout.count && i < map->bucket_count; i++) {
        th_view_bucket_marks(view, &map->buckets[i], &layout.boxes[i], i == focus);
    }
    th_view_flights(view, &layout, false);
    if (map->camera >= 1) th_view_notes(view, &layout, area);
}

// What wheel and drag need to know of the stage.
static void note_stage(const th_view *view) {
    if (view->hits == NULL) return;
    const th_scene_crowd *crowd = &view->scene->map.crowd;
    th_hits_field *out = &view->hits->field;
    view->hits->stage = th_view_rect_px(view, view->at->stage);
    out->first = crowd->first;
    out->count = crowd->count;
    out->base = crowd->base;
    out->middle = crowd->middle;
    out->bucket_w = th_px(view, crowd->detail == TH_DETAIL_CELLS ? 150 : 70);
}

static void draw_map(const th_view *view, th_rect room) {
    const th_scene *scene = view->scene;
    th_strip strip;
    th_strip_arrange(view, &strip);
    th_view_strip(view, &strip);
    const float top = strip.rect.y + strip.rect.h;
    const float objects = scene->object_count > 0 ? OBJECTS_H : 0;
    th_rect area = {room.x, top, room.w, room.y + room.h - top - objects};
    area.h -= th_view_iterators(view, (th_rect){area.x + 16, area.y, area.w - 32, area.h});
    if (scene->map.header.buckets == 0)
        draw_message(view, area, TH_WORD_NO_BUCKETS);
    else if (scene->map.crowd.detail == TH_DETAIL_FIELD)
        th_view_fields(view, (th_rect){area.x + 20, area.y + 8, area.w - 40, area.h - 20});
    else
        draw_buckets(view, &strip, area);
    if (objects > 0) {
        th_view_objects(
            view, (th_rect){room.x + 20, room.y + room.h - OBJECTS_H, room.w - 40, OBJECTS_H});
    }
}

// Structs and locks; above them the Ps, as far as there is room for both.
static void draw_things(const th_view *view, th_rect room) {
    const th_scene *scene = view->scene;
    const float edge = view->at->compact ? 36 : 56;
    th_rect area = {room.x + edge, room.y + edge * 0.7f, room.w - 2 * edge, room.h - 1.4f * edge};
    const bool board = scene->proc_count > 0 && scene->object_count <= BOARD_OBJECTS_MAX;
    if (board) {
        const float part = scene->object_count == 0 ? 1 : 0.52f;
        th_view_board(view, (th_rect){room.x + 24, room.y + 8, room.w - 48, room.h * part - 8});
        area.y = room.y + room.h * part + 8;
        area.h = room.y + room.h - edge * 0.4f - area.y;
    }
    if (scene->object_count > 0) th_view_structs(view, area);
}

void th_view_stage(const th_view *view) {
    const th_scene *scene = view->scene;
    const th_rect stage = view->at->stage;
    th_view_clip(view, stage);
    th_view_fill(view, stage, 0, view->theme->color.stage);
    draw_grid(view);
    th_rect room = stage;
    room.h -= th_view_buffers(view, (th_rect){stage.x + 20, stage.y, stage.w - 40, stage.h});
    if (scene->map.present) {
        note_stage(view);
        draw_map(view, room);
    } else if (th_view_has_cache_lines(scene)) {
        th_view_cache_lines(view, (th_rect){room.x + 24, room.y + 20, room.w - 48, room.h - 36});
    } else if (scene->object_count > 0 || scene->proc_count > 0) {
        draw_things(view, room);
    } else {
        draw_message(view, room, TH_WORD_NO_MAP);
    }
    th_view_unclip(view);
}

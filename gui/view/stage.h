// The parts of the stage. Private to gui/view.
#ifndef TH_GUI_VIEW_STAGE_H
#define TH_GUI_VIEW_STAGE_H

#include "gui/view/view.h"

enum { TH_BOX_MAX = TH_SCENE_BUCKET_MAX };

// Where a bucket is drawn, and how its height is shared out.
typedef struct th_box {
    th_rect rect;
    float header, footer;
    float alpha;  // below 1 while it comes in
} th_box;

typedef struct th_stage_layout {
    th_box boxes[TH_BOX_MAX];
    int count;
    float old_bus_y, bus_y;  // of the pointer lines' cross bars
    bool growing;
    bool fits;  // false: too many buckets for this area even at their smallest
} th_stage_layout;

// A box for each placed bucket, in the same order. pointer_x: where the line from `buckets` comes
// down; the boxes of old buckets leave room for it. Units.
void th_stage_arrange(const th_scene_placement *placement, th_rect area, float pointer_x,
                      th_stage_layout *out);

// Positions of the hmap's fields, for the pointers that start there; 0: the field is not shown.
typedef struct th_strip {
    th_rect rect;
    float dot_x[TH_FIELD_COUNT];
    float dot_y;
    th_rect cell[TH_FIELD_COUNT];  // empty where the field is not shown
} th_strip;

// Where the strip and its fields are in the stage.
void th_strip_arrange(const th_view *view, th_strip *out);
void th_view_strip(const th_view *view, const th_strip *strip);

// One cell of memory: its value, who touches it, and its trail. `size`: of the text.
void th_view_cell(const th_view *view, th_rect rect, const th_scene_cell *cell, float size,
                  th_color ground);
// The burst and the two accesses of a collision, over everything.
void th_view_collision(const th_view *view, th_rect rect, const th_scene_cell *cell, float size);

// The rectangles of a bucket's cells.
typedef struct th_bucket_cells {
    th_rect top[TH_BUCKET_SLOTS], key[TH_BUCKET_SLOTS], elem[TH_BUCKET_SLOTS];
    th_rect overflow;
    float row;     // height of a slot
    float text;    // size of the values
    bool columns;  // keys and values are shown
    bool slots;    // slot numbers are shown
    bool mini;     // too narrow for text
} th_bucket_cells;

void th_bucket_arrange(const th_box *box, th_bucket_cells *out);
void th_view_bucket(const th_view *view, const th_scene_bucket *bucket, const th_box *box,
                    bool focus);
// What lies over the buckets: badges of who stands where, and collisions.
void th_view_bucket_marks(const th_view *view, const th_scene_bucket *bucket, const th_box *box,
                          bool focus);

void th_view_pointers(const th_view *view, const th_strip *strip, const th_stage_layout *layout);
// Which half of the new buckets is which, on the cross bar; over the ways of items.
void th_view_halves(const th_view *view, const th_stage_layout *layout);
void th_view_chains(const th_view *view, const th_stage_layout *layout);
void th_view_flights(const th_view *view, const th_stage_layout *layout, bool trails);
void th_view_fields(const th_view *view, th_rect area);
// Buttons for the level of detail, where a map has more buckets than fit; returns the right edge.
float th_view_detail_switch(const th_view *view, float x, float y);
// The maps to choose among.
void th_view_maps(const th_view *view, th_rect area);
// Legend and remark, where the buckets leave room.
void th_view_notes(const th_view *view, const th_stage_layout *layout, th_rect area);
// Objects that are no map: a row of chips beneath the buckets, or the whole stage where there is no
// map.
void th_view_objects(const th_view *view, th_rect area);
void th_view_structs(const th_view *view, th_rect area);
// Who waits at the object, from x on, the first one first.
void th_view_waiters(const th_view *view, const th_scene_object *object, float x, float y,
                     float right);
// The same by cache lines, for a scenario without a map that asks for them.
bool th_view_has_cache_lines(const th_scene *scene);
void th_view_cache_lines(const th_view *view, th_rect area);
// Range loops over the map: the way of each around the buckets, at the foot of the area. The height
// that it takes; 0: nobody iterates.
float th_view_iterators(const th_view *view, th_rect area);
// The Ps of `go` scheduling with their run queues, large: where there is no map in the way.
void th_view_board(const th_view *view, th_rect area);
// Stores that wait in buffers: returns the height that they take at the foot of the area.
float th_view_buffers(const th_view *view, th_rect area);

#endif

// The picture: a scene in, a draw list out. A pure function.
//
//     th_frame_desc desc = {.scene = scene, .theme = theme, .lang = TH_LANG_EN,
//                           .width = 1920, .height = 1080, .fonts = fonts};
//     th_hits hits;
//     th_view_frame(&desc, &list, &hits);
//
// The fonts are used for measuring alone. Panels arrange themselves by gui/view/arrange.h.
#ifndef TH_GUI_VIEW_FRAME_H
#define TH_GUI_VIEW_FRAME_H

#include "gui/draw/draw.h"
#include "gui/draw/text.h"
#include "gui/draw/theme.h"
#include "gui/scene/explore.h"
#include "gui/view/action.h"
#include "gui/view/desk.h"

enum { TH_HIT_MAX = 2048 };  // cells of a full stage, ticks, and room to spare

// A place that answers to the mouse, in pixels. Later ones lie above earlier ones.
typedef struct th_hit {
    th_rect rect;
    th_action action;
    uint64_t argument;
    bool hover;  // `action` is for the mouse resting there, not for a click
} th_hit;

// The stage of a map, for wheel and drag. Pixels and bucket indices.
typedef struct th_hits_field {
    th_rect part[TH_PART_COUNT];      // cells, row by row; empty: not shown
    th_rect minimap[TH_PART_COUNT];   // of all buckets, top to bottom
    uint64_t address[TH_PART_COUNT];  // of each part's array
    uint64_t shift[TH_PART_COUNT];    // index of the part's first bucket in it
    uint64_t columns, per;            // cells in a row, buckets in a cell
    uint64_t bucket_bytes;
    float cell_w, cell_h;
    uint64_t first, count, base;  // buckets: the window, and all that there are
    uint64_t middle;
    float bucket_w;  // at a nearer level: pixels to drag for one bucket
} th_hits_field;

typedef struct th_hits {
    th_hit items[TH_HIT_MAX];
    int count;
    th_rect scrub;         // the lanes: dragging there seeks
    uint64_t scrub_first;  // steps at its left and right edge
    uint64_t scrub_last;
    // Steps of the columns that the lanes are shared out in, where they are not of equal length.
    uint64_t scrub_stop[TH_SCENE_BAR_MAX];
    int scrub_stop_count;
    th_rect overview;  // the same for the whole run in small; empty: not shown
    th_rect speed;     // the slider
    th_rect stage;
    th_hits_field field;
} th_hits;

typedef struct th_frame_desc {
    const th_scene *scene;
    const th_desk *desk;              // NULL: nothing lies over the picture
    const th_explore_scene *explore;  // NULL: nothing is explored
    const th_theme *theme;
    th_lang lang;
    int width, height;  // pixels, at least 1
    th_fonts *fonts;
} th_frame_desc;

// Replaces what the list and the hits held.
void th_view_frame(const th_frame_desc *desc, th_draw_list *out, th_hits *hits);

// The topmost hit at a point, NULL: none. `hover`: of the kind that answers to resting there.
const th_hit *th_hits_at(const th_hits *hits, th_point point, bool hover);

// The index of the bucket under a point of the field or of the mini-map, within its part. False:
// there is none.
bool th_hits_bucket(const th_hits *hits, th_point point, uint64_t *index, uint64_t *address);

// How many buckets the stage moves on when it is dragged so far.
int64_t th_hits_dragged(const th_hits *hits, th_point from, th_point to);

// The step under a point of the scrub area or the overview, clamped to them.
uint64_t th_hits_step(const th_hits *hits, th_point point, bool overview, uint64_t length);

#endif

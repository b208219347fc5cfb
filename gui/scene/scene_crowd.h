// The part of a scene that is a map of many buckets: how full they are, seen from afar, and a few
// of them through a lens. Included by scene_map.h.
#ifndef TH_GUI_SCENE_SCENE_CROWD_H
#define TH_GUI_SCENE_SCENE_CROWD_H

#include "gui/scene/camera.h"
#include "gui/scene/limits.h"

// One or several neighbouring buckets.
typedef struct th_field_cell {
    uint32_t buckets;
    uint32_t items;      // at most 8 counted of each bucket
    uint32_t overflow;   // buckets with an overflow bucket
    uint32_t evacuated;  // old buckets that are done
} th_field_cell;

// A run of neighbouring buckets of an array.
typedef struct th_scene_field {
    uint64_t array;         // address of the array's first bucket
    uint64_t first, count;  // of its buckets
    uint32_t per;           // buckets in a cell, a power of two
    th_field_cell *cells;   // owned by the scene
    uint32_t shown, capacity;
} th_scene_field;

// The arrays of a map: all of its buckets, or while it grows the old ones and both halves of the
// new ones, index over index.
typedef enum th_field_part {
    TH_PART_OLD,
    TH_PART_X,  // or the whole array
    TH_PART_Y,
    TH_PART_COUNT,
} th_field_part;

// Where a goroutine's last access lies.
typedef struct th_scene_spot {
    uint16_t g;
    uint8_t part;  // th_field_part
    bool write;
    uint64_t index;  // within the part
} th_scene_spot;

typedef struct th_scene_histogram {
    uint64_t buckets[TH_SCENE_HISTOGRAM_BINS];  // by items in bucket and chain; the last: or more
    uint64_t items, total;                      // of those buckets; their count
} th_scene_histogram;

typedef struct th_scene_crowd {
    uint8_t detail;         // th_detail, never AUTO
    bool held;              // the camera does not follow
    uint64_t base;          // buckets in each part
    uint64_t first, count;  // of them, those that the field shows
    uint64_t middle;        // where the camera is
    uint64_t bucket_bytes;
    bool has_focus, focus_old;
    uint64_t focus;                       // index of the bucket in use, below `base`
    bool focus_high;                      // it lies in the Y half
    bool moving;                          // its items go to X and Y in this step
    th_scene_field part[TH_PART_COUNT];   // the window, count 0: there is none
    th_scene_field whole[TH_PART_COUNT];  // the same of all buckets, in few cells
    th_scene_spot spots[TH_SCENE_SPOT_MAX];
    int spot_count;
    th_scene_histogram waiting, moved;  // old buckets; new ones whose old bucket is done (or all)
    uint64_t old_done, old_holding;     // old buckets evacuated; others that hold items
} th_scene_crowd;

#endif

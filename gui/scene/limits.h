// How much of a moment a scene holds: what fits on a screen, and a bit more.
#ifndef TH_GUI_SCENE_LIMITS_H
#define TH_GUI_SCENE_LIMITS_H

enum {
    TH_SCENE_NAME_MAX = 40,   // "ov12.tophash[3]" and room for a struct's field
    TH_SCENE_VALUE_MAX = 32,  // a string key is cut to this
    TH_SCENE_OP_MAX = 96,     // m["..."] = "..."
    TH_SCENE_CARD_MAX = 32,   // goroutines shown: those that moved last, then the first ones
    TH_SCENE_G_MAX = 1024,    // goroutines that are looked at
    TH_SCENE_LANE_MAX = 8,
    TH_SCENE_LINE_MAX = 64,  // of one routine's pseudo-source
    TH_SCENE_CHIP_MAX = 6,
    TH_SCENE_LOG_MAX = 14,      // rows at the largest scale
    TH_SCENE_MARK_MAX = 96,     // pulses and trails
    TH_SCENE_BUCKET_MAX = 128,  // buckets in detail: what fits on a stage
    TH_SCENE_FIELD_MAX = 8192,  // cells of a field
    TH_SCENE_SPOT_MAX = 16,
    TH_SCENE_HISTOGRAM_BINS = 10,  // 0 to 8 items and more
    TH_SCENE_LENS_MAX = 5,
    TH_SCENE_MAP_MAX = 8,  // maps to choose among
    TH_SCENE_ITERATOR_MAX = 8,
    TH_SCENE_COLLISION_MAX = 8,
    TH_SCENE_TRAIL_MAX = 16,  // moved items whose path still shows
    TH_SCENE_EVACUATION_ROWS = 4,
    TH_SCENE_DUMP_MAX = 48,
    TH_SCENE_CAUSE_MAX = 4,
    TH_SCENE_LEFT_MAX = 4,
    TH_SCENE_TICK_MAX = 256,  // of one lane's window
    TH_SCENE_COLUMN_MAX = 480,
    TH_SCENE_BRANCH_MAX = 3,  // lanes of other futures
    TH_SCENE_BRANCH_NAME_MAX = 64,
    TH_SCENE_MARKER_MAX = 64,
    TH_SCENE_LINK_MAX = 24,
    TH_SCENE_OVERVIEW_MAX = 512,
    TH_SCENE_BAR_MAX = 160,  // columns of operations
    TH_SCENE_OBJECT_MAX = 32,
    TH_SCENE_CELL_MAX = 256,  // of all objects
    TH_SCENE_WAITER_MAX = 8,  // at one object; the rest is counted
    TH_SCENE_CACHE_LINE_MAX = 8,
    TH_SCENE_CORE_MAX = 8,
    TH_SCENE_BUFFERED_MAX = 32,
    TH_SCENE_ENABLED_MAX = 32,
    TH_SCENE_PROC_MAX = 16,  // Ps
    TH_SCENE_QUEUE_MAX = 8,  // of a run queue; the rest is counted
    TH_SCENE_NO_P = 255,
};

#endif

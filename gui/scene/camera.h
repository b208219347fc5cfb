// What a person asks the stage to show; zero: it follows the run by itself.
#ifndef TH_GUI_SCENE_CAMERA_H
#define TH_GUI_SCENE_CAMERA_H

#include <stdbool.h>
#include <stdint.h>

// Levels of detail, from far to near.
typedef enum th_detail {
    TH_DETAIL_AUTO,
    TH_DETAIL_FIELD,    // a cell for each bucket, or for several
    TH_DETAIL_BUCKETS,  // many buckets alike
    TH_DETAIL_CELLS,    // the bucket in use with its neighbours, large
} th_detail;

typedef struct th_stage_camera {
    uint64_t map;    // header of the map that is shown; 0: the one that was touched last
    uint8_t detail;  // th_detail
    uint8_t zoom;    // of the field: it shows the 2^zoom-th part of the array
    bool held;       // the middle stays at `at` instead of following the bucket in use
    uint64_t at;     // index of a bucket (in the smaller array while the map grows)
} th_stage_camera;

#endif

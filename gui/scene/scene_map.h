// The part of a scene that is the map: header, buckets, cells, who touches them, items in flight.
// Included by scene.h, which says what holds for all of it.
#ifndef TH_GUI_SCENE_SCENE_MAP_H
#define TH_GUI_SCENE_SCENE_MAP_H

#include "gui/scene/limits.h"
#include "gui/scene/scene_crowd.h"
#include "sim/script/scenario.h"

// What a cell of memory shows. The faces of a tophash byte have marks of their own.
typedef enum th_scene_face {
    TH_FACE_VALUE,
    TH_FACE_GHOST,  // key or value left behind in an evacuated slot
    TH_FACE_BLANK,  // key or value of an empty slot
    TH_FACE_TOP,    // tophash from 5 up: two hex digits
    TH_FACE_EMPTY_REST,
    TH_FACE_EMPTY_ONE,
    TH_FACE_EVACUATED_X,
    TH_FACE_EVACUATED_Y,
    TH_FACE_EVACUATED_EMPTY,
} th_scene_face;

// Accesses that show on a cell: who, and how far the animation is (0 to 1; 1 when paused).
typedef struct th_scene_cell {
    uint64_t address;
    uint32_t size;
    uint8_t face;                   // th_scene_face
    uint8_t before;                 // the face before this step
    uint16_t reader, writer;        // last access of that goroutine; 0: none
    uint16_t read_trail;            // read a few steps ago
    uint16_t write_trail;           // written at most four steps ago
    uint16_t pending;               // whose last access was a store here that waits in a buffer
    int8_t collision;               // index into collisions, or -1
    float reader_in, writer_in;     // how much of the pulse has come in
    float read_alpha, write_alpha;  // weight of the trails
    char text[TH_SCENE_VALUE_MAX];
    char old_text[TH_SCENE_VALUE_MAX];  // before this step; shown until `swapped`
    bool swapped;  // false: this step writes here and the value has not changed yet
} th_scene_cell;

typedef enum th_bucket_role {
    TH_BUCKET_CURRENT,  // in buckets
    TH_BUCKET_OLD,      // in oldbuckets
} th_bucket_role;

// One bucket in detail.
typedef struct th_scene_bucket {
    uint64_t address;
    uint8_t role;        // th_bucket_role
    uint8_t chain;       // 0 for the head, n for the n-th overflow bucket
    int16_t parent;      // index of the bucket whose overflow pointer leads here; -1: head
    uint32_t index;      // of the chain's head in its array
    uint8_t live;        // slots with a live item
    uint8_t done;        // bool: an old bucket that is evacuated with all of its chain
    uint8_t evacuating;  // bool: an old one that is marked so, but not with all of its chain
    bool has_overflow;
    char name[TH_SCENE_NAME_MAX];  // "b2", "old0", "ov1"
    th_scene_cell top[TH_BUCKET_SLOTS], key[TH_BUCKET_SLOTS], elem[TH_BUCKET_SLOTS], overflow;
} th_scene_bucket;

// Where buckets stand on the stage, at this step and at the one before: the camera moves from one
// to the other. Rectangles are keyed by the bucket's address.
typedef struct th_scene_place {
    uint64_t address;
    uint8_t role, chain;
    int16_t parent;  // index into the same list
    uint32_t index;
} th_scene_place;

typedef struct th_scene_placement {
    th_scene_place *items;
    int count, capacity;
    int focus, head;  // bucket in use and its chain's head: indices, or -1
    bool growing;
    uint64_t bucket_count, old_count;  // in the arrays
} th_scene_placement;

// An access pulse or trail by address; cells look themselves up here.
typedef struct th_scene_mark {
    uint64_t address;
    uint32_t size;
    uint64_t step;
    uint16_t g;
    bool write, trail;
    bool pending;      // a write that went into a store buffer
    bool overwritten;  // a write, and somebody has stored there since
    float in;          // of a pulse: 0 to 1
    float alpha;       // of a trail
} th_scene_mark;

// Two accesses that race, where a goroutine's last access is one of them.
typedef struct th_scene_collision {
    uint64_t address;
    uint32_t size;
    uint16_t first_g, second_g;
    bool first_write, second_write;
    float burst, crack;  // scale of the burst (1 at rest), opening of the crack
    char first_text[TH_SCENE_VALUE_MAX], second_text[TH_SCENE_VALUE_MAX];
} th_scene_collision;

// An item that evacuation has in its hands, or has moved a short while ago.
typedef struct th_scene_flight {
    uint16_t g;
    uint64_t from, to;  // buckets
    uint8_t from_slot, to_slot;
    bool y;           // to the upper half
    bool active;      // in the air; else a trail
    bool has_target;  // the first byte has landed, so `to` is known
    float at;         // 0 at the old slot, 1 at the new one
    float alpha;      // of a trail
    bool top_landed, key_landed, elem_landed;
    char top[TH_SCENE_VALUE_MAX], key[TH_SCENE_VALUE_MAX], elem[TH_SCENE_VALUE_MAX];
    uint64_t hash, new_bit;  // the deciding bit of the hash; 0: a grow of the same size
} th_scene_flight;

// A slot whose tophash is one goroutine's and whose key is another's.
typedef struct th_scene_torn {
    bool present;
    uint64_t bucket;
    uint8_t slot;
    uint16_t top_g, key_g;
    char top[TH_SCENE_VALUE_MAX], key[TH_SCENE_VALUE_MAX];
} th_scene_torn;

// A range loop over the map. Buckets are counted as the iterator does: in the array that it began
// with.
typedef struct th_scene_iterator {
    uint16_t g;
    uint8_t offset;  // slot that it begins with in every bucket
    bool done;       // it has been in all buckets
    bool outgrown;   // the map has another size than when it began
    uint64_t start, current, bucket_count;
    uint64_t visited;  // buckets, from the start on; with the current one
} th_scene_iterator;

// What the step's operation computes from its key; no access, so no step.
typedef struct th_scene_hash {
    bool present;
    uint16_t g;
    char key[TH_SCENE_VALUE_MAX];
    uint64_t hash, bucket;
    uint8_t B, top;
} th_scene_hash;

// One of several maps.
typedef struct th_scene_map_name {
    uint64_t address, count;
    const char *name;
    uint16_t g;  // whose last access is the latest there; 0: none lately
} th_scene_map_name;

// The fields of the header, in memory order. th_hmap_field names them.
typedef enum th_hmap_field {
#define X(name, offset, size) TH_FIELD_##name,
    TH_HMAP_FIELDS(X)
#undef X
        TH_FIELD_COUNT,
} th_hmap_field;

typedef struct th_scene_map {
    bool present;
    uint64_t address;
    const char *name;  // the scenario's word for it
    th_hmap header, before;
    float led[4];  // light of iterator, oldIterator, hashWriting, sameSizeGrow: 0 to 1
    th_scene_cell field[TH_FIELD_COUNT];
    th_scene_bucket *buckets;  // in detail
    int bucket_count, bucket_capacity;
    th_scene_placement now, was;
    float camera;  // 0: as before this step; 1: as now
    bool crowded;  // more buckets than can be shown in detail
    th_scene_crowd crowd;
    th_scene_bucket
        lens[TH_SCENE_LENS_MAX];  // around the bucket in use, or the one under the mouse
    int lens_count, lens_middle;
    th_scene_flight flights[TH_SCENE_TRAIL_MAX];
    int flight_count;
    th_scene_torn torn;
    th_scene_hash hash;
    th_scene_iterator iterators[TH_SCENE_ITERATOR_MAX];
    int iterator_count, iterators_hidden;
} th_scene_map;

#endif

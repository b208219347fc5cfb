// The map's header, its extra part, its buckets' tophash marks: names, offsets, decoded copies.
// Source: runtime/map.go of Go 1.19 (hmap, mapextra, hiter), amd64 offsets.
#ifndef TH_SIM_GOMAP_HMAP_H
#define TH_SIM_GOMAP_HMAP_H

#include "sim/gomap/type.h"
#include "sim/memory/memory.h"

// X(name, offset, bytes)
#define TH_HMAP_FIELDS(X) \
    X(count, 0, 8)        \
    X(flags, 8, 1)        \
    X(B, 9, 1)            \
    X(noverflow, 10, 2)   \
    X(hash0, 12, 4)       \
    X(buckets, 16, 8)     \
    X(oldbuckets, 24, 8)  \
    X(nevacuate, 32, 8)   \
    X(extra, 40, 8)

enum {
#define X(name, offset, size) TH_HMAP_##name = offset,
    TH_HMAP_FIELDS(X)
#undef X
        TH_HMAP_SIZE = 48,
    TH_EXTRA_overflow = 0,
    TH_EXTRA_oldoverflow = 8,
    TH_EXTRA_next_overflow = 16,
    TH_EXTRA_SIZE = 24,
};

enum {  // hmap.flags
    TH_FLAG_ITERATOR = 1,
    TH_FLAG_OLD_ITERATOR = 2,
    TH_FLAG_HASH_WRITING = 4,
    TH_FLAG_SAME_SIZE_GROW = 8,
};

enum {  // tophash
    TH_TOP_EMPTY_REST = 0,
    TH_TOP_EMPTY_ONE = 1,
    TH_TOP_EVACUATED_X = 2,
    TH_TOP_EVACUATED_Y = 3,
    TH_TOP_EVACUATED_EMPTY = 4,
    TH_TOP_MIN = 5,
};

// A decoded copy of a header, for views and checks.
typedef struct th_hmap {
    uint64_t count, buckets, oldbuckets, nevacuate, extra;
    uint32_t hash0;
    uint16_t noverflow;
    uint8_t flags, B;
} th_hmap;

void th_hmap_read(const th_memory *memory, uint64_t map, th_hmap *header);

static inline bool th_top_is_empty(uint8_t top) { return top <= TH_TOP_EMPTY_ONE; }
static inline bool th_top_is_evacuated(uint8_t top) {
    return top > TH_TOP_EMPTY_ONE && top < TH_TOP_MIN;
}

// A decoded copy of one bucket.
typedef struct th_bucket {
    uint64_t address;
    uint64_t overflow;
    uint8_t top[TH_BUCKET_SLOTS];
    th_value key[TH_BUCKET_SLOTS];
    th_value elem[TH_BUCKET_SLOTS];
} th_bucket;

void th_bucket_read(const th_memory *memory, const th_map_type *type, uint64_t address,
                    th_bucket *bucket);

// Number of old buckets while growing, 0 otherwise.
uint64_t th_hmap_old_count(const th_hmap *header);

// "h.flags", "b2.tophash[3]", "old0.key[1]", "ov1.value[4]", "b0.overflow": the name of an address
// that belongs to a map, as pictures, logs and reports show it. False: it belongs to none.
bool th_gomap_name(const th_memory *memory, const th_map_type *types, uint64_t address, char *name,
                   size_t size);

#endif

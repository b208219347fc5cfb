// Map types: layouts and which of the runtime's routines serve them (Go 1.19, 64 bit).
#ifndef TH_SIM_GOMAP_TYPE_H
#define TH_SIM_GOMAP_TYPE_H

#include "sim/base/value.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum th_family {
    TH_FAMILY_GENERIC,  // mapaccess1, mapassign ...
    TH_FAMILY_FAST32,
    TH_FAMILY_FAST64,
    TH_FAMILY_FASTSTR,
} th_family;

enum { TH_BUCKET_SLOTS = 8 };

// Offsets and sizes in bytes. A bucket: tophash[8], keys[8], elems[8], overflow pointer.
typedef struct th_map_type {
    uint8_t key;     // th_scalar
    uint8_t elem;    // th_scalar
    uint8_t family;  // th_family
    uint8_t key_size;
    uint8_t elem_size;
    bool pointer_free;  // neither keys nor elems hold pointers
    bool key_has_pointers;
    bool reflexive_key;    // k == k for every k (not float64)
    bool need_key_update;  // an overwrite stores the key again (float64: +0/-0; string)
    uint16_t elem_offset;
    uint16_t overflow_offset;
    uint16_t bucket_size;
} th_map_type;

// False: Go has no such map here (a key type of that kind is not offered).
bool th_map_type_make(th_scalar key, th_scalar elem, th_map_type *type);

static inline uint64_t th_slot_key(const th_map_type *type, uint64_t bucket, uint32_t i) {
    return bucket + TH_BUCKET_SLOTS + (uint64_t)i * type->key_size;
}
static inline uint64_t th_slot_elem(const th_map_type *type, uint64_t bucket, uint32_t i) {
    return bucket + type->elem_offset + (uint64_t)i * type->elem_size;
}

#endif

// sync.Map of Go 1.19 (sync/map.go): read, dirty, misses; entries that are a pointer, nil or
// expunged.
//
// Everything lies in simulated memory: the Map, the readOnly structs that `read` points to,
// entries, and the boxed values that these point to. The two inner maps (map[any]*entry) are tables
// of our own, compact and in order of insertion; one operation on one of them is one step. That is
// sound: read.m is never changed after it was published, and dirty only under mu. Values are never
// changed after they were boxed, so reading one takes no step either.
//
// The operations are requests of sync/sync.h (TH_SYNC_MAP_...). This header is for looking.
#ifndef TH_SIM_SYNC_SYNCMAP_H
#define TH_SIM_SYNC_SYNCMAP_H

#include "sim/base/value.h"
#include "sim/memory/memory.h"

// Where the pointer `expunged` points: a variable of package sync, in no block.
#define TH_SYNCMAP_EXPUNGED UINT64_C(0x5a3f10)

enum {  // offsets
    TH_READ_ONLY_m = 0,
    TH_READ_ONLY_amended = 8,
    TH_TABLE_count = 0,
    TH_TABLE_capacity = 8,
    TH_TABLE_slots = 16,
    TH_SLOT_key = 0,  // 16 bytes
    TH_SLOT_type = 16,
    TH_SLOT_entry = 24,
    TH_SLOT_SIZE = 32,
    TH_ANY_type = 0,   // th_scalar
    TH_ANY_value = 8,  // 16 bytes
    TH_ITERATOR_table = 0,
    TH_ITERATOR_start = 8,
    TH_ITERATOR_taken = 16,
};

typedef struct th_syncmap_view {
    uint64_t read;    // the readOnly; 0: none yet
    uint64_t read_m;  // tables; 0: nil map
    uint64_t dirty;
    uint64_t misses;
    bool amended;
    bool locked;
} th_syncmap_view;

typedef enum th_entry_state { TH_ENTRY_LIVE, TH_ENTRY_NIL, TH_ENTRY_EXPUNGED } th_entry_state;

typedef struct th_syncmap_slot {
    th_value key, value;
    uint64_t address;  // of the slot
    uint64_t entry;
    uint64_t p;
    uint8_t key_type, value_type;  // th_scalar
    uint8_t state;                 // th_entry_state
} th_syncmap_slot;

th_syncmap_view th_syncmap_look(const th_memory *memory, uint64_t map);
uint32_t th_syncmap_count(const th_memory *memory, uint64_t table);
th_syncmap_slot th_syncmap_slot_at(const th_memory *memory, uint64_t table, uint32_t index);

// What must hold while nobody holds mu: no expunged entry in dirty; a dirty map has every read
// entry that is not expunged; a key in dirty alone means amended. NULL, or a static text that says
// what is broken.
const char *th_syncmap_broken(const th_memory *memory, uint64_t map);

#endif

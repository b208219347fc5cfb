// The simulated memory: typed blocks at addresses that look like Go's.
//
// Each goroutine allocates from a region of its own (region 0: what a scenario declares), so an
// address depends on what its goroutine did and never on the interleaving: allocations of different
// goroutines commute, and states that differ only in their history are equal byte for byte.
// A freed block stays poisoned for ever and no address is given twice, so each use after free is
// seen. Behind every block lies a red zone as large as the block, so an index that runs past an
// array (a torn read of B and buckets) hits no other block.
#ifndef TH_SIM_MEMORY_MEMORY_H
#define TH_SIM_MEMORY_MEMORY_H

#include "sim/base/hash.h"
#include "sim/memory/pages.h"

#include <string.h>

#define TH_MEMORY_BASE UINT64_C(0xc000000000)
enum {
    TH_REGION_SHIFT = 30,     // 1 GiB of addresses for each goroutine
    TH_REGION_MAX = 1 << 14,  // 44 bits of offset in all: what a th_event can hold
};
#define TH_NIL_LIMIT UINT64_C(4096)  // an access below it is a nil dereference, as in Go

// What a block is: the meaning of `type` belongs to whoever allocates.
typedef enum th_block_kind {
    TH_BLOCK_FREE_KIND,  // no block
    TH_BLOCK_HMAP,       // type: index of the map type
    TH_BLOCK_BUCKETS,    // an array of buckets; object: the map's number
    TH_BLOCK_OVERFLOW,   // one overflow bucket allocated on its own
    TH_BLOCK_MAPEXTRA,
    TH_BLOCK_OVERFLOW_LIST,  // the slice that keeps overflow buckets alive
    TH_BLOCK_HITER,          // an iterator
    TH_BLOCK_STRUCT,         // type: index of the scenario's struct layout
    TH_BLOCK_CELL,           // one variable of a scenario; type: th_scalar
    TH_BLOCK_SYNC,           // a mutex, channel ...; type: th_sync kind
} th_block_kind;

typedef struct th_block {
    uint64_t address;
    uint32_t size;  // bytes, as asked for
    uint16_t type;
    uint8_t kind;     // th_block_kind
    uint8_t freed;    // bool
    uint32_t object;  // number of the declared object it belongs to (a map, a struct ...), from 1
    uint16_t owner;   // goroutine that allocated it
    uint16_t generation;  // of a map's bucket arrays: 0 the first, 1 after one growth ...
    uint64_t reserved;
} th_block;  // 32 bytes: divides a page

typedef struct th_region {
    th_pages bytes;
    th_pages blocks;  // records of th_block, in order of address
    uint32_t block_count;
    uint32_t top;  // offset of the next block
} th_region;

// Where pages were found lately: most accesses are to a map's header and to one bucket. An entry is
// the page itself, never a stale one: whatever replaces a page sees to that.
typedef struct th_recent_page {
    uint64_t number;  // address >> TH_PAGE_SHIFT
    th_page *page;    // NULL: none
} th_recent_page;

enum { TH_MEMORY_RECENT = 32 };  // a power of two

typedef struct th_memory {
    th_region *regions;
    uint32_t region_count;
    uint32_t region_capacity;
    uint64_t hash;          // of all bytes, kept incrementally when `hashing`
    uint64_t byte_count;    // bytes in blocks, freed ones too
    uint64_t copied_bytes;  // of pages that others held too when they were written: what copies of
                            // this memory have come to hold alone
    bool hashing;
    th_recent_page recent[TH_MEMORY_RECENT];
} th_memory;

typedef enum th_fault {
    TH_FAULT_NONE,
    TH_FAULT_NIL,           // address below TH_NIL_LIMIT: Go's nil pointer dereference
    TH_FAULT_FREED,         // in a block that was freed
    TH_FAULT_OUT_OF_RANGE,  // in the red zone behind a block
    TH_FAULT_UNMAPPED,      // in no block at all
    TH_FAULT_FREED_TWICE,   // the end of a block's life, again
    TH_FAULT_NO_BLOCK,      // the end of what is no block's start
} th_fault;
const char *th_fault_string(th_fault fault);

void th_memory_init(th_memory *memory);
void th_memory_free(th_memory *memory);
void th_memory_copy(th_memory *to, const th_memory *from);

// A new zeroed block in the region of goroutine `block->owner`; address is filled in and returned.
// 0 when the region is full (the caller reports it as the limit TH_REGION_SHIFT).
uint64_t th_memory_allocate(th_memory *memory, th_block block);
// Ends a block's life. False when `address` is not the start of a live block (double free).
bool th_memory_release(th_memory *memory, uint64_t address);

// The block that holds the address, freed or not; else the block whose red zone does; else NULL.
const th_block *th_memory_block(const th_memory *memory, uint64_t address);
// The block number `index` of a region, in order of address; NULL: past the last one.
const th_block *th_memory_block_number(const th_memory *memory, uint32_t region, uint32_t index);
// Why an access of `size` bytes at `address` would fail.
th_fault th_memory_fault(const th_memory *memory, uint64_t address, uint32_t size);

// Unchecked looks for views, checks and local computation: bytes never written read as 0.
uint64_t th_memory_peek(const th_memory *memory, uint64_t address, uint32_t size);
void th_memory_peek_bytes(const th_memory *memory, uint64_t address, uint32_t size, uint8_t *out);
// A store that is no step of any goroutine (declarations, console edits).
void th_memory_poke(th_memory *memory, uint64_t address, uint32_t size, uint64_t value);
// Zeroes bytes that belong to live blocks, as Go's memclr does.
void th_memory_clear(th_memory *memory, uint64_t address, uint32_t size);

// An access of a goroutine, 1 to 8 bytes, little-endian. False when it faults.
bool th_memory_load_slow(const th_memory *memory, uint64_t address, uint32_t size, uint64_t *value);
bool th_memory_store_slow(th_memory *memory, uint64_t address, uint32_t size, uint64_t value);

void th_memory_check(const th_memory *memory);

// Little-endian numbers of 1, 2, 4 or 8 bytes, on little-endian hosts one machine access each.
static inline uint64_t th_bytes_load(const uint8_t *bytes, uint32_t size) {
    uint64_t value = 0;
    switch (size) {
    case 1: value = *bytes; break;
    case 2: memcpy(&value, bytes, 2); break;
    case 4: memcpy(&value, bytes, 4); break;
    default: memcpy(&value, bytes, 8); break;
    }
    return value;
}
static inline void th_bytes_store(uint8_t *bytes, uint32_t size, uint64_t value) {
    switch (size) {
    case 1: *bytes = (uint8_t)value; break;
    case 2: memcpy(bytes, &value, 2); break;
    case 4: memcpy(bytes, &value, 4); break;
    default: memcpy(bytes, &value, 8); break;
    }
}

static inline uint32_t th_address_region(uint64_t address) {
    return (uint32_t)((address - TH_MEMORY_BASE) >> TH_REGION_SHIFT);
}
static inline uint32_t th_address_offset(uint64_t address) {
    return (uint32_t)(address & ((UINT64_C(1) << TH_REGION_SHIFT) - 1));
}

th_page *th_memory_page_slow(th_memory *memory, uint64_t address, uint32_t size);

// The page of bytes that may be accessed and are aligned; NULL: look closer. The page may be shared
// with other worlds: it is written only when its ref_count is 1.
static inline th_page *th_memory_page(th_memory *memory, uint64_t address, uint32_t size) {
    const uint64_t number = address >> TH_PAGE_SHIFT;
    const th_recent_page *recent = &memory->recent[number % TH_MEMORY_RECENT];
    if (recent->number != number) return th_memory_page_slow(memory, address, size);
    const uint32_t granule = (uint32_t)(address / 8) % TH_PAGE_GRANULES;
    if (recent->page == NULL || (address & (size - 1U)) != 0) return NULL;
    return (recent->page->live[granule / 64] >> (granule % 64) & 1) != 0 ? recent->page : NULL;
}

#endif

#include "sim/memory/memory.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(TH_PAGE_SIZE % sizeof(th_block) == 0, "a block record never crosses a page");

enum { BLOCK_ALIGN = 16 };  // as Go aligns what holds 8-byte words and more

const char *th_fault_string(th_fault fault) {
    switch (fault) {
    case TH_FAULT_NONE: return "no fault";
    case TH_FAULT_NIL: return "nil pointer dereference";
    case TH_FAULT_FREED: return "use after free";
    case TH_FAULT_OUT_OF_RANGE: return "index out of range";
    case TH_FAULT_UNMAPPED: return "wild pointer";
    case TH_FAULT_FREED_TWICE: return "double free";
    case TH_FAULT_NO_BLOCK: return "free of what is no object";
    }
    return "unknown fault";
}

void th_memory_init(th_memory *memory) { *memory = (th_memory){0}; }

static void region_free(th_region *region) {
    th_pages_free(&region->bytes);
    th_pages_free(&region->blocks);
}

void th_memory_free(th_memory *memory) {
    for (uint32_t i = 0; i < memory->region_capacity; i++) region_free(&memory->regions[i]);
    free(memory->regions);
    *memory = (th_memory){0};
}

static void reserve_regions(th_memory *memory, uint32_t count) {
    if (count <= memory->region_capacity) return;
    uint32_t capacity = memory->region_capacity ? memory->region_capacity : 4;
    while (capacity < count) capacity *= 2;
    memory->regions = realloc(memory->regions, capacity * sizeof(*memory->regions));
    TH_ASSERT(memory->regions != NULL);
    memset(memory->regions + memory->region_capacity, 0,
           (capacity - memory->region_capacity) * sizeof(*memory->regions));
    memory->region_capacity = capacity;
}

void th_memory_copy(th_memory *to, const th_memory *from) {
    if (to == from) return;
    memset(to->recent, 0, sizeof(to->recent));
    reserve_regions(to, from->region_count);
    for (uint32_t i = 0; i < from->region_count; i++) {
        th_region *region = &to->regions[i];
        th_pages_copy(&region->bytes, &from->regions[i].bytes);
        th_pages_copy(&region->blocks, &from->regions[i].blocks);
        region->block_count = from->regions[i].block_count;
        region->top = from->regions[i].top;
    }
    for (uint32_t i = from->region_count; i < to->region_count; i++) {
        region_free(&to->regions[i]);
        to->regions[i] = (th_region){0};
    }
    to->region_count = from->region_count;
    to->hash = from->hash;
    to->byte_count = from->byte_count;
    to->copied_bytes = from->copied_bytes;
    to->hashing = from->hashing;
}

static th_region *region_of(const th_memory *memory, uint64_t address) {
    if (address < TH_MEMORY_BASE) return NULL;
    const uint64_t index = (address - TH_MEMORY_BASE) >> TH_REGION_SHIFT;
    return index < memory->region_count ? &memory->regions[index] : NULL;
}

static const th_block *block_at(const th_region *region, uint32_t index) {
    return th_pages_record(&region->blocks, index, sizeof(th_block));
}

// Sets `count` bits from `first` on, all within one page's `live` words.
static void set_bits(uint64_t *words, uint32_t first, uint32_t count, bool live) {
    while (count > 0) {
        const uint32_t at = first % 64;
        const uint32_t part = count < 64 - at ? count : 64 - at;
        const uint64_t mask = (part == 64 ? ~UINT64_C(0) : (UINT64_C(1) << part) - 1) << at;
        words[first / 64] = live ? words[first / 64] | mask : words[first / 64] & ~mask;
        first += part;
        count -= part;
    }
}

static th_recent_page *recent_page(th_memory *memory, uint64_t address) {
    return &memory->recent[(address >> TH_PAGE_SHIFT) % TH_MEMORY_RECENT];
}

static void remember(th_memory *memory, uint64_t address, th_page *page) {
    *recent_page(memory, address) =
        (th_recent_page){.number = address >> TH_PAGE_SHIFT, .page = page};
}

th_page *th_memory_page_slow(th_memory *memory, uint64_t address, uint32_t size) {
    const th_region *region = region_of(memory, address);
    if (region == NULL) return NULL;
    const uint32_t index = th_address_offset(address) >> TH_PAGE_SHIFT;
    if (th_pages_look(&region->bytes, index) == NULL) return NULL;
    remember(memory, address, region->bytes.items[index]);
    return th_memory_page(memory, address, size);
}

// The page of an address in a region that there is, ready to be written.
static th_page *own_page(th_memory *memory, uint64_t address) {
    th_region *region = region_of(memory, address);
    TH_ASSERT(region != NULL);
    const uint32_t index = th_address_offset(address) >> TH_PAGE_SHIFT;
    const th_page *shared = th_pages_look(&region->bytes, index);
    th_page *page = th_pages_own(&region->bytes, index);
    if (shared != NULL && shared != page) memory->copied_bytes += sizeof(*page);
    remember(memory, address, page);
    return page;
}

// Marks the granules of a block as accessible or poisoned.
static void mark_live(th_memory *memory, uint64_t address, uint32_t size, bool live) {
    const uint64_t end = address + (size + 7U) / 8 * 8;
    while (address < end) {
        const uint32_t bit = (uint32_t)(address / 8) % TH_PAGE_GRANULES;
        const uint32_t left = (uint32_t)(end - address) / 8;
        const uint32_t part = left < TH_PAGE_GRANULES - bit ? left : TH_PAGE_GRANULES - bit;
        set_bits(own_page(memory, address)->live, bit, part, live);
        address += (uint64_t)part * 8;
    }
}

// What a live block adds to the memory's hash, beside its bytes.
static uint64_t block_mark(uint64_t address, uint32_t size) {
    return th_hash_combine(address, ~(uint64_t)size);
}

uint64_t th_memory_allocate(th_memory *memory, th_block block) {
    const uint32_t index = block.owner;
    TH_ASSERT(index < TH_REGION_MAX);
    if (index >= memory->region_count) {
        reserve_regions(memory, index + 1);
        memory->region_count = index + 1;
    }
    th_region *region = &memory->regions[index];
    const uint64_t size = (block.size + BLOCK_ALIGN - 1) / BLOCK_ALIGN * BLOCK_ALIGN;
    const uint64_t room = size + (size > BLOCK_ALIGN ? size : BLOCK_ALIGN);  // and its red zone
    if (region->top == 0) region->top = 1 << 12;  // no block at an address that ends in zeros only
    if (region->top + room >= UINT64_C(1) << TH_REGION_SHIFT) return 0;
    block.address = TH_MEMORY_BASE + ((uint64_t)index << TH_REGION_SHIFT) + region->top;
    th_block *record =
        th_pages_record_own(&region->blocks, region->block_count++, sizeof(th_block));
    *record = block;
    mark_live(memory, block.address, block.size, true);
    region->top += (uint32_t)room;
    memory->byte_count += size;
    if (memory->hashing) memory->hash ^= block_mark(block.address, block.size);
    return block.address;
}

// Index of the last block that starts at or before the address; -1: none.
static int64_t find_block(const th_region *region, uint64_t address) {
    uint32_t low = 0, high = region->block_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (block_at(region, middle)->address <= address) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (int64_t)low - 1;
}

const th_block *th_memory_block(const th_memory *memory, uint64_t address) {
    const th_region *region = region_of(memory, address);
    if (region == NULL) return NULL;
    const int64_t index = find_block(region, address);
    if (index < 0 || th_address_offset(address) >= region->top) return NULL;
    return block_at(region, (uint32_t)index);
}

const th_block *th_memory_block_number(const th_memory *memory, uint32_t region, uint32_t index) {
    if (region >= memory->region_count || index >= memory->regions[region].block_count) return NULL;
    return block_at(&memory->regions[region], index);
}

bool th_memory_release(th_memory *memory, uint64_t address) {
    th_region *region = region_of(memory, address);
    if (region == NULL) return false;
    const int64_t index = find_block(region, address);
    if (index < 0) return false;
    const th_block *block = block_at(region, (uint32_t)index);
    if (block->address != address || block->freed) return false;
    th_block *own = th_pages_record_own(&region->blocks, (uint32_t)index, sizeof(th_block));
    own->freed = 1;
    mark_live(memory, address, own->size, false);
    if (memory->hashing) memory->hash ^= block_mark(address, own->size);
    return true;
}

static bool granule_live(const th_memory *memory, uint64_t address) {
    const th_region *region = region_of(memory, address);
    if (region == NULL) return false;
    const uint32_t granule = th_address_offset(address) / 8;
    const th_page *page = th_pages_look(&region->bytes, granule / TH_PAGE_GRANULES);
    if (page == NULL) return false;
    const uint32_t bit = granule % TH_PAGE_GRANULES;
    return (page->live[bit / 64] >> (bit % 64) & 1) != 0;
}

th_fault th_memory_fault(const th_memory *memory, uint64_t address, uint32_t size) {
    if (address < TH_NIL_LIMIT) return TH_FAULT_NIL;
    const th_block *block = th_memory_block(memory, address);
    if (block == NULL) return TH_FAULT_UNMAPPED;
    if (address + size > block->address + block->size) return TH_FAULT_OUT_OF_RANGE;
    return block->freed ? TH_FAULT_FREED : TH_FAULT_NONE;
}

uint64_t th_memory_peek(const th_memory *memory, uint64_t address, uint32_t size) {
    const uint32_t at = address & (TH_PAGE_SIZE - 1);
    uint8_t bytes[8] = {0};
    TH_ASSERT(size <= sizeof(bytes));
    const th_region *region = region_of(memory, address);
    const th_page *page =
        region == NULL ? NULL
                       : th_pages_look(&region->bytes, th_address_offset(address) >> TH_PAGE_SHIFT);
    // The common case: all bytes of the number on one page, and eight of them to take at once.
    if (page != NULL && at + sizeof(bytes) <= TH_PAGE_SIZE && size > 0) {
        const uint64_t word = th_bytes_load(page->bytes + at, 8);
        return word & ~UINT64_C(0) >> (64 - size * 8);
    }
    th_memory_peek_bytes(memory, address, size, bytes);
    return th_bytes_load(bytes, 8);
}

void th_memory_peek_bytes(const th_memory *memory, uint64_t address, uint32_t size, uint8_t *out) {
    const th_region *region = region_of(memory, address);
    while (size > 0) {
        const uint32_t offset = th_address_offset(address);
        const uint32_t at = offset % TH_PAGE_SIZE;
        const uint32_t part = size < TH_PAGE_SIZE - at ? size : TH_PAGE_SIZE - at;
        const th_page *page =
            region == NULL ? NULL : th_pages_look(&region->bytes, offset / TH_PAGE_SIZE);
        if (page == NULL) {
            memset(out, 0, part);
        } else {
            memcpy(out, page->bytes + at, part);
        }
        address += part;
        out += part;
        size -= part;
    }
}

// The part of the memory's hash that the 8 bytes at an aligned address make up.
static uint64_t word_mark(uint64_t address, uint64_t word) {
    return word == 0 ? 0 : th_hash_combine(address, word);
}

// Stores the low bytes of a value; they lie within one aligned word.
static void poke_in_word(th_memory *memory, uint64_t address, uint32_t size, uint64_t value) {
    th_page *page = own_page(memory, address);
    uint8_t *word_bytes = page->bytes + (address & (TH_PAGE_SIZE - 1) & ~UINT64_C(7));
    const uint32_t shift = (uint32_t)(address & 7) * 8;
    const uint64_t mask = ~UINT64_C(0) >> (64 - size * 8) << shift;
    const uint64_t old = th_bytes_load(word_bytes, 8);
    const uint64_t word = (old & ~mask) | (value << shift & mask);
    th_bytes_store(word_bytes, 8, word);
    if (memory->hashing) {
        const uint64_t word_address = address & ~UINT64_C(7);
        memory->hash ^= word_mark(word_address, old) ^ word_mark(word_address, word);
    }
}

void th_memory_poke(th_memory *memory, uint64_t address, uint32_t size, uint64_t value) {
    TH_ASSERT(size <= 8);
    const uint32_t room = 8 - (uint32_t)(address & 7);
    if (size > room) {
        poke_in_word(memory, address + room, size - room, value >> room * 8);
        size = room;
    }
    if (size > 0) poke_in_word(memory, address, size, value);
}

void th_memory_clear(th_memory *memory, uint64_t address, uint32_t size) {
    th_region *region = region_of(memory, address);
    TH_ASSERT(region != NULL);
    while (size > 0) {
        const uint32_t offset = th_address_offset(address);
        const uint32_t at = offset % TH_PAGE_SIZE;
        const uint32_t part = size < TH_PAGE_SIZE - at ? size : TH_PAGE_SIZE - at;
        if (th_pages_look(&region->bytes, offset / TH_PAGE_SIZE) != NULL) {
            if (memory->hashing) {
                for (uint32_t i = 0; i < part; i++) th_memory_poke(memory, address + i, 1, 0);
            } else {
                memset(own_page(memory, address)->bytes + at, 0, part);
            }
        }
        address += part;
        size -= part;
    }
}

bool th_memory_load_slow(const th_memory *memory, uint64_t address, uint32_t size,
                         uint64_t *value) {
    if (th_memory_fault(memory, address, size) != TH_FAULT_NONE) return false;
    *value = th_memory_peek(memory, address, size);
    return true;
}

bool th_memory_store_slow(th_memory *memory, uint64_t address, uint32_t size, uint64_t value) {
    if (th_memory_fault(memory, address, size) != TH_FAULT_NONE) return false;
    th_memory_poke(memory, address, size, value);
    return true;
}

static void check_region(const th_memory *memory, const th_region *region, uint64_t base,
                         uint64_t *hash) {
    uint64_t end = base;
    for (uint32_t i = 0; i < region->block_count; i++) {
        const th_block *block = block_at(region, i);
        TH_ASSERT(block->address >= end);
        end = block->address + block->size;
        TH_ASSERT(block->size == 0 || granule_live(memory, block->address) == !block->freed);
        if (!block->freed) *hash ^= block_mark(block->address, block->size);
    }
    TH_ASSERT(end <= base + region->top);
    for (uint32_t i = 0; i < region->bytes.count; i++) {
        const th_page *page = region->bytes.items[i];
        if (page == NULL) continue;
        TH_ASSERT(page->ref_count > 0);
        for (uint32_t at = 0; at < TH_PAGE_SIZE; at += 8) {
            uint64_t word;
            memcpy(&word, page->bytes + at, 8);
            *hash ^= word_mark(base + (uint64_t)i * TH_PAGE_SIZE + at, word);
        }
    }
}

void th_memory_check(const th_memory *memory) {
    uint64_t hash = 0;
    for (uint32_t i = 0; i < memory->region_count; i++) {
        check_region(memory, &memory->regions[i], TH_MEMORY_BASE + ((uint64_t)i << TH_REGION_SHIFT),
                     &hash);
    }
    TH_ASSERT(!memory->hashing || hash == memory->hash);
}

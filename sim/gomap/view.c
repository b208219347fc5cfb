// Decoded copies of headers and buckets, and the names of addresses, for views, logs and checks.
#include "sim/gomap/gomap.h"
#include "sim/gomap/hiter.h"
#include "sim/gomap/routine.h"

#include "sim/base/print.h"

void th_hmap_read(const th_memory *memory, uint64_t map, th_hmap *header) {
#define X(name, offset, size) const uint64_t name = th_memory_peek(memory, map + offset, size);
    TH_HMAP_FIELDS(X)
#undef X
    *header = (th_hmap){count,     buckets,         oldbuckets,          nevacuate,
                        extra,     (uint32_t)hash0, (uint16_t)noverflow, (uint8_t)flags,
                        (uint8_t)B};
}

uint64_t th_hmap_old_count(const th_hmap *header) {
    if (header->oldbuckets == 0) return 0;
    const uint32_t log2 = header->flags & TH_FLAG_SAME_SIZE_GROW ? header->B : header->B - 1U;
    return UINT64_C(1) << (log2 & 63);
}

static th_value read_value(const th_memory *memory, uint64_t address, th_scalar scalar) {
    const uint32_t size = th_scalar_size(scalar);
    th_value value = {{0, 0}};
    if (size == 0) return value;
    value.w[0] = th_scalar_extend(scalar, th_memory_peek(memory, address, th_word_size(size)));
    if (size == 16) value.w[1] = th_memory_peek(memory, address + 8, 8);
    return value;
}

void th_bucket_read(const th_memory *memory, const th_map_type *type, uint64_t address,
                    th_bucket *bucket) {
    bucket->address = address;
    bucket->overflow = th_memory_peek(memory, address + type->overflow_offset, 8);
    th_memory_peek_bytes(memory, address, TH_BUCKET_SLOTS, bucket->top);
    for (uint32_t i = 0; i < TH_BUCKET_SLOTS; i++) {
        bucket->key[i] = read_value(memory, th_slot_key(type, address, i), (th_scalar)type->key);
        bucket->elem[i] = read_value(memory, th_slot_elem(type, address, i), (th_scalar)type->elem);
    }
}

// "tophash[3]", "key[1]", "value[4]", "overflow": an offset within a bucket.
static void name_in_bucket(const th_map_type *type, uint64_t offset, th_print *out) {
    if (offset < TH_BUCKET_SLOTS) {
        th_print_text(out, "tophash[");
        th_print_uint(out, offset);
    } else if (offset < type->elem_offset) {
        th_print_text(out, "key[");
        th_print_uint(out, (offset - TH_BUCKET_SLOTS) / type->key_size);
    } else if (offset < type->overflow_offset) {
        th_print_text(out, "value[");
        th_print_uint(out, (offset - type->elem_offset) / type->elem_size);
    } else {
        th_print_text(out, "overflow");
        return;
    }
    th_print_text(out, "]");
}

// Which overflow bucket of its map a block is, by order of allocation in its region, from 1.
static uint64_t overflow_ordinal(const th_memory *memory, const th_block *block) {
    const th_region *region = &memory->regions[th_address_region(block->address)];
    uint64_t ordinal = 0;
    for (uint32_t i = 0; i < region->block_count; i++) {
        const th_block *other = th_pages_record(&region->blocks, i, sizeof(th_block));
        if (other->kind == TH_BLOCK_OVERFLOW && other->object == block->object) ordinal++;
        if (other->address == block->address) break;
    }
    return ordinal;
}

// The header of the map that a block belongs to: the hmap block with the same object number.
static uint64_t header_of(const th_memory *memory, const th_block *block) {
    for (uint32_t r = 0; r < memory->region_count; r++) {
        const th_region *region = &memory->regions[r];
        for (uint32_t i = 0; i < region->block_count; i++) {
            const th_block *other = th_pages_record(&region->blocks, i, sizeof(th_block));
            if (other->kind == TH_BLOCK_HMAP && other->object == block->object) {
                return other->address;
            }
        }
    }
    return 0;
}

// How the buckets of an array are called that is neither the map's nor its old one: it is about to
// become the map's, or the map has left it behind.
static const char *name_of_other(const th_memory *memory, const th_block *array,
                                 const th_hmap *header) {
    const th_block *current =
        header->buckets == 0 ? NULL : th_memory_block(memory, header->buckets);
    return current != NULL && array->generation > current->generation ? "new" : "stale";
}

// "b2.", "old0.", "spare1." (a preallocated overflow bucket), "new0.", "stale3.".
static void name_array_bucket(const th_memory *memory, const th_block *block, uint64_t index,
                              th_print *out) {
    th_hmap header;
    th_hmap_read(memory, header_of(memory, block), &header);
    const uint64_t base = UINT64_C(1) << (block->generation & 63);
    if (index >= base) {
        th_print_text(out, block->address == header.buckets ? "spare" : "oldspare");
        index -= base;
    } else if (block->address == header.buckets) {
        th_print_text(out, "b");
    } else if (block->address == header.oldbuckets) {
        th_print_text(out, "old");
    } else {
        th_print_text(out, name_of_other(memory, block, &header));
    }
    th_print_uint(out, index);
    th_print_text(out, ".");
}

static void name_hmap_field(uint64_t offset, th_print *out) {
    th_print_text(out, "h.");
#define X(name, at, size) \
    if (offset - (at) < (size)) th_print_text(out, #name);
    TH_HMAP_FIELDS(X)
#undef X
}

static void name_extra(uint64_t offset, th_print *out) {
    static const char *const NAMES[] = {"extra.overflow", "extra.oldoverflow",
                                        "extra.nextOverflow"};
    th_print_text(out, NAMES[offset / 8 % 3]);
}

bool th_gomap_name(const th_memory *memory, const th_map_type *types, uint64_t address, char *name,
                   size_t size) {
    const th_block *block = th_memory_block(memory, address);
    if (block == NULL || address >= block->address + block->size) return false;
    th_print out = th_print_to(name, size);
    const uint64_t offset = address - block->address;
    const th_map_type *type = &types[block->type < TH_MAP_TYPE_MAX ? block->type : 0];
    switch ((th_block_kind)block->kind) {
    case TH_BLOCK_HMAP: name_hmap_field(offset, &out); return true;
    case TH_BLOCK_BUCKETS:
        name_array_bucket(memory, block, offset / type->bucket_size, &out);
        name_in_bucket(type, offset % type->bucket_size, &out);
        return true;
    case TH_BLOCK_OVERFLOW:
        th_print_text(&out, "ov");
        th_print_uint(&out, overflow_ordinal(memory, block));
        th_print_text(&out, ".");
        name_in_bucket(type, offset, &out);
        return true;
    case TH_BLOCK_MAPEXTRA: name_extra(offset, &out); return true;
    case TH_BLOCK_OVERFLOW_LIST: th_print_text(&out, "overflow list"); return true;
    case TH_BLOCK_HITER: th_print_text(&out, "it"); return true;
    default: return false;
    }
}

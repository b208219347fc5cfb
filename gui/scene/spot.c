#include "gui/scene/spot.h"

#include "sim/gomap/hmap.h"
#include "sim/sync/sync.h"
#include "sim/sync/syncmap.h"

static th_scalar scalar_of_size(uint32_t size) {
    switch (size) {
    case 1: return TH_U8;
    case 2: return TH_U16;
    case 4: return TH_U32;
    default: return TH_I64;
    }
}

static th_spot spot_of_header(uint64_t base, uint64_t offset) {
    static const struct {
        uint32_t offset, size;
    } FIELDS[] = {
#define X(name, offset, size) {offset, size},
        TH_HMAP_FIELDS(X)
#undef X
    };
    size_t i = 0;
    while (i + 1 < sizeof(FIELDS) / sizeof(*FIELDS) &&
           offset >= (uint64_t)FIELDS[i].offset + FIELDS[i].size) {
        i++;
    }
    th_spot spot = {.address = base + FIELDS[i].offset, .scalar = scalar_of_size(FIELDS[i].size)};
    switch (FIELDS[i].offset) {
    case TH_HMAP_flags: spot.shape = TH_SPOT_FLAGS; break;
    case TH_HMAP_hash0: spot.shape = TH_SPOT_HEX32; break;
    case TH_HMAP_buckets:
    case TH_HMAP_oldbuckets:
    case TH_HMAP_extra:
        spot.shape = TH_SPOT_POINTER;
        spot.scalar = TH_PTR;
        break;
    default: break;
    }
    return spot;
}

static th_spot spot_of_bucket(const th_map_type *type, uint64_t base, uint64_t offset) {
    const uint64_t within = offset % type->bucket_size;
    const uint64_t bucket = base + offset - within;
    if (within < TH_BUCKET_SLOTS) {
        return (th_spot){.address = bucket + within, .scalar = TH_U8, .shape = TH_SPOT_TOPHASH};
    }
    if (within >= type->overflow_offset) {
        return (th_spot){
            .address = bucket + type->overflow_offset, .scalar = TH_PTR, .shape = TH_SPOT_POINTER};
    }
    const bool is_key = within < type->elem_offset;
    const uint64_t first = is_key ? TH_BUCKET_SLOTS : type->elem_offset;
    const uint64_t each = is_key ? type->key_size : type->elem_size;
    const uint64_t slot = each > 0 ? (within - first) / each : 0;
    return (th_spot){.address = bucket + first + slot * each,
                     .scalar = (th_scalar)(is_key ? type->key : type->elem),
                     .shape = TH_SPOT_SCALAR};
}

static th_spot spot_of_scalar(uint64_t address, th_scalar scalar) {
    return (th_spot){.address = address,
                     .scalar = scalar,
                     .shape = scalar == TH_PTR ? TH_SPOT_POINTER : TH_SPOT_SCALAR};
}

// A lock in a struct, or what lies between its fields, is a plain number.
static th_spot spot_in_struct(const th_scenario *scenario, const th_layout *layout, uint64_t base,
                              uint64_t offset) {
    for (uint32_t i = 0; layout != NULL && i < layout->field_count; i++) {
        const th_field *field = &layout->fields[i];
        const th_layout *nested =
            field->layout == 0 ? NULL : th_scenario_layout(scenario, (uint16_t)(field->layout - 1));
        const uint64_t size =
            nested != NULL ? nested->size : th_scalar_size((th_scalar)field->scalar);
        const uint64_t count = field->count > 0 ? field->count : 1;
        if (size == 0 || offset < field->offset || offset >= field->offset + size * count) continue;
        const uint64_t item = field->offset + (offset - field->offset) / size * size;
        if (nested != NULL) return spot_in_struct(scenario, nested, base + item, offset - item);
        return spot_of_scalar(base + item, (th_scalar)field->scalar);
    }
    return (th_spot){.address = base + offset, .scalar = TH_EMPTY};
}

static th_spot_shape shape_of_sync(th_sync_kind kind, uint64_t offset) {
    switch (kind) {
    case TH_SYNC_KIND_WAITGROUP:
        return offset == TH_WAITGROUP_state1 ? TH_SPOT_WAITGROUP : TH_SPOT_NUMBER;
    case TH_SYNC_KIND_MAP:
        return offset == TH_SYNCMAP_read || offset == TH_SYNCMAP_dirty ? TH_SPOT_POINTER
                                                                       : TH_SPOT_NUMBER;
    case TH_SYNC_KIND_MAP_SLOTS: return TH_SPOT_POINTER;  // their entries are what steps touch
    case TH_SYNC_KIND_MAP_ENTRY: return TH_SPOT_ENTRY;
    default: return TH_SPOT_NUMBER;
    }
}

th_spot th_spot_at(const th_scenario *scenario, const th_block *block, uint64_t address) {
    const uint64_t base = block->address, offset = address - base;
    th_spot spot = {.address = address, .scalar = TH_EMPTY};
    switch (block->kind) {
    case TH_BLOCK_HMAP: return spot_of_header(base, offset);
    case TH_BLOCK_BUCKETS:
    case TH_BLOCK_OVERFLOW:
        return spot_of_bucket(&th_scenario_env(scenario)->gomap.types[block->type], base, offset);
    case TH_BLOCK_CELL: return spot_of_scalar(base, (th_scalar)block->type);
    case TH_BLOCK_STRUCT:
        return spot_in_struct(scenario, th_scenario_layout(scenario, block->type), base, offset);
    case TH_BLOCK_SYNC: spot.shape = shape_of_sync((th_sync_kind)block->type, offset); break;
    case TH_BLOCK_MAPEXTRA:
    case TH_BLOCK_OVERFLOW_LIST: spot.shape = TH_SPOT_POINTER; break;
    default: break;
    }
    return spot;
}

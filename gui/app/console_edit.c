// Changing a value: `set PLACE = VALUE` as a store that a goroutine of its own makes.
#include "gui/app/console_parts.h"

#include "sim/gomap/hmap.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

// A value as it lies in memory. `size` bytes of `scalar` begin at `address`.
typedef struct spot {
    uint64_t address;
    th_scalar scalar;
    bool is_tophash, is_flags;
} spot;

static spot spot_of_header(const th_block *block, uint64_t offset) {
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
    const bool points = FIELDS[i].offset == TH_HMAP_buckets ||
                        FIELDS[i].offset == TH_HMAP_oldbuckets || FIELDS[i].offset == TH_HMAP_extra;
    const th_scalar by_size = FIELDS[i].size == 1   ? TH_U8
                              : FIELDS[i].size == 2 ? TH_U16
                              : FIELDS[i].size == 4 ? TH_U32
                                                    : TH_I64;
    return (spot){.address = block->address + FIELDS[i].offset,
                  .scalar = points ? TH_PTR : by_size,
                  .is_flags = FIELDS[i].offset == TH_HMAP_flags};
}

static spot spot_of_bucket(const th_map_type *type, const th_block *block, uint64_t offset) {
    const uint64_t within = offset % type->bucket_size;
    const uint64_t bucket = block->address + offset - within;
    if (within < TH_BUCKET_SLOTS) {
        return (spot){.address = bucket + within, .scalar = TH_U8, .is_tophash = true};
    }
    if (within >= type->overflow_offset) {
        return (spot){.address = bucket + type->overflow_offset, .scalar = TH_PTR};
    }
    const bool is_key = within < type->elem_offset;
    const uint64_t base = is_key ? TH_BUCKET_SLOTS : type->elem_offset;
    const uint64_t each = is_key ? type->key_size : type->elem_size;
    const uint64_t slot = each > 0 ? (within - base) / each : 0;
    return (spot){.address = bucket + base + slot * each,
                  .scalar = (th_scalar)(is_key ? type->key : type->elem)};
}

// False: a lock, or nothing that is one value.
static bool spot_in_struct(const th_scenario *scenario, const th_layout *layout, uint64_t base,
                           uint64_t offset, spot *out) {
    for (uint32_t i = 0; layout != NULL && i < layout->field_count; i++) {
        const th_field *field = &layout->fields[i];
        const th_layout *nested =
            field->layout == 0 ? NULL : th_scenario_layout(scenario, (uint16_t)(field->layout - 1));
        const uint64_t size =
            nested != NULL ? nested->size : th_scalar_size((th_scalar)field->scalar);
        const uint64_t count = field->count > 0 ? field->count : 1;
        if (size == 0 || offset < field->offset || offset >= field->offset + size * count) continue;
        const uint64_t item = field->offset + (offset - field->offset) / size * size;
        if (nested != NULL) {
            return spot_in_struct(scenario, nested, base + item, offset - item, out);
        }
        *out = (spot){.address = base + item, .scalar = (th_scalar)field->scalar};
        return true;
    }
    return false;
}

static bool find_spot(th_model *model, uint64_t address, spot *out) {
    const th_world *world = th_timeline_seek(model->timeline, model->branch, model->step);
    const th_block *block = th_memory_block(&world->memory, address);
    if (block == NULL || block->freed) return false;
    const uint64_t offset = address - block->address;
    switch (block->kind) {
    case TH_BLOCK_HMAP: *out = spot_of_header(block, offset); return true;
    case TH_BLOCK_BUCKETS:
    case TH_BLOCK_OVERFLOW:
        *out = spot_of_bucket(&th_scenario_env(model->scenario)->gomap.types[block->type], block,
                              offset);
        return true;
    case TH_BLOCK_CELL:
        *out = (spot){.address = block->address, .scalar = (th_scalar)block->type};
        return true;
    case TH_BLOCK_STRUCT:
        return spot_in_struct(model->scenario, th_scenario_layout(model->scenario, block->type),
                              block->address, offset, out);
    default: return false;
    }
}

const char *th_console_split_edit(const char *text, char *place, size_t size) {
    const char *sign = strchr(text, '=');
    if (sign == NULL) return NULL;
    size_t length = (size_t)(sign - text);
    while (length > 0 && text[length - 1] == ' ') length--;
    if (length == 0 || length >= size) return NULL;
    memcpy(place, text, length);
    place[length] = '\0';
    const char *value = sign + 1 + strspn(sign + 1, " ");
    return *value != '\0' ? value : NULL;
}

// As the picture writes it: b8 for a tophash, 0100 for flags; else as Lua.
static void print_value(const spot *at, const char *value, char *out, size_t size) {
    const size_t length = strlen(value);
    if (at->is_tophash && length == 2 && strspn(value, "0123456789abcdefABCDEF") == 2) {
        snprintf(out, size, "0x%s", value);
        return;
    }
    if (at->is_flags && length == 4 && strspn(value, "01") == 4) {
        int bits = 0;
        for (int i = 0; i < 4; i++) bits = bits * 2 + (value[i] - '0');
        snprintf(out, size, "%d", bits);
        return;
    }
    snprintf(out, size, "%s", value);
}

bool th_console_edit(th_model *model, uint64_t address, const char *value, char *lua, size_t size) {
    spot at;
    if (!find_spot(model, address, &at) || at.scalar == TH_EMPTY) return false;
    char text[TH_TYPED_MAX];
    print_value(&at, value, text, sizeof(text));
    const int length = snprintf(lua, size, "store_at(0x%" PRIx64 ", \"%s\", %s)", at.address,
                                th_scalar_string(at.scalar), text);
    return length > 0 && (size_t)length < size;
}

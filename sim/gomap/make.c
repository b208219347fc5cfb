// makemap and makeBucketArray of Go 1.19 (runtime/map.go), and the allocator's size classes.
#include "sim/gomap/routine.h"

#include "sim/gomap/hiter.h"

// Size classes of Go 1.19's allocator: runtime/sizeclasses.go.
static const uint16_t SIZE_CLASSES[] = {
    8,     16,    24,    32,    48,    64,    80,    96,    112,   128,   144,  160,   176,   192,
    208,   224,   240,   256,   288,   320,   352,   384,   416,   448,   480,  512,   576,   640,
    704,   768,   896,   1024,  1152,  1280,  1408,  1536,  1792,  2048,  2304, 2688,  3072,  3200,
    3456,  4096,  4864,  5376,  6144,  6528,  6784,  6912,  8192,  9472,  9728, 10240, 10880, 12288,
    13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768};

enum {
    GO_PAGE = 8192,
    SPARE_FROM_B = 4,      // from this B on an array comes with spare overflow buckets
    HINT_BYTES_LOG2 = 48,  // more than the address space of the runtime: the hint is ignored
};

uint64_t th_gomap_round_up_size(uint64_t size) {
    const size_t count = sizeof(SIZE_CLASSES) / sizeof(SIZE_CLASSES[0]);
    if (size >= SIZE_CLASSES[count - 1]) return (size + GO_PAGE - 1) / GO_PAGE * GO_PAGE;
    size_t i = 0;
    while (SIZE_CLASSES[i] < size) i++;
    return SIZE_CLASSES[i];
}

uint64_t th_gomap_bucket_count(const th_map_type *type, uint8_t log2) {
    const uint64_t base = UINT64_C(1) << (log2 & 63);
    if (log2 < SPARE_FROM_B) return base;
    const uint64_t count = base + (base >> SPARE_FROM_B);
    return th_gomap_round_up_size(count * type->bucket_size) / type->bucket_size;
}

// The number of the declared object that the map is: its blocks carry it.
static uint32_t object_of(const th_routine_context *cx) {
    const th_block *header = th_memory_block(cx->port->memory, cx->frame->m);
    return header == NULL ? 0 : header->object;
}

static uint64_t allocate(const th_routine_context *cx, th_block block, uint64_t size) {
    if (size > UINT32_MAX / 2) {
        cx->port->limit = 1;
        return 0;
    }
    block.size = (uint32_t)size;
    block.type = cx->frame->type;
    block.object = object_of(cx);
    return th_port_allocate(cx->port, block);
}

uint64_t th_gomap_allocate(const th_routine_context *cx, th_block_kind kind, uint64_t size) {
    return allocate(cx, (th_block){.kind = (uint8_t)kind}, size);
}

uint64_t th_gomap_make_buckets(const th_routine_context *cx, uint8_t log2,
                               uint64_t *next_overflow) {
    const uint64_t base = UINT64_C(1) << (log2 & 63);
    const uint64_t count = th_gomap_bucket_count(cx->type, log2);
    *next_overflow = 0;
    const uint64_t buckets = allocate(cx, (th_block){.kind = TH_BLOCK_BUCKETS, .generation = log2},
                                      count * cx->type->bucket_size);
    if (buckets == 0 || count == base) return buckets;
    *next_overflow = buckets + base * cx->type->bucket_size;
    const uint64_t last = buckets + (count - 1) * cx->type->bucket_size;
    // Nobody else has the array yet: the mark on its last spare bucket is no step.
    th_memory_poke(cx->port->memory, last + cx->type->overflow_offset, 8, buckets);
    return buckets;
}

// B for a hint: the smallest that is not over load.
static uint8_t log2_for_hint(const th_map_type *type, int64_t hint) {
    if (hint < 0 || (uint64_t)hint > (UINT64_C(1) << HINT_BYTES_LOG2) / type->bucket_size) hint = 0;
    uint8_t log2 = 0;
    while (th_over_load_factor((uint64_t)hint, log2)) log2++;
    return log2;
}

uint64_t th_gomap_make(const th_gomap_env *env, th_port *port, uint16_t type, int64_t hint,
                       uint32_t object) {
    th_memory *memory = port->memory;
    const uint64_t map = th_port_allocate(
        port,
        (th_block){.kind = TH_BLOCK_HMAP, .type = type, .size = TH_HMAP_SIZE, .object = object});
    if (map == 0) return 0;
    th_memory_poke(memory, map + TH_HMAP_hash0, 4, (uint32_t)th_port_draw(port));
    const uint8_t log2 = log2_for_hint(&env->types[type], hint);
    th_memory_poke(memory, map + TH_HMAP_B, 1, log2);
    if (log2 == 0) return map;
    th_map_frame frame = {.m = map, .type = type};
    const th_routine_context cx = {env, &env->types[type], port, &frame};
    uint64_t next_overflow = 0;
    const uint64_t buckets = th_gomap_make_buckets(&cx, log2, &next_overflow);
    if (buckets == 0) return 0;
    th_memory_poke(memory, map + TH_HMAP_buckets, 8, buckets);
    if (next_overflow != 0) {
        const uint64_t extra = th_gomap_allocate(&cx, TH_BLOCK_MAPEXTRA, TH_EXTRA_SIZE);
        if (extra == 0) return 0;
        th_memory_poke(memory, extra + TH_EXTRA_next_overflow, 8, next_overflow);
        th_memory_poke(memory, map + TH_HMAP_extra, 8, extra);
    }
    return map;
}

bool th_map_type_make(th_scalar key, th_scalar elem, th_map_type *type) {
    if (key == TH_PTR || key == TH_EMPTY || elem >= TH_SCALAR_COUNT || key >= TH_SCALAR_COUNT) {
        return false;
    }
    th_map_type made = {.key = (uint8_t)key, .elem = (uint8_t)elem};
    made.key_size = (uint8_t)th_scalar_size(key);
    made.elem_size = (uint8_t)th_scalar_size(elem);
    made.family = TH_FAMILY_GENERIC;
    if (key == TH_U32 || key == TH_I32) made.family = TH_FAMILY_FAST32;
    if (key == TH_U64 || key == TH_I64) made.family = TH_FAMILY_FAST64;
    if (key == TH_STRING) made.family = TH_FAMILY_FASTSTR;
    made.key_has_pointers = key == TH_STRING;
    made.pointer_free = key != TH_STRING && elem != TH_STRING && elem != TH_PTR;
    made.reflexive_key = key != TH_F64;
    made.need_key_update = key == TH_F64 || key == TH_STRING;
    made.elem_offset = (uint16_t)(TH_BUCKET_SLOTS * (1 + made.key_size));
    made.overflow_offset = (uint16_t)(made.elem_offset + TH_BUCKET_SLOTS * made.elem_size);
    made.bucket_size = (uint16_t)(made.overflow_offset + 8);
    *type = made;
    return true;
}

int th_gomap_env_type(th_gomap_env *env, th_scalar key, th_scalar elem) {
    for (uint32_t i = 0; i < env->type_count; i++) {
        if (env->types[i].key == key && env->types[i].elem == elem) return (int)i;
    }
    if (env->type_count == TH_MAP_TYPE_MAX) return -1;
    if (!th_map_type_make(key, elem, &env->types[env->type_count])) return -1;
    return (int)env->type_count++;
}

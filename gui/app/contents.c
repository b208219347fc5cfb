#include "gui/app/contents.h"

#include "gui/scene/explore.h"
#include "sim/base/assert.h"
#include "sim/base/hash.h"
#include "sim/gomap/hmap.h"

#include <stdlib.h>

enum { CHAIN_MAX = 4096 };  // after a race a chain may lead in a circle

// Requests that touch maps or variables, from a goroutine's start to a point of its body.
static uint32_t operations_of(const th_programs *programs, th_node_id node) {
    uint32_t count = 0;
    for (; node != 0; node = th_programs_parent(programs, node)) {
        const th_request *request = th_programs_request(programs, node);
        const th_request_class class = th_request_op_class((th_request_op)request->op);
        count += class == TH_CLASS_MAP || class == TH_CLASS_CELL;
    }
    return count;
}

static const th_object *map_at(const th_scenario *scenario, uint32_t index) {
    uint32_t count;
    const th_object *objects = th_scenario_objects(scenario, &count);
    if (index >= count || objects[index].kind != TH_OBJECT_MAP) return NULL;
    return objects[index].address == 0 ? NULL : &objects[index];
}

static bool has_map(const th_scenario *scenario) {
    uint32_t count;
    th_scenario_objects(scenario, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (map_at(scenario, i) != NULL) return true;
    }
    return false;
}

bool th_contents_tell(const th_scenario *scenario) {
    if (!has_map(scenario)) return false;
    const th_programs *programs = th_scenario_env(scenario)->programs;
    for (th_node_id node = 1; node <= th_programs_count(programs); node++) {
        if (operations_of(programs, node) > 1) return false;
    }
    return true;
}

// --- what is there ---

typedef struct reading {
    const th_memory *memory;
    const th_map_type *type;
    th_contents *out;
    uint64_t live;  // of this map
} reading;

static void read_chain(reading *at, uint64_t bucket) {
    for (uint32_t n = 0; bucket != 0 && n < CHAIN_MAX; n++) {
        if (th_memory_fault(at->memory, bucket, at->type->bucket_size) != TH_FAULT_NONE) return;
        th_bucket seen;
        th_bucket_read(at->memory, at->type, bucket, &seen);
        for (uint32_t i = 0; i < TH_BUCKET_SLOTS; i++) {
            if (seen.top[i] < TH_TOP_MIN) continue;
            at->live++;
            uint64_t hash = th_hash_combine(seen.key[i].w[0], seen.key[i].w[1]);
            hash = th_hash_combine(hash, seen.elem[i].w[0]);
            at->out->digest += th_hash_combine(hash, seen.elem[i].w[1]);  // in any order
        }
        bucket = seen.overflow;
    }
}

static void read_map(const th_scenario *scenario, const th_memory *memory, const th_object *object,
                     th_contents *out) {
    th_hmap header;
    th_hmap_read(memory, object->address, &header);
    reading at = {.memory = memory,
                  .type = &th_scenario_env(scenario)->gomap.types[object->type],
                  .out = out};
    const uint64_t count = header.buckets == 0 ? 0 : UINT64_C(1) << (header.B & 63);
    for (uint64_t i = 0; i < count; i++) {
        read_chain(&at, header.buckets + i * at.type->bucket_size);
    }
    // What was not moved yet. The tophash bytes of what was are marks, so it is not read twice.
    const uint64_t old_count = th_hmap_old_count(&header);
    for (uint64_t i = 0; i < old_count; i++) {
        read_chain(&at, header.oldbuckets + i * at.type->bucket_size);
    }
    out->live += at.live;
    out->miscounted |= header.count != at.live;
    out->digest += th_hash_combine(object->address, header.count);
}

th_contents th_contents_of(const th_scenario *scenario, const th_world *end) {
    th_contents out = {0};
    uint32_t count;
    const th_object *objects = th_scenario_objects(scenario, &count);
    for (uint32_t i = 0; i < count; i++) {
        const th_object *object = map_at(scenario, i);
        if (object != NULL) read_map(scenario, &end->memory, object, &out);
        if (objects[i].kind != TH_OBJECT_CELL || objects[i].address == 0) continue;
        const uint32_t size = th_scalar_size((th_scalar)objects[i].type);
        if (size == 0 || size > 8 || objects[i].type == TH_PTR) continue;
        const uint64_t value = th_memory_peek(&end->memory, objects[i].address, size);
        out.digest += th_hash_combine(objects[i].address, value);
    }
    return out;
}

// --- what careful orders leave ---

static bool is_in(const th_contents_set *set, th_contents contents) {
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->items[i].digest == contents.digest) return true;
    }
    return false;
}

void th_contents_add(th_contents_set *set, th_contents contents) {
    if (is_in(set, contents)) return;
    if (set->count == set->capacity) {
        set->capacity = set->capacity ? set->capacity * 2 : 16;
        set->items = realloc(set->items, set->capacity * sizeof(*set->items));
        TH_ASSERT(set->items != NULL);
    }
    set->items[set->count++] = contents;
}

void th_contents_free(th_contents_set *set) {
    free(set->items);
    *set = (th_contents_set){0};
}

const char *th_contents_judge(const th_contents_set *set, th_contents contents) {
    if (is_in(set, contents)) return NULL;
    uint64_t least = UINT64_MAX;
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->items[i].live < least) least = set->items[i].live;
    }
    if (contents.live < least) return TH_CONTENTS_LOST;
    return contents.miscounted ? TH_CONTENTS_MISCOUNTED : TH_CONTENTS_MIXED;
}

// What must hold for a map between operations. Each rule is one that the runtime relies on; the
// tombstone rule is the one that the runtime's own TestMapTombstones checks.
#include "sim/gomap/gomap.h"
#include "sim/gomap/routine.h"

typedef struct walk {
    const th_memory *memory;
    const th_map_type *type;
    uint64_t map;
    th_hmap header;
    uint64_t live_count;
    uint64_t overflow_count;  // linked in the new array
} walk;

enum { CHAIN_MAX = 1 << 20 };  // a chain that long is a cycle

// Slots of a chain: none is in use behind an emptyRest, and the last one before is not emptyOne.
static const char *check_chain(walk *w, uint64_t bucket, bool is_new) {
    bool rest = false;
    uint8_t last = TH_TOP_MIN;
    for (uint32_t n = 0; bucket != 0; n++) {
        if (n == CHAIN_MAX) return "an overflow chain runs in a circle";
        if (th_memory_fault(w->memory, bucket, w->type->bucket_size) != TH_FAULT_NONE) {
            return "an overflow pointer leads to no bucket";
        }
        if (is_new && n > 0) w->overflow_count++;
        th_bucket seen;
        th_bucket_read(w->memory, w->type, bucket, &seen);
        for (uint32_t i = 0; i < TH_BUCKET_SLOTS; i++) {
            if (rest && seen.top[i] != TH_TOP_EMPTY_REST)
                return "a slot behind emptyRest is in use";
            if (th_top_is_evacuated(seen.top[i])) return "an evacuated slot in a live bucket";
            if (seen.top[i] >= TH_TOP_MIN) w->live_count++;
            if (seen.top[i] != TH_TOP_EMPTY_REST) last = seen.top[i];
            rest = seen.top[i] == TH_TOP_EMPTY_REST;
        }
        bucket = seen.overflow;
    }
    return last == TH_TOP_EMPTY_ONE ? "emptyOne where emptyRest belongs" : NULL;
}

// An old bucket that was moved: every slot of its head says where it went.
static const char *check_moved(walk *w, uint64_t bucket) {
    uint8_t top[TH_BUCKET_SLOTS];
    th_memory_peek_bytes(w->memory, bucket, TH_BUCKET_SLOTS, top);
    for (uint32_t i = 0; i < TH_BUCKET_SLOTS; i++) {
        if (!th_top_is_evacuated(top[i])) return "an old bucket is moved in part";
    }
    return NULL;
}

static const char *check_old(walk *w) {
    const uint64_t count = th_hmap_old_count(&w->header);
    if (w->header.nevacuate >= count) return "nevacuate is past the old buckets";
    for (uint64_t i = 0; i < count; i++) {
        const uint64_t bucket = w->header.oldbuckets + i * w->type->bucket_size;
        const bool moved = th_top_is_evacuated((uint8_t)th_memory_peek(w->memory, bucket, 1));
        if (i < w->header.nevacuate && !moved) return "a bucket before nevacuate was not moved";
        const char *broken = moved ? check_moved(w, bucket) : check_chain(w, bucket, false);
        if (broken != NULL) return broken;
    }
    return NULL;
}

static const char *check_new(walk *w) {
    for (uint64_t i = 0; i < UINT64_C(1) << w->header.B; i++) {
        const char *broken = check_chain(w, w->header.buckets + i * w->type->bucket_size, true);
        if (broken != NULL) return broken;
    }
    return NULL;
}

const char *th_gomap_broken(const th_gomap_env *env, const th_memory *memory, uint64_t map) {
    if (map == 0) return NULL;
    const th_block *block = th_memory_block(memory, map);
    if (block == NULL || block->kind != TH_BLOCK_HMAP) return "no map at this address";
    walk w = {.memory = memory, .type = &env->types[block->type], .map = map};
    th_hmap_read(memory, map, &w.header);
    if (w.header.flags & TH_FLAG_HASH_WRITING) return "hashWriting is set between operations";
    if (w.header.B > 40) return "B is absurd";
    if (w.header.buckets == 0) {
        return w.header.count == 0 ? NULL : "items are counted but there are no buckets";
    }
    if (w.header.oldbuckets == 0 && (w.header.flags & TH_FLAG_SAME_SIZE_GROW)) {
        return "sameSizeGrow is set but nothing grows";
    }
    const char *broken = w.header.oldbuckets != 0 ? check_old(&w) : NULL;
    if (broken == NULL) broken = check_new(&w);
    if (broken != NULL) return broken;
    if (w.live_count != w.header.count) return "count differs from the slots in use";
    if (w.header.B < 16 && w.overflow_count != w.header.noverflow) {
        return "noverflow differs from the overflow buckets";
    }
    return NULL;
}

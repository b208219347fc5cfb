// The iterators over the map that is shown: where each began, and how far it has come.
#include "gui/scene/map.h"

#include "sim/gomap/hiter.h"
#include "sim/gomap/site.h"

// The latest iterator of each goroutine over this map, by number; 0: it has none.
static void find_iterators(const th_scene_context *cx, uint64_t *addresses) {
    const th_memory *memory = &cx->now->memory;
    for (uint32_t r = 0; r < memory->region_count; r++) {
        const th_region *region = &memory->regions[r];
        for (uint32_t i = 0; i < region->block_count; i++) {
            const th_block *block = th_pages_record(&region->blocks, i, sizeof(th_block));
            if (block == NULL || block->kind != TH_BLOCK_HITER || block->freed) continue;
            const uint64_t map = th_memory_peek(memory, block->address + TH_HITER_h, 8);
            const bool known = block->owner <= TH_SCENE_G_MAX && map == cx->out->map.address;
            if (known) addresses[block->owner] = block->address;
        }
    }
}

// The bucket that the goroutine reads, as an index into the iterator's array. While the map grows
// it may be an old bucket, which stands for the new one of that index.
static bool bucket_read(const th_scene_context *cx, const th_scene_mark *mark, uint64_t count,
                        uint64_t *index) {
    const uint64_t bucket = th_scene_bucket_at(cx, mark->address);
    const uint64_t head = bucket == 0 ? 0 : th_scene_chain_head(cx, bucket);
    const th_hmap *header = &cx->out->map.header;
    const uint64_t size = th_scene_map_type(cx)->bucket_size;
    const uint64_t arrays[2] = {header->buckets, header->oldbuckets};
    const uint64_t counts[2] = {cx->out->map.now.bucket_count, cx->out->map.now.old_count};
    for (int i = 0; i < 2 && head != 0; i++) {
        if (head < arrays[i] || (head - arrays[i]) / size >= counts[i]) continue;
        *index = (head - arrays[i]) / size & (count - 1);
        return true;
    }
    return false;
}

// What a loop's body does to the map says nothing of where the loop is.
static bool iterates(uint16_t site) {
    return site >= TH_SITE_ITER_COUNT && site < TH_SITE_GROW_COUNT;
}

// False: it has not taken a bucket yet.
static bool find_current(const th_scene_context *cx, uint64_t address, th_scene_iterator *out) {
    const th_memory *memory = &cx->now->memory;
    const uint64_t next = th_memory_peek(memory, address + TH_HITER_bucket, 8);
    const bool begun = th_memory_peek(memory, address + TH_HITER_bptr, 8) != 0;
    if (begun) out->current = (next - 1) & (out->bucket_count - 1);
    for (int i = 0; i < cx->out->mark_count; i++) {
        const th_scene_mark *mark = &cx->out->marks[i];
        if (mark->g != out->g || mark->trail) continue;
        if (!iterates(th_scene_event(cx, mark->step).site)) return begun;
        return bucket_read(cx, mark, out->bucket_count, &out->current) || begun;
    }
    return begun;
}

static void build_iterator(const th_scene_context *cx, uint16_t g, uint64_t address,
                           th_scene_iterator *out) {
    const th_memory *memory = &cx->now->memory;
    const uint8_t log2 = (uint8_t)th_memory_peek(memory, address + TH_HITER_B, 1);
    *out = (th_scene_iterator){
        .g = g,
        .start = th_memory_peek(memory, address + TH_HITER_start_bucket, 8),
        .offset = (uint8_t)th_memory_peek(memory, address + TH_HITER_offset, 1),
        .bucket_count = UINT64_C(1) << (log2 & 31),
        .outgrown = log2 != cx->out->map.header.B,
    };
    const bool wrapped = th_memory_peek(memory, address + TH_HITER_wrapped, 1) != 0;
    const bool no_key = th_memory_peek(memory, address + TH_HITER_key, 8) == 0;
    if (find_current(cx, address, out)) {
        out->visited = ((out->current - out->start) & (out->bucket_count - 1)) + 1;
    }
    out->done = wrapped && no_key;
    if (out->done) out->visited = out->bucket_count;
}

void th_scene_build_iterators(const th_scene_context *cx) {
    th_scene_map *map = &cx->out->map;
    map->iterator_count = map->iterators_hidden = 0;
    if ((map->header.flags & (TH_FLAG_ITERATOR | TH_FLAG_OLD_ITERATOR)) == 0) return;
    uint64_t addresses[TH_SCENE_G_MAX + 1] = {0};
    find_iterators(cx, addresses);
    for (uint32_t g = 1; g < cx->now->goroutine_count && g <= TH_SCENE_G_MAX; g++) {
        if (addresses[g] == 0 || cx->now->goroutines[g].status == TH_STATUS_DEAD) continue;
        th_scene_iterator it;
        build_iterator(cx, (uint16_t)g, addresses[g], &it);
        if (it.visited == 0) continue;  // where it begins is still to be drawn
        if (map->iterator_count == TH_SCENE_ITERATOR_MAX)
            map->iterators_hidden++;
        else
            map->iterators[map->iterator_count++] = it;
    }
}

#include "sim/race/shadow.h"

#include "sim/base/assert.h"
#include "sim/base/hash.h"
#include "sim/memory/memory.h"

#include <stdlib.h>
#include <string.h>

void th_race_reserve_shadows(th_detector *detector, uint32_t count) {
    if (count <= detector->shadow_capacity) return;
    uint32_t capacity = detector->shadow_capacity ? detector->shadow_capacity : 4;
    while (capacity < count) capacity *= 2;
    detector->shadows = realloc(detector->shadows, capacity * sizeof(*detector->shadows));
    TH_ASSERT(detector->shadows != NULL);
    memset(detector->shadows + detector->shadow_capacity, 0,
           (capacity - detector->shadow_capacity) * sizeof(*detector->shadows));
    detector->shadow_capacity = capacity;
}

th_race_cell *th_race_cell_own(th_detector *detector, uint32_t index) {
    return th_pages_record_own(&detector->cells, index, sizeof(th_race_cell));
}

uint64_t th_race_cell_mark(uint64_t granule, const th_race_cell *of, uint32_t lane) {
    const uint64_t what = (uint64_t)of->clock << 32 | (uint64_t)of->g << 16 |
                          (uint64_t)of->mask << 8 | th_race_role_of((th_event_kind)of->kind);
    return th_hash_combine(granule + lane, what);
}

void th_race_count_cell(th_detector *detector, uint64_t granule, const th_race_cell *added) {
    for (uint32_t lane = 0; lane < 2; lane++) {
        detector->cell_hashes[lane] += th_race_cell_mark(granule, added, lane);
    }
}

static void uncount_cell(th_detector *detector, uint64_t granule, const th_race_cell *dropped) {
    for (uint32_t lane = 0; lane < 2; lane++) {
        detector->cell_hashes[lane] -= th_race_cell_mark(granule, dropped, lane);
    }
}

uint32_t th_race_take_cell(th_detector *detector) {
    const uint32_t index = detector->free_cell;
    if (index == 0) return detector->cell_count++;
    detector->free_cell = th_race_cell_at(detector, index)->next;
    return index;
}

void th_race_drop_cell(th_detector *detector, uint64_t granule, uint32_t index) {
    th_race_cell *dropped = th_race_cell_own(detector, index);
    uncount_cell(detector, granule, dropped);
    *dropped = (th_race_cell){.next = detector->free_cell};
    detector->free_cell = index;
}

uint32_t th_race_head(const th_detector *detector, uint64_t granule) {
    const uint64_t offset = granule - TH_MEMORY_BASE;
    const uint64_t region = offset >> TH_REGION_SHIFT;
    if (region >= detector->shadow_count) return 0;
    const uint32_t index =
        (uint32_t)(offset & ((UINT64_C(1) << TH_REGION_SHIFT) - 1)) / TH_RACE_GRANULE;
    const th_page *page = th_pages_look(&detector->shadows[region], index / TH_RACE_HEADS_PER_PAGE);
    if (page == NULL) return 0;
    uint32_t head;
    memcpy(&head, page->bytes + index % TH_RACE_HEADS_PER_PAGE * 4, 4);
    return head;
}

void th_race_set_head(th_detector *detector, uint64_t granule, uint32_t head) {
    const uint64_t offset = granule - TH_MEMORY_BASE;
    const uint32_t region = (uint32_t)(offset >> TH_REGION_SHIFT);
    if (region >= detector->shadow_count) {
        th_race_reserve_shadows(detector, region + 1);
        detector->shadow_count = region + 1;
    }
    const uint32_t index =
        (uint32_t)(offset & ((UINT64_C(1) << TH_REGION_SHIFT) - 1)) / TH_RACE_GRANULE;
    th_page *page = th_pages_own(&detector->shadows[region], index / TH_RACE_HEADS_PER_PAGE);
    memcpy(page->bytes + index % TH_RACE_HEADS_PER_PAGE * 4, &head, 4);
}

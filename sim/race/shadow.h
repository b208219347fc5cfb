// The shadow of the memory: for each granule of 8 bytes a list of accesses that a later one may
// still race with. Private to sim/race.
#ifndef TH_SIM_RACE_SHADOW_H
#define TH_SIM_RACE_SHADOW_H

#include "sim/race/detector.h"

enum { TH_RACE_GRANULE = 8, TH_RACE_HEADS_PER_PAGE = TH_PAGE_SIZE / 4 };

// What an access does, as bits of (plain, atomic) x (read, write).
enum {
    TH_RACE_PLAIN_READ = 1,
    TH_RACE_PLAIN_WRITE = 2,
    TH_RACE_ATOMIC_READ = 4,
    TH_RACE_ATOMIC_WRITE = 8,
};
static inline uint8_t th_race_role_of(th_event_kind kind) {  // 0: none of these
    switch (kind) {
    case TH_EVENT_READ: return TH_RACE_PLAIN_READ;
    case TH_EVENT_WRITE:
    case TH_EVENT_CLEAR:
    case TH_EVENT_RELEASE: return TH_RACE_PLAIN_WRITE;
    case TH_EVENT_ATOMIC_LOAD:
    case TH_EVENT_ATOMIC_CAS_FAILED: return TH_RACE_ATOMIC_READ;
    case TH_EVENT_ATOMIC_STORE:
    case TH_EVENT_ATOMIC_RMW:
    case TH_EVENT_ATOMIC_CAS: return TH_RACE_ATOMIC_WRITE;
    default: return 0;
    }
}

// An access, as far as it touches one granule.
typedef struct th_race_cell {
    uint64_t step : 48;
    uint64_t site : 16;
    uint32_t clock;  // of its goroutine, at the access
    uint32_t node;
    uint32_t line;
    uint32_t next;  // index of the granule's next cell, 0: none
    uint16_t g;
    uint16_t size;    // of the whole access
    uint16_t before;  // bytes of the access in earlier granules
    uint8_t mask;     // its bytes of the granule
    uint8_t kind;     // th_event_kind
} th_race_cell;

_Static_assert(sizeof(th_race_cell) == 32, "divides a page");
// Cells are named by index; 0: none.
static inline const th_race_cell *th_race_cell_at(const th_detector *detector, uint32_t index) {
    enum { PER_PAGE = TH_PAGE_SIZE / sizeof(th_race_cell) };
    const th_page *page = th_pages_look(&detector->cells, index / PER_PAGE);
    return (const th_race_cell *)(const void *)page->bytes + index % PER_PAGE;
}
th_race_cell *th_race_cell_own(th_detector *detector, uint32_t index);
uint32_t th_race_take_cell(th_detector *detector);
void th_race_drop_cell(th_detector *detector, uint64_t granule, uint32_t index);

// What a cell adds to lane 0 or 1 of the detector's hash; adds that of a new cell.
uint64_t th_race_cell_mark(uint64_t granule, const th_race_cell *of, uint32_t lane);
void th_race_count_cell(th_detector *detector, uint64_t granule, const th_race_cell *added);

// The first cell of the granule at that address.
uint32_t th_race_head(const th_detector *detector, uint64_t granule);
void th_race_set_head(th_detector *detector, uint64_t granule, uint32_t head);
void th_race_reserve_shadows(th_detector *detector, uint32_t count);

#endif

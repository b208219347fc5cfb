// A shadow of the memory: for each run of bytes that was accessed as one, every goroutine's last
// read and last write with the clock of that time. An access races with those that its goroutine's
// vector clock does not cover.
#include "sim/race/race.h"

#include "sim/base/assert.h"
#include "sim/base/hash.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS_CAPACITY_MIN = 256, OBJECTS_CAPACITY_MIN = 32 };

// A goroutine's last access to a cell. `clock` is its own component at that time.
typedef struct touch {
    uint64_t step;
    uint32_t clock;
    uint16_t g;
    bool write, atomic;
    uint32_t next;  // index + 1 of the cell's next touch
} touch;

// A run of bytes that was accessed as one. Cells of a granule (8 bytes) are linked.
typedef struct cell {
    uint64_t address;
    uint32_t touches;  // index + 1
    uint32_t next;     // index + 1 of the granule's next cell
    uint8_t size;
    bool raced;
} cell;

typedef struct clocks {
    uint32_t *items;  // one component for each goroutine
    uint32_t count;
} clocks;

typedef struct sync_object {
    uint64_t address;
    clocks clocks;
} sync_object;

struct th_race_detector {
    clocks *goroutines;
    uint32_t goroutine_count;
    cell *cells;
    uint32_t cell_count, cell_capacity;
    touch *touches;
    uint32_t touch_count, touch_capacity;
    uint32_t *granules;  // open addressing: index + 1 of a granule's first cell
    uint32_t granule_count, granule_capacity;
    sync_object *objects;
    uint32_t object_count, object_capacity;
};

static void *grown(void *items, size_t count, size_t size) {
    void *more = realloc(items, count * size);
    TH_ASSERT(more != NULL);
    return more;
}

th_race_detector *th_race_detector_new(void) {
    th_race_detector *detector = calloc(1, sizeof(*detector));
    TH_ASSERT(detector != NULL);
    return detector;
}

void th_race_detector_free(th_race_detector *detector) {
    if (detector == NULL) return;
    for (uint32_t i = 0; i < detector->goroutine_count; i++) free(detector->goroutines[i].items);
    for (uint32_t i = 0; i < detector->object_count; i++) free(detector->objects[i].clocks.items);
    free(detector->goroutines);
    free(detector->cells);
    free(detector->touches);
    free(detector->granules);
    free(detector->objects);
    free(detector);
}

static uint32_t component(const clocks *of, uint16_t g) { return g < of->count ? of->items[g] : 0; }

static void widen(clocks *of, uint32_t count) {
    if (count <= of->count) return;
    of->items = grown(of->items, count, sizeof(*of->items));
    memset(of->items + of->count, 0, (count - of->count) * sizeof(*of->items));
    of->count = count;
}

static void join(clocks *into, const clocks *from) {
    widen(into, from->count);
    for (uint32_t i = 0; i < from->count; i++) {
        if (from->items[i] > into->items[i]) into->items[i] = from->items[i];
    }
}

static clocks *clocks_of(th_race_detector *detector, uint16_t g) {
    if (g >= detector->goroutine_count) {
        const uint32_t count = g + 1u;
        detector->goroutines = grown(detector->goroutines, count, sizeof(*detector->goroutines));
        memset(detector->goroutines + detector->goroutine_count, 0,
               (count - detector->goroutine_count) * sizeof(*detector->goroutines));
        detector->goroutine_count = count;
    }
    clocks *of = &detector->goroutines[g];
    if (g >= of->count) {
        widen(of, g + 1u);
        of->items[g] = 1;
    }
    return of;
}

void th_race_start(th_race_detector *detector, uint16_t parent, uint16_t child) {
    clocks_of(detector, child);
    clocks *from = clocks_of(detector, parent);  // after the child's: growing moves the array
    join(&detector->goroutines[child], from);
    from->items[parent]++;
}

static clocks *object_clocks(th_race_detector *detector, uint64_t address) {
    for (uint32_t i = 0; i < detector->object_count; i++) {
        if (detector->objects[i].address == address) return &detector->objects[i].clocks;
    }
    if (detector->object_count == detector->object_capacity) {
        detector->object_capacity =
            detector->object_capacity ? detector->object_capacity * 2 : OBJECTS_CAPACITY_MIN;
        detector->objects =
            grown(detector->objects, detector->object_capacity, sizeof(*detector->objects));
    }
    detector->objects[detector->object_count] = (sync_object){.address = address};
    return &detector->objects[detector->object_count++].clocks;
}

static void synchronise(th_race_detector *detector, uint16_t g, uint64_t address) {
    clocks *own = clocks_of(detector, g);
    clocks *object = object_clocks(detector, address);
    join(own, object);
    join(object, own);
}

static uint32_t granule_slot(const th_race_detector *detector, uint64_t granule) {
    const uint32_t mask = detector->granule_capacity - 1;
    uint32_t at = (uint32_t)th_hash_mix64(granule) & mask;
    while (detector->granules[at] != 0 &&
           detector->cells[detector->granules[at] - 1].address >> 3 != granule) {
        at = (at + 1) & mask;
    }
    return at;
}

static void grow_granules(th_race_detector *detector) {
    uint32_t *old = detector->granules;
    const uint32_t old_capacity = detector->granule_capacity;
    detector->granule_capacity = old_capacity ? old_capacity * 2 : CELLS_CAPACITY_MIN;
    detector->granules = calloc(detector->granule_capacity, sizeof(*detector->granules));
    TH_ASSERT(detector->granules != NULL);
    for (uint32_t i = 0; i < old_capacity; i++) {
        if (old[i] == 0) continue;
        detector->granules[granule_slot(detector, detector->cells[old[i] - 1].address >> 3)] =
            old[i];
    }
    free(old);
}

// The index + 1 of the first cell of the access's granule; a cell of just these bytes is there.
static uint32_t cells_of(th_race_detector *detector, uint64_t address, uint8_t size) {
    if (detector->granule_count * 2 >= detector->granule_capacity) grow_granules(detector);
    const uint32_t slot = granule_slot(detector, address >> 3);
    for (uint32_t at = detector->granules[slot]; at != 0; at = detector->cells[at - 1].next) {
        const cell *known = &detector->cells[at - 1];
        if (known->address == address && known->size == size) return detector->granules[slot];
    }
    if (detector->cell_count == detector->cell_capacity) {
        detector->cell_capacity =
            detector->cell_capacity ? detector->cell_capacity * 2 : CELLS_CAPACITY_MIN;
        detector->cells = grown(detector->cells, detector->cell_capacity, sizeof(*detector->cells));
    }
    if (detector->granules[slot] == 0) detector->granule_count++;
    detector->cells[detector->cell_count++] =
        (cell){.address = address, .size = size, .next = detector->granules[slot]};
    detector->granules[slot] = detector->cell_count;
    return detector->cell_count;
}

// Keeps the access as g's last read or write of the cell.
static void touch_cell(th_race_detector *detector, cell *of, touch made) {
    for (uint32_t at = of->touches; at != 0; at = detector->touches[at - 1].next) {
        touch *known = &detector->touches[at - 1];
        if (known->g == made.g && known->write == made.write) {
            made.next = known->next;
            *known = made;
            return;
        }
    }
    if (detector->touch_count == detector->touch_capacity) {
        detector->touch_capacity =
            detector->touch_capacity ? detector->touch_capacity * 2 : CELLS_CAPACITY_MIN;
        detector->touches =
            grown(detector->touches, detector->touch_capacity, sizeof(*detector->touches));
    }
    made.next = of->touches;
    detector->touches[detector->touch_count++] = made;
    of->touches = detector->touch_count;
}

static bool overlap(const cell *a, uint64_t address, uint8_t size) {
    return a->address < address + size && address < a->address + a->size;
}

// The latest access to the cell that conflicts with `made` and is not ordered before it.
static void find_conflict(const th_race_detector *detector, const cell *of, touch made,
                          const clocks *own, th_race *race) {
    for (uint32_t at = of->touches; at != 0; at = detector->touches[at - 1].next) {
        const touch *known = &detector->touches[at - 1];
        const bool conflict = known->g != made.g && (known->write || made.write) &&
                              !(known->atomic && made.atomic);
        if (!conflict || known->clock <= component(own, known->g)) continue;
        if (known->step <= race->earlier_step) continue;
        race->earlier_step = known->step;
        race->earlier_g = known->g;
        race->earlier_write = known->write;
    }
}

static bool take_access(th_race_detector *detector, uint64_t address, uint8_t size, touch made,
                        th_race *race) {
    const clocks *own = &detector->goroutines[made.g];
    const uint32_t first_cell = cells_of(detector, address, size);
    for (uint32_t c = first_cell; c != 0; c = detector->cells[c - 1].next) {
        cell *of = &detector->cells[c - 1];
        if (!overlap(of, address, size)) continue;
        find_conflict(detector, of, made, own, race);
        if (of->raced) race->first = false;
        if (of->address == address && of->size == size) touch_cell(detector, of, made);
    }
    if (race->earlier_step == 0) return false;
    for (uint32_t c = first_cell; c != 0; c = detector->cells[c - 1].next) {
        if (overlap(&detector->cells[c - 1], address, size)) detector->cells[c - 1].raced = true;
    }
    return true;
}

bool th_race_step(th_race_detector *detector, uint64_t step, th_event event, th_race *race) {
    const uint64_t address = th_event_address(event);
    const bool writes = th_event_kind_writes(event.kind);
    const bool atomic =
        event.kind >= TH_EVENT_ATOMIC_LOAD && event.kind <= TH_EVENT_ATOMIC_CAS_FAILED;
    const bool edge = atomic || event.kind == TH_EVENT_SYNC;
    clocks *own = clocks_of(detector, event.g);
    if (edge) synchronise(detector, event.g, address);
    bool raced = false;
    if ((writes || th_event_kind_reads(event.kind)) && event.size > 0) {
        *race = (th_race){.step = step, .address = address, .g = event.g,
                          .size = event.size, .write = writes, .first = true};
        const touch made = {.step = step, .clock = own->items[event.g], .g = event.g,
                            .write = writes, .atomic = atomic};
        raced = take_access(detector, address, event.size, made, race);
    }
    if (edge) own->items[event.g]++;  // what comes after the edge is not ordered by it
    return raced;
}

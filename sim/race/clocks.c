#include "sim/race/clocks.h"

#include "sim/base/assert.h"
#include "sim/base/hash.h"

#include <string.h>

enum {
    STRIDE_MIN = 4,
    COMPONENTS_PER_PAGE = TH_PAGE_SIZE / 4,
    VARIABLES_MIN = 16,
};

// What was synchronised on. Open addressing; never removed, so a probe ends at a free place.
typedef enum variable_kind { VARIABLE_NONE, VARIABLE_OBJECT, VARIABLE_ATOMIC } variable_kind;

typedef struct variable {
    uint64_t key;  // the object, or the granule of an atomic
    uint32_t row;
    uint8_t kind;
    uint8_t mask;  // ATOMIC: the bytes whose last store this clock is of; 0: all overwritten
    uint8_t reserved[2];
} variable;

_Static_assert(sizeof(variable) == 16, "divides a page");
_Static_assert(sizeof(th_race_goroutine) == 16, "divides a page");

static const uint32_t *look(const th_pages *clocks, uint64_t index) {
    const th_page *page = th_pages_look(clocks, (uint32_t)(index / COMPONENTS_PER_PAGE));
    if (page == NULL) return NULL;
    return (const uint32_t *)(const void *)page->bytes + index % COMPONENTS_PER_PAGE;
}

static uint32_t component(const th_detector *detector, uint32_t row, uint32_t g) {
    if (g >= detector->stride) return 0;
    const uint32_t *at = look(&detector->clocks, (uint64_t)row * detector->stride + g);
    return at == NULL ? 0 : *at;
}

static void set_component(th_detector *detector, uint32_t row, uint32_t g, uint32_t value) {
    const uint64_t index = (uint64_t)row * detector->stride + g;
    th_page *page = th_pages_own(&detector->clocks, (uint32_t)(index / COMPONENTS_PER_PAGE));
    memcpy(page->bytes + index % COMPONENTS_PER_PAGE * 4, &value, 4);
}

uint32_t th_race_knows(const th_detector *detector, uint32_t row, uint16_t g) {
    return component(detector, row, g);
}

// Rows of twice the width or more, so that component g fits.
static void widen(th_detector *detector, uint32_t g) {
    uint32_t stride = detector->stride ? detector->stride : STRIDE_MIN;
    while (stride <= g) stride *= 2;
    if (stride == detector->stride) return;
    th_detector wide = {.stride = stride};
    for (uint32_t row = 0; row < detector->row_count; row++) {
        for (uint32_t i = 0; i < detector->stride; i++) {
            const uint32_t value = component(detector, row, i);
            if (value != 0) set_component(&wide, row, i, value);
        }
    }
    th_pages_free(&detector->clocks);
    detector->clocks = wide.clocks;
    detector->stride = stride;
}

// row = max(row, other)
static void join(th_detector *detector, uint32_t row, uint32_t other) {
    for (uint32_t i = 0; i < detector->goroutine_count; i++) {
        const uint32_t value = component(detector, other, i);
        if (value > component(detector, row, i)) set_component(detector, row, i, value);
    }
}

static void assign(th_detector *detector, uint32_t row, uint32_t other) {
    for (uint32_t i = 0; i < detector->goroutine_count; i++) {
        const uint32_t value = component(detector, other, i);
        if (value != component(detector, row, i)) set_component(detector, row, i, value);
    }
}

static void exchange(th_detector *detector, uint32_t row, uint32_t other) {
    for (uint32_t i = 0; i < detector->goroutine_count; i++) {
        const uint32_t mine = component(detector, row, i);
        const uint32_t theirs = component(detector, other, i);
        if (mine == theirs) continue;
        set_component(detector, other, i, mine);
        if (theirs > mine) set_component(detector, row, i, theirs);
    }
}

const th_race_goroutine *th_race_goroutine_at(const th_detector *detector, uint16_t g) {
    TH_ASSERT(g < detector->goroutine_count);
    return th_pages_record(&detector->goroutines, g, sizeof(th_race_goroutine));
}

static uint32_t row_of(const th_detector *detector, uint16_t g) {
    const th_race_goroutine *goroutine = th_race_goroutine_at(detector, g);
    TH_ASSERT(goroutine->row != 0);
    return goroutine->row - 1;
}

// What g does from now on is not part of what it has released.
static void next_epoch(th_detector *detector, uint16_t g) {
    th_race_goroutine *own =
        th_pages_record_own(&detector->goroutines, g, sizeof(th_race_goroutine));
    own->own++;
    own->release_step = detector->step;
    set_component(detector, own->row - 1, g, own->own);
}

void th_detector_start(th_detector *detector, uint16_t parent, uint16_t g) {
    widen(detector, g);
    if (g >= detector->goroutine_count) detector->goroutine_count = g + 1U;
    th_race_goroutine *own =
        th_pages_record_own(&detector->goroutines, g, sizeof(th_race_goroutine));
    TH_ASSERT(own->row == 0);
    const uint32_t row = detector->row_count++;
    *own = (th_race_goroutine){.row = row + 1, .own = 1};
    detector->started_count++;
    if (parent != 0) {
        join(detector, row, row_of(detector, parent));
        next_epoch(detector, parent);
    }
    set_component(detector, row, g, 1);
}

static variable *own_variable(th_detector *detector, uint32_t at) {
    return th_pages_record_own(&detector->variables, at, sizeof(variable));
}

static const variable *look_variable(const th_detector *detector, uint32_t at) {
    static const variable none = {0};
    const variable *found = th_pages_record(&detector->variables, at, sizeof(variable));
    return found == NULL ? &none : found;
}

static uint32_t home(const th_detector *detector, uint64_t key) {
    return (uint32_t)th_hash_mix64(key) & (detector->variable_capacity - 1);
}

static uint32_t after(const th_detector *detector, uint32_t at) {
    return (at + 1) & (detector->variable_capacity - 1);
}

static void insert(th_detector *detector, const variable *added) {
    uint32_t at = home(detector, added->key);
    while (look_variable(detector, at)->kind != VARIABLE_NONE) at = after(detector, at);
    *own_variable(detector, at) = *added;
}

static void reserve_variable(th_detector *detector) {
    const uint32_t capacity = detector->variable_capacity;
    if (detector->variable_count * 4 < capacity * 3) return;
    th_pages old = detector->variables;
    detector->variables = (th_pages){0};
    detector->variable_capacity = capacity ? capacity * 2 : VARIABLES_MIN;
    for (uint32_t i = 0; i < capacity; i++) {
        const variable *kept = th_pages_record(&old, i, sizeof(variable));
        if (kept != NULL && kept->kind != VARIABLE_NONE) insert(detector, kept);
    }
    th_pages_free(&old);
}

static uint32_t add_variable(th_detector *detector, const variable *added) {
    reserve_variable(detector);
    variable own = *added;
    own.row = detector->row_count++;
    insert(detector, &own);
    detector->variable_count++;
    return own.row;
}

// The row of an object's clock; made when it is missing and `make` is set, else -1.
static int64_t object_row(th_detector *detector, uint64_t object, bool make) {
    if (detector->variable_capacity != 0) {
        for (uint32_t at = home(detector, object);; at = after(detector, at)) {
            const variable *found = look_variable(detector, at);
            if (found->kind == VARIABLE_NONE) break;
            if (found->kind == VARIABLE_OBJECT && found->key == object) return found->row;
        }
    }
    if (!make) return -1;
    return add_variable(detector, &(variable){.key = object, .kind = VARIABLE_OBJECT});
}

void th_detector_edge(th_detector *detector, th_hb kind, uint16_t g, uint64_t object,
                      uint16_t other) {
    if (detector->started_count <= 1) return;
    const uint32_t own = row_of(detector, g);
    const bool makes = kind != TH_HB_ACQUIRE && kind != TH_HB_RENDEZVOUS && kind != TH_HB_HAND;
    const int64_t found =
        kind == TH_HB_RENDEZVOUS || kind == TH_HB_HAND ? -1 : object_row(detector, object, makes);
    const uint32_t row = (uint32_t)found;
    switch (kind) {
    case TH_HB_ACQUIRE:
        if (found >= 0) join(detector, own, row);
        return;
    case TH_HB_RELEASE: join(detector, row, own); break;
    case TH_HB_PUBLISH: assign(detector, row, own); break;
    case TH_HB_EXCHANGE: exchange(detector, own, row); break;
    case TH_HB_RENDEZVOUS:
        join(detector, own, row_of(detector, other));
        assign(detector, row_of(detector, other), own);
        next_epoch(detector, other);
        break;
    case TH_HB_HAND: join(detector, row_of(detector, other), own); break;
    }
    next_epoch(detector, g);
}

void th_race_observe(th_detector *detector, uint16_t g, uint64_t granule, uint8_t mask) {
    if (detector->variable_capacity == 0) return;
    const uint32_t own = row_of(detector, g);
    for (uint32_t at = home(detector, granule);; at = after(detector, at)) {
        const variable *found = look_variable(detector, at);
        if (found->kind == VARIABLE_NONE) return;
        if (found->kind == VARIABLE_ATOMIC && found->key == granule && (found->mask & mask)) {
            join(detector, own, found->row);
        }
    }
}

void th_race_publish(th_detector *detector, uint16_t g, uint64_t granule, uint8_t mask) {
    int64_t row = -1;
    for (uint32_t at = detector->variable_capacity ? home(detector, granule) : 0;
         detector->variable_capacity != 0; at = after(detector, at)) {
        const variable *found = look_variable(detector, at);
        if (found->kind == VARIABLE_NONE) break;
        if (found->kind != VARIABLE_ATOMIC || found->key != granule) continue;
        const uint8_t left = found->mask & (uint8_t)~mask;
        const bool reuse = row < 0 && left == 0;
        const uint8_t kept = reuse ? mask : left;
        if (reuse) row = found->row;
        if (kept != found->mask) own_variable(detector, at)->mask = kept;
    }
    if (row < 0) {
        row = add_variable(detector,
                           &(variable){.key = granule, .kind = VARIABLE_ATOMIC, .mask = mask});
    }
    assign(detector, (uint32_t)row, row_of(detector, g));
    next_epoch(detector, g);
}

bool th_detector_ordered(const th_detector *detector, uint16_t earlier, uint16_t later) {
    if (earlier == later || detector->started_count <= 1) return true;
    const uint32_t own = th_race_goroutine_at(detector, earlier)->own;
    return component(detector, row_of(detector, later), earlier) >= own;
}

static uint64_t row_hash(const th_detector *detector, uint32_t row, uint64_t seed) {
    uint64_t hash = seed;
    for (uint32_t i = 0; i < detector->goroutine_count; i++) {
        hash = th_hash_combine(hash, component(detector, row, i));
    }
    return hash;
}

uint64_t th_race_clocks_hash(const th_detector *detector, uint64_t seed) {
    uint64_t hash = th_hash_combine(seed, detector->goroutine_count);
    for (uint32_t g = 0; g < detector->goroutine_count; g++) {
        const th_race_goroutine *goroutine = th_race_goroutine_at(detector, (uint16_t)g);
        if (goroutine == NULL || goroutine->row == 0) continue;
        hash = th_hash_combine(hash, row_hash(detector, goroutine->row - 1, seed));
    }
    uint64_t variables = 0;
    for (uint32_t i = 0; i < detector->variable_capacity; i++) {
        const variable *each = look_variable(detector, i);
        if (each->kind == VARIABLE_NONE || (each->kind == VARIABLE_ATOMIC && !each->mask)) continue;
        const uint64_t key = th_hash_combine(each->key, (uint64_t)each->kind << 8 | each->mask);
        variables += th_hash_combine(key, row_hash(detector, each->row, seed));
    }
    return th_hash_combine(hash, variables);
}

void th_race_clocks_check(const th_detector *detector) {
    uint32_t variables = 0;
    for (uint32_t i = 0; i < detector->variable_capacity; i++) {
        const variable *each = look_variable(detector, i);
        if (each->kind == VARIABLE_NONE) continue;
        variables++;
        TH_ASSERT(each->row < detector->row_count);
    }
    TH_ASSERT(variables == detector->variable_count);
    for (uint32_t g = 0; g < detector->goroutine_count; g++) {
        const th_race_goroutine *goroutine = th_race_goroutine_at(detector, (uint16_t)g);
        if (goroutine == NULL || goroutine->row == 0) continue;
        TH_ASSERT(component(detector, goroutine->row - 1, g) == goroutine->own);
        for (uint32_t other = 0; other < detector->goroutine_count; other++) {
            const th_race_goroutine *known = th_race_goroutine_at(detector, (uint16_t)other);
            const uint32_t own = known == NULL ? 0 : known->own;
            TH_ASSERT(component(detector, goroutine->row - 1, other) <= own);
        }
    }
}

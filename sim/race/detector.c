// An access against those that the shadow still holds of its bytes.
//
// An access is dropped once a later one stands for it: ordered after it, covering its bytes, and in
// conflict with whatever the earlier one is in conflict with. What races with the dropped one then
// races with the other as well, so verdicts stay exact.
#include "sim/race/detector.h"

#include "sim/base/assert.h"
#include "sim/base/hash.h"
#include "sim/memory/memory.h"
#include "sim/race/clocks.h"
#include "sim/race/shadow.h"

#include <stdlib.h>
#include <string.h>

enum { REPORT_SIZE = 128 };
#define STEP_MASK ((UINT64_C(1) << 48) - 1)

_Static_assert(sizeof(th_race_report) <= REPORT_SIZE, "divides a page with room to spare");

static uint8_t conflicts_of(uint8_t role) {
    switch (role) {
    case TH_RACE_PLAIN_READ: return TH_RACE_PLAIN_WRITE | TH_RACE_ATOMIC_WRITE;
    case TH_RACE_PLAIN_WRITE:
        return TH_RACE_PLAIN_READ | TH_RACE_PLAIN_WRITE | TH_RACE_ATOMIC_READ |
               TH_RACE_ATOMIC_WRITE;
    case TH_RACE_ATOMIC_READ: return TH_RACE_PLAIN_WRITE;
    default: return TH_RACE_PLAIN_READ | TH_RACE_PLAIN_WRITE;
    }
}

static bool stands_for(uint8_t role, uint8_t earlier) {
    return (conflicts_of(earlier) & ~conflicts_of(role)) == 0;
}

void th_detector_init(th_detector *detector) {
    *detector = (th_detector){.cell_count = 1};  // index 0: no cell
}

void th_detector_free(th_detector *detector) {
    for (uint32_t i = 0; i < detector->shadow_capacity; i++) th_pages_free(&detector->shadows[i]);
    free(detector->shadows);
    th_pages_free(&detector->cells);
    th_pages_free(&detector->clocks);
    th_pages_free(&detector->variables);
    th_pages_free(&detector->goroutines);
    th_pages_free(&detector->reports);
    *detector = (th_detector){0};
}

void th_detector_copy(th_detector *to, const th_detector *from) {
    if (to == from) return;
    th_race_reserve_shadows(to, from->shadow_count);
    for (uint32_t i = 0; i < from->shadow_count; i++) {
        th_pages_copy(&to->shadows[i], &from->shadows[i]);
    }
    for (uint32_t i = from->shadow_count; i < to->shadow_count; i++) {
        th_pages_free(&to->shadows[i]);
    }
    th_pages_copy(&to->cells, &from->cells);
    th_pages_copy(&to->clocks, &from->clocks);
    th_pages_copy(&to->variables, &from->variables);
    th_pages_copy(&to->goroutines, &from->goroutines);
    th_pages_copy(&to->reports, &from->reports);
    th_detector rest = *from;  // all that lies in no page
    rest.shadows = to->shadows;
    rest.shadow_capacity = to->shadow_capacity;
    rest.cells = to->cells;
    rest.clocks = to->clocks;
    rest.variables = to->variables;
    rest.goroutines = to->goroutines;
    rest.reports = to->reports;
    *to = rest;
}

uint64_t th_detector_hash(const th_detector *detector) {
    return th_hash_combine(detector->cell_hashes[0], th_race_clocks_hash(detector, 0));
}

void th_detector_digest(const th_detector *detector, uint64_t digest[2]) {
    for (uint32_t lane = 0; lane < 2; lane++) {
        digest[lane] =
            th_hash_combine(detector->cell_hashes[lane], th_race_clocks_hash(detector, lane));
    }
}

// One granule's part of an access.
typedef struct part {
    const th_race_access *access;
    uint64_t granule;
    uint32_t row;    // of its goroutine's clock
    uint32_t clock;  // its own component
    uint8_t mask;
    uint8_t role;
} part;

static bool ordered(const th_detector *detector, const part *now, const th_race_cell *earlier) {
    return earlier->g == now->access->g ||
           th_race_knows(detector, now->row, earlier->g) >= earlier->clock;
}

// The latest cell that the part races with; 0: none.
static uint32_t racing_cell(const th_detector *detector, const part *now, uint32_t head) {
    uint32_t latest = 0;
    for (uint32_t i = head; i != 0;) {
        const th_race_cell *earlier = th_race_cell_at(detector, i);
        const uint8_t role = th_race_role_of((th_event_kind)earlier->kind);
        if ((earlier->mask & now->mask) && (conflicts_of(now->role) & role) &&
            !ordered(detector, now, earlier) &&
            (latest == 0 || earlier->step > th_race_cell_at(detector, latest)->step)) {
            latest = i;
        }
        i = earlier->next;
    }
    return latest;
}

static bool replaced(const th_detector *detector, const part *now, const th_race_cell *earlier) {
    return (earlier->mask & ~now->mask) == 0 &&
           stands_for(now->role, th_race_role_of((th_event_kind)earlier->kind)) &&
           ordered(detector, now, earlier);
}

static th_race_cell cell_of(const part *now, uint32_t next) {
    const th_race_access *access = now->access;
    const uint64_t before = access->address < now->granule ? now->granule - access->address : 0;
    return (th_race_cell){
        .step = access->step & STEP_MASK,
        .site = access->site,
        .clock = now->clock,
        .node = access->node,
        .line = access->line,
        .next = next,
        .g = access->g,
        .size = access->size > UINT16_MAX ? UINT16_MAX : (uint16_t)access->size,
        .before = before > UINT16_MAX ? UINT16_MAX : (uint16_t)before,
        .mask = now->mask,
        .kind = access->kind,
    };
}

// Puts the part first, instead of those that it stands for.
static void remember(th_detector *detector, const part *now, uint32_t head) {
    uint32_t kept = 0, last = 0;
    for (uint32_t i = head; i != 0;) {
        const th_race_cell *earlier = th_race_cell_at(detector, i);
        const uint32_t next = earlier->next;
        if (replaced(detector, now, earlier)) {
            th_race_drop_cell(detector, now->granule, i);
        } else if (last == 0) {
            kept = last = i;
        } else {
            if (th_race_cell_at(detector, last)->next != i)
                th_race_cell_own(detector, last)->next = i;
            last = i;
        }
        i = next;
    }
    if (last != 0 && th_race_cell_at(detector, last)->next != 0)
        th_race_cell_own(detector, last)->next = 0;
    const uint32_t index = th_race_take_cell(detector);
    th_race_cell *own = th_race_cell_own(detector, index);
    *own = cell_of(now, kept);
    th_race_count_cell(detector, now->granule, own);
    if (index != head) th_race_set_head(detector, now->granule, index);
}

// Whether the granule's only cell says already what the part would say.
static bool remembered(const th_detector *detector, const part *now, uint32_t head) {
    const th_race_cell *only = head != 0 ? th_race_cell_at(detector, head) : NULL;
    return only != NULL && only->next == 0 && only->g == now->access->g &&
           only->clock == now->clock && only->mask == now->mask &&
           th_race_role_of((th_event_kind)only->kind) == now->role;
}

static th_race_access access_of(uint64_t granule, const th_race_cell *from) {
    uint64_t address = granule - from->before;
    for (uint8_t bit = 1; from->before == 0 && !(from->mask & bit); bit = (uint8_t)(bit << 1)) {
        address++;
    }
    return (th_race_access){
        .address = address,
        .step = from->step,
        .node = from->node,
        .line = from->line,
        .size = from->size,
        .site = (uint16_t)from->site,
        .g = from->g,
        .kind = from->kind,
    };
}

static bool same_lines(const th_race_access *a, const th_race_access *b) {
    return a->line == b->line && a->site == b->site && a->kind == b->kind;
}

// Counts the race with the reports of its lines and address, or keeps it as a new one.
static void count_report(th_detector *detector, th_race_report *report) {
    detector->race_count++;
    for (uint32_t i = 0; i < detector->report_count; i++) {
        const th_race_report *kept = th_detector_report(detector, i);
        if (kept->later.address != report->later.address ||
            !same_lines(&kept->earlier, &report->earlier) ||
            !same_lines(&kept->later, &report->later)) {
            continue;
        }
        th_race_report *own = th_pages_record_own(&detector->reports, i, REPORT_SIZE);
        report->count = ++own->count;
        return;
    }
    report->first = 1;
    report->count = 1;
    if (detector->report_count == TH_RACE_REPORT_MAX) return;
    th_race_report *own =
        th_pages_record_own(&detector->reports, detector->report_count++, REPORT_SIZE);
    *own = *report;
}

const th_race_report *th_detector_report(const th_detector *detector, uint32_t index) {
    TH_ASSERT(index < detector->report_count);
    return th_pages_record(&detector->reports, index, REPORT_SIZE);
}

static th_race_report report_of(const th_detector *detector, const part *now,
                                const th_race_cell *with) {
    th_race_report report = {
        .earlier = access_of(now->granule, with),
        .later = *now->access,
        .why = TH_RACE_NO_RELEASE,
    };
    const th_race_goroutine *other = th_race_goroutine_at(detector, with->g);
    if (other->own > with->clock) {
        report.why = TH_RACE_NO_ACQUIRE;
        report.release_step = other->release_step;
    }
    return report;
}

// Checks and remembers the access in one granule. True, once for all granules of an access, when it
// races.
static bool take_part(th_detector *detector, const part *now, bool reported,
                      th_race_report *report) {
    const uint32_t head = th_race_head(detector, now->granule);
    if (remembered(detector, now, head)) return false;
    const uint32_t with = reported ? 0 : racing_cell(detector, now, head);
    if (with != 0) *report = report_of(detector, now, th_race_cell_at(detector, with));
    // Nothing can touch a freed block any more: its memory is never given out again.
    if (now->access->kind != TH_EVENT_RELEASE) remember(detector, now, head);
    return with != 0;
}

static uint8_t bytes_in(uint64_t granule, const th_race_access *access) {
    const uint64_t from = access->address > granule ? access->address - granule : 0;
    const uint64_t end = access->address + access->size - granule;
    const uint32_t until = end > TH_RACE_GRANULE ? TH_RACE_GRANULE : (uint32_t)end;
    return (uint8_t)((0xffU >> (TH_RACE_GRANULE - until)) & (0xffU << from));
}

static bool take_parts(th_detector *detector, const th_race_access *access, uint8_t role,
                       th_race_report *report) {
    const th_race_goroutine *own = th_race_goroutine_at(detector, access->g);
    TH_ASSERT(own != NULL);
    TH_ASSERT(own->row != 0);
    part now = {.access = access, .row = own->row - 1, .clock = own->own, .role = role};
    const uint64_t end = access->address + access->size;
    bool raced = false;
    for (now.granule = access->address & ~UINT64_C(7); now.granule < end;
         now.granule += TH_RACE_GRANULE) {
        now.mask = bytes_in(now.granule, access);
        if (take_part(detector, &now, raced, report)) raced = true;
    }
    return raced;
}

static void synchronise(th_detector *detector, const th_race_access *access, bool publish) {
    const uint64_t end = access->address + access->size;
    for (uint64_t granule = access->address & ~UINT64_C(7); granule < end;
         granule += TH_RACE_GRANULE) {
        const uint8_t mask = bytes_in(granule, access);
        if (publish) {
            th_race_publish(detector, access->g, granule, mask);
        } else {
            th_race_observe(detector, access->g, granule, mask);
        }
    }
}

bool th_detector_access(th_detector *detector, const th_race_access *access,
                        th_race_report *report) {
    detector->step = access->step;
    const uint8_t role = th_race_role_of((th_event_kind)access->kind);
    if (role == 0 || access->size == 0 || access->address < TH_MEMORY_BASE) return false;
    if (detector->started_count <= 1) return false;
    const bool atomic = (role & (TH_RACE_ATOMIC_READ | TH_RACE_ATOMIC_WRITE)) != 0;
    if (atomic && access->kind != TH_EVENT_ATOMIC_STORE) synchronise(detector, access, false);
    th_race_report found;
    const bool raced = take_parts(detector, access, role, &found);
    if (role == TH_RACE_ATOMIC_WRITE) synchronise(detector, access, true);
    if (!raced) return false;
    count_report(detector, &found);
    if (report != NULL) *report = found;
    return true;
}

static void check_cells(const th_detector *detector, uint64_t granule, uint64_t *hash,
                        uint32_t *count) {
    for (uint32_t i = th_race_head(detector, granule); i != 0;
         i = th_race_cell_at(detector, i)->next) {
        TH_ASSERT(i < detector->cell_count);
        const th_race_cell *each = th_race_cell_at(detector, i);
        TH_ASSERT(each->mask != 0);
        TH_ASSERT(each->clock <= th_race_goroutine_at(detector, each->g)->own);
        *hash += th_race_cell_mark(granule, each, 0);
        (*count)++;
    }
}

void th_detector_check(const th_detector *detector) {
    uint64_t hash = 0;
    uint32_t count = 1;  // cell 0
    for (uint32_t region = 0; region < detector->shadow_count; region++) {
        const uint64_t granules =
            (uint64_t)detector->shadows[region].count * TH_RACE_HEADS_PER_PAGE;
        for (uint64_t i = 0; i < granules; i++) {
            check_cells(detector,
                        TH_MEMORY_BASE + ((uint64_t)region << TH_REGION_SHIFT) +
                            i * TH_RACE_GRANULE,
                        &hash, &count);
        }
    }
    for (uint32_t i = detector->free_cell; i != 0; i = th_race_cell_at(detector, i)->next) count++;
    TH_ASSERT(hash == detector->cell_hashes[0]);
    TH_ASSERT(count == detector->cell_count);
    th_race_clocks_check(detector);
}

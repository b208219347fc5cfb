#include "sim/gomap/source.h"

#include "sim/base/assert.h"
#include "sim/gomap/site.h"

#define TH_SOURCE_FILE "sim/gomap/source.inc"
#include "sim/memory/source_table.inc"

_Static_assert((int)TH_SITE_COUNT <= (int)TH_SITE_SYNC_FIRST,
               "sites of the map and of sync overlap");

bool th_gomap_source(uint16_t site, th_site *out) {
    if (site == TH_SITE_NONE || site >= TH_SITE_COUNT) return false;
    *out = th_source_find(&SOURCE, site);
    return true;
}

// Routines that the runtime has once for each family of key types: names and lines of Go 1.19, by
// th_family.
typedef struct family_routine {
    const char *base;
    const char *names[4];
    uint16_t lines[4];
} family_routine;

static const family_routine FAMILIES[] = {
    {"mapaccess1",
     {"mapaccess1", "mapaccess1_fast32", "mapaccess1_fast64", "mapaccess1_faststr"},
     {395, 13, 13, 13}},
    {"mapassign",
     {"mapassign", "mapassign_fast32", "mapassign_fast64", "mapassign_faststr"},
     {578, 93, 93, 203}},
    {"mapdelete",
     {"mapdelete", "mapdelete_fast32", "mapdelete_fast64", "mapdelete_faststr"},
     {695, 273, 273, 301}},
    {"growWork",
     {"growWork", "growWork_fast32", "growWork_fast64", "growWork_faststr"},
     {1128, 363, 365, 391}},
    {"evacuate",
     {"evacuate", "evacuate_fast32", "evacuate_fast64", "evacuate_faststr"},
     {1152, 374, 376, 402}},
};

static const char *const FILES[] = {"runtime/map.go", "runtime/map_fast32.go",
                                    "runtime/map_fast64.go", "runtime/map_faststr.go"};

static bool same(const char *a, const char *b) {
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

th_routine th_gomap_routine(uint16_t site, th_family family) {
    th_site place;
    const bool known = th_gomap_source(site, &place);
    TH_ASSERT(known);
    th_routine routine = *place.routine;
    for (size_t i = 0; i < sizeof(FAMILIES) / sizeof(FAMILIES[0]); i++) {
        if (!same(routine.name, FAMILIES[i].base)) continue;
        routine.name = FAMILIES[i].names[family];
        routine.file = FILES[family];
        routine.real_line = FAMILIES[i].lines[family];
        break;
    }
    return routine;
}

// Where a site's call or throw stands in Go 1.19's files, by th_family.
typedef struct real_lines {
    uint16_t site;
    uint16_t lines[4];
} real_lines;

static const real_lines REAL_LINES[] = {
    {TH_SITE_ASSIGN_GROW_WORK, {610, 0, 0, 0}},
    {TH_SITE_ASSIGN_HASH_GROW, {658, 0, 0, 0}},
    {TH_SITE_FASSIGN_GROW_WORK, {0, 116, 116, 0}},
    {TH_SITE_FASSIGN_HASH_GROW, {0, 157, 157, 0}},
    {TH_SITE_SASSIGN_GROW_WORK, {0, 0, 0, 227}},
    {TH_SITE_SASSIGN_HASH_GROW, {0, 0, 0, 276}},
    {TH_SITE_DELETE_GROW_WORK, {726, 292, 292, 321}},
    {TH_SITE_WORK_FIRST, {1131, 366, 368, 394}},
    {TH_SITE_WORK_SECOND, {1135, 370, 372, 398}},
    {TH_SITE_EVAC_TOP, {1185, 407, 409, 435}},
    {TH_SITE_GROW_OLDOVERFLOW, {1068, 1068, 1068, 1068}},
};

static uint16_t real_line(uint16_t site, th_family family) {
    for (size_t i = 0; i < sizeof(REAL_LINES) / sizeof(REAL_LINES[0]); i++) {
        if (REAL_LINES[i].site == site) return REAL_LINES[i].lines[family];
    }
    return 0;
}

void th_gomap_calls(const th_map_frame *frame, th_family family, th_calls *calls) {
    const char *inner = "";
    for (uint32_t level = TH_MAP_FRAME_DEPTH; level-- > 0;) {
        th_site place;
        const uint16_t site = frame->pc[level];
        if (!th_gomap_source(site, &place) || place.routine->real_line == 0) continue;
        const th_routine routine = th_gomap_routine(site, family);
        if (same(routine.name, inner)) continue;  // parts of one routine of Go's
        inner = routine.name;
        char name[sizeof(calls->items[0].name)];
        th_source_full_name(routine.file, routine.name, name, sizeof(name));
        th_calls_add(calls, name, routine.file, real_line(site, family));
    }
}

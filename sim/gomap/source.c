#include "sim/gomap/source.h"

#include "sim/base/assert.h"
#include "sim/gomap/site.h"

#include <stdbool.h>
#include <stddef.h>

// The lines of each routine ...
#define L(indent, text) {text, indent},
#define S(site, indent, text) {text, indent},
#define A(site)
#define ROUTINE(id, name, file, line) \
    }                                 \
    ;                                 \
    static const th_source_line LINES_##id[] = {
__attribute__((unused)) static const th_source_line NO_LINES[] = {
    {"", 0},
#include "sim/gomap/source.inc"
};
#undef L
#undef S
#undef A
#undef ROUTINE

// ... the routines ...
#define L(indent, text)
#define S(site, indent, text)
#define A(site)
#define ROUTINE(id, name, file, line) \
    {name, file, line, LINES_##id, sizeof(LINES_##id) / sizeof(LINES_##id[0])},
static const th_routine ROUTINES[] = {
#include "sim/gomap/source.inc"
};
#undef L
#undef S
#undef A
#undef ROUTINE

// ... and the order in which routines, lines and sites follow each other.
typedef enum mark { MARK_ROUTINE, MARK_LINE, MARK_LINE_SITE, MARK_SITE } mark;
#define L(indent, text) MARK_LINE,
#define S(site, indent, text) MARK_LINE_SITE,
#define A(site) MARK_SITE,
#define ROUTINE(id, name, file, line) MARK_ROUTINE,
static const uint8_t MARKS[] = {
#include "sim/gomap/source.inc"
};
#undef L
#undef S
#undef A
#undef ROUTINE

bool th_source_site(uint16_t site, th_site *out) {
    if (site == TH_SITE_NONE || site >= TH_SITE_COUNT) return false;
    int routine = -1;
    int line = -1;
    uint16_t at = TH_SITE_NONE;
    for (size_t i = 0; i < sizeof(MARKS); i++) {
        if (MARKS[i] == MARK_ROUTINE) {
            routine++;
            line = -1;
        }
        if (MARKS[i] == MARK_LINE || MARKS[i] == MARK_LINE_SITE) line++;
        if ((MARKS[i] == MARK_LINE_SITE || MARKS[i] == MARK_SITE) && ++at == site) break;
    }
    TH_ASSERT(at == site);
    *out = (th_site){&ROUTINES[routine], (uint16_t)line};
    return true;
}

// Routines that the runtime has once for each family of key types.
typedef struct family_names {
    const char *base;
    const char *names[4];  // by th_family
} family_names;

static const family_names FAMILY_NAMES[] = {
    {"mapaccess1", {"mapaccess1", "mapaccess1_fast32", "mapaccess1_fast64", "mapaccess1_faststr"}},
    {"mapassign", {"mapassign", "mapassign_fast32", "mapassign_fast64", "mapassign_faststr"}},
    {"mapdelete", {"mapdelete", "mapdelete_fast32", "mapdelete_fast64", "mapdelete_faststr"}},
    {"growWork", {"growWork", "growWork_fast32", "growWork_fast64", "growWork_faststr"}},
    {"evacuate", {"evacuate", "evacuate_fast32", "evacuate_fast64", "evacuate_faststr"}},
};

static bool same(const char *a, const char *b) {
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

const char *th_source_routine_name(uint16_t site, th_family family) {
    th_site place;
    if (!th_source_site(site, &place)) return "";
    for (size_t i = 0; i < sizeof(FAMILY_NAMES) / sizeof(FAMILY_NAMES[0]); i++) {
        if (same(place.routine->name, FAMILY_NAMES[i].base)) return FAMILY_NAMES[i].names[family];
    }
    return place.routine->name;
}

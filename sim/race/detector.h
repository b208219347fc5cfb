// The race detector: which accesses are ordered by nothing. Happens-before, by vector clocks.
//
//     th_detector_start(&detector, 0, 1);                    // time zero: no parent
//     th_detector_start(&detector, 1, 2);                    // go statement
//     th_detector_edge(&detector, TH_HB_RELEASE, g, mutex, 0);
//     if (th_detector_access(&detector, &access, &race)) ... // a race with an earlier access
//
// Exact on the run that was executed: an access is reported if and only if an earlier one touches a
// common byte, one of the two writes, not both are atomic, and no chain of edges orders them. It
// stays exact after the first race.
// Edges: program order, go statements, what th_detector_edge is told (locks, channels, wait groups,
// once, cond: sync/ lists them), and atomic accesses: one that reads the bytes another wrote is
// ordered after it (Go's memory model; sequentially consistent, so a store replaces what it hides).
// Under store buffers a store counts when it is issued, not when it drains.
//
// Until a second goroutine starts nothing is recorded: all of it is ordered before whatever comes.
// Source: "FastTrack: efficient and precise dynamic race detection", Flanagan and Freund, 2009,
// with all accesses kept that a later one cannot stand for.
#ifndef TH_SIM_RACE_DETECTOR_H
#define TH_SIM_RACE_DETECTOR_H

#include "sim/base/limits.h"
#include "sim/memory/event.h"
#include "sim/memory/pages.h"

// One access of one goroutine, as a report names it.
typedef struct th_race_access {
    uint64_t address;
    uint64_t step;  // of the run
    uint32_t node;  // program node
    uint32_t line;  // of the scenario's source, 0: none
    uint32_t size;  // bytes; more than 8 for a block that was freed or cleared
    uint16_t site;  // line of pseudo-source
    uint16_t g;
    uint8_t kind;  // th_event_kind
    uint8_t reserved[3];
} th_race_access;

// Why nothing orders the two.
typedef enum th_race_why {
    TH_RACE_NO_RELEASE,  // the earlier goroutine has told nobody since its access
    TH_RACE_NO_ACQUIRE,  // it has released something since, but nothing that this one acquired
} th_race_why;

typedef struct th_race_report {
    th_race_access earlier, later;
    uint64_t release_step;  // NO_ACQUIRE: of its last release before the later access, else 0
    uint64_t count;         // how many races had this pair of lines and address
    uint8_t why;            // th_race_why
    uint8_t first;          // bool: no report had this pair of lines and address before
    uint8_t reserved[6];
} th_race_report;

// th_sync_edge_kind, one for one.
typedef enum th_hb {
    TH_HB_ACQUIRE,
    TH_HB_RELEASE,
    TH_HB_PUBLISH,
    TH_HB_EXCHANGE,
    TH_HB_RENDEZVOUS,
    TH_HB_HAND,
} th_hb;

// All plain data in pages: copies share them.
typedef struct th_detector {
    th_pages *shadows;  // [region]: for each granule of 8 bytes the index of its first cell
    uint32_t shadow_count, shadow_capacity;
    th_pages cells;           // accesses that may still race
    th_pages clocks;          // rows of vector clocks, `stride` components each
    th_pages variables;       // what was synchronised on: a hash table of addresses
    th_pages goroutines;      // own component, last release ...
    th_pages reports;         // th_race_report, the first of each pair
    uint64_t race_count;      // all races
    uint64_t step;            // the present: of the last access, unless set before an edge is told
    uint64_t cell_hashes[2];  // two independent ones, of all cells
    uint32_t cell_count, free_cell;
    uint32_t row_count, stride;
    uint32_t variable_count, variable_capacity;
    uint32_t goroutine_count;  // slots: the highest number started, plus one
    uint32_t started_count;
    uint32_t report_count;  // kept: at most TH_RACE_REPORT_MAX
    uint32_t reserved;
} th_detector;

void th_detector_init(th_detector *detector);
void th_detector_free(th_detector *detector);
void th_detector_copy(th_detector *to, const th_detector *from);  // `to`: zeroed or used before
// Of all that can influence later verdicts, not of steps and lines.
uint64_t th_detector_hash(const th_detector *detector);
// The same in 128 bits, for those that keep millions and cannot compare them in full.
void th_detector_digest(const th_detector *detector, uint64_t digest[2]);
void th_detector_check(const th_detector *detector);

// `parent` 0: none, at time zero, before anybody's first access. Each goroutine is started once.
void th_detector_start(th_detector *detector, uint16_t parent, uint16_t g);
// `object`: an address (0 where the kind takes none); `other`: of RENDEZVOUS and HAND.
void th_detector_edge(th_detector *detector, th_hb kind, uint16_t g, uint64_t object,
                      uint16_t other);

// The access happens now. True: it races with an earlier one, and `report` (may be NULL) is filled
// in with the latest such. Reads, writes, atomics, TH_EVENT_CLEAR and TH_EVENT_RELEASE (free: a
// write of the whole block) count; other kinds are ignored. An access of a size above 8 is reported
// once, for the first of its bytes that races.
bool th_detector_access(th_detector *detector, const th_race_access *access,
                        th_race_report *report);
// Report `index` of detector->report_count, in order of first sight. `count` is up to date.
const th_race_report *th_detector_report(const th_detector *detector, uint32_t index);
// Whether what goroutine `earlier` did until now is ordered before what `later` does next.
bool th_detector_ordered(const th_detector *detector, uint16_t earlier, uint16_t later);

#endif

// Which accesses race: happens-before by vector clocks, from the recorded events alone.
//
//     th_race_detector *detector = th_race_detector_new();
//     th_race race;
//     th_race_start(detector, parent, child);                   // go statement
//     if (th_race_step(detector, step, event, &race)) ...       // each step, in order
//     th_race_detector_free(detector);
//
// Edges of Go's memory model: a go statement happens before what it starts; steps on one
// synchronisation object, and atomic accesses to one address, happen in the order they were taken.
// That treats every such step as acquire and release at once: it finds fewer races than Go allows
// for (an RUnlock orders later RLocks here), never one that is none. Two plain accesses to a common
// byte, one of them a write and not ordered by edges, race; so do a plain and an atomic one.
// Source: "FastTrack: efficient and precise dynamic race detection", Flanagan and Freund, 2009.
#ifndef TH_SIM_RACE_RACE_H
#define TH_SIM_RACE_RACE_H

#include "sim/memory/event.h"

// An access and the latest earlier one that it races with.
typedef struct th_race {
    uint64_t step, earlier_step;
    uint64_t address;
    uint16_t g, earlier_g;
    uint8_t size;
    bool write, earlier_write;
    bool first;  // the first race at that address
} th_race;

typedef struct th_race_detector th_race_detector;

th_race_detector *th_race_detector_new(void);
void th_race_detector_free(th_race_detector *detector);

// `parent` (0: the scenario itself) starts `child`.
void th_race_start(th_race_detector *detector, uint16_t parent, uint16_t child);

// Takes the event of step `step` in; steps come in order. True: it races, see `race`.
bool th_race_step(th_race_detector *detector, uint64_t step, th_event event, th_race *race);

#endif

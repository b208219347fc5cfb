// What a race detector is told, written down so that it can be told later or to several detectors.
//
//     world.race_log = &log;                       // steps append, and tell world.races nothing
//     raced = th_race_log_tell(log.items, log.count, &detector);
#ifndef TH_SIM_RACE_LOG_H
#define TH_SIM_RACE_LOG_H

#include "sim/race/detector.h"

typedef enum th_race_word_kind { TH_RACE_START, TH_RACE_EDGE, TH_RACE_ACCESS } th_race_word_kind;

typedef struct th_race_word {
    uint8_t kind;       // th_race_word_kind
    uint8_t edge;       // EDGE: th_hb
    uint16_t g, other;  // START: `other` is the parent; EDGE: see th_detector_edge
    uint32_t reserved;
    uint64_t object;        // EDGE
    th_race_access access;  // ACCESS
} th_race_word;

// Append never fails; `items` is reused. Verdicts are those of a detector that is told at once.
// Edges are written down without their steps, so a report's release_step is then not that of the
// release but of the last access before it.
typedef struct th_race_log {
    th_race_word *items;
    uint32_t count, capacity;
} th_race_log;

void th_race_log_append(th_race_log *log, const th_race_word *word);
void th_race_log_free(th_race_log *log);

// Tells the detector all of it, in order. True: an access raced.
bool th_race_log_tell(const th_race_word *words, uint32_t count, th_detector *detector);

#endif

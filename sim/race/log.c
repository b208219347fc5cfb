#include "sim/race/log.h"

#include "sim/base/assert.h"

#include <stdlib.h>

void th_race_log_append(th_race_log *log, const th_race_word *word) {
    if (log->count == log->capacity) {
        log->capacity = log->capacity ? log->capacity * 2 : 16;
        log->items = realloc(log->items, log->capacity * sizeof(*log->items));
        TH_ASSERT(log->items != NULL);
    }
    log->items[log->count++] = *word;
}

void th_race_log_free(th_race_log *log) {
    free(log->items);
    *log = (th_race_log){0};
}

bool th_race_log_tell(const th_race_word *words, uint32_t count, th_detector *detector) {
    bool raced = false;
    for (uint32_t i = 0; i < count; i++) {
        const th_race_word *word = &words[i];
        switch ((th_race_word_kind)word->kind) {
        case TH_RACE_START: th_detector_start(detector, word->other, word->g); break;
        case TH_RACE_EDGE:
            th_detector_edge(detector, (th_hb)word->edge, word->g, word->object, word->other);
            break;
        case TH_RACE_ACCESS:
            raced = th_detector_access(detector, &word->access, NULL) || raced;
            break;
        }
    }
    return raced;
}

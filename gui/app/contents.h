// What the maps and variables of an ended run hold, so that it can be told whether any careful
// order of the same operations could have left that.
//
// With one operation in each goroutine, careful orders are those in which nobody is preempted: what
// they leave is known from running them. Where a goroutine has several operations this says
// nothing, since others may rightly come between them.
#ifndef TH_GUI_APP_CONTENTS_H
#define TH_GUI_APP_CONTENTS_H

#include "sim/script/scenario.h"

typedef struct th_contents {
    uint64_t digest;  // of all keys, values and counts, whatever their slots
    uint64_t live;    // entries in the buckets of all maps
    bool miscounted;  // a map's count is not the number of its entries
} th_contents;

// What careful orders have left. Zeroed memory holds none.
typedef struct th_contents_set {
    th_contents *items;
    uint32_t count, capacity;
} th_contents_set;

// Whether it applies, as far as the scenario has been run: there is a map, and no goroutine has two
// operations on maps or variables on any way through its body.
bool th_contents_tell(const th_scenario *scenario);
th_contents th_contents_of(const th_scenario *scenario, const th_world *end);

void th_contents_add(th_contents_set *set, th_contents contents);
void th_contents_free(th_contents_set *set);

// NULL: a careful order leaves the same. Else one of the texts of gui/scene/explore.h.
const char *th_contents_judge(const th_contents_set *set, th_contents contents);

#endif

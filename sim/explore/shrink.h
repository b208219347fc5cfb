// Making a schedule simpler that leads to the same outcome. Private to sim/explore.
#ifndef TH_SIM_EXPLORE_SHRINK_H
#define TH_SIM_EXPLORE_SHRINK_H

#include "sim/explore/walk.h"

// Changes the finding's schedule to simpler ones of the same class as long as that goes. False:
// stopped, or the schedule did not lead there (walk->error); it is then as it was.
bool th_shrink(th_walk *walk, th_finding *finding);

#endif

// Whether exploring found what the scenario says it must: expect { explore = { ... } }.
#ifndef TH_GUI_EXPLORE_VERIFY_H
#define TH_GUI_EXPLORE_VERIFY_H

#include "sim/explore/explore.h"
#include "sim/script/scenario.h"

// Explores as the scenario says and compares. True: as expected, or nothing is. Else `why` is one
// line.
bool th_explore_verify(th_scenario *scenario, char *why, size_t why_size);

#endif

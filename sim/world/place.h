// Where an access stands: in which routine of the runtime or of sync, on which line of its
// pseudo-source.
#ifndef TH_SIM_WORLD_PLACE_H
#define TH_SIM_WORLD_PLACE_H

#include "sim/memory/source.h"
#include "sim/world/world.h"

// False: the site is none, the step belongs to the scenario's own code.
bool th_place_find(uint16_t site, th_site *out);

// The site's routine as Go has it for the request's map type: mapassign_fast64. `request` may be
// NULL. False: no site, or one in the code that the compiler puts into the caller (real_line 0).
bool th_place_routine(const th_world *world, const th_request *request, uint16_t site,
                      th_routine *out);

#endif

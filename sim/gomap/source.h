// The pseudo-source of the map's routines, and where each access stands in it.
#ifndef TH_SIM_GOMAP_SOURCE_H
#define TH_SIM_GOMAP_SOURCE_H

#include "sim/gomap/gomap.h"
#include "sim/memory/source.h"

// The routine and line of an access site; false for any other number.
bool th_gomap_source(uint16_t site, th_site *out);

// A site's routine as the runtime has it for a family of key types: mapassign_fast64 of
// runtime/map_fast64.go. The site is one.
th_routine th_gomap_routine(uint16_t site, th_family family);

// Adds the runtime's functions that a frame is inside of. Their lines are known where one calls the
// next to move old buckets, and where evacuate and hashGrow throw.
void th_gomap_calls(const th_map_frame *frame, th_family family, th_calls *calls);

#endif

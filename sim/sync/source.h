// The pseudo-source of sync's routines and of channels, and where each step stands in it.
#ifndef TH_SIM_SYNC_SOURCE_H
#define TH_SIM_SYNC_SOURCE_H

#include "sim/memory/source.h"

// The routine and line of an access site; false for any other number.
bool th_sync_source(uint16_t site, th_site *out);

#endif

// Which access site a step of sync/ stands at (source.inc). Private to sim/sync.
#ifndef TH_SIM_SYNC_SITE_H
#define TH_SIM_SYNC_SITE_H

#include "sim/sync/sync.h"

// Of the step that the frame stands before.
uint16_t th_sync_site(const th_sync_frame *frame);
// Where a step is found once it did that; 0: where it stood.
uint16_t th_sync_site_after(uint16_t step, th_sync_did did);

#endif

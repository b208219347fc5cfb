// The functions of package sync that a goroutine is inside of when a program dies, as Go 1.19's
// dump tells of them. Functions of package runtime, which the dump hides, are left out.
#ifndef TH_SIM_SYNC_CALLS_H
#define TH_SIM_SYNC_CALLS_H

#include "sim/memory/source.h"
#include "sim/sync/sync.h"

// Of one that waits.
void th_sync_wait_calls(const th_sync_frame *frame, th_sync_wait_reason why, th_calls *calls);
// Of one whose step was a fatal error.
void th_sync_fatal_calls(const th_sync_frame *frame, th_calls *calls);
// Of one that panicked in a request of that kind, with that text.
void th_sync_panic_calls(th_sync_op op, const char *text, th_calls *calls);

#endif

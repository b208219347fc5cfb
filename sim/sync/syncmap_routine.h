// What the routines of sync/map.go share: syncmap.c, syncmap_locked.c, syncmap_range.c.
#ifndef TH_SIM_SYNC_SYNCMAP_ROUTINE_H
#define TH_SIM_SYNC_SYNCMAP_ROUTINE_H

#include "sim/sync/table.h"

// The tables and flag as the operation has read them, and dirty as it is.
uint64_t th_syncmap_read_m(const th_sync_step *step);
bool th_syncmap_amended(const th_sync_step *step);
uint64_t th_syncmap_dirty(const th_sync_step *step);
uint64_t th_syncmap_key_type(const th_sync_frame *frame);

// Happens-before of an atomic access; of the compare-and-swap at frame->at, and whether it swapped.
void th_syncmap_observed(th_sync_step *step, uint64_t address);
void th_syncmap_published(th_sync_step *step, uint64_t address);
bool th_syncmap_swapped(th_sync_step *step);

// Takes mu and reads again; gives it back.
th_run th_syncmap_lock(th_sync_step *step);
th_run th_syncmap_unlock(th_sync_step *step);
// Ends the operation, or what is left of it under the lock.
th_run th_syncmap_end(th_sync_step *step);
th_run th_syncmap_no_memory(th_sync_step *step);

// Goes to a step that accesses an entry.
th_run th_syncmap_at_entry(th_sync_step *step, uint64_t entry, uint16_t pc);
// Goes to the step that looks the key up in a table; straight to `settled` when the table is nil.
th_run th_syncmap_find(th_sync_step *step, uint64_t table, uint16_t pc,
                       th_run (*settled)(th_sync_step *step, uint64_t entry));
// The entry that this step found; 0: none.
uint64_t th_syncmap_found(const th_sync_step *step);

// Boxes the value to store, once in an operation. False: the region is full.
bool th_syncmap_box(th_sync_step *step);
// A boxed value as the result; the own one, which was stored, not loaded.
void th_syncmap_deliver(th_sync_step *step, uint64_t any);
void th_syncmap_deliver_own(th_sync_step *step);

// read.m is settled: begins to go through it, after giving the lock back if it is held.
th_run th_syncmap_range_start(th_sync_step *step);
// Puts frame->at on the next entry of the iterator frame->read. False: that was the last.
bool th_syncmap_range_advance(th_sync_step *step);

#endif

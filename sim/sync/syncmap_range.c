// Range: over read.m, which has every key once dirty was promoted.
#include "sim/sync/syncmap.h"
#include "sim/sync/syncmap_routine.h"

// Puts frame->at on the next entry. False: that was the last.
bool th_syncmap_range_advance(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const uint64_t iterator = frame->read;
    const uint64_t table = th_table_word(step, iterator + TH_ITERATOR_table);
    const uint64_t taken = th_table_word(step, iterator + TH_ITERATOR_taken);
    const uint64_t count = th_table_count(step, table);
    if (taken == count) return false;
    const uint64_t index = (th_table_word(step, iterator + TH_ITERATOR_start) + taken) % count;
    th_sync_set64(step, iterator + TH_ITERATOR_taken, taken + 1);
    frame->e = th_table_slot(step, table, index);
    frame->at = th_table_word(step, frame->e + TH_SLOT_entry);
    return true;
}

// The map is settled in frame->read; goes through it, after the lock is given back if it is held.
th_run th_syncmap_range_start(th_sync_step *step) {
    const uint64_t iterator = th_table_new_iterator(step, th_syncmap_read_m(step));
    if (iterator == 0) return th_syncmap_no_memory(step);
    step->frame->read = iterator;
    step->frame->result[4] = iterator;
    const bool any = th_syncmap_range_advance(step);
    if (!(step->frame->flags & TH_SYNC_MAP_LOCKED)) {
        return any ? th_sync_go(step, TH_STEP_MAP_RANGE_NEXT) : TH_RUN_DONE;
    }
    if (any) th_sync_push(step, TH_STEP_MAP_RANGE_NEXT);
    return th_syncmap_unlock(step);
}

th_run th_sync_take_MAP_RANGE_NEXT(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const uint64_t p = step->port->access.value;
    th_syncmap_observed(step, frame->at);
    if (p == 0 || p == TH_SYNCMAP_EXPUNGED) {
        return th_syncmap_range_advance(step) ? TH_RUN_YIELD : TH_RUN_DONE;
    }
    th_syncmap_deliver(step, p);
    const uint64_t types = frame->result[2] << 8 | th_table_word(step, frame->e + TH_SLOT_type);
    frame->result[2] = frame->result[0];
    frame->result[3] = frame->result[1];
    frame->result[0] = th_table_word(step, frame->e + TH_SLOT_key);
    frame->result[1] = th_table_word(step, frame->e + TH_SLOT_key + 8);
    frame->result[4] = frame->read | types << TH_SYNC_TYPE_SHIFT;
    return TH_RUN_DONE;
}

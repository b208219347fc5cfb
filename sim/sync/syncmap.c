// The routines of sync/map.go. Names of the steps: routine.h.
//
// Every operation begins with MAP_READ and MAP_FIND, without the lock. What is not settled there
// takes mu, looks again (MAP_READ_AGAIN, MAP_FIND_AGAIN), then into dirty (MAP_FIND_DIRTY): that is
// syncmap_locked.c.
#include "sim/sync/syncmap.h"

#include "sim/sync/syncmap_routine.h"

static th_run find_settled(th_sync_step *step, uint64_t entry);

th_run th_syncmap_no_memory(th_sync_step *step) { return th_sync_fatal(step, "out of memory"); }

uint64_t th_syncmap_key_type(const th_sync_frame *frame) { return frame->type & 0xff; }

static uint64_t mutex_of(const th_sync_frame *frame) { return frame->object + TH_SYNCMAP_mu; }

uint64_t th_syncmap_read_m(const th_sync_step *step) {
    const uint64_t read = step->frame->read;
    return read == 0 ? 0 : th_table_word(step, read + TH_READ_ONLY_m);
}

bool th_syncmap_amended(const th_sync_step *step) {
    const uint64_t read = step->frame->read;
    return read != 0 && th_table_word(step, read + TH_READ_ONLY_amended) != 0;
}

uint64_t th_syncmap_dirty(const th_sync_step *step) {
    return th_table_word(step, step->frame->object + TH_SYNCMAP_dirty);
}

void th_syncmap_observed(th_sync_step *step, uint64_t address) { th_sync_acquired(step, address); }

void th_syncmap_published(th_sync_step *step, uint64_t address) {
    th_sync_edge_add(step->io, TH_EDGE_PUBLISH, step->port->g, address, 0);
}

// A compare-and-swap orders as a load, and when it swapped as a store too.
bool th_syncmap_swapped(th_sync_step *step) {
    th_syncmap_observed(step, step->frame->at);
    if (step->port->access.swapped) th_syncmap_published(step, step->frame->at);
    return step->port->access.swapped;
}

th_run th_syncmap_lock(th_sync_step *step) {
    th_sync_push(step, TH_STEP_MAP_READ_AGAIN);
    return th_sync_call_lock(step, mutex_of(step->frame));
}

th_run th_syncmap_unlock(th_sync_step *step) {
    step->frame->flags &= (uint8_t)~TH_SYNC_MAP_LOCKED;
    return th_sync_call_unlock(step, mutex_of(step->frame));
}

// Ends the operation, or what is left of it under the lock.
th_run th_syncmap_end(th_sync_step *step) {
    if (step->frame->flags & TH_SYNC_MAP_MISS) return th_sync_go(step, TH_STEP_MAP_MISSES);
    return step->frame->flags & TH_SYNC_MAP_LOCKED ? th_syncmap_unlock(step) : TH_RUN_DONE;
}

th_run th_syncmap_at_entry(th_sync_step *step, uint64_t entry, uint16_t pc) {
    step->frame->e = entry;
    step->frame->at = entry;
    return th_sync_go(step, pc);
}

// The step that looks a key up in a table; without one when the table is nil.
th_run th_syncmap_find(th_sync_step *step, uint64_t table, uint16_t pc,
                       th_run (*settled)(th_sync_step *step, uint64_t entry)) {
    if (table == 0) return settled(step, 0);
    th_sync_frame *frame = step->frame;
    const uint64_t slot = th_table_find(step, table, frame->b, th_syncmap_key_type(frame));
    frame->at = slot != 0 ? slot + TH_SLOT_entry : table + TH_TABLE_count;
    frame->e = slot != 0;  // found?
    return th_sync_go(step, pc);
}

uint64_t th_syncmap_found(const th_sync_step *step) {
    return step->frame->e != 0 ? step->port->access.value : 0;
}

// Boxes the value to store, once in an operation.
bool th_syncmap_box(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    if (frame->p == 0) frame->p = th_table_new_any(step, frame->type >> 8, frame->c);
    return frame->p != 0;
}

void th_syncmap_deliver(th_sync_step *step, uint64_t any) {
    uint64_t *result = step->frame->result;
    result[0] = th_table_word(step, any + TH_ANY_value);
    result[1] = th_table_word(step, any + TH_ANY_value + 8);
    result[2] = th_table_word(step, any + TH_ANY_type);
    step->frame->ok = 1;
}

void th_syncmap_deliver_own(th_sync_step *step) {
    th_syncmap_deliver(step, step->frame->p);
    step->frame->ok = 0;
}

uint16_t th_syncmap_first(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    if (frame->op != TH_SYNC_MAP_NEXT) return TH_STEP_MAP_READ;
    frame->read = frame->object;
    frame->result[4] = frame->object;
    return th_syncmap_range_advance(step) ? TH_STEP_MAP_RANGE_NEXT : TH_STEP_NONE;
}

th_run th_sync_take_MAP_READ(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    frame->read = step->port->access.value;
    th_syncmap_observed(step, frame->object + TH_SYNCMAP_read);
    if (frame->op == TH_SYNC_MAP_RANGE)
        return th_syncmap_amended(step) ? th_syncmap_lock(step) : th_syncmap_range_start(step);
    return th_syncmap_find(step, th_syncmap_read_m(step), TH_STEP_MAP_FIND, find_settled);
}

static th_run find_settled(th_sync_step *step, uint64_t entry) {
    const uint8_t op = step->frame->op;
    if (entry != 0) return th_syncmap_at_entry(step, entry, TH_STEP_MAP_ENTRY);
    const bool stores = op == TH_SYNC_MAP_STORE || op == TH_SYNC_MAP_LOAD_OR_STORE;
    return stores || th_syncmap_amended(step) ? th_syncmap_lock(step) : TH_RUN_DONE;
}

th_run th_sync_take_MAP_FIND(th_sync_step *step) {
    return find_settled(step, th_syncmap_found(step));
}

static th_run swap(th_sync_step *step, uint64_t old, uint64_t next) {
    step->frame->old = old;
    step->frame->next = next;
    return th_sync_go(step, TH_STEP_MAP_SWAP);
}

// entry.load, tryStore, tryLoadOrStore, delete: what p says, with or without the lock.
th_run th_sync_take_MAP_ENTRY(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const uint64_t p = step->port->access.value;
    const bool expunged = p == TH_SYNCMAP_EXPUNGED;
    th_syncmap_observed(step, frame->at);
    switch ((th_sync_op)frame->op) {
    case TH_SYNC_MAP_LOAD:
        if (p != 0 && !expunged) th_syncmap_deliver(step, p);
        return th_syncmap_end(step);
    case TH_SYNC_MAP_STORE:
        if (expunged) return th_syncmap_lock(step);
        return th_syncmap_box(step) ? swap(step, p, frame->p) : th_syncmap_no_memory(step);
    case TH_SYNC_MAP_LOAD_OR_STORE:
        if (expunged) return th_syncmap_lock(step);
        if (p == 0)
            return th_syncmap_box(step) ? swap(step, 0, frame->p) : th_syncmap_no_memory(step);
        th_syncmap_deliver(step, p);
        return th_syncmap_end(step);
    default:  // delete
        return p == 0 || expunged ? th_syncmap_end(step) : swap(step, p, 0);
    }
}

th_run th_sync_take_MAP_SWAP(th_sync_step *step) {
    if (!th_syncmap_swapped(step)) return th_sync_go(step, TH_STEP_MAP_ENTRY);
    switch ((th_sync_op)step->frame->op) {
    case TH_SYNC_MAP_STORE: break;
    case TH_SYNC_MAP_LOAD_OR_STORE: th_syncmap_deliver_own(step); break;
    default: th_syncmap_deliver(step, step->frame->old); break;
    }
    return th_syncmap_end(step);
}

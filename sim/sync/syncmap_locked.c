// What the routines of sync/map.go do with mu held.
#include "sim/sync/syncmap.h"
#include "sim/sync/syncmap_routine.h"

static th_run find_again_settled(th_sync_step *step, uint64_t entry);
static th_run find_dirty_settled(th_sync_step *step, uint64_t entry);

static th_run promote(th_sync_step *step) {
    step->frame->next = th_table_new_read_only(step, th_syncmap_dirty(step), false);
    return step->frame->next != 0 ? th_sync_go(step, TH_STEP_MAP_PROMOTE)
                                  : th_syncmap_no_memory(step);
}

th_run th_sync_take_MAP_READ_AGAIN(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    frame->flags |= TH_SYNC_MAP_LOCKED;
    frame->read = step->port->access.value;
    th_syncmap_observed(step, frame->object + TH_SYNCMAP_read);
    if (frame->op == TH_SYNC_MAP_RANGE)
        return th_syncmap_amended(step) ? promote(step) : th_syncmap_range_start(step);
    return th_syncmap_find(step, th_syncmap_read_m(step), TH_STEP_MAP_FIND_AGAIN,
                           find_again_settled);
}

// Load and Delete do the rest with the entry alone, if there is one.
static th_run unlock_to(th_sync_step *step, uint64_t entry) {
    if (entry != 0) {
        th_syncmap_at_entry(step, entry, 0);
        th_sync_push(step, TH_STEP_MAP_ENTRY);
    }
    return th_syncmap_unlock(step);
}

static th_run find_again_settled(th_sync_step *step, uint64_t entry) {
    th_sync_frame *frame = step->frame;
    const bool stores = frame->op == TH_SYNC_MAP_STORE || frame->op == TH_SYNC_MAP_LOAD_OR_STORE;
    if (stores && entry != 0) {
        frame->old = TH_SYNCMAP_EXPUNGED;
        frame->next = 0;
        return th_syncmap_at_entry(step, entry, TH_STEP_MAP_UNEXPUNGE);
    }
    if (!stores && (entry != 0 || !th_syncmap_amended(step))) return unlock_to(step, entry);
    return th_syncmap_find(step, th_syncmap_dirty(step), TH_STEP_MAP_FIND_DIRTY,
                           find_dirty_settled);
}

th_run th_sync_take_MAP_FIND_AGAIN(th_sync_step *step) {
    return find_again_settled(step, th_syncmap_found(step));
}

// storeLocked or tryLoadOrStore of the entry.
static th_run set_entry(th_sync_step *step) {
    if (step->frame->op == TH_SYNC_MAP_LOAD_OR_STORE) {
        return th_syncmap_at_entry(step, step->frame->e, TH_STEP_MAP_ENTRY);
    }
    if (!th_syncmap_box(step)) return th_syncmap_no_memory(step);
    step->frame->next = step->frame->p;
    return th_syncmap_at_entry(step, step->frame->e, TH_STEP_MAP_SET);
}

th_run th_sync_take_MAP_SET(th_sync_step *step) {
    th_syncmap_published(step, step->frame->at);
    return th_syncmap_end(step);
}

// Announces dirty[key] = entry: a new slot's content is there, its count is what the step writes.
static th_run dirty_put(th_sync_step *step, th_value key, uint64_t type, uint64_t entry,
                        uint16_t pc) {
    const uint64_t table = th_syncmap_dirty(step);
    if (!th_table_append(step, table, key, type, entry)) return th_syncmap_no_memory(step);
    step->frame->at = table + TH_TABLE_count;
    step->frame->next = th_table_count(step, table) + 1;
    return th_sync_go(step, pc);
}

th_run th_sync_take_MAP_UNEXPUNGE(th_sync_step *step) {
    const th_sync_frame *frame = step->frame;
    if (!th_syncmap_swapped(step)) return set_entry(step);
    return dirty_put(step, frame->b, th_syncmap_key_type(frame), frame->e, TH_STEP_MAP_DIRTY_PUT);
}

static th_run put_new(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    frame->flags |= TH_SYNC_MAP_NEW;
    frame->e = th_syncmap_box(step) ? th_table_new_entry(step, frame->p) : 0;
    if (frame->e == 0) return th_syncmap_no_memory(step);
    return dirty_put(step, frame->b, th_syncmap_key_type(frame), frame->e, TH_STEP_MAP_DIRTY_PUT);
}

th_run th_sync_take_MAP_DIRTY_PUT(th_sync_step *step) {
    if (!(step->frame->flags & TH_SYNC_MAP_NEW)) return set_entry(step);
    if (step->frame->op == TH_SYNC_MAP_LOAD_OR_STORE) th_syncmap_deliver_own(step);
    return th_syncmap_end(step);
}

// The first new key since a promotion: dirtyLocked.
static th_run make_dirty(th_sync_step *step) {
    step->frame->next = th_table_new(step);
    return step->frame->next != 0 ? th_sync_go(step, TH_STEP_MAP_DIRTY_MAKE)
                                  : th_syncmap_no_memory(step);
}

static th_run find_dirty_settled(th_sync_step *step, uint64_t entry) {
    th_sync_frame *frame = step->frame;
    const uint64_t dirty = th_syncmap_dirty(step);
    frame->e = entry;
    switch ((th_sync_op)frame->op) {
    case TH_SYNC_MAP_LOAD: return th_sync_go(step, TH_STEP_MAP_MISSES);
    case TH_SYNC_MAP_STORE:
    case TH_SYNC_MAP_LOAD_OR_STORE:
        if (entry == 0) return th_syncmap_amended(step) ? put_new(step) : make_dirty(step);
        if (frame->op == TH_SYNC_MAP_LOAD_OR_STORE) frame->flags |= TH_SYNC_MAP_MISS;
        return set_entry(step);
    default:
        if (entry == 0) return th_sync_go(step, TH_STEP_MAP_MISSES);
        frame->at = dirty + TH_TABLE_count;
        frame->next = th_table_count(step, dirty) - 1;
        return th_sync_go(step, TH_STEP_MAP_DIRTY_DELETE);
    }
}

th_run th_sync_take_MAP_FIND_DIRTY(th_sync_step *step) {
    return find_dirty_settled(step, th_syncmap_found(step));
}

// The count that was just written lacks the slot: find it by the count before.
th_run th_sync_take_MAP_DIRTY_DELETE(th_sync_step *step) {
    th_table_remove(step, th_syncmap_dirty(step), step->frame->e, step->frame->next + 1);
    return th_sync_go(step, TH_STEP_MAP_MISSES);
}

// dirtyLocked's loop: nil entries of read become expunged, all others are shared with dirty.
static th_run copy_next(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const uint64_t table = th_syncmap_read_m(step);
    if (frame->count < th_table_count(step, table)) {
        frame->lock = th_table_slot(step, table, frame->count);
        return th_syncmap_at_entry(step, th_table_word(step, frame->lock + TH_SLOT_entry),
                                   TH_STEP_MAP_COPY);
    }
    frame->next = th_table_new_read_only(step, table, true);
    return frame->next != 0 ? th_sync_go(step, TH_STEP_MAP_AMEND) : th_syncmap_no_memory(step);
}

th_run th_sync_take_MAP_DIRTY_MAKE(th_sync_step *step) {
    step->frame->count = 0;
    return copy_next(step);
}

th_run th_sync_take_MAP_COPY(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const uint64_t p = step->port->access.value;
    const uint64_t slot = frame->lock;
    th_syncmap_observed(step, frame->at);
    if (p == 0) {
        frame->old = 0;
        frame->next = TH_SYNCMAP_EXPUNGED;
        return th_sync_go(step, TH_STEP_MAP_EXPUNGE);
    }
    frame->count++;
    if (p == TH_SYNCMAP_EXPUNGED) return copy_next(step);
    const th_value key = {
        {th_table_word(step, slot + TH_SLOT_key), th_table_word(step, slot + TH_SLOT_key + 8)}};
    return dirty_put(step, key, th_table_word(step, slot + TH_SLOT_type), frame->e,
                     TH_STEP_MAP_COPY_PUT);
}

th_run th_sync_take_MAP_EXPUNGE(th_sync_step *step) {
    if (!th_syncmap_swapped(step)) return th_sync_go(step, TH_STEP_MAP_COPY);
    step->frame->count++;
    return copy_next(step);
}

th_run th_sync_take_MAP_COPY_PUT(th_sync_step *step) { return copy_next(step); }

th_run th_sync_take_MAP_AMEND(th_sync_step *step) {
    th_syncmap_published(step, step->frame->object + TH_SYNCMAP_read);
    return put_new(step);
}

// ---- missLocked: enough misses to have paid for a copy, and dirty becomes read.

th_run th_sync_take_MAP_MISSES(th_sync_step *step) {
    step->frame->next = step->port->access.value + 1;
    return th_sync_go(step, TH_STEP_MAP_MISSED);
}

static th_run missed(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    frame->flags &= (uint8_t)~TH_SYNC_MAP_MISS;
    const bool stores = frame->op == TH_SYNC_MAP_LOAD_OR_STORE;
    return stores ? th_syncmap_unlock(step) : unlock_to(step, frame->e);
}

th_run th_sync_take_MAP_MISSED(th_sync_step *step) {
    if (step->frame->next < th_table_count(step, th_syncmap_dirty(step))) return missed(step);
    return promote(step);
}

th_run th_sync_take_MAP_PROMOTE(th_sync_step *step) {
    th_syncmap_published(step, step->frame->object + TH_SYNCMAP_read);
    step->frame->read = step->frame->next;
    step->frame->next = 0;
    return th_sync_go(step, TH_STEP_MAP_PROMOTED);
}

th_run th_sync_take_MAP_PROMOTED(th_sync_step *step) {
    return th_sync_go(step, TH_STEP_MAP_FORGIVEN);
}

th_run th_sync_take_MAP_FORGIVEN(th_sync_step *step) {
    return step->frame->op == TH_SYNC_MAP_RANGE ? th_syncmap_range_start(step) : missed(step);
}

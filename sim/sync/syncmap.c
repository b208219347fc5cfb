// The routines of sync/map.go. Names of the steps: routine.h.
//
// Every operation begins with MAP_READ and MAP_FIND, without the lock. What is not settled there
// takes mu, looks again (MAP_READ_AGAIN, MAP_FIND_AGAIN), then into dirty (MAP_FIND_DIRTY).
#include "sim/sync/syncmap.h"

#include "sim/sync/routine.h"
#include "sim/sync/table.h"

static th_run find_settled(th_sync_step *step, uint64_t entry);
static th_run find_again_settled(th_sync_step *step, uint64_t entry);
static th_run find_dirty_settled(th_sync_step *step, uint64_t entry);

static th_run no_memory(th_sync_step *step) { return th_sync_fatal(step, "out of memory"); }

static uint64_t key_type(const th_sync_frame *frame) { return frame->type & 0xff; }

static uint64_t mutex_of(const th_sync_frame *frame) { return frame->object + TH_SYNCMAP_mu; }

static uint64_t read_m(const th_sync_step *step) {
    const uint64_t read = step->frame->read;
    return read == 0 ? 0 : th_table_word(step, read + TH_READ_ONLY_m);
}

static bool amended(const th_sync_step *step) {
    const uint64_t read = step->frame->read;
    return read != 0 && th_table_word(step, read + TH_READ_ONLY_amended) != 0;
}

static uint64_t dirty_of(const th_sync_step *step) {
    return th_table_word(step, step->frame->object + TH_SYNCMAP_dirty);
}

static void observed(th_sync_step *step, uint64_t address) { th_sync_acquired(step, address); }

static void published(th_sync_step *step, uint64_t address) {
    th_sync_edge_add(step->io, TH_EDGE_PUBLISH, step->port->g, address, 0);
}

// A compare-and-swap orders as a load, and when it swapped as a store too.
static bool swapped(th_sync_step *step) {
    observed(step, step->frame->at);
    if (step->port->access.swapped) published(step, step->frame->at);
    return step->port->access.swapped;
}

static th_run lock(th_sync_step *step) {
    th_sync_push(step, TH_STEP_MAP_READ_AGAIN);
    return th_sync_call_lock(step, mutex_of(step->frame));
}

static th_run unlock(th_sync_step *step) {
    step->frame->flags &= (uint8_t)~TH_SYNC_MAP_LOCKED;
    return th_sync_call_unlock(step, mutex_of(step->frame));
}

// Ends the operation, or what is left of it under the lock.
static th_run end(th_sync_step *step) {
    if (step->frame->flags & TH_SYNC_MAP_MISS) return th_sync_go(step, TH_STEP_MAP_MISSES);
    return step->frame->flags & TH_SYNC_MAP_LOCKED ? unlock(step) : TH_RUN_DONE;
}

static th_run at_entry(th_sync_step *step, uint64_t entry, uint16_t pc) {
    step->frame->e = entry;
    step->frame->at = entry;
    return th_sync_go(step, pc);
}

// The step that looks a key up in a table; without one when the table is nil.
static th_run find(th_sync_step *step, uint64_t table, uint16_t pc,
                   th_run (*settled)(th_sync_step *step, uint64_t entry)) {
    if (table == 0) return settled(step, 0);
    th_sync_frame *frame = step->frame;
    const uint64_t slot = th_table_find(step, table, frame->b, key_type(frame));
    frame->at = slot != 0 ? slot + TH_SLOT_entry : table + TH_TABLE_count;
    frame->e = slot != 0;  // found?
    return th_sync_go(step, pc);
}

static uint64_t found(const th_sync_step *step) {
    return step->frame->e != 0 ? step->port->access.value : 0;
}

// Boxes the value to store, once in an operation.
static bool box(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    if (frame->p == 0) frame->p = th_table_new_any(step, frame->type >> 8, frame->c);
    return frame->p != 0;
}

static void deliver(th_sync_step *step, uint64_t any) {
    uint64_t *result = step->frame->result;
    result[0] = th_table_word(step, any + TH_ANY_value);
    result[1] = th_table_word(step, any + TH_ANY_value + 8);
    result[2] = th_table_word(step, any + TH_ANY_type);
    step->frame->ok = 1;
}

static void deliver_own(th_sync_step *step) {
    deliver(step, step->frame->p);
    step->frame->ok = 0;
}

// ---- Range: over read.m, which holds every key once dirty was promoted.

// Puts frame->at on the next entry. False: that was the last.
static bool range_advance(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const uint64_t iterator = frame->read;
    const uint64_t table = th_table_word(step, iterator + TH_ITERATOR_table);
    const uint64_t taken = th_table_word(step, iterator + TH_ITERATOR_taken);
    const uint64_t count = th_table_count(step, table);
    if (taken == count) return false;
    const uint64_t index =
        (th_table_word(step, iterator + TH_ITERATOR_start) + taken) % count;
    th_sync_set64(step, iterator + TH_ITERATOR_taken, taken + 1);
    frame->e = th_table_slot(step, table, index);
    frame->at = th_table_word(step, frame->e + TH_SLOT_entry);
    return true;
}

// The map is settled in frame->read; goes through it, after the lock is given back if it is held.
static th_run range_start(th_sync_step *step) {
    const uint64_t iterator = th_table_new_iterator(step, read_m(step));
    if (iterator == 0) return no_memory(step);
    step->frame->read = iterator;
    step->frame->result[4] = iterator;
    const bool any = range_advance(step);
    if (!(step->frame->flags & TH_SYNC_MAP_LOCKED)) {
        return any ? th_sync_go(step, TH_STEP_MAP_RANGE_NEXT) : TH_RUN_DONE;
    }
    if (any) th_sync_push(step, TH_STEP_MAP_RANGE_NEXT);
    return unlock(step);
}

th_run th_sync_take_MAP_RANGE_NEXT(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const uint64_t p = step->port->access.value;
    observed(step, frame->at);
    if (p == 0 || p == TH_SYNCMAP_EXPUNGED) {
        return range_advance(step) ? TH_RUN_YIELD : TH_RUN_DONE;
    }
    deliver(step, p);
    const uint64_t types = frame->result[2] << 8 | th_table_word(step, frame->e + TH_SLOT_type);
    frame->result[2] = frame->result[0];
    frame->result[3] = frame->result[1];
    frame->result[0] = th_table_word(step, frame->e + TH_SLOT_key);
    frame->result[1] = th_table_word(step, frame->e + TH_SLOT_key + 8);
    frame->result[4] = frame->read | types << TH_SYNC_TYPE_SHIFT;
    return TH_RUN_DONE;
}

uint16_t th_syncmap_first(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    if (frame->op != TH_SYNC_MAP_NEXT) return TH_STEP_MAP_READ;
    frame->read = frame->object;
    frame->result[4] = frame->object;
    return range_advance(step) ? TH_STEP_MAP_RANGE_NEXT : TH_STEP_NONE;
}

// ---- Without the lock

th_run th_sync_take_MAP_READ(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    frame->read = step->port->access.value;
    observed(step, frame->object + TH_SYNCMAP_read);
    if (frame->op == TH_SYNC_MAP_RANGE) return amended(step) ? lock(step) : range_start(step);
    return find(step, read_m(step), TH_STEP_MAP_FIND, find_settled);
}

static th_run find_settled(th_sync_step *step, uint64_t entry) {
    const uint8_t op = step->frame->op;
    if (entry != 0) return at_entry(step, entry, TH_STEP_MAP_ENTRY);
    const bool stores = op == TH_SYNC_MAP_STORE || op == TH_SYNC_MAP_LOAD_OR_STORE;
    return stores || amended(step) ? lock(step) : TH_RUN_DONE;
}

th_run th_sync_take_MAP_FIND(th_sync_step *step) { return find_settled(step, found(step)); }

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
    observed(step, frame->at);
    switch ((th_sync_op)frame->op) {
    case TH_SYNC_MAP_LOAD:
        if (p != 0 && !expunged) deliver(step, p);
        return end(step);
    case TH_SYNC_MAP_STORE:
        if (expunged) return lock(step);
        return box(step) ? swap(step, p, frame->p) : no_memory(step);
    case TH_SYNC_MAP_LOAD_OR_STORE:
        if (expunged) return lock(step);
        if (p == 0) return box(step) ? swap(step, 0, frame->p) : no_memory(step);
        deliver(step, p);
        return end(step);
    default:  // delete
        return p == 0 || expunged ? end(step) : swap(step, p, 0);
    }
}

th_run th_sync_take_MAP_SWAP(th_sync_step *step) {
    if (!swapped(step)) return th_sync_go(step, TH_STEP_MAP_ENTRY);
    switch ((th_sync_op)step->frame->op) {
    case TH_SYNC_MAP_STORE: break;
    case TH_SYNC_MAP_LOAD_OR_STORE: deliver_own(step); break;
    default: deliver(step, step->frame->old); break;
    }
    return end(step);
}

// ---- With the lock

static th_run promote(th_sync_step *step) {
    step->frame->next = th_table_new_read_only(step, dirty_of(step), false);
    return step->frame->next != 0 ? th_sync_go(step, TH_STEP_MAP_PROMOTE) : no_memory(step);
}

th_run th_sync_take_MAP_READ_AGAIN(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    frame->flags |= TH_SYNC_MAP_LOCKED;
    frame->read = step->port->access.value;
    observed(step, frame->object + TH_SYNCMAP_read);
    if (frame->op == TH_SYNC_MAP_RANGE) return amended(step) ? promote(step) : range_start(step);
    return find(step, read_m(step), TH_STEP_MAP_FIND_AGAIN, find_again_settled);
}

// Load and Delete do the rest with the entry alone, if there is one.
static th_run unlock_to(th_sync_step *step, uint64_t entry) {
    if (entry != 0) {
        at_entry(step, entry, 0);
        th_sync_push(step, TH_STEP_MAP_ENTRY);
    }
    return unlock(step);
}

static th_run find_again_settled(th_sync_step *step, uint64_t entry) {
    th_sync_frame *frame = step->frame;
    const bool stores =
        frame->op == TH_SYNC_MAP_STORE || frame->op == TH_SYNC_MAP_LOAD_OR_STORE;
    if (stores && entry != 0) {
        frame->old = TH_SYNCMAP_EXPUNGED;
        frame->next = 0;
        return at_entry(step, entry, TH_STEP_MAP_UNEXPUNGE);
    }
    if (!stores && (entry != 0 || !amended(step))) return unlock_to(step, entry);
    return find(step, dirty_of(step), TH_STEP_MAP_FIND_DIRTY, find_dirty_settled);
}

th_run th_sync_take_MAP_FIND_AGAIN(th_sync_step *step) {
    return find_again_settled(step, found(step));
}

// storeLocked or tryLoadOrStore of the entry.
static th_run set_entry(th_sync_step *step) {
    if (step->frame->op == TH_SYNC_MAP_LOAD_OR_STORE) {
        return at_entry(step, step->frame->e, TH_STEP_MAP_ENTRY);
    }
    if (!box(step)) return no_memory(step);
    step->frame->next = step->frame->p;
    return at_entry(step, step->frame->e, TH_STEP_MAP_SET);
}

th_run th_sync_take_MAP_SET(th_sync_step *step) {
    published(step, step->frame->at);
    return end(step);
}

// Announces dirty[key] = entry: a new slot's content is there, its count is what the step writes.
static th_run dirty_put(th_sync_step *step, th_value key, uint64_t type, uint64_t entry,
                        uint16_t pc) {
    const uint64_t table = dirty_of(step);
    if (!th_table_append(step, table, key, type, entry)) return no_memory(step);
    step->frame->at = table + TH_TABLE_count;
    step->frame->next = th_table_count(step, table) + 1;
    return th_sync_go(step, pc);
}

th_run th_sync_take_MAP_UNEXPUNGE(th_sync_step *step) {
    const th_sync_frame *frame = step->frame;
    if (!swapped(step)) return set_entry(step);
    return dirty_put(step, frame->b, key_type(frame), frame->e, TH_STEP_MAP_DIRTY_PUT);
}

static th_run put_new(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    frame->flags |= TH_SYNC_MAP_NEW;
    frame->e = box(step) ? th_table_new_entry(step, frame->p) : 0;
    if (frame->e == 0) return no_memory(step);
    return dirty_put(step, frame->b, key_type(frame), frame->e, TH_STEP_MAP_DIRTY_PUT);
}

th_run th_sync_take_MAP_DIRTY_PUT(th_sync_step *step) {
    if (!(step->frame->flags & TH_SYNC_MAP_NEW)) return set_entry(step);
    if (step->frame->op == TH_SYNC_MAP_LOAD_OR_STORE) deliver_own(step);
    return end(step);
}

// The first new key since a promotion: dirtyLocked.
static th_run make_dirty(th_sync_step *step) {
    step->frame->next = th_table_new(step);
    return step->frame->next != 0 ? th_sync_go(step, TH_STEP_MAP_DIRTY_MAKE) : no_memory(step);
}

static th_run find_dirty_settled(th_sync_step *step, uint64_t entry) {
    th_sync_frame *frame = step->frame;
    const uint64_t dirty = dirty_of(step);
    frame->e = entry;
    switch ((th_sync_op)frame->op) {
    case TH_SYNC_MAP_LOAD: return th_sync_go(step, TH_STEP_MAP_MISSES);
    case TH_SYNC_MAP_STORE:
    case TH_SYNC_MAP_LOAD_OR_STORE:
        if (entry == 0) return amended(step) ? put_new(step) : make_dirty(step);
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
    return find_dirty_settled(step, found(step));
}

// The count that was just written lacks the slot: find it by the count before.
th_run th_sync_take_MAP_DIRTY_DELETE(th_sync_step *step) {
    th_table_remove(step, dirty_of(step), step->frame->e, step->frame->next + 1);
    return th_sync_go(step, TH_STEP_MAP_MISSES);
}

// dirtyLocked's loop: nil entries of read become expunged, all others are shared with dirty.
static th_run copy_next(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const uint64_t table = read_m(step);
    if (frame->count < th_table_count(step, table)) {
        frame->lock = th_table_slot(step, table, frame->count);
        return at_entry(step, th_table_word(step, frame->lock + TH_SLOT_entry), TH_STEP_MAP_COPY);
    }
    frame->next = th_table_new_read_only(step, table, true);
    return frame->next != 0 ? th_sync_go(step, TH_STEP_MAP_AMEND) : no_memory(step);
}

th_run th_sync_take_MAP_DIRTY_MAKE(th_sync_step *step) {
    step->frame->count = 0;
    return copy_next(step);
}

th_run th_sync_take_MAP_COPY(th_sync_step *step) {
    th_sync_frame *frame = step->frame;
    const uint64_t p = step->port->access.value;
    const uint64_t slot = frame->lock;
    observed(step, frame->at);
    if (p == 0) {
        frame->old = 0;
        frame->next = TH_SYNCMAP_EXPUNGED;
        return th_sync_go(step, TH_STEP_MAP_EXPUNGE);
    }
    frame->count++;
    if (p == TH_SYNCMAP_EXPUNGED) return copy_next(step);
    const th_value key = {{th_table_word(step, slot + TH_SLOT_key),
                           th_table_word(step, slot + TH_SLOT_key + 8)}};
    return dirty_put(step, key, th_table_word(step, slot + TH_SLOT_type), frame->e,
                     TH_STEP_MAP_COPY_PUT);
}

th_run th_sync_take_MAP_EXPUNGE(th_sync_step *step) {
    if (!swapped(step)) return th_sync_go(step, TH_STEP_MAP_COPY);
    step->frame->count++;
    return copy_next(step);
}

th_run th_sync_take_MAP_COPY_PUT(th_sync_step *step) { return copy_next(step); }

th_run th_sync_take_MAP_AMEND(th_sync_step *step) {
    published(step, step->frame->object + TH_SYNCMAP_read);
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
    return stores ? unlock(step) : unlock_to(step, frame->e);
}

th_run th_sync_take_MAP_MISSED(th_sync_step *step) {
    if (step->frame->next < th_table_count(step, dirty_of(step))) return missed(step);
    return promote(step);
}

th_run th_sync_take_MAP_PROMOTE(th_sync_step *step) {
    published(step, step->frame->object + TH_SYNCMAP_read);
    step->frame->read = step->frame->next;
    step->frame->next = 0;
    return th_sync_go(step, TH_STEP_MAP_PROMOTED);
}

th_run th_sync_take_MAP_PROMOTED(th_sync_step *step) {
    return th_sync_go(step, TH_STEP_MAP_FORGIVEN);
}

th_run th_sync_take_MAP_FORGIVEN(th_sync_step *step) {
    return step->frame->op == TH_SYNC_MAP_RANGE ? range_start(step) : missed(step);
}

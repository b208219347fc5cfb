// The inner maps of a sync.Map: tables in simulated memory.
#ifndef TH_SIM_SYNC_TABLE_H
#define TH_SIM_SYNC_TABLE_H

#include "sim/sync/routine.h"
#include "sim/sync/syncmap.h"

// A word as the step's goroutine sees it: its own stores may still wait in its buffer.
uint64_t th_table_word(const th_sync_step *step, uint64_t address);
uint64_t th_table_count(const th_sync_step *step, uint64_t table);
uint64_t th_table_slot(const th_sync_step *step, uint64_t table, uint64_t index);

// Address of the slot with that key; 0: none. `table` 0: an empty map.
uint64_t th_table_find(const th_sync_step *step, uint64_t table, th_value key, uint64_t type);

// Fresh blocks of the map's object, private until published; 0: the region is full.
uint64_t th_table_new(th_sync_step *step);
uint64_t th_table_new_entry(th_sync_step *step, uint64_t p);
uint64_t th_table_new_any(th_sync_step *step, uint64_t type, th_value value);
uint64_t th_table_new_read_only(th_sync_step *step, uint64_t table, bool amended);
uint64_t th_table_new_iterator(th_sync_step *step, uint64_t table);

// Writes a slot behind the last; the step that announces the new count makes it visible. False: the
// region is full.
bool th_table_append(th_sync_step *step, uint64_t table, th_value key, uint64_t type,
                     uint64_t entry);
// Takes the slot of an entry out of a table that had `count` slots; the step that wrote the count
// less one completes it.
void th_table_remove(th_sync_step *step, uint64_t table, uint64_t entry, uint64_t count);

#endif

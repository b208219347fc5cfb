#include "gui/export/color_table.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/assert.h"

enum { SLOT_BITS = 17 };

bool th_color_table_open(th_color_table *table) {
    *table = (th_color_table){
        .slots = calloc(TH_COLOR_TABLE_SLOTS, sizeof *table->slots),
        .moved = malloc((TH_COLOR_TABLE_MAX + 1) * sizeof *table->moved),
    };
    if (table->slots == NULL || table->moved == NULL) {
        th_color_table_close(table);
        return false;
    }
    return true;
}

void th_color_table_close(th_color_table *table) {
    free(table->slots);
    free(table->moved);
    *table = (th_color_table){0};
}

static uint32_t key_of(uint32_t color, int dropped_bits) {
    const uint32_t kept = 0xffu >> dropped_bits << dropped_bits;
    return 0xff000000u | (color & (kept << 16 | kept << 8 | kept));
}

/* The slot that holds the key, or the free one where it belongs. */
static th_color_slot *probe(th_color_slot *slots, uint32_t key) {
    uint32_t i = (key * 0x9e3779b1u) >> (32 - SLOT_BITS); /* Fibonacci hashing */
    while (slots[i].color != key && slots[i].color != 0) {
        i = (i + 1) & (TH_COLOR_TABLE_SLOTS - 1);
    }
    return &slots[i];
}

static void add_key(th_color_table *table, uint32_t key, uint64_t count) {
    th_color_slot *slot = probe(table->slots, key);
    if (slot->color == 0) {
        slot->color = key;
        table->count++;
    }
    slot->count += count;
}

/* Drops one more bit of each channel. */
static void coarsen(th_color_table *table) {
    int moved_count = 0;
    for (int i = 0; i < TH_COLOR_TABLE_SLOTS; i++) {
        if (table->slots[i].color != 0) {
            table->moved[moved_count++] = table->slots[i];
        }
    }
    memset(table->slots, 0, TH_COLOR_TABLE_SLOTS * sizeof *table->slots);
    table->dropped_bits++;
    table->count = 0;
    for (int i = 0; i < moved_count; i++) {
        add_key(table, key_of(table->moved[i].color, table->dropped_bits), table->moved[i].count);
    }
}

void th_color_table_add(th_color_table *table, uint32_t color, uint64_t count) {
    add_key(table, key_of(color, table->dropped_bits), count);
    while (table->count > TH_COLOR_TABLE_MAX) {
        coarsen(table);
    }
}

void th_color_table_merge(th_color_table *table, const th_color_table *other) {
    while (table->dropped_bits < other->dropped_bits) {
        coarsen(table);
    }
    for (int i = 0; i < TH_COLOR_TABLE_SLOTS; i++) {
        if (other->slots[i].color != 0) {
            th_color_table_add(table, other->slots[i].color, other->slots[i].count);
        }
    }
}

th_color_slot *th_color_table_find(const th_color_table *table, uint32_t color) {
    th_color_slot *slot = probe(table->slots, key_of(color, table->dropped_bits));
    TH_ASSERT(slot->color != 0);
    return slot;
}

/* How often each colour of a clip occurs, and later which palette index it gets.
 *
 * Holds up to TH_COLOR_TABLE_MAX different colours; past that, the low bits of all channels are
 * dropped, one at a time, until they fit again. What a table holds in the end depends on what was
 * added, not on the order or on how it was spread over tables that were merged.
 */
#ifndef TH_GUI_EXPORT_COLOR_TABLE_H
#define TH_GUI_EXPORT_COLOR_TABLE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    TH_COLOR_TABLE_MAX = 1 << 16,  /* frames of panels and text have some ten thousand */
    TH_COLOR_TABLE_SLOTS = 1 << 17 /* so at most half full */
};

typedef struct th_color_slot {
    uint32_t color; /* 0xFFRRGGBB with the dropped bits clear; 0: a free slot */
    uint32_t index; /* in the palette */
    uint64_t count;
} th_color_slot;

typedef struct th_color_table {
    th_color_slot *slots; /* TH_COLOR_TABLE_SLOTS, open addressing, owned */
    th_color_slot *moved; /* room to move all colours to while bits are dropped, owned */
    int count;            /* different colours */
    int dropped_bits;     /* of each channel */
} th_color_table;

/* False if there is not enough memory. */
bool th_color_table_open(th_color_table *table);
void th_color_table_close(th_color_table *table);

/* Adds `count` pixels of a colour (alpha is not looked at). */
void th_color_table_add(th_color_table *table, uint32_t color, uint64_t count);

void th_color_table_merge(th_color_table *table, const th_color_table *other);

/* The slot of a colour that was added. */
th_color_slot *th_color_table_find(const th_color_table *table, uint32_t color);

#endif

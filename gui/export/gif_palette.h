/* The palette of a GIF: the clip's own colours if there are at most 256, otherwise the best found
 * by cutting the colours into boxes of little variance. No dithering: it would make flat areas
 * noisy, and every frame larger.
 */
#ifndef TH_GUI_EXPORT_GIF_PALETTE_H
#define TH_GUI_EXPORT_GIF_PALETTE_H

#include <stdbool.h>
#include <stdint.h>

#include "gui/export/color_table.h"

enum { TH_GIF_COLORS_MAX = 256, TH_GIF_NOT_TRANSPARENT = -1 };

typedef struct th_gif_palette {
    uint32_t colors[TH_GIF_COLORS_MAX]; /* 0xFFRRGGBB */
    int color_count;
    int transparent; /* the index that leaves a pixel as it was, or TH_GIF_NOT_TRANSPARENT */
    int bits;        /* 1..8: the table in the file has 1 << bits entries */
} th_gif_palette;

/* Chooses the colours and sets every slot's index. One index is kept for transparency unless the
 * clip has exactly 256 colours. False if there is not enough memory. */
bool th_gif_palette_build(th_color_table *table, th_gif_palette *palette);

#endif

/* Frames to export in tests and benchmarks: flat panels, text-like marks with soft edges, boxes
 * that move, a log that scrolls now and then, stretches where nothing moves. Some ten thousand
 * colours, as in real frames, or fewer than 256.
 */
#ifndef TH_TESTS_EXPORT_SYNTHETIC_H
#define TH_TESTS_EXPORT_SYNTHETIC_H

#include <stdbool.h>
#include <stdint.h>

#include "gui/export/export.h"

typedef struct th_synthetic_desc {
    int width, height;
    int frame_count;
    bool few_colors;    /* hard edges: fewer than 256 colours */
    bool tells_changes; /* reports rectangles; otherwise leaves it to the export to compare */
    int fail_at;        /* rendering this frame fails, numbered from 1; 0: none */
} th_synthetic_desc;

typedef struct th_synthetic th_synthetic;

th_synthetic *th_synthetic_open(const th_synthetic_desc *desc);
void th_synthetic_close(th_synthetic *synthetic);

/* Borrows the synthetic. */
th_frame_source th_synthetic_source(th_synthetic *synthetic);

/* A whole frame, drawn from nothing, to compare with. */
void th_synthetic_draw(const th_synthetic *synthetic, int index, uint32_t *pixels);

#endif

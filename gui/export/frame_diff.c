#include "gui/export/frame_diff.h"

#include <string.h>

enum { GAP_ROWS = 4 }; /* equal rows that are cheaper to include than a further rectangle */

void th_frame_change_all(int width, int height, th_frame_change *change) {
    change->known = true;
    change->rect_count = 1;
    change->rects[0] = (th_pixel_rect){.x0 = 0, .y0 = 0, .x1 = width, .y1 = height};
}

static void add_row(th_frame_change *change, int y, int x0, int x1) {
    th_pixel_rect *last = change->rects + change->rect_count - 1;
    if (change->rect_count > 0 &&
        (y - last->y1 <= GAP_ROWS || change->rect_count == TH_FRAME_RECTS_MAX)) {
        last->y1 = y + 1;
        last->x0 = x0 < last->x0 ? x0 : last->x0;
        last->x1 = x1 > last->x1 ? x1 : last->x1;
        return;
    }
    change->rects[change->rect_count++] = (th_pixel_rect){.x0 = x0, .y0 = y, .x1 = x1, .y1 = y + 1};
}

void th_frame_diff(uint32_t *previous, const uint32_t *pixels, int width, int height,
                   th_frame_change *change) {
    change->known = true;
    change->rect_count = 0;
    for (int y = 0; y < height; y++) {
        uint32_t *old = previous + (size_t)y * (size_t)width;
        const uint32_t *row = pixels + (size_t)y * (size_t)width;
        if (memcmp(old, row, (size_t)width * sizeof *row) == 0) {
            continue;
        }
        int x0 = 0, x1 = width;
        while (old[x0] == row[x0]) {
            x0++;
        }
        while (old[x1 - 1] == row[x1 - 1]) {
            x1--;
        }
        memcpy(old + x0, row + x0, (size_t)(x1 - x0) * sizeof *row);
        add_row(change, y, x0, x1);
    }
}

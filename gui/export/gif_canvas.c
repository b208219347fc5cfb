#include "gui/export/gif_canvas.h"

#include <stdlib.h>
#include <string.h>

#include "gui/export/gif_lzw.h"

static bool has_transparent(const th_gif_canvas *canvas) {
    return canvas->palette->transparent != TH_GIF_NOT_TRANSPARENT;
}

bool th_gif_canvas_open(th_gif_canvas *canvas, int width, int height, const th_color_table *colors,
                        const th_gif_palette *palette) {
    const size_t size = (size_t)width * (size_t)height;
    *canvas =
        (th_gif_canvas){.colors = colors, .palette = palette, .width = width, .height = height};
    canvas->shown = calloc(1, size);
    if (has_transparent(canvas)) {
        canvas->fresh = malloc(size);
        if (canvas->fresh != NULL) {
            memset(canvas->fresh, palette->transparent, size);
        }
    }
    return canvas->shown != NULL && (canvas->fresh != NULL || !has_transparent(canvas));
}

void th_gif_canvas_close(th_gif_canvas *canvas) {
    free(canvas->shown);
    free(canvas->fresh);
    *canvas = (th_gif_canvas){0};
}

static void grow_changed(th_pixel_rect *changed, int y, int x0, int x1) {
    if (changed->x0 == changed->x1) {
        *changed = (th_pixel_rect){.x0 = x0, .y0 = y, .x1 = x1, .y1 = y + 1};
        return;
    }
    changed->x0 = x0 < changed->x0 ? x0 : changed->x0;
    changed->x1 = x1 > changed->x1 ? x1 : changed->x1;
    changed->y0 = y < changed->y0 ? y : changed->y0;
    changed->y1 = y + 1 > changed->y1 ? y + 1 : changed->y1;
}

static void update_row(th_gif_canvas *canvas, const uint32_t *pixels, int y, int x0, int x1,
                       bool all_new) {
    const size_t start = (size_t)y * (size_t)canvas->width;
    const uint32_t *row = pixels + start;
    uint8_t *shown = canvas->shown + start;
    uint8_t *fresh = canvas->fresh != NULL ? canvas->fresh + start : NULL;
    uint32_t color = ~row[x0]; /* of the run; at first none */
    uint8_t index = 0;
    int first = x1, last = x0 - 1;
    for (int x = x0; x < x1; x++) {
        if (row[x] != color) {
            color = row[x];
            index = (uint8_t)th_color_table_find(canvas->colors, color)->index;
        }
        if (shown[x] == index && !all_new) {
            continue;
        }
        shown[x] = index;
        if (fresh != NULL) {
            fresh[x] = index;
        }
        first = x < first ? x : first;
        last = x;
    }
    if (last >= x0) {
        grow_changed(&canvas->changed, y, first, last + 1);
    }
}

void th_gif_canvas_update(th_gif_canvas *canvas, const uint32_t *pixels,
                          const th_frame_change *change, bool is_first) {
    for (int i = 0; i < change->rect_count; i++) {
        const th_pixel_rect *rect = &change->rects[i];
        for (int y = rect->y0; y < rect->y1 && rect->x0 < rect->x1; y++) {
            update_row(canvas, pixels, y, rect->x0, rect->x1, is_first);
        }
    }
}

void th_gif_canvas_encode(th_gif_canvas *canvas, th_bytes *out, th_pixel_rect *rect) {
    *rect = canvas->changed;
    if (rect->x0 == rect->x1) {
        *rect = (th_pixel_rect){.x0 = 0, .y0 = 0, .x1 = 1, .y1 = 1};
    }
    const uint8_t *indices = canvas->fresh != NULL ? canvas->fresh : canvas->shown;
    const size_t start = (size_t)rect->y0 * (size_t)canvas->width + (size_t)rect->x0;
    th_gif_lzw(indices + start, rect->x1 - rect->x0, rect->y1 - rect->y0, canvas->width,
               canvas->palette->bits, out);
    th_gif_canvas_settle(canvas);
}

void th_gif_canvas_settle(th_gif_canvas *canvas) {
    const th_pixel_rect *changed = &canvas->changed;
    for (int y = changed->y0; canvas->fresh != NULL && y < changed->y1; y++) {
        memset(canvas->fresh + (size_t)y * (size_t)canvas->width + changed->x0,
               canvas->palette->transparent, (size_t)(changed->x1 - changed->x0));
    }
    canvas->changed = (th_pixel_rect){0};
}

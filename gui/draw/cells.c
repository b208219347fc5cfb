#include "gui/draw/cells.h"

#include <stdlib.h>

#include "sim/base/assert.h"

enum { SHIFT = 8, MASK = TH_SUBPIXEL - 1 };

void th_cells_free(th_cells *cells) {
    free(cells->rows);
    free(cells->cells);
    free(cells->spans);
    *cells = (th_cells){0};
}

void th_cells_begin(th_cells *cells, th_pixel_rect clip) {
    int height = clip.y1 - clip.y0;
    TH_ASSERT(height > 0 && clip.x1 > clip.x0);
    if (height > cells->row_capacity) {
        int *rows = realloc(cells->rows, (size_t)height * sizeof rows[0]);
        TH_ASSERT(rows != NULL);
        cells->rows = rows;
        cells->row_capacity = height;
    }
    for (int i = 0; i < height; i++) cells->rows[i] = -1;
    cells->clip = clip;
    cells->count = 0;
    cells->last = -1;
    cells->row_min = clip.y1;
    cells->row_max = clip.y0 - 1;
}

static int new_cell(th_cells *cells) {
    if (cells->count == cells->capacity) {
        int capacity = cells->capacity > 0 ? cells->capacity * 2 : 4096;
        th_cell *grown = realloc(cells->cells, (size_t)capacity * sizeof grown[0]);
        TH_ASSERT(grown != NULL);
        cells->cells = grown;
        cells->capacity = capacity;
    }
    return cells->count++;
}

/* The cell of pixel (x, y), which must lie inside the clip or just left of it. */
static th_cell *cell_at(th_cells *cells, int x, int y) {
    int *head = &cells->rows[y - cells->clip.y0];
    bool near = cells->last >= 0 && cells->last_row == y && cells->cells[cells->last].x <= x;
    int before = -1, i = near ? cells->last : *head;
    while (i >= 0 && cells->cells[i].x < x) {
        before = i;
        i = cells->cells[i].next;
    }
    if (i < 0 || cells->cells[i].x != x) {
        int made = new_cell(cells);
        cells->cells[made] = (th_cell){x, 0, 0, i};
        *(before >= 0 ? &cells->cells[before].next : head) = made;
        i = made;
    }
    cells->last = i;
    cells->last_row = y;
    return &cells->cells[i];
}

static void add(th_cells *cells, int x, int y, int cover, int area) {
    if (x >= cells->clip.x1 || (cover == 0 && area == 0)) return;
    /* What lies left of the clip counts for all pixels to its right, wherever it is. */
    bool left = x < cells->clip.x0;
    th_cell *cell = cell_at(cells, left ? cells->clip.x0 - 1 : x, y);
    cell->cover += cover;
    if (!left) cell->area += area;
}

/* Quotient rounded towards minus infinity; b > 0. */
static int64_t floor_div(int64_t a, int64_t b) {
    int64_t q = a / b;
    return a % b < 0 ? q - 1 : q;
}

/* A piece of a line inside row y, from (xa, ya) to (xb, yb) with ya and yb in 0 to 256. */
static void add_in_row(th_cells *cells, int y, int xa, int ya, int xb, int yb) {
    int cell_a = xa >> SHIFT, cell_b = xb >> SHIFT;
    if (ya == yb) return;
    int clip_x0 = cells->clip.x0;
    if (cell_a == cell_b || (cell_a < clip_x0 && cell_b < clip_x0)) {
        int half = (xa & MASK) + (xb & MASK);
        add(cells, cell_a, y, yb - ya, (yb - ya) * half);
        return;
    }
    if (cell_a >= cells->clip.x1 && cell_b >= cells->clip.x1) return;
    int step = cell_b > cell_a ? 1 : -1;
    int width = xb > xa ? xb - xa : xa - xb;
    int climbed = ya, x = xa;
    for (int cell = cell_a; cell != cell_b; cell += step) {
        int edge = (step > 0 ? cell + 1 : cell) * TH_SUBPIXEL;
        int run = edge > xa ? edge - xa : xa - edge;
        int at = ya + (int)floor_div((int64_t)(yb - ya) * run, width);
        int from = x - cell * TH_SUBPIXEL, to = edge - cell * TH_SUBPIXEL;
        add(cells, cell, y, at - climbed, (at - climbed) * (from + to));
        climbed = at;
        x = edge;
    }
    int from = x - cell_b * TH_SUBPIXEL, to = xb - cell_b * TH_SUBPIXEL;
    add(cells, cell_b, y, yb - climbed, (yb - climbed) * (from + to));
}

static void add_upright(th_cells *cells, int x, int y0, int y1, int first, int last, int sign) {
    int twice = (x & MASK) * 2;
    for (int row = first; row <= last; row++) {
        int top = row * TH_SUBPIXEL;
        int a = y0 > top ? y0 : top, b = y1 < top + TH_SUBPIXEL ? y1 : top + TH_SUBPIXEL;
        add(cells, x >> SHIFT, row, sign * (b - a), sign * (b - a) * twice);
    }
}

void th_cells_line(th_cells *cells, int x0, int y0, int x1, int y1) {
    if (y0 == y1) return;
    int sign = 1;
    if (y0 > y1) {
        int x = x0, y = y0;
        x0 = x1, y0 = y1, x1 = x, y1 = y;
        sign = -1;
    }
    int first = y0 >> SHIFT, last = (y1 - 1) >> SHIFT;
    if (first < cells->clip.y0) first = cells->clip.y0;
    if (last >= cells->clip.y1) last = cells->clip.y1 - 1;
    if (first > last) return;
    if (first < cells->row_min) cells->row_min = first;
    if (last > cells->row_max) cells->row_max = last;
    if (x0 == x1) {
        add_upright(cells, x0, y0, y1, first, last, sign);
        return;
    }
    int64_t dx = x1 - x0, dy = y1 - y0;
    for (int row = first; row <= last; row++) {
        int top = row * TH_SUBPIXEL;
        int a = y0 > top ? y0 : top, b = y1 < top + TH_SUBPIXEL ? y1 : top + TH_SUBPIXEL;
        int xa = x0 + (int)floor_div(dx * (a - y0), dy);
        int xb = x0 + (int)floor_div(dx * (b - y0), dy);
        if (sign > 0) {
            add_in_row(cells, row, xa, a - top, xb, b - top);
        } else {
            add_in_row(cells, row, xb, b - top, xa, a - top);
        }
    }
}

/* Coverage from the winding area of a pixel (256 * 256 * 2 is one full turn around it): inside
 * is where the winding number is not zero. */
static int coverage_of(int area) {
    int full = (area < 0 ? -area : area) >> (SHIFT + 1);
    return full > 255 ? 255 : full;
}

static void put_span(th_cells *cells, int *count, int x, int length, int coverage) {
    if (coverage == 0 || length <= 0) return;
    if (*count == cells->span_capacity) {
        int capacity = cells->span_capacity > 0 ? cells->span_capacity * 2 : 256;
        th_span *spans = realloc(cells->spans, (size_t)capacity * sizeof spans[0]);
        TH_ASSERT(spans != NULL);
        cells->spans = spans;
        cells->span_capacity = capacity;
    }
    cells->spans[(*count)++] = (th_span){x, length, coverage};
}

const th_span *th_cells_row(th_cells *cells, int y, int *count) {
    *count = 0;
    int cover = 0, x = cells->clip.x0;
    for (int i = cells->rows[y - cells->clip.y0]; i >= 0; i = cells->cells[i].next) {
        const th_cell *cell = &cells->cells[i];
        if (cell->x > x) {
            put_span(cells, count, x, cell->x - x, coverage_of(cover * 2 * TH_SUBPIXEL));
        }
        cover += cell->cover;
        if (cell->x >= cells->clip.x0) {
            put_span(cells, count, cell->x, 1, coverage_of(cover * 2 * TH_SUBPIXEL - cell->area));
            x = cell->x + 1;
        }
    }
    put_span(cells, count, x, cells->clip.x1 - x, coverage_of(cover * 2 * TH_SUBPIXEL));
    return cells->spans;
}

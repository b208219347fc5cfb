#include "gui/draw/raster.h"

#include <stdlib.h>
#include <string.h>

#include "gui/draw/hash.h"
#include "gui/draw/marks.h"
#include "sim/base/assert.h"

enum {
    CELL_PX = 32,    /* a cell's side: small cells redraw less, large ones compare faster */
    CHANGED_MAX = 64 /* places of changed commands: when more change, most of the screen does */
};

/* A command that shows, and where. */
typedef struct item {
    const th_command *command;
    th_pixel_rect bounds;
} item;

/* Where a command of the last frame was: the same one in the next frame, which most are, is not
 * measured again. */
typedef struct place {
    uint64_t hash; /* of the command */
    th_pixel_rect bounds;
} place;

struct th_raster_state {
    th_brush brush;
    item *items;   /* of the frame in hand, in painting order */
    place *places; /* of all its commands */
    int item_count, place_count, capacity;
    uint64_t *cells, *cells_before; /* a hash of what touches each cell: this frame, the last */
    int columns, rows;
    th_pixel_rect changed[CHANGED_MAX]; /* where commands were or are that are not as they were */
    int changed_count;                  /* more than CHANGED_MAX: anywhere */
    th_color background;
    bool drawn; /* pixels and cells_before hold a frame */
};

static void allocate(th_raster *raster, int width, int height) {
    struct th_raster_state *state = raster->state;
    TH_ASSERT(width > 0 && width <= TH_RASTER_SIZE_MAX);
    TH_ASSERT(height > 0 && height <= TH_RASTER_SIZE_MAX);
    state->columns = (width + CELL_PX - 1) / CELL_PX;
    state->rows = (height + CELL_PX - 1) / CELL_PX;
    size_t cell_count = (size_t)state->columns * (size_t)state->rows;
    raster->pixels = malloc((size_t)width * (size_t)height * sizeof raster->pixels[0]);
    state->cells = malloc(cell_count * sizeof state->cells[0]);
    state->cells_before = malloc(cell_count * sizeof state->cells[0]);
    TH_ASSERT(raster->pixels != NULL && state->cells != NULL && state->cells_before != NULL);
    raster->width = width;
    raster->height = height;
    raster->pitch = width * (int)sizeof raster->pixels[0];
    state->brush.pixels = raster->pixels;
    state->brush.stride = (size_t)width;
    state->drawn = false;
    state->place_count = 0;
}

static void release(th_raster *raster) {
    free(raster->pixels);
    free(raster->state->cells);
    free(raster->state->cells_before);
}

void th_raster_init(th_raster *raster, th_fonts *fonts, int width, int height) {
    *raster = (th_raster){0};
    raster->state = calloc(1, sizeof *raster->state);
    TH_ASSERT(raster->state != NULL);
    raster->state->brush.fonts = fonts;
    allocate(raster, width, height);
}

void th_raster_free(th_raster *raster) {
    if (raster->state == NULL) return;
    release(raster);
    th_brush_free(&raster->state->brush);
    free(raster->state->items);
    free(raster->state->places);
    free(raster->state);
    *raster = (th_raster){0};
}

void th_raster_resize(th_raster *raster, int width, int height) {
    if (width == raster->width && height == raster->height) return;
    release(raster);
    allocate(raster, width, height);
}

static void reserve(struct th_raster_state *state, int count) {
    if (count <= state->capacity) return;
    state->capacity = count * 2;
    state->items = realloc(state->items, (size_t)state->capacity * sizeof state->items[0]);
    state->places = realloc(state->places, (size_t)state->capacity * sizeof state->places[0]);
    TH_ASSERT(state->items != NULL && state->places != NULL);
}

/* Folds a command into the cells that it touches. A rotation makes the painting order count. */
static void mark_cells(struct th_raster_state *state, th_pixel_rect bounds, uint64_t hash) {
    int first = bounds.x0 / CELL_PX, last = (bounds.x1 - 1) / CELL_PX;
    for (int row = bounds.y0 / CELL_PX; row <= (bounds.y1 - 1) / CELL_PX; row++) {
        uint64_t *cells = state->cells + (size_t)row * (size_t)state->columns;
        for (int i = first; i <= last; i++) cells[i] = (cells[i] << 5 | cells[i] >> 59) + hash;
    }
}

static void note_changed(struct th_raster_state *state, th_pixel_rect bounds) {
    if (th_pixel_rect_empty(bounds)) return;
    if (state->changed_count < CHANGED_MAX) state->changed[state->changed_count] = bounds;
    state->changed_count++;
}

/* Lists the commands that show, hashes the cells and notes what changed. */
static void prepare(th_raster *raster, const th_draw_list *list, th_color background) {
    struct th_raster_state *state = raster->state;
    TH_ASSERT(list->clip_count == 0 && list->alpha_count == 0);
    const th_pixel_rect screen = {0, 0, raster->width, raster->height};
    reserve(state, list->command_count);
    size_t cell_count = (size_t)state->columns * (size_t)state->rows;
    for (size_t i = 0; i < cell_count; i++) state->cells[i] = background;
    state->item_count = 0;
    state->changed_count = background == state->background ? 0 : CHANGED_MAX + 1;
    state->background = background;
    place *at = state->places;
    const place *known = state->places + state->place_count;
    for (size_t used = 0; used < list->used; at++) {
        const th_command *command = (const th_command *)(const void *)(list->arena + used);
        used += command->size;
        const uint64_t hash = th_hash_bytes(command, command->size, 0);
        if (at >= known || at->hash != hash) {
            if (at < known) note_changed(state, at->bounds);
            const th_pixel_rect bounds = th_mark_bounds(command, state->brush.fonts);
            *at = (place){hash, th_pixel_rect_intersect(bounds, screen)};
            note_changed(state, at->bounds);
        }
        if (th_pixel_rect_empty(at->bounds)) continue;
        state->items[state->item_count++] = (item){command, at->bounds};
        mark_cells(state, at->bounds, hash);
    }
    for (; at < known; at++) note_changed(state, at->bounds);
    state->place_count = list->command_count;
}

static void fill_region(th_raster *raster, th_pixel_rect region, th_color color) {
    th_source source = {.color = color | 0xFF000000};
    for (int y = region.y0; y < region.y1; y++) {
        th_blend_span(raster->pixels + (size_t)y * (size_t)raster->width, region.x0, y,
                      region.x1 - region.x0, 255, &source);
    }
}

static void draw_region(th_raster *raster, th_pixel_rect region, th_color background) {
    struct th_raster_state *state = raster->state;
    int first = state->item_count - 1;
    while (first >= 0 && !(th_pixel_rect_inside(region, state->items[first].bounds) &&
                           th_mark_hides(state->items[first].command, region))) {
        first--;
    }
    if (first < 0) {
        fill_region(raster, region, background);
        first = 0;
    }
    for (int i = first; i < state->item_count; i++) {
        th_pixel_rect seen = th_pixel_rect_intersect(state->items[i].bounds, region);
        if (!th_pixel_rect_empty(seen)) {
            th_mark_draw(&state->brush, state->items[i].command, seen);
        }
    }
}

/* Remembers this frame's cells as those of the pixels. */
static void finish(struct th_raster_state *state) {
    uint64_t *before = state->cells_before;
    state->cells_before = state->cells;
    state->cells = before;
    state->drawn = true;
}

static void draw_all(th_raster *raster, th_color background) {
    raster->dirty[0] = (th_pixel_rect){0, 0, raster->width, raster->height};
    raster->dirty_count = 1;
    draw_region(raster, raster->dirty[0], background);
}

void th_raster_draw(th_raster *raster, const th_draw_list *list, th_color background) {
    prepare(raster, list, background);
    draw_all(raster, background);
    finish(raster->state);
}

/* Adds a run of changed cells to the dirty rectangles: below one of the same width, as its
 * continuation. When the list is full the last rectangle grows around all that follows. */
static void add_dirty(th_raster *raster, th_pixel_rect run) {
    for (int i = raster->dirty_count - 1; i >= 0; i--) {
        th_pixel_rect *above = &raster->dirty[i];
        if (above->x0 == run.x0 && above->x1 == run.x1 && above->y1 == run.y0) {
            above->y1 = run.y1;
            return;
        }
    }
    if (raster->dirty_count < TH_RASTER_DIRTY_MAX) {
        raster->dirty[raster->dirty_count++] = run;
        return;
    }
    th_pixel_rect *last = &raster->dirty[TH_RASTER_DIRTY_MAX - 1];
    last->x0 = run.x0 < last->x0 ? run.x0 : last->x0;
    last->x1 = run.x1 > last->x1 ? run.x1 : last->x1;
    last->y1 = run.y1;
}

static void find_dirty(th_raster *raster) {
    const struct th_raster_state *state = raster->state;
    raster->dirty_count = 0;
    for (int row = 0; row < state->rows; row++) {
        const uint64_t *now = state->cells + (size_t)row * (size_t)state->columns;
        const uint64_t *before = state->cells_before + (size_t)row * (size_t)state->columns;
        for (int i = 0; i < state->columns; i++) {
            if (now[i] == before[i]) continue;
            int start = i;
            while (i < state->columns && now[i] != before[i]) i++;
            int x1 = i * CELL_PX, y1 = (row + 1) * CELL_PX;
            add_dirty(raster, (th_pixel_rect){start * CELL_PX, row * CELL_PX,
                                              x1 < raster->width ? x1 : raster->width,
                                              y1 < raster->height ? y1 : raster->height});
        }
    }
}

/* The smallest rectangle around what changed within a rectangle; empty where nothing did. */
static th_pixel_rect tight(const struct th_raster_state *state, th_pixel_rect rect) {
    th_pixel_rect box = {rect.x1, rect.y1, rect.x0, rect.y0};
    for (int i = 0; i < state->changed_count; i++) {
        const th_pixel_rect part = th_pixel_rect_intersect(state->changed[i], rect);
        if (th_pixel_rect_empty(part)) continue;
        box.x0 = part.x0 < box.x0 ? part.x0 : box.x0;
        box.y0 = part.y0 < box.y0 ? part.y0 : box.y0;
        box.x1 = part.x1 > box.x1 ? part.x1 : box.x1;
        box.y1 = part.y1 > box.y1 ? part.y1 : box.y1;
    }
    return box;
}

/* A cell is dirty when anything in it changed; the rest of it need not be drawn again. */
static void tighten_dirty(th_raster *raster) {
    if (raster->state->changed_count > CHANGED_MAX) return;
    int kept = 0;
    for (int i = 0; i < raster->dirty_count; i++) {
        const th_pixel_rect rect = tight(raster->state, raster->dirty[i]);
        if (!th_pixel_rect_empty(rect)) raster->dirty[kept++] = rect;
    }
    raster->dirty_count = kept;
}

void th_raster_draw_dirty(th_raster *raster, const th_draw_list *list, th_color background) {
    prepare(raster, list, background);
    if (raster->state->drawn) {
        find_dirty(raster);
        tighten_dirty(raster);
        for (int i = 0; i < raster->dirty_count; i++) {
            draw_region(raster, raster->dirty[i], background);
        }
    } else {
        draw_all(raster, background);
    }
    finish(raster->state);
}

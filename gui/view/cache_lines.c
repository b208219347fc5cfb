// Cache lines where a scenario asks for them: memory in strips of 64 bytes with what lies in each,
// the cores above, and a wire from each strip to the core that has it.
#include "gui/view/stage.h"

#include "sim/memory/lines.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const float CORE_H = 118, CORE_W_MAX = 340, CORE_GAP = 24;
static const float WIRES_H = 64, WIRE_PITCH = 16, WIRE_MARGIN = 44;
static const float CELL_H_MAX = 112, CELL_H_MIN = 40;
static const float CORE_WIDE = 210;  // a core narrower than that shows numbers without words
static const float TEXT_MIN_W = 38;  // a cell narrower than that has no room for a value

// What a strip takes besides its cells.
typedef struct strip_size {
    float head, ruler, gap;
} strip_size;

static const strip_size ROOMY = {50, 26, 22}, TIGHT = {38, 8, 14};

typedef struct cache_layout {
    th_rect core[TH_SCENE_CORE_MAX];
    th_rect strip[TH_SCENE_CACHE_LINE_MAX];  // head, cells and ruler; those of lines that are shown
    int first, end;                          // of the lines that are shown
    strip_size size;
    float cell_h;
} cache_layout;

bool th_view_has_cache_lines(const th_scene *scene) {
    return scene->cache.asked && scene->cache.line_count > 0 && !scene->map.present;
}

static float strip_height(strip_size size, float cell_h) {
    return size.head + cell_h + size.ruler + size.gap;
}

// Of more lines than fit, those around the one that the step writes to.
static void choose_lines(const th_scene_cache *cache, float room, cache_layout *out) {
    out->size = ROOMY;
    if (room < strip_height(ROOMY, CELL_H_MIN) * (float)cache->line_count) out->size = TIGHT;
    const int fit = (int)fmaxf(1, room / strip_height(out->size, CELL_H_MIN));
    int written = 0;
    for (int i = 0; i < cache->line_count; i++) {
        if (cache->lines[i].written) written = i;
    }
    const int count = fit < cache->line_count ? fit : cache->line_count;
    const int last = cache->line_count - count;
    out->first = written < count ? 0 : written - count / 2;
    if (out->first > last) out->first = last;
    out->end = out->first + count;
}

static void arrange(const th_view *view, th_rect area, cache_layout *out) {
    const th_scene_cache *cache = &view->scene->cache;
    const float cores = (float)cache->core_count;
    const float w = fminf(CORE_W_MAX, (area.w - CORE_GAP * (cores - 1)) / cores);
    // Two cores stand at the two sides, where their wires come down.
    const float apart = cores > 1 ? (area.w - w * cores) / (cores - 1) : 0;
    const float room = area.h - CORE_H - WIRES_H;
    choose_lines(cache, room, out);
    const float lines = (float)(out->end - out->first);
    const float cell = room / lines - strip_height(out->size, 0);
    out->cell_h = fmaxf(CELL_H_MIN, fminf(CELL_H_MAX, cell));
    const float strip_h = strip_height(out->size, out->cell_h);
    float y = area.y + fmaxf(0, (room + out->size.gap - strip_h * lines) * 0.4f);
    for (int i = 0; i < cache->core_count; i++) {
        const float x = cores > 1 ? area.x + (float)i * (w + apart) : area.x + (area.w - w) / 2;
        out->core[i] = (th_rect){x, y, w, CORE_H};
    }
    y += CORE_H + WIRES_H;
    for (int i = out->first; i < out->end; i++) {
        out->strip[i] =
            (th_rect){area.x + WIRE_MARGIN, y, area.w - 2 * WIRE_MARGIN, strip_h - out->size.gap};
        y += strip_h;
    }
}

// What the step's write cost its core.
static void draw_cost(const th_view *view, th_rect core) {
    const th_scene_cache *cache = &view->scene->cache;
    const th_theme_colors *c = &view->theme->color;
    const bool fetches = cache->step_fetches > 0;
    char text[96];
    if (core.w < CORE_WIDE) {
        snprintf(text, sizeof(text), "+%d", (int)cache->step_ticks);
    } else {
        snprintf(text, sizeof(text),
                 th_view_word(view, fetches ? TH_WORD_CACHE_FETCHES : TH_WORD_CACHE_KEEPS),
                 (int)cache->step_ticks);
    }
    const th_type type = th_type_center(th_type_ui(19, 700, fetches ? c->on_accent : c->text));
    const float width = fminf(core.w, th_view_text_width(view, type, text) + 36);
    const th_rect pill = {core.x + (core.w - width) / 2, core.y + core.h - 18, width, 36};
    th_view_fill(view, pill, 999, fetches ? c->accent : c->raised2);
    if (!fetches) th_view_outline(view, pill, 999, c->line2, 1.5f);
    th_view_text(view, type, pill.x + width / 2, pill.y + 18, width - 16, text);
}

static void draw_core(const th_view *view, int index, th_rect rect) {
    const th_scene_core *core = &view->scene->cache.cores[index];
    const th_theme_colors *c = &view->theme->color;
    const uint16_t g = (uint16_t)(index + 1);
    const th_goroutine_style style = th_view_goroutine(view, g);
    const bool runs = g == view->g;
    th_view_fill(view, rect, view->theme->radius.bucket, runs ? style.wash : c->panel);
    th_view_outline(view, rect, view->theme->radius.bucket, runs ? style.fill : c->line2,
                    runs ? 3 : 1.5f);
    const float y = rect.y + 34;
    th_view_badge(view, g, rect.x + 34, y, 18);
    if (rect.w > 140) {
        th_view_text_shrunk(view, th_type_ui(24, 800, style.ink), 14, rect.x + 62, y, rect.w - 72,
                            core->name);
    }
    char number[24], text[64];
    th_view_number(core->ticks, number, sizeof(number));
    if (rect.w < CORE_WIDE) {
        th_view_text_shrunk(view, th_type_mono(26, 700, c->text), 12, rect.x + 16, y + 44,
                            rect.w - 24, number);
        return;
    }
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_CACHE_TICKS), number);
    th_view_text_shrunk(view, th_type_mono(26, 700, c->text), 14, rect.x + 18, y + 44,
                        rect.w * 0.55f - 18, text);
    th_view_number(core->fetch_count, number, sizeof(number));
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_CACHE_TIMES), number);
    th_view_text_shrunk(view, th_type_right(th_type_ui(18, 500, c->dim)), 12, rect.x + rect.w - 16,
                        y + 44, rect.w * 0.45f - 18, text);
}

// From a core down the side of the strips to one of them. Cores of the left half use the left
// side.
static void draw_wire(const th_view *view, const cache_layout *at, int line, uint16_t g,
                      th_stroke stroke, bool arrow) {
    const th_scene_cache *cache = &view->scene->cache;
    if (g == 0 || g > cache->core_count) return;
    const int index = g - 1, half = (cache->core_count + 1) / 2;
    const bool left = index < half;
    const float step =
        fminf(WIRE_PITCH * (float)(left ? index : cache->core_count - 1 - index), WIRE_MARGIN - 18);
    const th_rect strip = at->strip[line], core = at->core[index];
    const float x =
        left ? strip.x - WIRE_MARGIN + 8 + step : strip.x + strip.w + WIRE_MARGIN - 8 - step;
    const float edge = left ? strip.x - 2 : strip.x + strip.w + 2;
    const float y = strip.y + at->size.head + at->cell_h / 2;
    const float turn = core.y + core.h + WIRES_H / 2;
    const bool straight = x > core.x + 12 && x < core.x + core.w - 12;
    const float from = straight ? x : core.x + core.w / 2;
    const th_point way[5] = {th_view_point_px(view, from, core.y + core.h),
                             th_view_point_px(view, from, turn), th_view_point_px(view, x, turn),
                             th_view_point_px(view, x, y), th_view_point_px(view, edge, y)};
    if (straight) {
        const th_point down[3] = {way[0], way[3], way[4]};
        th_draw_polyline(view->list, down, 3, 10 * view->scale, stroke);
    } else {
        th_draw_polyline(view->list, way, 5, 10 * view->scale, stroke);
    }
    if (!arrow) return;
    th_draw_arrow_head(view->list, th_view_point_px(view, edge + (left ? 4 : -4), y),
                       (th_point){left ? 1 : -1, 0}, 24 * view->scale, stroke.color);
}

// The wire of who has the line, and a dashed one of who has just lost it.
static void draw_wires(const th_view *view, const cache_layout *at) {
    const th_scene_cache *cache = &view->scene->cache;
    for (int i = at->first; i < at->end; i++) {
        const th_scene_cache_line *line = &cache->lines[i];
        const float in = line->taken ? cache->at : 1;
        if (line->taken && line->from != 0) {
            const th_color color = th_view_goroutine(view, line->from).fill;
            draw_wire(view, at, i, line->from,
                      th_stroke_dashed(color, th_view_stroke_px(view, 3), 8 * view->scale,
                                       8 * view->scale),
                      false);
        }
        if (line->owner == 0) continue;
        const th_color color = th_color_alpha(th_view_goroutine(view, line->owner).fill, in);
        draw_wire(view, at, i, line->owner, th_stroke_solid(color, th_view_stroke_px(view, 9)),
                  true);
    }
}

// Whose line it is, at the right of a strip's head: the badge in the middle of a patterned tab.
static void draw_owner(const th_view *view, const th_scene_cache_line *line, th_rect strip,
                       float y) {
    const th_theme_colors *c = &view->theme->color;
    const bool arrived = !line->taken || view->scene->cache.at >= 0.5f;
    const uint16_t owner = arrived ? line->owner : line->from;
    if (owner == 0) {
        th_view_text(view, th_type_center(th_type_ui(18, 500, c->dim)), strip.x + strip.w / 2, y, 0,
                     th_view_word(view, TH_WORD_CACHE_NOBODY));
        return;
    }
    const th_goroutine_style style = th_view_goroutine(view, owner);
    char text[64];
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_CACHE_OWNER), (int)owner);
    const th_type type = th_type_ui(21, 800, style.ink);
    const float width = th_view_text_width(view, type, text);
    const bool lost = line->taken && line->from != 0 && arrived;
    const float all = 46 + width + (lost ? 74 : 0);
    float x = strip.x + (strip.w - all) / 2;
    if (lost) {
        th_view_badge(view, line->from, x + 16, y, 14);
        th_view_line(view, x, y + 16, x + 32, y - 16, c->text, 3);
        x += 40;
        const th_point at = th_view_point_px(view, x + 12, y);
        th_icon_caret(view->list, at.x, at.y, 18 * view->scale, false, c->text);
        x += 34;
    }
    th_view_badge(view, owner, x + 16, y, 16);
    th_view_text(view, type, x + 42, y, 0, text);
}

// The part of a strip's row that some bytes take; they may begin or end in another line.
static th_rect bytes_rect(const th_scene_cache_line *line, th_rect row, uint64_t address,
                          uint32_t size) {
    const uint64_t end = line->address + TH_LINE_BYTES;
    const uint64_t first = address > line->address ? address : line->address;
    const uint64_t last = address + size < end ? address + size : end;
    if (last <= first) return (th_rect){0};
    const float byte = row.w / TH_LINE_BYTES;
    return (th_rect){row.x + byte * (float)(first - line->address) + 1.5f, row.y,
                     byte * (float)(last - first) - 3, row.h};
}

static void draw_padding(const th_view *view, const th_scene_object_cell *cell, th_rect rect) {
    const th_theme_colors *c = &view->theme->color;
    const th_paint hatch = {.color = c->cell_empty,
                            .pattern_color = c->line2,
                            .pattern = TH_PATTERN_DIAGONAL,
                            .pitch = 14 * view->scale,
                            .thickness = 2 * view->scale};
    th_view_paint(view, rect, view->theme->radius.cell, hatch);
    if (rect.w < 120) return;
    char text[96];
    snprintf(text, sizeof(text), "%s  %s", cell->label, cell->cell.text);
    const th_type type = th_type_center(th_type_mono(18, 600, c->dim));
    const float w = th_view_text_width(view, type, text) + 24;
    const th_rect ground = {rect.x + (rect.w - w) / 2, rect.y + rect.h / 2 - 15, w, 30};
    th_view_fill(view, ground, view->theme->radius.chip, c->panel);
    th_view_text(view, type, ground.x + w / 2, ground.y + 15, w, text);
}

static void draw_field(const th_view *view, const th_scene_object *object,
                       const th_scene_object_cell *cell, th_rect rect) {
    const th_theme_colors *c = &view->theme->color;
    if (cell->padding) {
        draw_padding(view, cell, rect);
        return;
    }
    const float label_h = fminf(30, fmaxf(18, rect.h * 0.32f));
    const th_rect value = {rect.x, rect.y + label_h, rect.w, rect.h - label_h};
    th_view_cell(view, value, &cell->cell, rect.w < TEXT_MIN_W ? 1 : fminf(34, value.h * 0.5f),
                 c->cell_key);
    th_view_collision(view, value, &cell->cell, fminf(34, value.h * 0.5f));
    if (rect.w < TEXT_MIN_W || cell->index > 0) return;
    char name[96];
    snprintf(name, sizeof(name), "%.40s%s%.40s", object->name, cell->label[0] ? "." : "",
             cell->label);
    const th_type type = th_type_mono(17, 700, c->text);
    const float room = rect.w - 6;
    const bool whole = th_view_text_width(view, type, name) <= room * 1.15f;
    const char *shown = whole || cell->label[0] == 0 ? name : cell->label;
    th_view_text_shrunk(view, type, 11, rect.x + 2, rect.y + label_h * 0.45f, room, shown);
}

static void draw_ruler(const th_view *view, th_rect row, float y) {
    const th_theme_colors *c = &view->theme->color;
    for (int byte = 0; byte <= TH_LINE_BYTES; byte += 8) {
        const float x = row.x + row.w * (float)byte / TH_LINE_BYTES;
        const bool end = byte % TH_LINE_BYTES == 0;
        th_view_line(view, x, y, x, y + (end ? 10 : 6), end ? c->text : c->line2, end ? 2.5f : 1);
        th_type type = th_type_mono(15, 500, c->faint);
        if (byte > 0) type = end ? th_type_right(type) : th_type_center(type);
        th_view_textf(view, type, x, y + 18, 0, "%d", byte);
    }
}

static void draw_strip(const th_view *view, int index, const cache_layout *at) {
    const th_scene *scene = view->scene;
    const th_theme_colors *c = &view->theme->color;
    const th_scene_cache_line *line = &scene->cache.lines[index];
    const th_rect strip = at->strip[index];
    const th_rect box = {strip.x, strip.y, strip.w, at->size.head + at->cell_h + 8};
    const th_rect row = {strip.x + 8, strip.y + at->size.head, strip.w - 16, at->cell_h};
    const th_goroutine_style style = th_view_goroutine(view, line->owner > 0 ? line->owner : 1);
    const float radius = view->theme->radius.button;
    const bool owned = line->owner != 0;
    if (line->taken) {
        th_view_glow(view, box, radius, th_color_alpha(style.fill, scene->cache.at),
                     view->theme->glow.write);
    }
    th_view_fill(view, box, radius, c->panel);
    if (owned) th_view_fill(view, box, radius, style.wash);
    th_view_outline(view, box, radius, owned ? style.fill : c->line2, owned ? 4 : 2);
    const float y = strip.y + at->size.head / 2;
    th_view_wordf(view, th_type_mono(17, 600, c->dim), strip.x + 14, y, strip.w * 0.3f,
                  TH_WORD_CACHE_LINE, line->address);
    char number[24], text[64];
    th_view_number(line->fetch_count, number, sizeof(number));
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_CACHE_MOVED), number);
    th_view_text_shrunk(view, th_type_right(th_type_ui(21, 700, c->text)), 14,
                        strip.x + strip.w - 14, y, strip.w * 0.28f, text);
    draw_owner(view, line, strip, y);
    for (int i = 0; i < scene->object_count; i++) {
        const th_scene_object *object = &scene->objects[i];
        for (int k = object->first; object->in_memory && k < object->first + object->count; k++) {
            const th_scene_object_cell *cell = &scene->cells[k];
            const th_rect rect = bytes_rect(line, row, cell->cell.address, cell->cell.size);
            if (rect.w > 0) draw_field(view, object, cell, rect);
        }
    }
    if (at->size.ruler >= 20) draw_ruler(view, row, strip.y + at->size.head + at->cell_h + 8);
}

void th_view_cache_lines(const th_view *view, th_rect area) {
    const th_scene_cache *cache = &view->scene->cache;
    cache_layout at = {.cell_h = 0};
    arrange(view, area, &at);
    for (int i = at.first; i < at.end; i++) draw_strip(view, i, &at);
    draw_wires(view, &at);
    for (int i = 0; i < cache->core_count; i++) draw_core(view, i, at.core[i]);
    const int hidden = cache->line_count - (at.end - at.first);
    if (hidden > 0) {
        th_view_wordf(view, th_type_center(th_type_ui(17, 600, view->theme->color.dim)),
                      area.x + area.w / 2, area.y + area.h + 4, 0, TH_WORD_MORE, hidden);
    }
    const int writer = (int)view->g - 1;
    if (cache->step_ticks > 0 && writer >= 0 && writer < cache->core_count) {
        draw_cost(view, at.core[writer]);
    }
}

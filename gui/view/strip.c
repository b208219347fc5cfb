// The map's header, in memory order.
#include "gui/view/stage.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const float MARGIN = 18, HEIGHT = 98;

// Widths that the fields ask for, and which of them goes first where room is short.
static const struct {
    float width;
    int drop;  // 0: never
} FIELDS[TH_FIELD_COUNT] = {
    [TH_FIELD_count] = {78, 0},      [TH_FIELD_flags] = {324, 0},    [TH_FIELD_B] = {50, 0},
    [TH_FIELD_noverflow] = {96, 2},  [TH_FIELD_hash0] = {125, 3},    [TH_FIELD_buckets] = {88, 0},
    [TH_FIELD_oldbuckets] = {107, 5}, [TH_FIELD_nevacuate] = {100, 4}, [TH_FIELD_extra] = {68, 1},
};
enum { DROP_MAX = 5 };

static float total_width(int dropped) {
    float total = 0;
    for (int i = 0; i < TH_FIELD_COUNT; i++) {
        if (FIELDS[i].drop == 0 || FIELDS[i].drop > dropped) total += FIELDS[i].width;
    }
    return total;
}

void th_strip_arrange(const th_view *view, th_strip *out) {
    const th_rect stage = view->at->stage;
    *out = (th_strip){
        .rect = {stage.x + MARGIN, stage.y + MARGIN, stage.w - 2 * MARGIN, HEIGHT},
        .dot_y = stage.y + MARGIN + 62,
    };
    int dropped = 0;
    while (dropped < DROP_MAX && total_width(dropped) > out->rect.w) dropped++;
    const float stretch = out->rect.w / total_width(dropped);
    float x = out->rect.x;
    for (int i = 0; i < TH_FIELD_COUNT; i++) {
        if (FIELDS[i].drop != 0 && FIELDS[i].drop <= dropped) continue;
        const float width = FIELDS[i].width * stretch;
        out->cell[i] = (th_rect){x, out->rect.y, width, HEIGHT};
        out->dot_x[i] = x + 20;
        x += width;
    }
}

static void draw_led(const th_view *view, float x, float y, float light, const char *name,
                     float width) {
    const th_theme_colors *c = &view->theme->color;
    const th_point at = th_view_point_px(view, x, y);
    const bool on = light > 0.5f;
    th_icon_led(view->list, view->theme, at.x, at.y, 8 * view->scale, on);
    th_view_text(view, th_type_ui(17, on ? 700 : 500, on ? c->text : c->dim), x + 17, y, width,
                 name);
}

static void draw_flags(const th_view *view, th_rect cell) {
    const th_scene_map *map = &view->scene->map;
    const th_theme_colors *c = &view->theme->color;
    static const char *const names[4] = {"iterator", "oldIterator", "hashWriting", "sameSizeGrow"};
    static const int column[4] = {0, 1, 0, 1}, row[4] = {0, 0, 1, 1};
    const float half = (cell.w - 12) / 2;
    for (int i = 0; i < 4; i++) {
        const float x = cell.x + 20 + (float)column[i] * half * 0.98f;
        draw_led(view, x, cell.y + 48 + (float)row[i] * 30, map->led[i], names[i], half - 26);
    }
    const th_scene_cell *flags = &map->field[TH_FIELD_flags];
    const unsigned value = flags->swapped ? map->header.flags : map->before.flags;
    th_view_textf(view, th_type_right(th_type_mono(16, 500, c->dim)), cell.x + cell.w - 12,
                  cell.y + 19, 0, "%s = %u", flags->swapped ? flags->text : flags->old_text, value);
}

static bool is_pointer(int field) {
    return field == TH_FIELD_buckets || field == TH_FIELD_oldbuckets || field == TH_FIELD_extra;
}

static void draw_value(const th_view *view, int field, th_rect cell) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_cell *value = &view->scene->map.field[field];
    const char *text = value->swapped ? value->text : value->old_text;
    const float y = cell.y + 61;
    if (is_pointer(field) && strcmp(text, "nil") != 0) {
        const th_point dot = th_view_point_px(view, cell.x + 20, y);
        th_draw_circle(view->list, dot, 7 * view->scale, th_paint_solid(c->accent));
        return;
    }
    const bool quiet = strcmp(text, "0") == 0 || strcmp(text, "nil") == 0;
    const bool writes = value->writer != 0 && value->writer == view->g;
    th_color ink = quiet ? c->dim : c->text;
    if (writes && value->writer_in > 0.5f) ink = th_view_goroutine(view, value->writer).on;
    const float size = field == TH_FIELD_hash0 ? 20 : view->theme->font.hmap_value;
    th_type type = th_type_mono(size, quiet && !writes ? 500 : 700, ink);
    while (type.size > 14 && th_view_text_width(view, type, text) > cell.w - 16) type.size -= 1;
    th_view_text(view, type, cell.x + 12, y, cell.w - 14, text);
}

// The whole field is the cell that is read or written.
static void draw_access(const th_view *view, const th_scene_cell *cell, th_rect rect) {
    const float radius = view->theme->radius.chip;
    const th_rect inner = {rect.x + 4, rect.y + 5, rect.w - 8, rect.h - 10};
    if (cell->write_trail != 0 && cell->writer == 0) {
        const th_goroutine_style style = th_view_goroutine(view, cell->write_trail);
        th_view_outline(view, inner, radius, th_color_alpha(style.fill, 0.8f * cell->write_alpha),
                        2);
    } else if (cell->read_trail != 0 && cell->reader == 0 && cell->writer == 0) {
        const th_goroutine_style style = th_view_goroutine(view, cell->read_trail);
        th_view_dashed(view, inner, radius, th_color_alpha(style.fill, 0.7f * cell->read_alpha), 2,
                       5, 4);
    }
    const uint16_t gs[2] = {cell->reader, cell->writer};
    for (int i = 0; i < 2; i++) {
        if (gs[i] == 0) continue;
        const th_goroutine_style style = th_view_goroutine(view, gs[i]);
        const bool current = gs[i] == view->g;
        const float in = i == 0 ? cell->reader_in : cell->writer_in;
        if (i == 1 && current) {
            th_view_glow(view, inner, radius, th_color_alpha(style.fill, in),
                         view->theme->glow.write);
            th_view_clip(view, (th_rect){inner.x, inner.y, inner.w * in, inner.h});
            th_view_paint(view, inner, radius, th_theme_fill(style, 8));
            th_view_unclip(view);
            continue;
        }
        th_view_fill(view, inner, radius, th_color_alpha(style.wash, current ? in : 0.6f));
        th_view_outline(view, inner, radius, th_color_alpha(style.fill, in), current ? 4 : 2);
    }
}

static void draw_badges(const th_view *view, const th_scene_cell *cell, th_rect rect) {
    const uint16_t gs[2] = {cell->reader, cell->writer == cell->reader ? 0 : cell->writer};
    float x = rect.x + rect.w - 14;
    for (int i = 1; i >= 0; i--) {
        if (gs[i] == 0) continue;
        const th_point at = th_view_point_px(view, x, rect.y + rect.h - 4);
        th_icon_badge_outlined(view->list, view->theme, gs[i] - 1, at.x, at.y, 12 * view->scale,
                               view->theme->color.stage);
        x -= 26;
    }
}

// A collision on a header field has no room for split values: the burst, and both badges.
static void draw_collision(const th_view *view, const th_scene_cell *cell, th_rect rect) {
    if (cell->collision < 0) return;
    const th_scene_collision *collision = &view->scene->collisions[cell->collision];
    const th_rect px = th_view_rect_px(view, th_rect_inset(rect, 5));
    if (collision->burst <= 0) return;
    th_icon_burst(view->list, view->theme, px.x + px.w / 2, px.y + px.h / 2, px.w * 0.9f, px.h * 0.8f,
                  collision->burst);
    th_view_fill(view, th_rect_inset(rect, 6), view->theme->radius.chip, view->theme->color.panel);
    th_view_outline(view, th_rect_inset(rect, 4), view->theme->radius.chip, view->theme->color.alert,
                    3);
}

void th_view_strip(const th_view *view, const th_strip *strip) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_map *map = &view->scene->map;
    static const char *const names[TH_FIELD_COUNT] = {
#define X(name, offset, size) #name,
        TH_HMAP_FIELDS(X)
#undef X
    };
    th_view_fill(view, strip->rect, view->theme->radius.bucket, c->panel);
    th_view_outline(view, strip->rect, view->theme->radius.bucket, c->line2, 1.5f);
    for (int i = 0; i < TH_FIELD_COUNT; i++) {
        const th_rect cell = strip->cell[i];
        if (cell.w <= 0) continue;
        if (cell.x > strip->rect.x + 1) {
            th_view_line(view, cell.x, cell.y + 10, cell.x, cell.y + cell.h - 10, c->line, 1);
        }
        draw_collision(view, &map->field[i], cell);
        draw_access(view, &map->field[i], cell);
        const bool filled = map->field[i].writer != 0 && map->field[i].writer == view->g &&
                            map->field[i].writer_in > 0.5f;
        const th_color ink =
            filled ? th_view_goroutine(view, map->field[i].writer).on : c->dim;
        th_view_text(view, th_type_ui(view->theme->font.label, 600, ink), cell.x + 12, cell.y + 19,
                     cell.w - 14, names[i]);
        if (i == TH_FIELD_flags) draw_flags(view, cell);
        else draw_value(view, i, cell);
        draw_badges(view, &map->field[i], cell);
        th_view_hit(view, cell, TH_ACTION_FILTER, map->field[i].address);
        th_view_hover(view, cell, map->field[i].address);
    }
}

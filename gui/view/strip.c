// The map's header, in memory order.
#include "gui/view/stage.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const float MARGIN = 18, HEIGHT = 98, MAPS_H = 30;

// Widths that the fields ask for, and which of them goes first where room is short.
static const struct {
    float width;
    int drop;  // 0: never
} FIELDS[TH_FIELD_COUNT] = {
    [TH_FIELD_count] = {78, 0},       [TH_FIELD_flags] = {324, 0},     [TH_FIELD_B] = {50, 0},
    [TH_FIELD_noverflow] = {96, 2},   [TH_FIELD_hash0] = {125, 3},     [TH_FIELD_buckets] = {88, 0},
    [TH_FIELD_oldbuckets] = {107, 5}, [TH_FIELD_nevacuate] = {100, 4}, [TH_FIELD_extra] = {68, 1},
};
enum { DROP_MAX = 5 };
// Fields are made a little narrower than they ask for before one is left out.
static const float SQUEEZE = 0.86F;

static float total_width(int dropped) {
    float total = 0;
    for (int i = 0; i < TH_FIELD_COUNT; i++) {
        if (FIELDS[i].drop == 0 || FIELDS[i].drop > dropped) total += FIELDS[i].width;
    }
    return total;
}

void th_strip_arrange(const th_view *view, th_strip *out) {
    th_rect stage = view->at->stage;
    if (view->scene->map_count > 0) stage.y += MAPS_H;  // chips stand above
    *out = (th_strip){
        .rect = {stage.x + MARGIN, stage.y + MARGIN, stage.w - 2 * MARGIN, HEIGHT},
        .dot_y = stage.y + MARGIN + 62,
    };
    int dropped = 0;
    while (dropped < DROP_MAX && total_width(dropped) * SQUEEZE > out->rect.w) dropped++;
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
    th_view_text_shrunk(view, th_type_ui(17, on ? 700 : 500, on ? c->text : c->dim), 13, x + 17, y,
                        width, name);
}

// The rectangle that stands for the field's bytes: what is ringed when it is read and filled when
// it is written.
static th_rect value_rect(int field, th_rect cell) {
    if (field == TH_FIELD_flags) return (th_rect){cell.x + cell.w - 102, cell.y + 6, 96, 26};
    return (th_rect){cell.x + 5, cell.y + 36, cell.w - 10, 50};
}

static bool writes_now(const th_view *view, const th_scene_cell *cell) {
    return cell->writer != 0 && cell->writer == view->g;
}

static th_color ink_of(const th_view *view, const th_scene_cell *cell, th_color quiet) {
    const bool filled = writes_now(view, cell) && cell->writer_in > 0.5f;
    return filled ? th_view_goroutine(view, cell->writer).on : quiet;
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
    const bool touched = flags->writer != 0 || flags->reader != 0;
    th_view_textf(view,
                  th_type_right(th_type_mono(16, touched ? 700 : 500, ink_of(view, flags, c->dim))),
                  cell.x + cell.w - 12, cell.y + 19, 0, "%s = %u",
                  flags->swapped ? flags->text : flags->old_text, value);
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
    const bool quiet = (strcmp(text, "0") == 0 || strcmp(text, "nil") == 0) && value->writer == 0 &&
                       value->reader == 0;
    const float size = field == TH_FIELD_hash0 ? 20 : view->theme->font.hmap_value;
    const th_type type =
        th_type_mono(size, quiet ? 500 : 700, ink_of(view, value, quiet ? c->dim : c->text));
    th_view_text_shrunk(view, type, 14, cell.x + 12, y, cell.w - 22, text);
}

static void draw_trail(const th_view *view, const th_scene_cell *cell, th_rect rect, float radius) {
    if (cell->writer != 0) return;
    if (cell->write_trail != 0) {
        const th_goroutine_style style = th_view_goroutine(view, cell->write_trail);
        th_view_fill(view, rect, radius, th_color_alpha(style.wash, cell->write_alpha));
        th_view_outline(view, rect, radius,
                        th_color_alpha(style.fill, 0.3f + 0.6f * cell->write_alpha), 2);
    } else if (cell->read_trail != 0 && cell->reader == 0) {
        const th_goroutine_style style = th_view_goroutine(view, cell->read_trail);
        th_view_dashed(view, rect, radius,
                       th_color_alpha(style.fill, 0.2f + 0.6f * cell->read_alpha), 2, 5, 4);
    }
}

static void draw_access(const th_view *view, int field, th_rect cell_rect) {
    const th_scene_cell *cell = &view->scene->map.field[field];
    const th_rect rect = value_rect(field, cell_rect);
    const float radius = view->theme->radius.chip;
    draw_trail(view, cell, rect, radius);
    if (cell->reader != 0) {
        const th_goroutine_style style = th_view_goroutine(view, cell->reader);
        const bool current = cell->reader == view->g;
        const float out = (1 - cell->reader_in) * 10;
        th_view_fill(view, rect, radius,
                     th_color_alpha(style.wash, current ? cell->reader_in : 0.6f));
        th_view_outline(view, th_rect_inset(rect, -out), radius + out,
                        th_color_alpha(style.fill, cell->reader_in), current ? 4 : 2);
    }
    if (cell->writer == 0) return;
    const th_goroutine_style style = th_view_goroutine(view, cell->writer);
    if (!writes_now(view, cell)) {
        th_view_fill(view, rect, radius, style.wash);
        th_view_outline(view, rect, radius, style.fill, 2);
        return;
    }
    th_view_glow(view, rect, radius, th_color_alpha(style.fill, cell->writer_in),
                 view->theme->glow.write);
    th_view_clip(view, (th_rect){rect.x, rect.y, rect.w * cell->writer_in, rect.h});
    th_view_paint(view, rect, radius, th_theme_fill(style, 8));
    th_view_unclip(view);
}

static void draw_badges(const th_view *view, const th_scene_cell *cell, th_rect rect) {
    const th_scene *scene = view->scene;
    float x = rect.x + rect.w - 16;
    for (int i = 0; i < scene->mark_count; i++) {
        const th_scene_mark *mark = &scene->marks[i];
        if (mark->trail || mark->address >= cell->address + cell->size ||
            cell->address >= mark->address + mark->size) {
            continue;
        }
        const th_point at = th_view_point_px(view, x, rect.y + rect.h);
        th_icon_badge_outlined(view->list, view->theme, mark->g - 1, at.x, at.y, 12 * view->scale,
                               view->theme->color.stage);
        x -= 28;
    }
}

// A field is too small for two values: the burst behind it, in a frame of its own.
static void draw_collision(const th_view *view, int field, th_rect cell_rect) {
    const th_scene_cell *cell = &view->scene->map.field[field];
    if (cell->collision < 0) return;
    const th_scene_collision *collision = &view->scene->collisions[cell->collision];
    if (collision->burst <= 0) return;
    const th_theme_colors *c = &view->theme->color;
    const th_rect rect =
        field == TH_FIELD_flags ? th_rect_inset(cell_rect, 6) : value_rect(field, cell_rect);
    const th_rect px = th_view_rect_px(view, rect);
    th_icon_burst(view->list, view->theme, px.x + px.w / 2, px.y + px.h / 2, px.w, px.h,
                  collision->burst);
    th_view_fill(view, th_rect_inset(rect, -3), view->theme->radius.button, c->panel);
    th_view_outline(view, th_rect_inset(rect, -5), view->theme->radius.button, c->alert, 3);
}

// What killed the program: the flag that was not as its goroutine expected.
static void draw_culprit(const th_view *view, th_rect cell) {
    const th_scene_failure *failure = &view->scene->failure;
    if (!failure->present || failure->cause_count == 0) return;
    const th_rect led = {cell.x + 5, cell.y + 63, (cell.w - 12) / 2 - 4, 30};
    th_view_outline(view, led, view->theme->radius.button, view->theme->color.alert, 3);
}

static void draw_field(const th_view *view, const th_strip *strip, int field) {
    static const char *const names[TH_FIELD_COUNT] = {
#define X(name, offset, size) #name,
        TH_HMAP_FIELDS(X)
#undef X
    };
    const th_theme_colors *c = &view->theme->color;
    const th_rect cell = strip->cell[field];
    draw_access(view, field, cell);
    th_view_text_shrunk(view, th_type_ui(view->theme->font.label, 600, c->dim), 13, cell.x + 12,
                        cell.y + 19, cell.w - 14, names[field]);
    if (field == TH_FIELD_flags) {
        draw_flags(view, cell);
        draw_culprit(view, cell);
    } else {
        draw_value(view, field, cell);
    }
    draw_badges(view, &view->scene->map.field[field], cell);
    th_view_hit(view, cell, TH_ACTION_FILTER, view->scene->map.field[field].address);
    th_view_hover(view, cell, view->scene->map.field[field].address);
}

void th_view_strip(const th_view *view, const th_strip *strip) {
    if (view->scene->map_count > 0) {
        const th_rect stage = view->at->stage;
        th_view_maps(view, (th_rect){stage.x + MARGIN, stage.y + 9, stage.w - 2 * MARGIN, MAPS_H});
    }
    const th_theme_colors *c = &view->theme->color;
    th_view_fill(view, strip->rect, view->theme->radius.bucket, c->panel);
    th_view_outline(view, strip->rect, view->theme->radius.bucket, c->line2, 1.5f);
    for (int i = 0; i < TH_FIELD_COUNT; i++) {
        const th_rect cell = strip->cell[i];
        if (cell.w <= 0 || cell.x <= strip->rect.x + 1) continue;
        th_view_line(view, cell.x, cell.y + 10, cell.x, cell.y + cell.h - 10, c->line, 1);
    }
    // Bursts reach beyond their field: first all of them, then what must be read.
    for (int i = 0; i < TH_FIELD_COUNT; i++) {
        if (strip->cell[i].w > 0) draw_collision(view, i, strip->cell[i]);
    }
    for (int i = 0; i < TH_FIELD_COUNT; i++) {
        if (strip->cell[i].w > 0) draw_field(view, strip, i);
    }
}

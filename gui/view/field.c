// A map of many buckets: a cell for each, higher and lighter the more it holds; while it grows, the
// line up to which the old ones are moved, and the way of those that move now.
#include "gui/view/field.h"
#include "gui/view/stage.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

void th_view_field_cell(const th_view *view, th_rect rect, th_field_cell cell, th_color ground) {
    const th_theme_colors *c = &view->theme->color;
    if (cell.buckets == 0) return;
    const float mean = (float)cell.items / (float)cell.buckets;
    if (cell.items == 0) {
        const float dot = fmaxf(1.5f, rect.w * 0.14f);
        th_view_fill(view,
                     (th_rect){rect.x + (rect.w - dot) / 2, rect.y + (rect.h - dot) / 2, dot, dot},
                     0, c->line2);
        return;
    }
    const int shade = (int)lroundf(mean);
    const float h = fmaxf(2, (rect.h - 1) * mean / TH_BUCKET_SLOTS);
    const th_rect bar = {rect.x, rect.y + rect.h - 0.5f - h, rect.w - 1, h};
    th_view_fill(view, bar, rect.w > 16 ? 2 : 0, c->occupancy[shade < 1 ? 1 : shade]);
    if (cell.overflow * 2 < cell.buckets || cell.overflow == 0) return;
    th_view_fill(view,
                 (th_rect){bar.x + bar.w * 0.3f, bar.y, bar.w * 0.4f, fmaxf(1.5f, bar.h * 0.25f)},
                 0, ground);
}

static th_field_cell merged(const th_scene_field *field, uint32_t first, uint32_t count) {
    th_field_cell sum = {0};
    for (uint32_t i = first; i < first + count && i < field->shown; i++) {
        sum.buckets += field->cells[i].buckets;
        sum.items += field->cells[i].items;
        sum.overflow += field->cells[i].overflow;
        sum.evacuated += field->cells[i].evacuated;
    }
    return sum;
}

static void draw_cells(const th_view *view, const th_field_layout *layout, th_field_part part) {
    const th_scene_field *field = &view->scene->map.crowd.part[part];
    const th_rect inner = layout->inner[part];
    for (uint32_t i = 0; i < layout->shown; i++) {
        const uint32_t columns = (uint32_t)layout->columns;
        const th_rect rect = {inner.x + (float)(i % columns) * layout->cell_w,
                              inner.y + (float)(i / columns) * layout->cell_h, layout->cell_w,
                              layout->cell_h};
        th_view_field_cell(view, rect, merged(field, i * layout->merge, layout->merge),
                           view->theme->color.panel);
    }
}

// What the part is, how much of it is shown, and what a cell stands for.
static void write_facts(const th_view *view, const th_field_layout *layout, th_field_part part,
                        char *out, size_t size) {
    const th_scene_crowd *crowd = &view->scene->map.crowd;
    const th_scene_field *field = &crowd->part[part];
    const bool growing = crowd->part[TH_PART_OLD].count > 0;
    char number[32], last[32], text[96];
    int used = 0;
    if (crowd->count < crowd->base || part == TH_PART_Y || (growing && part == TH_PART_X)) {
        th_view_number(field->first, number, sizeof(number));
        th_view_number(field->first + field->count - 1, last, sizeof(last));
        used += snprintf(out, size, th_view_word(view, TH_WORD_FIELD_RANGE), number, last);
    } else {
        th_view_number(field->count, number, sizeof(number));
        used += snprintf(out, size, th_view_word(view, TH_WORD_FIELD_NOW), number);
    }
    text[0] = 0;
    if (part == TH_PART_OLD) {
        th_view_number(crowd->old_holding, number, sizeof(number));
        snprintf(text, sizeof(text), th_view_word(view, TH_WORD_FIELD_HOLDING), number);
    } else if (part == TH_PART_Y) {
        th_view_number(crowd->base, number, sizeof(number));
        snprintf(text, sizeof(text), th_view_word(view, TH_WORD_FIELD_PLUS), number);
    } else if (growing) {
        snprintf(text, sizeof(text), "%s", th_view_word(view, TH_WORD_FIELD_SAME_INDEX));
    }
    if (text[0] != 0) used += snprintf(out + used, size - (size_t)used, "   %s", text);
    if (layout->per < 2) return;
    th_view_number(layout->per, number, sizeof(number));
    snprintf(text, sizeof(text), th_view_word(view, TH_WORD_FIELD_PER), number);
    snprintf(out + used, size - (size_t)used, "   %s", text);
}

static void draw_part(const th_view *view, const th_field_layout *layout, th_field_part part) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_crowd *crowd = &view->scene->map.crowd;
    const th_rect box = layout->box[part];
    if (box.h <= 0) return;
    const bool halves = crowd->part[TH_PART_Y].count > 0;
    char title[64], facts[256];
    snprintf(title, sizeof(title), "%s", part == TH_PART_OLD ? "oldbuckets" : "buckets");
    if (halves && part != TH_PART_OLD) {
        snprintf(title, sizeof(title), "buckets  %s",
                 th_view_word(view, part == TH_PART_X ? TH_WORD_X_HALF : TH_WORD_Y_HALF));
    }
    const float y = box.y - 14;
    const float width = th_view_text(view, th_type_ui(20, 700, c->text), box.x + 4, y, 0, title);
    write_facts(view, layout, part, facts, sizeof(facts));
    th_view_text(view, th_type_ui(17, 500, c->dim), box.x + width + 20, y, box.w - width - 24,
                 facts);
    th_view_fill(view, box, 6, c->panel);
    th_view_outline(view, box, 6, c->line, 1);
    draw_cells(view, layout, part);
}

// A step of the frontier: left of it the row is done, right of it the row above is the last one.
static void draw_frontier(const th_view *view, const th_field_layout *layout, th_field_part part,
                          uint64_t cell) {
    const th_rect inner = layout->inner[part];
    if (inner.h <= 0) return;
    const uint64_t columns = (uint64_t)layout->columns;
    const float top = inner.y + (float)(cell / columns) * layout->cell_h;
    const float x = inner.x + (float)(cell % columns) * layout->cell_w;
    const float bottom = top + layout->cell_h;
    const th_point points[4] = {
        th_view_point_px(view, layout->box[part].x - 3, bottom), th_view_point_px(view, x, bottom),
        th_view_point_px(view, x, top),
        th_view_point_px(view, layout->box[part].x + layout->box[part].w + 3, top)};
    const bool whole = cell % columns == 0;  // the line has no step
    th_draw_polyline(view->list, whole ? points + 2 : points, whole ? 2 : 4, 0,
                     th_stroke_solid(view->theme->color.accent, th_view_stroke_px(view, 2.5f)));
    if (!whole) return;
    th_view_line(view, layout->box[part].x - 3, top, x, top, view->theme->color.accent, 2.5f);
}

static void draw_nevacuate(const th_view *view, const th_field_layout *layout) {
    const th_scene_map *map = &view->scene->map;
    const th_scene_crowd *crowd = &map->crowd;
    const th_theme_colors *c = &view->theme->color;
    const uint64_t line = map->header.nevacuate;
    if (layout->box[TH_PART_OLD].h <= 0) return;
    if (line < crowd->first || line > crowd->first + crowd->count) return;
    const uint64_t cell = (line - crowd->first) / layout->per;
    for (int part = 0; part < TH_PART_COUNT; part++) {
        draw_frontier(view, layout, (th_field_part)part, cell);
    }
    char text[48];
    snprintf(text, sizeof(text), "nevacuate %" PRIu64, line);
    const th_type type = th_type_center(th_type_mono(17, 700, c->on_accent));
    const float width = th_view_text_width(view, type, text) + 20;
    const th_rect inner = layout->inner[TH_PART_OLD];
    const float at = inner.y + (float)(cell / (uint64_t)layout->columns) * layout->cell_h;
    const float y = fmaxf(inner.y - 24, at - 36);
    const th_rect pill = {inner.x + inner.w - width, y, width, 28};
    th_view_fill(view, pill, view->theme->radius.button, c->accent);
    th_view_text(view, type, pill.x + width / 2, pill.y + 14, 0, text);
}

static void draw_way(const th_view *view, th_rect from, th_rect to, bool dashed, float bend) {
    const th_color color = th_view_goroutine(view, view->g).fill;
    const float x0 = from.x + from.w / 2, y0 = from.y + from.h;
    const float x1 = to.x + to.w / 2, y1 = to.y - 5;
    const float reach = (y1 - y0) * 0.35f;
    const th_point p[4] = {
        th_view_point_px(view, x0, y0), th_view_point_px(view, x0 + bend, y0 + reach),
        th_view_point_px(view, x1 + bend, y1 - reach), th_view_point_px(view, x1, y1)};
    const float width = th_view_stroke_px(view, 3);
    const th_stroke stroke = dashed
                                 ? th_stroke_dashed(color, width, 9 * view->scale, 6 * view->scale)
                                 : th_stroke_solid(color, width);
    th_draw_bezier(view->list, p, stroke);
    const th_point along = {p[3].x - p[2].x, p[3].y - p[2].y};
    if (along.x != 0 || along.y != 0) {
        th_draw_arrow_head(view->list, p[3], along, 12 * view->scale, color);
    }
    th_view_outline(view, th_rect_inset(to, -4), 4, color, 3);
}

// From the old bucket in use to both places that its items go to.
static void draw_ways(const th_view *view, const th_field_layout *layout) {
    const th_scene_crowd *crowd = &view->scene->map.crowd;
    if (!crowd->moving || view->g == 0) return;
    const th_rect from = th_field_cell_rect(layout, crowd, TH_PART_OLD, crowd->focus);
    const th_rect x = th_field_cell_rect(layout, crowd, TH_PART_X, crowd->focus);
    const th_rect y = th_field_cell_rect(layout, crowd, TH_PART_Y, crowd->focus);
    if (from.w <= 0) return;
    const float stage = layout->inner[TH_PART_OLD].x + layout->inner[TH_PART_OLD].w / 2;
    const float side = from.x > stage ? -1 : 1;
    if (y.w > 0) draw_way(view, from, y, true, side * 110);
    if (x.w > 0) draw_way(view, from, x, false, -side * 40);
}

// Who is where: a ring for a read, a filled frame for a write, and the badge beside it.
static void draw_spots(const th_view *view, const th_field_layout *layout) {
    const th_scene_crowd *crowd = &view->scene->map.crowd;
    for (int i = crowd->spot_count; i-- > 0;) {
        const th_scene_spot *spot = &crowd->spots[i];
        const th_rect cell =
            th_field_cell_rect(layout, crowd, (th_field_part)spot->part, spot->index);
        if (cell.w <= 0) continue;
        const th_goroutine_style style = th_view_goroutine(view, spot->g);
        const th_rect ring = th_rect_inset(cell, -4);
        if (spot->write) th_view_paint(view, ring, 4, th_theme_fill(style, 8));
        th_view_outline(view, ring, 4, style.fill, 3);
        const th_rect box = layout->box[spot->part];
        const bool left = cell.x + cell.w + 40 > box.x + box.w;
        const float x =
            left ? cell.x - 18 - 20 * (float)(i % 2) : cell.x + cell.w + 18 + 20 * (float)(i % 2);
        const th_point at = th_view_point_px(view, x, cell.y + cell.h + 8);
        th_icon_badge_outlined(view->list, view->theme, spot->g - 1, at.x, at.y, 12 * view->scale,
                               view->theme->color.stage);
    }
}

static void draw_focus(const th_view *view, const th_field_layout *layout) {
    const th_scene_crowd *crowd = &view->scene->map.crowd;
    if (!crowd->has_focus) return;
    const th_field_part part = crowd->focus_old    ? TH_PART_OLD
                               : crowd->focus_high ? TH_PART_Y
                                                   : TH_PART_X;
    const th_rect cell = th_field_cell_rect(layout, crowd, part, crowd->focus);
    if (cell.w > 0) th_view_outline(view, th_rect_inset(cell, -4), 4, view->theme->color.accent, 2);
}

// Where the mouse finds buckets.
static void note_hits(const th_view *view, const th_field_layout *layout) {
    const th_scene_crowd *crowd = &view->scene->map.crowd;
    th_hits_field *out = &view->hits->field;
    for (int part = 0; part < TH_PART_COUNT; part++) {
        out->part[part] = th_view_rect_px(view, layout->inner[part]);
        out->address[part] = crowd->part[part].array;
        out->shift[part] = part == TH_PART_Y ? crowd->base : 0;
    }
    out->cell_w = th_px(view, layout->cell_w);
    out->cell_h = th_px(view, layout->cell_h);
    out->columns = (uint64_t)layout->columns;
    out->per = layout->per;
    out->bucket_bytes = crowd->bucket_bytes;
}

void th_view_fields(const th_view *view, th_rect area) {
    th_field_layout layout;
    th_field_arrange(&view->scene->map.crowd, area, &layout);
    for (int part = 0; part < TH_PART_COUNT; part++) {
        draw_part(view, &layout, (th_field_part)part);
    }
    if (layout.per == 0) return;
    draw_nevacuate(view, &layout);
    draw_focus(view, &layout);
    draw_ways(view, &layout);
    draw_spots(view, &layout);
    if (view->hits != NULL) note_hits(view, &layout);
}

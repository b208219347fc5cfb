// The stage of a scenario without a map: its structs, variables and locks as tables, with the same
// cells, marks and collisions as a bucket's.
#include "gui/view/stage.h"

#include "sim/base/assert.h"

#include <math.h>
#include <stdio.h>

static const float GAP = 28, PAD = 14, HEAD_H = 46, LABEL_W = 112, TABLE_MIN_W = 250;
static const float ROW_MAX_H = 62, ROW_MIN_H = 30, QUEUE_H = 38, MORE_H = 24;

enum { COLUMNS_MAX = 4, ROW_CELLS_MAX = 8, BADGES_MAX = 4 };

// Rows of an object: the cells of an array share one, eight at most.
static int row_count(const th_view *view, const th_scene_object *object) {
    int rows = 0;
    for (int k = object->first; k < object->first + object->count; k++) {
        rows += view->scene->cells[k].index % ROW_CELLS_MAX == 0;
    }
    return rows;
}

typedef struct tables {
    th_rect at[TH_SCENE_OBJECT_MAX];   // w 0: there is no room for it
    bool folded[TH_SCENE_OBJECT_MAX];  // its head alone
    int first[TH_SCENE_OBJECT_MAX];    // of the rows that are shown
    int rows_max;                      // of a table
    float row_h;
} tables;

static bool row_shown(const tables *of, int index, int row) {
    return row >= of->first[index] && row < of->first[index] + of->rows_max;
}

static float table_height(const th_view *view, int index, const tables *of) {
    const th_scene_object *object = &view->scene->objects[index];
    if (of->folded[index]) return HEAD_H;
    const int rows = row_count(view, object);
    const int shown = rows < of->rows_max ? rows : of->rows_max;
    const float foot = (object->has_queue ? QUEUE_H : 0) + (shown < rows ? MORE_H : 0);
    return HEAD_H + (float)shown * of->row_h + foot + PAD;
}

// Fills columns from the left, each up to the height of the area; false: they do not fit.
static bool place(const th_view *view, th_rect area, int columns, float row_h, tables *out) {
    TH_ASSERT(columns >= 1 && columns <= COLUMNS_MAX);
    const th_scene *scene = view->scene;
    const float gap = scene->object_count > 9 ? GAP / 2 : GAP;
    const float w = fminf((area.w - GAP * (float)(columns - 1)) / (float)columns, 460);
    const float all = w * (float)columns + GAP * (float)(columns - 1);
    const float left = area.x + (area.w - all) / 2;
    float y[COLUMNS_MAX];
    for (int i = 0; i < columns; i++) y[i] = area.y;
    out->row_h = row_h;
    bool fits = true;
    for (int i = 0; i < scene->object_count; i++) {
        int best = 0;
        for (int k = 1; k < columns; k++) {
            if (y[k] < y[best]) best = k;
        }
        const float h = table_height(view, i, out);
        out->at[i] = (th_rect){left + (float)best * (w + GAP), y[best], w, h};
        fits = fits && y[best] + h <= area.y + area.h;
        y[best] += h + gap;
    }
    if (!fits) return false;
    // A little above the middle.
    float lowest = area.y;
    for (int k = 0; k < columns; k++) lowest = fmaxf(lowest, y[k] - gap);
    const float spare = (area.y + area.h - lowest) * 0.4f;
    for (int i = 0; i < scene->object_count; i++) out->at[i].y += spare;
    return true;
}

static bool place_any(const th_view *view, th_rect area, tables *out) {
    const int count = view->scene->object_count;
    for (float row_h = ROW_MAX_H; row_h >= ROW_MIN_H; row_h -= 4) {
        for (int columns = 1; columns <= COLUMNS_MAX; columns++) {
            const bool narrow = area.w / (float)columns < TABLE_MIN_W;
            if (columns > 1 && (narrow || columns > count)) break;
            if (columns == 1 && count > 2) continue;
            if (place(view, area, columns, row_h, out)) return true;
        }
    }
    return false;
}

static bool is_used(const th_scene_cell *cell) {
    return cell->reader != 0 || cell->writer != 0 || cell->pending != 0 || cell->collision >= 0 ||
           cell->read_trail != 0 || cell->write_trail != 0;
}

// The row where somebody stands, or has just been; -1: nobody.
static int row_in_use(const th_scene *scene, const th_scene_object *object) {
    int row = -1;
    for (int k = object->first; k < object->first + object->count; k++) {
        row += scene->cells[k].index % ROW_CELLS_MAX == 0;
        if (is_used(&scene->cells[k].cell)) return row;
    }
    return -1;
}

// Long tables are cut, around the row in use.
static void limit_rows(const th_view *view, int rows_max, tables *out) {
    const th_scene *scene = view->scene;
    out->rows_max = rows_max;
    for (int i = 0; i < scene->object_count; i++) {
        const int last = row_count(view, &scene->objects[i]) - rows_max;
        const int used = row_in_use(scene, &scene->objects[i]);
        out->first[i] = used < rows_max ? 0 : used - rows_max / 2;
        if (out->first[i] > last) out->first[i] = last > 0 ? last : 0;
    }
}

// Where not all fit, long tables are cut; then what nobody uses folds to its head; then what comes
// last is left out.
static void arrange(const th_view *view, th_rect area, tables *out) {
    static const int ROWS[] = {1000, 16, 10, 6};
    const th_scene *scene = view->scene;
    for (int i = 0; i < 4; i++) {
        limit_rows(view, ROWS[i], out);
        if (place_any(view, area, out)) return;
    }
    for (int i = 0; i < scene->object_count; i++) {
        const bool used =
            scene->objects[i].waiter_count > 0 || row_in_use(scene, &scene->objects[i]) >= 0;
        out->folded[i] = !used;
    }
    if (place_any(view, area, out)) return;
    const int columns = (int)fmaxf(1, fminf(COLUMNS_MAX, area.w / TABLE_MIN_W));
    if (place(view, area, columns, ROW_MIN_H, out)) return;
    for (int i = 0; i < scene->object_count; i++) {
        if (out->at[i].y + out->at[i].h > area.y + area.h) out->at[i].w = 0;
    }
}

static th_rect cell_rect(const th_scene_object_cell *cell, th_rect table, int row, float row_h,
                         float label_w) {
    const int shared = cell->count < ROW_CELLS_MAX ? cell->count : ROW_CELLS_MAX;
    const float x = table.x + PAD + label_w, w = (table.w - 2 * PAD - label_w) / (float)shared;
    return (th_rect){x + w * (float)(cell->index % ROW_CELLS_MAX) + 1,
                     table.y + HEAD_H + (float)row * row_h + 2, w - 2, row_h - 4};
}

static float label_width(const th_view *view, const th_scene_object *object) {
    float width = 0;
    for (int k = object->first; k < object->first + object->count; k++) {
        width = fmaxf(
            width, th_view_text_width(view, th_type_mono(18, 500, 0), view->scene->cells[k].label));
    }
    return width <= 0 ? 0 : fminf(width + 18, LABEL_W * 1.6f);
}

void th_view_waiters(const th_view *view, const th_scene_object *object, float x, float y,
                     float right) {
    static const char *const SIGNS[] = {[TH_WAITS] = "",
                                        [TH_WAITS_TO_SEND] = "→",
                                        [TH_WAITS_TO_RECEIVE] = "←",
                                        [TH_WAITS_TO_READ] = "R",
                                        [TH_WAITS_TO_WRITE] = "W"};
    const th_theme_colors *c = &view->theme->color;
    const th_type type = th_type_mono(16, 700, c->dim);
    int shown = 0;
    while (shown < object->waiter_count && shown < TH_SCENE_WAITER_MAX) {
        const char *sign = SIGNS[object->waiters[shown].what];
        const float width = 26 + th_view_text_width(view, type, sign) + (sign[0] ? 8 : 2);
        const bool last = shown + 1 == object->waiter_count;
        if (x + width + (last ? 0 : 34) > right) break;
        const th_point at = th_view_point_px(view, x + 12, y);
        th_icon_badge_hollow(view->list, view->theme, object->waiters[shown].g - 1, at.x, at.y,
                             11 * view->scale);
        th_view_text(view, type, x + 27, y, 0, sign);
        x += width;
        shown++;
    }
    const int left = object->waiter_count - shown;
    if (left > 0) th_view_textf(view, type, x + 4, y, 0, "+%d", left);
}

static void draw_queue(const th_view *view, const th_scene_object *object, th_rect row) {
    const th_theme_colors *c = &view->theme->color;
    const float y = row.y + row.h / 2;
    const float x = row.x + PAD +
                    th_view_text(view, th_type_ui(15, 600, c->faint), row.x + PAD, y, 0,
                                 th_view_word(view, TH_WORD_WAITS)) +
                    10;
    th_view_waiters(view, object, x, y, row.x + row.w - PAD);
}

static void draw_head(const th_view *view, const th_scene_object *object, th_rect table) {
    const th_theme_colors *c = &view->theme->color;
    const float y = table.y + HEAD_H / 2 + 2;
    const float name = th_view_text(view, th_type_ui(22, 800, object->freed ? c->faint : c->text),
                                    table.x + PAD, y, table.w * 0.6f, object->name);
    th_view_text(view, th_type_right(th_type_mono(17, 500, c->faint)), table.x + table.w - PAD, y,
                 table.w - name - 3 * PAD,
                 object->freed ? th_view_word(view, TH_WORD_FREED) : object->kind);
}

static void draw_label(const th_view *view, const th_scene_object_cell *cell, float x, float y,
                       float width) {
    const th_type type = th_type_mono(18, 500, view->theme->color.dim);
    if (cell->index == 0)
        th_view_text(view, type, x, y, width, cell->label);
    else
        th_view_textf(view, type, x, y, width, "[%u]", (unsigned)cell->index);
}

// The rows of an object that are shown; returns how many they are.
static int draw_rows(const th_view *view, int index, const tables *where) {
    const th_scene_object *object = &view->scene->objects[index];
    const th_rect table = where->at[index];
    const float label_w = label_width(view, object), row_h = where->row_h;
    int row = -1, shown = 0;
    for (int k = object->first; k < object->first + object->count; k++) {
        const th_scene_object_cell *cell = &view->scene->cells[k];
        const bool starts = cell->index % ROW_CELLS_MAX == 0;
        row += starts;
        if (!row_shown(where, index, row)) continue;
        const int at = row - where->first[index];
        shown = at + 1;
        if (starts) {
            draw_label(view, cell, table.x + PAD, table.y + HEAD_H + ((float)at + 0.5f) * row_h,
                       label_w - 8);
        }
        th_view_cell(view, cell_rect(cell, table, at, row_h, label_w), &cell->cell,
                     fminf(27, row_h * 0.48f), view->theme->color.cell_key);
    }
    return shown;
}

static void draw_table(const th_view *view, int index, const tables *where) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_object *object = &view->scene->objects[index];
    const th_rect table = where->at[index];
    th_view_fill(view, table, view->theme->radius.bucket, c->panel);
    th_view_outline(view, table, view->theme->radius.bucket, c->line2, 1.5f);
    draw_head(view, object, table);
    if (where->folded[index]) return;
    if (object->freed) th_draw_alpha_push(view->list, 0.5f);
    const int shown = draw_rows(view, index, where);
    if (object->freed) th_draw_alpha_pop(view->list);
    float y = table.y + HEAD_H + (float)shown * where->row_h + 4;
    const int hidden = row_count(view, object) - shown;
    if (hidden > 0) {
        th_view_wordf(view, th_type_center(th_type_ui(16, 600, c->dim)), table.x + table.w / 2,
                      y + MORE_H / 2, 0, TH_WORD_MORE, hidden);
        y += MORE_H;
    }
    if (object->has_queue) draw_queue(view, object, (th_rect){table.x, y, table.w, QUEUE_H});
}

// Who stands at a cell: those that were there last, at both sides, and how many more.
static void draw_badges(const th_view *view, const th_scene_cell *cell, th_rect rect) {
    const th_scene *scene = view->scene;
    // In a narrow cell they stand on its lower edge, small, so that the value is seen.
    const bool narrow = rect.w < 150;
    const float radius = fminf(narrow ? 9 : 16, rect.h * 0.4f);
    const int most = rect.w < 60 ? 2 : BADGES_MAX;
    uint16_t who[BADGES_MAX] = {0};
    int count = 0;
    for (int i = 0; i < scene->mark_count; i++) {
        const th_scene_mark *mark = &scene->marks[i];
        if (mark->trail || mark->address >= cell->address + cell->size ||
            cell->address >= mark->address + mark->size) {
            continue;
        }
        // An access of several cells has one badge, at its last.
        if (mark->address + mark->size > cell->address + cell->size) continue;
        if (count < most) who[count] = mark->g;
        count++;
    }
    const float y = narrow ? rect.y + rect.h - 1 : rect.y + rect.h / 2;
    for (int i = count < most ? count : most; i-- > 0;) {  // the last one on top
        const float in = (float)(i / 2) * radius * 1.5f;
        const float x = i % 2 == 0 ? rect.x + rect.w + 2 - in : rect.x - 2 + in;
        const th_point at = th_view_point_px(view, x, y);
        th_icon_badge_outlined(view->list, view->theme, who[i] - 1, at.x, at.y,
                               radius * view->scale, view->theme->color.stage);
    }
    if (count <= most) return;
    char text[16];
    snprintf(text, sizeof(text), "+%d", count - most);
    const th_type type = th_type_center(th_type_mono(15, 700, view->theme->color.text));
    const float w = th_view_text_width(view, type, text) + 12;
    const th_rect pill = {rect.x + rect.w - w, rect.y - 12, w, 22};
    th_view_fill(view, pill, 999, view->theme->color.raised2);
    th_view_text(view, type, pill.x + w / 2, pill.y + 11, 0, text);
}

// A pointer's line, from its cell to the object it leads to: to the side, or around the right edge
// to one in the same column.
static void draw_pointer(const th_view *view, th_rect from, th_rect to) {
    const th_color color = view->theme->color.dim;
    const bool same_column = from.x < to.x + to.w && to.x < from.x + from.w;
    const bool leaves_right = same_column || to.x >= from.x;
    const bool enters_right = same_column || !leaves_right;
    const float x0 = leaves_right ? from.x + from.w - 6 : from.x + 6, y0 = from.y + from.h / 2;
    const float x1 = enters_right ? to.x + to.w : to.x, y1 = to.y + HEAD_H / 2;
    const float out = leaves_right ? 50.0f : -50.0f, in = enters_right ? 50.0f : -50.0f;
    const th_point p[4] = {th_view_point_px(view, x0, y0), th_view_point_px(view, x0 + out, y0),
                           th_view_point_px(view, x1 + in, y1), th_view_point_px(view, x1, y1)};
    th_draw_bezier(view->list, p, th_stroke_solid(color, th_view_stroke_px(view, 2)));
    th_draw_arrow_head(view->list, p[3], (th_point){enters_right ? -1 : 1, 0}, 11 * view->scale,
                       color);
}

static void draw_over(const th_view *view, const tables *where) {
    const th_scene *scene = view->scene;
    for (int i = 0; i < scene->object_count; i++) {
        const th_scene_object *object = &scene->objects[i];
        if (where->at[i].w <= 0 || where->folded[i]) continue;
        const float label_w = label_width(view, object);
        int row = -1;
        for (int k = object->first; k < object->first + object->count; k++) {
            const th_scene_object_cell *cell = &scene->cells[k];
            row += cell->index % ROW_CELLS_MAX == 0;
            if (!row_shown(where, i, row)) continue;
            const th_rect rect =
                cell_rect(cell, where->at[i], row - where->first[i], where->row_h, label_w);
            if (cell->target >= 0 && cell->target != i && where->at[cell->target].w > 0) {
                draw_pointer(view, rect, where->at[cell->target]);
            }
            th_view_collision(view, rect, &cell->cell, fminf(27, where->row_h * 0.48f));
            draw_badges(view, &cell->cell, rect);
        }
    }
}

void th_view_structs(const th_view *view, th_rect area) {
    const th_scene *scene = view->scene;
    tables where = {.row_h = 0};
    arrange(view, area, &where);
    int hidden = 0;
    for (int i = 0; i < scene->object_count; i++) {
        hidden += where.at[i].w <= 0;
        if (where.at[i].w <= 0) continue;
        draw_table(view, i, &where);
    }
    draw_over(view, &where);
    if (hidden == 0) return;
    th_view_wordf(view, th_type_center(th_type_ui(17, 600, view->theme->color.dim)),
                  area.x + area.w / 2, area.y + area.h + 12, 0, TH_WORD_MORE, hidden);
}

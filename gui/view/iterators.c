// Range loops: a track of the map's buckets for each, with where it began, what it has visited, and
// where it is.
#include "gui/view/stage.h"

#include <math.h>
#include <stdio.h>

static const float ROW_H = 40, HEAD_W = 132, TRACK_MAX_W = 260, CELL_MAX_W = 30, CELL_MIN_W = 4;

enum { ROWS_MAX = 4, COLUMNS = 2 };

typedef struct track {
    th_rect rect;
    uint64_t per;  // buckets in a cell
    int cells;
    float cell_w;
} track;

static track track_of(const th_scene_iterator *it, float x, float y, float width) {
    track out = {.per = 1};
    while (it->bucket_count / out.per > (uint64_t)(width / CELL_MIN_W)) out.per *= 2;
    out.cells = (int)(it->bucket_count / out.per);
    out.cell_w = fminf(CELL_MAX_W, width / (float)out.cells);
    out.rect = (th_rect){x, y - 11, out.cell_w * (float)out.cells, 22};
    return out;
}

static th_rect cell_rect(const track *at, uint64_t bucket) {
    const float gap = at->cell_w > 8 ? 1.5f : 0.5f;
    return (th_rect){at->rect.x + (float)(bucket / at->per) * at->cell_w + gap, at->rect.y,
                     at->cell_w - 2 * gap, at->rect.h};
}

static void draw_track(const th_view *view, const th_scene_iterator *it, const track *at) {
    const th_theme_colors *c = &view->theme->color;
    const th_goroutine_style style = th_view_goroutine(view, it->g);
    for (int i = 0; i < at->cells; i++) {
        const uint64_t first = (uint64_t)i * at->per;
        const th_rect rect = cell_rect(at, first);
        // A cell of several buckets counts as visited when its first one is.
        const bool visited = ((first - it->start) & (it->bucket_count - 1)) < it->visited;
        th_view_fill(view, rect, 3, c->cell);
        if (visited) th_view_paint(view, rect, 3, th_theme_fill(style, 7));
        th_view_outline(view, rect, 3, visited ? style.fill : c->line2, 1);
    }
    const th_rect start = cell_rect(at, it->start);
    const th_point flag = th_view_point_px(view, start.x + start.w / 2, start.y - 5);
    th_draw_arrow_head(view->list, flag, (th_point){0, 1}, 11 * view->scale, c->text);
    if (it->done) return;
    th_view_outline(view, th_rect_inset(cell_rect(at, it->current), -4), 5, c->text, 3);
}

static void draw_row(const th_view *view, const th_scene_iterator *it, th_rect row) {
    const th_theme_colors *c = &view->theme->color;
    const float y = row.y + row.h / 2 + 3;
    th_view_badge(view, it->g, row.x + 14, y, 12);
    const float track_w = fminf(TRACK_MAX_W, row.w * 0.5f);
    const track at = track_of(it, row.x + 38, y, track_w);
    draw_track(view, it, &at);
    const float x = at.rect.x + at.rect.w + 14;
    char number[24], text[96];
    th_view_number(it->start, number, sizeof(number));
    int used = snprintf(text, sizeof(text), th_view_word(view, TH_WORD_ITERATOR_FROM), number,
                        (int)it->offset);
    if (it->done) {
        snprintf(text + used, sizeof(text) - (size_t)used, ", %s",
                 th_view_word(view, TH_WORD_ITERATOR_DONE));
    } else if (it->outgrown) {
        char phrase[64];
        th_view_number(it->bucket_count, number, sizeof(number));
        snprintf(phrase, sizeof(phrase), th_view_word(view, TH_WORD_ITERATOR_OLD_SIZE), number);
        snprintf(text + used, sizeof(text) - (size_t)used, ", %s", phrase);
    }
    th_view_text_shrunk(view, th_type_ui(16, 500, c->dim), 12, x, y, row.x + row.w - x, text);
    th_view_hit(view, row, TH_ACTION_FILTER_GOROUTINE, it->g);
}

float th_view_iterators(const th_view *view, th_rect area) {
    const th_scene_map *map = &view->scene->map;
    if (map->iterator_count == 0) return 0;
    const int most = view->at->compact ? ROWS_MAX / 2 : ROWS_MAX;
    const int wanted = (map->iterator_count + COLUMNS - 1) / COLUMNS;
    const int rows = wanted < most ? wanted : most;
    const int shown = rows * COLUMNS < map->iterator_count ? rows * COLUMNS : map->iterator_count;
    const float h = (float)rows * ROW_H + 8;
    const float top = area.y + area.h - h;
    const bool label = area.w > 900;
    const th_type type = th_type_ui(view->theme->font.label, 700, view->theme->color.faint);
    const float x = area.x + (label ? HEAD_W : 0);
    if (label) {
        th_view_text(view, type, area.x, top + ROW_H / 2 + 3, HEAD_W - 8,
                     th_view_word(view, TH_WORD_ITERATORS));
    }
    const float w = (area.x + area.w - x) / COLUMNS;
    for (int i = 0; i < shown; i++) {
        const float at = x + w * (float)(i % COLUMNS);
        draw_row(view, &map->iterators[i],
                 (th_rect){at, top + ROW_H * (float)(i / COLUMNS), w - 16, ROW_H});
    }
    const int hidden = map->iterator_count - shown + map->iterators_hidden;
    if (hidden > 0 && label) {
        th_view_wordf(view, th_type_ui(15, 500, view->theme->color.faint), area.x,
                      top + ROW_H * 1.5f, HEAD_W - 8, TH_WORD_MORE, hidden);
    }
    return h;
}

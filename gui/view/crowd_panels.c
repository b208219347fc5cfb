// Right of a field: how many items its buckets hold, and how far its growth has come.
#include "gui/view/field.h"

#include <math.h>
#include <stdio.h>

static const float PAD = 24, HEAD_H = 46;

static void draw_bars(const th_view *view, const th_scene_histogram *of, th_rect rect) {
    const th_theme_colors *c = &view->theme->color;
    uint64_t most = 1;
    for (int i = 0; i < TH_SCENE_HISTOGRAM_BINS; i++) {
        if (of->buckets[i] > most) most = of->buckets[i];
    }
    const float gap = 4, label = 26;
    const float each = (rect.w - gap * (TH_SCENE_HISTOGRAM_BINS - 1)) / TH_SCENE_HISTOGRAM_BINS;
    for (int i = 0; i < TH_SCENE_HISTOGRAM_BINS; i++) {
        const float full = rect.h - label;
        const float h = of->buckets[i] == 0
                            ? 0
                            : fmaxf(2, full * (float)((double)of->buckets[i] / (double)most));
        const float x = rect.x + (float)i * (each + gap);
        const bool last = i == TH_SCENE_HISTOGRAM_BINS - 1;
        const int shade = i < TH_THEME_OCCUPANCY_COUNT ? i : TH_THEME_OCCUPANCY_COUNT - 1;
        const th_rect bar = {x, rect.y + full - h, each, h};
        th_view_fill(view, bar, 2, i == 0 ? c->line2 : c->occupancy[shade]);
        if (last && h > 12) {
            th_view_fill(view, (th_rect){x + each * 0.25f, bar.y + 4, each * 0.5f, 5}, 1, c->panel);
        }
        th_view_textf(view, th_type_center(th_type_mono(15, 500, c->dim)), x + each / 2,
                      rect.y + rect.h - 10, 0, last ? "%d+" : "%d", i);
    }
}

static void draw_histogram(const th_view *view, const th_scene_histogram *of, th_word word,
                           th_rect rect) {
    const th_theme_colors *c = &view->theme->color;
    const float y = rect.y + 12;
    th_view_text(view, th_type_ui(17, 700, c->text), rect.x, y, 0, th_view_word(view, word));
    char mean[24];
    snprintf(mean, sizeof(mean), "%.1f", of->total > 0 ? (double)of->items / (double)of->total : 0);
    th_view_wordf(view, th_type_right(th_type_ui(17, 500, c->dim)), rect.x + rect.w, y, 0,
                  TH_WORD_HISTOGRAM_AVERAGE, mean);
    draw_bars(view, of, (th_rect){rect.x, rect.y + 28, rect.w, rect.h - 28});
}

static void draw_head(const th_view *view, th_rect area, th_word word) {
    const th_theme_colors *c = &view->theme->color;
    th_view_line(view, area.x, area.y, area.x + area.w, area.y, c->line, 1);
    th_view_text(view, th_type_ui(view->theme->font.label, 700, c->dim), area.x + PAD, area.y + 26,
                 area.w - 2 * PAD, th_view_word(view, word));
}

void th_view_histograms(const th_view *view) {
    const th_scene_crowd *crowd = &view->scene->map.crowd;
    const th_rect area = view->at->histograms;
    if (area.h <= 0) return;
    draw_head(view, area, TH_WORD_HISTOGRAM);
    const th_rect room = {area.x + PAD, area.y + HEAD_H, area.w - 2 * PAD, area.h - HEAD_H - 8};
    if (crowd->part[TH_PART_OLD].count == 0) {
        const th_rect one = {room.x, room.y, room.w, fminf(room.h, 190)};
        draw_histogram(view, &crowd->moved, TH_WORD_HISTOGRAM_ALL, one);
        return;
    }
    const float each = (room.h - 10) / 2;
    draw_histogram(view, &crowd->waiting, TH_WORD_HISTOGRAM_OLD,
                   (th_rect){room.x, room.y, room.w, each});
    draw_histogram(view, &crowd->moved, TH_WORD_HISTOGRAM_MOVED,
                   (th_rect){room.x, room.y + each + 10, room.w, each});
}

// What the heights and shades of the field mean.
static void draw_scale(const th_view *view, th_rect rect) {
    const th_theme_colors *c = &view->theme->color;
    const float each = rect.w / (TH_THEME_OCCUPANCY_COUNT - 1), high = rect.h - 24;
    for (int i = 1; i < TH_THEME_OCCUPANCY_COUNT; i++) {
        const float h = high * (float)i / (TH_THEME_OCCUPANCY_COUNT - 1);
        th_view_fill(view,
                     (th_rect){rect.x + (float)(i - 1) * each, rect.y + high - h, each - 3, h}, 2,
                     c->occupancy[i]);
    }
    const th_type type = th_type_ui(16, 500, c->dim);
    th_view_text(view, type, rect.x, rect.y + rect.h - 9, 0, "0");
    th_view_text(view, th_type_right(type), rect.x + rect.w, rect.y + rect.h - 9, rect.w - 30,
                 th_view_word(view, TH_WORD_PROGRESS_SCALE));
}

void th_view_growth(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene_crowd *crowd = &view->scene->map.crowd;
    const th_rect area = view->at->growth;
    if (area.h <= 0) return;
    draw_head(view, area, TH_WORD_PROGRESS);
    const double part = crowd->base > 0 ? (double)crowd->old_done / (double)crowd->base : 0;
    const th_rect bar = {area.x + PAD, area.y + HEAD_H - 4, area.w - 2 * PAD, 20};
    th_view_fill(view, bar, 6, c->raised2);
    th_view_fill(view, (th_rect){bar.x, bar.y, bar.w * (float)part, bar.h}, 6, c->accent);
    const float y = bar.y + bar.h + 24;
    char done[24], all[24];
    th_view_number(crowd->old_done, done, sizeof(done));
    th_view_number(crowd->base, all, sizeof(all));
    th_view_wordf(view, th_type_ui(18, 700, c->text), bar.x, y, 0, TH_WORD_PROGRESS_MOVED, done,
                  all);
    th_view_textf(view, th_type_right(th_type_ui(18, 700, c->text)), bar.x + bar.w, y, 0, "%d%%",
                  (int)(part * 100));
    const float left = area.y + area.h - y - 20;
    if (left > 44) draw_scale(view, (th_rect){bar.x, y + 18, bar.w, fminf(left, 56)});
}

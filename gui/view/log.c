// The last accesses, the latest at the bottom.
#include "gui/view/view.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const float PAD = 24, HEAD_H = 46;

static bool in_report(const th_scene *scene, uint64_t step) {
    return scene->report.present && scene->report.later.step == scene->step &&
           (scene->report.earlier.step == step || scene->report.later.step == step);
}

static void draw_row(const th_view *view, const th_scene_log_row *row, th_rect rect) {
    const th_theme_colors *c = &view->theme->color;
    const bool current = row->step == view->scene->step, strong = in_report(view->scene, row->step);
    const float y = rect.y + rect.h / 2, right = rect.x + rect.w - PAD;
    if (current) th_view_fill(view, rect, 0, c->raised2);
    if (strong || row->race) {
        th_view_fill(view, (th_rect){rect.x, rect.y + 1, 6, rect.h - 2}, 0, c->alert);
    } else if (current) {
        th_view_fill(view, (th_rect){rect.x, rect.y, 6, rect.h}, 0,
                     th_view_goroutine(view, row->g).fill);
    }
    const th_color color = current || strong ? c->text : c->dim;
    const int weight = current || strong ? 600 : 500;
    const bool narrow = rect.w < 380;
    const th_type type = th_type_mono(narrow ? 16 : view->theme->font.log, weight, color);
    char text[32];
    snprintf(text, sizeof(text), "%" PRIu64, row->step);
    const float step_w = fmaxf(24, th_view_text_width(view, type, text));
    th_view_text(view, th_type_right(type), rect.x + PAD + step_w, y, 0, text);
    float x = rect.x + PAD + step_w + (narrow ? 18 : 22);
    th_view_badge(view, row->g, x, y, 10.5f);
    x += narrow ? 26 : 32;
    const bool sync =
        row->kind == TH_EVENT_SYNC || row->kind == TH_EVENT_SCHEDULE || row->kind == TH_EVENT_START;
    const th_point at = th_view_point_px(view, x, y);
    if (sync) {
        th_draw_circle(view->list, at, 6 * view->scale,
                       th_paint_solid(th_view_goroutine(view, row->g).ink));
    } else {
        th_icon_access(view->list, view->theme, row->g - 1, row->write, at.x, at.y,
                       22 * view->scale);
    }
    x += narrow ? 19 : 26;
    char value[48];
    snprintf(value, sizeof(value), "%s%s", sync ? "" : row->write ? "← " : "= ", row->value);
    const float value_max = (right - x) * 0.55f;
    const float value_w = fminf(th_view_text_width(view, type, value), value_max);
    th_view_text(view, th_type_right(type), right, y, value_max, value);
    th_view_text(view, type, x, y, right - value_w - 14 - x, row->name);
    th_view_hit(view, (th_rect){rect.x, rect.y, rect.w * 0.55f, rect.h}, TH_ACTION_SEEK, row->step);
    th_view_hit(view, (th_rect){rect.x + rect.w * 0.55f, rect.y, rect.w * 0.45f, rect.h},
                TH_ACTION_FILTER, row->address);
    th_view_hover(view, rect, row->address);
}

// What alone the log shows, and what is watched, in the room that its title leaves.
static void draw_filters(const th_view *view, th_rect area) {
    const th_scene *scene = view->scene;
    char only[TH_SCENE_NAME_MAX] = "", text[160] = "";
    if (scene->filter_g != 0) {
        snprintf(only, sizeof(only), "G%u", (unsigned)scene->filter_g);
    } else if (scene->filter != 0 && scene->log_count > 0) {
        snprintf(only, sizeof(only), "%s", scene->log[0].name);
    }
    if (only[0] != '\0') {
        snprintf(text, sizeof(text), th_view_word(view, TH_WORD_LOG_FILTERED), only);
    }
    if (view->desk->watch[0] != '\0') {
        const size_t length = strlen(text);
        char watched[80];
        snprintf(watched, sizeof(watched), th_view_word(view, TH_WORD_WATCHED), view->desk->watch);
        snprintf(text + length, sizeof(text) - length, "%s%s", length > 0 ? " · " : "", watched);
    }
    const float title = th_view_text_width(view, th_type_ui(view->theme->font.label, 700, 0),
                                           th_view_word(view, TH_WORD_LOG));
    th_view_text(view, th_type_right(th_type_mono(15, 700, view->theme->color.warn)),
                 area.x + area.w - PAD, area.y + 26, area.w - 2 * PAD - title - 12, text);
}

void th_view_log(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    const th_scene *scene = view->scene;
    const th_rect area = view->at->log;
    th_view_line(view, area.x, area.y, area.x + area.w, area.y, c->line, 1);
    const float line_h = view->theme->line_height.log;
    th_view_text(view, th_type_ui(view->theme->font.label, 700, c->dim), area.x + PAD, area.y + 26,
                 area.w - 2 * PAD, th_view_word(view, TH_WORD_LOG));
    int rows = (int)((area.h - HEAD_H) / line_h);
    if (rows > scene->log_count) rows = scene->log_count;
    draw_filters(view, area);
    if (rows <= 0) {
        th_view_text(view, th_type_ui(18, 500, c->faint), area.x + PAD,
                     area.y + HEAD_H + line_h / 2, 0, th_view_word(view, TH_WORD_LOG_EMPTY));
        return;
    }
    for (int i = 0; i < rows; i++) {
        draw_row(view, &scene->log[scene->log_count - rows + i],
                 (th_rect){area.x, area.y + HEAD_H + (float)i * line_h, area.w, line_h});
    }
}

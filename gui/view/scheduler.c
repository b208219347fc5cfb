// Who may take the next step, and who waits.
#include "gui/view/view.h"

#include <math.h>

static const float PAD = 28;

static void draw_row_label(const th_view *view, float x, float y, th_word word) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect box = {x, y - 16, 74, 32};
    th_view_fill(view, box, view->theme->radius.button, c->raised);
    th_view_outline(view, box, view->theme->radius.button, c->line2, 1.5f);
    th_view_text(view, th_type_center(th_type_ui(16, 600, c->text)), x + box.w / 2, y, box.w - 8,
                 th_view_word(view, word));
}

static float draw_enabled(const th_view *view, float x, float y, float right) {
    const th_scene *scene = view->scene;
    for (int i = 0; i < scene->enabled_count && x + 20 < right; i++) {
        th_view_badge(view, scene->enabled[i], x + 16, y, 13);
        th_view_hit(view, (th_rect){x - 4, y - 20, 40, 40}, TH_ACTION_RUN, scene->enabled[i]);
        x += 38;
    }
    return x;
}

static void draw_waiting(const th_view *view, float x, float y, float right) {
    const th_scene *scene = view->scene;
    const th_theme_colors *c = &view->theme->color;
    int shown = 0;
    for (int i = 0; i < scene->card_count && x + 20 < right; i++) {
        const th_scene_card *card = &scene->cards[i];
        if (card->status != TH_SCENE_WAITING) continue;
        const th_point at = th_view_point_px(view, x + 16, y);
        th_icon_badge_hollow(view->list, view->theme, card->g - 1, at.x, at.y, 13 * view->scale);
        x += 38;
        shown++;
        if (card->chip_count == 0) continue;
        x += 4 + th_view_text(view, th_type_ui(18, 500, c->dim), x, y, right - x,
                              card->chips[card->chip_count - 1].value) + 10;
    }
    if (shown == 0 && !view->at->compact) {
        th_view_text(view, th_type_ui(18, 500, c->faint), x + 4, y, right - x,
                     th_view_word(view, TH_WORD_NOBODY));
    }
}

void th_view_scheduler(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect area = view->at->scheduler;
    th_view_line(view, area.x, area.y, area.x + area.w, area.y, c->line, 1);
    const float x = area.x + PAD, right = area.x + area.w - 20;
    if (view->at->compact) {
        const float y = area.y + area.h / 2;
        draw_row_label(view, x, y, TH_WORD_NEXT);
        const float end = draw_enabled(view, x + 84, y, area.x + area.w * 0.62f);
        draw_waiting(view, fmaxf(end + 6, area.x + area.w * 0.55f), y, right);
        return;
    }
    const th_type label = th_type_ui(view->theme->font.label, 700, c->faint);
    th_view_text(view, label, x, area.y + 25, 0, th_view_word(view, TH_WORD_SCHEDULER));
    const bool any = view->scene->schedule == TH_SCHEDULE_ANY;
    th_view_text(view, th_type_right(th_type_ui(16, 500, c->dim)), right, area.y + 25, 0,
                 th_view_word(view, any ? TH_WORD_ANY_ORDER : TH_WORD_GO_ORDER));
    draw_row_label(view, x, area.y + 60, TH_WORD_NEXT);
    const float end = draw_enabled(view, x + 88, area.y + 60, right);
    if (view->scene->enabled_count == 0) {
        th_view_text(view, th_type_ui(18, 500, c->faint), end + 4, area.y + 60, 0,
                     th_view_word(view, TH_WORD_NOBODY));
    }
    draw_row_label(view, x, area.y + 103, TH_WORD_WAITS);
    draw_waiting(view, x + 88, area.y + 103, right);
}

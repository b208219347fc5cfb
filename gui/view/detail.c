// What a person takes the stage over with: how near it is seen, and which map it shows.
#include "gui/view/stage.h"

#include <math.h>
#include <stdio.h>

static float draw_choice(const th_view *view, float x, float y, const char *text, bool chosen,
                         th_action action, uint64_t argument) {
    const th_theme_colors *c = &view->theme->color;
    const th_type type =
        th_type_center(th_type_ui(17, chosen ? 700 : 600, chosen ? c->on_accent : c->text));
    const float width = th_view_text_width(view, type, text) + 30;
    const th_rect pill = {x, y - 20, width, 40};
    th_view_fill(view, pill, 999, chosen ? c->accent : c->raised);
    th_view_text(view, type, x + width / 2, y, 0, text);
    th_view_hit(view, pill, action, argument);
    return width + 4;
}

float th_view_detail_switch(const th_view *view, float x, float y) {
    static const struct {
        th_detail detail;
        th_word word;
    } LEVELS[] = {{TH_DETAIL_CELLS, TH_WORD_DETAIL_CELLS},
                  {TH_DETAIL_BUCKETS, TH_WORD_DETAIL_BUCKETS},
                  {TH_DETAIL_FIELD, TH_WORD_DETAIL_FIELD}};
    const th_scene_map *map = &view->scene->map;
    if (!map->present || (!map->crowded && map->crowd.detail != TH_DETAIL_FIELD)) return x;
    for (int i = 0; i < 3; i++) {
        x += draw_choice(view, x, y, th_view_word(view, LEVELS[i].word),
                         map->crowd.detail == LEVELS[i].detail, TH_ACTION_DETAIL, LEVELS[i].detail);
    }
    if (map->crowd.held) {
        return x +
               draw_choice(view, x + 8, y, th_view_word(view, TH_WORD_FOLLOW), false,
                           TH_ACTION_FOLLOW, 0) +
               16;
    }
    if (view->at->compact) return x + 8;
    x += 12;
    return x +
           th_view_text(view, th_type_ui(17, 500, view->theme->color.dim), x, y, 0,
                        th_view_word(view, TH_WORD_DETAIL)) +
           16;
}

void th_view_maps(const th_view *view, th_rect area) {
    const th_scene *scene = view->scene;
    const th_theme_colors *c = &view->theme->color;
    float x = area.x;
    int hidden = scene->maps_hidden;
    for (int i = 0; i < scene->map_count; i++) {
        const th_scene_map_name *map = &scene->maps[i];
        const bool shown = map->address == scene->map.address;
        char text[96], count[24];
        th_view_number(map->count, count, sizeof(count));
        snprintf(text, sizeof(text), "%.40s  %s", map->name, count);
        const th_type type = th_type_mono(16, shown ? 700 : 500, shown ? c->text : c->dim);
        const float width = th_view_text_width(view, type, text) + (map->g != 0 ? 48 : 24);
        if (x + width > area.x + area.w - 96) {
            hidden += scene->map_count - i;
            break;
        }
        const th_rect chip = {x, area.y, width, area.h};
        th_view_fill(view, chip, view->theme->radius.button, shown ? c->raised2 : c->panel);
        th_view_outline(view, chip, view->theme->radius.button,
                        map->address == scene->map_held ? c->accent : c->line2,
                        shown ? 2.5f : 1.5f);
        float at = x + 12;
        if (map->g != 0) {
            th_view_badge(view, map->g, at + 8, area.y + area.h / 2, 9);
            at += 24;
        }
        th_view_text(view, type, at, area.y + area.h / 2, 0, text);
        th_view_hit(view, (th_rect){x, area.y - 6, width, area.h + 10}, TH_ACTION_MAP,
                    map->address);
        x += width + 8;
    }
    if (hidden > 0) {
        x += th_view_textf(view, th_type_mono(16, 600, c->dim), x + 2, area.y + area.h / 2, 0,
                           "+%d", hidden) +
             10;
    }
    th_view_key_cap(view, x + 2, area.y + area.h / 2, "V");
}

// What follows from each choice at the playhead.
#include "gui/view/explore.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float PAD = 18, ROW_H = 72, LEGEND_H = 84;

static void draw_legend(const th_view *view, th_rect area) {
    const th_theme_colors *c = &view->theme->color;
    const uint8_t kind = view->explore->kind;
    const bool loud = kind == TH_RUN_CRASH || kind == TH_RUN_STUCK;
    const th_type type = th_type_ui(16, 500, c->dim);
    th_view_text(view, type, area.x, area.y + 14, 0, th_view_word(view, TH_WORD_RAMP_LESS));
    th_view_text(view, th_type_right(type), area.x + area.w, area.y + 14, 0,
                 th_view_word(view, TH_WORD_RAMP_MORE));
    const float w = area.w / TH_THEME_CRASH_COUNT;
    for (int i = 0; i < TH_THEME_CRASH_COUNT; i++) {
        const float part = ((float)i + 0.5F) / TH_THEME_CRASH_COUNT;
        const th_color color = loud ? th_theme_crash(view->theme, part)
                                    : th_color_mix(th_theme_crash(view->theme, 0),
                                                   th_view_run_color(view, kind), part);
        const th_rect rect = {area.x + w * (float)i, area.y + 28, w - 2, 20};
        th_view_fill(view, rect, 3, color);
        if (view->theme->name == TH_THEME_LIGHT && i > 6)
            th_view_outline(view, rect, 3, c->line2, 1);
    }
    const th_type number = th_type_mono(15, 500, c->faint);
    th_view_text(view, number, area.x, area.y + 62, 0, "0%");
    th_view_text(view, th_type_right(number), area.x + area.w, area.y + 62, 0, "100%");
    th_view_text(view, th_type_center(th_type_ui(16, 500, c->dim)), area.x + area.w / 2,
                 area.y + 62, 0,
                 th_view_word(view, th_view_run_word(view, TH_WORD_NOUN_CRASH, kind)));
}

static float draw_choice(const th_view *view, th_rect area, float y,
                         const th_explore_choice *choice) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect row = {area.x, y, area.w, ROW_H - 8};
    const th_goroutine_style style = th_view_goroutine(view, choice->g);
    th_view_fill(view, row, 12, c->raised);
    th_view_badge(view, choice->g, row.x + 30, row.y + row.h / 2, 15);
    char text[64];
    snprintf(text, sizeof(text),
             th_view_word(view, choice->drains ? TH_WORD_DRAINS_NEXT : TH_WORD_NEXT_IS),
             (int)choice->g);
    const float x = row.x + 60, width = row.w - 72;
    const float w =
        th_view_text_shrunk(view, th_type_ui(20, 600, c->text), 14, x, row.y + 21, width, text);
    if (width - w > 110) th_view_next_access(view, choice, x + w + 14, row.y + 21, width - w - 18);
    const uint8_t kind = view->explore->kind;
    if (choice->share[kind] != TH_SHARE_UNKNOWN) {
        th_view_share_text(view, kind, choice->share[kind], text, sizeof(text));
        th_view_text_shrunk(view, th_type_ui(20, 700, style.ink), 14, x, row.y + 45, width, text);
    }
    if (!choice->drains) th_view_hit(view, row, TH_ACTION_RUN, choice->g);
    return y + ROW_H;
}

// Who may be chosen, as keys: "**1** or **2**".
static void list_keys(const th_view *view, char *out, size_t size) {
    const th_explore_scene *explore = view->explore;
    size_t length = 0;
    out[0] = '\0';
    for (int i = 0; i < explore->choice_count && length + 24 < size; i++) {
        if (explore->choices[i].drains || explore->choices[i].g > 9) continue;
        const int count =
            snprintf(out + length, size - length, "%s**%d**",
                     length > 0 ? th_view_word(view, TH_WORD_OR) : "", (int)explore->choices[i].g);
        length += count > 0 ? (size_t)count : 0;
    }
}

// A choice decides when it settles what another leaves open, or leads far away from it.
static bool decides(const th_explore_scene *explore) {
    enum { ALL = 1000000, FAR = 250000 };
    uint32_t least = ALL, most = 0;
    for (int i = 0; i < explore->choice_count; i++) {
        const uint32_t share = explore->choices[i].share[explore->kind];
        if (share == TH_SHARE_UNKNOWN) return false;
        if (share < least) least = share;
        if (share > most) most = share;
    }
    return most > least && (most == ALL || least == 0 || most - least >= FAR);
}

void th_view_what_if(const th_view *view, const th_explore_layout *at) {
    const th_theme_colors *c = &view->theme->color;
    const th_explore_scene *explore = view->explore;
    const th_rect area = at->what_if;
    if (explore->grid.present) draw_legend(view, (th_rect){area.x, area.y + 40, area.w, LEGEND_H});
    char said[320];
    th_view_say_step(view, said, sizeof(said));
    if (view->scene->step == 0) {
        snprintf(said, sizeof(said), "%s", th_view_word(view, TH_WORD_NOTHING_YET));
    }
    const th_type type = th_type_ui(20, 600, c->text);
    const float inner = area.w - 2 * PAD;
    const float said_h = th_view_paragraph_height(view, type, inner, 29, said);
    const bool over = explore->choice_count == 0;
    int shown = explore->choice_count;
    const float y0 = area.y + 40 + LEGEND_H + 24;
    while (shown > 0 && y0 + 60 + said_h + ROW_H * (float)shown + 130 > area.y + area.h) shown--;
    const th_rect box = {area.x, y0, area.w, 62 + said_h + (over ? 52 : ROW_H * (float)shown) + 12};
    th_view_fill(view, box, view->theme->radius.dialog, c->panel);
    th_view_outline(view, box, view->theme->radius.dialog, c->accent, 2.5F);
    th_view_text(view, th_type_ui(view->theme->font.label, 700, c->faint), box.x + PAD, box.y + 28,
                 0, th_view_word(view, TH_WORD_WHAT_FOLLOWS));
    th_view_paragraph(view, type, box.x + PAD, box.y + 44, inner, 29, said);
    float y = box.y + 56 + said_h;
    if (over) {
        const th_word word = explore->off_chart ? TH_WORD_NOT_ON_CHART : TH_WORD_RUN_IS_OVER;
        th_view_text_shrunk(view, th_type_ui(19, 500, c->dim), 13, box.x + PAD, y + 22, inner,
                            th_view_word(view, word));
        return;
    }
    for (int i = 0; i < shown; i++) {
        y = draw_choice(view, (th_rect){box.x + 12, y, box.w - 24, 0}, y, &explore->choices[i]);
    }
    char keys[160], text[256];
    list_keys(view, keys, sizeof(keys));
    snprintf(text, sizeof(text),
             th_view_word(view, decides(explore) ? TH_WORD_ONE_CHOICE : TH_WORD_NOTHING_DECIDED),
             keys);
    th_view_paragraph(view, th_type_ui(19, 500, c->dim), box.x + 4, box.y + box.h + 14, box.w - 8,
                      28, text);
}

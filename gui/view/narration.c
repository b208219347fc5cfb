// What the scenario says, and the language it says it in.
#include "gui/view/say.h"
#include "gui/view/view.h"

#include <math.h>
#include <stdio.h>

static const float PAD = 24;

static void draw_languages(const th_view *view, float right, float y) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect pill = {right - 100, y - 15, 100, 30};
    th_view_fill(view, pill, 999, c->raised);
    const float half = pill.w / 2;
    th_view_fill(view,
                 (th_rect){pill.x + (view->lang == TH_LANG_ZH ? half : 0), pill.y, half, pill.h},
                 999, c->accent);
    const bool en = view->lang == TH_LANG_EN;
    th_view_text(view, th_type_center(th_type_ui(15, 700, en ? c->on_accent : c->dim)),
                 pill.x + half / 2, y, 0, "EN");
    th_view_text(view, th_type_center(th_type_ui(15, 700, en ? c->dim : c->on_accent)),
                 pill.x + half * 1.5f, y, 0, "中文");
    th_view_hit(view, (th_rect){pill.x, y - 20, pill.w, 40}, TH_ACTION_LANGUAGE, 0);
}

// For a scenario without captions: the step in words.
void th_view_say_step(const th_view *view, char *text, size_t size) {
    const th_scene *scene = view->scene;
    if (scene->log_count == 0) {
        snprintf(text, size, "%s", th_view_word(view, TH_WORD_SAY_START));
        return;
    }
    th_say_row(&scene->log[scene->log_count - 1], view->lang, text, size);
}

// The caption as large as it fits: the design's size first, then smaller ones.
static void draw_caption(const th_view *view, th_rect area, float size, float line, bool centered) {
    const th_scene *scene = view->scene;
    char said[1024];
    const char *text = said;
    if (scene->caption_before != NULL) {
        snprintf(said, sizeof(said), "%s\n%s", th_view_pick(view, scene->caption_before->text),
                 th_view_pick(view, scene->caption->text));
    } else if (scene->caption != NULL) {
        text = th_view_pick(view, scene->caption->text);
    } else {
        th_view_say_step(view, said, sizeof(said));
    }
    const th_theme_colors *c = &view->theme->color;
    th_text_layout layout = {0};
    const float size_min = size * 0.62f;
    for (;; size *= 0.93f, line *= 0.93f) {
        const th_text_style style = th_type_style(view, th_type_ui(size, 500, c->text));
        th_text_wrap(view->fonts, style, roundf(line * view->scale), area.w * view->scale, text,
                     &layout);
        if ((float)layout.line_count * line <= area.h + line * 0.3f || size < size_min) break;
    }
    if (centered) area.y += fmaxf(0, (area.h - (float)layout.line_count * line) / 2);
    const bool fading = scene->caption_in < 1;
    if (fading) th_draw_alpha_push(view->list, scene->caption_in);
    const th_point at = th_view_point_px(view, area.x, area.y);
    th_view_clip(view, (th_rect){area.x, area.y - 4, area.w + 8, area.h + 8});
    th_draw_layout(view->list, view->theme, &layout, roundf(at.x), roundf(at.y));
    th_view_unclip(view);
    if (fading) th_draw_alpha_pop(view->list);
    th_text_layout_free(&layout);
}

static void draw_strip(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    const th_rect area = view->at->caption;
    th_view_fill(view, area, 0, c->panel);
    th_view_line(view, area.x, area.y, area.x + area.w, area.y, c->line, 1);
    draw_languages(view, area.x + area.w - PAD, area.y + area.h / 2);
    const bool zh = view->lang == TH_LANG_ZH;
    // Two lines, in a high strip as large as its room.
    const bool large = view->desk->presenting.caption_large;
    const float size = large ? area.h * 0.27F : zh ? 26 : 25;
    const float line = large ? area.h * 0.39F : zh ? 38 : 36;
    draw_caption(view, (th_rect){area.x + PAD + 4, area.y + 5, area.w - 3 * PAD - 104, area.h - 10},
                 size, line, true);
}

void th_view_narration(const th_view *view) {
    const th_theme_colors *c = &view->theme->color;
    if (view->at->caption.h > 0) draw_strip(view);
    const th_rect area = view->at->narration;
    if (area.h <= 0) return;
    th_view_text(view, th_type_ui(view->theme->font.label, 700, c->dim), area.x + PAD, area.y + 27,
                 0, th_view_word(view, TH_WORD_NARRATION));
    draw_languages(view, area.x + area.w - PAD, area.y + 27);
    const bool zh = view->lang == TH_LANG_ZH;
    draw_caption(view, (th_rect){area.x + PAD, area.y + 46, area.w - 2 * PAD, area.h - 58},
                 zh ? view->theme->font.caption_zh : view->theme->font.caption,
                 zh ? view->theme->line_height.caption_zh : view->theme->line_height.caption,
                 false);
}

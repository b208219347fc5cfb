// The console: a line at the bottom of the stage, what came of the last one, and what could follow.
#include "gui/view/view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const float LINE_H = 44, ROW_H = 32, PAD = 20, PROMPT_W = 24;

static void draw_line(const th_view *view, const th_desk_console *console, th_rect area) {
    const th_theme_colors *c = &view->theme->color;
    const float y = area.y + area.h / 2, x = area.x + PAD + PROMPT_W;
    const float width = area.w - 2 * PAD - PROMPT_W;
    const th_type type = th_type_mono(21, 600, c->text);
    th_view_text(view, th_type_mono(21, 800, c->accent), area.x + PAD, y, 0, ">");
    if (console->line[0] == '\0') {
        th_view_text(view, th_type_mono(17, 500, c->faint), x + 12, y, width - 12,
                     th_view_word(view, TH_WORD_CONSOLE_ASK));
    }
    char left[512];
    snprintf(left, sizeof(left), "%.*s", (int)console->cursor, console->line);
    const float cursor = th_view_text_width(view, type, left);
    // A long line is pushed to the left until its cursor is seen.
    const float pushed = fmaxf(0, cursor - width + 8);
    th_view_clip(view, (th_rect){x - 2, area.y, width + 4, area.h});
    th_view_text(view, type, x - pushed, y, 0, console->line);
    th_view_fill(view, (th_rect){x - pushed + cursor, y - 13, 2.5F, 26}, 0, c->accent);
    th_view_unclip(view);
}

static void draw_matches(const th_view *view, const th_desk_console *console, th_rect area) {
    const th_theme_colors *c = &view->theme->color;
    const th_type type = th_type_mono(16, 600, c->dim);
    const float y = area.y + area.h / 2;
    float x = area.x + PAD;
    for (int i = 0; i < console->match_count; i++) {
        const float width = th_view_text_width(view, type, console->matches[i]) + 20;
        if (x + width > area.x + area.w - PAD) return;
        th_view_fill(view, (th_rect){x, y - 13, width, 26}, view->theme->radius.chip, c->raised);
        th_view_text(view, type, x + 10, y, 0, console->matches[i]);
        x += width + 8;
    }
}

void th_view_console(const th_view *view) {
    const th_desk_console *console = &view->desk->console;
    if (!console->open) return;
    const th_theme_colors *c = &view->theme->color;
    const th_rect stage = view->at->stage;
    const bool says = console->said[0] != '\0', offers = console->match_count > 0;
    const float height = LINE_H + (says ? ROW_H : 0) + (offers ? ROW_H : 0) + 6;
    const th_rect box = {stage.x + 1, stage.y + stage.h - height, stage.w - 2, height};
    th_view_fill(view, box, 0, c->panel);
    th_view_line(view, box.x, box.y, box.x + box.w, box.y, c->accent, 2);
    th_view_hit(view, box, TH_ACTION_NONE, 0);
    float y = box.y + 3;
    if (says) {
        th_view_text(view, th_type_mono(17, 600, console->bad ? c->warn : c->ok), box.x + PAD,
                     y + ROW_H / 2, box.w - 2 * PAD, console->said);
        y += ROW_H;
    }
    if (offers) {
        draw_matches(view, console, (th_rect){box.x, y, box.w, ROW_H});
        y += ROW_H;
    }
    draw_line(view, console, (th_rect){box.x, y, box.w, LINE_H});
}

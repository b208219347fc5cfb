#include "tests/draw/specimen.h"

#include <string.h>

#include "gui/draw/icons.h"
#include "gui/draw/wrap.h"

/* What every part of the sheet needs. */
typedef struct sheet {
    th_draw_list *list;
    const th_theme *theme;
    th_fonts *fonts;
    int step;
} sheet;

static th_text_style ui(int weight, float size, th_color color) {
    return (th_text_style){TH_FONT_UI, weight, size, color, TH_ALIGN_LEFT, TH_ANCHOR_MIDDLE};
}

static th_text_style mono(int weight, float size, th_color color) {
    return (th_text_style){TH_FONT_MONO, weight, size, color, TH_ALIGN_LEFT, TH_ANCHOR_MIDDLE};
}

static th_text_style centered(th_text_style style) {
    style.align = TH_ALIGN_CENTER;
    return style;
}

static th_text_style right(th_text_style style) {
    style.align = TH_ALIGN_RIGHT;
    return style;
}

static void panel(const sheet *s, th_rect r, th_color color) {
    th_draw_rect(s->list, r, 0, th_paint_solid(color));
}

static void top_bar(const sheet *s) {
    const th_theme_colors *c = &s->theme->color;
    panel(s, (th_rect){0, 0, 1920, 76}, c->panel);
    th_draw_line(s->list, (th_point){0, 75.5f}, (th_point){1920, 75.5f},
                 th_stroke_solid(c->line, 1));
    th_icon_logo(s->list, s->theme, 24, 21, 33);
    th_draw_text(s->list, ui(600, 16, c->faint), 80, 27, "CHAPTER 3  ·  RACES");
    th_draw_text(s->list, ui(700, 26, c->text), 80, 51, "3.1  Two writers, one slot");
    th_rect badge = {1219, 20, 194, 36};
    th_draw_rect(s->list, badge, 8, th_paint_solid(c->raised));
    th_draw_stroke_rect(s->list, badge, 8, th_stroke_solid(c->line2, 1.5f));
    th_draw_circle(s->list, (th_point){1238, 38}, 5, th_paint_solid(c->dim));
    th_draw_text(s->list, ui(600, 18, c->dim), 1252, 38, "Go 1.19–1.23 map");
    th_draw_text(s->list, ui(600, 18, c->faint), 1456, 44, "STEP");
    th_draw_textf(s->list, right(mono(800, 36, c->text)), 1560, 38, "%d", 29 + s->step);
    th_draw_text(s->list, mono(500, 24, c->faint), 1574, 41, "/ 38");
    th_rect verdict = {1660, 15, 238, 46};
    th_draw_rect(s->list, verdict, 999, th_paint_solid(c->alert_wash));
    th_draw_stroke_rect(s->list, verdict, 999, th_stroke_solid(c->alert, 2.5f));
    th_icon_race(s->list, 1690, 38, 14, c->alert, c->alert_wash);
    th_draw_text(s->list, ui(700, 22, c->alert_ink), 1712, 38, "DATA RACE ×3");
}

static void card(const sheet *s, int index, float y, bool running) {
    const th_theme_colors *c = &s->theme->color;
    th_goroutine_style g = th_theme_goroutine(s->theme, index);
    static const char *const lines[] = {"if flags & hashWriting: fatal", "flags ^= hashWriting",
                                        "slot = first empty in bucket",  "bucket.key[slot] = key",
                                        "bucket.tophash[slot] = top",    "count++"};
    panel(s, (th_rect){0, y, 424, 318}, running ? c->raised : c->panel);
    th_draw_rect(s->list, (th_rect){0, y, 8, 318}, 0, th_theme_fill(g, 8));
    th_icon_badge(s->list, s->theme, index, 46, y + 36, 17);
    th_draw_textf(s->list, ui(800, 24, g.ink), 76, y + 37, "G%d", index + 1);
    th_draw_text(s->list, ui(500, 20, c->dim), 120, y + 37, index == 0 ? "writer A" : "写者 B");
    th_rect pill = {276, y + 23, 128, 26};
    if (running) {
        th_draw_rect(s->list, pill, 999, th_paint_solid(g.fill));
    } else {
        th_draw_stroke_rect(s->list, pill, 999, th_stroke_solid(c->line2, 1.5f));
    }
    th_draw_text(s->list, centered(ui(700, 16, running ? g.on : c->dim)), 340, y + 36,
                 running ? "RUNNING · P1" : "READY · P0");
    th_draw_text(s->list, mono(600, 28, c->text), 28, y + 78,
                 index == 0 ? "m[5] = 10" : "m[13] = 20");
    for (int i = 0; i < 6; i++) {
        float line_y = y + 114 + 28 * (float)i;
        bool now = i == (index == 0 ? 5 : 3);
        if (now) {
            panel(s, (th_rect){8, line_y - 14, 416, 28}, g.wash);
            th_icon_caret(s->list, 19, line_y, 13, false, g.fill);
        }
        th_draw_text(s->list,
                     mono(now ? 700 : 500, 18,
                          now     ? c->text
                          : i < 5 ? c->faint
                                  : c->dim),
                     32, line_y, lines[i]);
    }
    th_draw_rect(s->list, (th_rect){28, y + 279, 75, 32}, 6, th_paint_solid(c->raised));
    th_draw_text(s->list, ui(500, 16, c->dim), 38, y + 295, "top");
    th_draw_text(s->list, mono(700, 18, c->text), 72, y + 295, "b8");
}

static void hmap_strip(const sheet *s) {
    const th_theme_colors *c = &s->theme->color;
    static const char *const names[] = {"count",   "flags",      "B",         "noverflow", "hash0",
                                        "buckets", "oldbuckets", "nevacuate", "extra"};
    static const char *const values[] = {"12", "", "2", "0", "5eed00dc", "", "nil", "0", "nil"};
    static const float xs[] = {442, 520, 846, 895, 991, 1117, 1203, 1311, 1411};
    th_rect strip = {442, 94, 1036, 98};
    th_draw_rect(s->list, strip, 12, th_paint_solid(c->panel));
    th_draw_stroke_rect(s->list, strip, 12, th_stroke_solid(c->line2, 1.5f));
    for (int i = 0; i < 9; i++) {
        if (i > 0) {
            th_draw_line(s->list, (th_point){xs[i], 104}, (th_point){xs[i], 182},
                         th_stroke_solid(c->line, 1));
        }
        th_draw_text(s->list, ui(500, 16, c->dim), xs[i] + 12, 113, names[i]);
        th_draw_text(s->list, mono(600, i == 4 ? 20 : 26, i < 5 ? c->text : c->faint), xs[i] + 12,
                     154, values[i]);
    }
    for (int i = 0; i < 4; i++) {
        static const char *const flags[] = {"iterator", "oldIterator", "hashWriting",
                                            "sameSizeGrow"};
        float x = 541 + 152 * (float)(i % 2), y = 142 + 30 * (float)(i / 2);
        th_icon_led(s->list, s->theme, x, y, 8, i == 2);
        th_draw_text(s->list, ui(i == 2 ? 700 : 500, 18, i == 2 ? c->text : c->faint), x + 16, y,
                     flags[i]);
    }
    th_draw_circle(s->list, (th_point){1136, 156}, 7, th_paint_solid(c->text));
    const th_point wire[] = {{1136, 156}, {1136, 230}, {1060, 230}, {1060, 244}};
    th_draw_polyline(s->list, wire, 4, 6, th_stroke_solid(c->line2, 2.5f));
    th_draw_arrow_head(s->list, wire[3], (th_point){0, 1}, 9, c->line2);
}

static void bucket(const sheet *s) {
    const th_theme_colors *c = &s->theme->color;
    th_rect box = {844, 246, 432, 550};
    static const char *const cells[4][3] = {
        {"58", "1", "17"}, {"7a", "4", "38"}, {"6a", "14", "18"}, {"b8", "", "0"}};
    th_draw_glow(s->list, box, 12, c->accent, s->theme->glow.focus);
    th_draw_rect(s->list, box, 12, th_paint_solid(c->panel));
    th_draw_stroke_rect(s->list, box, 12, th_stroke_solid(c->accent, 2.5f));
    th_draw_text(s->list, ui(700, 26, c->text), 858, 271, "bucket 2");
    th_draw_text(s->list, right(mono(500, 24, c->dim)), 1262, 271, "hash & 3 = 10");
    for (int row = 0; row < 8; row++) {
        float y = 316 + 53 * (float)row;
        th_draw_textf(s->list, centered(mono(500, 16, c->faint)), 866, y + 25, "%d", row);
        for (int column = 0; column < 3; column++) {
            th_rect cell = {886 + 128 * (float)column, y, 124, 50};
            th_draw_rect(s->list, cell, 5, th_paint_solid(row > 3 ? c->cell_empty : c->cell));
            th_draw_stroke_rect(s->list, cell, 5, th_stroke_solid(c->line, 1));
            float x = cell.x + cell.w / 2;
            if (row > 3 && column == 0) {
                th_draw_circle(s->list, (th_point){x, y + 25}, 3, th_paint_solid(c->faint));
            } else if (row <= 3) {
                th_draw_text(s->list, centered(mono(600, 27, c->text)), x, y + 25,
                             cells[row][column]);
            }
        }
    }
    th_rect torn = {1008, 471, 136, 58};
    th_icon_burst(s->list, s->theme, 1076, 500, torn.w, torn.h, 1);
    th_icon_crack(s->list, s->theme, 0, 1, torn, 1);
    th_draw_text(s->list, centered(mono(700, 27, th_color_alpha(c->goroutine[0].on, 0.7f))), 1036,
                 500, "5");
    th_draw_line(s->list, (th_point){1022, 500}, (th_point){1050, 500},
                 th_stroke_solid(c->goroutine[0].on, 3));
    th_draw_text(s->list, centered(mono(800, 27, c->goroutine[1].on)), 1106, 500, "13");
    th_icon_badge_outlined(s->list, s->theme, 0, 842, 500, 18, c->stage);
    th_icon_badge_outlined(s->list, s->theme, 1, 1280, 500, 18, c->stage);
    const th_point link[4] = {{1262, 530}, {1280, 600}, {1262, 690}, {1300, 692}};
    th_draw_bezier(s->list, link, th_stroke_solid(c->alert, 2.5f));
}

static void marks(const sheet *s) {
    const th_theme_colors *c = &s->theme->color;
    th_rect read = {446, 262, 60, 42}, write = {536, 262, 60, 42}, ring = {626, 258, 90, 50};
    th_draw_rect(s->list, read, 5, th_paint_solid(c->cell));
    th_draw_stroke_rect(s->list, read, 6, th_stroke_solid(c->goroutine[0].fill, 4));
    th_draw_glow(s->list, write, 6, c->goroutine[1].fill, s->theme->glow.write);
    th_draw_rect(s->list, write, 6, th_theme_fill(c->goroutine[1], 10));
    th_icon_ring_cell(s->list, s->theme, 0, 1, ring);
    for (int i = 0; i < 13; i++) {
        float x = 462 + 44 * (float)(i % 7), y = 350 + 44 * (float)(i / 7);
        th_icon_badge(s->list, s->theme, i, x, y, 16);
    }
    for (int i = 0; i < 6; i++) {
        float x = 446 + 62 * (float)i;
        th_draw_rect(s->list, (th_rect){x, 430, 54, 44}, 5,
                     th_theme_fill(th_theme_goroutine(s->theme, i), 10));
        th_icon_access(s->list, s->theme, i, true, x + 14, 496, 22);
        th_icon_access(s->list, s->theme, i, false, x + 42, 496, 22);
        th_icon_tick(s->list, s->theme, i, true, x + 14, 528, 20);
        th_icon_tick(s->list, s->theme, i, false, x + 42, 528, 20);
        th_icon_badge_hollow(s->list, s->theme, i, x + 27, 566, 14);
    }
    th_icon_race(s->list, 462, 620, 15, c->alert, c->stage);
    th_icon_fatal(s->list, 506, 620, 15, c->alert, 0xFFFFFFFF);
    th_icon_warn(s->list, 550, 620, 15, c->warn, c->stage);
    th_icon_ok(s->list, 594, 620, 15, c->ok, c->stage);
    th_icon_limit(s->list, 638, 620, 15, c->dim, c->stage);
    th_icon_lock(s->list, 690, 620, 44, false, c->text, c->stage);
    th_icon_lock(s->list, 750, 620, 44, true, c->hyp, c->stage);
    for (int i = 0; i < 9; i++) {
        float h = 4 + 4 * (float)i;
        th_draw_rect(s->list, (th_rect){446 + 30 * (float)i, 700 - h, 26, h}, 3,
                     th_paint_solid(c->occupancy[i]));
    }
    for (int i = 0; i < 10; i++) {
        th_draw_rect(s->list, (th_rect){446 + 30 * (float)i, 710, 28, 20}, 4,
                     th_paint_solid(c->crash[i]));
    }
    th_rect dashed = {446, 746, 180, 40}, dots = {640, 746, 180, 40};
    th_draw_stroke_rect(s->list, dashed, 999, th_stroke_dashed(c->hyp, 1.5f, 6, 4));
    th_draw_text(s->list, centered(ui(700, 16, c->hyp)), 536, 766, "HYPOTHETICAL");
    th_draw_stroke_rect(s->list, dots, 8, th_stroke_dashed(c->line2, 2, 2, 4));
    const th_point flight[4] = {{446, 800}, {560, 800}, {640, 840}, {826, 838}};
    const th_point trail[4] = {{446, 816}, {560, 816}, {640, 850}, {826, 812}};
    th_draw_bezier(s->list, flight, th_stroke_solid(c->goroutine[0].fill, 5));
    th_draw_bezier(s->list, trail, th_stroke_dashed(c->goroutine[0].fill, 2.5f, 8, 6));
}

static void side_panel(const sheet *s) {
    const th_theme_colors *c = &s->theme->color;
    panel(s, (th_rect){1496, 76, 424, 778}, c->panel);
    th_draw_line(s->list, (th_point){1496, 76}, (th_point){1496, 854}, th_stroke_solid(c->line, 1));
    th_draw_text(s->list, ui(600, 16, c->faint), 1520, 103, "NARRATION");
    th_text_layout layout = {0};
    th_text_wrap(s->fonts, ui(500, 28, c->text), 40, 380,
                 "{1:G1} just stored key {1:5} in slot 3. Now {2:G2} overwrites it with {2:13}. "
                 "Both saw **hashWriting = 0**, so both believe they are alone.",
                 &layout);
    th_draw_layout(s->list, s->theme, &layout, 1520, 122);
    th_text_wrap(s->fonts, ui(500, 31, c->text), 47, 380,
                 "{1:G1} 检查标志时还没有写者。现在 {2:G2} 正在删除同一个键，已把值清零。{1:G1} "
                 "读到的 {alert:0} 从未有人存入。",
                 &layout);
    th_draw_layout(s->list, s->theme, &layout, 1520, 330);
    th_text_layout_free(&layout);
    for (int i = 0; i < 7; i++) {
        float y = 560 + 31 * (float)i;
        bool last = i == s->step % 7;
        if (last) panel(s, (th_rect){1498, y - 15, 422, 30}, c->raised2);
        th_draw_textf(s->list, mono(500, 18, last ? c->text : c->dim), 1522, y, "%d", 23 + i);
        th_icon_badge(s->list, s->theme, i > 3, 1566, y, 10);
        th_icon_access(s->list, s->theme, i > 3, i % 3 == 0, 1598, y, 22);
        th_draw_text(s->list, mono(500, 18, last ? c->text : c->dim), 1622, y,
                     i % 2 ? "b2.tophash[3]" : "h.noverflow");
        th_draw_text(s->list, right(mono(500, 18, c->dim)), 1896, y, "← b8");
    }
    char fitted[64];
    th_text_fit(s->fonts, mono(500, 18, c->dim), "a name that is much too long to show", 300,
                fitted, sizeof fitted);
    th_draw_text(s->list, mono(500, 18, c->dim), 1522, 800, fitted);
    th_draw_text(s->list, mono(500, 18, c->text), 1522, 830, "-> != := <- &^= ∅ ◂ ▸ 槽位 Ω \xFF");
}

static void transport(const sheet *s) {
    const th_theme_colors *c = &s->theme->color;
    panel(s, (th_rect){0, 854, 1920, 226}, c->panel);
    th_draw_line(s->list, (th_point){0, 854}, (th_point){1920, 854}, th_stroke_solid(c->line, 1));
    const float xs[] = {24, 84, 212}, widths[] = {52, 46, 46};
    for (int i = 0; i < 3; i++) {
        th_draw_rect(s->list, (th_rect){xs[i], 866, widths[i], 40}, 10, th_paint_solid(c->raised));
    }
    th_draw_rect(s->list, (th_rect){138, 866, 64, 40}, 999, th_paint_solid(c->accent));
    th_icon_start(s->list, 50, 886, 18, c->text);
    th_icon_step(s->list, 107, 886, 18, true, c->text);
    th_icon_play(s->list, 170, 886, 20, c->on_accent);
    th_icon_step(s->list, 235, 886, 18, false, c->text);
    th_draw_rect(s->list, (th_rect){340, 884, 150, 4}, 2, th_paint_solid(c->line2));
    th_draw_rect(s->list, (th_rect){340, 884, 75, 4}, 2, th_paint_solid(c->accent));
    th_draw_circle(s->list, (th_point){415, 886}, 9, th_paint_solid(c->accent));
    th_draw_text(s->list, ui(500, 18, c->dim), 278, 886, "Speed");
    th_rect what_if = {577, 866, 268, 40};
    th_draw_stroke_rect(s->list, what_if, 999, th_stroke_dashed(c->line2, 1.5f, 6, 4));
    th_icon_branch(s->list, 606, 886, 17, c->text);
    th_draw_text(s->list, ui(600, 18, c->text), 654, 886, "What if G1 ran here?");
    th_icon_pause(s->list, 900, 886, 20, c->text);
}

static void lanes(const sheet *s) {
    const th_theme_colors *c = &s->theme->color;
    for (int lane = 0; lane < 2; lane++) {
        float y = 950 + 54 * (float)lane;
        th_icon_badge(s->list, s->theme, lane, 40, y + 23, 12);
        th_goroutine_style g = th_theme_goroutine(s->theme, lane);
        th_draw_rect(s->list, (th_rect){150, y, 1700, 46}, 6, th_paint_solid(g.wash));
        for (int i = 0; i < 38; i++) {
            if (i > 29) th_draw_alpha_push(s->list, s->theme->future_alpha);
            th_icon_tick(s->list, s->theme, lane, i % 3 == 0, 172 + 45.5f * (float)i, y + 23, 20);
            if (i > 29) th_draw_alpha_pop(s->list);
        }
    }
    const th_point link[4] = {{1173, 996}, {1173, 1020}, {1309, 990}, {1309, 1016}};
    th_draw_bezier(s->list, link, th_stroke_solid(c->alert, 2.5f));
    float x = 1446 + 4 * (float)s->step;
    th_draw_rect(s->list, (th_rect){x - 20, 918, 40, 28}, 6, th_paint_solid(c->accent));
    th_draw_textf(s->list, centered(mono(700, 18, c->on_accent)), x, 932, "%d", 29 + s->step);
    th_draw_line(s->list, (th_point){x, 946}, (th_point){x, 1062}, th_stroke_solid(c->accent, 3));
}

void th_specimen_build(th_draw_list *list, const th_theme *theme, th_fonts *fonts, int step) {
    const sheet s = {list, theme, fonts, step};
    const th_theme_colors *c = &theme->color;
    top_bar(&s);
    panel(&s, theme->layout.stage, c->stage);
    th_draw_rect(
        list, theme->layout.stage, 0,
        (th_paint){
            .pattern_color = c->grid, .pattern = TH_PATTERN_DOTS, .pitch = 24, .thickness = 2.5f});
    th_draw_clip_push(list, (th_rect){0, 76, 424, 778});
    card(&s, 0, 76, false);
    card(&s, 1, 394, true);
    th_draw_clip_pop(list);
    hmap_strip(&s);
    bucket(&s);
    marks(&s);
    side_panel(&s);
    transport(&s);
    lanes(&s);
}

#include "gui/draw/svg.h"

#include <math.h>
#include <string.h>

#include "gui/draw/marks.h"
#include "gui/draw/utf8.h"

static const char *const FAMILIES[TH_FONT_ROLE_COUNT] = {
    [TH_FONT_UI] = "Inter, 'DejaVu Sans', 'Noto Sans CJK SC', sans-serif",
    [TH_FONT_MONO] = "'JetBrains Mono', 'DejaVu Sans Mono', 'Noto Sans CJK SC', monospace",
    [TH_FONT_CJK] = "'Noto Sans CJK SC', 'Noto Sans SC', 'DejaVu Sans', sans-serif",
};

typedef struct svg {
    FILE *out;
    th_fonts *fonts;
    th_path path;
    th_pixel_rect whole, clip; /* the page, and what the open group shows */
    int clip_count, pattern_count;
} svg;

/* In hundredths of a pixel: finer than an eye, and short. */
static void put_number(const svg *s, const char *before, float value) {
    char text[32];
    int length = snprintf(text, sizeof text, "%.2f", (double)value);
    while (text[length - 1] == '0') length--;
    if (text[length - 1] == '.') length--;
    text[length] = '\0';
    fprintf(s->out, "%s%s", before, strcmp(text, "-0") == 0 ? "0" : text);
}

static void put_point(const svg *s, const char *before, th_point p) {
    put_number(s, before, p.x);
    put_number(s, ",", p.y);
}

/* `what` is "fill" or "stroke". */
static void put_color(const svg *s, const char *what, th_color color) {
    fprintf(s->out, " %s=\"#%06x\"", what, (unsigned)(color & 0xFFFFFF));
    if (color >> 24 == 255) return;
    fprintf(s->out, " %s-opacity=\"", what);
    put_number(s, "", (float)(color >> 24) / 255);
    fputc('"', s->out);
}

static void put_rect(const svg *s, th_rect r, float radius) {
    put_number(s, "<rect x=\"", r.x);
    put_number(s, "\" y=\"", r.y);
    put_number(s, "\" width=\"", r.w);
    put_number(s, "\" height=\"", r.h);
    if (radius > 0) put_number(s, "\" rx=\"", radius);
    fputc('"', s->out);
}

static void put_stroke(const svg *s, const th_command_stroke *stroke) {
    fputs(" fill=\"none\" stroke-linejoin=\"round\"", s->out);
    put_color(s, "stroke", stroke->color);
    put_number(s, " stroke-width=\"", stroke->width);
    if (stroke->round_caps) fputs("\" stroke-linecap=\"round", s->out);
    if (stroke->dash > 0) {
        put_number(s, "\" stroke-dasharray=\"", stroke->dash);
        put_number(s, " ", stroke->gap);
        put_number(s, "\" stroke-dashoffset=\"", stroke->offset);
    }
    fputs("\"/>\n", s->out);
}

/* --- patterns --- */

/* The lines of one tile; slanted ones are drawn past its corners, so that the tiles join. */
static void put_pattern_lines(const svg *s, th_pattern pattern, float pitch) {
    const float p = pitch, middle = pitch / 2;
    const th_point rising[][2] = {{{-p, p}, {p, -p}}, {{0, p}, {p, 0}}, {{0, 2 * p}, {2 * p, 0}}};
    const th_point falling[][2] = {{{-p, 0}, {p, 2 * p}}, {{0, 0}, {p, p}}, {{0, -p}, {2 * p, p}}};
    const th_point upright[2] = {{middle, 0}, {middle, p}}, level[2] = {{0, middle}, {p, middle}};
    const bool slanted = pattern == TH_PATTERN_DIAGONAL || pattern == TH_PATTERN_CROSS;
    for (int i = 0; i < 3 && slanted; i++) {
        put_point(s, "M", rising[i][0]);
        put_point(s, "L", rising[i][1]);
        if (pattern != TH_PATTERN_CROSS) continue;
        put_point(s, "M", falling[i][0]);
        put_point(s, "L", falling[i][1]);
    }
    if (slanted) return;
    const th_point *line = pattern == TH_PATTERN_VERTICAL ? upright : level;
    put_point(s, "M", line[0]);
    put_point(s, "L", line[1]);
}

/* Defines the pattern of a paint whose mark's corner is at (x, y); returns its number. */
static int put_pattern(svg *s, const th_paint *paint, float x, float y) {
    const int pitch = th_paint_pitch(paint), number = ++s->pattern_count;
    const float thickness = th_paint_thickness(paint, pitch);
    fprintf(s->out, "<pattern id=\"p%d\" patternUnits=\"userSpaceOnUse\" ", number);
    fprintf(s->out, "width=\"%d\" height=\"%d\"", pitch, pitch);
    put_number(s, " x=\"", floorf(x));
    put_number(s, "\" y=\"", floorf(y));
    if (paint->pattern == TH_PATTERN_DOTS) {
        put_number(s, "\"><circle cx=\"", (float)pitch / 2);
        put_number(s, "\" cy=\"", (float)pitch / 2);
        put_number(s, "\" r=\"", thickness / 2);
        fputc('"', s->out);
        put_color(s, "fill", paint->pattern_color);
    } else {
        fputs("\"><path d=\"", s->out);
        put_pattern_lines(s, paint->pattern, (float)pitch);
        put_number(s, "\" stroke-width=\"", thickness);
        fputc('"', s->out);
        put_color(s, "stroke", paint->pattern_color);
    }
    fputs("/></pattern>\n", s->out);
    return number;
}

/* --- marks --- */

static void put_rect_command(svg *s, const th_command_rect *c) {
    if (c->paint.color >> 24 != 0) {
        put_rect(s, c->rect, c->radius);
        put_color(s, "fill", c->paint.color);
        fputs("/>\n", s->out);
    }
    if (c->paint.pattern == TH_PATTERN_SOLID) return;
    const int pattern = put_pattern(s, &c->paint, c->rect.x, c->rect.y);
    put_rect(s, c->rect, c->radius);
    fprintf(s->out, " fill=\"url(#p%d)\"/>\n", pattern);
}

static void put_stroke_rect(const svg *s, const th_command_stroke_rect *c) {
    const float half = c->stroke.width / 2;
    put_rect(s, th_rect_inset(c->rect, half), c->radius > half ? c->radius - half : 0);
    put_stroke(s, &c->stroke);
}

static void put_polyline(svg *s, const th_command_polyline *c) {
    th_path_set_polyline(&s->path, c->points, c->count, c->radius);
    for (int i = 0; i < s->path.count; i++) {
        put_point(s, i == 0 ? "<polyline points=\"" : " ", s->path.points[i]);
    }
    fputc('"', s->out);
    put_stroke(s, &c->stroke);
}

static void put_bezier(const svg *s, const th_command_bezier *c) {
    put_point(s, "<path d=\"M", c->p[0]);
    put_point(s, "C", c->p[1]);
    put_point(s, " ", c->p[2]);
    put_point(s, " ", c->p[3]);
    fputc('"', s->out);
    put_stroke(s, &c->stroke);
}

static void put_outline(const svg *s, const th_command_polygon *c) {
    for (int i = 0; i < c->count; i++) {
        put_point(s, i == 0 ? "<polygon points=\"" : " ", c->points[i]);
    }
    fputc('"', s->out);
}

static void put_polygon(svg *s, const th_command_polygon *c) {
    if (c->paint.color >> 24 != 0) {
        put_outline(s, c);
        put_color(s, "fill", c->paint.color);
        fputs("/>\n", s->out);
    }
    if (c->paint.pattern == TH_PATTERN_SOLID) return;
    const th_point corner = th_mark_corner(c);
    const int pattern = put_pattern(s, &c->paint, corner.x, corner.y);
    put_outline(s, c);
    fprintf(s->out, " fill=\"url(#p%d)\"/>\n", pattern);
}

static void put_escaped(const svg *s, const char *text, size_t length) {
    for (size_t at = 0; at < length;) {
        uint32_t character = th_utf8_next(text, length, &at);
        /* Of the control characters a document may hold a tab alone. */
        if (character < ' ' || character == 0xFFFE || character == 0xFFFF) character = ' ';
        char bytes[4];
        switch (character) {
        case '<': fputs("&lt;", s->out); break;
        case '>': fputs("&gt;", s->out); break;
        case '&': fputs("&amp;", s->out); break;
        default: fwrite(bytes, 1, th_utf8_put(bytes, character), s->out);
        }
    }
}

static void put_text(const svg *s, const th_command_text *c) {
    static const int WEIGHTS[] = {500, 600, 700, 800};
    const th_run *run = th_runs_get(s->fonts, c->style, c->text, c->length, false);
    if (run->advance <= 0) return;
    const th_point pen = th_mark_text_pen(c, run);
    put_number(s, "<text x=\"", pen.x);
    put_number(s, "\" y=\"", pen.y);
    put_number(s, "\" textLength=\"", run->advance);
    fprintf(s->out, "\" class=\"f%d\" font-size=\"%d\" font-weight=\"%d\"", (int)c->style.role,
            run->size, WEIGHTS[run->weight_index]);
    put_color(s, "fill", c->style.color);
    fputc('>', s->out);
    put_escaped(s, c->text, c->length);
    fputs("</text>\n", s->out);
}

static void put_command(svg *s, const th_command *command) {
    const void *any = command;
    switch ((th_command_kind)command->kind) {
    case TH_COMMAND_RECT: put_rect_command(s, any); break;
    case TH_COMMAND_STROKE_RECT: put_stroke_rect(s, any); break;
    case TH_COMMAND_POLYLINE: put_polyline(s, any); break;
    case TH_COMMAND_BEZIER: put_bezier(s, any); break;
    case TH_COMMAND_POLYGON: put_polygon(s, any); break;
    case TH_COMMAND_TEXT: put_text(s, any); break;
    }
}

/* --- the page --- */

static bool same_rect(th_pixel_rect a, th_pixel_rect b) {
    return a.x0 == b.x0 && a.y0 == b.y0 && a.x1 == b.x1 && a.y1 == b.y1;
}

static void open_clip(svg *s, th_pixel_rect clip) {
    if (same_rect(clip, s->clip)) return;
    if (!same_rect(s->clip, s->whole)) fputs("</g>\n", s->out);
    s->clip = clip;
    if (same_rect(clip, s->whole)) return;
    const int number = ++s->clip_count;
    fprintf(s->out, "<clipPath id=\"c%d\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
            number, clip.x0, clip.y0, clip.x1 - clip.x0, clip.y1 - clip.y0);
    fprintf(s->out, "</clipPath>\n<g clip-path=\"url(#c%d)\">\n", number);
}

static void put_head(const svg *s, int width, int height, th_color background) {
    fprintf(s->out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:space=\"preserve\" width=\"%d\" "
            "height=\"%d\" "
            "viewBox=\"0 0 %d %d\">\n<style>text { white-space: pre }",
            width, height, width, height);
    for (int role = 0; role < TH_FONT_ROLE_COUNT; role++) {
        fprintf(s->out, " .f%d { font-family: %s%s }", role, FAMILIES[role],
                role == TH_FONT_MONO ? "; font-variant-ligatures: none" : "");
    }
    fputs("</style>\n<rect width=\"100%\" height=\"100%\"", s->out);
    put_color(s, "fill", background | 0xFF000000);
    fputs("/>\n", s->out);
}

void th_svg_write(FILE *out, const th_draw_list *list, th_fonts *fonts, int width, int height,
                  th_color background) {
    const th_pixel_rect whole = {0, 0, width, height};
    svg s = {.out = out, .fonts = fonts, .whole = whole, .clip = whole};
    put_head(&s, width, height, background);
    for (size_t at = 0; at < list->used;) {
        const th_command *command = (const th_command *)(const void *)(list->arena + at);
        const th_pixel_rect clip = th_pixel_rect_intersect(command->clip, whole);
        if (!th_pixel_rect_empty(th_pixel_rect_intersect(command->bounds, clip))) {
            open_clip(&s, clip);
            put_command(&s, command);
        }
        at += command->size;
    }
    open_clip(&s, whole);
    fputs("</svg>\n", out);
    th_path_free(&s.path);
}

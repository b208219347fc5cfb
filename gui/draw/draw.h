/* The draw list: what a view wants on the screen, as data.
 *
 * Views append marks in painting order; gui/draw/raster.h turns the list into pixels, for the
 * window and for an exported image alike. The list knows no fonts and no pixels: it is a plain
 * record, so equal calls give equal bytes.
 *
 *     th_draw_list list = {0};
 *     th_draw_reset(&list);
 *     th_draw_clip_push(&list, panel);
 *     th_draw_rect(&list, panel, 12, th_paint_solid(theme->color.panel));
 *     th_draw_text(&list, (th_text_style){TH_FONT_UI, 700, 20, theme->color.text}, x, y, "b0");
 *     th_draw_clip_pop(&list);
 *     ...
 *     th_draw_free(&list);
 *
 * Coordinates and sizes are pixels of the target, x to the right, y down; a view multiplies by
 * its scale itself. Pixel (0, 0) covers the square from (0, 0) to (1, 1). Colours are 0xAARRGGBB,
 * not premultiplied. Commands live in one arena that grows and is kept by th_draw_reset, so a
 * steady state allocates nothing. Marks with nothing to show (no size, alpha 0, outside the clip)
 * are dropped. Not finite coordinates are a bug of the caller.
 */
#ifndef TH_GUI_DRAW_DRAW_H
#define TH_GUI_DRAW_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t th_color; /* 0xAARRGGBB, not premultiplied */

typedef struct th_point {
    float x, y;
} th_point;

typedef struct th_rect {
    float x, y, w, h;
} th_rect;

/* Whole pixels: [x0, x1) by [y0, y1). */
typedef struct th_pixel_rect {
    int x0, y0, x1, y1;
} th_pixel_rect;

/* The fills that tell goroutines apart without colour. */
typedef enum th_pattern {
    TH_PATTERN_SOLID,
    TH_PATTERN_DIAGONAL,
    TH_PATTERN_DOTS,
    TH_PATTERN_VERTICAL,
    TH_PATTERN_CROSS,
    TH_PATTERN_HORIZONTAL,
    TH_PATTERN_COUNT
} th_pattern;

/* What fills an area: `color`, and over it the lines or dots of `pattern` in `pattern_color`,
 * repeated every `pitch` pixels (0: 8; rounded, at most 64) from the mark's own corner. Lines
 * are `thickness` pixels wide, dots across (0: what suits the pitch). `color` may have alpha 0, for
 * a pattern alone. */
typedef struct th_paint {
    th_color color;
    th_color pattern_color;
    th_pattern pattern;
    float pitch;
    float thickness;
} th_paint;

/* How a line is drawn. Width in pixels. dash == 0 is a solid line; otherwise `dash` pixels are
 * drawn and `gap` left out in turn, starting `offset` pixels into the first dash. Joins are
 * rounded. */
typedef struct th_stroke {
    th_color color;
    float width;
    float dash, gap, offset;
    bool round_caps;
} th_stroke;

/* n translucent frames around a mark, each `step` px wider than the one inside it. */
typedef struct th_glow {
    int n;
    float step;
    float alpha;
} th_glow;

typedef enum th_font_role {
    TH_FONT_UI,   /* proportional, kerned */
    TH_FONT_MONO, /* every cell equally wide, no ligatures */
    TH_FONT_CJK,  /* a Chinese face first; UI and MONO fall back to it by character */
    TH_FONT_ROLE_COUNT
} th_font_role;

typedef enum th_align { TH_ALIGN_LEFT, TH_ALIGN_CENTER, TH_ALIGN_RIGHT } th_align;

/* What the y of a text means. MIDDLE centres the capitals and digits on y. */
typedef enum th_anchor { TH_ANCHOR_BASELINE, TH_ANCHOR_TOP, TH_ANCHOR_MIDDLE } th_anchor;

typedef struct th_text_style {
    th_font_role role;
    int weight;    /* 500, 600, 700 or 800; others take the nearest face */
    float size_px; /* of the em; rounded to a whole pixel */
    th_color color;
    th_align align; /* of x */
    th_anchor anchor;
} th_text_style;

enum {
    TH_DRAW_CLIP_MAX = 16,    /* panel, card, row, cell and room to spare */
    TH_DRAW_ALPHA_MAX = 8,    /* one for each nested fade */
    TH_DRAW_POINTS_MAX = 4096 /* of one polyline or polygon */
};

/* The list. Zeroed memory is an empty list. Only gui/draw looks inside.
 * Invariant: used is a multiple of 8 and at most capacity; the two stacks are balanced whenever
 * a list is handed to the raster. */
typedef struct th_draw_list {
    unsigned char *arena;
    size_t used, capacity;
    int command_count;
    th_pixel_rect clip[TH_DRAW_CLIP_MAX];
    int clip_count;
    float alpha[TH_DRAW_ALPHA_MAX]; /* products, so the last one is in force */
    int alpha_count;
} th_draw_list;

/* Empties the list, keeping its memory. */
void th_draw_reset(th_draw_list *list);
void th_draw_free(th_draw_list *list);

/* Later marks show inside `rect` (rounded to whole pixels) and inside the clips below it only. */
void th_draw_clip_push(th_draw_list *list, th_rect rect);
void th_draw_clip_pop(th_draw_list *list);

/* Later marks, each for itself, have their alpha multiplied by `alpha` (0 to 1). */
void th_draw_alpha_push(th_draw_list *list, float alpha);
void th_draw_alpha_pop(th_draw_list *list);

/* A filled rectangle; radius is limited to half of the smaller side, so 999 makes a pill. */
void th_draw_rect(th_draw_list *list, th_rect rect, float radius, th_paint paint);

/* Its outline, inside the rectangle. A dashed one starts at the top left after the corner. */
void th_draw_stroke_rect(th_draw_list *list, th_rect rect, float radius, th_stroke stroke);

/* A line. A solid one along an axis is moved to the pixel grid, so that hairlines are crisp. */
void th_draw_line(th_draw_list *list, th_point a, th_point b, th_stroke stroke);

/* Joined lines; inner corners are rounded with `radius` pixels where the room allows it. */
void th_draw_polyline(th_draw_list *list, const th_point *points, int count, float radius,
                      th_stroke stroke);

/* A cubic Bezier from p[0] to p[3] with control points p[1] and p[2]. */
void th_draw_bezier(th_draw_list *list, const th_point p[4], th_stroke stroke);

/* The area inside a closed outline (non-zero winding): fans, stars, diamonds. */
void th_draw_polygon(th_draw_list *list, const th_point *points, int count, th_paint paint);

void th_draw_circle(th_draw_list *list, th_point center, float radius, th_paint paint);

/* A circle's outline, inside `radius`; dashes are allowed. */
void th_draw_ring(th_draw_list *list, th_point center, float radius, th_stroke stroke);

/* A filled head, `size` px long, whose tip is at `tip` and that points along `direction` (any
 * length but 0). */
void th_draw_arrow_head(th_draw_list *list, th_point tip, th_point direction, float size,
                        th_color color);

/* Frames of light around a rounded rectangle; nothing is drawn inside it. */
void th_draw_glow(th_draw_list *list, th_rect rect, float radius, th_color color, th_glow glow);

/* One line of text. x is its left edge, centre or right edge, as style.align says; y is its
 * baseline, top or middle, as style.anchor says. Invalid UTF-8 shows as U+FFFD. The text is
 * copied. */
void th_draw_text(th_draw_list *list, th_text_style style, float x, float y, const char *text);
void th_draw_text_n(th_draw_list *list, th_text_style style, float x, float y, const char *text,
                    size_t length);
void th_draw_textf(th_draw_list *list, th_text_style style, float x, float y, const char *format,
                   ...) __attribute__((format(printf, 5, 6)));

/* Small helpers of every view. */
th_paint th_paint_solid(th_color color);
th_stroke th_stroke_solid(th_color color, float width);
th_stroke th_stroke_dashed(th_color color, float width, float dash, float gap);
th_color th_color_alpha(th_color color, float alpha);   /* its alpha times `alpha` */
th_color th_color_mix(th_color a, th_color b, float t); /* a at t = 0, b at t = 1 */
th_rect th_rect_inset(th_rect rect, float by);          /* grows when `by` is negative */
bool th_rect_contains(th_rect rect, th_point point);

/* The unit vector after `turns` turns clockwise from the right, by arithmetic alone, so that it
 * has the same bits on every machine. */
th_point th_draw_direction(double turns);

#endif

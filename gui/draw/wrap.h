/* Paragraphs: captions with coloured and bold words, broken into lines.
 *
 * Markup of a paragraph:
 *     **words**      bold
 *     {1:words}      in the ink of goroutine G1 (1 to 999), bold
 *     {alert:words}  alert ink, bold; so do ok, warn and hyp
 *     {dim:words}    dim, same weight
 *     {code:words}   the fixed-pitch face, bold; so does `words`
 *     \              takes the next character as it is
 *     newline        ends the line
 * Spans do not nest. What does not close, or names no known span, is shown as it is written.
 *
 * Latin text breaks at spaces (not at U+00A0, which keeps words together), CJK text between
 * characters; closing punctuation never starts a line and opening punctuation never ends one. A
 * word wider than the line is broken anywhere.
 *
 *     th_text_layout layout = {0};
 *     th_text_wrap(fonts, style, 40, 380, caption, &layout);
 *     th_draw_layout(list, theme, &layout, x, y);
 *     th_text_layout_free(&layout);
 */
#ifndef TH_GUI_DRAW_WRAP_H
#define TH_GUI_DRAW_WRAP_H

#include "gui/draw/text.h"
#include "gui/draw/theme.h"

typedef enum th_span_kind {
    TH_SPAN_PLAIN,
    TH_SPAN_BOLD,
    TH_SPAN_GOROUTINE,
    TH_SPAN_ALERT,
    TH_SPAN_OK,
    TH_SPAN_WARN,
    TH_SPAN_HYP,
    TH_SPAN_DIM,
    TH_SPAN_CODE
} th_span_kind;

/* A piece of one line in one style: `length` bytes of layout.text from `start`, drawn with its
 * left edge at x. */
typedef struct th_text_run {
    uint32_t start, length;
    float x, width;
    int line;
    th_span_kind kind;
    int goroutine_index; /* from 0, of TH_SPAN_GOROUTINE */
} th_text_run;

/* Text in one style, up to the start of the next span. */
typedef struct th_text_span {
    uint32_t start;
    th_span_kind kind;
    int goroutine_index;
} th_text_span;

/* The result; zeroed memory is an empty one. Reused memory grows and is kept.
 * Invariant: spans rise strictly and the first, if any text is there, starts at 0. */
typedef struct th_text_layout {
    char *text; /* without markup */
    size_t text_count, text_capacity;
    th_text_span *spans;
    int span_count, span_capacity;
    th_text_run *runs;
    int run_count, run_capacity;
    int line_count;
    float line_height, width; /* of a line; of the widest one */
    float baseline;           /* of the first line, below the top */
    th_text_style style;
} th_text_layout;

/* Breaks `markup` into lines of at most `width` pixels, `line_height` apart. Replaces what the
 * layout held. */
void th_text_wrap(th_fonts *fonts, th_text_style style, float line_height, float width,
                  const char *markup, th_text_layout *layout);
void th_text_layout_free(th_text_layout *layout);

/* The first half of it: replaces the layout's text and spans by those of `markup`. */
void th_text_parse(th_text_layout *layout, const char *markup);

/* Draws the lines; (x, y) is the top left of the first. Plain words take the layout's style. */
void th_draw_layout(th_draw_list *list, const th_theme *theme, const th_text_layout *layout,
                    float x, float y);

#endif

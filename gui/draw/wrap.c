#include "gui/draw/wrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gui/draw/utf8.h"
#include "sim/base/assert.h"

void th_text_layout_free(th_text_layout *layout) {
    free(layout->text);
    free(layout->spans);
    free(layout->runs);
    *layout = (th_text_layout){0};
}

static bool one_of(uint32_t character, const char *set) {
    size_t length = strlen(set);
    for (size_t i = 0; i < length;) {
        if (th_utf8_next(set, length, &i) == character) return true;
    }
    return false;
}

/* Punctuation that belongs to what precedes it. */
static bool never_starts_line(uint32_t character) {
    return one_of(character, "，。、；：？！）】》〉」』”’…—·％～"
                             ",.;:?!)]}%");
}

/* Punctuation that belongs to what follows it. */
static bool never_ends_line(uint32_t character) { return one_of(character, "（【《〈「『“‘([{"); }

/* Whether a line may end between two characters that no space divides. */
static bool may_divide(uint32_t before, uint32_t after) {
    if (!th_utf8_wide(before) && !th_utf8_wide(after)) return false;
    return !never_starts_line(after) && !never_ends_line(before);
}

/* What cannot be divided: bytes [start, end), then spaces up to `next`. */
typedef struct unit {
    size_t start, end, next;
    bool ends_line;
} unit;

static unit next_unit(const th_text_layout *layout, size_t start) {
    const char *text = layout->text;
    size_t length = layout->text_count, at = start;
    uint32_t before = 0;
    while (at < length && text[at] != ' ' && text[at] != '\n') {
        size_t after = at;
        uint32_t character = th_utf8_next(text, length, &after);
        if (at > start && may_divide(before, character)) break;
        before = character;
        at = after;
    }
    unit u = {start, at, at, false};
    while (u.next < length && text[u.next] == ' ') u.next++;
    if (u.next < length && text[u.next] == '\n') {
        u.next++;
        u.ends_line = true;
    }
    return u;
}

static th_text_style style_of(th_text_style style, th_span_kind kind) {
    switch (kind) {
    case TH_SPAN_PLAIN:
    case TH_SPAN_DIM: break;
    case TH_SPAN_CODE:
        style.role = TH_FONT_MONO;
        style.weight = 700;
        break;
    case TH_SPAN_BOLD:
    case TH_SPAN_GOROUTINE:
    case TH_SPAN_ALERT:
    case TH_SPAN_OK:
    case TH_SPAN_WARN:
    case TH_SPAN_HYP: style.weight = style.weight < 700 ? 700 : 800; break;
    }
    return style;
}

/* The span that byte `at` lies in, and where it ends. */
static const th_text_span *span_at(const th_text_layout *layout, size_t at, size_t *end) {
    int i = layout->span_count - 1;
    while (i > 0 && layout->spans[i].start > at) i--;
    *end = i + 1 < layout->span_count ? layout->spans[i + 1].start : layout->text_count;
    return &layout->spans[i];
}

/* The next piece of [*at, end) in one style; moves *at past it. */
static th_text_run next_run(th_fonts *fonts, const th_text_layout *layout, size_t *at, size_t end) {
    size_t span_end, start = *at;
    const th_text_span *span = span_at(layout, start, &span_end);
    *at = span_end < end ? span_end : end;
    float width = th_text_width(fonts, style_of(layout->style, span->kind), layout->text + start,
                                *at - start);
    return (th_text_run){.start = (uint32_t)start,
                         .length = (uint32_t)(*at - start),
                         .width = width,
                         .kind = span->kind,
                         .goroutine_index = span->goroutine_index};
}

static float width_of(th_fonts *fonts, const th_text_layout *layout, size_t start, size_t end) {
    float width = 0;
    while (start < end) width += next_run(fonts, layout, &start, end).width;
    return width;
}

static void add_run(th_text_layout *layout, th_text_run run) {
    if (layout->run_count == layout->run_capacity) {
        int capacity = layout->run_capacity > 0 ? layout->run_capacity * 2 : 32;
        th_text_run *runs = realloc(layout->runs, (size_t)capacity * sizeof runs[0]);
        TH_ASSERT(runs != NULL);
        layout->runs = runs;
        layout->run_capacity = capacity;
    }
    layout->runs[layout->run_count++] = run;
}

static void add_line(th_fonts *fonts, th_text_layout *layout, size_t start, size_t end) {
    float x = 0;
    while (start < end) {
        th_text_run run = next_run(fonts, layout, &start, end);
        run.x = x;
        run.line = layout->line_count;
        x += run.width;
        add_run(layout, run);
    }
    if (x > layout->width) layout->width = x;
    layout->line_count++;
}

/* A word wider than the line: fills lines with its characters; returns the start of the rest. */
static size_t divide_word(th_fonts *fonts, th_text_layout *layout, size_t start, size_t end,
                          float width) {
    for (size_t at = start; at < end;) {
        size_t after = at;
        th_utf8_next(layout->text, end, &after);
        if (at > start && width_of(fonts, layout, start, after) > width) {
            add_line(fonts, layout, start, at);
            start = at;
        }
        at = after;
    }
    return start;
}

/* Lines are measured whole, because a run's width is not quite the sum of its words'. */
static void break_lines(th_fonts *fonts, th_text_layout *layout, float width) {
    size_t line_start = 0, line_end = 0; /* the line in hand, without trailing spaces */
    bool open = false;
    for (size_t at = 0; at < layout->text_count;) {
        unit u = next_unit(layout, at);
        if (open && width_of(fonts, layout, line_start, u.end) > width) {
            add_line(fonts, layout, line_start, line_end);
            open = false;
        }
        if (!open) {
            bool fits = width_of(fonts, layout, u.start, u.end) <= width;
            line_start = fits ? u.start : divide_word(fonts, layout, u.start, u.end, width);
        }
        open = true;
        line_end = u.end;
        if (u.ends_line) {
            add_line(fonts, layout, line_start, line_end);
            open = false;
        }
        at = u.next;
    }
    if (open) add_line(fonts, layout, line_start, line_end);
}

void th_text_wrap(th_fonts *fonts, th_text_style style, float line_height, float width,
                  const char *markup, th_text_layout *layout) {
    th_text_parse(layout, markup);
    th_text_metrics metrics = th_text_metrics_of(fonts, style);
    layout->style = style;
    layout->line_height = line_height;
    layout->baseline = rintf((line_height - metrics.ascent - metrics.descent) / 2 + metrics.ascent);
    layout->run_count = 0;
    layout->line_count = 0;
    layout->width = 0;
    break_lines(fonts, layout, width);
}

static th_color ink_of(const th_theme *theme, const th_text_layout *layout,
                       const th_text_run *run) {
    switch (run->kind) {
    case TH_SPAN_PLAIN:
    case TH_SPAN_BOLD:
    case TH_SPAN_CODE: break;
    case TH_SPAN_GOROUTINE: return th_theme_goroutine(theme, run->goroutine_index).ink;
    case TH_SPAN_ALERT: return theme->color.alert_ink;
    case TH_SPAN_OK: return theme->color.ok;
    case TH_SPAN_WARN: return theme->color.warn;
    case TH_SPAN_HYP: return theme->color.hyp;
    case TH_SPAN_DIM: return theme->color.dim;
    }
    return layout->style.color;
}

void th_draw_layout(th_draw_list *list, const th_theme *theme, const th_text_layout *layout,
                    float x, float y) {
    for (int i = 0; i < layout->run_count; i++) {
        const th_text_run *run = &layout->runs[i];
        th_text_style style = style_of(layout->style, run->kind);
        style.color = ink_of(theme, layout, run);
        style.align = TH_ALIGN_LEFT;
        style.anchor = TH_ANCHOR_BASELINE;
        float baseline = y + layout->baseline + (float)run->line * layout->line_height;
        th_draw_text_n(list, style, x + run->x, baseline, layout->text + run->start, run->length);
    }
}

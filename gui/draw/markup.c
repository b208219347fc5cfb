#include <stdlib.h>
#include <string.h>

#include "gui/draw/wrap.h"
#include "sim/base/assert.h"

static void add_byte(th_text_layout *layout, char byte) {
    if (layout->text_count + 1 >= layout->text_capacity) {
        size_t capacity = layout->text_capacity > 0 ? layout->text_capacity * 2 : 256;
        char *text = realloc(layout->text, capacity);
        TH_ASSERT(text != NULL);
        layout->text = text;
        layout->text_capacity = capacity;
    }
    layout->text[layout->text_count++] = byte;
    layout->text[layout->text_count] = '\0';
}

/* What follows belongs to a span. One that got no text gives way to it. */
static void begin_span(th_text_layout *layout, th_span_kind kind, int goroutine_index) {
    uint32_t start = (uint32_t)layout->text_count;
    th_text_span span = {start, kind, goroutine_index};
    if (layout->span_count > 0 && layout->spans[layout->span_count - 1].start == start) {
        layout->spans[layout->span_count - 1] = span;
        return;
    }
    if (layout->span_count == layout->span_capacity) {
        int capacity = layout->span_capacity > 0 ? layout->span_capacity * 2 : 16;
        th_text_span *spans = realloc(layout->spans, (size_t)capacity * sizeof spans[0]);
        TH_ASSERT(spans != NULL);
        layout->spans = spans;
        layout->span_capacity = capacity;
    }
    layout->spans[layout->span_count++] = span;
}

/* The end of a span's words: the first `close` that no backslash precedes; NULL when there is
 * none in the line. */
static const char *find_close(const char *at, const char *close) {
    for (; *at != '\0' && *at != '\n'; at++) {
        if (*at == '\\' && at[1] != '\0') {
            at++;
        } else if (strncmp(at, close, strlen(close)) == 0) {
            return at;
        }
    }
    return NULL;
}

static void add_words(th_text_layout *layout, const char *from, const char *to) {
    for (; from < to; from++) {
        if (*from == '\\' && from + 1 < to) from++;
        add_byte(layout, *from);
    }
}

/* Reads "name:" of a braced span: its kind, or false when it is none. */
static bool read_name(const char *at, th_span_kind *kind, int *goroutine_index,
                      const char **words) {
    static const struct {
        const char *name;
        th_span_kind kind;
    } named[] = {
        {"alert:", TH_SPAN_ALERT}, {"ok:", TH_SPAN_OK},   {"warn:", TH_SPAN_WARN},
        {"hyp:", TH_SPAN_HYP},     {"dim:", TH_SPAN_DIM}, {"code:", TH_SPAN_CODE},
    };
    *goroutine_index = 0;
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        size_t length = strlen(named[i].name);
        if (strncmp(at, named[i].name, length) != 0) continue;
        *kind = named[i].kind;
        *words = at + length;
        return true;
    }
    int number = 0, digits = 0;
    while (digits < 3 && at[digits] >= '0' && at[digits] <= '9') {
        number = number * 10 + (at[digits++] - '0');
    }
    if (number == 0 || at[digits] != ':') return false;
    *kind = TH_SPAN_GOROUTINE;
    *goroutine_index = number - 1;
    *words = at + digits + 1;
    return true;
}

/* Takes a span that begins at `at`; returns where the text goes on, or NULL when none does. */
static const char *take_span(th_text_layout *layout, const char *at) {
    th_span_kind kind = TH_SPAN_BOLD;
    int goroutine_index = 0;
    const char *words = NULL, *closing = "**";
    if (at[0] == '*' && at[1] == '*') {
        words = at + 2;
    } else if (at[0] == '`') {
        kind = TH_SPAN_CODE;
        words = at + 1;
        closing = "`";
    } else if (at[0] == '{' && read_name(at + 1, &kind, &goroutine_index, &words)) {
        closing = "}";
    }
    const char *end = words != NULL ? find_close(words, closing) : NULL;
    if (end == NULL) return NULL;
    begin_span(layout, kind, goroutine_index);
    add_words(layout, words, end);
    begin_span(layout, TH_SPAN_PLAIN, 0);
    return end + strlen(closing);
}

void th_text_parse(th_text_layout *layout, const char *markup) {
    layout->text_count = 0;
    layout->span_count = 0;
    begin_span(layout, TH_SPAN_PLAIN, 0);
    for (const char *at = markup; *at != '\0';) {
        const char *after = take_span(layout, at);
        if (after != NULL) {
            at = after;
            continue;
        }
        if (*at == '\\' && at[1] != '\0') at++;
        add_byte(layout, *at++);
    }
}

#include "gui/cli/conform_text.h"

#include <stdbool.h>
#include <string.h>

enum {
    CHAINS_SHOWN = 3,
    CELL_MAX = 40,     // characters of a key or value shown
    LINE_SHOWN = 200,  // of a line that is not of the form
};

// A part of a text.
typedef struct span {
    const char *start;
    size_t length;
} span;

static bool same(span a, span b) {
    return a.length == b.length && (a.length == 0 || memcmp(a.start, b.start, a.length) == 0);
}

// Cuts off what stands before the mark; the mark goes too. Without one that is all.
static span take(span *rest, char mark) {
    const char *at = rest->length == 0 ? NULL : memchr(rest->start, mark, rest->length);
    span taken = *rest;
    if (at == NULL) {
        rest->start += rest->length;
        rest->length = 0;
        return taken;
    }
    taken.length = (size_t)(at - rest->start);
    rest->length -= taken.length + 1;
    rest->start = at + 1;
    return taken;
}

static span part(span whole, size_t start, size_t length) {
    if (start >= whole.length) return (span){whole.start + whole.length, 0};
    const size_t left = whole.length - start;
    return (span){whole.start + start, length < left ? length : left};
}

// One bucket of a chain: ":TOPHASH,KEYS,VALUES>pN".
typedef struct bucket {
    span tops, keys, values;
    span link;  // "pN", "h" or nothing
} bucket;

static bucket take_bucket(span *rest) {
    span text = take(rest, ':');
    bucket taken;
    taken.tops = take(&text, ',');
    taken.keys = take(&text, ',');
    taken.values = take(&text, '>');
    taken.link = text;
    return taken;
}

typedef struct slot {
    span top, key, value;
} slot;

static slot slot_of(const bucket *from, const th_map_type *type, uint32_t index) {
    slot found = {.top = part(from->tops, index * 2U, 2),
                  .value = part(from->values, index * type->elem_size * 2U, type->elem_size * 2U)};
    if (type->key == TH_STRING) {
        span keys = from->keys;
        for (uint32_t i = 0; i <= index; i++) found.key = take(&keys, '.');
    } else {
        found.key = part(from->keys, index * type->key_size * 2U, type->key_size * 2U);
    }
    return found;
}

static int shown(span cell) { return (int)(cell.length < CELL_MAX ? cell.length : CELL_MAX); }

// How wide the keys' column has to be.
static int key_width(const th_map_type *type) {
    const int width = type->key == TH_STRING ? CELL_MAX : type->key_size * 2;
    return width < CELL_MAX ? width : CELL_MAX;
}

static void print_slot(FILE *stream, const th_map_type *type, const slot *of) {
    fprintf(stream, "%-2.*s %-*.*s %-*.*s", shown(of->top), of->top.start, key_width(type),
            shown(of->key), of->key.start, type->elem_size * 2, shown(of->value), of->value.start);
}

static void print_bucket(FILE *stream, const th_map_type *type, const bucket *expected,
                         const bucket *actual) {
    for (uint32_t i = 0; i < TH_BUCKET_SLOTS; i++) {
        const slot a = slot_of(expected, type, i);
        const slot b = slot_of(actual, type, i);
        const bool equal = same(a.top, b.top) && same(a.key, b.key) && same(a.value, b.value);
        fprintf(stream, "  %s slot %u  ", equal ? " " : "*", i);
        print_slot(stream, type, &a);
        fputs("  |  ", stream);
        print_slot(stream, type, &b);
        fputc('\n', stream);
    }
}

static void print_chain(FILE *stream, const th_map_type *type, span expected, span actual) {
    const span name = take(&expected, ':');
    take(&actual, ':');
    const int width = 4 + key_width(type) + type->elem_size * 2;
    fprintf(stream, "    %-6.*s  %-*s  |  actual: tophash key value\n", shown(name), name.start,
            width, "expected: tophash key value");
    while (expected.length > 0 || actual.length > 0) {
        const bucket a = take_bucket(&expected);
        const bucket b = take_bucket(&actual);
        print_bucket(stream, type, &a, &b);
        if (a.link.length == 0 && b.link.length == 0) continue;
        fprintf(stream, "  %s next    %-*.*s  |  %.*s\n", same(a.link, b.link) ? " " : "*", width,
                shown(a.link), a.link.start, shown(b.link), b.link.start);
    }
}

static bool is_chain(span line) {
    return line.length > 1 && (line.start[0] == 'o' || line.start[0] == 'b') &&
           memchr(line.start, ':', line.length) != NULL;
}

static void print_line(FILE *stream, const char *label, span line) {
    const int length = (int)(line.length < LINE_SHOWN ? line.length : LINE_SHOWN);
    fprintf(stream, "    %-9s %.*s\n", label, length, line.start);
}

void th_conform_text_print(FILE *stream, const th_map_type *type, const char *expected,
                           const char *actual) {
    span left = {expected, strlen(expected)};
    span right = {actual, strlen(actual)};
    int count = 0;
    while (left.length > 0 || right.length > 0) {
        const span a = take(&left, '\n');
        const span b = take(&right, '\n');
        if (same(a, b) || ++count > CHAINS_SHOWN) continue;
        if (is_chain(a) && is_chain(b)) {
            print_chain(stream, type, a, b);
        } else {
            print_line(stream, "expected", a);
            print_line(stream, "actual", b);
        }
    }
    if (count > CHAINS_SHOWN) fprintf(stream, "    and %d more chains\n", count - CHAINS_SHOWN);
}

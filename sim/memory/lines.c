#include "sim/memory/lines.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

void th_lines_free(th_lines *lines) {
    free(lines->items);
    *lines = (th_lines){0};
}

// Index of the first line that does not lie before the address.
static uint32_t find(const th_lines *lines, uint64_t address) {
    uint32_t low = 0, high = lines->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (lines->items[middle].address < address) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static th_line *insert(th_lines *lines, uint32_t at, uint64_t address) {
    if (lines->count == lines->capacity) {
        lines->capacity = lines->capacity ? lines->capacity * 2 : 16;
        lines->items = realloc(lines->items, lines->capacity * sizeof(*lines->items));
        TH_ASSERT(lines->items != NULL);
    }
    th_line *line = &lines->items[at];
    memmove(line + 1, line, (lines->count - at) * sizeof(*line));
    lines->count++;
    *line = (th_line){.address = address};
    return line;
}

static void write_to(th_lines *lines, uint64_t address, uint16_t core) {
    const uint32_t at = find(lines, address);
    const bool known = at < lines->count && lines->items[at].address == address;
    th_line *line = known ? &lines->items[at] : insert(lines, at, address);
    const bool fetches = !known || line->owner != core;
    line->owner = core;
    line->write_count++;
    line->fetch_count += fetches;
    lines->write_count++;
    lines->fetch_count += fetches;
    lines->ticks += fetches ? TH_LINE_FETCH_TICKS : TH_LINE_OWN_TICKS;
}

static uint64_t line_start(uint64_t address) { return address / TH_LINE_BYTES * TH_LINE_BYTES; }

void th_lines_take(th_lines *lines, th_event event) {
    const th_event_kind kind = (th_event_kind)event.kind;
    const uint32_t size = kind == TH_EVENT_CLEAR ? event.value : event.size;
    if (!th_event_kind_writes(kind) || size == 0) return;
    const uint64_t first = th_event_address(event);
    for (uint64_t at = line_start(first); at < first + size; at += TH_LINE_BYTES) {
        write_to(lines, at, event.g);
    }
}

const th_line *th_lines_of(const th_lines *lines, uint64_t address) {
    const uint32_t at = find(lines, line_start(address));
    if (at == lines->count || lines->items[at].address != line_start(address)) return NULL;
    return &lines->items[at];
}

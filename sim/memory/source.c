#include "sim/memory/source.h"

#include "sim/base/assert.h"
#include "sim/base/print.h"

th_site th_source_find(const th_source_table *table, uint16_t nth) {
    int routine = -1;
    int line = -1;
    uint16_t at = 0;
    for (size_t i = 0; i < table->mark_count && at < nth; i++) {
        const th_source_mark mark = (th_source_mark)table->marks[i];
        if (mark == TH_MARK_ROUTINE) {
            routine++;
            line = -1;
        }
        if (mark == TH_MARK_LINE || mark == TH_MARK_LINE_SITE) line++;
        if (mark == TH_MARK_LINE_SITE || mark == TH_MARK_SITE) at++;
    }
    TH_ASSERT(nth > 0 && at == nth);
    return (th_site){&table->routines[routine], (uint16_t)line};
}

void th_source_full_name(const char *file, const char *name, char *text, size_t size) {
    uint32_t folder = 0;
    while (file[folder] != '\0' && file[folder] != '/') folder++;
    th_print out = th_print_to(text, size);
    th_print_bytes(&out, file, folder);
    th_print_text(&out, ".");
    th_print_text(&out, name);
}

void th_calls_add(th_calls *calls, const char *name, const char *file, uint16_t line) {
    TH_ASSERT(calls->count < TH_CALL_MAX);
    th_call *call = &calls->items[calls->count++];
    *call = (th_call){.file = file, .line = line};
    th_print out = th_print_to(call->name, sizeof(call->name));
    th_print_text(&out, name);
    TH_ASSERT(out.length < sizeof(call->name));
}

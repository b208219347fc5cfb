#include "sim/race/report.h"

#include "sim/base/assert.h"

static const char *verb(uint8_t kind) {
    switch ((th_event_kind)kind) {
    case TH_EVENT_READ: return "read";
    case TH_EVENT_WRITE:
    case TH_EVENT_CLEAR: return "write";
    case TH_EVENT_RELEASE: return "free";
    case TH_EVENT_ATOMIC_LOAD:
    case TH_EVENT_ATOMIC_CAS_FAILED: return "atomic read";
    default: return "atomic write";
    }
}

// "0x00c000092000", as Go's detector pads addresses.
static void print_address(th_print *out, uint64_t address) {
    static const char digits[] = "0123456789abcdef";
    th_print_text(out, "0x");
    for (int shift = 44; shift >= 0; shift -= 4)
        th_print_bytes(out, &digits[address >> shift & 15], 1);
}

static void print_goroutine(th_print *out, const th_race_names *names, uint16_t g) {
    if (g == names->main_g) {
        th_print_text(out, "main goroutine");
        return;
    }
    th_print_text(out, "goroutine ");
    th_print_uint(out, g);
}

static void print_frames(th_print *out, const th_race_frame *frames, uint32_t count) {
    TH_ASSERT(count <= TH_RACE_FRAME_MAX);
    for (uint32_t i = 0; i < count; i++) {
        th_print_text(out, "  ");
        th_print_text(out, frames[i].function);
        th_print_text(out, "\n      ");
        th_print_text(out, frames[i].file);
        th_print_text(out, ":");
        th_print_uint(out, frames[i].line);
        th_print_text(out, "\n");
    }
}

static void print_access(th_print *out, const th_race_access *access, const th_race_names *names) {
    th_race_frame frames[TH_RACE_FRAME_MAX];
    th_print_text(out, " at ");
    print_address(out, access->address);
    th_print_text(out, " by ");
    print_goroutine(out, names, access->g);
    th_print_text(out, ":\n");
    if (names->stack == NULL) return;
    print_frames(out, frames, names->stack(names->context, access, frames));
}

static void print_creation(th_print *out, const th_race_names *names, uint16_t g) {
    th_race_frame frames[TH_RACE_FRAME_MAX];
    if (g == names->main_g || names->creation == NULL) return;
    const uint32_t count = names->creation(names->context, g, frames);
    if (count == 0) return;
    const bool finished = names->finished != NULL && names->finished(names->context, g);
    th_print_text(out, "\nGoroutine ");
    th_print_uint(out, g);
    th_print_text(out, finished ? " (finished) created at:\n" : " (running) created at:\n");
    print_frames(out, frames, count);
}

static void print_capital(th_print *out, const char *text) {
    const char first = (char)(*text - 'a' + 'A');
    th_print_bytes(out, &first, 1);
    th_print_text(out, text + 1);
}

void th_race_print(th_print *out, const th_race_report *report, const th_race_names *names) {
    th_print_text(out, "==================\nWARNING: DATA RACE\n");
    print_capital(out, verb(report->later.kind));
    print_access(out, &report->later, names);
    th_print_text(out, "\nPrevious ");
    th_print_text(out, verb(report->earlier.kind));
    print_access(out, &report->earlier, names);
    print_creation(out, names, report->later.g);
    print_creation(out, names, report->earlier.g);
    th_print_text(out, "==================\n");
}

void th_race_print_count(th_print *out, uint64_t count) {
    if (count == 0) return;
    th_print_text(out, "Found ");
    th_print_uint(out, count);
    th_print_text(out, " data race(s)\n");
}

void th_race_print_why(th_print *out, const th_race_report *report) {
    const bool released = report->why != TH_RACE_NO_RELEASE;
    th_print_text(out, "goroutine ");
    th_print_uint(out, report->earlier.g);
    th_print_text(out, released ? " released something" : " has released nothing");
    th_print_text(out, " since its access at step ");
    th_print_uint(out, report->earlier.step);
    if (!released) return;
    th_print_text(out, ", last at step ");
    th_print_uint(out, report->release_step);
    th_print_text(out, ", but none of it reached goroutine ");
    th_print_uint(out, report->later.g);
}

// The line that is typed: its cursor, what was entered before.
#include "gui/app/console_parts.h"

#include "gui/draw/utf8.h"

#include <stdio.h>
#include <string.h>

static void set_line(th_console *console, const char *text) {
    snprintf(console->line, sizeof(console->line), "%s", text);
    console->cursor = strlen(console->line);
}

static void erase(th_console *console, size_t from, size_t to) {
    memmove(console->line + from, console->line + to, strlen(console->line + to) + 1);
    console->cursor = from;
}

void th_console_type(th_model *model, const char *text) {
    th_console *console = th_console_of(model);
    const size_t length = strlen(text), have = strlen(console->line);
    model->changed = true;
    if (have + length + 1 > sizeof(console->line)) return;
    char *at = console->line + console->cursor;
    memmove(at + length, at, have - console->cursor + 1);
    memcpy(at, text, length);
    console->cursor += length;
    th_console_match(model);
}

static void keep_in_history(th_console *console) {
    const int last = console->history_count - 1;
    if (last < 0 || strcmp(console->history[last], console->line) != 0) {
        if (console->history_count == TH_CONSOLE_HISTORY_MAX) {
            memmove(console->history[0], console->history[1],
                    sizeof(console->history) - sizeof(console->history[0]));
            console->history_count--;
        }
        memcpy(console->history[console->history_count++], console->line, sizeof(console->line));
    }
    console->history_at = console->history_count;
}

static void look_into_history(th_console *console, int by) {
    const int at = console->history_at + by;
    if (at < 0 || at > console->history_count) return;
    if (console->history_at == console->history_count) {
        memcpy(console->kept, console->line, sizeof(console->kept));
    }
    console->history_at = at;
    set_line(console, at == console->history_count ? console->kept : console->history[at]);
}

// An empty line's Enter goes to the end of what is being played.
static void enter(th_model *model) {
    th_console *console = model->console;
    if (console->line[0] == '\0') {
        th_console_arrive(model);
        return;
    }
    keep_in_history(console);
    char line[TH_TYPED_MAX];
    memcpy(line, console->line, sizeof(line));
    if (th_console_enter(model, line)) set_line(console, "");
}

void th_console_press(th_model *model, th_console_key key) {
    th_console *console = th_console_of(model);
    const char *line = console->line;
    const size_t cursor = console->cursor;
    model->changed = true;
    switch (key) {
    case TH_CONSOLE_ENTER: enter(model); break;
    case TH_CONSOLE_ERASE: erase(console, th_utf8_before(line, cursor), cursor); break;
    case TH_CONSOLE_ERASE_NEXT: erase(console, cursor, th_utf8_behind(line, cursor)); break;
    case TH_CONSOLE_LEFT: console->cursor = th_utf8_before(line, cursor); break;
    case TH_CONSOLE_RIGHT: console->cursor = th_utf8_behind(line, cursor); break;
    case TH_CONSOLE_HOME: console->cursor = 0; break;
    case TH_CONSOLE_END: console->cursor = strlen(line); break;
    case TH_CONSOLE_EARLIER: look_into_history(console, -1); break;
    case TH_CONSOLE_LATER: look_into_history(console, 1); break;
    case TH_CONSOLE_COMPLETE: th_console_complete(model); break;
    case TH_CONSOLE_CLEAR:
        set_line(console, "");
        console->said[0] = '\0';
        break;
    }
    th_console_match(model);
}

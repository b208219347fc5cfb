// What the console's files share. Private to gui/app/console*.c.
#ifndef TH_GUI_APP_CONSOLE_PARTS_H
#define TH_GUI_APP_CONSOLE_PARTS_H

#include "gui/app/console.h"

enum { TH_CONSOLE_HISTORY_MAX = 64, TH_CONSOLE_WORD_MAX = 48 };

struct th_console {
    bool open;
    bool fresh;  // just opened: the text of the key that did it is still to come
    char line[TH_TYPED_MAX];
    size_t cursor;                                       // bytes before it
    char history[TH_CONSOLE_HISTORY_MAX][TH_TYPED_MAX];  // the latest last
    int history_count;
    int history_at;           // history_count: the line that is being typed
    char kept[TH_TYPED_MAX];  // that line, while earlier ones are looked at
    char **typed;             // lines that became goroutines, in their order
    int typed_count;
    char said[256];
    bool bad;
    char matches[TH_DESK_MATCH_MAX][TH_CONSOLE_WORD_MAX];
    int match_count;
};

// Made when there is none yet.
th_console *th_console_of(th_model *model);

// What was typed last and is still being played is where it ends.
void th_console_arrive(th_model *model);

// Keeps a line that became a goroutine, for when the scenario is loaded again.
void th_console_keep_typed(th_console *console, const char *lua);

// console_commands.c: does what a line says. False: console->said tells why not.
bool th_console_do(th_model *model, const char *line);

// console_edit.c: the parts of "PLACE = VALUE": the value within `text`, NULL: it is no such text.
const char *th_console_split_edit(const char *text, char *place, size_t size);
// The Lua that stores the value at that place, as a value of its type. False: what lies there is
// changed by its own methods alone.
bool th_console_edit(th_model *model, uint64_t address, const char *value, char *lua, size_t size);

// console_words.c: fills in the matches of the word before the cursor.
void th_console_match(th_model *model);
// Puts what all matches begin with, or the only one, into the line.
void th_console_complete(th_model *model);

#endif

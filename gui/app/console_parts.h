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
    char said[256];
    bool bad;
    char matches[TH_DESK_MATCH_MAX][TH_CONSOLE_WORD_MAX];
    int match_count;
};

// Made when there is none yet.
th_console *th_console_of(th_model *model);

// console_words.c: fills in the matches of the word before the cursor.
void th_console_match(th_model *model);
// Puts what all matches begin with, or the only one, into the line.
void th_console_complete(th_model *model);

#endif

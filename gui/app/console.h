// The line at the bottom where a person types operations and commands.
//
//     m[42] = 1            Lua: a goroutine does it, from this step on, in a branch
//     go(function() ... end)    a goroutine more
//     set b0.value[3] = 7  a store to that place, by a goroutine of its own
//     undo                 back to where the last of these, or a step by hand, left the run
//     seek 120             the playhead goes there; +10 and -10 from here
//     run writer*5         a schedule from here on, in a branch
//     watch h.flags        playing pauses where it is touched; alone: no more
//     filter b2.key[3]     the log shows that alone, or one goroutine (filter g2); alone: all
//     name before lunch    what the branch is called
//     save NAME.lua        the branch as a scenario of its own, with what was typed
//     help
#ifndef TH_GUI_APP_CONSOLE_H
#define TH_GUI_APP_CONSOLE_H

#include "gui/app/model.h"

typedef enum th_console_key {
    TH_CONSOLE_ENTER,
    TH_CONSOLE_ERASE,       // the character before the cursor
    TH_CONSOLE_ERASE_NEXT,  // the one behind it
    TH_CONSOLE_LEFT,
    TH_CONSOLE_RIGHT,
    TH_CONSOLE_HOME,
    TH_CONSOLE_END,
    TH_CONSOLE_EARLIER,  // of what was entered
    TH_CONSOLE_LATER,
    TH_CONSOLE_COMPLETE,
    TH_CONSOLE_CLEAR,
} th_console_key;

void th_console_free(th_console *console);
// When a scenario is loaded again: the console goes on in `to`, with what was typed so far.
void th_console_carry_over(th_model *to, th_model *from);

bool th_console_is_open(const th_model *model);
// Opens it or closes it.
void th_console_toggle(th_model *model);
// Opens it with a line that starts a goroutine; what it does is still to be typed.
void th_console_begin_spawn(th_model *model);
// Opens it with a line that changes the value at an address, which is still to be typed. 0: the
// place that was clicked, lies under the mouse, or was touched last.
void th_console_begin_edit(th_model *model, uint64_t address);
// UTF-8 text at the cursor.
void th_console_type(th_model *model, const char *text);
void th_console_press(th_model *model, th_console_key key);

// What the window hears while it may be open. False: the key is for others (SDL_Keycode).
bool th_console_take_key(th_model *model, int32_t key);
void th_console_take_text(th_model *model, const char *text);

// Does what a line says, as if it had been entered. False: what is said tells why not.
bool th_console_enter(th_model *model, const char *line);

// What the desk shows of it.
th_desk_console th_console_look(const th_model *model);

#endif

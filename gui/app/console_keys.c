// The console's keys, as the window gives them.
#include "gui/app/console_parts.h"

#include <SDL_keyboard.h>

typedef struct console_key {
    SDL_Keycode key;
    th_console_key does;
} console_key;

static const console_key KEYS[] = {
    {SDLK_RETURN, TH_CONSOLE_ENTER},    {SDLK_KP_ENTER, TH_CONSOLE_ENTER},
    {SDLK_BACKSPACE, TH_CONSOLE_ERASE}, {SDLK_DELETE, TH_CONSOLE_ERASE_NEXT},
    {SDLK_LEFT, TH_CONSOLE_LEFT},       {SDLK_RIGHT, TH_CONSOLE_RIGHT},
    {SDLK_HOME, TH_CONSOLE_HOME},       {SDLK_END, TH_CONSOLE_END},
    {SDLK_UP, TH_CONSOLE_EARLIER},      {SDLK_DOWN, TH_CONSOLE_LATER},
    {SDLK_TAB, TH_CONSOLE_COMPLETE},    {SDLK_ESCAPE, TH_CONSOLE_CLEAR},
};

bool th_console_take_key(th_model *model, int32_t key) {
    if (!th_console_is_open(model)) return false;
    th_console *console = model->console;
    console->fresh = false;
    // With nothing typed the arrows still step, and Esc closes.
    const bool empty = console->line[0] == '\0';
    if (empty && (key == SDLK_LEFT || key == SDLK_RIGHT || key == SDLK_ESCAPE)) return false;
    for (size_t i = 0; i < sizeof(KEYS) / sizeof(*KEYS); i++) {
        if (KEYS[i].key != key) continue;
        th_console_press(model, KEYS[i].does);
        return true;
    }
    return key != SDLK_BACKQUOTE && (key < SDLK_F1 || key > SDLK_F12) && key != SDLK_PAGEUP &&
           key != SDLK_PAGEDOWN;
}

void th_console_take_text(th_model *model, const char *text) {
    if (!th_console_is_open(model)) return;
    // The letter of the key that opened it is no part of the line.
    if (!model->console->fresh) th_console_type(model, text);
    model->console->fresh = false;
}

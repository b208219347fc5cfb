#include "gui/app/keys.h"

#include <SDL_keycode.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct binding {
    int32_t key;
    bool shift;  // only with Shift
    th_action action;
    uint64_t argument;
} binding;

static const binding BINDINGS[] = {
    {SDLK_RIGHT, true, TH_ACTION_NEXT_MARK, 0},
    {SDLK_LEFT, true, TH_ACTION_PREVIOUS_MARK, 0},
    {SDLK_SLASH, true, TH_ACTION_HELP, 0},
    {SDLK_b, true, TH_ACTION_BRANCHES, 0},
    {SDLK_e, true, TH_ACTION_EDIT, 0},
    {SDLK_g, true, TH_ACTION_SPAWN, 0},
    {SDLK_SEMICOLON, true, TH_ACTION_CONSOLE, 0},
    {SDLK_COMMA, true, TH_ACTION_ZOOM_OUT, 0},
    {SDLK_PERIOD, true, TH_ACTION_ZOOM_IN, 0},
    {SDLK_n, true, TH_ACTION_NOTES, 0},
    {SDLK_o, true, TH_ACTION_FILES, 0},
    {SDLK_DOWN, true, TH_ACTION_PAN_ON, 0},
    {SDLK_UP, true, TH_ACTION_PAN_BACK, 0},
    {SDLK_m, true, TH_ACTION_MOTION, 0},
    {SDLK_SPACE, false, TH_ACTION_PLAY, 0},
    {SDLK_RIGHT, false, TH_ACTION_STEP, 0},
    {SDLK_LEFT, false, TH_ACTION_STEP_BACK, 0},
    {SDLK_HOME, false, TH_ACTION_FIRST, 0},
    {SDLK_END, false, TH_ACTION_LAST, 0},
    {SDLK_UP, false, TH_ACTION_FASTER, 0},
    {SDLK_DOWN, false, TH_ACTION_SLOWER, 0},
    {SDLK_f, false, TH_ACTION_FIT, 0},
    {SDLK_l, false, TH_ACTION_LANGUAGE, 0},
    {SDLK_t, false, TH_ACTION_THEME, 0},
    {SDLK_c, false, TH_ACTION_CAPTION, 0},
    {SDLK_r, false, TH_ACTION_RESTART, 0},
    {SDLK_b, false, TH_ACTION_BRANCH, 0},
    {SDLK_a, false, TH_ACTION_AUTO_PAUSE, 0},
    {SDLK_j, false, TH_ACTION_SWAP, 0},
    {SDLK_u, false, TH_ACTION_UNDO, 0},
    {SDLK_e, false, TH_ACTION_EXPLORE, 0},
    {SDLK_m, false, TH_ACTION_EXPLORE_MORE, 0},
    {SDLK_o, false, TH_ACTION_OUTCOME, TH_NEXT},
    {SDLK_x, false, TH_ACTION_FIX, TH_NEXT},
    {SDLK_d, false, TH_ACTION_DIVERGE, 0},
    {SDLK_LEFTBRACKET, false, TH_ACTION_BRANCH_PREVIOUS, 0},
    {SDLK_RIGHTBRACKET, false, TH_ACTION_BRANCH_NEXT, 0},
    {SDLK_n, false, TH_ACTION_NAME, 0},
    {SDLK_s, false, TH_ACTION_SAVE, 0},
    {SDLK_h, false, TH_ACTION_CLUE, 0},
    {SDLK_0, false, TH_ACTION_GIVE_UP, 0},
    {SDLK_ESCAPE, false, TH_ACTION_BACK, 0},
    {SDLK_RETURN, false, TH_ACTION_CONFIRM, 0},
    {SDLK_KP_ENTER, false, TH_ACTION_CONFIRM, 0},
    {SDLK_SLASH, false, TH_ACTION_SEARCH, 0},
    {SDLK_i, false, TH_ACTION_ABOUT, 0},
    {SDLK_BACKQUOTE, false, TH_ACTION_CONSOLE, 0},
    {SDLK_COLON, false, TH_ACTION_CONSOLE, 0},
    {SDLK_F1, false, TH_ACTION_HELP, 0},
    {SDLK_QUESTION, false, TH_ACTION_HELP, 0},
    {SDLK_F11, false, TH_ACTION_FULLSCREEN, 0},
    {SDLK_PLUS, false, TH_ACTION_NEARER, 0},
    {SDLK_EQUALS, false, TH_ACTION_NEARER, 0},
    {SDLK_KP_PLUS, false, TH_ACTION_NEARER, 0},
    {SDLK_MINUS, false, TH_ACTION_FARTHER, 0},
    {SDLK_KP_MINUS, false, TH_ACTION_FARTHER, 0},
    {SDLK_GREATER, false, TH_ACTION_ZOOM_IN, 0},
    {SDLK_LESS, false, TH_ACTION_ZOOM_OUT, 0},
    {SDLK_PAGEDOWN, false, TH_ACTION_NEXT_STOP, 0},
    {SDLK_PAGEUP, false, TH_ACTION_PREVIOUS_STOP, 0},
    {SDLK_F5, false, TH_ACTION_PRESENT, 0},
    {SDLK_PERIOD, false, TH_ACTION_BLACK, 0},
    {SDLK_p, false, TH_ACTION_LASER, 0},
    {SDLK_z, false, TH_ACTION_GLASS, 0},
    {SDLK_g, false, TH_ACTION_GIF, 0},
    {SDLK_v, false, TH_ACTION_MAP, 0},
    {SDLK_w, false, TH_ACTION_DRAIN, 0},
    {SDLK_1, false, TH_ACTION_RUN, 1},
    {SDLK_2, false, TH_ACTION_RUN, 2},
    {SDLK_3, false, TH_ACTION_RUN, 3},
    {SDLK_4, false, TH_ACTION_RUN, 4},
    {SDLK_5, false, TH_ACTION_RUN, 5},
    {SDLK_6, false, TH_ACTION_RUN, 6},
    {SDLK_7, false, TH_ACTION_RUN, 7},
    {SDLK_8, false, TH_ACTION_RUN, 8},
    {SDLK_9, false, TH_ACTION_RUN, 9},
};

th_action th_key_action(int32_t key, uint16_t modifiers, uint64_t *argument) {
    // Held with Ctrl, Alt or the system's key it is not ours.
    if ((modifiers & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0) return TH_ACTION_NONE;
    const bool shift = (modifiers & KMOD_SHIFT) != 0;
    for (size_t i = 0; i < sizeof(BINDINGS) / sizeof(*BINDINGS); i++) {
        const binding *found = &BINDINGS[i];
        if (found->key != key || (found->shift && !shift)) continue;
        *argument = found->argument;
        return found->action;
    }
    return TH_ACTION_NONE;
}

// Which key asks for what: the table that the window and the help share.
#ifndef TH_GUI_APP_KEYS_H
#define TH_GUI_APP_KEYS_H

#include "gui/view/action.h"

#include <stdint.h>

// `key` and `modifiers` are SDL's (SDL_Keycode, SDL_Keymod). TH_ACTION_NONE: the key means nothing.
th_action th_key_action(int32_t key, uint16_t modifiers, uint64_t *argument);

#endif

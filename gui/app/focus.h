// The keyboard's way to everything that the mouse can press: a ring that goes from one place to the
// next. It knows the places from the picture's own hits, so nothing that can be pressed is left
// out.
#ifndef TH_GUI_APP_FOCUS_H
#define TH_GUI_APP_FOCUS_H

#include "gui/view/frame.h"

typedef enum th_focus_way {
    TH_FOCUS_NEXT,  // in reading order: buttons first, then cells and steps
    TH_FOCUS_PREVIOUS,
    TH_FOCUS_LEFT,
    TH_FOCUS_RIGHT,
    TH_FOCUS_UP,
    TH_FOCUS_DOWN,
} th_focus_way;

// What is in focus. A place is known by what it does and where it was, for pictures change under
// the ring. Zero: nothing is.
typedef struct th_focus {
    bool on;
    th_action action;
    uint64_t argument;
    th_point at;  // its middle, pixels
} th_focus;

// The hit in focus, as the picture is now: one that does the same, nearest to where it was; else
// the nearest. NULL: nothing is in focus, or nothing can be.
const th_hit *th_focus_hit(const th_focus *focus, const th_hits *hits);

// Goes there. The first move only shows the ring.
void th_focus_move(th_focus *focus, const th_hits *hits, th_focus_way way);

// The same for a key (SDL_Keycode, SDL_Keymod): Tab at any time, arrows and Esc while the ring is
// there. False: the key is for others.
bool th_focus_key(th_focus *focus, const th_hits *hits, int32_t key, uint16_t modifiers);

// Whether a press somewhere in that hit reaches it: others may lie over it. The places that the
// ring visits are all of these, but for the ground beside a sheet, which does what its cross does.
bool th_focus_can_visit(const th_hits *hits, int index);

#endif

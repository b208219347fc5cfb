// Two fingers that move apart or together, as steps of zoom.
#ifndef TH_GUI_APP_PINCH_H
#define TH_GUI_APP_PINCH_H

#include <SDL_events.h>

// Zero: no fingers.
typedef struct th_pinch {
    float spread;  // not yet a step; parts of the touch surface
    int fingers;
} th_pinch;

// Takes a gesture in. 1: a step nearer; -1: farther; 0: not yet.
int th_pinch_take(th_pinch *pinch, const SDL_MultiGestureEvent *event);

#endif

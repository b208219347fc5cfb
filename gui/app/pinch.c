#include "gui/app/pinch.h"

// A comfortable move of two fingers makes two or three steps.
static const float STEP_SPREAD = 0.06F;

int th_pinch_take(th_pinch *pinch, const SDL_MultiGestureEvent *event) {
    if (event->numFingers != pinch->fingers) *pinch = (th_pinch){.fingers = event->numFingers};
    if (event->numFingers != 2) return 0;
    pinch->spread += event->dDist;
    if (pinch->spread > -STEP_SPREAD && pinch->spread < STEP_SPREAD) return 0;
    const int step = pinch->spread > 0 ? 1 : -1;
    pinch->spread = 0;
    return step;
}

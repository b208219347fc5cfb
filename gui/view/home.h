// The lesson picker's picture.
#ifndef TH_GUI_VIEW_HOME_H
#define TH_GUI_VIEW_HOME_H

#include "gui/scene/home.h"
#include "gui/view/frame.h"

typedef struct th_home_desc {
    const th_home *home;
    const th_theme *theme;
    th_lang lang;
    int width, height;  // pixels
    th_fonts *fonts;
} th_home_desc;

// Replaces what the list and the hits held. Cards answer with TH_ACTION_OPEN and the lesson's
// position in home->shown.
void th_view_home(const th_home_desc *desc, th_draw_list *out, th_hits *hits);

// Which lesson an arrow key leads to from the chosen one: its position in home->shown.
typedef enum th_direction { TH_LEFT, TH_RIGHT, TH_UP, TH_DOWN } th_direction;
int th_view_home_next(const th_home *home, int width, int height, th_direction direction);

#endif

// Where the lesson picker's parts are. Private to gui/view. Units.
#ifndef TH_GUI_VIEW_HOME_LAYOUT_H
#define TH_GUI_VIEW_HOME_LAYOUT_H

#include "gui/draw/draw.h"
#include "gui/scene/home.h"

enum { TH_HOME_CARD_MAX = 256, TH_HOME_GROUP_MAX = 16 };

typedef struct th_home_group {
    float y;           // of its heading
    char number;       // first sign of its lessons' chapters
    int first, count;  // positions in home->shown
} th_home_group;

typedef struct th_home_layout {
    float scale, width, height;
    th_rect top, recent, sandbox, list, foot;
    th_rect cards[TH_HOME_CARD_MAX];  // of home->shown, scrolled so that the chosen one is seen
    int card_count;
    th_home_group groups[TH_HOME_GROUP_MAX];
    int group_count;
    float content, scroll;  // height of all cards; how much of it lies above the list's top
} th_home_layout;

void th_home_arrange(const th_home *home, int width_px, int height_px, th_home_layout *out);

#endif

#include "gui/view/home_layout.h"

#include "gui/view/home.h"

#include <math.h>

static const float EDGE = 48, GAP = 24, CARD_HEIGHT = 184, CARD_WIDTH = 400, HEADING = 56;
static const float TOP = 112, FOOT = 76, RECENT_HEIGHT = 184, GROUP_GAP = 20;

// A unit is a pixel at 1920x1080; small windows keep text readable: 0.8 of one at 1280x720.
static float scale_for(int width, int height) {
    const float part = fminf((float)width / 1920, (float)height / 1080);
    if (part >= 1) return part;
    return fmaxf(part, fminf(0.8F, part * 1.2F));
}

static bool same_group(const th_home *home, int a, int b) {
    return home->lessons[home->shown[a]].chapter[0] == home->lessons[home->shown[b]].chapter[0];
}

// Lays the cards out from y = 0, a heading above each chapter.
static void place_cards(const th_home *home, th_home_layout *out) {
    const int columns = (int)fmaxf(1, floorf((out->list.w + GAP) / (CARD_WIDTH + GAP)));
    const float width = (out->list.w - GAP * (float)(columns - 1)) / (float)columns;
    float y = 0;
    int column = 0;
    for (int i = 0; i < home->shown_count && i < TH_HOME_CARD_MAX; i++) {
        const bool opens = i == 0 || !same_group(home, i - 1, i);
        if (opens && out->group_count < TH_HOME_GROUP_MAX) {
            if (i > 0) y += CARD_HEIGHT + GROUP_GAP;
            out->groups[out->group_count++] = (th_home_group){
                .y = y, .number = home->lessons[home->shown[i]].chapter[0], .first = i};
            y += HEADING;
            column = 0;
        } else if (column == columns) {
            y += CARD_HEIGHT + GAP;
            column = 0;
        }
        out->groups[out->group_count - 1].count++;
        out->cards[out->card_count++] =
            (th_rect){out->list.x + (width + GAP) * (float)column, y, width, CARD_HEIGHT};
        column++;
    }
    out->content = out->card_count > 0 ? y + CARD_HEIGHT : 0;
}

// Scrolls so that the chosen card lies in the middle, as far as there is something to scroll.
static void scroll(const th_home *home, th_home_layout *out) {
    const float room = out->content - out->list.h;
    if (room > 0 && home->chosen >= 0 && home->chosen < out->card_count) {
        const float middle = out->cards[home->chosen].y + CARD_HEIGHT / 2 - out->list.h / 2;
        out->scroll = fmaxf(0, fminf(room, middle));
    }
    for (int i = 0; i < out->card_count; i++) out->cards[i].y += out->list.y - out->scroll;
    for (int i = 0; i < out->group_count; i++) out->groups[i].y += out->list.y - out->scroll;
}

void th_home_arrange(const th_home *home, int width_px, int height_px, th_home_layout *out) {
    *out = (th_home_layout){.scale = scale_for(width_px, height_px)};
    out->width = (float)width_px / out->scale;
    out->height = (float)height_px / out->scale;
    const float inner = out->width - 2 * EDGE;
    out->top = (th_rect){EDGE, 0, inner, TOP};
    const float sandbox = fmaxf(360, inner * 0.32F);
    out->recent = (th_rect){EDGE, TOP + 8, inner - sandbox - GAP, RECENT_HEIGHT};
    out->sandbox = (th_rect){EDGE + inner - sandbox, TOP + 8, sandbox, RECENT_HEIGHT};
    out->foot = (th_rect){EDGE, out->height - FOOT, inner, FOOT};
    const float list_y = TOP + RECENT_HEIGHT + 28;
    out->list = (th_rect){EDGE, list_y, inner, out->foot.y - list_y};
    place_cards(home, out);
    scroll(home, out);
}

// The card next in that direction: for up and down the nearest of the row above or below.
int th_view_home_next(const th_home *home, int width, int height, th_direction direction) {
    th_home_layout at;
    th_home_arrange(home, width, height, &at);
    const int chosen = home->chosen;
    if (at.card_count == 0) return -1;
    if (chosen < 0) return 0;
    if (direction == TH_LEFT) return chosen > 0 ? chosen - 1 : 0;
    if (direction == TH_RIGHT) return chosen + 1 < at.card_count ? chosen + 1 : chosen;
    const th_rect from = at.cards[chosen];
    int best = chosen;
    float best_far = 1e9F;
    for (int i = 0; i < at.card_count; i++) {
        const float dy = direction == TH_DOWN ? at.cards[i].y - from.y : from.y - at.cards[i].y;
        if (dy < 1) continue;
        const float far = dy * 10 + fabsf(at.cards[i].x - from.x);
        if (far < best_far) {
            best_far = far;
            best = i;
        }
    }
    return best;
}

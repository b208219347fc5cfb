// What exploring offers to the mouse: buttons in the row of the transport, with their keys.
#include "gui/view/dialog.h"
#include "gui/view/explore.h"

#include <math.h>

typedef struct offer {
    const char *key;
    th_word word;
    th_action action;
    uint64_t argument;
} offer;

static float cap_width(const th_view *view, const char *key) {
    return fmaxf(24, th_view_text_width(view, th_type_mono(15, 700, 0), key) + 12);
}

// Returns its right edge; without room for the words the key alone is there, without room for that
// nothing.
static float draw_offer(const th_view *view, const offer *of, float x, float y, float right) {
    const th_theme_colors *c = &view->theme->color;
    const th_type type = th_type_ui(18, 600, c->text);
    const char *text = th_view_word(view, of->word);
    const float cap = cap_width(view, of->key);
    float width = th_view_text_width(view, type, text) + cap + 40;
    const bool whole = x + width <= right;
    if (!whole) width = cap + 24;
    if (x + width > right) return x;
    const th_rect pill = {x, y - 20, width, 40};
    th_view_outline(view, pill, 999, c->line2, 1.5F);
    th_view_key_cap(view, x + 12, y, of->key);
    if (whole)
        th_view_text(view, type, x + 22 + cap, y, 0, text);
    else
        th_view_hint(view, pill, of->word);
    th_view_hit(view, pill, of->action, of->argument);
    return x + width + 12;
}

void th_view_explore_pills(const th_view *view, float x, float y, float right) {
    static const offer ON_STAGE[] = {
        {"E", TH_WORD_OFFER_EXPLORE, TH_ACTION_EXPLORE, 0},
        {"⇧B", TH_WORD_OFFER_BRANCHES, TH_ACTION_BRANCHES, 0},
        {":", TH_WORD_OFFER_CONSOLE, TH_ACTION_CONSOLE, 0},
        {"⇧G", TH_WORD_OFFER_SPAWN, TH_ACTION_SPAWN, 0},
    };
    static const offer ON_EXPLORE[] = {
        {"Esc", TH_WORD_OFFER_BACK, TH_ACTION_BACK, 0},
        {"D", TH_WORD_OFFER_COMPARE, TH_ACTION_DIVERGE, 0},
        {"O", TH_WORD_OFFER_OUTCOME, TH_ACTION_OUTCOME, TH_NEXT},
        {"⇧B", TH_WORD_OFFER_BRANCHES, TH_ACTION_BRANCHES, 0},
    };
    static const offer ON_DIVERGE[] = {
        {"Esc", TH_WORD_OFFER_BACK, TH_ACTION_BACK, 0},
        {"Enter", TH_WORD_OFFER_BOTH, TH_ACTION_CONFIRM, 0},
        {"⇧B", TH_WORD_OFFER_BRANCHES, TH_ACTION_BRANCHES, 0},
    };
    static const struct {
        const offer *items;
        int count;
    } OFFERS[] = {[TH_SCREEN_STAGE] = {ON_STAGE, 4},
                  [TH_SCREEN_EXPLORE] = {ON_EXPLORE, 4},
                  [TH_SCREEN_DIVERGE] = {ON_DIVERGE, 3}};
    const int screen = view->explore == NULL ? TH_SCREEN_STAGE : view->explore->screen;
    const int count = OFFERS[screen].count;
    for (int i = 0; i < count; i++) {
        // Those that come after keep room for their keys.
        float rest = 0;
        for (int k = i + 1; k < count; k++) {
            rest += cap_width(view, OFFERS[screen].items[k].key) + 36;
        }
        const float least = x + cap_width(view, OFFERS[screen].items[i].key) + 24;
        const float room = fmaxf(right - rest, fminf(least, right));
        x = draw_offer(view, &OFFERS[screen].items[i], x, y, room);
    }
}

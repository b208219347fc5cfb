#include "gui/app/focus.h"

#include <SDL_keycode.h>
#include <math.h>

static th_point middle(th_rect rect) {
    return (th_point){rect.x + rect.w / 2, rect.y + rect.h / 2};
}

static double square(double v) { return v * v; }

static double distance(th_point a, th_point b) {
    return square((double)(a.x - b.x)) + square((double)(a.y - b.y));
}

// A press in the middle, else near a corner, that comes through to it. False: there is none.
static bool open_point(const th_hits *hits, const th_hit *hit, th_point *out) {
    static const float PLACES[][2] = {
        {0.5F, 0.5F}, {0.1F, 0.1F}, {0.9F, 0.9F}, {0.1F, 0.9F}, {0.9F, 0.1F}};
    for (int i = 0; i < 5; i++) {
        const th_point at = {hit->rect.x + hit->rect.w * PLACES[i][0],
                             hit->rect.y + hit->rect.h * PLACES[i][1]};
        if (th_hits_at(hits, at, false) != hit) continue;
        *out = at;
        return true;
    }
    return false;
}

// The ground beside a sheet: another hit inside it does the same.
static bool is_ground(const th_hits *hits, const th_hit *ground) {
    for (const th_hit *hit = hits->items; hit < hits->items + hits->count; hit++) {
        if (hit == ground || hit->hover || hit->action != ground->action ||
            hit->argument != ground->argument) {
            continue;
        }
        const bool inside = hit->rect.x >= ground->rect.x && hit->rect.y >= ground->rect.y &&
                            hit->rect.x + hit->rect.w <= ground->rect.x + ground->rect.w &&
                            hit->rect.y + hit->rect.h <= ground->rect.y + ground->rect.h;
        if (inside && hit->rect.w * hit->rect.h < ground->rect.w * ground->rect.h / 4) return true;
    }
    return false;
}

bool th_focus_can_visit(const th_hits *hits, int index) {
    const th_hit *hit = &hits->items[index];
    th_point at;
    return !hit->hover && hit->action != TH_ACTION_NONE && hit->rect.w > 0 && hit->rect.h > 0 &&
           open_point(hits, hit, &at) && !is_ground(hits, hit);
}

const th_hit *th_focus_hit(const th_focus *focus, const th_hits *hits) {
    const th_hit *best = NULL;
    bool best_same = false;
    for (int i = 0; focus->on && i < hits->count; i++) {
        const th_hit *hit = &hits->items[i];
        const bool same = hit->action == focus->action && hit->argument == focus->argument;
        if (best != NULL && best_same && !same) continue;
        const bool nearer =
            best == NULL || (same && !best_same) ||
            distance(middle(hit->rect), focus->at) < distance(middle(best->rect), focus->at);
        if (!nearer || !th_focus_can_visit(hits, i)) continue;
        best = hit;
        best_same = same;
    }
    return best;
}

// Cells and steps are many: buttons come before them.
static bool is_one_of_many(const th_hit *hit) {
    return hit->action == TH_ACTION_FILTER || hit->action == TH_ACTION_SEEK;
}

// Whether a comes before b: buttons first, then row by row.
static bool comes_before(const th_hit *a, const th_hit *b) {
    if (is_one_of_many(a) != is_one_of_many(b)) return is_one_of_many(b);
    const th_point at = middle(a->rect), other = middle(b->rect);
    if (at.y != other.y) return at.y < other.y;
    if (at.x != other.x) return at.x < other.x;
    return a < b;
}

// The next place in reading order after `from`, or with `back` before it; at the end the first.
static const th_hit *in_order(const th_hits *hits, const th_hit *from, bool back) {
    const th_hit *next = NULL, *first = NULL;
    for (int i = 0; i < hits->count; i++) {
        const th_hit *hit = &hits->items[i];
        if (hit == from) continue;
        const bool after =
            from == NULL || (back ? comes_before(hit, from) : comes_before(from, hit));
        const th_hit **best = after ? &next : &first;
        const bool nearer =
            *best == NULL || (back ? comes_before(*best, hit) : comes_before(hit, *best));
        if (nearer && th_focus_can_visit(hits, i)) *best = hit;
    }
    return next != NULL ? next : first;
}

// How far a place lies in that direction; what lies aside counts threefold. Negative: not there.
static double away(th_point from, th_point to, th_focus_way way) {
    const double x = (double)(to.x - from.x), y = (double)(to.y - from.y);
    const bool level = way == TH_FOCUS_LEFT || way == TH_FOCUS_RIGHT;
    const bool back = way == TH_FOCUS_LEFT || way == TH_FOCUS_UP;
    const double along = (level ? x : y) * (back ? -1 : 1), aside = fabs(level ? y : x);
    return along < 1 || aside > 4 * along + 60 ? -1 : along + 3 * aside;
}

static const th_hit *in_direction(const th_hits *hits, const th_hit *from, th_focus_way way) {
    const th_hit *best = from;
    double least = INFINITY;
    for (int i = 0; i < hits->count; i++) {
        const double far = away(middle(from->rect), middle(hits->items[i].rect), way);
        if (far < 0 || far >= least || !th_focus_can_visit(hits, i)) continue;
        least = far;
        best = &hits->items[i];
    }
    return best;
}

void th_focus_move(th_focus *focus, const th_hits *hits, th_focus_way way) {
    const th_hit *from = th_focus_hit(focus, hits), *to;
    if (from == NULL || way == TH_FOCUS_NEXT || way == TH_FOCUS_PREVIOUS)
        to = in_order(hits, from, way == TH_FOCUS_PREVIOUS);
    else
        to = in_direction(hits, from, way);
    if (to == NULL) to = from;
    *focus = (th_focus){.on = to != NULL};
    if (to == NULL) return;
    focus->action = to->action;
    focus->argument = to->argument;
    focus->at = middle(to->rect);
}

bool th_focus_key(th_focus *focus, const th_hits *hits, int32_t key, uint16_t modifiers) {
    if ((modifiers & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0) return false;
    const bool shift = (modifiers & KMOD_SHIFT) != 0;
    if (key != SDLK_TAB && (!focus->on || shift)) return false;
    switch (key) {
    case SDLK_TAB: th_focus_move(focus, hits, shift ? TH_FOCUS_PREVIOUS : TH_FOCUS_NEXT); break;
    case SDLK_LEFT: th_focus_move(focus, hits, TH_FOCUS_LEFT); break;
    case SDLK_RIGHT: th_focus_move(focus, hits, TH_FOCUS_RIGHT); break;
    case SDLK_UP: th_focus_move(focus, hits, TH_FOCUS_UP); break;
    case SDLK_DOWN: th_focus_move(focus, hits, TH_FOCUS_DOWN); break;
    case SDLK_ESCAPE: *focus = (th_focus){0}; break;
    default: return false;
    }
    return true;
}

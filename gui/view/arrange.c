#include "gui/view/arrange.h"

#include <math.h>

static const float REFERENCE_W = 1920, REFERENCE_H = 1080;
static const float COMPACT_W = 1700, COMPACT_H = 960;  // less than that: panels fold
static const float BELOW_ASPECT = 1.45f, BELOW_W = 1500;
static const float SIDE_MIN = 330, SIDE_COMPACT_PART = 0.235f;
static const float CAPTION_STRIP_H = 82, CAPTION_LARGE_H = 176, STRIP_H = 222;
static const float STAGE_H_MIN = 334, BELOW_BODY_H_MIN = 560;
static const float TRANSPORT_H = 58, MARKERS_H = 26, LANE_H = 54, LANE_SMALL_H = 36;
static const float LANES_H = 108, LANES_COMPACT_H = 84, TIMELINE_FOOT_H = 34;

// 0.8 at 1280 by 720 where the share alone would be 0.67.
static float scale_of(float width, float height) {
    const float share = fminf(width / REFERENCE_W, height / REFERENCE_H);
    return share < 1 ? share + (1 - share) * 0.4f : share;
}

static float lane_height(int lanes, int branches, bool compact) {
    const float each = compact || branches > 0 ? LANE_SMALL_H : LANE_H;
    const float room = compact ? LANES_COMPACT_H : LANES_H;
    const int rows = lanes > 0 ? lanes : 1;
    const float fair = (branches > 0 ? room - 4 : room) / (float)(rows + branches);
    return fminf(each, fair);
}

static void arrange_right(th_arrangement *out, const th_theme *theme) {
    const th_rect right = out->right;
    out->narration = (th_rect){right.x, right.y, 0, 0};
    if (out->below) {
        const float half = floorf(right.w / 2);
        out->log = (th_rect){right.x, right.y, half, right.h};
        out->report = (th_rect){right.x + half, right.y, right.w - half, right.h};
        return;
    }
    float y = right.y;
    if (out->caption.h == 0) {
        out->narration = (th_rect){right.x, y, right.w, floorf(right.h * 0.345f)};
        y += out->narration.h;
    }
    const float left = right.y + right.h - y;
    const float report = fminf(234, floorf(left * 0.46f));
    const float head = 46;
    const float rows = floorf((left - report - head - 8) / theme->line_height.log);
    out->log = (th_rect){right.x, y, right.w, head + 8 + rows * theme->line_height.log};
    y += out->log.h;
    out->report = (th_rect){right.x, y, right.w, right.y + right.h - y};
}

// `room`: from the top bar to the timeline. A large caption leaves the stage what it needs.
static float caption_height(th_caption_size size, float room, bool compact, bool below) {
    if (size != TH_CAPTION_LARGE) return compact || size == TH_CAPTION_WIDE ? CAPTION_STRIP_H : 0;
    const float left = room - (below ? BELOW_BODY_H_MIN : STAGE_H_MIN);
    return fmaxf(CAPTION_STRIP_H, fminf(CAPTION_LARGE_H, left));
}

void th_arrange(int width_px, int height_px, const th_theme *theme, int lanes, int branches,
                th_caption_size caption_size, th_arrangement *out) {
    const float scale = scale_of((float)width_px, (float)height_px);
    *out = (th_arrangement){
        .scale = scale,
        .width = (float)width_px / scale,
        .height = (float)height_px / scale,
    };
    const float w = out->width, h = out->height;
    out->compact = w < COMPACT_W || h < COMPACT_H;
    out->below = w < BELOW_W && w / h < BELOW_ASPECT;
    const float side =
        out->compact ? fmaxf(SIDE_MIN, floorf(w * SIDE_COMPACT_PART)) : theme->layout.left_panel;
    out->lane_height = lane_height(lanes, branches, out->compact);
    const float rows = out->lane_height * (float)((lanes > 0 ? lanes : 1) + branches);
    const float timeline = out->compact ? TRANSPORT_H + MARKERS_H + rows + TIMELINE_FOOT_H - 8
                                        : theme->layout.timeline;
    out->top = (th_rect){0, 0, w, theme->layout.top_bar};
    out->timeline = (th_rect){0, h - timeline, w, timeline};
    const float caption =
        caption_height(caption_size, h - timeline - out->top.h, out->compact, out->below);
    out->caption = (th_rect){0, out->timeline.y - caption, w, caption};
    const float y = out->top.h, body = out->caption.y - y;
    out->left = (th_rect){0, y, side, body};
    if (out->below) {
        const float below = fminf(STRIP_H, floorf(body * 0.32f));
        out->stage = (th_rect){side, y, w - side, body - below};
        out->right = (th_rect){side, y + body - below, w - side, below};
    } else {
        out->stage = (th_rect){side, y, w - 2 * side, body};
        out->right = (th_rect){w - side, y, side, body};
    }
    const float scheduler = out->compact ? 62 : 137;
    out->cards = (th_rect){0, y, side, body - scheduler};
    out->scheduler = (th_rect){0, y + body - scheduler, side, scheduler};
    arrange_right(out, theme);
}

static void arrange_field_left(th_arrangement *out) {
    const th_rect left = out->left;
    const float lens = fminf(334, floorf(left.h * 0.43f));
    const float map = left.h < 560 ? 0 : fminf(190, floorf(left.h * 0.25f));
    out->cards = (th_rect){left.x, left.y, left.w, left.h - lens - map};
    out->scheduler = (th_rect){0};
    out->lens = (th_rect){left.x, left.y + out->cards.h, left.w, lens};
    out->minimap = (th_rect){left.x, left.y + left.h - map, left.w, map};
}

void th_arrange_field(bool growing, bool report, th_arrangement *out) {
    arrange_field_left(out);
    const bool progress = growing && !report && !out->below;
    if (progress) {
        const th_rect room = {out->log.x, out->log.y, out->log.w, out->log.h + out->report.h};
        const float growth = fminf(176, floorf(room.h * 0.34f));
        out->histograms = (th_rect){room.x, room.y, room.w, room.h - growth};
        out->growth = (th_rect){room.x, room.y + room.h - growth, room.w, growth};
        out->report = (th_rect){0};
    } else {
        out->histograms = out->log;
    }
    out->log = (th_rect){0};
}

// Buckets on the stage: a fisheye on the bucket in use, or two rows while the map grows.
#include "gui/view/stage.h"

#include <math.h>

static const float EDGE = 20, GAP_MIN = 10, GAP_MAX = 32;
static const float OVERFLOW_DROP = 64;  // overflow buckets hang lower: no array points at them
static const float ROW_MIN = 15;
static const float FLIGHT_ROOM = 255;

// What a bucket takes at a level of detail.
typedef struct level {
    float width, header, footer, row;
} level;

enum { FOCUS, FOCUS_SMALL, FOCUS_TINY, MEDIUM, COMPACT, TOPS, TOPS_SMALL, MINI };
static const level LEVELS[] = {
    [FOCUS] = {432, 71, 57, 53},      [FOCUS_SMALL] = {366, 71, 52, 45},
    [FOCUS_TINY] = {286, 66, 44, 40}, [MEDIUM] = {252, 66, 52, 42},
    [COMPACT] = {168, 62, 42, 34},    [TOPS] = {96, 38, 12, 36},
    [TOPS_SMALL] = {62, 34, 10, 34},  [MINI] = {34, 28, 8, 30},
};

typedef struct levels {
    int focus, head, other;  // of LEVELS
} levels;

// From the most generous to the tightest.
static const levels FISHEYE[] = {
    {FOCUS, MEDIUM, COMPACT},       {FOCUS, MEDIUM, TOPS},           {FOCUS_SMALL, MEDIUM, TOPS},
    {FOCUS_SMALL, COMPACT, TOPS},   {FOCUS_SMALL, TOPS, TOPS_SMALL}, {FOCUS_TINY, TOPS, TOPS_SMALL},
    {FOCUS_TINY, TOPS_SMALL, MINI},
};
static const int EVEN[] = {MEDIUM, COMPACT, TOPS, TOPS_SMALL, MINI};

enum {
    FISHEYE_COUNT = sizeof(FISHEYE) / sizeof(*FISHEYE),
    EVEN_COUNT = sizeof(EVEN) / sizeof(*EVEN)
};

static const level *level_of(const th_scene_placement *placement, int index, const levels *chosen) {
    if (index == placement->focus) return &LEVELS[chosen->focus];
    return &LEVELS[index == placement->head ? chosen->head : chosen->other];
}

static float total_width(const th_scene_placement *placement, const levels *chosen) {
    float total = 0;
    for (int i = 0; i < placement->count; i++) total += level_of(placement, i, chosen)->width;
    return total;
}

static levels choose_levels(const th_scene_placement *placement, float width) {
    const float gaps = GAP_MIN * (float)(placement->count - 1);
    if (placement->focus >= 0) {
        for (int i = 0; i < FISHEYE_COUNT; i++) {
            if (total_width(placement, &FISHEYE[i]) + gaps <= width) return FISHEYE[i];
        }
        return FISHEYE[FISHEYE_COUNT - 1];
    }
    for (int i = 0; i < EVEN_COUNT; i++) {
        const levels even = {EVEN[i], EVEN[i], EVEN[i]};
        if (total_width(placement, &even) + gaps <= width) return even;
    }
    return (levels){MINI, MINI, MINI};
}

// With little height the slots keep what they can: head and foot give way first.
static th_box box_of(level of, float x, float y, float width, float height) {
    if (height < of.header + of.footer + of.row * TH_BUCKET_SLOTS * 0.8f) {
        of.header *= 0.84f;
        of.footer = fminf(of.footer, height < 230 ? 8 : 36);
    }
    const float room = height - of.header - of.footer;
    const float row = fmaxf(ROW_MIN, fminf(of.row, floorf(room / TH_BUCKET_SLOTS)));
    return (th_box){
        .rect = {x, y, width, of.header + of.footer + row * TH_BUCKET_SLOTS},
        .header = of.header,
        .footer = of.footer,
        .alpha = 1,
    };
}

// Places the columns: heads in array order, then the overflow buckets.
static void arrange_columns(const th_scene_placement *placement, th_rect area,
                            th_stage_layout *out) {
    const float width = area.w - 2 * EDGE;
    levels chosen = choose_levels(placement, width);
    const int count = placement->count;
    float total = total_width(placement, &chosen);
    const float squeeze = fminf(1, (width - GAP_MIN * (float)(count - 1)) / total);
    total *= squeeze;
    out->fits = squeeze > 0.6f;
    const float gap = count > 1 ? fminf(GAP_MAX, (width - total) / (float)(count - 1)) : 0;
    float x = area.x + EDGE + (width - total - gap * (float)(count - 1)) / 2;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < count && i < TH_BOX_MAX; i++) {
            const bool overflow = placement->items[i].chain > 0;
            if (overflow != (pass == 1)) continue;
            const level of = *level_of(placement, i, &chosen);
            const float w = of.width * squeeze;
            const float full = of.header + of.footer + of.row * TH_BUCKET_SLOTS;
            const float drop = overflow ? fmaxf(0, fminf(OVERFLOW_DROP, area.h - full)) : 0;
            out->boxes[i] = box_of(of, x, area.y + drop, w, area.h - drop);
            x += w + gap;
        }
    }
}

static const level ROW_WIDE = {260, 32, 36, 24}, ROW_TOPS = {96, 30, 8, 24};

// Moves the boxes of a row apart so that the line at pointer_x passes between them.
static void make_way(th_box *boxes, const int *order, int count, float pointer_x, float left,
                     float right) {
    for (int i = 0; i < count; i++) {
        const th_rect rect = boxes[order[i]].rect;
        if (pointer_x < rect.x - 16 || pointer_x > rect.x + rect.w + 16) continue;
        const float by_right = pointer_x + 30 - rect.x;
        const th_rect last = boxes[order[count - 1]].rect;
        const float by_left = rect.x + rect.w + 30 - pointer_x;
        const bool fits_left = boxes[order[0]].rect.x - by_left >= left;
        const bool fits_right = last.x + last.w + by_right <= right;
        if (fits_right && !(fits_left && by_left < by_right)) {
            for (int k = i; k < count; k++) boxes[order[k]].rect.x += by_right;
        } else if (fits_left) {
            for (int k = 0; k <= i; k++) boxes[order[k]].rect.x -= by_left;
        }
        return;
    }
}

// The buckets of a role, each chain behind its head: no pointer crosses a bucket. Returns their
// number.
static int order_row(const th_scene_placement *placement, uint8_t role, int *order) {
    int count = 0;
    for (int i = 0; i < placement->count && i < TH_BOX_MAX; i++) {
        const th_scene_place *head = &placement->items[i];
        if (head->role != role || head->chain > 0) continue;
        order[count++] = i;
        for (int k = 0; k < placement->count && k < TH_BOX_MAX; k++) {
            const th_scene_place *place = &placement->items[k];
            if (place->role != role || place->index != head->index || place->chain == 0) continue;
            order[count++] = k;
        }
    }
    return count;
}

// One row of buckets of a role, evenly spread.
static void arrange_row(const th_scene_placement *placement, uint8_t role, th_rect row,
                        float pointer_x, th_stage_layout *out) {
    int order[TH_BOX_MAX];
    const int count = order_row(placement, role, order);
    if (count == 0) return;
    const float left = row.x + EDGE, width = row.w - 2 * EDGE;
    const float slot = width / (float)count;
    const float w = fminf(ROW_WIDE.width, slot - (count > 6 ? 10 : 40));
    out->fits = out->fits && w > 20;
    const level of = w >= 140 ? ROW_WIDE : ROW_TOPS;
    // Room for an item in flight at the side of each old bucket, where there is any to spare.
    const bool aside = role == TH_BUCKET_OLD && (float)count * (FLIGHT_ROOM + w) <= width;
    for (int i = 0; i < count; i++) {
        const float x = aside ? left + FLIGHT_ROOM + (float)i * (FLIGHT_ROOM + w)
                              : left + slot * ((float)i + 0.5f) - w / 2;
        out->boxes[order[i]] = box_of(of, x, row.y, w, row.h);
    }
    if (role == TH_BUCKET_OLD) {
        make_way(out->boxes, order, count, pointer_x, left, row.x + row.w - EDGE);
    }
}

void th_stage_arrange(const th_scene_placement *placement, th_rect area, float pointer_x,
                      th_stage_layout *out) {
    out->count = placement->count < TH_BOX_MAX ? placement->count : TH_BOX_MAX;
    out->growing = placement->growing;
    out->fits = true;
    out->old_bus_y = area.y + 17;
    if (!placement->growing) {
        out->bus_y = area.y + 38;
        const th_rect room = {area.x, area.y + 54, area.w, area.h - 54 - 18};
        arrange_columns(placement, room, out);
        return;
    }
    const float top = area.y + 50, between = fminf(78, area.h * 0.13f);
    const float height = floorf((area.h - 50 - 14 - between) / 2);
    const float box = fminf(height, 260);
    arrange_row(placement, TH_BUCKET_OLD, (th_rect){area.x, top, area.w, box}, pointer_x, out);
    const float below = top + box + between;
    out->bus_y = below - between / 2;
    arrange_row(placement, TH_BUCKET_CURRENT, (th_rect){area.x, below, area.w, box}, pointer_x,
                out);
}

static th_rect inset_row(float x, float y, float w, float h) {
    return (th_rect){x + 1, y + 1, w - 2, h - 2};
}

void th_bucket_arrange(const th_box *box, th_bucket_cells *out) {
    const th_rect rect = box->rect;
    const float row = (rect.h - box->header - box->footer) / TH_BUCKET_SLOTS;
    const bool dense = row < 28;
    *out = (th_bucket_cells){
        .row = row,
        .columns = rect.w >= 132,
        .slots = rect.w >= (dense ? 180 : 270),
        .mini = rect.w < 44,
        .text = dense ? fminf(18, row * 0.82f) : fminf(27, fmaxf(16, row * 0.515f)),
    };
    const float pad = rect.w < 80 ? 4 : 8;
    const float gutter = out->slots ? (dense ? 24 : 34) : 0;
    const float x = rect.x + pad + gutter, w = rect.w - 2 * pad - gutter;
    const float top_w = out->columns ? w * 0.29f : w, key_w = w * 0.345f;
    for (int i = 0; i < TH_BUCKET_SLOTS; i++) {
        const float y = rect.y + box->header + (float)i * row;
        out->top[i] = inset_row(x, y, top_w, row);
        if (!out->columns) continue;
        out->key[i] = inset_row(x + top_w, y, key_w, row);
        out->elem[i] = inset_row(x + top_w + key_w, y, w - top_w - key_w, row);
    }
    const float y = rect.y + box->header + TH_BUCKET_SLOTS * row;
    out->overflow = (th_rect){rect.x + pad, y + 4, rect.w - 2 * pad, box->footer - 12};
}

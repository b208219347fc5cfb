/* Rectangles: filled areas and frames, put together from straight sides and corners. */
#include <math.h>

#include "gui/draw/marks.h"

/* A box in 24.8 fixed point, and where its corners meet. */
typedef struct box {
    int x0, y0, x1, y1;
    int middle_x, middle_y; /* pixels from here on belong to the right, the lower corners */
    float radius, width;    /* of the frame; 0: an area */
} box;

static box box_of(th_rect r, float radius, float width) {
    box b = {.radius = radius, .width = width};
    b.x0 = (int)lrintf(r.x * TH_SUBPIXEL);
    b.y0 = (int)lrintf(r.y * TH_SUBPIXEL);
    b.x1 = (int)lrintf((r.x + r.w) * TH_SUBPIXEL);
    b.y1 = (int)lrintf((r.y + r.h) * TH_SUBPIXEL);
    b.middle_x = (b.x0 + b.x1 + TH_SUBPIXEL) >> 9;
    b.middle_y = (b.y0 + b.y1 + TH_SUBPIXEL) >> 9;
    return b;
}

/* The share, of 256, of pixel `i` that lies between two fixed point positions. */
static int share_of_pixel(int i, int from, int to) {
    int start = i * TH_SUBPIXEL, end = start + TH_SUBPIXEL;
    if (from > start) start = from;
    if (to < end) end = to;
    return end > start ? end - start : 0;
}

/* One pixel at the side of an area, covered `across` by `high` 256ths. */
static void paint_side(uint32_t *row, int x, int y, int across, int high, th_pixel_rect region,
                       const th_source *source) {
    int coverage = (across * high) >> 8;
    if (x < region.x0 || x >= region.x1 || coverage == 0) return;
    th_blend_span(row, x, y, 1, coverage, source);
}

/* The part inside `region` of the area between straight sides: at most two pixels of a row are
 * partly covered across. */
static void paint_straight(th_brush *brush, int x0, int y0, int x1, int y1, th_pixel_rect region,
                           const th_source *source) {
    const int first = (x0 + TH_SUBPIXEL - 1) >> 8, last = x1 >> 8; /* whole pixels between */
    const int left = share_of_pixel(first - 1, x0, x1), right = share_of_pixel(last, x0, x1);
    const int from = region.x0 > first ? region.x0 : first;
    const int to = region.x1 < last ? region.x1 : last;
    for (int y = region.y0; y < region.y1; y++) {
        int high = share_of_pixel(y, y0, y1);
        if (high == 0) continue;
        uint32_t *row = th_brush_row(brush, y);
        if (left > 0) paint_side(row, first - 1, y, left, high, region, source);
        if (from < to) th_blend_span(row, from, y, to - from, high > 255 ? 255 : high, source);
        if (right > 0 && last >= first) paint_side(row, last, y, right, high, region, source);
    }
}

/* Paints one corner; `area` is the quarter of the box that belongs to it. */
static void paint_corner(th_brush *brush, const box *b, bool at_right, bool at_bottom,
                         th_pixel_rect area, th_pixel_rect region, const th_source *source) {
    /* Seen from the right, a side lies as far into its pixel as it is from the next one. */
    int x = at_right ? -b->x1 & (TH_SUBPIXEL - 1) : b->x0 & (TH_SUBPIXEL - 1);
    int y = at_bottom ? -b->y1 & (TH_SUBPIXEL - 1) : b->y0 & (TH_SUBPIXEL - 1);
    const th_corner wanted = {x, y, b->radius, b->width, at_right, at_bottom, 0, NULL};
    int size = th_corner_size(b->radius, b->width);
    int left = at_right ? ((b->x1 + TH_SUBPIXEL - 1) >> 8) - size : b->x0 >> 8;
    int top = at_bottom ? ((b->y1 + TH_SUBPIXEL - 1) >> 8) - size : b->y0 >> 8;
    th_pixel_rect seen = th_pixel_rect_intersect(
        th_pixel_rect_intersect((th_pixel_rect){left, top, left + size, top + size}, area), region);
    if (th_pixel_rect_empty(seen)) return;
    const th_corner *corner = th_corner_get(&brush->corners, &brush->cells, &wanted);
    for (int row = seen.y0; row < seen.y1; row++) {
        const uint8_t *mask = corner->mask + (row - top) * size + (seen.x0 - left);
        th_blend_mask(th_brush_row(brush, row), seen.x0, row, seen.x1 - seen.x0, mask, source);
    }
}

static void paint_corners(th_brush *brush, const box *b, th_pixel_rect region,
                          const th_source *source) {
    const int far = TH_RASTER_SIZE_MAX * 2;
    for (int i = 0; i < 4; i++) {
        bool at_right = i % 2 == 1, at_bottom = i / 2 == 1;
        th_pixel_rect area = {at_right ? b->middle_x : -far, at_bottom ? b->middle_y : -far,
                              at_right ? far : b->middle_x, at_bottom ? far : b->middle_y};
        paint_corner(brush, b, at_right, at_bottom, area, region, source);
    }
}

/* Where the straight parts begin and end, each in its half of the box. */
static th_pixel_rect straight_part(const box *b) {
    int size = th_corner_size(b->radius, b->width);
    th_pixel_rect s = {(b->x0 >> 8) + size, (b->y0 >> 8) + size,
                       ((b->x1 + TH_SUBPIXEL - 1) >> 8) - size,
                       ((b->y1 + TH_SUBPIXEL - 1) >> 8) - size};
    if (s.x0 > b->middle_x) s.x0 = b->middle_x;
    if (s.y0 > b->middle_y) s.y0 = b->middle_y;
    if (s.x1 < b->middle_x) s.x1 = b->middle_x;
    if (s.y1 < b->middle_y) s.y1 = b->middle_y;
    return s;
}

/* What of `region` lies in the given columns and rows. */
static th_pixel_rect part(th_pixel_rect region, int x0, int y0, int x1, int y1) {
    return th_pixel_rect_intersect(region, (th_pixel_rect){x0, y0, x1, y1});
}

static void paint_area(th_brush *brush, const box *b, th_pixel_rect region,
                       const th_source *source) {
    const int x0 = b->x0, y0 = b->y0, x1 = b->x1, y1 = b->y1;
    th_pixel_rect s = straight_part(b), r = region;
    paint_straight(brush, x0, y0, x1, y1, part(r, s.x0, r.y0, s.x1, s.y0), source);
    paint_straight(brush, x0, y0, x1, y1, part(r, r.x0, s.y0, r.x1, s.y1), source);
    paint_straight(brush, x0, y0, x1, y1, part(r, s.x0, s.y1, s.x1, r.y1), source);
    paint_corners(brush, b, region, source);
}

static void paint_frame(th_brush *brush, const box *b, th_pixel_rect region,
                        const th_source *source) {
    const int x0 = b->x0, y0 = b->y0, x1 = b->x1, y1 = b->y1;
    int w = (int)lrintf(b->width * TH_SUBPIXEL);
    th_pixel_rect s = straight_part(b), r = region;
    paint_straight(brush, x0, y0, x1, y0 + w, part(r, s.x0, r.y0, s.x1, s.y0), source);
    paint_straight(brush, x0, y1 - w, x1, y1, part(r, s.x0, s.y1, s.x1, r.y1), source);
    paint_straight(brush, x0, y0, x0 + w, y1, part(r, r.x0, s.y0, s.x0, s.y1), source);
    paint_straight(brush, x1 - w, y0, x1, y1, part(r, s.x1, s.y0, r.x1, s.y1), source);
    paint_corners(brush, b, region, source);
}

/* Corners fit when each lies in its own quarter, as far as it is not straight. Where opposite
 * corners meet inside one pixel the bend that is lost is too slight to see, but for tiny boxes. */
static bool corners_fit(th_rect r, float radius, float width) {
    const float small = 7;
    return r.w >= small && r.h >= small && th_corner_size(radius, width) <= TH_CORNER_SIZE_MAX &&
           width * 2 + 2 <= r.w && width * 2 + 2 <= r.h;
}

static void paint_outline(th_brush *brush, th_rect r, float radius, float width,
                          th_pixel_rect region, const th_source *source) {
    th_rect hole = th_rect_inset(r, width);
    th_cells_begin(&brush->cells, region);
    th_path_fill_rect(&brush->cells, r, radius, false);
    if (width > 0 && hole.w > 0 && hole.h > 0) {
        th_path_fill_rect(&brush->cells, hole, radius > width ? radius - width : 0, true);
    }
    th_brush_paint_cells(brush, source);
}

void th_box_fill(th_brush *brush, const th_command_rect *c, th_pixel_rect region) {
    const th_source *source = th_brush_source(brush, &c->paint, c->rect.x, c->rect.y);
    box b = box_of(c->rect, c->radius, 0);
    if (c->radius <= 0) {
        paint_straight(brush, b.x0, b.y0, b.x1, b.y1, region, source);
    } else if (corners_fit(c->rect, c->radius, 0)) {
        paint_area(brush, &b, region, source);
    } else {
        paint_outline(brush, c->rect, c->radius, 0, region, source);
    }
}

/* The line's middle runs half a width inside the rectangle. */
static void add_dashes(th_brush *brush, const th_command_stroke_rect *c) {
    float half = c->stroke.width / 2;
    th_rect middle = th_rect_inset(c->rect, half);
    if (middle.w < 0 || middle.h < 0) return;
    th_path_set_rect(&brush->path, middle, c->radius > half ? c->radius - half : 0);
    th_path_stroke(&brush->cells, &brush->path, &c->stroke, &brush->piece);
}

void th_box_stroke(th_brush *brush, const th_command_stroke_rect *c, th_pixel_rect region) {
    th_paint paint = th_paint_solid(c->stroke.color);
    const th_source *source = th_brush_source(brush, &paint, c->rect.x, c->rect.y);
    if (c->stroke.dash > 0) {
        th_cells_begin(&brush->cells, region);
        add_dashes(brush, c);
        th_brush_paint_cells(brush, source);
    } else if (corners_fit(c->rect, c->radius, c->stroke.width)) {
        box b = box_of(c->rect, c->radius, c->stroke.width);
        paint_frame(brush, &b, region, source);
    } else {
        paint_outline(brush, c->rect, c->radius, c->stroke.width, region, source);
    }
}

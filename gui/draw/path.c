#include "gui/draw/path.h"

#include <math.h>
#include <stdlib.h>

#include "sim/base/assert.h"

/* Control point distance of the cubic that is nearest to a quarter circle, in radii. */
#define KAPPA 0.5522847f
/* A chord may leave its curve by this much, in px: too little for an eye. */
#define FLATNESS_PX 0.08f

void th_path_free(th_path *path) {
    free(path->points);
    *path = (th_path){0};
}

static void add_point(th_path *path, th_point p) {
    if (path->count == path->capacity) {
        int capacity = path->capacity > 0 ? path->capacity * 2 : 256;
        th_point *points = realloc(path->points, (size_t)capacity * sizeof points[0]);
        TH_ASSERT(points != NULL);
        path->points = points;
        path->capacity = capacity;
    }
    path->points[path->count++] = p;
}

static float distance(th_point a, th_point b) {
    float dx = b.x - a.x, dy = b.y - a.y;
    return sqrtf(dx * dx + dy * dy);
}

static th_point between(th_point a, th_point b, float t) {
    return (th_point){a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

/* How many chords keep a cubic within FLATNESS_PX: its second derivative bounds the error. */
static int chord_count(const th_point p[4]) {
    th_point a = {p[0].x - 2 * p[1].x + p[2].x, p[0].y - 2 * p[1].y + p[2].y};
    th_point b = {p[1].x - 2 * p[2].x + p[3].x, p[1].y - 2 * p[2].y + p[3].y};
    float aa = a.x * a.x + a.y * a.y, bb = b.x * b.x + b.y * b.y;
    float bend = sqrtf(aa > bb ? aa : bb);
    float count = sqrtf(0.75f * bend / FLATNESS_PX);
    return count < 1 ? 1 : count > 500 ? 500 : (int)count + 1;
}

static th_point cubic_at(const th_point p[4], float t) {
    float u = 1 - t;
    float w0 = u * u * u, w1 = 3 * u * u * t, w2 = 3 * u * t * t, w3 = t * t * t;
    return (th_point){w0 * p[0].x + w1 * p[1].x + w2 * p[2].x + w3 * p[3].x,
                      w0 * p[0].y + w1 * p[1].y + w2 * p[2].y + w3 * p[3].y};
}

/* Appends the cubic without its first point. */
static void add_cubic(th_path *path, const th_point p[4]) {
    int count = chord_count(p);
    for (int i = 1; i < count; i++) add_point(path, cubic_at(p, (float)i / (float)count));
    add_point(path, p[3]);
}

void th_path_set_bezier(th_path *path, const th_point p[4]) {
    path->count = 0;
    add_point(path, p[0]);
    add_cubic(path, p);
}

void th_path_set_polyline(th_path *path, const th_point *points, int count, float radius) {
    path->count = 0;
    add_point(path, points[0]);
    for (int i = 1; i + 1 < count; i++) {
        th_point p = points[i];
        float before = distance(points[i - 1], p), after = distance(p, points[i + 1]);
        float shorter = before < after ? before : after;
        float reach = radius < shorter / 2 ? radius : shorter / 2;
        if (reach < 0.01f) {
            add_point(path, p);
            continue;
        }
        th_point from = between(p, points[i - 1], reach / before);
        th_point to = between(p, points[i + 1], reach / after);
        add_point(path, from);
        add_cubic(path, (th_point[4]){from, between(from, p, KAPPA), between(to, p, KAPPA), to});
    }
    add_point(path, points[count - 1]);
}

/* The four corners, clockwise from the top left: where each begins, its vertex, where it ends. */
static void rect_corners(th_rect r, float radius, th_point corners[4][3]) {
    float x0 = r.x, y0 = r.y, x1 = r.x + r.w, y1 = r.y + r.h;
    const th_point all[4][3] = {
        {{x0, y0 + radius}, {x0, y0}, {x0 + radius, y0}},
        {{x1 - radius, y0}, {x1, y0}, {x1, y0 + radius}},
        {{x1, y1 - radius}, {x1, y1}, {x1 - radius, y1}},
        {{x0 + radius, y1}, {x0, y1}, {x0, y1 - radius}},
    };
    for (int i = 0; i < 12; i++) corners[i / 3][i % 3] = all[i / 3][i % 3];
}

static void corner_cubic(th_point corner[3], th_point p[4]) {
    p[0] = corner[0];
    p[1] = between(corner[0], corner[1], KAPPA);
    p[2] = between(corner[2], corner[1], KAPPA);
    p[3] = corner[2];
}

void th_path_set_rect(th_path *path, th_rect rect, float radius) {
    th_point corners[4][3], p[4];
    rect_corners(rect, radius, corners);
    path->count = 0;
    add_point(path, corners[0][2]);
    for (int i = 1; i <= 4; i++) {
        corner_cubic(corners[i % 4], p);
        add_point(path, p[0]);
        if (radius > 0) add_cubic(path, p);
    }
}

/* A closed outline on its way into the cells. */
typedef struct outline {
    th_cells *cells;
    int first_x, first_y, x, y;
    bool begun;
} outline;

static void outline_to(outline *o, th_point p) {
    int x = (int)lrintf(p.x * TH_SUBPIXEL), y = (int)lrintf(p.y * TH_SUBPIXEL);
    if (o->begun) {
        th_cells_line(o->cells, o->x, o->y, x, y);
    } else {
        o->first_x = x;
        o->first_y = y;
        o->begun = true;
    }
    o->x = x;
    o->y = y;
}

static void outline_close(outline *o) {
    if (o->begun) th_cells_line(o->cells, o->x, o->y, o->first_x, o->first_y);
    o->begun = false;
}

void th_path_fill_rect(th_cells *cells, th_rect rect, float radius, bool reverse) {
    th_point corners[4][3], p[4];
    rect_corners(rect, radius, corners);
    outline o = {.cells = cells};
    for (int i = 0; i < 4; i++) {
        corner_cubic(corners[reverse ? 3 - i : i], p);
        int count = radius > 0 ? chord_count(p) : 0;
        outline_to(&o, reverse ? p[3] : p[0]);
        for (int k = 1; k <= count; k++) {
            float t = (float)(reverse ? count - k : k) / (float)count;
            outline_to(&o, cubic_at(p, t));
        }
    }
    outline_close(&o);
}

void th_path_fill_polygon(th_cells *cells, const th_point *points, int count) {
    outline o = {.cells = cells};
    for (int i = 0; i < count; i++) outline_to(&o, points[i]);
    outline_close(&o);
}

/* An arc around c from direction a to direction b (unit vectors less than half a turn apart). */
static void arc_to(outline *o, th_point c, th_point a, th_point b, float radius) {
    th_point sum = {a.x + b.x, a.y + b.y};
    float length = sqrtf(sum.x * sum.x + sum.y * sum.y);
    float sagitta = radius * (1 - length / 2);
    if (sagitta < FLATNESS_PX || length < 1e-3f) {
        outline_to(o, (th_point){c.x + b.x * radius, c.y + b.y * radius});
        return;
    }
    th_point middle = {sum.x / length, sum.y / length};
    arc_to(o, c, a, middle, radius);
    arc_to(o, c, middle, b, radius);
}

static void cap(outline *o, th_point p, th_point normal, th_point along, float half, bool round) {
    th_point back = {-normal.x, -normal.y};
    outline_to(o, (th_point){p.x + normal.x * half, p.y + normal.y * half});
    if (round) {
        arc_to(o, p, normal, along, half);
        arc_to(o, p, along, back, half);
    } else {
        outline_to(o, (th_point){p.x + back.x * half, p.y + back.y * half});
    }
}

/* One side of the joint at p between directions d0 and d1. On the inner side the outline passes
 * through p, so that every part of the stroke winds the same way. */
static void join(outline *o, th_point p, th_point d0, th_point d1, float half) {
    th_point n0 = {d0.y, -d0.x}, n1 = {d1.y, -d1.x};
    float turn = d0.x * d1.y - d0.y * d1.x, ahead = d0.x * d1.x + d0.y * d1.y;
    outline_to(o, (th_point){p.x + n0.x * half, p.y + n0.y * half});
    if (turn < 0) {
        outline_to(o, p);
        outline_to(o, (th_point){p.x + n1.x * half, p.y + n1.y * half});
    } else if (ahead < -0.99f) {
        arc_to(o, p, n0, d0, half);
        arc_to(o, p, d0, n1, half);
    } else {
        arc_to(o, p, n0, n1, half);
    }
}

static th_point direction(th_point a, th_point b) {
    float length = distance(a, b);
    return (th_point){(b.x - a.x) / length, (b.y - a.y) / length};
}

static th_point opposite(th_point d) { return (th_point){-d.x, -d.y}; }

/* Drops points that coincide with the one before; the direction between them is noise. */
static int distinct(th_point *points, int count) {
    int kept = 1;
    for (int i = 1; i < count; i++) {
        if (distance(points[kept - 1], points[i]) > 1.0f / 64) points[kept++] = points[i];
    }
    return kept;
}

static void stroke_piece(th_cells *cells, th_path *piece, float half, bool round) {
    th_point *p = piece->points;
    int n = distinct(p, piece->count);
    if (n < 2) return;
    outline o = {.cells = cells};
    th_point first = direction(p[0], p[1]), d = first;
    for (int i = 1; i + 1 < n; i++) {
        th_point next = direction(p[i], p[i + 1]);
        join(&o, p[i], d, next, half);
        d = next;
    }
    cap(&o, p[n - 1], (th_point){d.y, -d.x}, d, half, round);
    d = opposite(d);
    for (int i = n - 2; i > 0; i--) {
        th_point next = direction(p[i], p[i - 1]);
        join(&o, p[i], d, next, half);
        d = next;
    }
    cap(&o, p[0], (th_point){-first.y, first.x}, opposite(first), half, round);
    outline_close(&o);
}

static void stroke_dashes(th_cells *cells, const th_path *path, const th_command_stroke *stroke,
                          th_path *piece) {
    float period = stroke->dash + stroke->gap;
    float phase = fmodf(stroke->offset, period);
    if (phase < 0) phase += period;
    bool on = phase < stroke->dash;
    float left = on ? stroke->dash - phase : period - phase;
    piece->count = 0;
    if (on) add_point(piece, path->points[0]);
    for (int i = 1; i < path->count; i++) {
        th_point a = path->points[i - 1], b = path->points[i];
        float length = distance(a, b), at = 0;
        while (length - at > left) {
            at += left;
            th_point p = between(a, b, at / length);
            add_point(piece, p);
            if (on) {
                stroke_piece(cells, piece, stroke->width / 2, stroke->round_caps);
                piece->count = 0;
            }
            on = !on;
            left = on ? stroke->dash : stroke->gap;
        }
        left -= length - at;
        if (on) add_point(piece, b);
    }
    if (on) stroke_piece(cells, piece, stroke->width / 2, stroke->round_caps);
}

void th_path_stroke(th_cells *cells, const th_path *path, const th_command_stroke *stroke,
                    th_path *piece) {
    /* Dashes shorter than a pixel would be grey anyway, at any cost. */
    if (stroke->dash > 0 && stroke->dash + stroke->gap >= 1) {
        stroke_dashes(cells, path, stroke, piece);
        return;
    }
    piece->count = 0;
    for (int i = 0; i < path->count; i++) add_point(piece, path->points[i]);
    stroke_piece(cells, piece, stroke->width / 2, stroke->round_caps);
}

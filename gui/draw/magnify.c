#include "gui/draw/magnify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gui/draw/command.h"
#include "sim/base/assert.h"

/* p becomes p * factor + (dx, dy). */
typedef struct glass {
    th_draw_list *list;
    float factor, dx, dy;
} glass;

static th_point seen_point(const glass *of, th_point p) {
    return (th_point){p.x * of->factor + of->dx, p.y * of->factor + of->dy};
}

static th_rect seen_rect(const glass *of, th_rect r) {
    const th_point at = seen_point(of, (th_point){r.x, r.y});
    return (th_rect){at.x, at.y, r.w * of->factor, r.h * of->factor};
}

static th_rect seen_pixels(const glass *of, th_pixel_rect r) {
    return seen_rect(
        of, (th_rect){(float)r.x0, (float)r.y0, (float)(r.x1 - r.x0), (float)(r.y1 - r.y0)});
}

static th_paint seen_paint(const glass *of, th_paint paint) {
    paint.pitch = (paint.pitch > 0 ? paint.pitch : 8) * of->factor;
    paint.thickness *= of->factor;
    return paint;
}

static th_stroke seen_stroke(const glass *of, th_command_stroke stroke) {
    return (th_stroke){.color = stroke.color,
                       .width = stroke.width * of->factor,
                       .dash = stroke.dash * of->factor,
                       .gap = stroke.gap * of->factor,
                       .offset = stroke.offset * of->factor,
                       .round_caps = stroke.round_caps != 0};
}

static const th_point *seen_points(const glass *of, const th_point *points, int count,
                                   th_point *out) {
    TH_ASSERT(count <= TH_DRAW_POINTS_MAX);
    for (int i = 0; i < count; i++) out[i] = seen_point(of, points[i]);
    return out;
}

static void draw_text(const glass *of, const th_command_text *text) {
    th_text_style style = text->style;
    style.size_px = roundf(style.size_px * of->factor);
    const th_point at = seen_point(of, (th_point){text->x, text->y});
    th_draw_text_n(of->list, style, at.x, roundf(at.y), text->text, text->length);
}

static void draw_command(const glass *of, const th_command *head) {
    const void *command = head;
    th_point points[TH_DRAW_POINTS_MAX];
    th_draw_list *list = of->list;
    switch ((th_command_kind)head->kind) {
    case TH_COMMAND_RECT: {
        const th_command_rect *c = command;
        th_draw_rect(list, seen_rect(of, c->rect), c->radius * of->factor,
                     seen_paint(of, c->paint));
        break;
    }
    case TH_COMMAND_STROKE_RECT: {
        const th_command_stroke_rect *c = command;
        th_draw_stroke_rect(list, seen_rect(of, c->rect), c->radius * of->factor,
                            seen_stroke(of, c->stroke));
        break;
    }
    case TH_COMMAND_POLYLINE: {
        const th_command_polyline *c = command;
        th_draw_polyline(list, seen_points(of, c->points, c->count, points), c->count,
                         c->radius * of->factor, seen_stroke(of, c->stroke));
        break;
    }
    case TH_COMMAND_BEZIER: {
        const th_command_bezier *c = command;
        th_draw_bezier(list, seen_points(of, c->p, 4, points), seen_stroke(of, c->stroke));
        break;
    }
    case TH_COMMAND_POLYGON: {
        const th_command_polygon *c = command;
        th_draw_polygon(list, seen_points(of, c->points, c->count, points), c->count,
                        seen_paint(of, c->paint));
        break;
    }
    case TH_COMMAND_TEXT: draw_text(of, command); break;
    }
}

void th_draw_magnify(th_draw_list *list, th_rect into, th_point at, float factor,
                     th_color background) {
    TH_ASSERT(factor >= 1);
    /* The arena may move while it grows. */
    const size_t used = list->used;
    unsigned char *commands = malloc(used > 0 ? used : 1);
    TH_ASSERT(commands != NULL);
    if (used > 0) memcpy(commands, list->arena, used);
    const glass of = {list, factor, roundf(into.x + into.w / 2 - at.x * factor),
                      roundf(into.y + into.h / 2 - at.y * factor)};
    th_draw_clip_push(list, into);
    th_draw_rect(list, into, 0, th_paint_solid(background));
    for (size_t i = 0; i < used;) {
        const th_command *head = (const th_command *)(const void *)(commands + i);
        th_draw_clip_push(list, seen_pixels(&of, head->clip));
        draw_command(&of, head);
        th_draw_clip_pop(list);
        i += head->size;
    }
    th_draw_clip_pop(list);
    free(commands);
}

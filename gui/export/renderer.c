#include "gui/export/renderer.h"

#include <stdlib.h>
#include <string.h>

#include "gui/export/error.h"
#include "gui/export/frame_diff.h"
#include "sim/base/assert.h"

static size_t frame_size(const th_frame_source *source) {
    return (size_t)source->width * (size_t)source->height * sizeof(uint32_t);
}

bool th_renderer_open(th_renderer *renderer, const th_frame_source *source, bool clone,
                      th_export_error *error) {
    renderer->source = source;
    renderer->pixels = calloc(1, frame_size(source));
    if (renderer->pixels == NULL) {
        return th_export_fail_memory(error);
    }
    if (!clone) {
        renderer->context = source->context;
        return true;
    }
    renderer->context = source->clone(source->context);
    renderer->owns_context = renderer->context != NULL;
    return renderer->owns_context || th_export_fail_memory(error);
}

void th_renderer_close(th_renderer *renderer) {
    if (renderer->owns_context && renderer->source->release != NULL) {
        renderer->source->release(renderer->context);
    }
    free(renderer->pixels);
    free(renderer->previous);
    *renderer = (th_renderer){0};
}

static bool rects_are_inside(const th_frame_change *change, const th_frame_source *source) {
    for (int i = 0; i < change->rect_count; i++) {
        const th_pixel_rect *rect = &change->rects[i];
        if (rect->x0 < 0 || rect->y0 < 0 || rect->x1 > source->width || rect->y1 > source->height) {
            return false;
        }
    }
    return true;
}

/* Makes the change known, by comparing where the source cannot tell. */
static bool settle_change(th_renderer *renderer, th_export_error *error) {
    const th_frame_source *source = renderer->source;
    th_frame_change *change = &renderer->change;
    if (!renderer->has_frame) {
        th_frame_change_all(source->width, source->height, change);
        return true;
    }
    if (change->known) {
        TH_ASSERT(change->rect_count >= 0 && change->rect_count <= TH_FRAME_RECTS_MAX);
        TH_ASSERT(rects_are_inside(change, source));
        renderer->previous_valid = false;
        return true;
    }
    if (renderer->previous == NULL && (renderer->previous = malloc(frame_size(source))) == NULL) {
        return th_export_fail_memory(error);
    }
    if (renderer->previous_valid) {
        th_frame_diff(renderer->previous, renderer->pixels, source->width, source->height, change);
        return true;
    }
    memcpy(renderer->previous, renderer->pixels, frame_size(source));
    renderer->previous_valid = true;
    th_frame_change_all(source->width, source->height, change);
    return true;
}

bool th_renderer_draw(th_renderer *renderer, int index, th_export_error *error) {
    const th_frame_source *source = renderer->source;
    renderer->change.known = false;
    renderer->change.rect_count = 0;
    if (!source->render(renderer->context, index, renderer->pixels, &renderer->change)) {
        const char *why = source->message != NULL ? source->message(renderer->context) : NULL;
        return th_export_fail(error, TH_EXPORT_RENDER, "cannot draw frame %d: %s", index + 1,
                              why != NULL ? why : "the source gives no reason");
    }
    if (!settle_change(renderer, error)) {
        return false;
    }
    renderer->has_frame = true;
    return true;
}

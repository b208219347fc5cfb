/* One worker's view of a frame source: its context, its pixels, and what changed in them. */
#ifndef TH_GUI_EXPORT_RENDERER_H
#define TH_GUI_EXPORT_RENDERER_H

#include <stdbool.h>
#include <stdint.h>

#include "gui/export/export.h"

typedef struct th_renderer {
    const th_frame_source *source; /* borrowed */
    void *context;                 /* the source's, or a clone of it */
    bool owns_context;
    bool has_frame;         /* pixels hold a frame */
    bool previous_valid;    /* `previous` equals the frame rendered last */
    uint32_t *pixels;       /* owned; what the context always draws into */
    uint32_t *previous;     /* owned; made once the source cannot tell what changed, else NULL */
    th_frame_change change; /* always known: what the last render altered */
} th_renderer;

/* Makes the first renderer of a source (`clone` false) or a further one. False if memory or the
 * source fails; th_renderer_close is to be called in any case, once the struct was zeroed. */
bool th_renderer_open(th_renderer *renderer, const th_frame_source *source, bool clone,
                      th_export_error *error);
void th_renderer_close(th_renderer *renderer);

/* Draws a frame of the source into `pixels` and sets `change`. */
bool th_renderer_draw(th_renderer *renderer, int index, th_export_error *error);

#endif

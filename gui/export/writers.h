/* The writers, one for each kind of output; th_export_run picks one. Each renders and writes the
 * whole job and leaves nothing behind on failure. */
#ifndef TH_GUI_EXPORT_WRITERS_H
#define TH_GUI_EXPORT_WRITERS_H

#include <stdbool.h>

#include "gui/export/export.h"
#include "gui/export/workers.h"

bool th_export_png(th_export_job *job, th_export_error *error);
bool th_export_gif(th_export_job *job, th_export_error *error);

/* mp4 and webm through ffmpeg, y4m to standard output. */
bool th_export_video(th_export_job *job, th_export_format format, th_export_error *error);

/* The one frame of a source, as text. */
bool th_export_svg(const char *path, const th_frame_source *source, th_export_error *error);

#endif

// Pictures of what is shown, as files in the working directory that replace no other file.
#ifndef TH_GUI_APP_CAPTURE_H
#define TH_GUI_APP_CAPTURE_H

#include "gui/app/branch_export.h"
#include "gui/app/model.h"
#include "gui/draw/text.h"

// Draws the screen anew at that size and writes it as a PNG file: the same state gives the same
// bytes. True: `said` is the file's path; false: one line that says why there is none.
bool th_capture_picture(th_model *model, th_fonts *fonts, int width, int height, char *said,
                        size_t size);

// Starts to make a GIF of these steps of the run that is shown; `path` is where it will be. NULL:
// `error` is one line.
th_branch_export *th_capture_start_gif(th_model *model, uint64_t first_step, uint64_t last_step,
                                       char *path, size_t path_size, char *error,
                                       size_t error_size);

#endif

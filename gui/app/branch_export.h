// A branch as a GIF, made on a thread of its own while the window goes on.
#ifndef TH_GUI_APP_BRANCH_EXPORT_H
#define TH_GUI_APP_BRANCH_EXPORT_H

#include "gui/app/model.h"

typedef struct th_branch_export th_branch_export;

// Starts with these steps of the branch, as they are played: with what was typed and chosen,
// whatever was asked for when the window was opened. What the scenario's libraries look at is not
// copied.
th_branch_export *th_branch_export_start(th_model *model, th_branch_id branch, uint64_t first_step,
                                         uint64_t last_step, int fps, const char *out);
// False once it has ended: `error` is "" if the file is there, else one line.
bool th_branch_export_goes_on(th_branch_export *export, uint32_t *millionths, char *error,
                              size_t error_size);
// Ends what is under way; nothing half-written is left.
void th_branch_export_free(th_branch_export *export);

#endif

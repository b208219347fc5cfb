// Another future by a schedule as text.
#ifndef TH_GUI_APP_BRANCHING_H
#define TH_GUI_APP_BRANCHING_H

#include "gui/app/model.h"

// From here a branch follows the text, and then the seed; it becomes the run that is shown, and the
// future that was stays as the dashed lane. The playhead stays; `until` is the last step that the
// text fixes. False: `error` is one line, and nothing has changed.
bool th_branching_schedule(th_model *model, const char *text, uint64_t *until, char *error,
                           size_t error_size);

#endif

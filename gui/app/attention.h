// What a person attends to: one address, one goroutine, what lies under the mouse.
#ifndef TH_GUI_APP_ATTENTION_H
#define TH_GUI_APP_ATTENTION_H

#include "gui/app/model.h"

// True: the request was about that, and is done.
bool th_attention_command(th_model *model, th_action action, uint64_t argument);

// Whether the step at the playhead touches the address that is watched.
bool th_attention_pauses(const th_model *model);

// Takes back the latest of filters and watches. False: there is none.
bool th_attention_clear(th_model *model);

#endif

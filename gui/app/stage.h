// What a person does with the stage itself: how near it is seen, where, and which map; and store
// buffers, which have a place there.
#ifndef TH_GUI_APP_STAGE_H
#define TH_GUI_APP_STAGE_H

#include "gui/app/model.h"

// False: the action is none of these.
bool th_stage_command(th_model *model, th_action action, uint64_t argument);

#endif

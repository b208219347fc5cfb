// What a person opens over the picture: the key help, the claims, explanations at the mouse.
#ifndef TH_GUI_APP_SHEETS_H
#define TH_GUI_APP_SHEETS_H

#include "gui/app/model.h"

// Whether a sheet lies over the run that the action would move: the sheet closes, and that is all.
bool th_sheets_cover(th_model *model, th_action action);

// The key help makes way for any other request that is not about itself: who presses a key in it
// wants to see what it does.
void th_sheets_leave(th_model *model, th_action action);

// True: the request was about a sheet, and is done.
bool th_sheets_command(th_model *model, th_action action, uint64_t argument);

#endif

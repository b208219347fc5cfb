// The sheet with the scenario's claims.
#ifndef TH_GUI_VIEW_CLAIM_H
#define TH_GUI_VIEW_CLAIM_H

#include "gui/view/dialog.h"

void th_view_claim(const th_view *view, th_extent screen, const th_scenario *scenario);

#endif

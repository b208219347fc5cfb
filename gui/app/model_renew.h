// What outlives the loading of a scenario again: typed lines and other futures.
#ifndef TH_GUI_APP_MODEL_RENEW_H
#define TH_GUI_APP_MODEL_RENEW_H

#include "gui/app/model.h"

// Plays every branch of `from` in `to` as well, by the names of its goroutines, as far as it still
// fits, with what it is called; and shows the one that was shown, at the same step. False: the
// trunk was, or its branch does not fit; then `to` shows its trunk.
bool th_model_keep_branches(th_model *to, const th_model *from);

#endif

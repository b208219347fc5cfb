// The libraries of scenarios: files NAME.lua in the folder lib/ beside a scenario, else in that of
// the lessons.
#ifndef TH_GUI_FILES_LIBRARIES_H
#define TH_GUI_FILES_LIBRARIES_H

#include "sim/script/scenario.h"

// Those that the scenario of that path may use. The path is not copied.
th_libraries th_libraries_beside(const char *scenario_path);

#endif

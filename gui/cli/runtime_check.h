// What the map's own check for concurrent use found in a run, beside what it missed: it looks at
// one bit, at a few places. The races are those of the detector.
#ifndef TH_GUI_CLI_RUNTIME_CHECK_H
#define TH_GUI_CLI_RUNTIME_CHECK_H

#include "gui/cli/session.h"

#include <cjson/cJSON.h>
#include <stdio.h>

// "check     found nothing, missed 4 races"; nothing where no map was in a race.
void th_runtime_check_print(const th_session *session, FILE *stream);

// Adds `check`: an object with `found`, the message of the fatal error or null, and `missed`, the
// number of races on memory of maps that it did not stop.
void th_runtime_check_add_json(const th_session *session, cJSON *object);

#endif

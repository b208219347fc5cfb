// The race reports of an ended run, in the shape of Go's detector and as JSON.
#ifndef TH_GUI_CLI_RACES_H
#define TH_GUI_CLI_RACES_H

#include "gui/cli/session.h"

#include <cjson/cJSON.h>
#include <stdio.h>

// Every report, then "Found N data race(s)" unless Go would have died. Nothing when there are none.
void th_races_print(const th_session *session, FILE *stream);

// A list of objects: address, name, earlier and later (g, goroutine, kind, step, line), count, why.
cJSON *th_races_json(const th_session *session);

#endif

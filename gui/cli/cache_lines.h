// What the writes of a run cost in cache lines, where the scenario asks: layout { cache_lines =
// true }.
#ifndef TH_GUI_CLI_CACHE_LINES_H
#define TH_GUI_CLI_CACHE_LINES_H

#include "gui/cli/session.h"
#include "sim/memory/lines.h"

#include <cjson/cJSON.h>
#include <stdio.h>

// Counts the run; to be freed. False: the scenario does not ask.
bool th_cache_lines_of(const th_session *session, th_lines *lines);
// One line of `run`; nothing when the scenario does not ask.
void th_cache_lines_print(const th_session *session, FILE *stream);
// Adds "cache_lines" to the object of `run --json`, when the scenario asks.
void th_cache_lines_add_json(const th_session *session, cJSON *object);

#endif

// Surveys of a scenario and its fixes, made on a thread of their own while the window goes on.
//
//     th_explorer *explorer = th_explorer_new(&scenario_desc);
//     th_explorer_ask(explorer, NULL);
//     ... each frame: if (th_explorer_poll(explorer)) redraw; ...
//     const th_survey *survey = th_explorer_survey(explorer, NULL);  // NULL: not yet
//     th_explorer_free(explorer);
//
// One search at a time, in the order in which they were asked for. What a survey says does not
// depend on time, unless it was stopped.
#ifndef TH_GUI_APP_EXPLORER_H
#define TH_GUI_APP_EXPLORER_H

#include "gui/app/survey.h"

typedef struct th_explorer th_explorer;

// Copies the description but for what its libraries look at, which must outlive the explorer.
th_explorer *th_explorer_new(const th_scenario_desc *scenario);
// Stops what is under way.
void th_explorer_free(th_explorer *explorer);

// Asks for a survey with that fix (NULL: the scenario's first), unless there is one or it was asked
// for.
void th_explorer_ask(th_explorer *explorer, const char *fix);
// The same with eight times as many states, where the one that is there came to its limit.
void th_explorer_ask_more(th_explorer *explorer, const char *fix);
// Ends the search under way; its survey says so.
void th_explorer_stop(th_explorer *explorer);

// True when what the functions below tell may have changed since the last call.
bool th_explorer_poll(th_explorer *explorer);
// NULL: not made yet. Valid until the fix is asked for again.
const th_survey *th_explorer_survey(const th_explorer *explorer, const char *fix);
// Whether a survey with that fix is under way or waits for its turn.
bool th_explorer_is_asked(const th_explorer *explorer, const char *fix);
// Whether any search is under way, and how far it is.
bool th_explorer_is_busy(th_explorer *explorer, th_explore_progress *progress);
uint64_t th_explorer_state_limit(const th_explorer *explorer, const char *fix);
// Returns when nothing is left to do.
void th_explorer_wait(th_explorer *explorer);

#endif

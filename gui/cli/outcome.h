// An ended run in words.
#ifndef TH_GUI_CLI_OUTCOME_H
#define TH_GUI_CLI_OUTCOME_H

#include "gui/cli/session.h"

#include <stdio.h>

// "fatal: concurrent map writes", "done", "fault: use after free at ..." into `text`.
void th_outcome_text(const th_session *session, char *text, size_t size);

// What happened beyond the word for its end: "concurrent map writes"; "" when that says all.
void th_outcome_message(const th_session *session, char *text, size_t size);

// What Go prints when the program dies: the message, a blank line, the goroutines. Nothing for a
// run that did not die.
void th_outcome_dump(const th_session *session, FILE *stream);

// TH_EXIT_OK for a run that is done, else TH_EXIT_FAILED.
int th_outcome_status(const th_session *session);

// The object of `run --json`, as text; free it. NULL: out of memory.
char *th_outcome_json(const th_session *session);

#endif

// The lesson picker's state, without a window: what is known of the lessons, what is chosen and
// searched for, and what is kept between runs.
#ifndef TH_GUI_APP_HOME_H
#define TH_GUI_APP_HOME_H

#include "gui/app/catalog.h"
#include "gui/app/progress.h"
#include "gui/draw/theme.h"
#include "gui/view/action.h"

typedef struct th_home_state {
    th_catalog catalog;
    th_progress progress;
    th_home home;  // what the view shows; points into this
    int *shown;
    th_theme_name theme;
    th_lang lang;
    bool changed;  // since the last th_home_view
    bool quit;
    char *open;          // path of the lesson to open now, owned; NULL: none
    uint64_t open_step;  // where it is to stand
} th_home_state;

// `paths`: of the scenarios. Theme and language: what was kept, unless `asked`.
void th_home_open(th_home_state *state, char *const *paths, int count, th_theme_name theme,
                  th_lang lang, bool asked);
void th_home_close(th_home_state *state);

void th_home_command(th_home_state *state, th_action action, uint64_t argument);
// An arrow key, in a window of that size.
void th_home_arrow(th_home_state *state, int direction, int width, int height);
// Typed text, while searching; `back` takes the last character away.
void th_home_type(th_home_state *state, const char *text);
void th_home_type_back(th_home_state *state);
// Lets the picker learn about one more lesson. False: nothing is left to learn.
bool th_home_learn(th_home_state *state);
// The person is at that step of the lesson with this path.
void th_home_note(th_home_state *state, const char *path, uint64_t step, uint64_t length);
// The challenge with this id was solved so.
void th_home_note_solved(th_home_state *state, const char *id, uint32_t steps, uint32_t switches);

// Valid until the next call.
const th_home *th_home_view(th_home_state *state);

#endif

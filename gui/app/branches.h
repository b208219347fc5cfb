// The tree of futures of a run: what its branches are called, and finding the one for a schedule.
#ifndef TH_GUI_APP_BRANCHES_H
#define TH_GUI_APP_BRANCHES_H

#include "gui/scene/explore.h"

typedef struct th_branch_note {
    char name[TH_BRANCH_NAME_MAX];  // "": nobody has named it
    bool searched;                  // found by search, not made by hand
} th_branch_note;

// Zeroed memory holds no names.
typedef struct th_branches {
    th_branch_note *items;  // by branch number
    uint32_t count, capacity;
} th_branches;

void th_branches_free(th_branches *branches);
// Zero where nothing was noted.
th_branch_note th_branches_of(const th_branches *branches, th_branch_id branch);
void th_branches_set(th_branches *branches, th_branch_id branch, th_branch_note note);

// The branch that takes exactly these steps: one that is there, else a new one that shares as many
// of its first steps with others as it can. False: one of the steps is not possible.
bool th_branches_play(th_timeline *timeline, const th_choice *choices, uint32_t count,
                      th_branch_id *branch);

// All branches as a tree, each before those that leave it, the earliest to leave first. At most
// `max` of them; returns how many there are. Only number, depth and fork are filled in.
uint32_t th_branches_tree(const th_timeline *timeline, th_explore_branch *items, uint32_t max);

// The choices of a branch from the start, as a schedule text; free it.
char *th_branches_schedule(const th_timeline *timeline, th_branch_id branch);
// The same of its first `steps` steps alone.
char *th_branches_schedule_until(const th_timeline *timeline, th_branch_id branch, uint64_t steps);

#endif

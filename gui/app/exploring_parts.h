// What the files of exploring share. Private to gui/app/exploring*.c.
#ifndef TH_GUI_APP_EXPLORING_PARTS_H
#define TH_GUI_APP_EXPLORING_PARTS_H

#include "gui/app/branch_export.h"
#include "gui/app/exploring.h"

typedef struct th_challenge_play {
    bool hint_shown;
    bool claimed;    // "it cannot be done"
    bool tried_fix;  // a fix was chosen
    bool solved;
    uint32_t solved_steps, solved_switches;
    uint32_t best_steps, best_switches;  // kept from before; 0: none
    // The clue, and where it was asked for: finding it looks at the whole chart.
    uint32_t clue_survey;  // its serial number
    th_branch_id clue_branch;
    uint64_t clue_step;
    uint8_t clue_state;  // th_challenge_state
    uint16_t clue_g;
} th_challenge_play;

struct th_exploring {
    th_explorer *explorer;
    uint8_t screen;       // th_screen
    bool compares_shown;  // the comparison is of the run shown and the dashed one
    uint8_t kind;         // th_run_kind that was chosen, when kind_chosen
    bool kind_chosen;
    int chosen;                                // example
    bool previews;                             // the run shown is an example that is only looked at
    th_branch_id before_branch, before_other;  // what was shown before
    uint64_t before_step;

    // Made from the survey: which findings the examples are, and the grid's shares.
    uint32_t survey;  // serial number of the one that they are from; 0: none
    uint32_t examples[TH_EXPLORE_EXAMPLE_MAX];
    uint32_t *shares;
    uint8_t shares_kind;
    uint8_t shortest_kind;  // that shortest_steps and fewest_switches of the scene are of, plus one

    // The comparison.
    bool compared;
    th_branch_id pair[2];
    uint64_t pair_step;
    th_diverge_step *pair_steps[2];
    uint32_t pair_counts[2];

    bool list_open, naming;
    uint32_t list_chosen;  // row
    char typed[TH_BRANCH_NAME_MAX];
    char said[512];    // what was saved, or why not
    bool save_failed;  // it is why not
    th_branch_export *export;

    th_challenge_play challenge;
    th_explore_scene scene;
};

// Made when there is none yet.
th_exploring *th_exploring_of(th_model *model);
// The survey of the scenario as it is shown; NULL: not made yet.
const th_survey *th_exploring_survey(const th_model *model);
// The kind of runs that grid and shares are about.
th_run_kind th_exploring_kind(const th_exploring *exploring, const th_survey *survey);
// The chart's node at a step of a branch, or an end | TH_CHART_END; TH_CHART_NOWHERE.
uint32_t th_exploring_node(const th_model *model, const th_chart *chart, th_branch_id branch,
                           uint64_t step);
// How many steps of a branch, up to that one, were taken by another goroutine than the one before.
uint32_t th_exploring_switches(const th_model *model, th_branch_id branch, uint64_t step);
// The branch of a schedule that was found by search, made when there is none yet. False: it is not
// possible.
bool th_exploring_play(th_model *model, const th_choice *choices, uint32_t count,
                       th_branch_id *branch);
// The end of a branch as a kind of run, with its label and message; false: it has not ended.
bool th_exploring_outcome(th_model *model, th_branch_id branch, th_finding *outcome);

// exploring_scene.c: fills in exploring->scene.
void th_exploring_build(th_model *model);
// Text of a number of runs, thousands separated.
void th_exploring_count_text(th_count count, char *out, size_t size);

// exploring_examples.c
void th_exploring_take_survey(th_exploring *exploring, const th_survey *survey);
void th_exploring_build_examples(th_model *model, const th_survey *survey);
// The step of an example after which nothing can save (or lose) it any more; 0: none.
uint32_t th_exploring_decisive(const th_survey *survey, const th_finding *finding,
                               th_run_kind kind);

// exploring_grid.c: the grid, "what if", and the tree of decisions.
void th_exploring_build_grid(th_model *model, const th_survey *survey);
void th_exploring_build_choices(th_model *model, const th_survey *survey);
// Who may go at the playhead, without shares; at most TH_EXPLORE_CHOICE_MAX.
int th_exploring_possible(th_model *model, th_explore_choice *out);
void th_exploring_build_decisions(th_model *model, const th_survey *survey);

// exploring_diverge.c
void th_exploring_compare(th_model *model);
void th_exploring_build_diverge(th_model *model);

// exploring_branches.c: the list of branches. True: it was for the list.
bool th_exploring_list_command(th_model *model, th_action action, uint64_t argument);
void th_exploring_build_list(th_model *model);

// exploring_challenge.c
bool th_exploring_challenge_command(th_model *model, th_action action, uint64_t argument);
void th_exploring_build_challenge(th_model *model);

#endif

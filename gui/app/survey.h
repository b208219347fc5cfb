// What can happen in a scenario: all that exploring it finds, as plain data for the window.
//
//     th_survey *survey = th_survey_run(&(th_survey_desc){.scenario = desc});
//     if (survey->error[0] == '\0') ... survey->findings ... survey->chart ...
//     th_survey_free(survey);
//
// First every state is looked at. If there are too many, partial order reduction still tells which
// outcomes there are; and if that is too much as well, some runs are drawn at random. Limits count
// states and steps, never time, so the same scenario gives the same survey on every machine.
#ifndef TH_GUI_APP_SURVEY_H
#define TH_GUI_APP_SURVEY_H

#include "gui/scene/explore.h"
#include "sim/explore/chart.h"
#include "sim/script/scenario.h"

enum {
    TH_SURVEY_STATES = 30000,   // kept states of a first look; some seconds at the most
    TH_SURVEY_STEPS = 3000000,  // of runs drawn at random
    TH_SURVEY_ERROR_MAX = 512,
};

typedef struct th_survey_desc {
    th_scenario_desc scenario;  // its texts are borrowed while the survey runs
    uint64_t state_limit;       // 0: TH_SURVEY_STATES
    // Whether to go on, asked often; NULL: always. Called on the survey's thread.
    bool (*go_on)(void *context, const th_explore_progress *progress);
    void *context;
} th_survey_desc;

// A goroutine's steps when it runs alone, as far as it gets: what the axes of the grid say.
typedef struct th_survey_axis {
    th_explore_access *steps;
    uint32_t count;
} th_survey_axis;

typedef struct th_survey {
    uint32_t serial;                  // from 1: no two surveys of one th_explorer have the same
    char error[TH_SURVEY_ERROR_MAX];  // "": none
    bool stopped;                     // go_on said no: what is there is a part
    th_findings *findings;            // NULL after an error
    uint8_t *kinds;                   // th_run_kind of each finding
    uint8_t coverage;                 // th_explore_coverage
    bool knows_right;                 // labels or contents tell right runs from wrong ones
    // Runs drawn at random, when the findings' counts are not those of all orders; NULL: they are.
    th_findings *samples;
    uint8_t *sample_kinds;
    th_chart *chart;  // by th_run_kind; NULL: not all states could be looked at
    bool has_grid;    // two goroutines, and not too many steps
    th_chart_grid grid;
    th_survey_axis axes[2];  // of the grid's columns and rows
    // The challenge's goal, where there is one: by th_goal_kind; NULL: as chart.
    th_chart *goal_chart;
    th_choice *par;  // fewest steps to the goal; NULL: it cannot be reached
    uint32_t par_steps;
    uint32_t par_switches;  // of the way with the fewest
} th_survey;

typedef enum th_goal_kind { TH_GOAL_REACHED, TH_GOAL_MISSED } th_goal_kind;

// Never NULL.
th_survey *th_survey_run(const th_survey_desc *desc);
void th_survey_free(th_survey *survey);

// What a step of g does: of that kind, at that address. `before`: the world it is taken in.
void th_survey_describe(const th_scenario *scenario, const th_world *before, uint16_t g,
                        th_event_kind kind, uint64_t address, th_explore_access *out);

// The share of findings of a kind in millionths, of all orders or of the samples; UINT32_MAX: not
// known.
uint32_t th_survey_share(const th_survey *survey, th_run_kind kind);

#endif

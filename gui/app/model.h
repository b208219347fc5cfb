// The state behind the window, without a window: which scenario, which step, playing or not. It
// changes by commands and by time alone, so a test can drive it, and the exported frames are its
// frames.
//
//     th_model model;
//     if (!th_model_open(&model, &desc, error, sizeof error)) ...
//     th_model_command(&model, TH_ACTION_PLAY, 0);
//     while (th_model_advance(&model, 16)) {
//         const th_scene *scene = th_model_scene(&model);
//         ...
//     }
//     th_model_close(&model);
#ifndef TH_GUI_APP_MODEL_H
#define TH_GUI_APP_MODEL_H

#include "gui/app/branches.h"
#include "gui/app/presenting.h"
#include "gui/scene/build.h"
#include "gui/scene/explore.h"
#include "gui/view/action.h"
#include "gui/view/desk.h"
#include "gui/view/frame.h"

enum {
    TH_MODEL_ERROR_MAX = 512,
    // Steps played ahead of the playhead, so that the future shows; the rest follows as it comes.
    TH_MODEL_AHEAD_STEPS = 100000,
    TH_QUIZ_ANSWER_MAX = 64,
    TH_UNDO_MAX = 64,               // the oldest is forgotten
    TH_MODEL_ADVANCE_MS_MAX = 250,  // a longer pause of the system is no reason to jump
};

// Zero is a sensible default everywhere but for `scenario`. The texts must outlive the model.
typedef struct th_model_desc {
    th_scenario_desc scenario;
    const char *schedule;  // NULL: the scenario's own, else the seed
    double speed;          // 0: 1
    th_theme_name theme;
    th_lang lang;
    bool reduced_motion;
    bool live;  // a person is there: a challenge waits for their steps
} th_model_desc;

// How the picture moves towards `step`.
typedef enum th_model_motion {
    TH_MODEL_REST,
    TH_MODEL_FORWARD,  // the step's animation
    TH_MODEL_BACK,     // the inverse of the step after it
} th_model_motion;

typedef struct th_console th_console;

// What was shown: to go back to it.
typedef struct th_model_place {
    th_branch_id branch, other;
    uint64_t step;
} th_model_place;

// A question was answered.
typedef struct th_quiz_answer {
    const th_note *question;
    th_branch_id branch;  // in which: another run may have another answer
    int given, right;     // options; right -1: see `error`
    uint16_t g;           // the wrong option's goroutine, if it could go next; 0: none
    uint64_t told_step;   // where the run tells
    char error[256];
} th_quiz_answer;

struct th_exploring;

typedef struct th_model {
    th_model_desc desc;  // as it was opened
    th_scenario *scenario;
    th_schedule *schedule;  // NULL: none
    bool schedule_asked;    // it is not the scenario's own
    th_timeline *timeline;
    th_chooser chooser;    // of the trunk
    th_scene_index index;  // of `branch`
    th_scene_builder builder;
    th_scene *scene;
    th_branch_id branch, other;  // shown as the run, and as the dashed lane (the same: none)
    th_branches branches;
    th_model_place undo[TH_UNDO_MAX];  // where branches were left, the latest last
    int undo_count;
    bool by_hand;                    // runs go on by a person's choices alone
    struct th_exploring *exploring;  // see gui/app/exploring.h; NULL until it is needed
    uint64_t step;
    th_model_motion motion;
    double motion_ms;  // since the step was taken; of BACK: since it was taken back
    bool playing, scrubbing;
    th_stage_camera camera;
    bool fit, caption_wide, auto_pause, reduced_motion;
    int speed_index;
    double speed;
    int lanes_count;  // steps in the lanes' window; 0: chosen by the scene
    uint64_t filter, hover;
    uint64_t glance;      // th_glance
    uint16_t filter_g;    // 0: all; else no `filter`
    uint64_t watch;       // playing pauses where this address is touched; 0: none
    uint64_t play_until;  // playing pauses at that step; 0: none
    th_console *console;  // see console.h; NULL until it is opened
    th_desk desk;
    th_presenting presenting;
    th_quiz_answer answers[TH_QUIZ_ANSWER_MAX];
    int answer_count;
    th_theme_name theme;
    th_lang lang;
    bool quit;
    bool fullscreen;
    bool changed;                      // since the last th_model_scene
    char message[TH_MODEL_ERROR_MAX];  // why the run could not be played on; "" when it could
} th_model;

// Loads and plays the scenario. False: `error` is one line.
bool th_model_open(th_model *model, const th_model_desc *desc, char *error, size_t error_size);
void th_model_close(th_model *model);

// Does what was asked for. Unknown or impossible requests change nothing.
void th_model_command(th_model *model, th_action action, uint64_t argument);

// Lets `ms` of the person's time pass, at most TH_MODEL_ADVANCE_MS_MAX. True while something moves,
// that is, while it wants to be called again.
bool th_model_advance(th_model *model, double ms);

// The scene as it is now, valid until the next call or change.
const th_scene *th_model_scene(th_model *model);

// What lies over it, valid as long.
const th_desk *th_model_desk(th_model *model);

// The scene of any step at any time of its animation, for frames that are a function of time.
const th_scene *th_model_scene_at(th_model *model, uint64_t step, float motion_ms);

// All of what it shows, for a picture of that size, valid as long.
th_frame_desc th_model_frame(th_model *model, th_fonts *fonts, int width, int height);

// What exploring shows, over the stage or instead of it; NULL: nothing. Valid until the next call.
const th_explore_scene *th_model_explore(th_model *model);

// Another run is shown, at that step; the one that was becomes the dashed lane.
void th_model_show(th_model *model, th_branch_id branch, uint64_t step);
// Loads the scenario again with another fix, at its start; what was explored is kept. False:
// `message` says why, and nothing has changed.
bool th_model_set_fix(th_model *model, const char *fix);
// What a person has set goes on with another model, when a scenario is loaded again.
void th_model_keep_settings(th_model *to, th_model *from);

// Plays on until that step, if nothing pauses it before.
void th_model_play_until(th_model *model, uint64_t step);

// Steps recorded of the run that is shown.
uint64_t th_model_length(const th_model *model);

// Plays the run on until it has that many steps or ends. False: see `message`.
bool th_model_extend(th_model *model, uint64_t length);

#endif

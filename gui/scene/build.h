// Builds the scene of a moment.
//
//     th_scene_builder builder = {0};
//     th_scene *scene = calloc(1, sizeof *scene);
//     th_scene_index_update(&index, scenario, timeline, branch);
//     th_scene_build(&builder, &inputs, scene);
//     ...
//     th_scene_free(scene);
//     th_scene_builder_free(&builder);
//
// The result depends on the inputs alone. A builder keeps the worlds around the last moment, so
// the frames of one step's animation cost little; give each timeline its own.
#ifndef TH_GUI_SCENE_BUILD_H
#define TH_GUI_SCENE_BUILD_H

#include "gui/draw/theme.h"
#include "gui/scene/index.h"
#include "gui/scene/motion.h"

// A future that has a lane of its own.
typedef struct th_scene_other {
    th_branch_id id;
    const char *name;  // "": it has none
} th_scene_other;

typedef struct th_scene_inputs {
    th_scenario *scenario;
    th_timeline *timeline;
    const th_scene_index *index;  // up to date for `branch`
    th_branch_id branch;
    th_scene_other others[TH_SCENE_BRANCH_MAX];  // none of them `branch`
    int other_count;
    uint64_t step;     // 0: the start
    th_motion motion;  // of that step
    int speed_index;   // into the theme's speeds
    bool playing, scrubbing, caption_wide;
    bool fit;  // show all buckets alike instead of the one in use large
    th_stage_camera camera;
    uint16_t filter_g;       // goroutine whose steps the log shows alone; 0: all
    uint64_t filter, hover;  // addresses, 0: none
    uint64_t glance;         // th_glance
    int lanes_count;         // steps in the window; 0: as many as fit well
} th_scene_inputs;

// A goroutine's latest step, and the request that it belonged to.
typedef struct th_scene_last {
    th_branch_id branch;
    uint64_t step;  // 0: it has not moved, or not for a long time
    th_node_id node;
} th_scene_last;

typedef struct th_scene_builder {
    th_world now, before;
    th_branch_id branch;
    uint64_t step;
    bool valid;
    th_scene_log_row log[TH_SCENE_LOG_MAX];
    int log_count;
    uint64_t filter;
    uint16_t filter_g;
    th_scene_last last[TH_SCENE_G_MAX + 1];  // of the goroutines that moved last
    uint64_t glance;                         // what glance_row is of
    th_scene_log_row glance_row;
    th_touches touches;            // of the address that is filtered for
    struct th_census *census;      // private to gui/scene
    struct th_cache_count *cache;  // private to gui/scene
    struct th_op_count *ops;       // private to gui/scene
} th_scene_builder;

void th_scene_builder_free(th_scene_builder *builder);

void th_scene_build(th_scene_builder *builder, const th_scene_inputs *inputs, th_scene *scene);

// How long the animation of that step lasts, in ms at speed 1; 0 for the start.
int th_scene_step_ms(const th_scene_index *index, th_timeline *timeline, th_branch_id branch,
                     uint64_t step, const th_theme_motion *motion);

#endif

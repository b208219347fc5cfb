// What the files of the model share. Private to gui/app/model*.c.
#ifndef TH_GUI_APP_MODEL_PARTS_H
#define TH_GUI_APP_MODEL_PARTS_H

#include "gui/app/model.h"

// The playhead stands still at that step, or at the end.
void th_model_rest_at(th_model *model, uint64_t step);
// It moves on by one step, if there is one.
void th_model_step_forward(th_model *model);
// Records more of a branch, by the trunk's schedule or the seed. False: model->message says why.
bool th_model_play_on(th_model *model, th_branch_id branch, uint64_t max_steps);
void th_model_update_index(th_model *model);

// model_branch.c: what makes and changes branches.
void th_model_run_goroutine(th_model *model, uint16_t g);
void th_model_branch_here(th_model *model);
void th_model_swap(th_model *model);
// The futures that have lanes: the one that Tab swaps with, then the latest that lead elsewhere.
// Returns how many.
int th_model_others(th_model *model, th_scene_other others[TH_SCENE_BRANCH_MAX]);
// Before another branch is shown because of what a person does here: where undo leads back.
void th_model_remember(th_model *model);
// False: there is nothing to undo.
bool th_model_undo(th_model *model);

#endif

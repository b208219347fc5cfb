// What each operation on a map took: its reads and writes. Private to gui/scene.
#ifndef TH_GUI_SCENE_OPS_H
#define TH_GUI_SCENE_OPS_H

#include "gui/scene/context.h"

// From the first access of its routine to the one before the goroutine's next operation.
typedef struct th_op {
    uint64_t first_step;
    uint16_t g;
    uint16_t reads, writes;
    bool writer;  // an assignment, a delete or a clear
} th_op;

// The operations of a branch, kept from picture to picture. Zeroed memory has counted nothing.
typedef struct th_op_count {
    bool valid;
    th_branch_id branch;
    uint64_t step;  // counted up to here
    th_op *items;   // by first_step
    uint32_t count, capacity;
    uint32_t current[TH_SCENE_G_MAX + 1];  // of a goroutine: index plus one; 0: none yet
} th_op_count;

void th_op_count_free(th_op_count *count);
// Counts on to the end of the branch, or anew where it is another or shorter one.
void th_op_count_update(th_op_count *count, const th_scene_context *cx);

#endif

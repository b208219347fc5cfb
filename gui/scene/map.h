// Parts of the map's scene that its files share. Private to gui/scene.
#ifndef TH_GUI_SCENE_MAP_H
#define TH_GUI_SCENE_MAP_H

#include "gui/scene/context.h"

bool th_scene_is_map_block(const th_block *block);

// The type of the map that is shown.
const th_map_type *th_scene_map_type(const th_scene_context *cx);

// The frame of the map operation that g's last access belongs to; NULL: none, or it is over.
const th_map_frame *th_scene_frame(const th_scene_context *cx, uint16_t g);

// A cell of memory as it is now and was before the step, with who touches it; the face is the
// caller's.
void th_scene_build_cell(const th_scene_context *cx, uint64_t address, uint32_t size,
                         th_scene_cell *cell);

// The bucket that holds the address, by its first byte; 0: none.
uint64_t th_scene_bucket_at(const th_scene_context *cx, uint64_t address);

// The overflow bucket that the bucket points to; 0: none.
uint64_t th_scene_overflow_of(const th_memory *memory, const th_map_type *type, uint64_t bucket);

// The first bucket of the chain that the bucket is in, as far as an operation at work there tells;
// 0: not known.
uint64_t th_scene_chain_head(const th_scene_context *cx, uint64_t bucket);

// The old bucket that evacuate stands in, when the event is an access of it; 0: none.
// Slots of the old bucket and its chain that evacuation has not marked yet; 0: it is done. The
// runtime's evacuated() looks at the first mark alone, which is made long before.
uint32_t th_scene_slots_left(const th_memory *memory, const th_map_type *type, uint64_t bucket);

uint64_t th_scene_evacuated_by(const th_scene_context *cx, th_event event);

void th_scene_crowd_free(th_scene_crowd *crowd);

#endif

// The objects of a scene that are no maps. Private to gui/scene.
#ifndef TH_GUI_SCENE_OBJECTS_H
#define TH_GUI_SCENE_OBJECTS_H

#include "gui/scene/context.h"

// Adds what the block holds, without cells, under the block's name; NULL: the scene is full. `kind`
// is its type, and stays the caller's.
th_scene_object *th_scene_add_object(const th_scene_context *cx, const th_block *block,
                                     const char *kind);

// Adds a cell to the object that was added last; NULL: the scene is full.
th_scene_object_cell *th_scene_add_cell(th_scene *scene, th_scene_object *object,
                                        const char *label);

// A lock, a group, a channel with what it holds.
void th_scene_add_sync(const th_scene_context *cx, const th_block *block);
// Fills in who waits at the objects that were added.
void th_scene_find_waiters(const th_scene_context *cx);

// A sync.Map: its header, what read leads to, and dirty while there is one.
void th_scene_add_syncmap(const th_scene_context *cx, const th_block *block);

#endif

// What the scenario has besides maps: variables, locks, groups, channels.
#include "gui/scene/map.h"
#include "gui/scene/text.h"

#include "sim/sync/sync.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void text_mutex(const th_memory *memory, uint64_t address, char *out, size_t size) {
    const uint32_t state = (uint32_t)th_memory_peek(memory, address + TH_MUTEX_state, 4);
    const uint32_t waiters = state >> TH_MUTEX_WAITER_SHIFT;
    const char *held = state & TH_MUTEX_LOCKED ? "locked" : "free";
    if (waiters > 0) snprintf(out, size, "%s, %" PRIu32 " wait", held, waiters);
    else snprintf(out, size, "%s", held);
}

static void text_rwmutex(const th_memory *memory, uint64_t address, char *out, size_t size) {
    const int32_t readers = (int32_t)th_memory_peek(memory, address + TH_RWMUTEX_readerCount, 4);
    if (readers < 0) snprintf(out, size, "writer, %" PRId32 " readers", readers + TH_RWMUTEX_MAX_READERS);
    else if (readers > 0) snprintf(out, size, "%" PRId32 " readers", readers);
    else snprintf(out, size, "free");
}

static void text_sync(const th_memory *memory, th_sync_kind kind, uint64_t address, char *out,
                      size_t size) {
    switch (kind) {
    case TH_SYNC_KIND_MUTEX: text_mutex(memory, address, out, size); break;
    case TH_SYNC_KIND_RWMUTEX: text_rwmutex(memory, address, out, size); break;
    case TH_SYNC_KIND_WAITGROUP:
        snprintf(out, size, "%" PRIu64,
                 th_memory_peek(memory, address + TH_WAITGROUP_state1, 8) >> 32);
        break;
    case TH_SYNC_KIND_CHANNEL:
        snprintf(out, size, "%" PRIu64 " of %" PRIu64 "%s",
                 th_memory_peek(memory, address + TH_HCHAN_qcount, 8),
                 th_memory_peek(memory, address + TH_HCHAN_dataqsiz, 8),
                 th_memory_peek(memory, address + TH_HCHAN_closed, 4) ? ", closed" : "");
        break;
    case TH_SYNC_KIND_ONCE:
        snprintf(out, size, "%s",
                 th_memory_peek(memory, address + TH_ONCE_done, 4) ? "done" : "not yet");
        break;
    default: out[0] = 0; break;
    }
}

static th_scene_object *add(th_scene *scene, const char *name, const char *kind) {
    if (scene->object_count == TH_SCENE_OBJECT_MAX) return NULL;
    th_scene_object *object = &scene->objects[scene->object_count++];
    memset(object, 0, sizeof(*object));
    object->kind = kind;
    snprintf(object->name, sizeof(object->name), "%s", name);
    return object;
}

static void add_sync(const th_scene_context *cx, const th_object *from) {
    const th_sync_kind kind = (th_sync_kind)from->type;
    th_scene_object *object = add(cx->out, from->name, th_sync_kind_string(kind));
    if (object == NULL) return;
    th_scene_cell *cell = &object->cell;
    *cell = (th_scene_cell){
        .address = from->address, .size = th_sync_kind_size(kind), .swapped = true};
    text_sync(&cx->now->memory, kind, from->address, cell->text, sizeof(cell->text));
    memcpy(cell->old_text, cell->text, sizeof(cell->text));
    th_scene_mark_cell(cx->out, cell);
}

static void add_cell(const th_scene_context *cx, const th_object *from) {
    const th_scalar scalar = (th_scalar)from->type;
    th_scene_object *object = add(cx->out, from->name, th_scalar_string(scalar));
    if (object == NULL) return;
    th_scene_build_cell(cx, from->address, th_scalar_size(scalar), &object->cell);
}

static void add_struct(const th_scene_context *cx, const th_object *from) {
    const th_layout *layout = th_scenario_layout(cx->in->scenario, from->type);
    for (uint32_t i = 0; layout != NULL && i < layout->field_count; i++) {
        const th_field *field = &layout->fields[i];
        if (field->layout != 0) continue;
        const th_scalar scalar = (th_scalar)field->scalar;
        char name[TH_SCENE_NAME_MAX];
        snprintf(name, sizeof(name), "%.16s.%.16s", from->name, field->name);
        th_scene_object *object = add(cx->out, name, th_scalar_string(scalar));
        if (object == NULL) return;
        th_scene_build_cell(cx, from->address + field->offset, th_scalar_size(scalar),
                            &object->cell);
    }
}

void th_scene_build_objects(const th_scene_context *cx) {
    cx->out->object_count = 0;
    uint32_t count;
    const th_object *objects = th_scenario_objects(cx->in->scenario, &count);
    for (uint32_t i = 0; i < count; i++) {
        const th_object *object = &objects[i];
        if (object->address == 0) continue;
        if (object->kind == TH_OBJECT_SYNC) add_sync(cx, object);
        if (object->kind == TH_OBJECT_CELL) add_cell(cx, object);
        if (object->kind == TH_OBJECT_STRUCT) add_struct(cx, object);
    }
}

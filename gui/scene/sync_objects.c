// Locks, groups and channels: how they stand, what a channel holds, and who waits there.
#include "gui/scene/map.h"
#include "gui/scene/objects.h"
#include "gui/scene/text.h"

#include "sim/sync/sync.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { BUFFER_SHOWN_MAX = 32 };  // values of a channel

static void text_mutex(const th_memory *memory, uint64_t address, char *out, size_t size) {
    const uint32_t state = (uint32_t)th_memory_peek(memory, address + TH_MUTEX_state, 4);
    const uint32_t waiters = state >> TH_MUTEX_WAITER_SHIFT;
    const char *held = state & TH_MUTEX_LOCKED ? "locked" : "free";
    if (waiters > 0)
        snprintf(out, size, "%s, %" PRIu32 " wait", held, waiters);
    else
        snprintf(out, size, "%s", held);
}

static void text_readers(const char *before, int32_t count, char *out, size_t size) {
    snprintf(out, size, "%s%" PRId32 " reader%s", before, count, count == 1 ? "" : "s");
}

static void text_rwmutex(const th_memory *memory, uint64_t address, char *out, size_t size) {
    const int32_t readers = (int32_t)th_memory_peek(memory, address + TH_RWMUTEX_readerCount, 4);
    if (readers < 0)
        text_readers("writer, ", readers + TH_RWMUTEX_MAX_READERS, out, size);
    else if (readers > 0)
        text_readers("", readers, out, size);
    else
        snprintf(out, size, "free");
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

// What lies in the channel's buffer, slot by slot; a slot that holds nothing is blank.
static void add_buffer(const th_scene_context *cx, th_scene_object *object) {
    const th_memory *memory = &cx->now->memory;
    const uint64_t at = object->address;
    const uint64_t room = th_memory_peek(memory, at + TH_HCHAN_dataqsiz, 8);
    const uint64_t held = th_memory_peek(memory, at + TH_HCHAN_qcount, 8);
    const uint64_t first = th_memory_peek(memory, at + TH_HCHAN_recvx, 8);
    const uint32_t size = (uint32_t)th_memory_peek(memory, at + TH_HCHAN_elemsize, 2);
    const th_scalar scalar = (th_scalar)th_memory_peek(memory, at + TH_HCHAN_elemtype, 8);
    for (uint64_t i = 0; i < room && i < BUFFER_SHOWN_MAX; i++) {
        th_scene_object_cell *added = th_scene_add_cell(cx->out, object, "buf");
        if (added == NULL) return;
        added->index = (uint16_t)i;
        added->count = (uint16_t)room;
        th_scene_cell *cell = &added->cell;
        *cell = (th_scene_cell){.address = at + TH_HCHAN_SIZE + i * size,
                                .size = size,
                                .face = TH_FACE_BLANK,
                                .swapped = true};
        if ((i + room - first) % room < held) {
            const uint32_t low = size < 8 ? size : 8;
            th_value value = {{th_memory_peek(memory, cell->address, low), 0}};
            if (size > low) value.w[1] = th_memory_peek(memory, cell->address + 8, size - low);
            th_text_value(cx->env->gomap.strings, scalar, value, cell->text, sizeof(cell->text));
            cell->face = TH_FACE_VALUE;
        }
        cell->before = cell->face;
        memcpy(cell->old_text, cell->text, sizeof(cell->text));
        th_scene_mark_cell(cx->out, cell);
    }
}

void th_scene_add_sync(const th_scene_context *cx, const th_block *block) {
    const th_sync_kind kind = (th_sync_kind)block->type;
    th_scene_object *object = th_scene_add_object(cx, block, th_sync_kind_string(kind));
    th_scene_object_cell *added = object == NULL ? NULL : th_scene_add_cell(cx->out, object, "");
    if (added == NULL) return;
    object->has_queue = kind != TH_SYNC_KIND_ONCE;
    object->size = block->size;
    th_scene_cell *cell = &added->cell;
    *cell = (th_scene_cell){
        .address = object->address, .size = th_sync_kind_size(kind), .swapped = true};
    text_sync(&cx->now->memory, kind, object->address, cell->text, sizeof(cell->text));
    memcpy(cell->old_text, cell->text, sizeof(cell->text));
    th_scene_mark_cell(cx->out, cell);
    if (kind == TH_SYNC_KIND_CHANNEL) add_buffer(cx, object);
}

// What a goroutine waits to do, where an object knows two kinds.
static th_waits_for waits_for(const th_scene_context *cx, uint16_t g) {
    const th_request *request = th_programs_request(cx->env->programs, cx->now->goroutines[g].node);
    switch (request == NULL ? TH_SYNC_OP_NONE : (th_sync_op)request->flags) {
    case TH_SYNC_CHAN_SEND: return TH_WAITS_TO_SEND;
    case TH_SYNC_CHAN_RECV: return TH_WAITS_TO_RECEIVE;
    case TH_SYNC_RW_LOCK: return TH_WAITS_TO_WRITE;
    case TH_SYNC_RW_RLOCK: return TH_WAITS_TO_READ;
    default: return TH_WAITS;
    }
}

static void add_waiter(const th_scene_context *cx, th_scene_object *object, uint16_t g) {
    for (int i = 0; i < object->waiter_count && i < TH_SCENE_WAITER_MAX; i++) {
        if (object->waiters[i].g == g) return;
    }
    if (object->waiter_count < TH_SCENE_WAITER_MAX) {
        object->waiters[object->waiter_count].g = g;
        object->waiters[object->waiter_count].what = (uint8_t)waits_for(cx, g);
    }
    object->waiter_count++;
}

static bool in_queue(const th_sync *sync, uint16_t g) {
    for (uint32_t i = 0; i < sync->waiter_count; i++) {
        if (sync->waiters[i].g == g) return true;
    }
    return false;
}

// Where a request stands in no queue of the runtime's, since its step is not enabled: under `any`.
static void find_blocked(const th_scene_context *cx) {
    th_scene *scene = cx->out;
    for (uint32_t g = 1; g < cx->now->goroutine_count && g <= TH_SCENE_G_MAX; g++) {
        const th_goroutine *of = &cx->now->goroutines[g];
        if (of->status == TH_STATUS_DEAD || in_queue(&cx->now->sync, (uint16_t)g)) continue;
        const th_request *request = th_programs_request(cx->env->programs, of->node);
        const bool sync = request != NULL && request->a != 0 &&
                          th_request_op_class((th_request_op)request->op) == TH_CLASS_SYNC;
        if (!sync || th_world_waits(cx->now, (uint16_t)g) == NULL) continue;
        for (int i = 0; i < scene->object_count; i++) {
            th_scene_object *object = &scene->objects[i];
            if (object->has_queue && object->address == request->a) {
                add_waiter(cx, object, (uint16_t)g);
            }
        }
    }
}

void th_scene_find_waiters(const th_scene_context *cx) {
    th_scene *scene = cx->out;
    const th_sync *sync = &cx->now->sync;
    bool any = false;
    for (int i = 0; i < scene->object_count; i++) {
        th_scene_object *object = &scene->objects[i];
        any = any || object->has_queue;
        for (uint32_t k = 0; object->has_queue && k < sync->waiter_count; k++) {
            const uint64_t at = sync->waiters[k].address;
            const bool here = at >= object->address && at < object->address + object->size;
            if (here) add_waiter(cx, object, sync->waiters[k].g);
        }
    }
    if (any) find_blocked(cx);
}

// What the scenario has besides maps: structs, variables, locks, channels, and stores that wait.
#include "gui/scene/objects.h"
#include "gui/scene/map.h"
#include "gui/scene/text.h"

#include "sim/sync/sync.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ARRAY_SHOWN_MAX = 32 };  // items of an array: what comes after is as a rule more of it

th_scene_object *th_scene_add_object(const th_scene_context *cx, const th_block *block,
                                     const char *kind) {
    th_scene *scene = cx->out;
    if (scene->object_count == TH_SCENE_OBJECT_MAX) return NULL;
    th_scene_object *object = &scene->objects[scene->object_count++];
    *object = (th_scene_object){
        .address = block->address, .kind = kind, .freed = block->freed, .first = scene->cell_count};
    uint32_t count;
    const th_object *declared = th_scenario_objects(cx->in->scenario, &count);
    const bool named = block->object > 0 && block->object <= count;
    if (named && declared[block->object - 1].address == block->address) {
        snprintf(object->name, sizeof(object->name), "%s", declared[block->object - 1].name);
        return object;
    }
    th_scenario_name(cx->in->scenario, cx->now, block->address, object->name, sizeof(object->name));
    object->name[strcspn(object->name, ".")] = 0;
    return object;
}

th_scene_object_cell *th_scene_add_cell(th_scene *scene, th_scene_object *object,
                                        const char *label) {
    if (scene->cell_count == TH_SCENE_CELL_MAX) return NULL;
    th_scene_object_cell *cell = &scene->cells[scene->cell_count++];
    *cell = (th_scene_object_cell){.count = 1, .target = -1};
    snprintf(cell->label, sizeof(cell->label), "%s", label);
    object->count++;
    return cell;
}

// Go calls it _; a struct of Lua needs a name.
static bool is_padding(const th_field *field) {
    return field->name[0] == '_' || strncmp(field->name, "pad", 3) == 0;
}

static void add_padding(const th_scene_context *cx, th_scene_object *object, const char *label,
                        uint64_t address, uint32_t size) {
    th_scene_object_cell *cell = th_scene_add_cell(cx->out, object, label);
    if (cell == NULL) return;
    cell->padding = true;
    cell->cell = (th_scene_cell){.address = address, .size = size, .swapped = true};
    snprintf(cell->cell.text, sizeof(cell->cell.text), "%" PRIu32 " B", size);
    memcpy(cell->cell.old_text, cell->cell.text, sizeof(cell->cell.text));
    th_scene_mark_cell(cx->out, &cell->cell);
}

static void add_fields(const th_scene_context *cx, th_scene_object *object, const th_layout *layout,
                       uint64_t base, const char *prefix) {
    for (uint32_t i = 0; layout != NULL && i < layout->field_count; i++) {
        const th_field *field = &layout->fields[i];
        const th_layout *nested =
            field->layout == 0
                ? NULL
                : th_scenario_layout(cx->in->scenario, (uint16_t)(field->layout - 1));
        const uint32_t size =
            nested != NULL ? nested->size : th_scalar_size((th_scalar)field->scalar);
        const uint32_t count = field->count > 0 ? field->count : 1;
        char label[TH_SCENE_NAME_MAX];
        snprintf(label, sizeof(label), "%.16s%.20s", prefix, field->name);
        if (count > 1 && is_padding(field)) {
            add_padding(cx, object, label, base + field->offset, size * count);
            continue;
        }
        for (uint32_t k = 0; k < count && k < ARRAY_SHOWN_MAX; k++) {
            const uint64_t address = base + field->offset + (uint64_t)k * size;
            if (nested != NULL) {
                char inner[TH_SCENE_NAME_MAX];
                snprintf(inner, sizeof(inner), "%.36s.", label);
                add_fields(cx, object, nested, address, inner);
                continue;
            }
            th_scene_object_cell *cell = th_scene_add_cell(cx->out, object, label);
            if (cell == NULL) return;
            cell->index = (uint16_t)k;
            cell->count = (uint16_t)count;
            th_scene_build_cell(cx, address, size, &cell->cell);
        }
    }
}

static void add_block(const th_scene_context *cx, const th_block *block) {
    const th_layout *layout;
    th_scene_object *object;
    switch ((th_block_kind)block->kind) {
    case TH_BLOCK_STRUCT:
        layout = th_scenario_layout(cx->in->scenario, block->type);
        object = th_scene_add_object(cx, block, layout == NULL ? "struct" : layout->name);
        if (object == NULL) break;
        object->in_memory = true;
        add_fields(cx, object, layout, block->address, "");
        break;
    case TH_BLOCK_CELL: {
        object = th_scene_add_object(cx, block, th_scalar_string((th_scalar)block->type));
        th_scene_object_cell *cell = object == NULL ? NULL : th_scene_add_cell(cx->out, object, "");
        if (cell == NULL) break;
        object->in_memory = true;
        th_scene_build_cell(cx, block->address, block->size, &cell->cell);
        break;
    }
    case TH_BLOCK_SYNC:
        if (block->type == TH_SYNC_KIND_MAP) th_scene_add_syncmap(cx, block);
        if (block->type >= TH_SYNC_KIND_MAP) break;  // or a part of a sync.Map
        th_scene_add_sync(cx, block);
        break;
    default: break;
    }
}

// Pointers among what is shown.
static void find_targets(const th_scene_context *cx) {
    th_scene *scene = cx->out;
    for (int i = 0; i < scene->cell_count; i++) {
        const th_scene_cell *cell = &scene->cells[i].cell;
        if (cell->size != 8) continue;
        const uint64_t value = th_memory_peek(&cx->now->memory, cell->address, 8);
        for (int k = 0; k < scene->object_count && value != 0; k++) {
            if (scene->objects[k].address == value) scene->cells[i].target = (int8_t)k;
        }
    }
}

static void build_buffered(const th_scene_context *cx) {
    th_scene *scene = cx->out;
    scene->buffered_count = 0;
    if (cx->now->buffers == NULL) return;
    for (uint32_t g = 1; g < cx->now->goroutine_count; g++) {
        const th_store_buffer *buffer = &cx->now->buffers[g];
        for (uint32_t i = 0; i < buffer->count; i++) {
            const th_buffer_entry *entry = &buffer->entries[i];
            if (scene->buffered_count == TH_SCENE_BUFFERED_MAX) return;
            th_scene_buffered *out = &scene->buffered[scene->buffered_count++];
            *out = (th_scene_buffered){.g = entry->g};
            th_scenario_name(cx->in->scenario, cx->now, entry->address, out->name,
                             sizeof(out->name));
            th_text_recorded(cx->in->scenario, cx->now, entry->address, entry->size,
                             (uint32_t)entry->value, out->value, sizeof(out->value));
        }
    }
}

void th_scene_build_objects(const th_scene_context *cx) {
    th_scene *scene = cx->out;
    scene->object_count = scene->cell_count = 0;
    const th_memory *memory = &cx->now->memory;
    for (uint32_t r = 0; r < memory->region_count; r++) {
        const th_region *region = &memory->regions[r];
        for (uint32_t i = 0; i < region->block_count; i++) {
            const th_block *block = th_pages_record(&region->blocks, i, sizeof(th_block));
            if (block != NULL) add_block(cx, block);
        }
    }
    find_targets(cx);
    th_scene_find_waiters(cx);
    build_buffered(cx);
}

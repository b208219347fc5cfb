// The end of a run that died: what Go prints, what led there, what is left behind.
#include "gui/scene/dump.h"
#include "gui/scene/map.h"
#include "gui/scene/text.h"

#include "sim/gomap/site.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    CAUSE_LOOK_BACK_STEPS = 4096,
    FLAG_WRITES_MAX = 4,
    LIVE_BUCKETS_MAX = 4096,
    BRANCH_LOOK_BACK_STEPS = 64
};

typedef struct flag_write {
    uint64_t step;
    uint16_t g;
    uint32_t value;
    bool toggles;  // by the XOR at an operation's start
} flag_write;

static bool is_toggle(uint16_t site) {
    return site == TH_SITE_ASSIGN_TOGGLE_W || site == TH_SITE_FASSIGN_TOGGLE_W ||
           site == TH_SITE_SASSIGN_TOGGLE_W || site == TH_SITE_DELETE_TOGGLE_W ||
           site == TH_SITE_CLEAR_TOGGLE_W;
}

// The last stores to h.flags before the deciding read, the latest first. Going back stops once
// the reader's own operation is covered, and the store just before it.
static int flag_writes(const th_scene_context *cx, uint64_t address, uint16_t reader,
                       flag_write *writes) {
    int count = 0;
    bool own_seen = false;
    const uint64_t step = cx->in->step;
    for (uint64_t at = step - 1; at > 0 && step - at < CAUSE_LOOK_BACK_STEPS; at--) {
        const th_event event = th_scene_event(cx, at);
        if (th_event_address(event) != address ||
            !th_event_kind_writes((th_event_kind)event.kind)) {
            continue;
        }
        if (count == FLAG_WRITES_MAX) break;
        writes[count++] = (flag_write){at, event.g, event.value, is_toggle(event.site)};
        if (own_seen) break;
        own_seen = event.g == reader;
    }
    return count;
}

static th_cause_kind kind_of(const flag_write *write) {
    if (write->value & TH_FLAG_HASH_WRITING) return TH_CAUSE_SET;
    return write->toggles ? TH_CAUSE_TOGGLED_OFF : TH_CAUSE_CLEARED;
}

static void add_cause(th_scene_failure *failure, th_scene_cause cause) {
    if (failure->cause_count < TH_SCENE_CAUSE_MAX) failure->causes[failure->cause_count++] = cause;
}

static void build_causes(const th_scene_context *cx, th_scene_failure *failure) {
    const uint64_t address = th_event_address(cx->event);
    const bool of_flags = cx->event.kind == TH_EVENT_READ && cx->out->map.present &&
                          address == cx->out->map.address + TH_HMAP_flags;
    if (!of_flags) return;
    flag_write writes[FLAG_WRITES_MAX];
    int count = flag_writes(cx, address, cx->event.g, writes);
    const bool on = cx->event.value & TH_FLAG_HASH_WRITING;
    if (on && count > 1) count = 1;  // whoever set it last is inside: that is all there is to say
    for (int i = count; i-- > 0;) {
        const th_scene_cause cause = {
            .kind = (uint8_t)kind_of(&writes[i]),
            .first_step = writes[i].step,
            .last_step = writes[i].step,
            .g = writes[i].g,
            .value = writes[i].value,
        };
        th_scene_cause *last =
            failure->cause_count > 0 ? &failure->causes[failure->cause_count - 1] : NULL;
        if (last != NULL && last->kind == TH_CAUSE_SET && cause.kind == TH_CAUSE_SET &&
            last->g != cause.g) {
            last->kind = TH_CAUSE_BOTH_SET;
            last->other = cause.g;
            last->last_step = cause.first_step;
            continue;
        }
        if (failure->cause_count < TH_SCENE_CAUSE_MAX - 1) add_cause(failure, cause);
    }
    add_cause(failure, (th_scene_cause){.kind = TH_CAUSE_READ,
                                        .first_step = cx->in->step,
                                        .last_step = cx->in->step,
                                        .g = cx->event.g,
                                        .value = cx->event.value});
}

static uint64_t live_in(const th_memory *memory, const th_map_type *type, uint64_t array,
                        uint64_t count) {
    uint64_t live = 0;
    for (uint64_t i = 0; i < count && i < LIVE_BUCKETS_MAX; i++) {
        uint64_t bucket = array + i * type->bucket_size;
        for (int depth = 0; bucket != 0 && depth < 16; depth++) {
            const th_block *block = th_memory_block(memory, bucket);
            if (block == NULL || !th_scene_is_map_block(block)) break;
            for (uint32_t slot = 0; slot < TH_BUCKET_SLOTS; slot++) {
                live += th_memory_peek(memory, bucket + slot, 1) >= TH_TOP_MIN;
            }
            bucket = th_memory_peek(memory, bucket + type->overflow_offset, 8);
        }
    }
    return live;
}

static void left_count(const th_scene_context *cx, th_scene_failure *failure) {
    const th_scene_map *map = &cx->out->map;
    const th_map_type *type = th_scene_map_type(cx);
    th_scene_left *left = &failure->left[failure->left_count++];
    *left = (th_scene_left){.kind = TH_LEFT_COUNT};
    snprintf(left->name, sizeof(left->name), "count");
    snprintf(left->value[0], sizeof(left->value[0]), "%" PRIu64, map->header.count);
    left->live = live_in(&cx->now->memory, type, map->header.buckets, map->now.bucket_count) +
                 live_in(&cx->now->memory, type, map->header.oldbuckets, map->now.old_count);
    left->wrong = left->live != map->header.count;
}

static void left_flags(const th_scene_context *cx, th_scene_failure *failure) {
    th_scene_left *left = &failure->left[failure->left_count++];
    *left = (th_scene_left){.kind = TH_LEFT_FLAGS};
    left->wrong = cx->out->map.header.flags & TH_FLAG_HASH_WRITING;
    snprintf(left->name, sizeof(left->name), "flags");
    snprintf(left->value[0], sizeof(left->value[0]), "%s", cx->out->map.field[TH_FIELD_flags].text);
}

// The slot that was raced for last, as it lies in memory.
static void left_slot(const th_scene_context *cx, th_scene_failure *failure) {
    const th_map_type *type = th_scene_map_type(cx);
    for (uint32_t i = cx->in->index->race_count; i-- > 0;) {
        const th_scene_race *race = &cx->in->index->races[i];
        const uint64_t bucket =
            race->step <= cx->in->step ? th_scene_bucket_at(cx, race->address) : 0;
        if (bucket == 0 || race->address >= bucket + type->overflow_offset) continue;
        const uint64_t offset = race->address - bucket;
        const uint64_t slot =
            offset < TH_BUCKET_SLOTS ? offset
            : offset < type->elem_offset
                ? (offset - TH_BUCKET_SLOTS) / type->key_size
                : (offset - type->elem_offset) / (type->elem_size > 0 ? type->elem_size : 1);
        th_scene_left *left = &failure->left[failure->left_count++];
        *left = (th_scene_left){.kind = TH_LEFT_SLOT};
        char name[TH_SCENE_NAME_MAX];
        th_gomap_name(&cx->now->memory, cx->env->gomap.types, bucket, name, sizeof(name));
        name[strcspn(name, ".")] = 0;
        snprintf(left->name, sizeof(left->name), "%.24s[%u]", name, (unsigned)slot);
        const uint64_t places[3] = {bucket + slot, th_slot_key(type, bucket, (uint32_t)slot),
                                    th_slot_elem(type, bucket, (uint32_t)slot)};
        const uint32_t sizes[3] = {1, type->key_size, type->elem_size};
        for (int k = 0; k < 3; k++) {
            th_text_bytes(cx->in->scenario, cx->now, places[k], sizes[k], left->value[k],
                          sizeof(left->value[k]));
        }
        return;
    }
}

// Who besides g could go next in that world; 0: nobody.
static uint16_t another(const th_world *world, uint16_t g) {
    th_choice choices[TH_SCENE_ENABLED_MAX];
    uint32_t count = th_world_choices(world, choices, TH_SCENE_ENABLED_MAX);
    if (count > TH_SCENE_ENABLED_MAX) count = TH_SCENE_ENABLED_MAX;
    for (uint32_t i = 0; i < count; i++) {
        if (choices[i].kind == TH_CHOICE_RUN && choices[i].g != g) return choices[i].g;
    }
    return 0;
}

// The latest step that another goroutine could have taken instead.
static void find_branch(const th_scene_context *cx, th_scene_failure *failure) {
    const uint64_t step = cx->in->step;
    for (uint64_t at = step; at > 0 && step - at < BRANCH_LOOK_BACK_STEPS; at--) {
        const th_world *before =
            at == step ? cx->before : th_timeline_seek(cx->in->timeline, cx->in->branch, at - 1);
        failure->other = another(before, th_scene_event(cx, at).g);
        if (failure->other == 0) continue;
        failure->branch_step = at;
        return;
    }
}

void th_scene_build_failure(const th_scene_context *cx) {
    th_scene_failure *failure = &cx->out->failure;
    *failure = (th_scene_failure){0};
    const th_outcome *outcome = &cx->now->outcome;
    if (outcome->end != TH_END_FATAL && outcome->end != TH_END_PANIC &&
        outcome->end != TH_END_FAULT && outcome->end != TH_END_DEADLOCK) {
        return;
    }
    failure->present = true;
    failure->status_2 = true;
    th_dump_title(cx->now, failure->title, sizeof(failure->title));
    const int count = th_dump_lines(cx->in->scenario, cx->now, failure->lines, TH_SCENE_DUMP_MAX);
    failure->line_count = count < TH_SCENE_DUMP_MAX ? count : TH_SCENE_DUMP_MAX;
    const th_motion *motion = &cx->in->motion;
    const th_theme_motion *theme = motion->theme;
    failure->shown = th_motion_at(motion, theme->fatal.frame_ms, theme->fatal.panel_ms, theme->out);
    const int start_ms = theme->fatal.frame_ms + theme->fatal.panel_ms / 2;
    const int lines_ms = theme->fatal.dump_line_ms * failure->line_count;
    failure->lines_shown =
        (float)failure->line_count *
        th_motion_at(motion, start_ms, lines_ms > 0 ? lines_ms : 1, theme->linear);
    if (cx->in->step == 0) return;
    find_branch(cx, failure);
    if (!cx->out->map.present) return;
    build_causes(cx, failure);
    left_count(cx, failure);
    left_slot(cx, failure);
    left_flags(cx, failure);
}

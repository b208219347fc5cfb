// Steps taken by worlds put together for them, and what a world consists of.
#include "sim/explore/space.h"

#include <stdlib.h>
#include <string.h>

typedef struct local_key {
    th_goroutine goroutine;
    uint64_t g;
} local_key;

_Static_assert(sizeof(local_key) == sizeof(th_goroutine) + 8, "no padding");

// --- what a step touches ---

// Touches in order of their words; a range of bytes adds one for each word.
typedef struct touch_list {
    th_touch *items;
    uint32_t count, capacity;
} touch_list;

static void add_touch(touch_list *list, th_touch touch) {
    list->items = th_explore_reserve(list->items, list->count + UINT64_C(1), &list->capacity,
                                     sizeof(*list->items));
    uint32_t at = list->count++;
    for (; at > 0 && list->items[at - 1].address > touch.address; at--) {
        list->items[at] = list->items[at - 1];
    }
    list->items[at] = touch;
}

static void add_range(touch_list *list, uint64_t address, uint64_t size, bool reads, bool writes) {
    const uint64_t end = address + size;
    for (uint64_t word = address & ~UINT64_C(7); word < end; word += 8) {
        const uint64_t from = address > word ? address - word : 0;
        const uint64_t until = end - word < 8 ? end - word : 8;
        const uint8_t mask = (uint8_t)((0xffU >> (8 - until)) & (0xffU << from));
        add_touch(
            list,
            (th_touch){.address = word, .reads = reads ? mask : 0, .writes = writes ? mask : 0});
    }
}

static void add_block(touch_list *list, const th_memory *memory, uint64_t address) {
    const th_block *block = th_memory_block(memory, address);
    if (block != NULL) add_range(list, block->address, block->size, false, true);
}

static void add_sync(touch_list *list, const th_memory *memory, const th_sync_frame *frame,
                     uint64_t address) {
    const th_sync_kind kind = th_sync_op_kind((th_sync_op)frame->op);
    const bool channel = kind == TH_SYNC_KIND_CHANNEL || frame->op == TH_SYNC_SELECT;
    const bool map = kind == TH_SYNC_KIND_MAP || kind == TH_SYNC_KIND_MAP_ITERATOR;
    if (channel) add_touch(list, (th_touch){.address = TH_TOUCH_CHANNELS, .writes = 1});
    if (map) add_touch(list, (th_touch){.address = TH_TOUCH_SYNC_MAPS, .writes = 1});
    if (channel || map) return;
    add_block(list, memory, address);
    if (kind != TH_SYNC_KIND_COND) return;
    const uint64_t lock = th_memory_peek(memory, frame->object + TH_COND_L, 8);
    const th_block *own = th_memory_block(memory, address);
    if (own != NULL && th_memory_block(memory, lock) != own) add_block(list, memory, lock);
}

static uint32_t footprint_of(th_space *space, const th_goroutine *goroutine) {
    const th_memory *memory = &space->scratch.memory;
    const th_access *access = &goroutine->access;
    const th_request *request =
        th_programs_request(space->desc.start->env->programs, goroutine->node);
    const th_event_kind kind = (th_event_kind)access->kind;
    if (request->op == TH_REQUEST_GOSCHED) return TH_FOOTPRINT_NOTHING;
    const bool sync = request->op == TH_REQUEST_SYNC;
    if (!sync && th_memory_block(memory, access->address) == NULL) return TH_FOOTPRINT_ANYTHING;
    touch_list list = {0};
    if (sync) {
        add_sync(&list, memory, &goroutine->frame.sync, access->address);
    } else if (kind == TH_EVENT_RELEASE) {
        add_block(&list, memory, access->address);
    } else {
        const uint64_t size = kind == TH_EVENT_CLEAR ? access->value : access->size;
        add_range(&list, access->address, size, th_event_kind_reads(kind),
                  th_event_kind_writes(kind));
    }
    const uint32_t footprint = th_futures_footprint(&space->futures, list.items, list.count);
    free(list.items);
    return footprint;
}

// --- goroutines ---

// Whether the outcome of a request's steps may follow from what they read alone: not where the
// routine looks at memory in passing, or changes more than it announces.
static bool announces_all(const th_request *request) {
    switch (th_request_op_class((th_request_op)request->op)) {
    case TH_CLASS_CELL:
        // An await is not always enabled.
        return request->op != TH_REQUEST_FREE && request->op != TH_REQUEST_AWAIT;
    case TH_CLASS_MAP:
        return request->op != TH_REQUEST_RANGE && request->op != TH_REQUEST_RANGE_NEXT;
    default: return false;
    }
}

static bool is_word_access(const th_access *access) {
    switch ((th_event_kind)access->kind) {
    case TH_EVENT_READ:
    case TH_EVENT_WRITE:
    case TH_EVENT_ATOMIC_LOAD:
    case TH_EVENT_ATOMIC_STORE:
    case TH_EVENT_ATOMIC_RMW:
    case TH_EVENT_ATOMIC_CAS: break;
    default: return false;
    }
    return access->size > 0 && access->address % 8 + access->size <= 8;
}

static th_local local_of(th_space *space, const th_goroutine *goroutine, uint16_t g) {
    const th_env *env = space->desc.start->env;
    const th_access *access = &goroutine->access;
    th_local local = {
        .g = g, .label = goroutine->label, .over = goroutine->status == TH_STATUS_DEAD};
    if (local.over) return local;
    local.footprint = TH_FOOTPRINT_ANYTHING;
    if (goroutine->status != TH_STATUS_READY) return local;  // what it does next shows then
    const th_request *request = th_programs_request(env->programs, goroutine->node);
    local.selects = request->op == TH_REQUEST_SYNC && request->flags == TH_SYNC_SELECT;
    local.footprint = footprint_of(space, goroutine);
    local.writes =
        th_event_kind_writes((th_event_kind)access->kind) || access->kind == TH_EVENT_SYNC;
    local.simple = env->schedule == TH_SCHEDULE_ANY && env->memory_model == TH_MODEL_SC &&
                   is_word_access(access) && announces_all(request);
    if (!local.simple) return local;
    const uint64_t word = access->address & ~UINT64_C(7);
    const uint64_t ones = access->size == 8 ? UINT64_MAX : (UINT64_C(1) << access->size * 8) - 1;
    local.slot =
        th_words_slot(&space->words, word, th_memory_peek(&space->scratch.memory, word, 8));
    if (th_event_kind_reads((th_event_kind)access->kind)) {
        local.mask = ones << access->address % 8 * 8;
    }
    return local;
}

uint32_t th_space_local(th_space *space, uint16_t g) {
    local_key key = {.goroutine = space->scratch.goroutines[g], .g = g};
    if (key.goroutine.status == TH_STATUS_DEAD) {  // which way it came does not matter any more
        const th_programs *programs = space->desc.start->env->programs;
        key.goroutine = (th_goroutine){.node = th_programs_root_of(programs, key.goroutine.node),
                                       .parent = key.goroutine.parent,
                                       .label = key.goroutine.label,
                                       .status = TH_STATUS_DEAD};
    }
    bool added = false;
    const uint32_t local = 1 + th_intern_add(&space->local_bytes, &key, sizeof(key), &added);
    if (!added) return local;
    space->locals = th_explore_reserve(space->locals, local + UINT64_C(1), &space->local_capacity,
                                       sizeof(*space->locals));
    space->locals[local] = local_of(space, &key.goroutine, g);
    space->local_count = local + 1;
    th_futures_add(&space->futures, local, space->locals[local].footprint);
    return local;
}

// What the stores in the buffers of `space->scratch` touch when they drain; NULL: there are none.
static uint32_t *drains_of(th_space *space) {
    const th_world *world = &space->scratch;
    uint32_t *footprints = NULL, count = 0, capacity = 0;
    for (uint32_t g = 1; world->buffers != NULL && g < world->goroutine_count; g++) {
        const th_store_buffer *buffer = &world->buffers[g];
        for (uint32_t i = 0; i < buffer->count; i++) {
            touch_list list = {0};
            add_range(&list, buffer->entries[i].address, buffer->entries[i].size, false, true);
            footprints =
                th_explore_reserve(footprints, count + UINT64_C(1), &capacity, sizeof(*footprints));
            footprints[count++] = th_futures_footprint(&space->futures, list.items, list.count);
            free(list.items);
        }
    }
    return footprints;
}

uint32_t th_space_rest(th_space *space, uint32_t memory) {
    th_rest_pack(&space->scratch, &space->packing);
    bool added = false;
    const uint32_t rest =
        th_intern_add(&space->rest_bytes, space->packing.bytes, space->packing.size, &added);
    if (!added) return rest;
    space->rests = th_explore_reserve(space->rests, rest + UINT64_C(1), &space->rest_capacity,
                                      sizeof(*space->rests));
    space->world_bytes += th_rest_init(&space->rests[rest], &space->scratch, memory);
    space->rests[rest].drains = drains_of(space);
    space->rest_count = rest + 1;
    return rest;
}

// --- steps ---

void th_space_assemble(th_space *space, const uint32_t *state, uint16_t g) {
    const th_rest *rest = &space->rests[state[TH_STATE_REST]];
    th_world *world = &space->scratch;
    th_world_copy(world, &rest->world);
    world->race_log = &space->log;
    th_words_put(&space->words, rest->memory, state[TH_STATE_MEMORY], &world->memory);
    if (g == 0) return;
    size_t size;
    const local_key *key =
        th_intern_at(&space->local_bytes, state[TH_STATE_LOCALS + g - 1] - 1, &size);
    memcpy(&world->goroutines[g], &key->goroutine, sizeof(key->goroutine));
}

// A request that begins by looking at memory without a step.
static bool begins_by_looking(const th_request *request) {
    return request->op == TH_REQUEST_RANGE_NEXT ||
           (request->op == TH_REQUEST_SYNC && request->flags >= TH_SYNC_MAP_LOAD);
}

// Whether the step led to more than its own access accounts for.
static bool looked_further(const th_space *space) {
    const th_programs *programs = space->desc.start->env->programs;
    for (uint32_t i = 0; i < space->events.count; i++) {
        const th_event *event = &space->events.items[i];
        if (event->kind == TH_EVENT_OP_BEGIN &&
            begins_by_looking(th_programs_request(programs, event->value))) {
            return true;
        }
    }
    return false;
}

// Says in `move` how the memory changed, in the plainest way there is.
static void describe_change(th_space *space, const th_local *local, uint32_t memory,
                            const th_access *access, th_move *move) {
    move->kind = TH_MOVE_REPLACE;
    if ((move->code & 1) != 0) return;
    move->kind = TH_MOVE_DEPENDS;
    if (looked_further(space)) return;
    const bool failed = space->scratch.outcome.end == TH_END_FAULT;
    if (failed || !th_event_kind_writes((th_event_kind)access->kind)) {
        if (move->to_memory == memory) move->kind = TH_MOVE_LOOK;
        return;
    }
    const uint64_t ones = access->size == 8 ? UINT64_MAX : (UINT64_C(1) << access->size * 8) - 1;
    move->slot = local->slot;
    move->mask = ones << access->address % 8 * 8;
    move->value = th_words_get(&space->words, move->to_memory, local->slot) & move->mask;
    const uint64_t old = th_words_get(&space->words, memory, local->slot);
    const uint64_t word = (old & ~move->mask) | move->value;
    if (th_words_set(&space->words, memory, local->slot, word) == move->to_memory) {
        move->kind = TH_MOVE_STORE;
    }
}

static bool take_step(th_space *space, th_choice choice) {
    th_world *world = &space->scratch;
    space->events.count = 0;
    space->log.count = 0;
    th_world_step(world, choice, &space->events);
    if (!th_world_settle(world, space->desc.resolver, &space->events)) {
        space->error = "a goroutine's body was refused";
        return false;
    }
    // Who else could move is not known to this world: whoever sees the whole state decides.
    if (world->outcome.end == TH_END_DEADLOCK) world->outcome = (th_outcome){0};
    if (world->goroutine_count > TH_EXPLORE_GOROUTINE_MAX + 1) {
        space->error = TH_SPACE_TOO_MANY;
        return false;
    }
    return true;
}

static void add_born(th_space *space, uint32_t first_g, th_move *move) {
    move->first_born = space->born_count;
    for (uint32_t g = first_g; g < space->scratch.goroutine_count; g++) {
        const uint32_t local = th_space_local(space, (uint16_t)g);
        space->born = th_explore_reserve(space->born, space->born_count + UINT64_C(1),
                                         &space->born_capacity, sizeof(*space->born));
        space->born[space->born_count++] = local;
        move->born_count++;
    }
}

// Whether the choice is one of those that the world offers.
static bool is_offered(const th_world *world, th_choice choice, bool selects) {
    if (!th_world_enabled(world, choice)) return false;
    if (!selects || choice.kind != TH_CHOICE_RUN) return true;
    th_choice offered[TH_SPACE_CHOICE_EACH_MAX];
    const uint32_t count = th_world_choices(world, offered, TH_SPACE_CHOICE_EACH_MAX);
    for (uint32_t i = 0; i < count && i < TH_SPACE_CHOICE_EACH_MAX; i++) {
        if (offered[i].kind == TH_CHOICE_RUN && offered[i].value == choice.value) return true;
    }
    return false;
}

bool th_space_take(th_space *space, const uint32_t *state, th_choice choice, th_move *move) {
    const uint16_t g = th_space_actor(space, state, choice);
    const uint32_t rest = state[TH_STATE_REST];
    th_world *world = &space->scratch;
    th_space_assemble(space, state, g);
    move->to_local = move->local;
    move->to_rest = rest;
    move->to_memory = state[TH_STATE_MEMORY];
    move->kind = TH_MOVE_BLOCKED;
    if (!is_offered(world, choice, space->locals[move->local].selects)) return true;
    const th_access access = world->goroutines[g].access;
    if (!take_step(space, choice)) return false;
    move->first_word = th_raced_keep(&space->raced, &space->log);
    move->word_count = space->log.count;
    move->label = world->goroutines[g].label;
    if (th_world_ended(world)) {
        move->ending = th_space_ending(space, (th_end)world->outcome.end, world->outcome.message);
    } else {
        move->to_local = th_space_local(space, g);
    }
    add_born(space, space->rests[rest].world.goroutine_count, move);
    move->to_memory =
        th_words_take(&space->words, &world->memory, &space->rests[rest].world.memory);
    const th_local local = space->locals[move->local];
    describe_change(space, &local, state[TH_STATE_MEMORY], &access, move);
    move->to_rest = th_space_rest(space, move->to_memory);
    return true;
}

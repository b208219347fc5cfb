#include "sim/explore/space.h"

#include "sim/base/assert.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_TABLE_CAPACITY = 1024,
    PICK_SHIFT = 16,  // where a key holds the number of a P: above the codes of drains
};

// --- parts ---

uint32_t th_space_goroutine_count(const th_space *space, uint32_t rest) {
    return space->rests[rest].world.goroutine_count - 1;
}

static void make_start(th_space *space) {
    const th_world *start = space->desc.start;
    th_world_copy(&space->scratch, start);
    space->scratch.race_log = &space->log;
    space->start[TH_STATE_MEMORY] = 0;
    space->start[TH_STATE_REST] = th_space_rest(space, 0);
    space->start[TH_STATE_RACED] = start->skip_races ? TH_RACED_OFF : TH_RACED_START;
    if (start->race_step != 0) space->start[TH_STATE_RACED] = TH_RACED_YES;
    for (uint32_t g = 1; g < start->goroutine_count; g++) {
        space->start[TH_STATE_LOCALS + g - 1] = th_space_local(space, (uint16_t)g);
    }
}

bool th_space_init(th_space *space, const th_space_desc *desc) {
    *space = (th_space){.desc = *desc, .local_count = 1, .move_count = 1};
    th_words_init(&space->words);
    th_futures_init(&space->futures);
    th_raced_init(&space->raced, desc->start->skip_races ? NULL : &desc->start->races);
    space->locals = th_explore_reserve(NULL, 1, &space->local_capacity, sizeof(*space->locals));
    space->moves = th_explore_reserve(NULL, 1, &space->move_capacity, sizeof(*space->moves));
    space->locals[0] = (th_local){0};
    space->moves[0] = (th_move){0};
    space->move_table_capacity = FIRST_TABLE_CAPACITY;
    space->move_table = calloc(FIRST_TABLE_CAPACITY, sizeof(*space->move_table));
    TH_ASSERT(space->move_table != NULL);
    space->endings = th_explore_reserve(NULL, 2, &space->ending_capacity, sizeof(*space->endings));
    space->endings[space->ending_count++] = (th_ending){0};
    space->endings[space->ending_count++] =
        (th_ending){.message = TH_DEADLOCK_MESSAGE, .end = TH_END_DEADLOCK};
    if (desc->start->goroutine_count > TH_EXPLORE_GOROUTINE_MAX + 1) {
        space->error = TH_SPACE_TOO_MANY;
        return false;
    }
    make_start(space);
    return true;
}

void th_space_free(th_space *space) {
    for (uint32_t i = 0; i < space->rest_count; i++) th_rest_free(&space->rests[i]);
    for (uint32_t i = 0; i < space->text_count; i++) free(space->texts[i]);
    th_words_free(&space->words);
    th_intern_free(&space->local_bytes);
    th_intern_free(&space->rest_bytes);
    th_intern_free(&space->label_keys);
    th_raced_free(&space->raced);
    th_futures_free(&space->futures);
    th_world_free(&space->scratch);
    th_events_free(&space->events);
    th_race_log_free(&space->log);
    free(space->packing.bytes);
    free(space->locals);
    free(space->rests);
    free(space->moves);
    free(space->move_table);
    free(space->born);
    free(space->endings);
    free(space->classes);
    free(space->label_texts);
    free(space->texts);
    *space = (th_space){0};
}

size_t th_space_memory_used(const th_space *space) {
    return th_words_memory_used(&space->words) + th_intern_memory(&space->local_bytes) +
           th_intern_memory(&space->rest_bytes) + th_raced_memory_used(&space->raced) +
           th_futures_memory_used(&space->futures) +
           space->local_capacity * sizeof(*space->locals) +
           space->move_capacity * sizeof(*space->moves) +
           space->move_table_capacity * sizeof(*space->move_table) + space->world_bytes;
}

// --- moves ---

static uint64_t move_hash(uint64_t seen, uint32_t local, uint32_t rest, uint32_t code) {
    uint64_t hash = (seen + code) * UINT64_C(0x9e3779b97f4a7c15);
    hash ^= (uint64_t)local << 32 | rest;
    hash *= UINT64_C(0xbf58476d1ce4e5b9);
    return hash ^ hash >> 32;
}

static uint32_t *move_place(const th_space *space, const th_move *key) {
    const uint32_t mask = space->move_table_capacity - 1;
    uint32_t i = (uint32_t)move_hash(key->seen, key->local, key->rest, key->code) & mask;
    for (; space->move_table[i] != 0; i = (i + 1) & mask) {
        const th_move *move = &space->moves[space->move_table[i]];
        if (move->seen == key->seen && move->local == key->local && move->rest == key->rest &&
            move->code == key->code) {
            break;
        }
    }
    return &space->move_table[i];
}

static uint32_t add_move(th_space *space, const th_move *move) {
    if (space->move_count * 2 > space->move_table_capacity) {
        free(space->move_table);
        space->move_table_capacity *= 2;
        space->move_table = calloc(space->move_table_capacity, sizeof(*space->move_table));
        TH_ASSERT(space->move_table != NULL);
        for (uint32_t i = 1; i < space->move_count; i++) *move_place(space, &space->moves[i]) = i;
    }
    space->moves = th_explore_reserve(space->moves, space->move_count + 1, &space->move_capacity,
                                      sizeof(*space->moves));
    *move_place(space, move) = space->move_count;
    space->moves[space->move_count] = *move;
    return space->move_count++;
}

// What the future of the goroutine holds after all.
static void learn(th_space *space, const th_move *move) {
    if (move->kind == TH_MOVE_BLOCKED) return;
    th_futures *futures = &space->futures;
    if (move->ending != TH_ENDING_NONE) {
        th_futures_mark(futures, move->local, TH_FUTURE_END);
    } else if (move->to_local != move->local) {
        th_futures_follow(futures, move->local, move->to_local);
    }
    if (move->born_count > 0) th_futures_mark(futures, move->local, TH_FUTURE_SPAWN);
    for (uint32_t i = 0; i < move->born_count; i++) {
        th_futures_follow(futures, move->local, space->born[move->first_born + i]);
    }
}

// Takes the step that `key` names. A step that depends on more than the value it reads gets two
// moves: one that says so, and one for this memory. The index of the latter; 0: failed.
static uint32_t new_move(th_space *space, const uint32_t *state, th_choice choice, th_move key) {
    if (!th_space_take(space, state, choice, &key)) return 0;
    learn(space, &key);
    if (key.kind != TH_MOVE_DEPENDS) return add_move(space, &key);
    add_move(space, &key);
    key.seen = state[TH_STATE_MEMORY];
    key.code |= 1;
    key.kind = TH_MOVE_REPLACE;
    return add_move(space, &key);
}

uint16_t th_space_actor(const th_space *space, const uint32_t *state, th_choice choice) {
    if (choice.kind != TH_CHOICE_PICK) return choice.g;
    return space->rests[state[TH_STATE_REST]].picks[choice.g];
}

// The move of a choice at a state; somebody acts. 0: failed.
static uint32_t move_of(th_space *space, const uint32_t *state, th_choice choice) {
    const uint16_t actor = th_space_actor(space, state, choice);
    const uint32_t local_number = state[TH_STATE_LOCALS + actor - 1];
    th_move key = {.local = local_number,
                   .rest = state[TH_STATE_REST],
                   .code = th_choice_code_of(choice) << 1 | 1,
                   .seen = state[TH_STATE_MEMORY]};
    if (choice.kind == TH_CHOICE_PICK) key.code |= (uint32_t)choice.g << PICK_SHIFT;
    th_local *local = &space->locals[local_number];
    if (local->simple && choice.kind == TH_CHOICE_RUN) {
        key.code &= ~1U;
        key.seen = th_words_get(&space->words, state[TH_STATE_MEMORY], local->slot) & local->mask;
        const th_move *last = &space->moves[local->last_move];
        if (local->last_move != 0 && last->seen == key.seen && last->rest == key.rest) {
            return local->last_move;
        }
        const uint32_t known = *move_place(space, &key);
        if (known == 0) return new_move(space, state, choice, key);
        if (space->moves[known].kind != TH_MOVE_DEPENDS) {
            local->last_move = known;
            return known;
        }
        key.code |= 1;
        key.seen = state[TH_STATE_MEMORY];
    }
    const uint32_t known = *move_place(space, &key);
    return known != 0 ? known : new_move(space, state, choice, key);
}

// --- states ---

// Cases of the select that a goroutine stands before.
static int32_t case_count(const th_world *world, uint16_t g) {
    int32_t count = 0;
    for (uint32_t i = 0; i < world->sync.case_count; i++) count += world->sync.cases[i].g == g;
    return count;
}

uint32_t th_space_choices_of(const th_space *space, const uint32_t *state, uint16_t g,
                             th_choice *choices) {
    const th_world *world = &space->rests[state[TH_STATE_REST]].world;
    const th_local *local = &space->locals[state[TH_STATE_LOCALS + g - 1]];
    const int32_t cases = local->selects ? case_count(world, g) : 0;
    const int32_t drains = world->buffers == NULL ? 0 : world->buffers[g].count;
    uint32_t count = 0;
    for (int32_t value = -1; value < cases && !local->over; value++) {
        choices[count++] = (th_choice){.g = g, .kind = TH_CHOICE_RUN, .value = value};
    }
    for (int32_t entry = 0; entry < drains; entry++) {
        choices[count++] = (th_choice){.g = g, .kind = TH_CHOICE_DRAIN, .value = entry};
    }
    return count;
}

uint32_t th_space_choices(const th_space *space, const uint32_t *state, th_choice *choices) {
    const th_world *world = &space->rests[state[TH_STATE_REST]].world;
    uint32_t count = 0;
    for (uint32_t g = 1; g < world->goroutine_count; g++) {
        count += th_space_choices_of(space, state, (uint16_t)g, choices + count);
    }
    if (world->env->schedule != TH_SCHEDULE_GO) return count;
    for (uint32_t p = 0; p < world->sched.desc.procs; p++) {
        choices[count++] = (th_choice){.g = (uint16_t)p, .kind = TH_CHOICE_PICK, .value = -1};
    }
    return count;
}

static uint32_t memory_after(th_space *space, const th_move *move, uint32_t memory) {
    switch ((th_move_kind)move->kind) {
    case TH_MOVE_STORE: {
        const uint64_t old = th_words_get(&space->words, memory, move->slot);
        return th_words_set(&space->words, memory, move->slot, (old & ~move->mask) | move->value);
    }
    case TH_MOVE_REPLACE: return move->to_memory;
    default: return memory;
    }
}

static const char *keep_text(th_space *space, const char *text) {
    const size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    TH_ASSERT(copy != NULL);
    memcpy(copy, text, size);
    space->texts = th_explore_reserve(space->texts, space->text_count + 1, &space->text_capacity,
                                      sizeof(*space->texts));
    space->texts[space->text_count++] = copy;
    return copy;
}

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

uint32_t th_space_ending(th_space *space, th_end end, const char *message) {
    for (uint32_t i = TH_ENDING_DEADLOCK; i < space->ending_count; i++) {
        const th_ending *known = &space->endings[i];
        if (known->end == end && same_text(known->message, message)) return i;
    }
    space->endings = th_explore_reserve(space->endings, space->ending_count + 1,
                                        &space->ending_capacity, sizeof(*space->endings));
    space->endings[space->ending_count] = (th_ending){
        .message = message == NULL ? NULL : keep_text(space, message), .end = (uint8_t)end};
    return space->ending_count++;
}

// What the label of a run depends on that ended in this state: memory, rest, ending, and what each
// goroutine said. Returns the number of words.
static uint32_t label_key(const th_space *space, const uint32_t *state, uint32_t ending,
                          uint32_t *key) {
    const uint32_t count = th_space_goroutine_count(space, state[TH_STATE_REST]);
    const bool from_memory = !space->desc.label_ignores_memory;
    key[0] = from_memory ? state[TH_STATE_MEMORY] : 0;
    key[1] = from_memory ? state[TH_STATE_REST] : 0;
    key[2] = ending;
    for (uint32_t i = 0; i < count; i++) {
        key[TH_STATE_LOCALS + i] = space->locals[state[TH_STATE_LOCALS + i]].label;
    }
    return TH_STATE_LOCALS + count;
}

static const char *label_at(const th_space *space, uint32_t index) {
    const uint32_t text = space->label_texts[index];
    return text == 0 ? NULL : space->texts[text - 1];
}

// Asks for the label of the run that `key` describes. False: `finally` failed.
static bool ask_label(th_space *space, const uint32_t *state, const uint32_t *key,
                      uint32_t *text_index) {
    th_space_assemble(space, state, 0);
    th_world *world = &space->scratch;
    for (uint32_t g = 1; g < world->goroutine_count; g++) {
        world->goroutines[g].label = (uint16_t)key[TH_STATE_LOCALS + g - 1];
    }
    world->outcome =
        (th_outcome){.end = space->endings[key[2]].end, .message = space->endings[key[2]].message};
    const char *text = NULL;
    if (!space->desc.label(space->desc.label_context, world, &text)) {
        space->error = "finally failed";
        return false;
    }
    *text_index = 0;
    if (text == NULL) return true;
    keep_text(space, text);
    *text_index = space->text_count;
    return true;
}

// The label of a run that ended in this state, in which goroutine `g` (0: nobody) has said `said`
// last. False: `finally` failed.
static bool label_of(th_space *space, const uint32_t *state, uint32_t ending, uint16_t g,
                     uint16_t said, const char **label) {
    *label = NULL;
    if (space->desc.label == NULL) return true;
    uint32_t key[TH_STATE_WIDTH_MAX] = {0};
    const uint32_t width = label_key(space, state, ending, key);
    if (g != 0) key[TH_STATE_LOCALS + g - 1] = said;
    bool added = false;
    const uint32_t index = th_intern_add(&space->label_keys, key, width * sizeof(*key), &added);
    if (added) {
        uint32_t text = 0;
        if (!ask_label(space, state, key, &text)) return false;
        space->label_texts =
            th_explore_reserve(space->label_texts, index + UINT64_C(1), &space->label_capacity,
                               sizeof(*space->label_texts));
        space->label_texts[index] = text;
    }
    *label = label_at(space, index);
    return true;
}

static bool class_of(th_space *space, const uint32_t *state, uint32_t ending, uint16_t g,
                     uint16_t said, uint32_t *class) {
    const char *label = NULL;
    if (!label_of(space, state, ending, g, said, &label)) return false;
    const bool raced = state[TH_STATE_RACED] == TH_RACED_YES;
    for (uint32_t i = 0; i < space->class_count; i++) {
        const th_class *known = &space->classes[i];
        if (known->ending == ending && known->raced == raced && same_text(known->label, label)) {
            *class = i;
            return true;
        }
    }
    space->classes = th_explore_reserve(space->classes, space->class_count + 1,
                                        &space->class_capacity, sizeof(*space->classes));
    *class = space->class_count++;
    space->classes[*class] = (th_class){.label = label, .ending = ending, .raced = raced};
    return true;
}

bool th_space_deadlock(th_space *space, const uint32_t *state, uint32_t *class) {
    return class_of(space, state, TH_ENDING_DEADLOCK, 0, 0, class);
}

th_hop_kind th_space_hop(th_space *space, const uint32_t *state, th_choice choice, th_hop *hop) {
    const uint16_t actor = th_space_actor(space, state, choice);
    if (actor == 0) return TH_HOP_BLOCKED;
    hop->move = move_of(space, state, choice);
    if (hop->move == 0) return TH_HOP_FAILED;
    const th_move *move = &space->moves[hop->move];
    if (move->kind == TH_MOVE_BLOCKED) return TH_HOP_BLOCKED;
    const uint32_t width = th_space_width(space, state);
    for (uint32_t i = 0; i < width; i++) hop->state[i] = state[i];
    hop->width = width + move->born_count;
    hop->state[TH_STATE_REST] = move->to_rest;
    hop->state[TH_STATE_MEMORY] = memory_after(space, move, state[TH_STATE_MEMORY]);
    if (move->word_count > 0 && state[TH_STATE_RACED] >= TH_RACED_START) {
        hop->state[TH_STATE_RACED] = th_raced_next(&space->raced, state[TH_STATE_RACED], hop->move,
                                                   move->first_word, move->word_count);
    }
    hop->state[TH_STATE_LOCALS + actor - 1] = move->to_local;
    for (uint32_t i = 0; i < move->born_count; i++) {
        hop->state[width + i] = space->born[move->first_born + i];
    }
    if (move->ending == TH_ENDING_NONE) return TH_HOP_STATE;
    const bool known = class_of(space, hop->state, move->ending, actor, move->label, &hop->class);
    return known ? TH_HOP_END : TH_HOP_FAILED;
}

#include "tests/explore/generated.h"

#include <stdio.h>
#include <string.h>

// X(NAME, how likely)
#define OPS(X)                                                            \
    X(LOAD, 6)                                                            \
    X(STORE, 6)                                                           \
    X(COPY, 4) /* load, and store what was read in the next cell */       \
    X(ATOMIC_LOAD, 2)                                                     \
    X(ATOMIC_STORE, 2)                                                    \
    X(ADD, 3)                                                             \
    X(CAS, 2)                                                             \
    X(LOOK, 4)     /* load, and say what was read */                      \
    X(CRITICAL, 4) /* lock, load, store, unlock */                        \
    X(LOCK, 1)                                                            \
    X(UNLOCK, 1)                                                          \
    X(RLOCKED, 2) /* rlock, load, runlock */                              \
    X(WLOCKED, 2) /* lock, store, unlock */                               \
    X(SEND, 2)                                                            \
    X(RECV, 2)                                                            \
    X(CLOSE, 1)                                                           \
    X(SELECT, 1)                                                          \
    X(WG_ADD, 1)                                                          \
    X(WG_DONE, 1)                                                         \
    X(WG_WAIT, 1)                                                         \
    X(ONCE, 1) /* enter; when first: store, leave */                      \
    X(WAIT, 1) /* a condition */                                          \
    X(SIGNAL, 1)                                                          \
    X(IF, 3) /* skips the next line unless the last result was `value` */ \
    X(FATAL, 1)                                                           \
    X(FREE, 1)                                                            \
    X(TOUCH, 1) /* the block that may be free */                          \
    X(MAP_SET, 1)                                                         \
    X(MAP_GET, 1)                                                         \
    X(AWAIT, 1)                                                           \
    X(GOSCHED, 1)                                                         \
    X(GO, 2)

typedef enum op {
#define X(name, weight) OP_##name,
    OPS(X)
#undef X
        OP_COUNT,
} op;

static const uint8_t WEIGHTS[OP_COUNT] = {
#define X(name, weight) weight,
    OPS(X)
#undef X
};

// A body's locals.
enum { LINE, PART, LAST };
enum { PANICKED = 1000 };  // a line that no body has

static th_request ask_map(const th_generated *program, th_request_op request, uint64_t value) {
    const th_block *block = th_memory_block(&program->builder.world.memory, program->map);
    return (th_request){.op = (uint8_t)request,
                        .type = block->type,
                        .a = program->map,
                        .b.w[0] = value,
                        .c.w[0] = value};
}

// A request of several parts: its request number `part`, RETURN when it has no more.
static th_request part_of(const th_generated *program, const th_generated_line *line, uint64_t part,
                          uint64_t last) {
    const uint64_t cell = program->cells[line->object % TH_GENERATED_CELL_COUNT];
    const uint64_t next_cell = program->cells[(line->object + 1) % TH_GENERATED_CELL_COUNT];
    const uint64_t mutex = program->mutexes[line->object % 2];
    const uint64_t rw = program->rwmutex, once = program->once;
    const th_request none = th_builder_ask_return();
    switch ((op)line->op) {
    case OP_CRITICAL:
        return part == 0   ? th_builder_ask_sync(TH_SYNC_MUTEX_LOCK, mutex, 0)
               : part == 1 ? th_builder_ask_load(cell, TH_U64)
               : part == 2 ? th_builder_ask_store(cell, TH_U64, line->value)
               : part == 3 ? th_builder_ask_sync(TH_SYNC_MUTEX_UNLOCK, mutex, 0)
                           : none;
    case OP_COPY:
        return part == 0   ? th_builder_ask_load(cell, TH_U64)
               : part == 1 ? th_builder_ask_store(next_cell, TH_U64, last & 3)
                           : none;
    case OP_LOOK:
        return part == 0   ? th_builder_ask_load(cell, TH_U64)
               : part == 1 ? (th_request){.op = TH_REQUEST_NOTE, .flags = 1, .b.w[0] = last & 3}
                           : none;
    case OP_RLOCKED:
        return part == 0   ? th_builder_ask_sync(TH_SYNC_RW_RLOCK, rw, 0)
               : part == 1 ? th_builder_ask_load(cell, TH_U64)
               : part == 2 ? th_builder_ask_sync(TH_SYNC_RW_RUNLOCK, rw, 0)
                           : none;
    case OP_WLOCKED:
        return part == 0   ? th_builder_ask_sync(TH_SYNC_RW_LOCK, rw, 0)
               : part == 1 ? th_builder_ask_store(cell, TH_U64, line->value)
               : part == 2 ? th_builder_ask_sync(TH_SYNC_RW_UNLOCK, rw, 0)
                           : none;
    case OP_SELECT:
        return part == 0   ? th_builder_ask_sync(TH_SYNC_CASE_SEND, program->channels[0], 1)
               : part == 1 ? th_builder_ask_sync(TH_SYNC_CASE_RECV, program->channels[1], 0)
               : part == 2 ? th_builder_ask_sync(TH_SYNC_SELECT, 0, line->value % 2)
                           : none;
    case OP_ONCE:
        return part == 0   ? th_builder_ask_sync(TH_SYNC_ONCE_ENTER, once, 0)
               : part == 1 ? th_builder_ask_store(cell, TH_U64, line->value)
               : part == 2 ? th_builder_ask_sync(TH_SYNC_ONCE_LEAVE, once, 0)
                           : none;
    case OP_WAIT:
        return part == 0   ? th_builder_ask_sync(TH_SYNC_MUTEX_LOCK, program->mutexes[0], 0)
               : part == 1 ? th_builder_ask_sync(TH_SYNC_COND_WAIT, program->cond, 0)
               : part == 2 ? th_builder_ask_sync(TH_SYNC_MUTEX_UNLOCK, program->mutexes[0], 0)
                           : none;
    default: return none;
    }
}

static th_request single(th_generated *program, const th_generated_line *line) {
    const uint64_t cell = program->cells[line->object % TH_GENERATED_CELL_COUNT];
    const uint64_t channel = program->channels[line->object % 2];
    const uint64_t mutex = program->mutexes[line->object % 2];
    switch ((op)line->op) {
    case OP_LOAD: return th_builder_ask_load(cell, TH_U64);
    case OP_STORE: return th_builder_ask_store(cell, TH_U64, line->value);
    case OP_ATOMIC_LOAD:
        return (th_request){.op = TH_REQUEST_ATOMIC_LOAD, .type = TH_U64, .a = cell};
    case OP_ATOMIC_STORE:
        return (th_request){
            .op = TH_REQUEST_ATOMIC_STORE, .type = TH_U64, .a = cell, .b.w[0] = line->value};
    case OP_ADD: return th_builder_ask_rmw(cell, TH_U64, TH_RMW_ADD, 1);
    case OP_CAS: return th_builder_ask_cas(cell, TH_U64, line->value, line->value + UINT64_C(1));
    case OP_LOCK: return th_builder_ask_sync(TH_SYNC_MUTEX_LOCK, mutex, 0);
    case OP_UNLOCK: return th_builder_ask_sync(TH_SYNC_MUTEX_UNLOCK, mutex, 0);
    case OP_SEND: return th_builder_ask_sync(TH_SYNC_CHAN_SEND, channel, line->value);
    case OP_RECV: return th_builder_ask_sync(TH_SYNC_CHAN_RECV, channel, 0);
    case OP_CLOSE: return th_builder_ask_sync(TH_SYNC_CHAN_CLOSE, channel, 0);
    case OP_WG_ADD: return th_builder_ask_sync(TH_SYNC_WG_ADD, program->waitgroup, 1);
    case OP_WG_DONE: return th_builder_ask_sync(TH_SYNC_WG_DONE, program->waitgroup, 0);
    case OP_WG_WAIT: return th_builder_ask_sync(TH_SYNC_WG_WAIT, program->waitgroup, 0);
    case OP_SIGNAL: return th_builder_ask_sync(TH_SYNC_COND_SIGNAL, program->cond, 0);
    case OP_FATAL: return th_builder_ask_fatal(&program->builder, line->value % 2 ? "one" : "two");
    case OP_FREE: return th_builder_ask_free(program->block);
    case OP_TOUCH: return th_builder_ask_load(program->block, TH_U64);
    case OP_MAP_SET: return ask_map(program, TH_REQUEST_MAP_SET, line->value);
    case OP_MAP_GET: return ask_map(program, TH_REQUEST_MAP_GET, line->value);
    case OP_AWAIT:
        return (th_request){
            .op = TH_REQUEST_AWAIT, .type = TH_U64, .a = cell, .b.w[0] = line->value % 2};
    case OP_GOSCHED: return (th_request){.op = TH_REQUEST_GOSCHED};
    case OP_GO: return th_builder_ask_go(program->body_count - 1 - line->object % 2);
    default: return th_builder_ask_return();
    }
}

// A result in a few values, so bodies fold.
static uint64_t digest(const th_result *result) {
    return result->panic ? 7 : (result->w[0] & 3) | (uint64_t)(result->ok != 0) << 2;
}

static th_request next_request(const void *argument, uint64_t locals[TH_BODY_LOCAL_COUNT],
                               const th_result *result) {
    const th_generated_body *body = argument;
    th_generated *program = (th_generated *)(uintptr_t)body->program;
    if (result != NULL) {
        if (result->panic) {
            locals[LINE] = PANICKED;
            locals[PART] = result->w[0];
            locals[LAST] = result->w[1];
            return (th_request){.op = TH_REQUEST_PANICKED, .b = {{result->w[0], result->w[1]}}};
        }
        locals[LAST] = digest(result);
        const th_generated_line *line = &body->lines[locals[LINE]];
        const bool is_second = line->op == OP_ONCE && locals[PART] == 0 && !result->ok;
        const th_request part = part_of(program, line, ++locals[PART], locals[LAST]);
        if (part.op != TH_REQUEST_RETURN && !is_second) return part;
        locals[LINE]++;
        locals[PART] = 0;
    }
    for (; locals[LINE] < body->line_count; locals[LINE]++) {
        const th_generated_line *line = &body->lines[locals[LINE]];
        if (line->op == OP_IF) {
            locals[LINE] += (locals[LAST] & 3) != line->value % 4;
            continue;
        }
        const th_request part = part_of(program, line, 0, locals[LAST]);
        return part.op != TH_REQUEST_RETURN ? part : single(program, line);
    }
    locals[LAST] = 0;
    return th_builder_ask_return();
}

static uint8_t random_op(th_rng *rng) {
    uint32_t sum = 0;
    for (int i = 0; i < OP_COUNT; i++) sum += WEIGHTS[i];
    uint64_t at = th_rng_below(rng, sum);
    uint8_t found = 0;
    while (at >= WEIGHTS[found]) at -= WEIGHTS[found++];
    return found;
}

// Bodies that run from the beginning start either of the last two, the last but one starts the
// last.
static th_generated_line random_line(th_rng *rng, uint32_t bodies_behind) {
    th_generated_line line = {random_op(rng), (uint8_t)th_rng_below(rng, 6),
                              (uint8_t)th_rng_below(rng, 4)};
    if (line.op != OP_GO) return line;
    if (bodies_behind == 0) line.op = OP_LOAD;
    if (bodies_behind == 1) line.object = 0;
    return line;
}

static void make_objects(th_generated *program) {
    th_builder *builder = &program->builder;
    for (int i = 0; i < TH_GENERATED_CELL_COUNT; i++) {
        program->cells[i] = th_builder_cell(builder, TH_U64);
    }
    for (int i = 0; i < 2; i++) {
        program->mutexes[i] = th_builder_sync(builder, TH_SYNC_KIND_MUTEX);
        program->channels[i] = th_builder_channel(builder, (uint64_t)i);
    }
    program->rwmutex = th_builder_sync(builder, TH_SYNC_KIND_RWMUTEX);
    program->waitgroup = th_builder_sync(builder, TH_SYNC_KIND_WAITGROUP);
    program->once = th_builder_sync(builder, TH_SYNC_KIND_ONCE);
    program->cond = th_builder_cond(builder, program->mutexes[0]);
    program->map = th_builder_map(builder, TH_I64, TH_I64, 0);
    program->block = th_builder_block(builder, 16);
}

void th_generated_make(th_generated *program, uint64_t seed, th_env settings) {
    static const char *const NAMES[] = {"a", "b", "c", "d"};
    static const char *const STARTED[] = {"starter", "started"};
    *program = (th_generated){0};
    th_rng rng = {seed * UINT64_C(77)};
    settings.seed = seed;
    th_builder_init(&program->builder, settings);
    make_objects(program);
    const uint32_t goroutines = 2 + (uint32_t)th_rng_below(&rng, 3);
    const uint32_t line_max = goroutines == 2 ? 6 : goroutines == 3 ? 4 : 3;
    program->body_count = goroutines + 2;  // the last two are for go statements
    for (uint32_t i = 0; i < program->body_count; i++) {
        th_generated_body *body = &program->bodies[i];
        body->program = program;
        body->line_count = 1 + (uint32_t)th_rng_below(&rng, i < goroutines ? line_max : 2);
        for (uint32_t line = 0; line < body->line_count; line++) {
            body->lines[line] = random_line(&rng, program->body_count - 1 - i);
        }
        TH_ASSERT(goroutines >= 2 && goroutines <= 4);
        const char *name = i < goroutines ? NAMES[i] : STARTED[i - goroutines];
        th_builder_function(&program->builder, name, next_request, body);
    }
    for (uint32_t i = 0; i < goroutines; i++) th_builder_start(&program->builder, i);
}

void th_generated_free(th_generated *program) { th_builder_free(&program->builder); }

static bool keep_label(th_generated *program, const char **label) {
    th_strings *strings = program->builder.env.gomap.strings;
    const th_value kept = th_strings_intern(strings, program->label, strlen(program->label));
    *label = th_strings_text(strings, kept.w[0]);
    return true;
}

bool th_generated_held(void *context, const th_world *world, const char **label) {
    th_generated *program = context;
    unsigned long long held[TH_GENERATED_CELL_COUNT];
    for (int i = 0; i < TH_GENERATED_CELL_COUNT; i++) {
        held[i] = th_memory_peek(&world->memory, program->cells[i], 8);
    }
    snprintf(program->label, sizeof program->label, "%llu %llu %llu", held[0], held[1], held[2]);
    return keep_label(program, label);
}

bool th_generated_said(void *context, const th_world *world, const char **label) {
    th_generated *program = context;
    uint32_t length = 0;
    for (uint32_t g = 1; g < world->goroutine_count && length + 2 < sizeof program->label; g++) {
        if (world->goroutines[g].label == 0) continue;  // one that is not there said nothing either
        program->label[length++] = (char)('a' + g);
        program->label[length++] = (char)('0' + world->goroutines[g].label - 1);
    }
    program->label[length] = '\0';
    return keep_label(program, label);
}

#include "tests/bench/protocol.h"

enum { WRITING = 4, STEP_COUNT = 8 };

// A body's locals.
enum { STEP, WRITTEN, SEEN };
enum { FAILED = 100 };  // added to STEP

static th_request ask_flags(const th_protocol *protocol) {
    return th_builder_ask_load(protocol->flags, TH_U8);
}

static th_request fail(th_protocol *protocol, uint64_t locals[TH_BODY_LOCAL_COUNT],
                       const char *message) {
    locals[STEP] += FAILED;
    return th_builder_ask_fatal(&protocol->builder, message);
}

// The step after the one whose result was `seen`; STEP says which comes. SEEN keeps what a store
// that is asked for depends on.
static th_request next_step(th_protocol *protocol, uint64_t locals[TH_BODY_LOCAL_COUNT]) {
    const uint64_t seen = locals[SEEN];
    const bool stores = locals[STEP] == 2 || locals[STEP] == 4 || locals[STEP] == 7;
    if (!stores) locals[SEEN] = 0;
    switch (locals[STEP]++) {
    case 0: return ask_flags(protocol);
    case 1:
        if ((seen & WRITING) != 0) return fail(protocol, locals, "at entry");
        return ask_flags(protocol);
    case 2: return th_builder_ask_store(protocol->flags, TH_U8, seen ^ WRITING);
    case 3: return th_builder_ask_load(protocol->count, TH_U8);
    case 4: return th_builder_ask_store(protocol->count, TH_U8, seen + 1);
    case 5: return ask_flags(protocol);
    case 6:
        if ((seen & WRITING) == 0) return fail(protocol, locals, "at exit");
        return ask_flags(protocol);
    default: return th_builder_ask_store(protocol->flags, TH_U8, seen & ~(uint64_t)WRITING);
    }
}

static th_request writer(const void *argument, uint64_t locals[TH_BODY_LOCAL_COUNT],
                         const th_result *result) {
    th_protocol *protocol = (th_protocol *)(uintptr_t)argument;
    if (result != NULL) locals[SEEN] = result->w[0];
    if (locals[STEP] == STEP_COUNT) {
        locals[STEP] = 0;
        locals[WRITTEN]++;
    }
    if (locals[STEP] > 0 || locals[WRITTEN] < protocol->writes) return next_step(protocol, locals);
    locals[SEEN] = 0;
    return th_builder_ask_return();
}

void th_protocol_make(th_protocol *protocol, uint32_t writers, uint32_t writes) {
    static const char *const NAMES[] = {"a", "b", "c", "d"};
    TH_ASSERT(writers <= sizeof NAMES / sizeof *NAMES);
    *protocol = (th_protocol){.writes = writes};
    th_builder_init(&protocol->builder, (th_env){0});
    protocol->flags = th_builder_cell(&protocol->builder, TH_U8);
    protocol->count = th_builder_cell(&protocol->builder, TH_U8);
    for (uint32_t i = 0; i < writers; i++) {
        const uint32_t body = th_builder_function(&protocol->builder, NAMES[i], writer, protocol);
        th_builder_start(&protocol->builder, body);
    }
}

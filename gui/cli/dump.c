// What Go prints when a program dies: the message, then goroutines. Shapes observed with Go 1.19: a
// fatal error tells of all user goroutines, the one that found it first, and hides the runtime's
// own frames unless it is a throw; an unrecovered panic tells of the one that panicked.
#include "gui/cli/functions.h"
#include "gui/cli/outcome.h"
#include "sim/world/stack.h"

#include <string.h>

typedef struct dump {
    const th_session *session;
    const th_world *world;
    FILE *stream;
} dump;

// A function, and where it stands.
static void print_frame(const dump *out, const char *before, th_node_id node) {
    char function[TH_FUNCTION_BYTES];
    th_function_name(out->world, node, function, sizeof function);
    // `created by` names the function without its brackets.
    const int length = (int)strcspn(function, *before != '\0' ? "(" : "");
    fprintf(out->stream, "%s%.*s\n\t%s:%u\n", before, length, function, out->session->path,
            th_programs_request(out->world->env->programs, node)->line);
}

// What Go's functions were called with is not simulated: three dots, as Go has it where it does not
// know either.
static void print_calls(const dump *out, uint16_t g) {
    th_calls calls;
    th_stack_calls(out->world, g, &calls);
    for (uint32_t i = 0; i < calls.count; i++) {
        const th_call *call = &calls.items[i];
        fprintf(out->stream, "%s(...)\n\t%s", call->name, call->file);
        if (call->line != 0) fprintf(out->stream, ":%u", call->line);
        fputc('\n', out->stream);
    }
}

static const char *state_of(const dump *out, uint16_t g) {
    const th_outcome outcome = out->world->outcome;
    if (g == outcome.g && outcome.end != TH_END_DEADLOCK) return "running";
    const char *waits = th_world_waits(out->world, g);
    return waits != NULL ? waits : "runnable";
}

static void print_goroutine(const dump *out, uint16_t g) {
    const th_node_id node = out->world->goroutines[g].node;
    fprintf(out->stream, "\ngoroutine %u [%s]:\n", g, state_of(out, g));
    print_calls(out, g);
    print_frame(out, "", node);
    const th_node_id starter = th_function_starter(out->world, g);
    if (starter != 0) print_frame(out, "created by ", starter);
}

static void print_others(const dump *out, uint16_t but) {
    for (uint32_t g = 1; g < out->world->goroutine_count; g++) {
        const bool over = out->world->goroutines[g].status == TH_STATUS_DEAD;
        if (g != but && !over) print_goroutine(out, (uint16_t)g);
    }
}

// Without Go's pc=: instructions have no addresses here.
static void print_signal(const dump *out) {
    uint64_t address;
    if (!th_stack_segfaults(out->world, &address)) return;
    fputs("[signal SIGSEGV: segmentation violation code=0x1", out->stream);
    if (address != UINT64_MAX) fprintf(out->stream, " addr=0x%llx", (unsigned long long)address);
    fputs("]\n", out->stream);
}

// Panics that led to the last one: Go lists them in front of it.
static const char *panics_before(const dump *out) {
    const th_node_id end = out->world->goroutines[out->world->outcome.g].node;
    const th_request *request = th_programs_request(out->world->env->programs, end);
    const char *text = th_strings_text(out->world->env->gomap.strings, request->c.w[0]);
    return text != NULL ? text : "";
}

void th_outcome_dump(const th_session *session, FILE *stream) {
    const th_world *world = th_timeline_end(session->timeline, 0);
    const th_outcome outcome = world->outcome;
    const dump out = {.session = session, .world = world, .stream = stream};
    switch ((th_end)outcome.end) {
    case TH_END_FATAL:
        fprintf(stream, "fatal error: %s\n", outcome.message);
        print_goroutine(&out, outcome.g);
        print_others(&out, outcome.g);
        break;
    case TH_END_PANIC:
        fprintf(stream, "panic: %s%s\n", panics_before(&out), outcome.message);
        print_signal(&out);
        print_goroutine(&out, outcome.g);
        break;
    case TH_END_DEADLOCK:
        fputs("fatal error: all goroutines are asleep - deadlock!\n", stream);
        print_others(&out, 0);
        break;
    case TH_END_RUNNING:
    case TH_END_DONE:
    case TH_END_FAULT:
    case TH_END_LIMIT: break;
    }
}

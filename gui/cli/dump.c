// What Go prints when a program dies: the message, then goroutines. Shapes observed with Go 1.19: a
// fatal error tells of all user goroutines, the one that found it first, and hides the runtime's
// own frames; an unrecovered panic tells of the one that panicked.
#include "gui/cli/outcome.h"

typedef struct dump {
    const th_session *session;
    const th_world *world;
    FILE *stream;
} dump;

// A goroutine's function: main.main, main.writer.
static void print_function(const dump *out, th_node_id node) {
    fprintf(out->stream, "main.%s", th_programs_name(out->world->env->programs, node));
}

static void print_place(const dump *out, uint32_t line) {
    fprintf(out->stream, "\t%s:%u\n", out->session->path, line);
}

// `created by` and where: the go statement, unless the scenario declares the goroutine.
static void print_starter(const dump *out, th_node_id node) {
    const th_programs *programs = out->world->env->programs;
    const th_node_id starter = th_programs_starter(programs, th_programs_root_of(programs, node));
    if (starter == 0) return;
    fputs("created by ", out->stream);
    print_function(out, starter);
    fputc('\n', out->stream);
    print_place(out, th_programs_request(programs, starter)->line);
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
    print_function(out, node);
    fputs("()\n", out->stream);
    print_place(out, th_programs_request(out->world->env->programs, node)->line);
    print_starter(out, node);
}

static void print_others(const dump *out, uint16_t but) {
    for (uint32_t g = 1; g < out->world->goroutine_count; g++) {
        const bool over = out->world->goroutines[g].status == TH_STATUS_DEAD;
        if (g != but && !over) print_goroutine(out, (uint16_t)g);
    }
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
        fprintf(stream, "panic: %s\n", outcome.message);
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

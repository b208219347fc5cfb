// `tophash conform`: is the simulated map the real one, byte for byte?
#include "gui/cli/cli.h"
#include "gui/cli/conform_replay.h"
#include "gui/cli/conform_text.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

static const char *op_text(th_map_op op) {
    switch (op) {
    case TH_MAP_SET: return "set";
    case TH_MAP_GET: return "get";
    case TH_MAP_DELETE: return "del";
    case TH_MAP_CLEAR: return "clear";
    case TH_MAP_RANGE: return "iter";
    default: return "next";
    }
}

static void print_op(const th_replay *replay) {
    const th_conform_op *op = &replay->decoded.op;
    fputs(op_text(op->op), stdout);
    if (op->op == TH_MAP_SET || op->op == TH_MAP_GET || op->op == TH_MAP_DELETE) {
        char key[TH_CONFORM_TEXT_MAX];
        th_conform_key_print(replay->conform, op->key, key, sizeof key);
        printf(" k=%s h=%016llx", key, (unsigned long long)op->hash);
    }
    if (op->op == TH_MAP_SET) printf(" v=%llu", (unsigned long long)op->value);
    if (op->loop > 0) printf(" it=%u", op->loop);
}

static void print_differences(const char *path, const th_replay *replay) {
    const th_conform_report *report = &replay->report;
    printf("FAIL %s:%llu  operation %llu differs: ", path, (unsigned long long)replay->line,
           (unsigned long long)replay->decoded.index);
    print_op(replay);
    printf("\n    %-14s  %-32s  %s\n", "field", "expected", "actual");
    for (uint32_t i = 0; i < report->difference_count; i++) {
        const th_conform_difference *difference = &report->differences[i];
        printf("    %-14s  %-32s  %s\n", difference->field, difference->expected,
               difference->actual);
    }
    if (report->buckets != NULL) {
        th_conform_text_print(stdout, th_conform_type(replay->conform),
                              replay->decoded.op.state.buckets, report->buckets);
    }
}

// Whether all is as the trace says.
static bool conform(const char *path) {
    FILE *stream = fopen(path, "r");
    if (stream == NULL) {
        th_cli_error("%s: %s", path, strerror(errno));
        return false;
    }
    th_replay replay;
    const th_replay_end end = th_replay_stream(&replay, stream);
    fclose(stream);
    switch (end) {
    case TH_REPLAY_SAME:
        printf("ok   %s  %llu operations, %llu states compared\n", path,
               (unsigned long long)replay.op_count, (unsigned long long)replay.state_count);
        break;
    case TH_REPLAY_DIFFERENT: print_differences(path, &replay); break;
    case TH_REPLAY_DAMAGED:
        th_cli_error("%s:%llu: %s", path, (unsigned long long)replay.line, replay.error);
        break;
    }
    th_replay_free(&replay);
    return end == TH_REPLAY_SAME;
}

static int run(const th_args *args) {
    bool same = true;
    for (int i = 0; i < args->operand_count; i++) {
        if (!conform(args->operands[i])) same = false;
    }
    return same ? TH_EXIT_OK : TH_EXIT_BAD;
}

const th_command th_command_conform = {
    .name = "conform",
    .operands = "FILE...",
    .operand_min = 1,
    .operand_max = INT_MAX,
    .summary = "compares the simulated map with traces of real ones",
    .details = "A trace tells what a map of a real Go program held while the program used it: see\n"
               "docs/conform-format.md; tests/oracle takes them. One line for each file, and the\n"
               "first difference field by field. Exit status 1 when there is one.",
    .run = run,
};

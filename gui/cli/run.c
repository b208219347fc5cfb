#include "gui/cli/cache_lines.h"
#include "gui/cli/outcome.h"
#include "gui/cli/races.h"
#include "gui/cli/runtime_check.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCHEDULE_SHOWN_MAX = 2000 };  // characters

static int print_json(const th_session *session) {
    char *text = th_outcome_json(session);
    if (text == NULL) return th_cli_error("out of memory");
    puts(text);
    cJSON_free(text);
    return th_outcome_status(session);
}

// A schedule that no one reads is cut: --json has it all.
static void print_schedule(const char *text) {
    const size_t length = strlen(text);
    if (length <= SCHEDULE_SHOWN_MAX) {
        printf("schedule  %s\n", text);
        return;
    }
    size_t shown = SCHEDULE_SHOWN_MAX;
    while (shown > 0 && text[shown] != ' ') shown--;
    printf("schedule  %.*s ... (%zu characters, see --json)\n", (int)shown, text, length);
}

static int print_text(const th_session *session) {
    char outcome[384];
    th_outcome_text(session, outcome, sizeof outcome);
    char *schedule = th_session_schedule_text(session);
    if (schedule == NULL) return th_cli_error("out of memory");
    th_outcome_dump(session, stderr);  // what Go would print comes first
    printf("outcome   %s\n", outcome);
    if (session->label != NULL) printf("label     %s\n", session->label);
    printf("steps     %llu\n", (unsigned long long)th_timeline_length(session->timeline, 0));
    print_schedule(schedule);
    free(schedule);
    th_runtime_check_print(session, stdout);
    th_cache_lines_print(session, stdout);
    th_races_print(session, stdout);
    if (!th_cli_flush()) return TH_EXIT_BAD;
    return th_outcome_status(session);
}

static int run(const th_args *args) {
    th_run_options options;
    if (!th_run_options_read(args, &options)) return TH_EXIT_USAGE;
    th_session session;
    int status;
    if (!th_session_load(&session, args->operands[0], &options) || !th_session_play(&session)) {
        status = th_cli_error("%s", session.error);
    } else if (th_args_has(args, TH_OPTION_JSON)) {
        status = print_json(&session);
    } else {
        status = print_text(&session);
    }
    th_session_close(&session);
    return status;
}

static const th_option OPTIONS[] = {TH_OPTION_SCHEDULE, TH_OPTION_SEED, TH_OPTION_FIX,
                                    TH_OPTION_JSON};

const th_command th_command_run = {
    .name = "run",
    .operands = "FILE",
    .operand_min = 1,
    .operand_max = 1,
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof *OPTIONS,
    .summary = "runs a scenario once and tells how it ended",
    .details = "What Go would print when the program dies goes to standard error, and the exit\n"
               "status is then 2. The schedule that is printed replays the run.",
    .run = run,
};

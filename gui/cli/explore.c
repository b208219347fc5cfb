#include "gui/cli/cli.h"
#include "gui/cli/file.h"
#include "gui/cli/session.h"
#include "gui/explore/hunt.h"
#include "sim/base/print.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COUNT_TEXT_MAX = 48, SCHEDULE_SHOWN_MAX = 300 };

static const char *const MODES[] = {
    "auto",
#define X(name, text) text,
    TH_EXPLORE_MODES(X)
#undef X
        NULL,
};

static void count_text(th_count count, char *text, size_t size) {
    th_print out = th_print_to(text, size);
    th_count_print(&out, count);
}

static char *schedule_text(const th_session *session, const th_finding *finding) {
    // Names are those of the world at the schedule's end, when every goroutine has begun.
    th_world end = {0};
    const th_explore_desc desc = {.start = th_scenario_start(session->scenario),
                                  .resolver = th_scenario_resolver(session->scenario)};
    char *text = NULL;
    if (th_explore_replay(&desc, finding->choices, finding->choice_count, &end)) {
        const size_t needed =
            th_schedule_format(&end, finding->choices, finding->choice_count, NULL, 0);
        text = malloc(needed + 1);
        if (text != NULL) {
            th_schedule_format(&end, finding->choices, finding->choice_count, text, needed + 1);
        }
    }
    th_world_free(&end);
    return text;
}

static atomic_bool interrupted;

static void on_interrupt(int signal) {
    (void)signal;
    atomic_store(&interrupted, true);
}

static bool samples(const th_findings *findings) {
    return findings->mode == TH_EXPLORE_RANDOM || findings->mode == TH_EXPLORE_PCT;
}

static double number_of(th_count count) {
    return 18446744073709551616.0 * (double)count.high + (double)count.low;
}

static void interval_of(const th_finding *finding, const th_findings *findings, double *low,
                        double *high) {
    th_hunt_interval(number_of(finding->count), number_of(findings->executions), low, high);
}

// --- as JSON ---

static void add_count(cJSON *object, const char *name, th_count count) {
    char text[COUNT_TEXT_MAX];
    count_text(count, text, sizeof(text));
    cJSON_AddRawToObject(object, name, text);  // exact, however large
}

static void add_text(cJSON *object, const char *name, const char *text) {
    if (text == NULL)
        cJSON_AddNullToObject(object, name);
    else
        cJSON_AddStringToObject(object, name, text);
}

static cJSON *outcome_json(const th_session *session, const th_hunt_result *search,
                           const th_finding *finding) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "outcome", th_end_string((th_end)finding->end));
    add_text(object, "message", finding->message);
    add_text(object, "label", finding->label);
    cJSON_AddBoolToObject(object, "race", finding->raced);
    add_count(object, "count", finding->count);
    if (samples(search->findings)) {
        double low, high;
        interval_of(finding, search->findings, &low, &high);
        cJSON *interval = cJSON_AddArrayToObject(object, "interval");
        cJSON_AddItemToArray(interval, cJSON_CreateNumber(low));
        cJSON_AddItemToArray(interval, cJSON_CreateNumber(high));
    }
    char *schedule = schedule_text(session, finding);
    add_text(object, "schedule", schedule);
    free(schedule);
    cJSON_AddNumberToObject(object, "steps", finding->choice_count);
    cJSON_AddNumberToObject(object, "preemptions", finding->preemption_count);
    cJSON_AddStringToObject(object, "proof", th_proof_string((th_proof)finding->proof));
    return object;
}

static int print_json(const th_session *session, const th_hunt_result *search) {
    const th_findings *findings = search->findings;
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "mode", th_explore_mode_string((th_explore_mode)findings->mode));
    cJSON_AddBoolToObject(root, "complete", findings->complete);
    if (findings->bound >= 0)
        cJSON_AddNumberToObject(root, "bound", (double)findings->bound);
    else
        cJSON_AddNullToObject(root, "bound");
    add_count(root, "executions", findings->executions);
    cJSON_AddNumberToObject(root, "steps", (double)findings->steps);
    cJSON_AddNumberToObject(root, "seconds", search->seconds);
    if (!samples(findings)) cJSON_AddNumberToObject(root, "states", (double)findings->states);
    if (findings->endless) cJSON_AddTrueToObject(root, "endless");
    cJSON *outcomes = cJSON_AddArrayToObject(root, "outcomes");
    for (uint32_t i = 0; i < findings->count; i++) {
        cJSON_AddItemToArray(outcomes, outcome_json(session, search, &findings->items[i]));
    }
    char *text = cJSON_Print(root);
    cJSON_Delete(root);
    if (text == NULL) return th_cli_error("out of memory");
    puts(text);
    cJSON_free(text);
    return TH_EXIT_OK;
}

// --- as text ---

static const char *plural(bool is_one) { return is_one ? "" : "s"; }

static void print_cover(const th_hunt_result *search) {
    const th_findings *findings = search->findings;
    char executions[COUNT_TEXT_MAX];
    count_text(findings->executions, executions, sizeof(executions));
    const char *s = plural(strcmp(executions, "1") == 0);
    if (samples(findings)) {
        printf("%s of the interleavings looked at, by chance (%s); others may end otherwise\n",
               executions, th_explore_mode_string((th_explore_mode)findings->mode));
    } else if (findings->mode == TH_EXPLORE_DPOR) {
        printf("%s: %s execution%s stand%s for the others, %" PRIu64 " states\n",
               findings->complete ? "complete, no outcome is left out" : "not complete", executions,
               s, *s == '\0' ? "s" : "", findings->states);
    } else if (findings->mode == TH_EXPLORE_BOUNDED && !findings->complete) {
        printf("complete up to %lld preemption%s: %s execution%s, %" PRIu64 " states\n",
               (long long)findings->bound, plural(findings->bound == 1), executions, s,
               findings->states);
    } else {
        printf("%s: %s execution%s, %" PRIu64 " states\n",
               findings->complete ? "complete" : "not complete", executions, s, findings->states);
    }
    if (findings->endless) puts("some executions never end; they are not counted");
    if (atomic_load(&interrupted)) puts("stopped: this is what was known by then");
}

static void print_outcome(const th_session *session, const th_hunt_result *search, uint32_t index) {
    const th_finding *finding = &search->findings->items[index];
    char count[COUNT_TEXT_MAX];
    count_text(finding->count, count, sizeof(count));
    printf("\n%u. %s", index + 1, th_end_string((th_end)finding->end));
    if (finding->message != NULL) printf(": %s", finding->message);
    if (finding->label != NULL) printf(" [%s]", finding->label);
    printf("%s\n", finding->raced ? "  (data race)" : "");
    if (samples(search->findings)) {
        double low, high;
        interval_of(finding, search->findings, &low, &high);
        printf("   %s runs, %.2f %% to %.2f %% (95 %%)\n", count, low * 100, high * 100);
    } else if (!th_count_is_zero(finding->count)) {
        const uint32_t part = th_count_millionths(finding->count, search->findings->executions);
        printf("   %s execution%s, %u.%02u %%\n", count, plural(strcmp(count, "1") == 0),
               part / 10000, part / 100 % 100);
    }
    printf("   simplest (%s): %u preemption%s, %u step%s\n",
           th_proof_string((th_proof)finding->proof), finding->preemption_count,
           plural(finding->preemption_count == 1), finding->choice_count,
           plural(finding->choice_count == 1));
    char *schedule = schedule_text(session, finding);
    if (schedule != NULL && strlen(schedule) <= SCHEDULE_SHOWN_MAX) {
        printf("   --schedule \"%s\"\n", schedule);
    } else if (schedule != NULL) {
        printf("   its schedule is long: see --json or --save FILE --outcome %u\n", index + 1);
    }
    free(schedule);
}

static int print_text(const th_session *session, const th_hunt_result *search) {
    print_cover(search);
    for (uint32_t i = 0; i < search->findings->count; i++) print_outcome(session, search, i);
    return TH_EXIT_OK;
}

// --- saving ---

// The outcome that a person wants to see first: what crashes most plainly, else what raced.
static uint32_t worst(const th_findings *findings) {
    static const uint8_t RANK[] = {[TH_END_FATAL] = 6,
                                   [TH_END_FAULT] = 5,
                                   [TH_END_PANIC] = 4,
                                   [TH_END_DEADLOCK] = 3,
                                   [TH_END_LIMIT] = 1};
    uint32_t best = 0;
    for (uint32_t i = 1; i < findings->count; i++) {
        const th_finding *one = &findings->items[i], *other = &findings->items[best];
        const int rank = one->end < sizeof(RANK) ? RANK[one->end] : 0;
        const int best_rank = other->end < sizeof(RANK) ? RANK[other->end] : 0;
        const bool simpler = one->preemption_count < other->preemption_count ||
                             (one->preemption_count == other->preemption_count &&
                              one->choice_count < other->choice_count);
        if (rank > best_rank || (rank == best_rank && simpler)) best = i;
    }
    return best;
}

static bool absolute(const char *path, char *out, size_t size) {
    char *real = realpath(path, NULL);
    const bool found = real != NULL;
    snprintf(out, size, "%s", found ? real : path);
    free(real);
    return found;
}

static int save(const th_args *args, const th_session *session, const th_hunt_result *search) {
    const th_findings *findings = search->findings;
    int chosen = 0;
    if (!th_args_int(args, TH_OPTION_OUTCOME, 1, (int)findings->count, &chosen))
        return TH_EXIT_USAGE;
    if (findings->count == 0) return th_cli_error("nothing was found to save");
    const th_finding *finding =
        &findings->items[chosen > 0 ? (uint32_t)chosen - 1 : worst(findings)];
    char *schedule = schedule_text(session, finding);
    if (schedule == NULL) return th_cli_error("out of memory");
    th_saved saved = {.fix = session->options.fix,
                      .schedule = schedule,
                      .seed = th_scenario_env(session->scenario)->seed,
                      .has_seed = true};
    absolute(session->path, saved.scenario, sizeof(saved.scenario));
    char remark[256];
    snprintf(remark, sizeof(remark), "%s%s%s", th_end_string((th_end)finding->end),
             finding->message != NULL ? ": " : "",
             finding->message != NULL ? finding->message : "");
    th_output output = {0};
    int status = TH_EXIT_BAD;
    if (th_output_open(&output, args->value[TH_OPTION_SAVE])) {
        th_saved_print(output.stream, remark, &saved);
        if (th_output_commit(&output)) status = TH_EXIT_OK;
    }
    free(schedule);
    return status;
}

// --- the command ---

// "1000": executions; "30s": seconds.
static bool read_limit(const th_args *args, th_hunt_desc *desc) {
    const char *text = args->value[TH_OPTION_LIMIT];
    if (text == NULL) return true;
    char *end;
    errno = 0;
    const double number = strtod(text, &end);
    const bool seconds = strcmp(end, "s") == 0;
    if (errno != 0 || end == text || (*end != '\0' && !seconds) || !(number > 0) || number > 1e15) {
        th_cli_usage("explore", "--limit takes a number of executions, or seconds such as 30s");
        return false;
    }
    if (seconds)
        desc->seconds = number;
    else
        desc->execution_limit = (uint64_t)number;
    return true;
}

// What is saved is known by its name, wherever a scenario may be given.
static bool read_save(const th_args *args) {
    const char *path = args->value[TH_OPTION_SAVE];
    if (path == NULL || th_saved_is(path)) return true;
    th_cli_usage("explore", "--save %s: the name ends in .schedule", path);
    return false;
}

enum { AUTO_SECONDS = 60, SAMPLES_DEFAULT = 100000 };

static bool read_desc(const th_args *args, th_hunt_desc *desc) {
    int mode = 0, bound = 0;
    if (!th_args_word(args, TH_OPTION_MODE, MODES, &mode) ||
        !th_args_int(args, TH_OPTION_JOBS, 1, TH_HUNT_JOB_MAX, &desc->jobs) ||
        !th_args_int(args, TH_OPTION_BOUND, 0, 1000, &bound) || !read_limit(args, desc)) {
        return false;
    }
    desc->automatic = mode == 0;
    desc->mode = mode == 0 ? TH_EXPLORE_DPOR : (th_explore_mode)(mode - 1);
    desc->bound = (uint32_t)bound;
    desc->has_bound = th_args_has(args, TH_OPTION_BOUND);
    if (desc->automatic && desc->seconds <= 0) desc->seconds = AUTO_SECONDS;
    const bool random =
        !desc->automatic && (desc->mode == TH_EXPLORE_RANDOM || desc->mode == TH_EXPLORE_PCT);
    if (random && desc->execution_limit == 0 && desc->seconds <= 0) {
        desc->execution_limit = SAMPLES_DEFAULT;
    }
    return true;
}

static void watch(void *context, const th_explore_progress *sum, double seconds) {
    (void)context;
    fprintf(stderr,
            "\r\033[K%.0f s: %" PRIu64 " states, %" PRIu64 " runs, %" PRIu64
            " steps, %u outcomes%s",
            seconds, sum->states, sum->executions, sum->steps, sum->finding_count,
            sum->simplifying ? ", looking for the simplest schedules" : "");
    fflush(stderr);
}

static int explore(const th_args *args, th_session *session, th_hunt_desc *desc) {
    desc->scenario = th_session_desc(session);
    desc->stop = &interrupted;
    const bool watched = isatty(STDERR_FILENO) != 0;
    if (watched) desc->watch = watch;
    const struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    th_hunt_result result = {0};
    const bool good = th_hunt_run(desc, &result, session->error, sizeof session->error);
    if (watched) fputs("\r\033[K", stderr);
    if (!good) return th_cli_error("%s", session->error);
    int status = th_args_has(args, TH_OPTION_JSON) ? print_json(session, &result)
                                                   : print_text(session, &result);
    if (status == TH_EXIT_OK && th_args_has(args, TH_OPTION_SAVE)) {
        status = save(args, session, &result);
    }
    th_hunt_free(&result);
    return status;
}

static int run(const th_args *args) {
    th_run_options options;
    th_hunt_desc desc = {0};
    if (!th_run_options_read(args, &options) || !read_desc(args, &desc) || !read_save(args)) {
        return TH_EXIT_USAGE;
    }
    th_session session;
    const int status = th_session_load(&session, args->operands[0], &options)
                           ? explore(args, &session, &desc)
                           : th_cli_error("%s", session.error);
    th_session_close(&session);
    return status;
}

static const th_option OPTIONS[] = {
    TH_OPTION_MODE, TH_OPTION_BOUND, TH_OPTION_LIMIT, TH_OPTION_SEED,    TH_OPTION_FIX,
    TH_OPTION_JOBS, TH_OPTION_JSON,  TH_OPTION_SAVE,  TH_OPTION_OUTCOME,
};

const th_command th_command_explore = {
    .name = "explore",
    .operands = "FILE",
    .operand_min = 1,
    .operand_max = 1,
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof *OPTIONS,
    .summary = "searches the interleavings: outcomes, and the simplest way to each",
    .details = "Modes: all counts every interleaving; dpor leaves out orders that make no\n"
               "difference; bounded takes those of few preemptions; random and pct sample.\n"
               "auto (the default) tries dpor, then bounded, then random.\n"
               "Ctrl-C stops the search and prints what is known.",
    .run = run,
};

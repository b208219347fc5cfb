#include "gui/cli/moments.h"
#include "gui/cli/outcome.h"
#include "gui/explore/verify.h"
#include "gui/files/lessons.h"
#include "gui/scene/index.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

typedef struct check_tally {
    int passed, failed;
} check_tally;

// Whether each question that the run asks has an answer among its options.
static bool check_questions(th_session *session, const th_scene_index *index) {
    th_scenario *scenario = session->scenario;
    const th_note *first = th_scenario_first_question(scenario);
    uint8_t option;
    uint64_t step;
    char *error = session->error;
    const size_t size = sizeof session->error;
    bool good = first == NULL || th_scenario_answer(scenario, first, session->timeline, 0, 0,
                                                    &option, &step, error, size);
    for (uint32_t i = 0; i < index->note_count && good; i++) {
        const th_note *note = th_scenario_note(scenario, index->notes[i].note);
        if (note->kind != TH_NOTE_ASK) continue;
        good = th_scenario_answer(scenario, note, session->timeline, 0, index->notes[i].step,
                                  &option, &step, error, size);
    }
    return good;
}

// Whether a file that replays what a person did leaves the run that its captions and questions are
// about.
static bool departs(const th_scenario *scenario) {
    return th_scenario_own_until(scenario) != UINT64_MAX;
}

// What the viewer is told and asked. Off the scenario's own run an answer may be none of the
// options.
static bool check_notes(th_session *session, th_moments *moments) {
    th_scene_index index = {.other_run = th_session_is_other_run(session)};
    th_scene_index_update(&index, session->scenario, session->timeline, 0);
    th_moments_take(moments, session->scenario, &index);
    const bool good = departs(session->scenario) || check_questions(session, &index);
    th_scene_index_free(&index);
    return good;
}

// Runs one scenario with one of its cures. False: session->error says why it is not as it should
// be.
static bool check(th_session *session, const char *path, const char *fix, th_moments *moments) {
    const th_run_options options = {.fix = fix};
    char *error = session->error;
    const size_t size = sizeof session->error;
    return th_session_load(session, path, &options) && th_session_play(session) &&
           th_scenario_audit(session->scenario, error, size) &&
           th_scenario_verify(session->scenario, th_timeline_end(session->timeline, 0), error,
                              size) &&
           check_notes(session, moments) && th_explore_verify(session->scenario, error, size);
}

static void print_passed(const char *path, const th_session *session) {
    char outcome[384];
    th_outcome_text(session, outcome, sizeof outcome);
    const uint64_t length = th_timeline_length(session->timeline, 0);
    printf("ok   %s  %s (%llu steps)\n", path, outcome, (unsigned long long)length);
}

static void print_failed(const char *path, const th_session *session, const char *fix) {
    // Most errors begin with the path already.
    const bool has_path = strncmp(session->error, path, strlen(path)) == 0;
    printf("FAIL %s%s%s", has_path ? "" : path, has_path ? "" : ": ", session->error);
    if (fix != NULL) printf(" (fix %s)", fix);
    printf("\n");
}

// With each further cure that it offers.
static bool check_cures(const char *path, const th_session *first, th_moments *moments) {
    const char *fix;
    bool good = true;
    for (uint32_t i = 1; good && (fix = th_scenario_fix(first->scenario, i)) != NULL; i++) {
        th_session cured = {0};
        good = check(&cured, path, fix, moments);
        if (!good) print_failed(path, &cured, fix);
        th_session_close(&cured);
    }
    return good;
}

// A caption that no run shows is a mistake in its pattern, but in a file that departs from its run.
static bool check_moments(th_session *first, const char *path, const th_moments *moments) {
    if (departs(first->scenario)) return true;
    const th_moment *missing = th_moments_missing(moments);
    if (missing == NULL) return true;
    snprintf(first->error, sizeof first->error, "%s:%u: when(\"%s\"): this never happens", path,
             missing->line, missing->pattern);
    print_failed(path, first, NULL);
    return false;
}

static void check_path(const char *path, check_tally *tally) {
    if (th_saved_is(path)) {
        printf("FAIL %s: a saved run expects nothing: check its scenario\n", path);
        tally->failed++;
        return;
    }
    th_session first = {0};
    th_moments moments = {0};
    bool good = check(&first, path, NULL, &moments);
    if (!good) print_failed(path, &first, NULL);
    good = good && check_cures(path, &first, &moments) && check_moments(&first, path, &moments);
    if (good) print_passed(path, &first);
    th_moments_free(&moments);
    th_session_close(&first);
    *(good ? &tally->passed : &tally->failed) += 1;
}

static int run(const th_args *args) {
    th_paths paths = {0};
    char error[TH_SESSION_ERROR_MAX];
    for (int i = 0; i < args->operand_count; i++) {
        const int before = paths.count;
        char path[TH_PATH_MAX];
        if (!th_lesson_path(args->operands[i], path, sizeof path) ||
            !th_lessons_in(path, &paths, error, sizeof error)) {
            th_paths_free(&paths);
            return th_cli_error("%s", error);
        }
        if (paths.count == before) {
            th_paths_free(&paths);
            return th_cli_error("%s: no scenarios in this folder", path);
        }
    }
    check_tally tally = {0};
    for (int i = 0; i < paths.count; i++) check_path(paths.items[i], &tally);
    th_paths_free(&paths);
    printf("%d passed, %d failed\n", tally.passed, tally.failed);
    return tally.failed == 0 ? TH_EXIT_OK : TH_EXIT_BAD;
}

const th_command th_command_check = {
    .name = "check",
    .operands = "FILE|DIR...",
    .operand_min = 1,
    .operand_max = INT_MAX,
    .summary = "runs scenarios and verifies what they expect",
    .details = "Those that offer cures (fixes) are run with each of them. One line for each\n"
               "scenario, then \"N passed, N failed\". Exit status 1 when one failed.",
    .run = run,
};

#include "gui/cli/session.h"
#include "gui/files/lessons.h"

#include <stdio.h>

static const char *text_of(th_text text) {
    const char *english = text.in[TH_LANG_EN];
    if (english != NULL) return english;
    return text.in[TH_LANG_ZH] != NULL ? text.in[TH_LANG_ZH] : "";
}

static bool print_lesson(const char *path) {
    static const th_run_options NOTHING = {0};
    th_session session;
    const bool loaded = th_session_load(&session, path, &NOTHING);
    if (loaded) {
        const th_scenario *scenario = session.scenario;
        printf("%-28s %-4s %-5s  %s  (%s)\n", th_scenario_id(scenario),
               th_scenario_chapter(scenario),
               th_scenario_truth(scenario) == TH_TRUTH_REAL ? "real" : "model",
               text_of(th_scenario_title(scenario)), path);
    } else {
        th_cli_error("%s", session.error);
    }
    th_session_close(&session);
    return loaded;
}

static int run(const th_args *args) {
    char folder[TH_PATH_MAX];
    if (args->operand_count > 0) {
        snprintf(folder, sizeof folder, "%s", args->operands[0]);
    } else if (!th_lessons_folder(folder, sizeof folder)) {
        return th_cli_error("no folder of lessons found; TOPHASH_SCRIPTS may name one");
    }
    th_paths paths = {0};
    char error[TH_SESSION_ERROR_MAX];
    if (!th_lessons_in(folder, &paths, error, sizeof error)) return th_cli_error("%s", error);
    bool good = true;
    for (int i = 0; i < paths.count; i++) good = print_lesson(paths.items[i]) && good;
    th_paths_free(&paths);
    return good ? TH_EXIT_OK : TH_EXIT_BAD;
}

const th_command th_command_list = {
    .name = "list",
    .operands = "[DIR]",
    .operand_max = 1,
    .summary = "lists the lessons: name, chapter, real or model, title",
    .run = run,
};

#include "gui/cli/session.h"
#include "gui/files/lessons.h"

#include <cjson/cJSON.h>
#include <stdio.h>

static const char *text_of(th_text text) {
    const char *english = text.in[TH_LANG_EN];
    if (english != NULL) return english;
    return text.in[TH_LANG_ZH] != NULL ? text.in[TH_LANG_ZH] : "";
}

static const char *truth_of(const th_scenario *scenario) {
    return th_scenario_truth(scenario) == TH_TRUTH_REAL ? "real" : "model";
}

static void print_lesson(const th_session *session, const char *path) {
    const th_scenario *scenario = session->scenario;
    printf("%-28s %-4s %-5s  %s  (%s)\n", th_scenario_id(scenario), th_scenario_chapter(scenario),
           truth_of(scenario), text_of(th_scenario_title(scenario)), path);
}

static void add_string(cJSON *object, const char *key, const char *text) {
    if (text != NULL) {
        cJSON_AddStringToObject(object, key, text);
    } else {
        cJSON_AddNullToObject(object, key);
    }
}

static void add_text(cJSON *object, const char *key, th_text text) {
    cJSON *both = cJSON_AddObjectToObject(object, key);
    add_string(both, "en", text.in[TH_LANG_EN]);
    add_string(both, "zh", text.in[TH_LANG_ZH]);
}

static void add_claims(cJSON *object, const th_scenario *scenario) {
    uint32_t count;
    const th_claim *claims = th_scenario_claims(scenario, &count);
    cJSON *list = cJSON_AddArrayToObject(object, "claims");
    for (uint32_t i = 0; i < count; i++) {
        cJSON *claim = cJSON_CreateObject();
        add_text(claim, "says", claims[i].says);
        add_string(claim, "verdict", claims[i].verdict);
        add_text(claim, "evidence", claims[i].evidence);
        add_string(claim, "source", claims[i].source);
        cJSON_AddItemToArray(list, claim);
    }
}

static void add_fixes(cJSON *object, const th_scenario *scenario) {
    cJSON *list = cJSON_AddArrayToObject(object, "fixes");
    const char *fix;
    for (uint32_t i = 0; (fix = th_scenario_fix(scenario, i)) != NULL; i++) {
        cJSON_AddItemToArray(list, cJSON_CreateString(fix));
    }
}

static cJSON *lesson_json(const th_session *session, const char *path) {
    const th_scenario *scenario = session->scenario;
    const th_note *opening = th_scenario_opening(scenario);
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "path", path);
    cJSON_AddStringToObject(object, "id", th_scenario_id(scenario));
    cJSON_AddStringToObject(object, "chapter", th_scenario_chapter(scenario));
    cJSON_AddStringToObject(object, "truth", truth_of(scenario));
    add_text(object, "title", th_scenario_title(scenario));
    add_text(object, "question", th_scenario_question(scenario));
    add_text(object, "opening", opening != NULL ? opening->text : (th_text){{NULL, NULL}});
    add_fixes(object, scenario);
    add_claims(object, scenario);
    cJSON_AddBoolToObject(object, "expects", th_scenario_expects(scenario));
    cJSON_AddBoolToObject(object, "explores", th_scenario_exploration(scenario)->mode != NULL);
    cJSON_AddBoolToObject(object, "challenge", th_scenario_challenge(scenario) != NULL);
    return object;
}

// Prints the lesson, or adds it to the list when there is one.
static bool take_lesson(const char *path, cJSON *list) {
    static const th_run_options NOTHING = {0};
    th_session session;
    const bool loaded = th_session_load(&session, path, &NOTHING);
    if (!loaded) {
        th_cli_error("%s", session.error);
    } else if (list != NULL) {
        cJSON_AddItemToArray(list, lesson_json(&session, path));
    } else {
        print_lesson(&session, path);
    }
    th_session_close(&session);
    return loaded;
}

static bool take_lessons(const th_paths *paths, cJSON *list) {
    bool good = true;
    for (int i = 0; i < paths->count; i++) good = take_lesson(paths->items[i], list) && good;
    return good;
}

static int print_json(const th_paths *paths) {
    cJSON *object = cJSON_CreateObject();
    const bool good = take_lessons(paths, cJSON_AddArrayToObject(object, "lessons"));
    char *text = good ? cJSON_Print(object) : NULL;
    cJSON_Delete(object);
    if (!good) return TH_EXIT_BAD;
    if (text == NULL) return th_cli_error("out of memory");
    puts(text);
    cJSON_free(text);
    return th_cli_flush() ? TH_EXIT_OK : TH_EXIT_BAD;
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
    const int status = th_args_has(args, TH_OPTION_JSON)
                           ? print_json(&paths)
                           : (take_lessons(&paths, NULL) ? TH_EXIT_OK : TH_EXIT_BAD);
    th_paths_free(&paths);
    return status;
}

static const th_option OPTIONS[] = {TH_OPTION_JSON};

const th_command th_command_list = {
    .name = "list",
    .operands = "[DIR]",
    .operand_max = 1,
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .summary = "lists the lessons: name, chapter, real or model, title",
    .run = run,
};

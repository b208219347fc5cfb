/* The lessons in scripts/: each has what a lesson needs, in both languages, and no caption that
 * nobody will ever see. What they claim, `tophash check scripts` verifies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gui/cli/session.h"
#include "gui/scene/index.h"
#include "sim/script/store.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

enum { RULE_LINE_MAX = 1024 };

static int missing_count;  // in all lessons

static void miss(const char *path, uint32_t line, const char *what) {
    print_error("%s:%u: %s\n", path, line, what);
    missing_count++;
}

static void check_text(const char *path, uint32_t line, const th_text *text, const char *what) {
    static const char *const LANGS[TH_LANG_COUNT] = {"English", "Chinese"};
    for (int lang = 0; lang < TH_LANG_COUNT; lang++) {
        if (text->in[lang] != NULL && text->in[lang][0] != '\0') continue;
        char message[96];
        snprintf(message, sizeof message, "%s has no %s", what, LANGS[lang]);
        miss(path, line, message);
    }
}

static void check_claims(const char *path, const th_scenario *scenario) {
    uint32_t count;
    const th_claim *claims = th_scenario_claims(scenario, &count);
    if (count == 0) miss(path, 1, "no claim");
    for (uint32_t i = 0; i < count; i++) {
        check_text(path, claims[i].line, &claims[i].says, "what the claim says");
        check_text(path, claims[i].line, &claims[i].evidence, "its evidence");
        if (claims[i].source == NULL) miss(path, claims[i].line, "a claim without a source");
    }
}

// Numbers, names and code are the same in each language: what has a digit or a dot, true, false,
// nil, and what stands between braces, as {2:writer}. Other words need a translation.
static bool says_words(const char *text) {
    static const char LETTERS[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
    for (size_t length; *text != '\0'; text += length > 0 ? length : 1) {
        length = *text == '{' ? strcspn(text, "}") : strspn(text, LETTERS);
        if (*text == '{' || length == 0) continue;
        const bool code = strcspn(text, "0123456789.") < length || strncmp(text, "true", 4) == 0 ||
                          strncmp(text, "false", 5) == 0 || strncmp(text, "nil", 3) == 0;
        if (!code) return true;
    }
    return false;
}

static void check_option(const char *path, const th_note *question, int option) {
    const th_text *text = &question->options[option];
    const bool is_value = text->in[TH_LANG_EN] == question->values[option];  // options = { 1, "x" }
    const bool neutral = text->in[TH_LANG_ZH] == NULL && text->in[TH_LANG_EN] != NULL &&
                         (is_value || !says_words(text->in[TH_LANG_EN]));
    if (!neutral) check_text(path, question->line, text, "an option");
}

static void check_notes(const char *path, const th_scenario *scenario) {
    const th_note *note;
    for (uint32_t i = 0; (note = th_scenario_note(scenario, i)) != NULL; i++) {
        if (note->kind == TH_NOTE_CAPTION) check_text(path, note->line, &note->text, "a caption");
        if (note->kind != TH_NOTE_ASK) continue;
        check_text(path, note->line, &note->text, "a question");
        const bool told = note->why.in[TH_LANG_EN] != NULL || note->why.in[TH_LANG_ZH] != NULL;
        if (told) check_text(path, note->line, &note->why, "why its answer is right");
        for (int o = 0; o < note->option_count; o++) {
            check_option(path, note, o);
        }
    }
}

static void check_scenario(const char *path, const th_scenario *scenario) {
    const th_text title = th_scenario_title(scenario), question = th_scenario_question(scenario);
    check_text(path, 1, &title, "the title");
    check_text(path, 1, &question, "the question");
    if (th_scenario_chapter(scenario)[0] == '\0') miss(path, 1, "no chapter");
    if (th_scenario_opening(scenario) == NULL) miss(path, 1, "no caption at the start");
    if (!scenario->expect.given) miss(path, 1, "no expect");
    check_claims(path, scenario);
    check_notes(path, scenario);
}

// A caption of when(...) is seen by nobody unless its moment comes, with one cure or another.
typedef struct seen_rules {
    bool there[RULE_LINE_MAX], met[RULE_LINE_MAX];  // by line of the file
} seen_rules;

static void see_rules(const th_session *session, seen_rules *seen) {
    th_scene_index index = {0};
    th_scene_index_update(&index, session->scenario, session->timeline, 0);
    uint32_t count;
    const th_rule *rules = th_scenario_rules(session->scenario, &count);
    for (uint32_t r = 0; r < count; r++) {
        if (rules[r].line >= RULE_LINE_MAX || rules[r].note_count == 0) continue;
        // A list of captions has one line for all its rules: each must meet its moment.
        bool met = false;
        for (uint32_t n = 0; n < index.note_count; n++) {
            met = met || index.notes[n].note == rules[r].notes[0];
        }
        const bool first = !seen->there[rules[r].line];
        seen->there[rules[r].line] = true;
        seen->met[rules[r].line] = met && (first || seen->met[rules[r].line]);
    }
    th_scene_index_free(&index);
}

static void check_played(const char *path, const char *fix, seen_rules *seen) {
    const th_run_options options = {.fix = fix};
    seen_rules now = {0};
    th_session session = {0};
    if (!th_session_load(&session, path, &options) || !th_session_play(&session)) {
        fail_msg("%s", session.error);
    }
    check_scenario(path, session.scenario);
    see_rules(&session, &now);
    for (int line = 0; line < RULE_LINE_MAX; line++) {
        seen->there[line] = seen->there[line] || now.there[line];
        seen->met[line] = seen->met[line] || now.met[line];
    }
    th_session_close(&session);
}

static void check_lesson(const char *path) {
    static const th_run_options NOTHING = {0};
    th_session session = {0};
    if (!th_session_load(&session, path, &NOTHING)) fail_msg("%s", session.error);
    seen_rules seen = {0};
    check_played(path, NULL, &seen);
    const char *fix;
    for (uint32_t i = 1; (fix = th_scenario_fix(session.scenario, i)) != NULL; i++) {
        check_played(path, fix, &seen);
    }
    for (uint32_t line = 0; line < RULE_LINE_MAX; line++) {
        if (seen.there[line] && !seen.met[line]) miss(path, line, "its moment never comes");
    }
    th_session_close(&session);
}

static void lessons_are_complete(void **state) {
    (void)state;
    glob_t found;
    assert_int_equal(glob("scripts/*.lua", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) check_lesson(found.gl_pathv[i]);
    globfree(&found);
    assert_int_equal(missing_count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(lessons_are_complete)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

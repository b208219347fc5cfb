// `tophash trace`: every step, as JSON lines or for a trace viewer (Chrome's JSON, which Perfetto
// opens). There is no clock in a run: a step is drawn as one microsecond.
#include "gui/app/announce.h"
#include "gui/cli/file.h"
#include "gui/cli/outcome.h"
#include "gui/cli/picture.h"
#include "gui/cli/step_facts.h"
#include "gui/scene/index.h"
#include "sim/base/assert.h"

#include <cjson/cJSON.h>
#include <string.h>

static void add_text(cJSON *object, const char *key, const char *text) {
    if (text != NULL && *text != '\0') cJSON_AddStringToObject(object, key, text);
}

static void add_source(cJSON *object, const th_step_facts *facts) {
    if (facts->source == NULL) return;
    char line[256];
    snprintf(line, sizeof line, "%.*s", (int)facts->source_length, facts->source);
    add_text(object, "source", line + strspn(line, " \t"));
}

// What both formats tell of a step.
static void add_facts(cJSON *object, const th_step_facts *facts) {
    char address[24];
    if (facts->address != 0) {
        snprintf(address, sizeof address, "0x%llx", (unsigned long long)facts->address);
        cJSON_AddStringToObject(object, "address", address);
        add_text(object, "name", facts->name);
    }
    if (facts->event.size > 0) {
        cJSON_AddNumberToObject(object, "size", facts->event.size);
        // A double cannot hold every 64-bit number, and readers of JSON use doubles.
        if (facts->value <= UINT64_C(1) << 53) {
            cJSON_AddNumberToObject(object, "value", (double)facts->value);
        } else {
            snprintf(address, sizeof address, "0x%llx", (unsigned long long)facts->value);
            cJSON_AddStringToObject(object, "value", address);
        }
    }
    if (facts->event.race) cJSON_AddTrueToObject(object, "race");
    add_text(object, "request", facts->request);
    add_text(object, "routine", facts->routine);
    add_text(object, "pseudo", facts->pseudo);
    if (facts->line > 0) cJSON_AddNumberToObject(object, "line", facts->line);
    add_source(object, facts);
}

static void add_words(cJSON *object, const char *key, const th_text *text) {
    cJSON *words = cJSON_AddObjectToObject(object, key);
    add_text(words, "en", text->in[TH_LANG_EN]);
    add_text(words, "zh", text->in[TH_LANG_ZH]);
}

// The captions and questions that come into force with the step.
static void add_notes(cJSON *object, const th_scenario *scenario, const th_scene_index *index,
                      uint64_t step) {
    for (uint32_t i = 0; i < index->note_count; i++) {
        if (index->notes[i].step != step) continue;
        const th_note *note = th_scenario_note(scenario, index->notes[i].note);
        if (note->kind == TH_NOTE_CAPTION) add_words(object, "caption", &note->text);
        if (note->kind == TH_NOTE_ASK) add_words(object, "ask", &note->text);
    }
}

// How the run ended, on its last step.
static void add_end(cJSON *object, const th_session *session) {
    const th_outcome outcome = th_timeline_outcome(session->timeline, 0);
    char message[256];
    th_outcome_message(session, message, sizeof message);
    cJSON_AddStringToObject(object, "outcome", th_end_string(outcome.end));
    add_text(object, "message", message);
}

static cJSON *json_line(const th_step_facts *facts) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddNumberToObject(object, "step", (double)facts->step);
    cJSON_AddNumberToObject(object, "g", facts->event.g);
    add_text(object, "goroutine", facts->goroutine);
    add_text(object, "kind", facts->kind);
    add_facts(object, facts);
    return object;
}

static cJSON *perfetto_step(const th_step_facts *facts) {
    cJSON *object = cJSON_CreateObject();
    char name[160];
    snprintf(name, sizeof name, "%s %s", facts->kind, facts->name);
    cJSON_AddStringToObject(object, "name", name);
    cJSON_AddStringToObject(object, "ph", "X");
    cJSON_AddNumberToObject(object, "ts", (double)facts->step);
    cJSON_AddNumberToObject(object, "dur", 1);
    cJSON_AddNumberToObject(object, "pid", 1);
    cJSON_AddNumberToObject(object, "tid", facts->event.g);
    add_facts(cJSON_AddObjectToObject(object, "args"), facts);
    return object;
}

static cJSON *perfetto_thread(const th_world *world, uint16_t g) {
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "name", "thread_name");
    cJSON_AddStringToObject(object, "ph", "M");
    cJSON_AddNumberToObject(object, "pid", 1);
    cJSON_AddNumberToObject(object, "tid", g);
    cJSON *args = cJSON_AddObjectToObject(object, "args");
    cJSON_AddStringToObject(args, "name", th_world_goroutine_name(world, g));
    return object;
}

// Writes the object on a line of its own after `before`, and deletes it. False: cannot be written.
static bool write_line(FILE *stream, const char *before, cJSON *object) {
    char *line = cJSON_PrintUnformatted(object);
    cJSON_Delete(object);
    TH_ASSERT(line != NULL);
    const bool written = fputs(before, stream) >= 0 && fputs(line, stream) >= 0;
    cJSON_free(line);
    return written;
}

static bool write_jsonl(const th_session *session, th_lang lang, FILE *stream) {
    (void)lang;  // both are there
    const uint64_t length = th_timeline_length(session->timeline, 0);
    th_scene_index index = {.other_run = th_session_is_other_run(session)};
    th_scene_index_update(&index, session->scenario, session->timeline, 0);
    th_step_facts facts;
    bool written = true;
    for (uint64_t step = 1; step <= length && written; step++) {
        th_step_facts_of(session, step, &facts);
        cJSON *line = json_line(&facts);
        add_notes(line, session->scenario, &index, step);
        if (step == length) add_end(line, session);
        written = write_line(stream, step > 1 ? "\n" : "", line);
    }
    th_scene_index_free(&index);
    return written && fputs(length > 0 ? "\n" : "", stream) >= 0;
}

static bool write_perfetto(const th_session *session, th_lang lang, FILE *stream) {
    (void)lang;
    const th_world *end = th_timeline_end(session->timeline, 0);
    const char *before = "{\"traceEvents\":[\n";
    for (uint32_t g = 1; g < end->goroutine_count; g++, before = ",\n") {
        if (!write_line(stream, before, perfetto_thread(end, (uint16_t)g))) return false;
    }
    const uint64_t length = th_timeline_length(session->timeline, 0);
    th_step_facts facts;
    for (uint64_t step = 1; step <= length; step++, before = ",\n") {
        th_step_facts_of(session, step, &facts);
        if (!write_line(stream, before, perfetto_step(&facts))) return false;
    }
    return fputs("\n]}\n", stream) >= 0;
}

// One line a step, for people and screen readers.
static bool write_text(const th_session *session, th_lang lang, FILE *stream) {
    th_scene_index index = {.other_run = th_session_is_other_run(session)};
    th_scene_index_update(&index, session->scenario, session->timeline, 0);
    const th_announce_source source = {.scenario = session->scenario,
                                       .timeline = session->timeline,
                                       .index = &index,
                                       .lang = lang};
    const uint64_t length = th_timeline_length(session->timeline, 0);
    for (uint64_t step = 0; step <= length; step++) th_announce_step(&source, step, stream);
    th_scene_index_free(&index);
    return ferror(stream) == 0;
}

typedef bool (*writer)(const th_session *session, th_lang lang, FILE *stream);

static int write_trace(const th_session *session, const char *path, writer write, th_lang lang) {
    th_output output;
    if (!th_output_open(&output, path)) return TH_EXIT_BAD;
    const bool written =
        write(session, lang, output.stream) ? th_output_commit(&output) : th_output_fail(&output);
    return written ? TH_EXIT_OK : TH_EXIT_BAD;
}

static int run(const th_args *args) {
    static const char *const FORMATS[] = {"jsonl", "perfetto", "text", NULL};
    static const writer WRITERS[] = {write_jsonl, write_perfetto, write_text};
    th_run_options options;
    th_picture_setting picture;  // of it the language
    int format = 0;
    if (!th_run_options_read(args, &options) || !th_picture_setting_read(args, &picture) ||
        !th_args_word(args, TH_OPTION_FORMAT, FORMATS, &format)) {
        return TH_EXIT_USAGE;
    }
    if (!th_args_has(args, TH_OPTION_OUT)) return th_cli_usage("trace", "trace needs -o OUT");
    th_session session;
    const int status =
        th_session_load(&session, args->operands[0], &options) && th_session_play(&session)
            ? write_trace(&session, args->value[TH_OPTION_OUT], WRITERS[format], picture.lang)
            : th_cli_error("%s", session.error);
    th_session_close(&session);
    return status;
}

static const th_option OPTIONS[] = {TH_OPTION_OUT,  TH_OPTION_FORMAT, TH_OPTION_SCHEDULE,
                                    TH_OPTION_SEED, TH_OPTION_FIX,    TH_OPTION_LANG};

const th_command th_command_trace = {
    .name = "trace",
    .operands = "FILE",
    .operand_min = 1,
    .operand_max = 1,
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof *OPTIONS,
    .summary = "writes every step of a run",
    .details = "--format jsonl (a JSON object on each line), perfetto (for ui.perfetto.dev and\n"
               "chrome://tracing; one microsecond is one step) or text (a sentence for each step).",
    .run = run,
};

#include "gui/cli/outcome.h"

#include "gui/cli/cache_lines.h"
#include "gui/cli/races.h"
#include "gui/cli/runtime_check.h"

#include <stdio.h>
#include <stdlib.h>

int th_outcome_status(const th_session *session) {
    const th_outcome outcome = th_timeline_outcome(session->timeline, 0);
    return outcome.end == TH_END_DONE ? TH_EXIT_OK : TH_EXIT_FAILED;
}

void th_outcome_message(const th_session *session, char *text, size_t size) {
    const th_world *world = th_timeline_end(session->timeline, 0);
    const th_outcome outcome = world->outcome;
    text[0] = '\0';
    if (outcome.end == TH_END_FAULT) {
        char name[96];
        th_scenario_name(session->scenario, world, outcome.address, name, sizeof name);
        snprintf(text, size, "%s at 0x%llx%s%s%s, by goroutine %u (%s)",
                 outcome.message != NULL ? outcome.message : th_fault_string(outcome.fault),
                 (unsigned long long)outcome.address, *name != '\0' ? " (" : "", name,
                 *name != '\0' ? ")" : "", outcome.g, th_world_goroutine_name(world, outcome.g));
    } else if (outcome.message != NULL) {
        snprintf(text, size, "%s", outcome.message);
    } else if (outcome.end == TH_END_DEADLOCK) {
        snprintf(text, size, "all goroutines are asleep - deadlock!");
    }
}

void th_outcome_text(const th_session *session, char *text, size_t size) {
    const th_outcome outcome = th_timeline_outcome(session->timeline, 0);
    char what[256];
    th_outcome_message(session, what, sizeof what);
    snprintf(text, size, "%s%s%s", th_end_string(outcome.end), *what != '\0' ? ": " : "", what);
}

static void add_text_or_null(cJSON *object, const char *key, const char *text) {
    if (text != NULL && *text != '\0') {
        cJSON_AddStringToObject(object, key, text);
    } else {
        cJSON_AddNullToObject(object, key);
    }
}

char *th_outcome_json(const th_session *session) {
    const th_outcome outcome = th_timeline_outcome(session->timeline, 0);
    char message[256];
    th_outcome_message(session, message, sizeof message);
    char *schedule = th_session_schedule_text(session);
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "outcome", th_end_string(outcome.end));
    add_text_or_null(object, "message", message);
    add_text_or_null(object, "label", session->label);
    cJSON_AddNumberToObject(object, "steps", (double)th_timeline_length(session->timeline, 0));
    cJSON_AddItemToObject(object, "races", th_races_json(session));
    th_runtime_check_add_json(session, object);
    th_cache_lines_add_json(session, object);
    add_text_or_null(object, "schedule", schedule);
    char *text = schedule != NULL ? cJSON_Print(object) : NULL;
    cJSON_Delete(object);
    free(schedule);
    return text;
}

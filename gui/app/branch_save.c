#include "gui/app/branch_save.h"

#include "sim/base/assert.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SAME_NAME_MAX = 1000 };  // files of one name; the last is refused, as it is there

uint64_t th_branch_save_length(const th_model *model, th_branch_id branch) {
    const uint64_t length = th_timeline_length(model->timeline, branch);
    const bool whole = th_world_ended(th_timeline_end(model->timeline, branch));
    return whole || branch != model->branch ? length : model->step;
}

// --- the file's text ---

// As a Lua string.
static void print_quoted(FILE *file, const char *text) {
    fputc('"', file);
    for (; *text != '\0'; text++) {
        if (*text == '\n') {
            fputs("\\n", file);
            continue;
        }
        if (*text == '"' || *text == '\\') fputc('\\', file);
        fputc(*text, file);
    }
    fputc('"', file);
}

static void print_field(FILE *file, const char *name, const char *text) {
    fprintf(file, "%s = ", name);
    print_quoted(file, text);
    fputc(',', file);
}

static void print_ends(FILE *file, const th_model *model, const th_world *end, const char *label) {
    static const char *const NAMES[] = {
        [TH_END_DONE] = "done",         [TH_END_FATAL] = "fatal", [TH_END_PANIC] = "panic",
        [TH_END_DEADLOCK] = "deadlock", [TH_END_FAULT] = "fault", [TH_END_LIMIT] = "limit"};
    const th_outcome *outcome = &end->outcome;
    const bool has_text = outcome->end == TH_END_FATAL || outcome->end == TH_END_PANIC;
    fputs("    ends = { ", file);
    if (has_text && outcome->message != NULL)
        print_field(file, NAMES[outcome->end], outcome->message);
    else
        fprintf(file, "%s = true,", NAMES[outcome->end]);
    fputc(' ', file);
    if (label != NULL) {
        print_field(file, "label", label);
        fputc(' ', file);
    }
    if (!th_scenario_env(model->scenario)->skip_races) {
        fprintf(file, "race = %s ", end->races.race_count > 0 ? "true" : "false");
    }
    fputs("},\n", file);
}

// How many steps are the run that the scenario's author meant.
static uint64_t own_until(const th_model *model, th_branch_id branch) {
    if (th_scenario_schedule(model->scenario) == NULL) return UINT64_MAX;
    if (model->index.other_run) return 0;
    uint64_t until = th_scenario_own_until(model->scenario);
    while (branch != 0) {
        uint64_t fork;
        branch = th_timeline_parent(model->timeline, branch, &fork);
        if (fork < until) until = fork;
    }
    return until;
}

static void print_replay(FILE *file, th_model *model, th_branch_id branch, uint64_t steps) {
    const uint64_t length = th_timeline_length(model->timeline, branch);
    char *schedule = th_branches_schedule_until(model->timeline, branch, steps);
    fprintf(file, "\n-- As played in the window: %" PRIu64 " of %" PRIu64 " steps.\nreplay {\n    ",
            steps, length);
    print_field(file, "schedule", schedule);
    free(schedule);
    fprintf(file, "\n    seed = %" PRId64 ",\n", (int64_t)th_scenario_env(model->scenario)->seed);
    const char *fix = th_scenario_fix_chosen(model->scenario);
    if (fix != NULL) {
        fputs("    ", file);
        print_field(file, "fix", fix);
        fputc('\n', file);
    }
    const uint64_t own = own_until(model, branch);
    if (own <= steps) fprintf(file, "    own = %" PRIu64 ",\n", own);
    const th_world *end = th_timeline_end(model->timeline, branch);
    const char *label = NULL;
    char unused[TH_MODEL_ERROR_MAX];
    if (steps == length && th_world_ended(end) &&
        th_scenario_finish(model->scenario, end, &label, unused, sizeof(unused))) {
        print_ends(file, model, end, label);
    }
    fputs("}\n", file);
}

char *th_branch_text(th_model *model, th_branch_id branch, uint64_t steps, size_t *length) {
    char *text = NULL;
    FILE *file = open_memstream(&text, length);
    TH_ASSERT(file != NULL);
    size_t source_length;
    const char *source = th_scenario_source(model->scenario, &source_length);
    fwrite(source, 1, source_length, file);
    if (source_length > 0 && source[source_length - 1] != '\n') fputc('\n', file);
    print_replay(file, model, branch, steps);
    const int failed = fclose(file);
    TH_ASSERT(failed == 0);
    return text;
}

bool th_branch_save(th_model *model, th_branch_id branch, uint64_t steps, const char *path,
                    char *error, size_t error_size) {
    FILE *file = fopen(path, "wx");
    if (file == NULL) {
        snprintf(error, error_size, "%s: %s", path, strerror(errno));
        return false;
    }
    size_t length;
    char *text = th_branch_text(model, branch, steps, &length);
    const bool written = fwrite(text, 1, length, file) == length && fflush(file) == 0;
    const int why = errno;
    free(text);
    if (fclose(file) == 0 && written) return true;
    remove(path);
    snprintf(error, error_size, "%s: %s", path, strerror(why));
    return false;
}

// --- its name ---

static bool is_taken(const char *stem, const char *const *endings) {
    char path[512];
    for (; *endings != NULL; endings++) {
        snprintf(path, sizeof(path), "%s%s", stem, *endings);
        if (access(path, F_OK) == 0) return true;
    }
    return false;
}

void th_branch_save_name(const th_model *model, th_branch_id branch, const char *const *endings,
                         char *out, size_t size) {
    const th_branch_note note = th_branches_of(&model->branches, branch);
    char stem[192];
    const char *id = th_scenario_id(model->scenario);
    if (note.name[0] != '\0')
        snprintf(stem, sizeof(stem), "%.80s-%s", id, note.name);
    else
        snprintf(stem, sizeof(stem), "%.80s-branch-%u", id, (unsigned)branch);
    for (char *at = stem; *at != '\0'; at++) {
        const unsigned char c = (unsigned char)*at;
        if (!isalnum(c) && c < 0x80 && c != '.' && c != '-' && c != '_') *at = '-';
    }
    snprintf(out, size, "%s", stem);
    for (int i = 2; i < SAME_NAME_MAX && is_taken(out, endings); i++) {
        snprintf(out, size, "%s-%d", stem, i);
    }
}

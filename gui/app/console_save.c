// Saving what was played and typed as a scenario of its own.
#include "gui/app/console.h"

#include "sim/base/assert.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The choices up to the playhead as a schedule text; free it.
static char *schedule_text(const th_model *model) {
    th_choice *choices = calloc((size_t)model->step + 1, sizeof(*choices));
    TH_ASSERT(choices != NULL);
    for (uint64_t i = 0; i < model->step; i++) {
        choices[i] = th_timeline_choice(model->timeline, model->branch, i + 1);
    }
    const th_world *end = th_timeline_end(model->timeline, model->branch);
    const size_t count = (size_t)model->step;
    const size_t size = th_schedule_format(end, choices, count, NULL, 0) + 1;
    char *text = malloc(size);
    TH_ASSERT(text != NULL);
    th_schedule_format(end, choices, count, text, size);
    free(choices);
    return text;
}

static bool write_scenario(const th_model *model, FILE *file, const char *schedule) {
    size_t length;
    const char *source = th_scenario_source(model->scenario, &length);
    fwrite(source, 1, length, file);
    if (length > 0 && source[length - 1] != '\n') fputc('\n', file);
    fprintf(file, "\n-- As played up to step %" PRIu64 ".\nschedule \"%s\"\n", model->step,
            schedule);
    return fflush(file) == 0 && ferror(file) == 0;
}

bool th_console_save(const th_model *model, const char *path, char *error, size_t error_size) {
    FILE *file = fopen(path, "wx");
    if (file == NULL) {
        snprintf(error, error_size, "%s: %s", path, strerror(errno));
        return false;
    }
    char *schedule = schedule_text(model);
    const bool good = write_scenario(model, file, schedule);
    const int why = errno;
    free(schedule);
    if (fclose(file) == 0 && good) return true;
    remove(path);
    snprintf(error, error_size, "%s: %s", path, strerror(why));
    return false;
}

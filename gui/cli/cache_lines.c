#include "gui/cli/cache_lines.h"

#include "gui/scene/cache.h"

bool th_cache_lines_of(const th_session *session, th_lines *lines) {
    *lines = (th_lines){0};
    if (!th_scene_cache_asked(session->scenario)) return false;
    const uint64_t length = th_timeline_length(session->timeline, 0);
    for (uint64_t step = 1; step <= length; step++) {
        th_lines_take(lines, th_timeline_event(session->timeline, 0, step));
    }
    return true;
}

void th_cache_lines_print(const th_session *session, FILE *stream) {
    th_lines lines;
    if (!th_cache_lines_of(session, &lines)) return;
    fprintf(stream, "lines     %llu writes, %llu fetched a line, %llu ticks\n",
            (unsigned long long)lines.write_count, (unsigned long long)lines.fetch_count,
            (unsigned long long)lines.ticks);
    th_lines_free(&lines);
}

void th_cache_lines_add_json(const th_session *session, cJSON *object) {
    th_lines lines;
    if (!th_cache_lines_of(session, &lines)) return;
    cJSON *sum = cJSON_AddObjectToObject(object, "cache_lines");
    cJSON_AddNumberToObject(sum, "writes", (double)lines.write_count);
    cJSON_AddNumberToObject(sum, "fetches", (double)lines.fetch_count);
    cJSON_AddNumberToObject(sum, "ticks", (double)lines.ticks);
    th_lines_free(&lines);
}

#define _GNU_SOURCE  // strverscmp
#include "gui/app/catalog.h"

#include "gui/app/model.h"
#include "gui/files/libraries.h"
#include "gui/files/read.h"

#include "sim/base/assert.h"
#include "sim/base/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PLAYED_STEPS_MAX = 20000,  // of a run that does not end by itself
};

static const float AT_REST_MS = 1e6F;

void th_catalog_init(th_catalog *catalog, char *const *paths, int count) {
    *catalog = (th_catalog){.count = count};
    catalog->lessons = calloc((size_t)count + 1, sizeof(*catalog->lessons));
    TH_ASSERT(catalog->lessons != NULL);
    for (int i = 0; i < count; i++) {
        catalog->lessons[i].path = strdup(paths[i]);
        TH_ASSERT(catalog->lessons[i].path != NULL);
    }
}

void th_catalog_free(th_catalog *catalog) {
    for (int i = 0; i < catalog->count; i++) free(catalog->lessons[i].path);
    free(catalog->lessons);
    *catalog = (th_catalog){0};
}

static void copy_text(char out[TH_LANG_COUNT][TH_LESSON_TEXT_MAX], th_text text) {
    for (int lang = 0; lang < TH_LANG_COUNT; lang++) {
        snprintf(out[lang], TH_LESSON_TEXT_MAX, "%s", text.in[lang] != NULL ? text.in[lang] : "");
    }
}

// The step that a thumbnail shows: the first race, else the end.
static uint64_t telling_step(const th_model *model) {
    const uint64_t length = th_model_length(model);
    for (uint64_t step = 1; step <= length; step++) {
        if (th_timeline_event(model->timeline, 0, step).race) return step;
    }
    return length;
}

// Which slot the scene is about: where two accesses collide, else the last one touched.
static bool find_slot(const th_scene *scene, int *bucket, int *slot) {
    *bucket = -1;
    for (int i = 0; i < scene->map.bucket_count; i++) {
        const th_scene_bucket *b = &scene->map.buckets[i];
        for (int s = 0; s < TH_BUCKET_SLOTS; s++) {
            const th_scene_cell *cells[] = {&b->top[s], &b->key[s], &b->elem[s]};
            for (int c = 0; c < TH_THUMB_COLUMNS; c++) {
                const bool touched = cells[c]->reader != 0 || cells[c]->writer != 0;
                if (cells[c]->collision < 0 && (!touched || *bucket >= 0)) continue;
                *bucket = i;
                *slot = s;
                if (cells[c]->collision >= 0) return true;
            }
        }
    }
    if (*bucket < 0 && scene->map.bucket_count > 0) *bucket = *slot = 0;
    return *bucket >= 0;
}

static void take_thumb(const th_scene *scene, th_thumb *thumb) {
    int bucket = -1, slot = 0;
    if (!scene->map.present || !find_slot(scene, &bucket, &slot)) return;
    const th_scene_bucket *from = &scene->map.buckets[bucket];
    int first = slot - 1;
    if (first < 0) first = 0;
    if (first > TH_BUCKET_SLOTS - TH_THUMB_ROWS) first = TH_BUCKET_SLOTS - TH_THUMB_ROWS;
    thumb->has_cells = true;
    for (int row = 0; row < TH_THUMB_ROWS; row++) {
        thumb->cells[row][0] = from->top[first + row];
        thumb->cells[row][1] = from->key[first + row];
        thumb->cells[row][2] = from->elem[first + row];
    }
    for (int row = 0; row < TH_THUMB_ROWS; row++) {
        for (int column = 0; column < TH_THUMB_COLUMNS; column++) {
            th_scene_cell *cell = &thumb->cells[row][column];
            if (cell->collision >= 0 && !thumb->has_collision) {
                thumb->collision = scene->collisions[cell->collision];
                thumb->has_collision = true;
                cell->collision = 0;
            } else {
                cell->collision = -1;
            }
        }
    }
}

static void look(th_lesson *lesson, const char *text, size_t length) {
    const th_model_desc desc = {
        .scenario = {.path = lesson->path,
                     .source = text,
                     .source_length = length,
                     .libraries = th_libraries_beside(lesson->path)},
        .reduced_motion = true,
    };
    char error[TH_MODEL_ERROR_MAX];
    th_model *model = calloc(1, sizeof(*model));
    TH_ASSERT(model != NULL);
    lesson->broken = !th_model_open(model, &desc, error, sizeof(error));
    if (!lesson->broken) {
        const th_scenario *scenario = model->scenario;
        snprintf(lesson->id, sizeof(lesson->id), "%s", th_scenario_id(scenario));
        snprintf(lesson->chapter, sizeof(lesson->chapter), "%s", th_scenario_chapter(scenario));
        lesson->order = th_scenario_order(scenario);
        copy_text(lesson->title, th_scenario_title(scenario));
        copy_text(lesson->question, th_scenario_question(scenario));
        lesson->model = th_scenario_truth(scenario) == TH_TRUTH_MODEL;
        th_model_extend(model, PLAYED_STEPS_MAX);
        lesson->step_count = th_model_length(model);
        const th_scene *scene = th_model_scene_at(model, telling_step(model), AT_REST_MS);
        lesson->goroutine_count = scene->goroutine_count;
        take_thumb(scene, &lesson->thumb);
        scene = th_model_scene_at(model, lesson->step_count, AT_REST_MS);
        lesson->verdict = scene->verdict;
        th_model_close(model);
    }
    free(model);
}

// Chapters as numbers with dots, so that 2.10 comes after 2.9; then in their own order, then by
// path.
static int compare(const void *a, const void *b) {
    const th_lesson *one = a, *other = b;
    const int by_chapter = strverscmp(one->chapter, other->chapter);
    if (by_chapter != 0) return by_chapter;
    if (one->order != other->order) return one->order < other->order ? -1 : 1;
    return strcmp(one->path, other->path);
}

bool th_catalog_look(th_catalog *catalog) {
    if (catalog->known_count == catalog->count) return false;
    int next = 0;
    while (catalog->lessons[next].known) next++;
    th_lesson *lesson = &catalog->lessons[next];
    size_t length = 0;
    char *text = NULL;
    char error[TH_MODEL_ERROR_MAX];
    lesson->known = true;
    lesson->broken =
        !th_file_read(lesson->path, TH_SCRIPT_SOURCE_BYTES, &text, &length, error, sizeof(error));
    if (!lesson->broken) look(lesson, text, length);
    free(text);
    catalog->known_count++;
    qsort(catalog->lessons, (size_t)catalog->count, sizeof(*catalog->lessons), compare);
    return true;
}

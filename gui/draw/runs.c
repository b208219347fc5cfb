#include "gui/draw/runs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gui/draw/hash.h"
#include "sim/base/assert.h"

enum { TABLE_SIZE = TH_RUN_COUNT_MAX * 2 }; /* a power of two */

th_face th_style_face(th_text_style style) {
    switch (style.role) {
    case TH_FONT_MONO: return TH_FACE_MONO;
    case TH_FONT_CJK: return TH_FACE_CJK;
    case TH_FONT_UI:
    case TH_FONT_ROLE_COUNT: break;
    }
    return TH_FACE_UI;
}

int th_style_weight_index(th_text_style style) {
    int index = (style.weight - 450) / 100;
    return index < 0 ? 0 : index >= TH_FACE_WEIGHT_COUNT ? TH_FACE_WEIGHT_COUNT - 1 : index;
}

int th_style_size(th_text_style style) {
    long size = lrintf(style.size_px);
    return size < 1 ? 1 : size > TH_FACE_SIZE_MAX ? TH_FACE_SIZE_MAX : (int)size;
}

void th_runs_init(th_fonts *fonts) {
    fonts->runs = calloc(TH_RUN_COUNT_MAX, sizeof fonts->runs[0]);
    fonts->table = malloc(TABLE_SIZE * sizeof fonts->table[0]);
    TH_ASSERT(fonts->runs != NULL && fonts->table != NULL);
    for (int i = 0; i < TABLE_SIZE; i++) fonts->table[i] = -1;
    fonts->free_run = fonts->newest = fonts->oldest = -1;
}

void th_runs_free(th_fonts *fonts) {
    for (int i = 0; i < fonts->run_count; i++) {
        free(fonts->runs[i].text);
        free(fonts->runs[i].mask);
    }
    free(fonts->runs);
    free(fonts->table);
}

static int *chain_of(th_fonts *fonts, uint64_t hash) {
    return &fonts->table[hash & (TABLE_SIZE - 1)];
}

static void unlink_run(th_fonts *fonts, int index) {
    th_run *run = &fonts->runs[index];
    *(run->newer >= 0 ? &fonts->runs[run->newer].older : &fonts->newest) = run->older;
    *(run->older >= 0 ? &fonts->runs[run->older].newer : &fonts->oldest) = run->newer;
}

static void link_newest(th_fonts *fonts, int index) {
    th_run *run = &fonts->runs[index];
    run->newer = -1;
    run->older = fonts->newest;
    *(fonts->newest >= 0 ? &fonts->runs[fonts->newest].newer : &fonts->oldest) = index;
    fonts->newest = index;
}

static void drop_oldest(th_fonts *fonts) {
    int index = fonts->oldest;
    th_run *run = &fonts->runs[index];
    int *link = chain_of(fonts, run->hash);
    while (*link != index) link = &fonts->runs[*link].chain;
    *link = run->chain;
    unlink_run(fonts, index);
    fonts->mask_bytes -= (size_t)run->width * (size_t)run->height;
    free(run->text);
    free(run->mask);
    *run = (th_run){.chain = fonts->free_run};
    fonts->free_run = index;
}

static int new_run(th_fonts *fonts) {
    if (fonts->free_run < 0 && fonts->run_count == TH_RUN_COUNT_MAX) drop_oldest(fonts);
    if (fonts->free_run < 0) return fonts->run_count++;
    int index = fonts->free_run;
    fonts->free_run = fonts->runs[index].chain;
    return index;
}

static bool matches(const th_run *run, const th_run *wanted) {
    return run->hash == wanted->hash && run->length == wanted->length &&
           run->role == wanted->role && run->weight_index == wanted->weight_index &&
           run->size == wanted->size && memcmp(run->text, wanted->text, run->length) == 0;
}

static uint64_t hash_of(const th_run *wanted) {
    uint64_t style = (uint64_t)wanted->role << 32 | (uint64_t)wanted->weight_index << 24 |
                     (uint64_t)wanted->size;
    return th_hash_bytes(wanted->text, wanted->length, style);
}

static th_run *insert(th_fonts *fonts, const th_run *wanted) {
    int index = new_run(fonts);
    th_run *run = &fonts->runs[index];
    *run = *wanted;
    run->text = malloc(wanted->length + 1);
    TH_ASSERT(run->text != NULL);
    memcpy(run->text, wanted->text, wanted->length);
    run->text[wanted->length] = '\0';
    int *chain = chain_of(fonts, run->hash);
    run->chain = *chain;
    *chain = index;
    link_newest(fonts, index);
    run->metrics =
        th_text_metrics_of(fonts, (th_text_style){.role = run->role,
                                                  .weight = 500 + 100 * run->weight_index,
                                                  .size_px = (float)run->size});
    th_run_measure(fonts, run);
    return run;
}

static th_run *find(th_fonts *fonts, const th_run *wanted) {
    for (int i = *chain_of(fonts, wanted->hash); i >= 0; i = fonts->runs[i].chain) {
        if (!matches(&fonts->runs[i], wanted)) continue;
        if (fonts->newest != i) {
            unlink_run(fonts, i);
            link_newest(fonts, i);
        }
        return &fonts->runs[i];
    }
    return NULL;
}

const th_run *th_runs_get(th_fonts *fonts, th_text_style style, const char *text, size_t length,
                          bool rendered) {
    th_run wanted = {
        .text = (char *)(uintptr_t)text, /* only read: the run that is kept has its own copy */
        .length = (uint32_t)(length < TH_RUN_LENGTH_MAX ? length : TH_RUN_LENGTH_MAX),
        .role = style.role,
        .weight_index = th_style_weight_index(style),
        .size = th_style_size(style),
    };
    wanted.hash = hash_of(&wanted);
    th_run *run = find(fonts, &wanted);
    if (run == NULL) run = insert(fonts, &wanted);
    if (rendered && !run->rendered) {
        th_run_render(fonts, run);
        fonts->mask_bytes += (size_t)run->width * (size_t)run->height;
        while (fonts->mask_bytes > TH_RUN_BYTES_MAX && &fonts->runs[fonts->oldest] != run) {
            drop_oldest(fonts);
        }
    }
    return run;
}

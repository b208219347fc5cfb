#include "gui/draw/faces.h"

#include <fontconfig/fontconfig.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gui/draw/utf8.h"

/* Families to ask fontconfig for, best first; it takes its nearest when none is there. */
static const char *const families[TH_FACE_COUNT][5] = {
    [TH_FACE_UI] = {"Inter", "Inter Variable", "DejaVu Sans", "sans-serif"},
    [TH_FACE_MONO] = {"JetBrains Mono", "DejaVu Sans Mono", "monospace"},
    [TH_FACE_CJK] = {"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei",
                     "sans-serif"},
    [TH_FACE_FALLBACK] = {"DejaVu Sans", "sans-serif"},
};

static const int weights[TH_FACE_WEIGHT_COUNT] = {FC_WEIGHT_MEDIUM, FC_WEIGHT_DEMIBOLD,
                                                  FC_WEIGHT_BOLD, FC_WEIGHT_EXTRABOLD};

/* All of SDL_ttf's fonts share one FreeType library, in which only one thread at a time may open
 * or close faces. */
static pthread_mutex_t library = PTHREAD_MUTEX_INITIALIZER;

static bool start_library(void) {
    pthread_mutex_lock(&library);
    bool started = TTF_Init() == 0;
    pthread_mutex_unlock(&library);
    return started;
}

static TTF_Font *open_font(const th_face_file *file, int size) {
    pthread_mutex_lock(&library);
    TTF_Font *font = TTF_OpenFontIndex(file->path, size, file->index);
    pthread_mutex_unlock(&library);
    return font;
}

static void close_font(TTF_Font *font) {
    pthread_mutex_lock(&library);
    TTF_CloseFont(font);
    pthread_mutex_unlock(&library);
}

static FcPattern *request(th_face face, int weight) {
    FcPattern *pattern = FcPatternCreate();
    for (int i = 0; i < 5 && families[face][i] != NULL; i++) {
        FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)families[face][i]);
    }
    if (face == TH_FACE_CJK) FcPatternAddString(pattern, FC_LANG, (const FcChar8 *)"zh-cn");
    FcPatternAddInteger(pattern, FC_WEIGHT, weight);
    FcPatternAddInteger(pattern, FC_SLANT, FC_SLANT_ROMAN);
    FcPatternAddInteger(pattern, FC_WIDTH, FC_WIDTH_NORMAL);
    FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
    FcPatternAddBool(pattern, FC_COLOR, FcFalse);
    return pattern;
}

static bool find_file(FcConfig *config, th_face face, int weight, th_face_file *file) {
    FcPattern *wanted = request(face, weight);
    FcConfigSubstitute(config, wanted, FcMatchPattern);
    FcDefaultSubstitute(wanted);
    FcResult result;
    FcPattern *match = FcFontMatch(config, wanted, &result);
    FcChar8 *path = NULL;
    int index = 0;
    if (match != NULL && FcPatternGetString(match, FC_FILE, 0, &path) == FcResultMatch) {
        FcPatternGetInteger(match, FC_INDEX, 0, &index);
        file->path = strdup((const char *)path);
        file->index = index;
    }
    if (match != NULL) FcPatternDestroy(match);
    FcPatternDestroy(wanted);
    return file->path != NULL;
}

static bool find_files(th_faces *faces) {
    FcConfig *config = FcInitLoadConfigAndFonts();
    if (config == NULL) return false;
    bool found = true;
    for (int face = 0; face < TH_FACE_COUNT && found; face++) {
        for (int i = 0; i < TH_FACE_WEIGHT_COUNT && found; i++) {
            found = find_file(config, (th_face)face, weights[i], &faces->files[face][i]);
        }
    }
    FcConfigDestroy(config);
    return found;
}

bool th_faces_init(th_faces *faces, char *error, size_t error_size) {
    *faces = (th_faces){0};
    if (!start_library()) {
        snprintf(error, error_size, "cannot start SDL_ttf: %s", TTF_GetError());
        return false;
    }
    if (!find_files(faces)) {
        snprintf(error, error_size,
                 "no usable font found: install Inter, JetBrains Mono, "
                 "Noto Sans CJK SC or at least DejaVu Sans");
        th_faces_free(faces);
        return false;
    }
    for (int face = 0; face < TH_FACE_COUNT; face++) {
        if (th_faces_get(faces, (th_face)face, 0, 16) != NULL) continue;
        snprintf(error, error_size, "cannot use font %s: %s", faces->files[face][0].path,
                 TTF_GetError());
        th_faces_free(faces);
        return false;
    }
    return true;
}

void th_faces_free(th_faces *faces) {
    for (int i = 0; i < faces->open_count; i++) close_font(faces->open[i].font);
    for (int i = 0; i < TH_FACE_COUNT * TH_FACE_WEIGHT_COUNT; i++) {
        free(faces->files[i / TH_FACE_WEIGHT_COUNT][i % TH_FACE_WEIGHT_COUNT].path);
    }
    *faces = (th_faces){0};
    pthread_mutex_lock(&library);
    TTF_Quit();
    pthread_mutex_unlock(&library);
}

/* A free place among the open faces, made by closing the least recently used one if need be. */
static th_open_face *vacate(th_faces *faces) {
    if (faces->open_count < TH_FACE_OPEN_MAX) return &faces->open[faces->open_count++];
    th_open_face *oldest = &faces->open[0];
    for (int i = 1; i < TH_FACE_OPEN_MAX; i++) {
        if (faces->open[i].last_use < oldest->last_use) oldest = &faces->open[i];
    }
    close_font(oldest->font);
    return oldest;
}

TTF_Font *th_faces_get(th_faces *faces, th_face face, int weight_index, int size) {
    for (int i = 0; i < faces->open_count; i++) {
        th_open_face *open = &faces->open[i];
        if (open->face != face || open->weight_index != weight_index || open->size != size) {
            continue;
        }
        open->last_use = ++faces->uses;
        return open->font;
    }
    const th_face_file *file = &faces->files[face][weight_index];
    TTF_Font *font = open_font(file, size);
    if (font == NULL) return NULL;
    /* Stems stay as light as drawn and letters keep their distances; only heights are fitted.
     * In a grid of cells each letter stands alone, so there nothing may shift within a run. */
    TTF_SetFontHinting(font, face == TH_FACE_MONO ? TTF_HINTING_LIGHT : TTF_HINTING_LIGHT_SUBPIXEL);
    *vacate(faces) = (th_open_face){font, face, weight_index, size, ++faces->uses};
    return font;
}

th_face th_faces_for(th_faces *faces, th_face primary, int weight_index, int size,
                     uint32_t character) {
    const th_face order[] = {primary, TH_FACE_CJK, TH_FACE_FALLBACK, TH_FACE_UI};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        TTF_Font *font = th_faces_get(faces, order[i], weight_index, size);
        if (font != NULL && TTF_GlyphIsProvided32(font, character)) return order[i];
    }
    return primary;
}

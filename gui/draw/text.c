#include "gui/draw/text.h"

#include <stdlib.h>
#include <string.h>

#include "gui/draw/runs.h"
#include "gui/draw/utf8.h"
#include "sim/base/assert.h"

th_fonts *th_fonts_open(char *error, size_t error_size) {
    th_fonts *fonts = calloc(1, sizeof *fonts);
    TH_ASSERT(fonts != NULL);
    if (!th_faces_init(&fonts->faces, error, error_size)) {
        free(fonts);
        return NULL;
    }
    th_runs_init(fonts);
    return fonts;
}

void th_fonts_close(th_fonts *fonts) {
    if (fonts == NULL) return;
    th_runs_free(fonts);
    th_faces_free(&fonts->faces);
    free(fonts);
}

bool th_fonts_have(th_fonts *fonts, uint32_t character) {
    const int size = 16;
    const th_face face = th_faces_for(&fonts->faces, TH_FACE_UI, 0, size, character);
    TTF_Font *font = th_faces_get(&fonts->faces, face, 0, size);
    return font != NULL && TTF_GlyphIsProvided32(font, character);
}

float th_text_width(th_fonts *fonts, th_text_style style, const char *text, size_t length) {
    if (length == SIZE_MAX) length = strlen(text);
    if (length == 0) return 0;
    return th_runs_get(fonts, style, text, length, false)->advance;
}

th_text_metrics th_text_metrics_of(th_fonts *fonts, th_text_style style) {
    TTF_Font *font = th_faces_get(&fonts->faces, th_style_face(style), th_style_weight_index(style),
                                  th_style_size(style));
    if (font == NULL) return (th_text_metrics){0};
    int cap_height = 0;
    TTF_GlyphMetrics32(font, 'H', NULL, NULL, NULL, &cap_height, NULL);
    return (th_text_metrics){(float)TTF_FontAscent(font), (float)-TTF_FontDescent(font),
                             (float)TTF_FontLineSkip(font), (float)cap_height};
}

float th_text_mono_advance(th_fonts *fonts, int weight, float size_px) {
    return th_text_width(
        fonts, (th_text_style){.role = TH_FONT_MONO, .weight = weight, .size_px = size_px}, "0", 1);
}

/* Copies text[0..length) and an ellipsis; false when `out` is too small. */
static bool shorten(const char *text, size_t length, char *out, size_t out_size) {
    static const char ellipsis[] = "\xE2\x80\xA6";
    while (length > 0 && text[length - 1] == ' ') length--;
    if (length + sizeof ellipsis > out_size) return false;
    memcpy(out, text, length);
    memcpy(out + length, ellipsis, sizeof ellipsis);
    return true;
}

/* The start of the character that byte `index` belongs to. */
static size_t character_start(const char *text, size_t index) {
    while (index > 0 && ((unsigned char)text[index] & 0xC0) == 0x80) index--;
    return index;
}

size_t th_text_fit(th_fonts *fonts, th_text_style style, const char *text, float width, char *out,
                   size_t out_size) {
    TH_ASSERT(out_size > 0);
    size_t length = strlen(text);
    if (length < out_size && th_text_width(fonts, style, text, length) <= width) {
        memcpy(out, text, length + 1);
        return length;
    }
    /* Widths rise with length, so halving finds the longest beginning that fits. */
    size_t fits = 0, too_long = length;
    out[0] = '\0';
    while (fits + 1 < too_long) {
        size_t middle = character_start(text, fits + (too_long - fits) / 2);
        if (middle <= fits) middle = fits + (too_long - fits) / 2;
        bool room = shorten(text, middle, out, out_size);
        if (room && th_text_width(fonts, style, out, SIZE_MAX) <= width) {
            fits = middle;
        } else {
            too_long = middle;
        }
    }
    fits = character_start(text, fits);
    bool room = shorten(text, fits, out, out_size);
    if (!room || th_text_width(fonts, style, out, SIZE_MAX) > width) out[0] = '\0';
    return strlen(out);
}

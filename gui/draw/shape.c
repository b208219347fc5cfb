/* Turns one line of text into an advance and a coverage mask: characters are divided into
 * pieces by the face that has them; SDL_ttf (HarfBuzz) shapes each piece. A fixed-pitch text is
 * set character by character, so that no ligature forms and every cell is equally wide. */
#include <stdlib.h>
#include <string.h>

#include "gui/draw/raster.h"
#include "gui/draw/runs.h"
#include "gui/draw/utf8.h"
#include "sim/base/assert.h"

/* A piece of a line in one face. */
typedef struct piece {
    char text[TH_RUN_LENGTH_MAX * 3 + 1]; /* a bad byte grows to the three of U+FFFD */
    size_t length;
    th_face face;
    uint32_t character; /* the first */
    int high;           /* how far the highest glyph rises above the baseline, px */
} piece;

/* What is shown for a character of the input. */
static uint32_t shown(uint32_t character) {
    if (character == '\t' || character == '\n' || character == '\r') return ' ';
    return character < 0x20 || character == 0x7F ? TH_UTF8_REPLACEMENT : character;
}

static TTF_Font *font_of(th_fonts *fonts, const th_run *run, th_face face) {
    return th_faces_get(&fonts->faces, face, run->weight_index, run->size);
}

static th_face face_of(th_fonts *fonts, const th_run *run, uint32_t character) {
    th_face primary = th_style_face((th_text_style){.role = run->role});
    return th_faces_for(&fonts->faces, primary, run->weight_index, run->size, character);
}

/* Reads the next piece; false at the end of the text. */
static bool next_piece(th_fonts *fonts, const th_run *run, size_t *index, piece *p) {
    if (*index >= run->length) return false;
    p->length = 0;
    while (*index < run->length) {
        size_t after = *index;
        uint32_t character = shown(th_utf8_next(run->text, run->length, &after));
        th_face face = face_of(fonts, run, character);
        if (p->length == 0) {
            p->face = face;
            p->character = character;
        }
        if (face != p->face) break;
        *index = after;
        p->length += th_utf8_put(p->text + p->length, character);
        if (run->role == TH_FONT_MONO) break;
    }
    p->text[p->length] = '\0';
    return true;
}

static int cell_advance(th_fonts *fonts, const th_run *run) {
    int advance = 0;
    TTF_Font *font = font_of(fonts, run, TH_FACE_MONO);
    if (font == NULL || TTF_GlyphMetrics32(font, '0', NULL, NULL, NULL, NULL, &advance) != 0) {
        return run->size * 3 / 5;
    }
    return advance;
}

/* The advance of a piece. In a fixed-pitch text, whole cells. */
static int piece_advance(th_fonts *fonts, const th_run *run, const piece *p) {
    if (run->role == TH_FONT_MONO) {
        return cell_advance(fonts, run) * (th_utf8_wide(p->character) ? 2 : 1);
    }
    TTF_Font *font = font_of(fonts, run, p->face);
    int width = 0, min_x = 0;
    if (font == NULL || TTF_SizeUTF8(font, p->text, &width, NULL) != 0) return 0;
    TTF_GlyphMetrics32(font, p->character, &min_x, NULL, NULL, NULL, NULL);
    return min_x < 0 ? width + min_x : width;
}

void th_run_measure(th_fonts *fonts, th_run *run) {
    static _Thread_local piece p;
    size_t index = 0;
    int advance = 0;
    while (next_piece(fonts, run, &index, &p)) advance += piece_advance(fonts, run, &p);
    run->advance = (float)advance;
}

/* How far SDL_ttf shifts a line right and down, so that ink left of the pen or above the face's
 * ascent stays inside its picture. */
static void picture_shift(TTF_Font *font, const piece *p, int *right, int *down) {
    int min_x = 0, high = 0;
    TTF_GlyphMetrics32(font, p->character, &min_x, NULL, NULL, NULL, NULL);
    *right = min_x < 0 ? -min_x : 0;
    for (size_t i = 0; i < p->length;) {
        int max_y = 0;
        uint32_t character = th_utf8_next(p->text, p->length, &i);
        TTF_GlyphMetrics32(font, character, NULL, NULL, NULL, &max_y, NULL);
        if (max_y > high) high = max_y;
    }
    int ascent = TTF_FontAscent(font);
    *down = high > ascent ? high - ascent : 0;
}

/* A mask under construction; the pen starts at (pad, baseline). */
typedef struct canvas {
    uint8_t *bytes;
    int width, height, pad, baseline;
} canvas;

static void stamp(canvas *c, const SDL_Surface *picture, int x, int y) {
    for (int row = 0; row < picture->h; row++) {
        int to_y = y + row;
        if (to_y < 0 || to_y >= c->height) continue;
        const uint32_t *from =
            (const uint32_t *)(const void *)((const char *)picture->pixels + row * picture->pitch);
        uint8_t *to = c->bytes + (size_t)to_y * (size_t)c->width;
        for (int column = 0; column < picture->w; column++) {
            int to_x = x + column;
            uint8_t coverage = (uint8_t)(from[column] >> 24);
            if (to_x >= 0 && to_x < c->width && coverage > to[to_x]) to[to_x] = coverage;
        }
    }
}

static void draw_piece(th_fonts *fonts, const th_run *run, const piece *p, int pen, canvas *c) {
    TTF_Font *font = font_of(fonts, run, p->face);
    if (font == NULL) return;
    int right, down;
    picture_shift(font, p, &right, &down);
    SDL_Surface *picture = TTF_RenderUTF8_Blended(font, p->text, (SDL_Color){255, 255, 255, 255});
    if (picture == NULL) return; /* nothing to see, as a zero-width character */
    int x = c->pad + pen - right;
    if (run->role == TH_FONT_MONO && p->face != TH_FACE_MONO) {
        x += (piece_advance(fonts, run, p) - picture->w) / 2;
    }
    stamp(c, picture, x, c->baseline - TTF_FontAscent(font) - down);
    SDL_FreeSurface(picture);
}

static bool row_blank(const canvas *c, int row) {
    const uint8_t *bytes = c->bytes + (size_t)row * (size_t)c->width;
    for (int i = 0; i < c->width; i++) {
        if (bytes[i] != 0) return false;
    }
    return true;
}

static bool column_blank(const canvas *c, int column, int top, int bottom) {
    for (int row = top; row < bottom; row++) {
        if (c->bytes[(size_t)row * (size_t)c->width + (size_t)column] != 0) return false;
    }
    return true;
}

/* Keeps the part of the canvas with ink as the run's mask. */
static void trim(th_run *run, const canvas *c) {
    int top = 0, bottom = c->height, left = 0, right = c->width;
    while (top < bottom && row_blank(c, top)) top++;
    if (top == bottom) return;
    while (row_blank(c, bottom - 1)) bottom--;
    while (column_blank(c, left, top, bottom)) left++;
    while (column_blank(c, right - 1, top, bottom)) right--;
    run->width = right - left;
    run->height = bottom - top;
    run->left = left - c->pad;
    run->top = top - c->baseline;
    TH_ASSERT(run->width > 0 && run->height > 0);
    run->mask = malloc((size_t)run->width * (size_t)run->height);
    TH_ASSERT(run->mask != NULL);
    for (int row = 0; row < run->height; row++) {
        memcpy(run->mask + (size_t)row * (size_t)run->width,
               c->bytes + (size_t)(top + row) * (size_t)c->width + left, (size_t)run->width);
    }
}

void th_run_render(th_fonts *fonts, th_run *run) {
    static _Thread_local piece p;
    canvas c = {.pad = run->size, .baseline = run->size * 2};
    /* No picture is wider, so what lies beyond cannot show. */
    int shown_width = run->advance < TH_RASTER_SIZE_MAX ? (int)run->advance : TH_RASTER_SIZE_MAX;
    c.width = shown_width + 2 * c.pad;
    c.height = run->size * 3 + c.pad;
    c.bytes = calloc((size_t)c.width, (size_t)c.height);
    TH_ASSERT(c.bytes != NULL);
    size_t index = 0;
    int pen = 0;
    while (next_piece(fonts, run, &index, &p)) {
        draw_piece(fonts, run, &p, pen, &c);
        pen += piece_advance(fonts, run, &p);
    }
    trim(run, &c);
    free(c.bytes);
    run->rendered = true;
}

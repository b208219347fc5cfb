/* UTF-8, for text that may come from anywhere. */
#ifndef TH_GUI_DRAW_UTF8_H
#define TH_GUI_DRAW_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TH_UTF8_REPLACEMENT = 0xFFFD };

/* Reads the character at text[*index] and moves *index past it; *index < length. A byte that
 * begins no valid character (overlong, surrogate, cut off, above U+10FFFF) reads as U+FFFD and
 * is passed alone. */
uint32_t th_utf8_next(const char *text, size_t length, size_t *index);

/* Writes a character (of at most U+10FFFF, no surrogate); returns its 1 to 4 bytes. */
size_t th_utf8_put(char out[4], uint32_t character);

/* Where the character before `at` begins (0 at the start), and where the one at `at` ends (`at` at
 * the text's end). */
size_t th_utf8_before(const char *text, size_t at);
size_t th_utf8_behind(const char *text, size_t at);

/* Characters that are set in full cells: Chinese, Japanese, Korean and full-width forms. */
bool th_utf8_wide(uint32_t character);

#endif

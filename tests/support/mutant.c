#include "tests/support/mutant.h"

#include "sim/base/assert.h"

#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool th_mutant_read(const char *path, th_mutant *text) {
    FILE *stream = fopen(path, "r");
    if (stream == NULL) return false;
    fseek(stream, 0, SEEK_END);
    text->length = (size_t)ftell(stream);
    rewind(stream);
    text->bytes = malloc(text->length + 1);
    TH_ASSERT(text->bytes != NULL);
    const bool whole = fread(text->bytes, 1, text->length, stream) == text->length;
    fclose(stream);
    return whole;
}

uint32_t th_mutant_read_all(const char *pattern, th_mutant *texts, uint32_t max) {
    glob_t found;
    if (glob(pattern, 0, NULL, &found) != 0) return 0;
    uint32_t count = 0;
    for (size_t i = 0; i < found.gl_pathc && count < max; i++) {
        if (th_mutant_read(found.gl_pathv[i], &texts[count])) count++;
    }
    globfree(&found);
    return count;
}

// A line, with its newline.
typedef struct line {
    size_t start, length;
} line;

static line line_at(const th_mutant *text, size_t at) {
    size_t start = at;
    while (start > 0 && text->bytes[start - 1] != '\n') start--;
    size_t end = at;
    while (end < text->length && text->bytes[end] != '\n') end++;
    if (end < text->length) end++;
    return (line){start, end - start};
}

static line any_line(const th_mutant *text, th_rng *rng) {
    return line_at(text, (size_t)th_rng_below(rng, text->length));
}

// Replaces `length` bytes at `start`.
static void splice(th_mutant *text, size_t start, size_t length, const char *bytes, size_t count) {
    char *spliced = malloc(text->length + count + 1);
    TH_ASSERT(spliced != NULL);
    memcpy(spliced, text->bytes, start);
    memcpy(spliced + start, bytes, count);
    const size_t rest = start + length;
    memcpy(spliced + start + count, text->bytes + rest, text->length - rest);
    free(text->bytes);
    text->bytes = spliced;
    text->length = text->length - length + count;
}

static void change_digit(th_mutant *text, th_rng *rng) {
    static const char DIGITS[] = "0123456789abcdef-.e";
    for (int tries = 0; tries < 100; tries++) {
        char *at = &text->bytes[th_rng_below(rng, text->length)];
        if (*at < '0' || *at > '9') continue;
        *at = DIGITS[th_rng_below(rng, sizeof DIGITS - 1)];
        return;
    }
}

static void mutate(th_mutant *text, const th_mutant *other, th_rng *rng) {
    if (text->length == 0) return;
    const line one = any_line(text, rng);
    const line from = any_line(other, rng);
    switch (th_rng_below(rng, 8)) {
    case 0:
    case 1: {
        const uint64_t bit = th_rng_below(rng, text->length * 8);
        text->bytes[bit / 8] = (char)(text->bytes[bit / 8] ^ 1 << bit % 8);
        break;
    }
    case 2:
    case 3: change_digit(text, rng); break;
    case 4: text->length = (size_t)th_rng_below(rng, text->length); break;
    case 5: splice(text, one.start, one.length, "", 0); break;
    case 6: splice(text, one.start, 0, text->bytes + one.start, one.length); break;
    default: splice(text, one.start, one.length, other->bytes + from.start, from.length); break;
    }
}

th_mutant th_mutant_of(const th_mutant *text, const th_mutant *other, th_rng *rng) {
    th_mutant mutant = {malloc(text->length + 1), text->length};
    TH_ASSERT(mutant.bytes != NULL);
    memcpy(mutant.bytes, text->bytes, text->length);
    for (uint64_t i = th_rng_below(rng, 4) + 1; i > 0; i--) mutate(&mutant, other, rng);
    return mutant;
}

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

void th_mutant_change_word(th_mutant *text, const char *const *words, th_rng *rng) {
    uint64_t count = 0;
    while (words[count] != NULL) count++;
    if (text->length == 0 || count == 0) return;
    size_t start = (size_t)th_rng_below(rng, text->length);
    while (start > 0 && is_word(text->bytes[start - 1])) start--;
    size_t end = start;
    while (end < text->length && is_word(text->bytes[end])) end++;
    const char *word = words[th_rng_below(rng, count)];
    splice(text, start, end - start, word, strlen(word));
}

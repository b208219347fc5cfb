// Damaged copies of texts, for tests and fuzzers of what reads them.
#ifndef TH_TESTS_SUPPORT_MUTANT_H
#define TH_TESTS_SUPPORT_MUTANT_H

#include "sim/base/rng.h"

#include <stdbool.h>
#include <stddef.h>

// A text that may be changed. Free the bytes with free().
typedef struct th_mutant {
    char *bytes;
    size_t length;
} th_mutant;

// A whole file. False: it cannot be read.
bool th_mutant_read(const char *path, th_mutant *text);
// Every file that a glob pattern finds, at most `max` of them. Returns how many.
uint32_t th_mutant_read_all(const char *pattern, th_mutant *texts, uint32_t max);
// A damaged copy: bits flipped, digits changed, cut, lines dropped, doubled, in another order, or
// taken from another text.
th_mutant th_mutant_of(const th_mutant *text, const th_mutant *other, th_rng *rng);
// Puts one of the words (a list that ends with NULL) in place of one of the text's.
void th_mutant_change_word(th_mutant *text, const char *const *words, th_rng *rng);

#endif

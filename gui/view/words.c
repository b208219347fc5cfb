#include "gui/view/words.h"

#include "sim/base/assert.h"

static const char *const WORDS[TH_WORD_COUNT][TH_LANG_COUNT] = {
#define X(name, en, zh) {en, zh},
    TH_WORDS(X) TH_WORDS_SHEETS(X) TH_WORDS_EXPLORE(X) TH_WORDS_STAGE(X) TH_WORDS_HANDS(X)
    TH_WORDS_PRESENT(X)
#undef X
};

const char *th_word_string(th_word word, th_lang lang) {
    TH_ASSERT(word < TH_WORD_COUNT);
    TH_ASSERT(lang < TH_LANG_COUNT);
    return WORDS[word][lang];
}

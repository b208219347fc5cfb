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

th_word th_word_chapter(char number) {
    switch (number) {
    case '1': return TH_WORD_CHAPTER_1;
    case '2': return TH_WORD_CHAPTER_2;
    case '3': return TH_WORD_CHAPTER_3;
    case '4': return TH_WORD_CHAPTER_4;
    case '5': return TH_WORD_CHAPTER_5;
    case '6': return TH_WORD_CHAPTER_6;
    default: return TH_WORD_CHAPTER_OTHER;
    }
}

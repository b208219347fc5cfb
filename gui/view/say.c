#include "gui/view/say.h"

#include <stdio.h>

void th_say_row(const th_scene_log_row *row, th_lang lang, char *out, size_t size) {
    const bool access =
        row->kind != TH_EVENT_SYNC && row->kind != TH_EVENT_SCHEDULE && row->kind != TH_EVENT_START;
    const th_word word = !access      ? TH_WORD_SAY_OTHER
                         : row->write ? TH_WORD_SAY_WRITE
                                      : TH_WORD_SAY_READ;
    snprintf(out, size, th_word_string(word, lang), (int)row->g, (int)row->g, row->name,
             row->value);
}

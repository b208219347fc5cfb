#include "gui/app/announce.h"

#include "gui/draw/wrap.h"
#include "gui/scene/dump.h"
#include "gui/scene/log.h"
#include "gui/view/say.h"

#include <inttypes.h>

// A longer way is a jump: nobody listens to all of it.
enum { TOLD_STEPS_MAX = 1000 };

static const char *pick(th_text text, th_lang lang) {
    if (text.in[lang] != NULL) return text.in[lang];
    for (int i = 0; i < TH_LANG_COUNT; i++) {
        if (text.in[i] != NULL) return text.in[i];
    }
    return "";
}

// Without marks, on one line.
static void put_plain(const char *marked, FILE *stream) {
    th_text_layout layout = {0};
    th_text_parse(&layout, marked);
    for (size_t i = 0; i < layout.text_count; i++) {
        fputc(layout.text[i] == '\n' ? ' ' : layout.text[i], stream);
    }
    th_text_layout_free(&layout);
}

static void put_race(const th_announce_source *source, uint64_t step, FILE *stream) {
    const th_scene_race *race = th_scene_index_race(source->index, step);
    if (race == NULL) return;
    char earlier[24];
    snprintf(earlier, sizeof(earlier), "%" PRIu64, race->earlier_step);
    const th_word verb = race->earlier_write ? TH_WORD_WRITE : TH_WORD_READ;
    fputc(' ', stream);
    fprintf(stream, th_word_string(TH_WORD_TEXT_RACE, source->lang), (int)race->earlier_g,
            th_word_string(verb, source->lang), earlier);
}

static void put_notes(const th_announce_source *source, uint64_t step, FILE *stream) {
    for (uint32_t i = 0; i < source->index->note_count; i++) {
        if (source->index->notes[i].step != step) continue;
        const th_note *note = th_scenario_note(source->scenario, source->index->notes[i].note);
        if (note == NULL || (note->kind != TH_NOTE_CAPTION && note->kind != TH_NOTE_ASK)) continue;
        fputc(' ', stream);
        put_plain(pick(note->text, source->lang), stream);
    }
}

static void put_start(const th_announce_source *source, FILE *stream) {
    put_plain(pick(th_scenario_title(source->scenario), source->lang), stream);
    const th_note *opening = th_scenario_opening(source->scenario);
    fputs("\n0:", stream);
    if (opening != NULL) {
        fputc(' ', stream);
        put_plain(pick(opening->text, source->lang), stream);
    }
}

static void put_step(const th_announce_source *source, uint64_t step, FILE *stream) {
    const th_event event = th_timeline_event(source->timeline, source->branch, step);
    const th_world *after = th_timeline_seek(source->timeline, source->branch, step);
    th_scene_log_row row;
    char said[320];
    th_scene_log_row_of(source->scenario, after, event, step, &row);
    th_say_row(&row, source->lang, said, sizeof(said));
    fprintf(stream, "%" PRIu64 ": ", step);
    put_plain(said, stream);
    put_race(source, step, stream);
}

static void put_end(const th_announce_source *source, uint64_t step, FILE *stream) {
    const th_world *end = th_timeline_end(source->timeline, source->branch);
    if (step != th_timeline_length(source->timeline, source->branch) || !th_world_ended(end))
        return;
    char title[160] = "";
    th_dump_title(end, title, sizeof(title));
    if (title[0] != '\0')
        fprintf(stream, " %s", title);
    else
        fprintf(stream, " %s.", th_word_string(TH_WORD_TEXT_END, source->lang));
}

void th_announce_step(const th_announce_source *source, uint64_t step, FILE *stream) {
    if (step == 0)
        put_start(source, stream);
    else
        put_step(source, step, stream);
    put_notes(source, step, stream);
    put_end(source, step, stream);
    fputc('\n', stream);
}

void th_announce_follow(th_announcer *announcer, const th_model *model, FILE *stream) {
    const bool same = announcer->began && announcer->branch == model->branch;
    if (same && announcer->step == model->step) return;
    const th_announce_source source = {.scenario = model->scenario,
                                       .timeline = model->timeline,
                                       .index = &model->index,
                                       .branch = model->branch,
                                       .lang = model->lang};
    const bool on =
        same && model->step > announcer->step && model->step - announcer->step <= TOLD_STEPS_MAX;
    const uint64_t from = on ? announcer->step + 1 : model->step;
    for (uint64_t step = from; step <= model->step; step++) {
        th_announce_step(&source, step, stream);
    }
    fflush(stream);
    *announcer = (th_announcer){.began = true, .branch = model->branch, .step = model->step};
}

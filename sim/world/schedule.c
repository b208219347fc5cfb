#include "sim/world/schedule.h"

#include "sim/base/assert.h"
#include "sim/base/limits.h"
#include "sim/base/print.h"
#include "sim/base/rng.h"

#include <stdlib.h>
#include <string.h>

// The stream of th_rng_at that schedules draw from; others belong to hashes and range starts.
enum { SCHEDULE_STREAM = 1 };

enum { CHOICES_AT_ONCE = 64 };  // more than that: on the heap

typedef struct schedule_part {
    const char *text;  // in th_schedule.text: the goroutine's name, not NUL ended
    uint32_t name_length;
    uint32_t text_length;  // of the whole part
    uint32_t count;        // steps; 0: until it cannot go on
    uint32_t ordinal;      // which of that name, from 1
    int32_t value;         // of every choice made
    uint16_t g;            // by number, if nobody has the name; 0: by name alone
    uint8_t kind;          // th_choice_kind
} schedule_part;

struct th_schedule {
    char *text;
    schedule_part *parts;
    uint32_t count;
    uint32_t capacity;
};

// --- parsing ---

typedef struct schedule_parser {
    const char *start;
    const char *at;
    const char *what;  // what is wrong at `at`; NULL: nothing yet
} schedule_parser;

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool ends_name(char c) { return c == '\0' || is_space(c) || strchr("*@#:~^+", c) != NULL; }

// A number from `low` to `high`. False: there is none.
static bool parse_number(schedule_parser *parser, uint32_t low, uint32_t high, uint32_t *number) {
    const char *at = parser->at;
    uint64_t value = 0;
    for (; is_digit(*at) && value <= high; at++) value = value * 10 + (uint64_t)(*at - '0');
    if (at == parser->at || value < low || value > high) {
        parser->what = at == parser->at ? "a number is missing" : "this number is out of range";
        return false;
    }
    parser->at = at;
    *number = (uint32_t)value;
    return true;
}

static bool parse_name(schedule_parser *parser, schedule_part *part) {
    part->text = parser->at;
    while (!ends_name(*parser->at)) parser->at++;
    part->name_length = (uint32_t)(parser->at - part->text);
    if (part->name_length == 0 && *parser->at == '#') {
        uint32_t number;
        parser->at++;
        if (!parse_number(parser, 1, TH_GOROUTINE_MAX - 1, &number)) return false;
        part->g = (uint16_t)number;
        return true;
    }
    if (part->name_length == 0) {
        parser->what = "the name of a goroutine is missing";
        return false;
    }
    part->g = th_schedule_name_number(part->text, part->name_length);
    return true;
}

static bool parse_processor(schedule_parser *parser, schedule_part *part) {
    uint32_t number;
    part->text = parser->at;
    if (!parse_number(parser, 0, TH_PROCS_MAX - 1, &number)) return false;
    part->g = (uint16_t)number;
    return true;
}

static bool parse_suffix(schedule_parser *parser, schedule_part *part, char mark) {
    uint32_t number;
    switch (mark) {
    case '#': return parse_number(parser, 1, TH_REGION_MAX, &part->ordinal);
    case ':':
        if (part->kind != TH_CHOICE_DRAIN) {
            parser->what = "only a drain (~name) takes :n";
            return false;
        }
        if (!parse_number(parser, 0, INT32_MAX, &number)) return false;
        part->value = (int32_t)number;
        return true;
    case '*':
        part->count = 0;
        if (part->kind == TH_CHOICE_START && !is_digit(*parser->at)) {
            parser->what = "a start (+name) takes a number after *";
            return false;
        }
        return is_digit(*parser->at) ? parse_number(parser, 1, UINT32_MAX, &part->count) : true;
    case '@':
        if (part->kind != TH_CHOICE_RUN) {
            parser->what = "only a goroutine's step takes @n";
            return false;
        }
        if (!parse_number(parser, 0, INT32_MAX, &number)) return false;
        part->value = (int32_t)number;
        return true;
    default: TH_ASSERT(false); return false;
    }
}

static bool parse_part(schedule_parser *parser, schedule_part *out) {
    schedule_part part = {.count = 1, .ordinal = 1, .kind = TH_CHOICE_RUN, .value = -1};
    const char *start = parser->at;
    if (*parser->at == '~') {
        part.kind = TH_CHOICE_DRAIN;
        part.value = 0;
        parser->at++;
    } else if (*parser->at == '^') {
        part.kind = TH_CHOICE_PICK;
        parser->at++;
    } else if (*parser->at == '+') {
        part.kind = TH_CHOICE_START;
        parser->at++;
    }
    if (part.kind == TH_CHOICE_PICK ? !parse_processor(parser, &part)
                                    : !parse_name(parser, &part)) {
        return false;
    }
    for (const char *marks = "#:*@"; *marks != '\0'; marks++) {
        if (*parser->at != *marks) continue;
        parser->at++;
        if (!parse_suffix(parser, &part, *marks)) return false;
    }
    if (*parser->at != '\0' && !is_space(*parser->at)) {
        parser->what = "expected name#n:n*n@n, each but the name left out at will";
        return false;
    }
    part.text_length = (uint32_t)(parser->at - start);
    *out = part;
    return true;
}

static void append(th_schedule *schedule, schedule_part part) {
    if (schedule->count == schedule->capacity) {
        schedule->capacity = schedule->capacity ? schedule->capacity * 2 : 16;
        const size_t size = schedule->capacity * sizeof(*schedule->parts);
        schedule->parts = realloc(schedule->parts, size);
        TH_ASSERT(schedule->parts != NULL);
    }
    schedule->parts[schedule->count++] = part;
}

uint16_t th_schedule_name_number(const char *name, size_t length) {
    if (length < 2 || length > 6 || name[0] != 'g' || name[1] == '0') return 0;
    uint32_t number = 0;
    for (size_t i = 1; i < length; i++) {
        if (!is_digit(name[i])) return 0;
        number = number * 10 + (uint32_t)(name[i] - '0');
    }
    return number < TH_REGION_MAX ? (uint16_t)number : 0;
}

bool th_schedule_name_fits(const char *name) {
    const size_t length = strlen(name);
    if (length == 0) return false;
    for (const char *at = name; *at != '\0'; at++) {
        if (ends_name(*at)) return false;
    }
    return true;
}

th_schedule *th_schedule_parse(const char *text, char *error, size_t error_size) {
    th_schedule *schedule = calloc(1, sizeof(*schedule));
    TH_ASSERT(schedule != NULL);
    const size_t size = strlen(text) + 1;
    schedule->text = malloc(size);
    TH_ASSERT(schedule->text != NULL);
    memcpy(schedule->text, text, size);
    schedule_parser parser = {.start = schedule->text, .at = schedule->text};
    for (;;) {
        while (is_space(*parser.at)) parser.at++;
        if (*parser.at == '\0') return schedule;
        schedule_part part;
        if (!parse_part(&parser, &part)) {
            th_print out = th_print_to(error, error_size);
            th_print_text(&out, "schedule, column ");
            th_print_uint(&out, (uint64_t)(parser.at - parser.start) + 1);
            th_print_text(&out, ": ");
            th_print_text(&out, parser.what);
            th_schedule_free(schedule);
            return NULL;
        }
        append(schedule, part);
    }
}

void th_schedule_free(th_schedule *schedule) {
    if (schedule == NULL) return;
    free(schedule->text);
    free(schedule->parts);
    free(schedule);
}

// --- choosing ---

static bool is_called(const char *name, const schedule_part *part) {
    return strncmp(name, part->text, part->name_length) == 0 && name[part->name_length] == '\0';
}

// Which of those kept for later the part names, from 1; 0: none.
static uint16_t resolve_later(const schedule_part *part, const th_env *env) {
    uint32_t seen = 0;
    for (uint32_t i = 0; i < env->later_count; i++) {
        const char *name = th_programs_name(env->programs, env->later[i]);
        if (is_called(name, part) && ++seen == part->ordinal) return (uint16_t)(i + 1);
    }
    return 0;
}

// The goroutine a part names; 0: there is none (yet). Of a P, its number.
static uint16_t resolve(const schedule_part *part, const th_world *world) {
    if (part->kind == TH_CHOICE_PICK) return part->g;
    if (part->kind == TH_CHOICE_START) return resolve_later(part, world->env);
    uint32_t seen = 0;
    for (uint32_t g = 1; part->name_length > 0 && g < world->goroutine_count; g++) {
        const char *name = th_world_goroutine_name(world, (uint16_t)g);
        if (is_called(name, part) && ++seen == part->ordinal) return (uint16_t)g;
    }
    return seen == 0 && part->g < world->goroutine_count ? part->g : 0;
}

static const char *why_not(const schedule_part *part, const th_world *world, uint16_t g) {
    if (part->kind == TH_CHOICE_PICK) return "this P cannot look for work";
    if (g == 0) return "there is no such goroutine";
    if (part->kind == TH_CHOICE_START) return "the run is over, or has too many goroutines";
    if (part->kind == TH_CHOICE_DRAIN) return "its store buffer holds no such entry";
    if (world->goroutines[g].status == TH_STATUS_DEAD) return "it has returned";
    return "it waits";
}

static th_chosen misfit(const th_chooser *chooser, const th_world *world, uint16_t g, char *error,
                        size_t error_size) {
    const schedule_part *part = &chooser->schedule->parts[chooser->part];
    th_print out = th_print_to(error, error_size);
    th_print_text(&out, "schedule, part ");
    th_print_uint(&out, chooser->part + UINT64_C(1));
    th_print_text(&out, " \"");
    th_print_bytes(&out, part->text - (part->kind != TH_CHOICE_RUN), part->text_length);
    th_print_text(&out, "\": ");
    th_print_text(&out, why_not(part, world, g));
    th_print_text(&out, " after step ");
    th_print_uint(&out, world->step_count);
    if (part->count > 1) {
        th_print_text(&out, " (");
        th_print_uint(&out, chooser->taken);
        th_print_text(&out, " taken)");
    }
    return TH_CHOSEN_MISFIT;
}

static th_chosen by_seed(uint64_t seed, const th_world *world, th_choice *choice) {
    th_choice some[CHOICES_AT_ONCE];
    const uint32_t count = th_world_choices(world, some, CHOICES_AT_ONCE);
    if (count == 0) return TH_CHOSEN_NONE;
    th_rng rng = {th_rng_at(seed, SCHEDULE_STREAM, world->step_count)};
    const uint32_t pick = (uint32_t)th_rng_below(&rng, count);
    if (count <= CHOICES_AT_ONCE) {
        *choice = some[pick];
        return TH_CHOSEN;
    }
    th_choice *all = malloc(count * sizeof(*all));
    TH_ASSERT(all != NULL);
    th_world_choices(world, all, count);
    *choice = all[pick];
    free(all);
    return TH_CHOSEN;
}

th_chosen th_chooser_next(th_chooser *chooser, const th_world *world, th_choice *choice,
                          char *error, size_t error_size) {
    const th_schedule *schedule = chooser->schedule;
    while (schedule != NULL && chooser->part < schedule->count) {
        const schedule_part *part = &schedule->parts[chooser->part];
        const uint16_t g = resolve(part, world);
        if (g == 0 && part->kind != TH_CHOICE_PICK)
            return misfit(chooser, world, g, error, error_size);
        const bool starts = part->kind == TH_CHOICE_START;
        *choice = (th_choice){
            .g = starts ? (uint16_t)(g - 1) : g, .kind = part->kind, .value = part->value};
        const bool enabled = th_world_enabled(world, *choice);
        if (!enabled && part->count != 0) return misfit(chooser, world, g, error, error_size);
        if (enabled && chooser->taken < UINT32_MAX) chooser->taken++;  // an open part has no end
        if (!enabled || chooser->taken == part->count) {
            chooser->part++;
            chooser->taken = 0;
        }
        if (enabled) return TH_CHOSEN;
    }
    return chooser->text_only ? TH_CHOSEN_NONE : by_seed(chooser->seed, world, choice);
}

bool th_chooser_starts(const th_chooser *chooser) {
    const th_schedule *schedule = chooser->schedule;
    return schedule != NULL && chooser->part < schedule->count &&
           schedule->parts[chooser->part].kind == TH_CHOICE_START;
}

uint64_t th_chooser_ahead(const th_chooser *chooser) {
    if (chooser->taken == 0) return 0;  // the choice was the seed's, or the last of its part
    const schedule_part *part = &chooser->schedule->parts[chooser->part];
    return part->count == 0 ? UINT64_MAX : part->count - chooser->taken;
}

void th_chooser_advance(th_chooser *chooser, uint64_t count) {
    TH_ASSERT(count <= th_chooser_ahead(chooser));
    if (count == 0) return;
    const schedule_part *part = &chooser->schedule->parts[chooser->part];
    if (part->count == 0) return;
    chooser->taken += (uint32_t)count;
    if (chooser->taken < part->count) return;
    chooser->part++;
    chooser->taken = 0;
}

// --- writing ---

static void print_marked(th_print *out, const char *mark, int64_t number) {
    th_print_text(out, mark);
    th_print_int(out, number);
}

// How a goroutine is called in a text: 0 by number, else which of its name it is; `alone`: the
// only.
static uint32_t ordinal_of(const th_world *world, uint16_t g, bool *alone) {
    const char *name = th_world_goroutine_name(world, g);
    uint32_t before = 0, all = 0;
    if (name[0] == '\0') return 0;
    for (uint32_t other = 1; other < world->goroutine_count; other++) {
        if (strcmp(th_world_goroutine_name(world, (uint16_t)other), name) != 0) continue;
        all++;
        if (other <= g) before++;
    }
    *alone = all == 1;
    return before;
}

// "g3", or "#3" where a goroutine is called g3.
static void write_number(th_print *out, const th_world *world, uint16_t g) {
    bool taken = false;
    for (uint32_t other = 1; other < world->goroutine_count; other++) {
        const char *name = th_world_goroutine_name(world, (uint16_t)other);
        taken |= th_schedule_name_number(name, strlen(name)) == g;
    }
    print_marked(out, taken ? "#" : "g", g);
}

static void write_name(th_print *out, const th_world *world, uint16_t g) {
    bool alone = true;
    const uint32_t ordinal = ordinal_of(world, g, &alone);
    if (ordinal == 0) {
        write_number(out, world, g);
        return;
    }
    th_print_text(out, th_world_goroutine_name(world, g));
    if (!alone) print_marked(out, "#", ordinal);
}

// "+c1", "+c1#2".
static void write_start(th_print *out, const th_env *env, uint16_t index) {
    const char *name = th_programs_name(env->programs, env->later[index]);
    uint32_t ordinal = 1;
    for (uint32_t i = 0; i < index; i++) {
        ordinal += strcmp(th_programs_name(env->programs, env->later[i]), name) == 0;
    }
    th_print_text(out, "+");
    th_print_text(out, name);
    if (ordinal > 1) print_marked(out, "#", ordinal);
}

static void write_part(th_print *out, const th_world *world, th_choice choice, size_t count) {
    if (out->length > 0) th_print_text(out, " ");
    if (choice.kind == TH_CHOICE_START) {
        write_start(out, world->env, choice.g);
        if (count > 1) print_marked(out, "*", (int64_t)count);
        return;
    }
    if (choice.kind == TH_CHOICE_DRAIN) th_print_text(out, "~");
    if (choice.kind == TH_CHOICE_PICK) {
        print_marked(out, "^", choice.g);
    } else {
        write_name(out, world, choice.g);
    }
    if (choice.kind == TH_CHOICE_DRAIN && choice.value > 0) print_marked(out, ":", choice.value);
    if (count > 1) print_marked(out, "*", (int64_t)count);
    if (choice.kind == TH_CHOICE_RUN && choice.value >= 0) print_marked(out, "@", choice.value);
}

static bool same_choice(th_choice a, th_choice b) {
    return a.g == b.g && a.kind == b.kind && a.value == b.value;
}

size_t th_schedule_format(const th_world *world, const th_choice *choices, size_t count, char *text,
                          size_t size) {
    th_print out = th_print_to(text, size);
    for (size_t i = 0; i < count;) {
        size_t same = 1;
        while (i + same < count && same_choice(choices[i], choices[i + same])) same++;
        write_part(&out, world, choices[i], same);
        i += same;
    }
    return out.length;
}

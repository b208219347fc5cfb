#include "gui/cli/conform_line.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool wrong(th_conform_line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool wrong(th_conform_line *line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line->error, sizeof line->error, format, arguments);
    va_end(arguments);
    return false;
}

static bool parse(th_conform_line *line, const char *text) {
    *line = (th_conform_line){.text = text};
    const char *end = text;
    line->object = cJSON_ParseWithOpts(text, &end, 1);
    if (line->object == NULL)
        return wrong(line, "not JSON from column %d on", (int)(end - text) + 1);
    return cJSON_IsObject(line->object) || wrong(line, "not a JSON object");
}

void th_conform_line_free(th_conform_line *line) {
    cJSON_Delete(line->object);
    free(line->hashes);
    line->object = NULL;
    line->hashes = NULL;
}

// --- fields ---

static const cJSON *field(const th_conform_line *line, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(line->object, name);
}

// The digits of a field of the line's object. cJSON keeps numbers as doubles, which hold integers
// up to 2^53 exactly: the few larger ones are read again where they stand.
static const char *digits_of(const th_conform_line *line, const char *name) {
    const size_t length = strlen(name);
    const char *at = line->text;
    while ((at = strstr(at, name)) != NULL) {
        const char *after = at + length;
        // A quote before the name that is not escaped begins a string, and a colon after it makes
        // that string a field's name.
        const bool begins = at - line->text >= 2 && at[-1] == '"' && at[-2] != '\\';
        if (begins && *after == '"') {
            after++;
            while (isspace((unsigned char)*after)) after++;
            if (*after == ':') return after + 1;
        }
        at++;
    }
    return NULL;
}

static bool read_u64(th_conform_line *line, const char *name, uint64_t max, uint64_t *number) {
    static const double EXACT_MAX = 9007199254740992.0;
    const cJSON *item = field(line, name);
    if (item == NULL) return wrong(line, "\"%s\" is missing", name);
    const double value = item->valuedouble;
    if (!cJSON_IsNumber(item) || !(value >= 0)) {
        return wrong(line, "\"%s\" is not a number from 0 on", name);
    }
    if (value < EXACT_MAX) {
        *number = (uint64_t)value;
        if ((double)*number != value) return wrong(line, "\"%s\" is not a whole number", name);
    } else {
        const char *digits = digits_of(line, name);
        char *end = NULL;
        errno = 0;
        *number = digits == NULL ? 0 : strtoull(digits, &end, 10);
        if (end == NULL || errno != 0 || strchr(",} \t\r\n", *end) == NULL) {
            return wrong(line, "\"%s\" does not fit 64 bits", name);
        }
    }
    return *number <= max || wrong(line, "\"%s\" is too large", name);
}

// From -2^53 to 2^53: counts and hints.
static bool read_int(th_conform_line *line, const char *name, int64_t *number) {
    static const double MAX = 9007199254740992.0;
    const cJSON *item = field(line, name);
    if (item == NULL) return wrong(line, "\"%s\" is missing", name);
    const double value = item->valuedouble;
    if (!cJSON_IsNumber(item) || !(value >= -MAX && value <= MAX) ||
        (double)(int64_t)value != value) {
        return wrong(line, "\"%s\" is not a whole number", name);
    }
    *number = (int64_t)value;
    return true;
}

static bool read_bool(th_conform_line *line, const char *name, bool *value) {
    const cJSON *item = field(line, name);
    if (item == NULL) return wrong(line, "\"%s\" is missing", name);
    *value = cJSON_IsTrue(item);
    return cJSON_IsBool(item) || wrong(line, "\"%s\" is neither true nor false", name);
}

// A field of an object within the line, or of the line itself.
static bool read_text(th_conform_line *line, const cJSON *object, const char *name,
                      const char **text) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    if (item == NULL) return wrong(line, "\"%s\" is missing", name);
    *text = cJSON_GetStringValue(item);
    return *text != NULL || wrong(line, "\"%s\" is not a string", name);
}

static bool read_word(th_conform_line *line, const cJSON *object, const char *name,
                      uint64_t *word) {
    const char *text = "";
    if (!read_text(line, object, name, &text)) return false;
    if (strlen(text) != 16 || strspn(text, "0123456789abcdefABCDEF") != 16) {
        return wrong(line, "\"%s\" is not of 16 hexadecimal digits", name);
    }
    *word = strtoull(text, NULL, 16);
    return true;
}

static bool read_key(th_conform_line *line, const cJSON *object, th_conform *replay,
                     th_value *key) {
    const char *text = "";
    if (!read_text(line, object, "k", &text)) return false;
    return th_conform_key_parse(replay, text, strlen(text), key) ||
           wrong(line, "\"k\" is not a key of this type: %.40s", text);
}

// --- the first line ---

static bool check_size(th_conform_line *line, const char *name, uint64_t expected) {
    uint64_t size = 0;
    if (field(line, name) == NULL) return true;
    if (!read_u64(line, name, UINT64_MAX, &size)) return false;
    return size == expected || wrong(line, "\"%s\" is %llu, but such maps have %llu", name,
                                     (unsigned long long)size, (unsigned long long)expected);
}

bool th_conform_line_header(th_conform_line *line, const char *text, th_conform_header *header) {
    const char *format = "";
    const char *key = "";
    if (!parse(line, text)) return false;
    if (!read_text(line, line->object, "format", &format)) return false;
    if (strcmp(format, "tophash-conform/1") != 0) {
        return wrong(line, "the format is %.40s, not tophash-conform/1", format);
    }
    if (!read_text(line, line->object, "key", &key)) return false;
    if (!th_conform_key_type(key, &header->key)) return wrong(line, "unknown key type %.40s", key);
    th_map_type type;
    if (!th_map_type_make(header->key, TH_U64, &type)) return wrong(line, "no such map");
    header->hint = 0;
    return check_size(line, "keysize", type.key_size) &&
           check_size(line, "elemsize", type.elem_size) &&
           check_size(line, "bucketsize", type.bucket_size) &&
           (field(line, "hint") == NULL || read_int(line, "hint", &header->hint)) &&
           read_u64(line, "ops", UINT64_MAX, &header->op_count);
}

// --- operations ---

typedef struct op_name {
    const char *name;
    th_map_op op;
} op_name;

static const op_name OP_NAMES[] = {
    {"set", TH_MAP_SET},     {"get", TH_MAP_GET},    {"del", TH_MAP_DELETE},
    {"clear", TH_MAP_CLEAR}, {"iter", TH_MAP_RANGE}, {"next", TH_MAP_NEXT},
};

static bool read_op(th_conform_line *line) {
    const char *name = "";
    if (!read_text(line, line->object, "op", &name)) return false;
    for (size_t i = 0; i < sizeof OP_NAMES / sizeof *OP_NAMES; i++) {
        if (strcmp(name, OP_NAMES[i].name) != 0) continue;
        line->op.op = OP_NAMES[i].op;
        return true;
    }
    return wrong(line, "unknown operation %.40s", name);
}

static bool read_hashes(th_conform_line *line, th_conform *replay) {
    const cJSON *list = field(line, "hashes");
    if (list == NULL) return true;
    if (!cJSON_IsArray(list)) return wrong(line, "\"hashes\" is not a list");
    const int count = cJSON_GetArraySize(list);
    line->hashes = calloc((size_t)count + 1, sizeof *line->hashes);
    if (line->hashes == NULL) return wrong(line, "out of memory");
    line->op.hashes = line->hashes;
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, list) {
        th_conform_hash *hash = &line->hashes[line->op.hash_count++];
        if (!read_key(line, item, replay, &hash->key) || !read_word(line, item, "h", &hash->hash)) {
            return false;
        }
    }
    return true;
}

static bool read_keyed(th_conform_line *line, th_conform *replay) {
    th_conform_op *op = &line->op;
    if (!read_key(line, line->object, replay, &op->key) ||
        !read_word(line, line->object, "h", &op->hash)) {
        return false;
    }
    if (op->op == TH_MAP_DELETE) return true;
    if (!read_u64(line, "v", UINT64_MAX, &op->value)) return false;
    return op->op == TH_MAP_SET || read_bool(line, "ok", &op->ok);
}

static bool read_loop(th_conform_line *line, th_conform *replay) {
    th_conform_op *op = &line->op;
    uint64_t loop = 0;
    if (field(line, "it") != NULL && !read_u64(line, "it", UINT32_MAX, &loop)) return false;
    op->loop = (uint32_t)loop;
    if (op->op == TH_MAP_RANGE && (!read_u64(line, "startBucket", UINT64_MAX, &op->start_bucket) ||
                                   !read_u64(line, "offset", UINT64_MAX, &op->offset))) {
        return false;
    }
    bool end = false;
    if (field(line, "end") != NULL && !read_bool(line, "end", &end)) return false;
    op->ok = !end;
    return end || (read_key(line, line->object, replay, &op->key) &&
                   read_u64(line, "v", UINT64_MAX, &op->value));
}

static bool read_spare(th_conform_line *line, int64_t *index) {
    const char *text = "";
    if (!read_text(line, line->object, "nextOverflow", &text)) return false;
    *index = -1;
    if (strcmp(text, "-") == 0) return true;
    if (text[0] != 'p' || !isdigit((unsigned char)text[1]) || strlen(text) > 12 ||
        strspn(text + 1, "0123456789") != strlen(text + 1)) {
        return wrong(line, "\"nextOverflow\" is neither - nor pN: %.40s", text);
    }
    *index = strtoll(text + 1, NULL, 10);
    return true;
}

static bool read_state(th_conform_line *line) {
    th_conform_state *state = &line->op.state;
    line->op.has_state = field(line, "count") != NULL;
    if (!line->op.has_state) return true;
    if (!read_u64(line, "count", UINT64_MAX, &state->count) ||
        !read_u64(line, "flags", UINT8_MAX, &state->flags) ||
        !read_u64(line, "B", UINT8_MAX, &state->B) ||
        !read_int(line, "noverflow", &state->noverflow) ||
        !read_u64(line, "nevacuate", UINT64_MAX, &state->nevacuate) ||
        !read_bool(line, "growing", &state->growing) || !read_spare(line, &state->next_overflow) ||
        !read_word(line, line->object, "digest", &state->digest)) {
        return false;
    }
    return field(line, "buckets") == NULL ||
           read_text(line, line->object, "buckets", &state->buckets);
}

bool th_conform_line_op(th_conform_line *line, const char *text, th_conform *replay) {
    if (!parse(line, text) || !read_u64(line, "i", UINT64_MAX, &line->index) || !read_op(line) ||
        !read_hashes(line, replay)) {
        return false;
    }
    switch (line->op.op) {
    case TH_MAP_SET:
    case TH_MAP_GET:
    case TH_MAP_DELETE:
        if (!read_keyed(line, replay)) return false;
        break;
    case TH_MAP_RANGE:
    case TH_MAP_NEXT:
        if (!read_loop(line, replay)) return false;
        break;
    default: break;
    }
    return read_state(line);
}

// Keys as traces write them.
#include "sim/conform/replay.h"

#include <string.h>

typedef struct key_name {
    const char *name;
    th_scalar key;
} key_name;

static const key_name NAMES[] = {
    {"u64", TH_U64},    {"int", TH_I64}, {"u32", TH_U32},    {"u16", TH_U16},
    {"u128", TH_U64X2}, {"f64", TH_F64}, {"str", TH_STRING},
};

bool th_conform_key_type(const char *name, th_scalar *key) {
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
        if (strcmp(name, NAMES[i].name) != 0) continue;
        *key = NAMES[i].key;
        return true;
    }
    return false;
}

static bool parse_decimal(const char *text, size_t length, uint64_t max, uint64_t *number) {
    uint64_t value = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        const uint64_t digit = (uint64_t)(text[i] - '0');
        if (value > (max - digit) / 10) return false;
        value = value * 10 + digit;
    }
    *number = value;
    return length > 0;
}

static bool parse_signed(const char *text, size_t length, uint64_t *number) {
    const uint64_t max = INT64_MAX;
    if (length == 0 || text[0] != '-') return parse_decimal(text, length, max, number);
    if (!parse_decimal(text + 1, length - 1, max + 1, number)) return false;
    *number = -*number;
    return true;
}

static bool parse_hex(const char *text, size_t length, uint64_t *number) {
    static const char DIGITS[] = "0123456789abcdef";
    uint64_t value = 0;
    if (length != 16) return false;
    for (size_t i = 0; i < length; i++) {
        const char *digit = text[i] == '\0' ? NULL : strchr(DIGITS, text[i]);
        if (digit == NULL) return false;
        value = value << 4 | (uint64_t)(digit - DIGITS);
    }
    *number = value;
    return true;
}

bool th_conform_key_parse(th_conform *replay, const char *text, size_t length, th_value *key) {
    uint64_t word = 0;
    bool valid = true;
    switch ((th_scalar)th_conform_type(replay)->key) {
    case TH_STRING: *key = th_strings_intern(replay->env.strings, text, length); return true;
    case TH_I64: valid = parse_signed(text, length, &word); break;
    case TH_F64: valid = parse_hex(text, length, &word); break;
    case TH_U32: valid = parse_decimal(text, length, UINT32_MAX, &word); break;
    case TH_U16: valid = parse_decimal(text, length, UINT16_MAX, &word); break;
    default: valid = parse_decimal(text, length, UINT64_MAX, &word); break;
    }
    *key = (th_value){{word, 0}};
    if (th_conform_type(replay)->key == TH_U64X2) key->w[1] = ~word;
    return valid;
}

void th_conform_print_word(th_print *out, uint64_t word) {
    for (int shift = 60; shift >= 0; shift -= 4) {
        th_print_bytes(out, &"0123456789abcdef"[word >> shift & 15], 1);
    }
}

void th_conform_key_print(const th_conform *replay, th_value key, char *text, size_t size) {
    th_print out = th_print_to(text, size);
    switch ((th_scalar)th_conform_type(replay)->key) {
    case TH_STRING: {
        const char *bytes = th_strings_text(replay->env.strings, key.w[0]);
        if (bytes != NULL) th_print_bytes(&out, bytes, key.w[1]);
        return;
    }
    case TH_I64: th_print_int(&out, (int64_t)key.w[0]); return;
    case TH_F64: th_conform_print_word(&out, key.w[0]); return;
    default: th_print_uint(&out, key.w[0]); return;
    }
}

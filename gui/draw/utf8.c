#include "gui/draw/utf8.h"

uint32_t th_utf8_next(const char *text, size_t length, size_t *index) {
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    size_t at = (*index)++;
    uint8_t first = (uint8_t)text[at];
    if (first < 0x80) return first;
    size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || length - at < size) return TH_UTF8_REPLACEMENT;
    uint32_t character = first & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        uint8_t byte = (uint8_t)text[at + i];
        if ((byte & 0xC0) != 0x80) return TH_UTF8_REPLACEMENT;
        character = character << 6 | (byte & 0x3F);
    }
    bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < least[size] || character > 0x10FFFF || surrogate) return TH_UTF8_REPLACEMENT;
    *index = at + size;
    return character;
}

static bool goes_on(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

size_t th_utf8_before(const char *text, size_t at) {
    if (at == 0) return 0;
    do at--;
    while (at > 0 && goes_on(text[at]));
    return at;
}

size_t th_utf8_behind(const char *text, size_t at) {
    if (text[at] == '\0') return at;
    do at++;
    while (goes_on(text[at]));
    return at;
}

size_t th_utf8_put(char out[4], uint32_t character) {
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    size_t size = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    static const uint8_t lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    out[0] = (char)(lead[size] | character);
    return size;
}

bool th_utf8_wide(uint32_t c) {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}
